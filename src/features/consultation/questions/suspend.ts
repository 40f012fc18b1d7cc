// Must the use stop, the data be erased, or the provision stop? (APPI 35)

import { both } from '../../../base/bilingual.ts';
import {
  decideSuspension,
  suspensionContradictions,
  type SuspensionFacts,
  type SuspensionReason,
} from '../../../law/index.ts';
import { choice, question, yesNo } from '../facts.ts';
import { fee, information, keeping } from './parts.ts';

export const suspend = question<SuspensionFacts>({
  id: 'suspend',
  group: 'answer',
  title: both(
    '「使うのをやめて」「消して」「渡さないで」と求められた',
    'Somebody asks us to stop using, erase or stop handing out their information',
  ),
  when: both(
    '本人から利用の停止、消去、第三者への提供の停止を求められたとき',
    'When a person asks us to stop the use, erase the data, or stop providing it to third parties',
  ),
  answers: {
    yes: both('求めに応じます', 'it is granted'),
    no: both('求めのとおりにはしません', 'it is not granted as asked'),
  },
  asks: 'claim',
  decide: decideSuspension,
  contradictions: suspensionContradictions,
  fields: {
    asks: choice(
      '何をしてほしいと言われましたか',
      'What do they ask for?',
      {
        'stop-use': both('使うのをやめてほしい', 'Stop using it'),
        erasure: both('消してほしい', 'Erase it'),
        'stop-provision': both('ほかの会社などに渡すのをやめてほしい', 'Stop handing it to others'),
      },
      { ask: 'first' },
    ),
    reason: choice<SuspensionReason>(
      '本人は、なぜだと言っていますか',
      'What reason do they give?',
      {
        'unlawful-handling': both(
          '目的と違うことに使った、不正に集めた',
          'It was used for something else, or collected unfairly',
        ),
        'unlawful-provision': both('同意なく、ほかに渡した', 'It was handed to somebody without consent'),
        'no-longer-needed': both('もう要らないはず', 'It is no longer needed'),
        breach: both('漏えいがあった', 'It leaked'),
        'may-harm': both(
          '望まない案内が続くなど、自分の権利や利益が害される',
          'Their rights or interests are harmed, for example by unwanted mailings that do not stop',
        ),
      },
      { ask: 'first' },
    ),
    found: choice(
      '調べた結果、その理由のとおりでしたか',
      'Was that reason found to be right?',
      {
        all: both('そのとおりだった', 'Yes'),
        part: both('一部だけそのとおりだった', 'In part'),
        none: both('そのとおりではなかった', 'No'),
      },
      { ask: 'first' },
    ),
    keeping: {
      ...keeping,
      fields: {
        ...keeping.fields,
        part: yesNo(
          '義務があるとき：保存するのは、求められた情報の一部だけですか',
          'If so: is only a part of the information kept under it?',
        ),
      },
    },
    information,
    substitute: {
      difficult: yesNo(
        '求めのとおりにするのは、多額の費用がかかるなど難しいですか',
        'Is doing what they ask too costly or otherwise difficult?',
        {
          ask: 'if-known',
        },
      ),
      protects: yesNo(
        '代わりに、本人の権利を守る別の措置をとりますか',
        'Will we take other measures instead that protect the person’s rights?',
        {
          ask: 'if-known',
        },
      ),
    },
    fee,
  },
});
