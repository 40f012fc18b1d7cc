// May this pseudonymously processed information be given to somebody? (APPI 41(6), 42)

import { both } from '../../../base/bilingual.ts';
import {
  decidePseudonymousProvision,
  pseudonymousProvisionContradictions,
  type PseudonymousProvisionFacts,
} from '../../../law/index.ts';
import { items, purposeId, purposes, question } from '../facts.ts';
import { exception, party, provisionItems } from './parts.ts';
import { contacts, identifies, obtainsDeleted, pseudonymousType } from './processed-parts.ts';
import { entrustment, jointUse, relation, succession } from './provision-parts.ts';

export const providePseudonymous = question<PseudonymousProvisionFacts>({
  id: 'provide-pseudonymous',
  group: 'give',
  title: both('仮名加工情報を、だれかに渡したい', 'I want to give pseudonymised data to somebody'),
  when: both(
    '仮名加工情報の分析を頼む、グループ会社と使うなど、社外に渡す前に',
    'Before pseudonymised data goes to a contractor, a group company or anybody else',
  ),
  answers: { yes: both('渡してよい', 'it may be handed over'), no: both('渡せません', 'it may not be handed over') },
  decide: decidePseudonymousProvision,
  contradictions: pseudonymousProvisionContradictions,
  fields: {
    relation,
    recipient: party(both('渡す相手', 'the recipient'), 'first'),
    pseudonymousType,
    items: items('渡す項目', 'What is handed over'),
    purpose: purposeId('何のために渡しますか', 'What is it handed over for?', { ask: 'first' }),
    holdingPurposes: purposes(
      '仮名加工情報について、公表した目的',
      'The purposes published for the pseudonymised data',
    ),
    exception: exception(provisionItems),
    entrustment,
    succession,
    jointUse,
    identifies,
    contacts,
    obtainsDeleted,
  },
  judgements: {
    pseudonymousAbroad: both(
      '外国にある相手に仮名加工情報を渡してよいか',
      'Whether pseudonymously processed information may go to this recipient abroad',
    ),
  },
});
