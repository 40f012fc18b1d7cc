// The secrecy of communications prevails (通信の秘密が先に立つ): what the Telecommunications Business Act forbids stays forbidden whatever the APPI says, and
// the other way round.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { CommunicationsFacts, ProvisionFacts, UseFacts } from '../facts.ts';
import { decideProvision, decideUse } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const consent = { givenBy: 'principal', individual: true, clear: true, withdrawn: false } as const;
const byConsent: CommunicationsFacts = { basis: 'consent', consent };

/** A log of who connected when, held to keep the service running. */
const log: UseFacts = {
  information: 'personal',
  purpose: 'P1',
  holdingPurposes: [{ id: 'P1', clause: '11' }],
  consent: null,
};
const secret = ['limit-scope', 'keep-decision-log', 'keep-secret'];
const justified = (answer: boolean) => ({
  legalJustification: { answer, by: 'officer-1', on: today, why: '通信を届けるために要る', until: today },
});

const uses: {
  name: string;
  facts: UseFacts;
  expected: Outline | { answer: 'yes'; because: string[]; duties: string[] };
}[] = [
  {
    name: '通信の秘密に当たると言われなければ、個人情報保護法だけで決める',
    facts: log,
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 11'], duties: [] },
  },
  {
    name: '目的の範囲内でも、通信の記録は根拠なしに見られない',
    facts: { ...log, secrecy: { basis: 'none' } },
    expected: { answer: 'no', because: ['TBA 4(1)', 'TBA 4(1)'] },
  },
  {
    name: '利用者が個別に同意した',
    facts: { ...log, secrecy: byConsent },
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 11', 'TBA 4(1)', 'TBA 4(2)'], duties: secret },
  },
  {
    name: '利用者が個別に同意しても、目的の範囲の外なら使えない',
    facts: { ...log, purpose: 'P9', secrecy: byConsent },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 11', 'APPI 18(3)'] },
  },
  {
    name: '通信を届けるために要ると、管理者が判断した',
    facts: { ...log, secrecy: { basis: 'justification' }, judgements: justified(true) },
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 11', 'TBA 4(1)', 'TBA 4(2)'], duties: secret },
  },
  {
    name: '管理者が要らないと判断した',
    facts: { ...log, secrecy: { basis: 'justification' }, judgements: justified(false) },
    expected: { answer: 'no', because: ['TBA 4(1)', 'TBA 4(1)'] },
  },
  {
    name: '管理者の判断がない',
    facts: { ...log, secrecy: { basis: 'justification' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 18(1)', 'policy 11', 'TBA 4(1)'],
      missing: ['judgements.legalJustification'],
    },
  },
  {
    name: '根拠も、情報の種類も分からない',
    facts: { ...log, information: undefined, secrecy: {} },
    expected: {
      answer: 'unknown',
      because: ['APPI 18(1)', 'policy 11', 'TBA 4(1)'],
      missing: ['information', 'secrecy.basis'],
    },
  },
  {
    name: '根拠はあるが、目的が分からない',
    facts: { ...log, purpose: undefined, secrecy: byConsent },
    expected: { answer: 'unknown', because: ['APPI 18(1)', 'TBA 4(1)', 'TBA 4(2)'], missing: ['purpose'] },
  },
];

/** The same log after processing: what it tells of communications stays secret. */
const pseudonymous: UseFacts = { ...log, information: 'pseudonymous', pseudonymousType: 'personal' };
const processed: UseFacts[] = [
  { ...pseudonymous, identifies: false, contacts: false },
  { information: 'anonymous', madeHere: true, identifies: false },
];

test.each(processed)('利用：$information の通信の記録にも、通信の秘密は及ぶ', (facts) => {
  expect(short({ ...facts, secrecy: null })).toMatchObject({ answer: 'yes' });
  expect(short({ ...facts, secrecy: { basis: 'none' } })).toEqual({
    answer: 'no',
    because: ['TBA 4(1)', 'TBA 4(1)'],
  });
  expect(short({ ...facts, secrecy: byConsent })).toMatchObject({
    answer: 'yes',
    because: expect.arrayContaining(['TBA 4(1)', 'TBA 4(2)']),
  });
  expect(short({ ...facts, identifies: true, secrecy: byConsent })).toMatchObject({ answer: 'no' });
});

const short = (facts: UseFacts): unknown => {
  const finding = decideUse(facts, today);
  const plain = outline(finding);
  return plain.answer === 'yes' ? { ...plain, duties: plain.duties?.map((d) => d.do) } : plain;
};

test.each(uses)('利用：$name', ({ facts, expected }) => {
  expect(short(facts)).toEqual(expected);
});

const police: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: { kind: 'state-organ', name: '例示警察署', country: 'JP' },
  items: ['接続の記録'],
  consent: null,
  exception: { item: '27(1)(i)', legalBasis: '刑事訴訟法197条2項 照会書7号' },
};

test('提供：照会書は、個人情報保護法では足りても、通信の秘密では足りない', () => {
  expect(decideProvision(police, today).answer).toBe('yes');
  const refused = decideProvision({ ...police, secrecy: { basis: 'inquiry' } }, today);
  expect(outline(refused)).toEqual({ answer: 'no', because: ['TBA 4(1)', 'TBA 4(1)'] });
});

test('提供：令状があれば渡せる。両方の義務がかかる', () => {
  const secrecy = { basis: 'warrant', warrant: '例示簡易裁判所 令状12号', withinWarrant: true } as const;
  const given = outline(decideProvision({ ...police, secrecy }, today));
  expect(given.because).toEqual(['APPI 27(1)(i)', 'APPI 29(1)', 'APPI 16(2)(i)', 'TBA 4(1)', 'TBA 4(2)']);
  expect(given.duties?.map((d) => `${d.do} ${d.under}`)).toEqual([
    'keep-decision-log APPI 27(1)(i)',
    'limit-scope APPI 27(1)(i)',
    'limit-scope TBA 4(1)',
    'keep-decision-log TBA 4(1)',
    'keep-secret TBA 4(2)',
  ]);
  const unnumbered = decideProvision({ ...police, secrecy: { basis: 'warrant', withinWarrant: true } }, today);
  expect(unnumbered.answer === 'unknown' && unnumbered.missing.map((m) => m.fact)).toEqual(['secrecy.warrant']);
});

test('提供：個人情報を含まない通信の記録にも、通信の秘密は及ぶ', () => {
  const cookies: ProvisionFacts = {
    information: 'personally-related',
    link: { fromDatabase: true, expected: false, byTag: false },
  };
  expect(decideProvision(cookies, today).answer).toBe('yes');
  expect(decideProvision({ ...cookies, secrecy: { basis: 'none' } }, today).answer).toBe('no');
});
