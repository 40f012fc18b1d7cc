// Is this purpose specified well enough? (APPI 17(1))

import { both } from '../../../base/bilingual.ts';
import { decidePurpose, type PurposeFacts } from '../../../law/index.ts';
import { prose, question, yesNo } from '../facts.ts';

export const purpose = question<PurposeFacts>({
  id: 'purpose',
  group: 'collect',
  title: both('利用目的の文が、これで足りるか知りたい', 'I want to know whether a stated purpose is good enough'),
  when: both(
    '申込書や方針に書く利用目的の文を作ったとき',
    'When the text of a purpose has been written for a form or the policy',
  ),
  answers: {
    yes: both('この文で足ります', 'the text is good enough'),
    no: both('この文では足りません', 'the text is not good enough'),
  },
  asks: 'what',
  decide: decidePurpose,
  judgements: {
    purposeConcrete: both(
      '読んだ本人が、何に使われるかを思い描けるか',
      'Whether a person who reads the text can foresee the use',
    ),
  },
  fields: {
    text: prose('利用目的の文', 'The text of the purpose', { ask: 'first' }),
    providesToThirdParties: yesNo('社外の相手に渡しますか', 'Is the information given to others?', { ask: 'first' }),
    provisionStated: yesNo('渡すことが、文に書いてありますか', 'Does the text say that it is given to others?'),
    analysesBehaviour: yesNo('行動や関心を分析しますか', 'Are behaviour or interests analysed?', { ask: 'first' }),
    analysisStated: yesNo('分析することが、文に書いてありますか', 'Does the text say that they are analysed?'),
  },
});
