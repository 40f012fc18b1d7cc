// The addresses around one person and who may use each. What a search looks for, and every value, travels in a body: an address holds
// ids only. The JSON of persons is the checkpoint's.

import { page, plain, type Route } from '../../platform/http/index.ts';
import type { People } from './actions.ts';
import { correctPerson, erasePerson, showCorrect, showErase } from './pages/change.tsx';
import { openItems, showPerson } from './pages/person.tsx';
import { sendCertificate, sendPdf, sendProof, showReceipt } from './pages/receipt.tsx';
import { searchPeople, showSearch } from './pages/search.tsx';

export const peopleRoutes = (people: People): Route[] => [
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
