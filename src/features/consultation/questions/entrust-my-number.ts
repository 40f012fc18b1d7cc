// May work with My Numbers be given to this party? (Numbering Act 10, 11)

import { both } from '../../../base/bilingual.ts';
import {
  numberEntrustmentContradictions,
  decideNumberEntrustment,
  type NumberEntrustmentFacts,
} from '../../../law/index.ts';
import { question } from '../facts.ts';
import { numberEntrustment } from './my-number-parts.ts';

export const entrustMyNumber = question<NumberEntrustmentFacts>({
  id: 'entrust-my-number',
  group: 'my-number',
  title: both('マイナンバーを扱う仕事を外に任せたい', 'I want to entrust work with My Numbers to another party'),
  when: both(
    '税理士やシステム会社に任せる前に。任せた相手が、さらにほかへ任せるときにも',
    'Before you entrust it to a tax accountant or an IT company; also when that party wants to entrust it further',
  ),
  answers: { yes: both('任せてよい', 'it may be entrusted'), no: both('任せられません', 'it may not be entrusted') },
  decide: decideNumberEntrustment,
  contradictions: numberEntrustmentContradictions,
  fields: numberEntrustment('first'),
});
