// The routes about one person and who may use each. Search terms and values are sent in a body: an address has ids only. The JSON of persons is in
// the checkpoint, except for the receipt and for links between ids.

import {
  answerProblem,
  api,
  apiResponse,
  createRoute,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  page,
  plain,
  problemAnswer,
  z,
  type Route,
} from '../../platform/http/index.ts';
import type { Link } from '../../vault/index.ts';
import { byOf, exportPage, type Room } from '../access/index.ts';
import { linkPeople, linksOf, unlinkPeople } from './actions/link.ts';
import { receiptPdf } from './actions/receipt.ts';
import { linkWays, type LinkWay } from './facts.ts';
import { changeTexts, correctPerson, erasePerson, showCorrect, showErase } from './pages/change.tsx';
import { HISTORY, historyFile, showHistory } from './pages/history.tsx';
import { openItems, showPerson } from './pages/person.tsx';
import { sendCertificate, sendPdf, sendProof, showReceipt } from './pages/receipt.tsx';
import { linkPerson, linkTexts, showLink, unlinkPerson } from './pages/same.tsx';
import { searchPeople, searchTexts, showSearch } from './pages/search.tsx';

const PDF = 'application/pdf';

const receiptAsk = z.strictObject({ language: z.enum(['ja', 'en']).default('ja') }).openapi('ReceiptRequest');

const pairAsk = z
  .strictObject({ same_as: z.string().openapi({ format: 'uuid', description: 'The other id of the same person.' }) })
  .openapi('SamePersonEnd');

const linkAsk = z
  .strictObject({
    same_as: z.string().openapi({ format: 'uuid', description: 'The other id of the same person.' }),
    shown_by: z.enum(linkWays).openapi({
      description:
        'How it was established: they said so and were identified; a paper names them; a number that only one person has stands in both; several items agree beside the name.',
    }),
  })
  .openapi('SamePerson');

const linkSchema = z
  .object({
    id: z.uuid().openapi({ description: 'Id of the decision and of its log entry.' }),
    principal: z.uuid(),
    same_as: z.uuid(),
    shown_by: z.enum(linkWays),
    at: z.iso.datetime(),
  })
  .openapi('PersonLink');

const linksSchema = z.object({ links: z.array(linkSchema) });
const unlinkedSchema = z.object({ link: z.uuid() });

/** The JSON of these routes, for the typed client. */
export interface PeopleJson {
  receiptAsk: z.input<typeof receiptAsk>;
  linkAsk: z.input<typeof linkAsk>;
  link: z.infer<typeof linkSchema>;
  links: z.infer<typeof linksSchema>;
  unlinkAsk: z.input<typeof pairAsk>;
  unlinked: z.infer<typeof unlinkedSchema>;
}

const LINKS = '/api/v1/principals/{id}/links';
const idParam = z.object({ id: z.string() });
const unknownPerson = problemAnswer('Nothing is held about this person');

const declared = {
  links: createRoute({
    method: 'get',
    path: LINKS,
    operationId: 'links',
    summary: 'Which other ids are the same person, link by link',
    request: { params: idParam },
    responses: { 200: jsonAnswer(linksSchema, 'Links, oldest first'), 404: unknownPerson, ...guarded },
  }),
  link: createRoute({
    method: 'post',
    path: LINKS,
    operationId: 'link',
    summary: 'Say that two ids are one person (APPI 22)',
    description:
      'Nothing is read or moved. What either asked to stop bars both, and the desk answers about both in one request; consents and purposes stay with the id they were given under.',
    request: { params: idParam, ...jsonBody(linkAsk) },
    responses: {
      201: jsonAnswer(linkSchema, 'Linked and logged'),
      404: unknownPerson,
      409: problemAnswer('They are linked already, or are too many'),
      422: problemAnswer('Bad input'),
      ...guarded,
    },
  }),
  unlink: createRoute({
    method: 'post',
    path: `${LINKS}/end`,
    operationId: 'unlink',
    summary: 'Unlink two ids that were linked as one person by mistake',
    request: { params: idParam, ...jsonBody(pairAsk) },
    responses: {
      200: jsonAnswer(unlinkedSchema, 'Undone and logged'),
      404: problemAnswer('They are not linked with each other'),
      422: problemAnswer('Bad input'),
      ...guarded,
    },
  }),
};

const linkBody = ({ id, principal_id, other_id, shown_by, at }: Link): z.infer<typeof linkSchema> => ({
  id,
  principal: principal_id,
  same_as: other_id,
  shown_by: shown_by as LinkWay,
  at: at.toISOString(),
});

const linkApi = (room: Room): Route[] => [
  api('people:search', declared.links, async (c) => {
    const found = await linksOf(room, c.get('actor'), c.req.valid('param').id);
    return found.ok ? c.json({ links: found.value.map(linkBody) }, 200) : answerProblem(c, found.problem);
  }),
  api('people:link', declared.link, async (c) => {
    const by = byOf(c);
    const { same_as: sameAs, shown_by: shownBy } = c.req.valid('json');
    const made = await linkPeople(room, by, { principal: c.req.valid('param').id, sameAs, shownBy });
    return made.ok ? c.json(linkBody(made.value), 201) : answerProblem(c, made.problem);
  }),
  api('people:link', declared.unlink, async (c) => {
    const by = byOf(c);
    const pair = { principal: c.req.valid('param').id, sameAs: c.req.valid('json').same_as };
    const ended = await unlinkPeople(room, by, pair);
    return ended.ok ? c.json({ link: ended.value }, 200) : answerProblem(c, ended.problem);
  }),
];

const receipt = createRoute({
  method: 'post',
  path: '/api/v1/principals/{id}/receipts/{entry}',
  operationId: 'receipt',
  summary: 'A sealed PDF that proves one handling to the person it was about',
  description: 'It is addressed to them: their name is read through the checkpoint, and the issue is logged.',
  request: { params: z.object({ id: z.string(), entry: z.string() }), ...jsonBody(receiptAsk) },
  responses: {
    200: {
      description: 'The paper, with its proof attached: `sekisho verify` checks both',
      content: { [PDF]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    404: problemAnswer('No such entry about this person'),
    409: problemAnswer('The entry is being signed; try again shortly'),
    ...guardedByLaw,
  },
});

const receiptApi = (room: Room): Route =>
  api('people:receipt', receipt, async (c) => {
    const { id: principal, entry } = c.req.valid('param');
    const by = byOf(c);
    const made = await receiptPdf(room, by, { principal, entry, lang: c.req.valid('json').language });
    return made.ok ? apiResponse(made.value.bytes, 200, { 'content-type': PDF }) : answerProblem(c, made.problem);
  });

export const peopleRoutes = (room: Room): Route[] => [
  receiptApi(room),
  ...linkApi(room),
  page('get', '/people', 'people:search', (c) => showSearch(room, c)),
  page('post', '/people/search', 'people:search', (c) => searchPeople(room, c), { texts: searchTexts }),
  page('get', HISTORY, 'people:search', (c) => showHistory(room, c)),
  exportPage(room.office, { path: HISTORY, may: 'people:search' }, (c) => historyFile(room, c)),
  page('get', '/people/:id', 'people:search', (c) => showPerson(room, c)),
  page('post', '/people/:id/open', 'people:use', (c) => openItems(room, c)),
  page('get', '/people/:id/correct', 'people:correct', (c) => showCorrect(room, c)),
  page('post', '/people/:id/correct', 'people:correct', (c) => correctPerson(room, c), { texts: changeTexts }),
  page('get', '/people/:id/erase', 'people:erase', (c) => showErase(room, c)),
  page('post', '/people/:id/erase', 'people:erase', (c) => erasePerson(room, c), { texts: changeTexts }),
  page('get', '/people/:id/link', 'people:link', (c) => showLink(room, c)),
  page('post', '/people/:id/link', 'people:link', (c) => linkPerson(room, c), { texts: linkTexts }),
  page('post', '/people/:id/unlink', 'people:link', (c) => unlinkPerson(room, c)),
  page('get', '/people/:id/receipts/:entry{[0-9a-f-]+}', 'people:receipt', (c) => showReceipt(room, c)),
  page('post', '/people/:id/receipts/:file{[0-9a-f-]+\\.pdf}', 'people:receipt', (c) => sendPdf(room, c)),
  plain('/people/:id/receipts/:file{[0-9a-f-]+\\.json}', 'people:receipt', (c) => sendProof(room, c)),
  plain('/people/:id/certificate.json', 'people:receipt', (c) => sendCertificate(room, c)),
];
