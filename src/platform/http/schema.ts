// The shapes that inputs and answers of several features are made of.

import { z } from '@hono/zod-openapi';
import { readDay, type Day } from '../../base/day.ts';

/** A text in both languages, as it is answered. */
export const bilingualSchema = z.object({ ja: z.string(), en: z.string() });

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z
  .string()
  .refine((text): text is Day => readDay(text) !== null, {
    params: {
      says: { ja: '2026-11-24 のように、実在する日を書いてください', en: 'Write an existing day, such as 2026-11-24' },
    },
  })
  .transform((text) => text)
  .openapi({ type: 'string', format: 'date', example: '2026-11-24' });

/** A day, or that there is none. That the type of a day is stated above would hide from the document that this one may be null. */
export const dayOrNullSchema = daySchema.nullable().openapi({ type: ['string', 'null'] });

/** Of an answer that lacks what does not open. */
export const unreadableSchema = z.boolean().openapi({
  description:
    'What is sealed of it is left out here because the key does not open it: the database was written to directly, or is damaged.',
});

/** A whole number in a path or a query: digits alone, where `Number` takes a blank for 0 and 0x10 for 16. */
export const numberParameter = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text), {
      params: { says: { ja: '整数を半角の数字で書いてください', en: 'Write a whole number in digits, such as 100' } },
    })
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });

/** The name that a caller gives a call, so that it has its effect once. `repeated`: what comes of the same name again. */
export const attemptSchema = (repeated: string) =>
  z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional()
    .openapi({ description: `Names this call, and is kept as a keyed digest: repeated ${repeated} (409).` });

/** A text that is not blank, of at most so many characters, trimmed. */
export const shortText = (most: number) => z.string().trim().min(1).max(most);

/** What a text of a request or a form may be beside one line in which nothing is unseen: one of several lines, or one that is kept exactly as it was given. */
export type TextKind = 'prose' | 'exact';

/** By the definition, which a schema shares with what is made of it by describing it. */
const kinds = new WeakMap<object, TextKind>();

export const kindOf = (definition: object): TextKind | undefined => kinds.get(definition);

function ofKind<T extends z.ZodType>(kind: TextKind, schema: T): T {
  kinds.set(schema.def, kind);
  return schema;
}

/** A text of several lines, of `least` to `most` characters, trimmed and with each line end as one character. */
export const longText = (most: number, least = 0) =>
  ofKind(
    'prose',
    z
      .string()
      .overwrite((text) => text.replaceAll('\r\n', '\n'))
      .trim()
      .min(least)
      .max(most),
  );

/** Makes of a text one that is kept, or looked for, exactly as it was given: what is known of a person. Its limits must be set before. */
export const exact = <T extends z.ZodString>(schema: T): T => ofKind('exact', schema);

/** Makes of a text one that may have several lines, and whose rule stands in the facts of its slice. */
export const inLines = <T extends z.ZodString>(schema: T): T => ofKind('prose', schema);
