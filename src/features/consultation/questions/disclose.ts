// Does this have to be shown to the person? (APPI 33, 28(3))

import { both, type Bilingual } from '../../../base/bilingual.ts';
import {
  decideDisclosure,
  disclosureContradictions,
  type DisclosureFacts,
  type DisclosureMethod,
  type Extent,
} from '../../../law/index.ts';
import { choice, question, yesNo, type Choice } from '../facts.ts';
import { fee, information } from './parts.ts';

const extents: Readonly<Record<Extent, Bilingual>> = {
  none: both('ない', 'No'),
  part: both('一部にある', 'In part'),
  all: both('全部にある', 'For all of it'),
};
const extent = (ja: string, en: string, hint?: Bilingual): Choice<Extent> =>
  choice(ja, en, extents, hint ? { hint } : {});

export const disclose = question<DisclosureFacts>({
  id: 'disclose',
  group: 'answer',
  title: both('「私の情報を見せてほしい」と求められた', 'Somebody asks to see their information'),
  when: both(
    '本人から、持っている情報や、ほかに渡した記録の開示を求められたとき',
    'When a person asks for what we hold, or for the record of what was provided to others',
  ),
  answers: { yes: both('開示します', 'it is disclosed'), no: both('開示しません', 'it is not disclosed') },
  asks: 'claim',
  decide: decideDisclosure,
  contradictions: disclosureContradictions,
  fields: {
    what: choice(
      '何を見せてほしいと言われましたか',
      'What do they ask to see?',
      {
        data: both('持っている情報', 'The information we hold'),
        records: both(
          'ほかの会社などに渡した、または受け取った記録',
          'The record of what was given to or received from others',
        ),
        'foreign-measures': both('外国の提供先がとっている措置', 'The measures of a recipient abroad'),
      },
      { ask: 'first' },
    ),
    exists: yesNo('見せてほしいと言われたものは、当社にありますか', 'Do we have it?', { ask: 'first' }),
    method: choice<DisclosureMethod>(
      '本人は、どの方法を選びましたか',
      'Which way did the person choose?',
      {
        electronic: both('電子データ', 'An electronic record'),
        paper: both('書面', 'Paper'),
        'set-by-company': both('当社が定めた別の方法', 'Another way we have set'),
      },
      { ask: 'first' },
    ),
    harms: extent(
      '見せると、本人やほかの人の命、体、財産、権利を害するおそれがありますか',
      'Might showing it harm the life, body, property or rights of the person or somebody else?',
      both(
        'ほかの人の苦情や連絡先が書かれている場合などです。',
        'For example, when somebody else’s complaint or contact details are in it.',
      ),
    ),
    impedes: extent(
      '見せると、仕事に著しい支障が出るおそれがありますか',
      'Might showing it seriously impede our business?',
      both('量が多い、手間がかかるというだけでは当たりません。', 'A large volume or much work alone is not enough.'),
    ),
    violates: extent('見せると、ほかの法令に違反しますか', 'Would showing it violate another law?'),
    methodDifficult: yesNo(
      '本人の選んだ方法は、多額の費用がかかるなど難しいですか',
      'Is that way too costly or otherwise difficult?',
    ),
    otherLaw: yesNo(
      'ほかの法令に、本人の選んだ方法に相当する方法で見せる手続がありますか',
      'Does another law have a procedure that shows it in a way equivalent to the one the person chose?',
    ),
    information,
    recordUnder: choice('その記録は、何のために作りましたか', 'Why was the record made?', {
      '29(1)': both('情報を渡したときの記録として', 'As the record of a provision'),
      '30(3)': both('情報を受け取ったときの記録として', 'As the record of a receipt'),
      '31(3)': both(
        '閲覧履歴など、個人関連情報を渡したときの記録として',
        'As the record of personally related information',
      ),
      none: both('法律の義務ではなく、当社の都合で', 'For our own purposes; no law required it'),
    }),
    existenceHarms: yesNo(
      'あると分かるだけで、人の命や犯罪の捜査などに害が出ますか',
      'Would merely revealing that it exists endanger somebody’s life, a criminal investigation or the like?',
      { ask: 'if-known' },
    ),
    fee,
  },
  judgements: {
    pseudonymousMeasures: both(
      '仮名加工情報を渡した外国の相手の措置を、本人に伝えるか',
      'Whether the measures of a recipient abroad are told where the information is pseudonymously processed',
    ),
  },
});
