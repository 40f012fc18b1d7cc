// May this anonymously processed information be given to somebody? (APPI 43(4), 44)

import { both } from '../../../base/bilingual.ts';
import {
  anonymousProvisionContradictions,
  decideAnonymousProvision,
  type AnonymousProvisionFacts,
} from '../../../law/index.ts';
import { items, question } from '../facts.ts';
import { identifies, madeHere, obtainsDeleted } from './processed-parts.ts';
import { anonymous, relation } from './provision-parts.ts';

export const provideAnonymous = question<AnonymousProvisionFacts>({
  id: 'provide-anonymous',
  group: 'give',
  title: both('匿名加工情報を、だれかに渡したい', 'I want to give anonymised data to somebody'),
  when: both(
    '匿名加工情報を、大学や取引先などに渡す前に',
    'Before anonymised data goes to a university, a customer or anybody else',
  ),
  answers: {
    yes: both('渡してよい', 'it may be handed over'),
    no: both('このままでは渡せません', 'it may not be handed over like this'),
  },
  decide: decideAnonymousProvision,
  contradictions: anonymousProvisionContradictions,
  fields: {
    madeHere: { ...madeHere, ask: 'first' },
    relation,
    items: items('渡す項目', 'What is handed over', { ask: 'first' }),
    anonymous,
    identifies,
    obtainsDeleted,
  },
});
