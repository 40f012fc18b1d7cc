// The sentences of the letters, for the company’s systems to read and write.

import {
  answerProblem,
  api,
  createRoute,
  guarded,
  jsonAnswer,
  jsonBody,
  numberParameter,
  problemAnswer,
  z,
  type Route,
} from '../../../platform/http/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import {
  currentTexts,
  MOST_NOTE,
  noVersion as noTexts,
  textsVersion,
  writeTexts,
  type TextsVersion,
} from '../actions/texts.ts';

const TEXTS = '/api/v1/letter-texts';

const sentencesSchema = z.record(z.string(), z.unknown()).openapi({
  description: 'All sentences, as letters.yaml has them. A problem names its place, such as `lacks.fee.short.en`.',
});

export const textsSchema = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    note: z.string(),
    texts: sentencesSchema,
    log_entry: z.uuid(),
  })
  .openapi('LetterTexts');

export const textsInput = z
  .strictObject({
    seen: z.int().min(1).openapi({ description: 'The version you saw (409 when there is a later one).' }),
    texts: sentencesSchema,
    note: z
      .string()
      .default('')
      .openapi({ description: `Why; one line of at most ${MOST_NOTE} characters.` }),
  })
  .openapi('LetterTextsChange');

const declaredTexts = {
  newest: createRoute({
    method: 'get',
    path: TEXTS,
    operationId: 'letterTexts',
    summary: 'The sentences that letters are made of',
    responses: { 200: jsonAnswer(textsSchema, 'The newest version'), ...guarded },
  }),
  one: createRoute({
    method: 'get',
    path: `${TEXTS}/{version}`,
    operationId: 'letterTextsVersion',
    summary: 'One version of the sentences',
    request: { params: z.object({ version: numberParameter(1, 1_000_000) }) },
    responses: { 200: jsonAnswer(textsSchema, 'The version'), 404: problemAnswer('No such version'), ...guarded },
  }),
  write: createRoute({
    method: 'post',
    path: TEXTS,
    operationId: 'writeLetterTexts',
    summary: 'Write the next version; the next letter is made of it',
    request: jsonBody(textsInput),
    responses: {
      201: jsonAnswer(textsSchema, 'The version that was written'),
      409: problemAnswer('Somebody else has written a version since `seen`'),
      422: problemAnswer('A sentence is missing or uses a value wrongly, or nothing has changed'),
      ...guarded,
    },
  }),
};

const textsBody = ({ version, at, note, texts, entry }: TextsVersion): z.infer<typeof textsSchema> => ({
  version,
  at: at.toISOString(),
  note,
  texts: { ...texts },
  log_entry: entry,
});

export const textRoutes = ({ office }: Room): Route[] => [
  api('letters:read', declaredTexts.newest, async (c) => c.json(textsBody(await currentTexts(office)), 200)),
  api('letters:read', declaredTexts.one, async (c) => {
    const found = await textsVersion(office, c.req.valid('param').version);
    return found ? c.json(textsBody(found), 200) : answerProblem(c, noTexts.problem);
  }),
  api('letters:write', declaredTexts.write, async (c) => {
    const made = await writeTexts(office, byOf(c), c.req.valid('json'));
    return made.ok
      ? c.json(textsBody(made.value), 201, { location: `${TEXTS}/${made.value.version}` })
      : answerProblem(c, made.problem);
  }),
];
