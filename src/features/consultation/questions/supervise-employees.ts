// Are these people supervised well enough to handle personal data? (APPI 24)

import { both } from '../../../base/bilingual.ts';
import { decideEmployeeSupervision, type EmployeeSupervisionFacts } from '../../../law/index.ts';
import { clause, question, yesNo } from '../facts.ts';

export const superviseEmployees = question<EmployeeSupervisionFacts>({
  id: 'supervise-employees',
  group: 'keep',
  title: both(
    '社員や派遣の人に個人情報を扱わせたい',
    'I want to let staff or temporary workers handle personal information',
  ),
  when: both(
    '新しく担当になる人、派遣やアルバイトの人に、名簿などを扱わせる前に',
    'Before somebody new, a temporary or a part-time worker handles a list or the like',
  ),
  answers: {
    yes: both('扱わせてよい', 'they may handle it'),
    no: both('このままでは扱わせられません', 'they may not handle it yet'),
  },
  decide: decideEmployeeSupervision,
  judgements: {
    'employee-supervision': both(
      'このデータとリスクに対して監督が足りるか',
      'Whether the supervision is enough for this data and its risk',
    ),
  },
  fields: {
    underCommand: yesNo(
      '当社の指示を受けて働く人ですか（役員、社員、派遣、アルバイトなど）',
      'Do they work under our instructions (officers, staff, temporary or part-time workers and the like)?',
      { ask: 'first' },
    ),
    trained: yesNo('個人情報の扱い方の教育が済んでいますか', 'Have they been trained in handling it?', {
      ask: 'first',
    }),
    confidentiality: yesNo(
      '秘密を守る約束（契約または就業規則）がありますか',
      'Are they bound to secrecy by an agreement or the rules of work?',
      { ask: 'first' },
    ),
    checked: yesNo(
      '実際の扱い方を、点検や監査で確かめますか',
      'Do inspections or audits check how they really handle it?',
      {
        ask: 'first',
      },
    ),
    policy: {
      measuresPromisedBy: clause(
        '教育、点検、秘密保持の契約を約束する条項',
        'Clause that promises training, checks and confidentiality agreements',
        'measuresPromisedBy',
      ),
    },
  },
});
