// The addresses around one person and who may use each. What a search looks for, and every value, travels in a body: an address holds
// ids only. The JSON of persons is the checkpoint's, but for the receipt.

import {
  answerProblem,
  api,
  apiResponse,
  createRoute,
  guardedByLaw,
  jsonBody,
  page,
  plain,
  problemAnswer,
  z,
  type Route,
} from '../../platform/http/index.ts';
import { receiptPdf, type People } from './actions.ts';
import { correctPerson, erasePerson, showCorrect, showErase } from './pages/change.tsx';
import { openItems, showPerson } from './pages/person.tsx';
import { sendCertificate, sendPdf, sendProof, showReceipt } from './pages/receipt.tsx';
import { searchPeople, showSearch } from './pages/search.tsx';

const PDF = 'application/pdf';

const receiptAsk = z.strictObject({ language: z.enum(['ja', 'en']).default('ja') }).openapi('ReceiptRequest');

/** What travels here, for the typed client. */
export interface PeopleJson {
  receiptAsk: z.input<typeof receiptAsk>;
}

const receipt = createRoute({
  method: 'post',
  path: '/api/v1/principals/{id}/receipts/{entry}',
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

const receiptApi = (people: People): Route =>
  api('people:receipt', receipt, async (c) => {
    const { id: principal, entry } = c.req.valid('param');
    const by = { actor: c.get('actor'), authority: c.get('authority') };
    const made = await receiptPdf(people, by, { principal, entry, lang: c.req.valid('json').language });
    return made.ok ? apiResponse(made.value.bytes, 200, { 'content-type': PDF }) : answerProblem(c, made.problem);
  });

export const peopleRoutes = (people: People): Route[] => [
  receiptApi(people),
  page('get', '/people', 'people:search', (c) => showSearch(people, c)),
  page('post', '/people/search', 'people:search', (c) => searchPeople(people, c)),
  page('get', '/people/:id', 'people:search', (c) => showPerson(people, c)),
  page('post', '/people/:id/open', 'people:use', (c) => openItems(people, c)),
  page('get', '/people/:id/correct', 'people:correct', (c) => showCorrect(people, c)),
  page('post', '/people/:id/correct', 'people:correct', (c) => correctPerson(people, c)),
  page('get', '/people/:id/erase', 'people:erase', (c) => showErase(people, c)),
  page('post', '/people/:id/erase', 'people:erase', (c) => erasePerson(people, c)),
  page('get', '/people/:id/receipts/:entry{[0-9a-f-]+}', 'people:receipt', (c) => showReceipt(people, c)),
  page('post', '/people/:id/receipts/:file{[0-9a-f-]+\\.pdf}', 'people:receipt', (c) => sendPdf(people, c)),
  plain('/people/:id/receipts/:file{[0-9a-f-]+\\.json}', 'people:receipt', (c) => sendProof(people, c)),
  plain('/people/:id/certificate.json', 'people:receipt', (c) => sendCertificate(people, c)),
];
