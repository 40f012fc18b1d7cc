// The lint finds the fifteen gaps of the example in its data, independently: mending one removes exactly that one.

import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsOf } from './facts/change.ts';
import { policyFiles } from './facts/shape.ts';
import { readPolicy } from './facts/read.ts';
import type { Policy } from './facts/shape.ts';

import { lintPolicy } from './lint.ts';

function example(): Policy {
  const read = readPolicy(
    Object.fromEntries(policyFiles.map((f) => [f, fs.readFileSync(`policies/example/${f}`, 'utf8')])),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 1));
  return structuredClone(read.value);
}

const ids = (policy: Policy): string[] => lintPolicy(policy).map((g) => g.id);

const clause = (policy: Policy, no: number): Policy['clauses'][number] => policy.clauses.find((c) => c.no === no)!;

const all = Array.from({ length: 15 }, (_, i) => `G-${i + 1}`);

test('the example has the fifteen gaps, each with its law, in both languages', () => {
  const gaps = lintPolicy(example());
  expect(gaps.map((g) => g.id)).toEqual(all);
  expect(gaps.map((g) => g.law.map((l) => `${l.law} ${l.article}`).join(', '))).toEqual([
    'NumberingAct 30(2)',
    'APPI 27(6)',
    'APPI 41(6), APPI 42(2)',
    'APPI 32(1)(i)',
    'APPI 32(2), APPI 37(3)',
    'APPI 31(1)',
    'APPI 43(4)',
    'APPI 28(3), APPI-Rules 18',
    'APPI-Rules 17(1)',
    'APPI 26, NumberingAct 29-4',
    'APPI-Order 10(iii)',
    'APPI 27(2)',
    'APPI 38(1), APPI 33(5)',
    'APPI 16(3), APPI 16(4)',
    'TBA 27-12',
  ]);
  expect(Object.fromEntries(gaps.filter((g) => g.clause).map((g) => [g.id, g.clause]))).toEqual({
    'G-1': 101,
    'G-2': 28,
    'G-6': 76,
    'G-9': 85,
    'G-13': 32,
    'G-14': 19,
  });
  for (const g of gaps) {
    expect(Object.keys(g)).not.toContain('sees');
    for (const text of [g.says, g.whatWeDo, g.mend])
      expect(text).toEqual({ ja: expect.stringMatching(/[ぁ-ん]/), en: expect.stringMatching(/^[A-Z]/) });
  }
});

/** The policy's part on joint use. */
const jointUses = (p: Policy): Exclude<Policy['jointUses'], 'none'> =>
  p.jointUses === 'none' ? expect.fail('no joint use') : p.jointUses;
const page = ({ operator: { ppc_url: stated } }: Policy): Exclude<typeof stated, 'none'> =>
  stated === 'none' ? expect.fail('no page') : stated;

const mendings: Record<string, (p: Policy) => void> = {
  'G-1': (p) => {
    const c = clause(p, 101);
    c.cites = ['NumberingAct 30(2)'];
    c.text.ja = c.text.ja.replace('第30条第3項', '第30条第2項');
  },
  'G-2': (p) => Object.assign(jointUses(p).changes, { purposes: 'in-advance', responsible_person: 'in-advance' }),
  'G-3': (p) => (jointUses(p).notice_by.pseudonymised = ['publish']),
  'G-4': (p) => (p.operator.stated_in.representative = [90]),
  'G-5': (p) => {
    p.operator.forms.push({
      kind: 'purpose-notice',
      scope: 'customer',
      clause: 32,
      title: { ja: '利用目的通知請求書', en: 'Notice of purpose' },
    });
    p.operator.stated_in.agents = [38];
  },
  'G-6': (p) => delete clause(p, 76).follows,
  'G-7': (p) => (p.operator.stated_in['anonymised-information-marking'] = [69]),
  'G-8': (p) => (p.operator.stated_in['foreign-measures-on-request'] = [86]),
  'G-9': (p) => (page(p).printed = page(p).current),
  'G-10': (p) => (p.operator.stated_in['breach-response'] = [3]),
  'G-11': (p) => (p.operator.stated_in['accredited-organisation'] = [41]),
  'G-12': (p) => (p.operator.stated_in['opt-out'] = [19]),
  'G-13': (p) => (p.operator.fee.printed_under = [32, 33, 108]),
  'G-14': (p) => {
    for (const c of p.clauses.filter((x) => x.layer)) {
      c.text.ja = c.text.ja.replace('個人情報', c.layer === 'retained-personal-data' ? '保有個人データ' : '個人データ');
    }
  },
  'G-15': (p) => (p.operator.stated_in['external-transmission'] = [15]),
};

describe('each gap goes when it is mended, and only that one', () => {
  for (const id of all) {
    test(id, () => {
      const policy = example();
      mendings[id]!(policy);
      expect(ids(policy)).toEqual(all.filter((other) => other !== id));
    });
  }
});

test('a policy mended throughout has no gap', () => {
  const policy = example();
  for (const mend of Object.values(mendings)) mend(policy);
  expect(lintPolicy(policy)).toEqual([]);
});

test('how a gap is mended names files and fields that a policy has', () => {
  const files = policyFiles.map((file) => file.replace('.yaml', ''));
  const { operator } = example();
  const fields = [...Object.keys(operator), ...Object.keys(operator.stated_in), ...factsOf(example()).keys()].flatMap(
    (path) => path.split(/[.[\]]+/),
  );
  for (const { id, mend } of lintPolicy(example())) {
    for (const text of [mend.ja, mend.en]) {
      const quoted = text.split('`').filter((_, i) => i % 2 === 1);
      const named = quoted.filter((one) => /[._]/.test(one));
      expect(named.length, id).toBeGreaterThan(0);
      for (const name of named.flatMap((one) => one.split('.')))
        expect([...files, 'yaml', ...fields], `${id}: ${name}`).toContain(name);
    }
  }
});

test('half a mending is not enough', () => {
  const stillSeen = (id: string, half: (p: Policy) => void): boolean => {
    const policy = example();
    half(policy);
    return ids(policy).includes(id);
  };
  expect(stillSeen('G-1', (p) => (clause(p, 101).cites = ['NumberingAct 30(2)']))).toBe(true);
  expect(stillSeen('G-2', (p) => (jointUses(p).changes.purposes = 'in-advance'))).toBe(true);
  expect(stillSeen('G-5', (p) => (p.operator.stated_in.agents = [38]))).toBe(true);
  expect(stillSeen('G-13', (p) => (p.operator.fee.printed_under = [32, 33, 35, 108]))).toBe(true);
  expect(stillSeen('G-14', (p) => (clause(p, 19).text.ja = '個人データ'))).toBe(true);
});

test('three papers to show who asks are a burden, unless fewer do as well', () => {
  const policy = example();
  const three = { count: 3, of: ['driving-licence', 'resident-record', 'seal-certificate'] as const };
  policy.operator.identity_papers = [{ ...three, of: [...three.of] }];
  expect(lintPolicy(policy).at(-1)).toMatchObject({ id: 'G-18', law: [{ article: '37(4)' }] });
  policy.operator.identity_papers.push({ count: 1, of: ['my-number-card'] });
  expect(ids(policy)).toEqual(all);
});

/** The gaps of the example with a change, beyond those it has anyway. */
function more(change: (p: Policy) => void) {
  const policy = example();
  change(policy);
  return lintPolicy(policy).filter(({ id }) => !all.includes(id));
}

const purposeSaying = (text: string) => (p: Policy) => {
  p.purposes[1]!.text.ja = text;
  clause(p, 12).text.ja = text;
};

test.each([
  '当社の事業活動に用いるため',
  '事業活動のため',
  'マーケティング活動に用いるため',
  'お客様のサービスの向上のため',
  'お客様へのサービス向上',
  '弊社の業務の遂行のため。',
  '商品の発送、その他当社が必要と認める目的',
  '商品の発送およびその他の目的',
])('a purpose that specifies nothing, as “%s”, is no purpose by the law', (text) => {
  expect(more(purposeSaying(text))).toMatchObject([
    { id: 'G-19', severity: 'must', clause: 12, law: [{ law: 'APPI', article: '17(1)' }, { law: 'Guideline' }] },
  ]);
});

test.each([
  '当社の○○事業における商品の発送、関連するアフターサービス、新商品とサービスに関する情報のお知らせのため',
  'ご応募の方の採用の選考のため',
  'お問い合わせへの回答、商品の改良のための調査、その他これらに付随する連絡',
])('a purpose that says what it is for, as “%s”, is one', (text) => {
  expect(more(purposeSaying(text))).toEqual([]);
});

test('a policy that opens the opt-out contradicts a clause that promises none', () => {
  const open = (p: Policy): unknown => p.operator.provision_bases.push('27(2)');
  expect(more(open)).toMatchObject([{ id: 'G-20', severity: 'must', clause: 19, law: [{ article: '27(2)' }] }]);
  const without = (p: Policy): void => {
    open(p);
    for (const one of p.clauses) one.promises = one.promises.filter((id) => id !== 'no-opt-out');
  };
  expect(more(without)).toEqual([]);
});

test('a clause that rules out every provision contradicts the bases on which the policy provides', () => {
  const never = (text: string) => (p: Policy) => {
    clause(p, 19).text.ja = text;
  };
  expect(more(never('当社は、いかなる場合も、個人データを第三者に提供しません。'))).toMatchObject([
    { id: 'G-21', severity: 'must', clause: 19 },
  ]);
  expect(more(never('いかなる場合にも、目的を示さずに個人データを集めません。'))).toEqual([]);
  // Of My Numbers it may be promised.
  const ofNumbers = (p: Policy): void =>
    void (clause(p, 102).text.ja = 'いかなる場合も特定個人情報を第三者に提供しません。');
  expect(more(ofNumbers)).toEqual([]);
});

test('a fee far above what such requests cost is doubted', () => {
  const fee = (amount: Policy['operator']['fee']['amount_yen']) => (p: Policy) => {
    p.operator.fee.amount_yen = amount;
  };
  expect(more(fee(50_000))).toMatchObject([{ id: 'G-22', clause: 34, law: [{ article: '38(2)' }] }]);
  expect(more(fee({ disclosure: 500, 'record-disclosure': 10_000 }))).toMatchObject([{ id: 'G-22' }]);
  expect(more(fee(5_000))).toEqual([]);
});

test('a paragraph of Article 23, which has none today, is the Article 27 of before 2022', () => {
  const citing = (text: string) => (p: Policy) => {
    clause(p, 4).text.ja = text;
  };
  expect(more(citing('個人情報保護法第23条第1項の場合を除きます。'))).toMatchObject([
    { id: 'G-23', clause: 4, law: [{ article: '27(1)' }, { article: '27(5)' }] },
  ]);
  expect(more(citing('個人情報保護法第２３条５項３号により共同利用します。'))).toMatchObject([{ id: 'G-23' }]);
  expect(more(citing('個人情報保護法第23条に従います。'))).toEqual([]);
  expect(more(citing('電気通信事業法第23条第1項に従います。'))).toEqual([]);
});

test.each([
  '平成31年5月1日',
  '平成35年4月1日',
  '令和元年4月30日',
  '昭和64年2月1日',
  '令和8年2月30日',
  '令和８年１３月１日',
])('%s, a day that never was, is found', (date) => {
  const dated = (p: Policy): void => void (clause(p, 4).text.ja += `（${date}改定）`);
  expect(more(dated)).toMatchObject([{ id: 'G-24', severity: 'should', clause: 4 }]);
});

test.each(['令和元年5月1日', '平成31年4月30日', '2026年12月7日', '令和８年１２月７日'])('%s is a day', (date) => {
  expect(more((p) => void (clause(p, 4).text.ja += `（${date}改定）`))).toEqual([]);
});

test('a desk that takes requests on the web says so in the text', () => {
  const policy = example();
  policy.operator.desk.electronic = true;
  expect(lintPolicy(policy).at(-1)).toMatchObject({ id: 'G-16', severity: 'must', clause: 30 });
  for (const { text } of policy.clauses) text.ja = text.ja.replace('書面で', '書面またはウェブページで');
  expect(ids(policy)).toEqual(all);
});

test('a desk that offers something else than a letter can be reached by something else than post', () => {
  const byPost = (): Policy => {
    const policy = example();
    delete policy.operator.desk.email;
    return policy;
  };
  const policy = byPost();
  expect(ids(policy)).toEqual([...all, 'G-17']);
  expect(lintPolicy(policy).at(-1)).toMatchObject({
    severity: 'must',
    clause: 42,
    law: [
      { law: 'APPI', article: '37(4)' },
      { law: 'DisabilityAct', article: '8(2)' },
    ],
  });
  for (const way of [
    { phone: '0570-000-000' },
    { email: 'desk@example.jp' },
    { visits: true },
    { electronic: true },
  ] satisfies Partial<Policy['operator']['desk']>[]) {
    const reached = byPost();
    Object.assign(reached.operator.desk, way);
    expect(ids(reached)).not.toContain('G-17');
  }
  // Without the clause, the pages of the desk still say that another way is accepted.
  policy.clauses = policy.clauses.filter((c) => !c.promises.includes('written-route-offered'));
  expect(lintPolicy(policy).at(-1)).toMatchObject({ id: 'G-17' });
  expect(lintPolicy(policy).at(-1)).not.toHaveProperty('clause', 42);
});

test('a desk that answers with the representative’s name on request is enough', () => {
  const policy = example();
  policy.operator.desk.answers_on_request.push('representative');
  expect(ids(policy)).not.toContain('G-4');
});

test('gaps follow the facts: membership weighs more than none, opt-out and assured systems only where they are used', () => {
  const policy = example();
  const severity = (): string | undefined => lintPolicy(policy).find((g) => g.id === 'G-11')?.severity;
  expect(severity()).toBe('note');
  policy.operator.accredited_organisation = {
    name: { ja: '例示協会', en: 'Reiji Association' },
    contact: { ja: '書面', en: 'By letter' },
  };
  expect(severity()).toBe('must');
  policy.operator.provision_bases.push('27(2)');
  policy.operator.foreign_bases = ['consent', '27(1)'];
  expect(ids(policy)).not.toContain('G-12');
  expect(ids(policy)).not.toContain('G-8');
});

test('a policy without joint use and without the Commission’s page has no gap of either', () => {
  const policy = example();
  policy.jointUses = 'none';
  policy.operator.ppc_url = 'none';
  expect(all.filter((id) => !ids(policy).includes(id))).toEqual(['G-2', 'G-3', 'G-9']);
});
