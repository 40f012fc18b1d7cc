// The policy of another company: its facts hold whatever promises its clauses have, the public is shown what it says, and the policy in
// docs/policy.md supports the main tasks of an office.

import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assemble } from '../../src/app.ts';
import { recordsKept } from '../../src/app/records.ts';
import { standingFacts } from '../../src/app/standing.ts';
import type { Actor } from '../../src/base/actor.ts';
import { addDays } from '../../src/base/day.ts';
import type { By } from '../../src/features/access/index.ts';
import { openCheckpoint, use } from '../../src/features/checkpoint/index.ts';
import { useRegister } from '../../src/features/consent/index.ts';
import { caseOf, deskPages, deskProvers, loadTexts, type Case } from '../../src/features/desk/index.ts';
import { printLetter } from '../../src/features/desk/actions/copies.ts';
import type { LetterName } from '../../src/features/desk/actions/drafts.ts';
import { ease, identify, receivePapers, refund, tellShort } from '../../src/features/desk/actions/receive.ts';
import {
  approve,
  policyFiles,
  policyInForce,
  policyProvers,
  policyRoutes,
  policyYaml,
  propose,
  readPolicy,
  type Policy,
} from '../../src/features/policy/index.ts';
import { decideProvision, decideRequest } from '../../src/law/index.ts';
import { currentTexts } from '../../src/features/desk/actions/texts.ts';
import type { IdentityDocument } from '../../src/features/desk/facts/event.ts';
import type { Kind } from '../../src/features/desk/facts/kind.ts';
import { handForm } from '../../src/features/desk/letters/form.ts';
import { dayFrom } from '../../src/platform/ui/format.ts';
import { numberOf } from '../../src/features/desk/facts/request.ts';
import { receiptCode, stageOfReceipt } from '../../src/features/desk/actions/receipt.ts';
import { publicNext, publicStage } from '../../src/features/desk/words.ts';
import { collectedFor, registered, reviewed, rightPapers, seen, wordsOf } from '../desk.ts';
import { fieldsIn } from '../forms.ts';
import { openTestOffice, type TestOffice } from '../office.ts';
import {
  addHolding,
  addPerson,
  askedThemselves,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../people.ts';

let house: TestOffice;
beforeEach(async () => {
  house = await openTestOffice((office, access) => [
    ...policyRoutes(
      office,
      {
        officers: () => Promise.resolve(1),
        nameOf: () => Promise.resolve('関口 真理'),
        resting: restingOn,
        outdatedBy: () => Promise.resolve([]),
      },
      () => Promise.resolve(null),
    ),
    ...deskPages({ office, access }),
  ]);
  await loadTexts(house.office, 'policies/example');
});
afterEach(() => house.close());

const inForce = async (): Promise<Policy> =>
  structuredClone((await policyInForce(house.office, house.office.clock.today()))!.policy);

/** Proposes a changed policy and approves it from today. */
async function changing(by: (policy: Policy) => void) {
  const policy = await inForce();
  by(policy);
  const today = house.office.clock.today();
  const sekisho: Actor = { kind: 'sekisho' };
  const { version } = valueOf(
    await propose(house.office, { actor: sekisho, authority: [] }, { texts: policyYaml(policy), effectiveOn: today }),
  );
  const asked = { version, effectiveOn: today, officers: 1, judged: {}, resting: restingOn };
  return approve(house.office, byOfficer(house), asked);
}

const change = async (by: (policy: Policy) => void): Promise<void> => void valueOf(await changing(by));

/** Turns the example into the policy of another company, which uses ids of the example for purposes of its own and has fewer of them. */
function another(policy: Policy): void {
  policy.operator.name = { ja: '株式会社ことのは雑貨店', en: 'Kotonoha Zakka Store' };
  for (const { text } of policy.clauses) {
    text.ja = text.ja.replaceAll('例示情報通信株式会社', policy.operator.name.ja);
    text.en = text.en.replaceAll('Reiji Information and Communication Corporation', policy.operator.name.en);
  }
  const text = { ja: 'ご注文の受付と発送', en: 'Taking and sending orders' };
  policy.clauses.find(({ no }) => no === 11)!.text = text;
  policy.purposes = policy.purposes
    .filter(({ id }) => id !== 'P2')
    .map((one) => (one.id === 'P1' ? { ...one, text } : one));
}

/** Removes promises from a policy and from all its clauses. */
function without(policy: Policy, ...ids: string[]): void {
  policy.promises = policy.promises.filter(({ id }) => !ids.includes(id));
  for (const clause of policy.clauses) {
    clause.promises = clause.promises.filter((id) => !ids.includes(id));
    clause.marks = clause.marks?.filter(({ promise }) => !ids.includes(promise));
  }
}

/** The facts about the policy in force that the law is given for a kind of request. */
const requestPolicy = async (kind: 'purpose-notice' | 'disclosure' | 'correction') => {
  const { feeYen, ...requests } = (await standing()).requests!;
  const yen = feeYen?.[kind];
  return { ...requests, ...(yen === undefined ? {} : { feeYen: yen }) };
};

const nextDay = (): void => house.clock.moveTo(new Date(house.clock.now() + 86_400_000).toISOString());

const standing = async () => (await standingFacts(house.office, house.office.database)).policy!;

test('a desk that takes visits turns nobody away who comes', async () => {
  await change((policy) => {
    policy.operator.desk.visits = true;
  });
  const policy = await requestPolicy('correction');
  const finding = decideRequest(
    {
      kind: 'correction',
      requester: 'principal',
      identityChecked: true,
      manner: 'visit',
      atDesk: true,
      specified: true,
      policy,
    },
    house.office.clock.today(),
  );
  expect(finding.answer).toBe('yes');
});

test('what a policy closes by its facts is closed by the clause that states them, where none is named with the promise', async () => {
  await change((policy) => {
    without(policy, 'no-opt-out', 'written-route-offered', 'request-arrival-recorded');
    without(policy, 'fee-only-for-disclosure', 'request-papers-limited');
    policy.operator.stated_in['opt-out'] = [20];
  });
  const { optOutClosedBy, requests } = await standing();
  expect(optOutClosedBy).toBe('20');
  expect(requests).toEqual({
    writtenOnlyBy: '39',
    noVisitsBy: '39',
    feeBy: '34',
    feeYen: { 'purpose-notice': 0, disclosure: 1000, 'record-disclosure': 1000 },
    onlyForRequestBy: '40',
  });
  const on = house.office.clock.today();
  const optOut = decideProvision(
    {
      relation: 'third-party',
      information: 'personal',
      consent: null,
      optOut: {},
      policy: { optOutClosedBy: optOutClosedBy! },
    },
    on,
  );
  expect(optOut.answer).toBe('no');
  expect(optOut.because).toContainEqual(expect.objectContaining({ law: 'policy', article: '20' }));
});

test('what speaks of consent alone closes the opt-out too, where the facts do not open it', async () => {
  await change((policy) => {
    without(policy, 'no-opt-out');
    policy.operator.stated_in['opt-out'] = [];
  });
  expect((await standing()).optOutClosedBy).toBe('19');
});

test('nobody was told anything by the example company: a first policy of one’s own is approved without judging its purposes against it', async () => {
  await change(another);
  expect((await inForce()).purposes.find(({ id }) => id === 'P1')!.text.ja).toBe('ご注文の受付と発送');
  const proofs = await Promise.all(
    policyProvers.filter(({ promise }) => promise === 'policy-approved').map((one) => one.prove(house.office)),
  );
  expect(proofs.map(({ state }) => state)).toEqual(['kept', 'kept']);
  // The new words apply from then on.
  const again = await changing((policy) => {
    const text = { ja: '広告の配信', en: 'Advertising' };
    policy.clauses.find(({ no }) => no === 11)!.text = text;
    policy.purposes = policy.purposes.map((one) => (one.id === 'P1' ? { ...one, text } : one));
  });
  expect(again).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'judged.P1' }] } });
});

test('where somebody was taken in while the example’s words were in force, a purpose that is worded otherwise is judged', async () => {
  const close = await openTestCheckpoint(house);
  await addPerson(house, await addHolding(house), { name: '山田 花子' });
  expect(await changing(another)).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', fields: [{ field: 'judged.P1' }] },
  });
  await close();
});

const publicly = async (path: string): Promise<string> => (await (await house.visitor('nobody')).get(path)).text();

test('the public is told of every way to the desk that the policy opens, and of no other', async () => {
  const told = async () => {
    const desk = (await publicly('/policy')).split('id="desk"').at(-1)!;
    const requests = await publicly('/requests');
    return ['書面でお送りください', '/requests/new', 'お越し'].map((way) => [
      desk.includes(way),
      requests.includes(way),
    ]);
  };
  const [yes, no] = [true, false];
  // The page on requests shows the way by letter in steps.
  expect(await told()).toEqual([
    [yes, no],
    [no, no],
    [no, no],
  ]);
  await change((policy) => Object.assign(policy.operator.desk, { electronic: true }));
  expect(await told()).toEqual([
    [no, no],
    [yes, yes],
    [no, no],
  ]);
  await change((policy) => Object.assign(policy.operator.desk, { electronic: false, visits: true }));
  expect(await told()).toEqual([
    [no, no],
    [no, no],
    [yes, yes],
  ]);
  expect(await publicly('/requests')).not.toContain('ご来訪によるお申し出はお受けしていません');
});

test('the web page names the requests that the policy sets a fee for', async () => {
  const fees = async (...kinds: Policy['operator']['fee']['kinds']): Promise<string> => {
    await change(({ operator }) => {
      operator.desk.electronic = true;
      operator.fee.kinds = kinds;
    });
    return /[^>]*には手数料がかかります/.exec(await publicly('/requests/new'))?.[0].trim() ?? '';
  };
  expect(await fees('disclosure')).toBe('開示には手数料がかかります');
  expect(await fees('purpose-notice', 'disclosure', 'record-disclosure')).toBe(
    '利用目的の通知、開示、第三者提供記録の開示には手数料がかかります',
  );
});

test('a fee that is paid at the desk is not told to be enclosed, on the page or the form', async () => {
  const form = async (): Promise<string> => {
    const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
    const { texts } = await currentTexts(house.office);
    const writing = { operator: policy.operator, texts, on: house.office.clock.today(), lang: 'ja' } as const;
    return JSON.stringify(handForm(policy.operator.forms[0]!, null, writing));
  };
  expect(await form()).toContain('手数料 1,000円');
  await change(({ operator: { desk, fee } }) => {
    desk.visits = true;
    fee.paid_by = 'cash';
  });
  expect(await form()).not.toContain('手数料 1,000円');
  expect(await publicly('/requests')).not.toContain('手数料を同封');
  expect(await publicly('/requests')).toContain('窓口でお支払いください');
});

test('a fee that is paid in one of several ways is told with each of them, and returned in the one it came', async () => {
  const close = await openTestCheckpoint(house);
  await change(({ operator: { desk, fee } }) => {
    desk.visits = true;
    fee.paid_by = ['postal-money-order', 'postage-stamps', 'cash'];
  });
  const by: By = { actor: officerOf(house), authority: [] };
  const on = house.office.clock.today();
  const { row, ...one } = await registered(house, by, 'disclosure', { arrivedOn: on });
  const said = async (name: LetterName): Promise<string> =>
    wordsOf(valueOf(await printLetter(house, by, row.id, name)).bytes);
  const told = [await publicly('/requests'), await said('cover')];
  for (const text of told) {
    expect(text).toContain('手数料は1,000円（税込）です。次のどれかの方法でお支払いください');
    for (const way of ['定額小為替', '郵便切手', '窓口での現金']) expect(text).toContain(way);
    expect(text).not.toMatch(/書留|口座/);
  }
  // Not everybody encloses the fee.
  expect(told[0]).not.toContain('手数料を同封');
  expect(await said('form')).toContain('手数料1,000円（税込）');
  const came = { on, ...rightPapers, feeYen: 1500 };
  const paid = valueOf(await receivePapers(house, by, row.id, seen({ row, ...one }), came));
  valueOf(await refund(house, by, row.id, seen(paid), { on, yen: 500 }));
  expect(await said('refund')).toContain('500円を、お支払いいただいたのと同じ方法でお返しします');
  await close();
});

test('where the fee is paid into an account, what is enclosed is the slip', async () => {
  await change(({ operator: { fee } }) => {
    fee.paid_by = 'bank-transfer';
  });
  expect(await publicly('/requests')).not.toContain('手数料を同封');
  const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
  const { texts } = await currentTexts(house.office);
  const writing = { operator: policy.operator, texts, on: house.office.clock.today(), lang: 'ja' } as const;
  expect(JSON.stringify(handForm(policy.operator.forms[0]!, null, writing))).toContain('振込みの控えの写し');
});

test('a fee that is asked for once it is known who asks is enclosed by nobody: a letter asks for it then, and nobody is looked at before it comes', async () => {
  const close = await openTestCheckpoint(house);
  await change(({ operator: { desk, fee } }) => {
    desk.electronic = true;
    fee.asked = 'after-check';
    fee.paid_by = ['bank-transfer', 'registered-mail'];
  });
  const by: By = { actor: officerOf(house), authority: [] };
  const on = house.office.clock.today();
  const one = await registered(house, by, 'disclosure');
  const { id } = one.row;
  const said = async (name: LetterName): Promise<string> =>
    wordsOf(valueOf(await printLetter(house, by, id, name)).bytes);
  const early = [await said('cover'), await said('form'), await publicly('/requests'), await publicly('/requests/new')];
  for (const text of early) expect(text).not.toMatch(/書留|口座|手数料を同封|手数料1,000円|控えの写し/);
  for (const text of [early[0], early[2], early[3]])
    expect(text).toContain('手数料は1,000円（税込）です。ご本人かどうかを確認した後に');
  const { policy } = (await policyInForce(house.office, on))!;
  const { texts } = await currentTexts(house.office);
  const writing = { operator: policy.operator, texts, on, lang: 'ja' } as const;
  expect(JSON.stringify(handForm(policy.operator.forms[0]!, null, writing))).not.toContain('手数料');
  const came = { on, ...rightPapers, feeYen: 0 };
  const here = valueOf(await receivePapers(house, by, id, seen(one), came));
  const asking = (known: Case) => tellShort(house, by, id, seen(known), { on, lacks: ['fee'] });
  expect(await asking(here)).toMatchObject({ ok: false, problem: { fields: [{ field: 'lacks' }] } });
  const known = valueOf(await identify(house, by, id, seen(here), { on, ...askedThemselves }));
  // The person is not told of an investigation.
  const shown = async (): Promise<string[]> => {
    const ask = { number: numberOf(one.row), code: receiptCode(house.office, id), address: '' };
    const at = valueOf(await stageOfReceipt(house, ask));
    return [publicStage(at.stage, at).ja, publicNext(at.stage, at).ja];
  };
  expect(await shown()).toEqual([
    '請求された方の確認が済みました',
    '手数料のお願いを手紙でお送りします。届くまでお待ちください。',
  ]);
  const asked = valueOf(await asking(known));
  expect(asked.row.stage).toBe('fee-asked');
  expect((await shown())[0]).toBe('手数料のお支払いをお待ちしています');
  const letter = await said('lacks');
  expect(letter).toContain('手数料のお願い');
  expect(letter).toContain('手数料は1,000円（税込）です');
  for (const way of ['口座', '書留郵便', 'までにお支払いください', 'このご請求への対応を終え'])
    expect(letter).toContain(way);
  // Nothing is missing, and the proof of identity is erased by now.
  expect(letter).not.toMatch(/書類についてのお願い|届いていません|お預かりしています/);
  // The clerk sees what is waited for and since when, and so does the person; a missed paper is not mentioned.
  const clerk = await house.visitor('desk');
  const textOf = async (path: string): Promise<string> =>
    (await (await clerk.get(path)).text()).replaceAll(/<[^>]+>/g, '');
  expect(await textOf('/desk')).toContain('手数料を待っている');
  const page = await textOf(`/desk/${id}`);
  for (const words of [
    '手数料が届いたら',
    `手数料を待っている（${dayFrom(on, on, 'ja')}から、${dayFrom(on, addDays(on, 28), 'ja')}まで）`,
    '手数料をお願い',
  ])
    expect(page).toContain(words);
  expect(page).not.toMatch(/書類が届いた日|読めない/);
  // A later policy does not change what applied to this request.
  nextDay();
  await change(({ operator: { fee } }) => void delete fee.asked);
  expect(await said('cover')).toContain('ご本人かどうかを確認した後に');
  const later = await house.visitor('desk');
  const form = fieldsIn(await (await later.get(`/desk/${id}`)).text(), `/desk/${id}/papers-received`);
  const sent = await later.post(`/desk/${id}/papers-received`, { ...form, feeYen: '1000' }, `/desk/${id}`);
  expect(sent.status).toBe(303);
  const paid = valueOf(await caseOf(house, id));
  expect([paid.row.stage, paid.request.papers?.form, paid.request.method]).toEqual(['identified', 'right', 'paper']);
  for (const promise of ['fee-only-for-disclosure', 'requests-answered', 'identity-checked'])
    expect((await deskProvers.find((each) => each.promise === promise)!.prove(house.office)).state, promise).toBe(
      'kept',
    );
  await close();
});

test('what becomes of the papers that somebody sends is told as far as the system sees to it', async () => {
  const close = await openTestCheckpoint(house);
  const by: By = { actor: officerOf(house), authority: [] };
  const { id } = (await registered(house, by, 'disclosure')).row;
  const cover = await wordsOf(valueOf(await printLetter(house, by, id, 'cover')).bytes);
  for (const text of [cover, await publicly('/requests')]) {
    expect(text).toContain('本人を確認する書類を画像にしたときは、確認を終えたら画像を消去します');
    expect(text).not.toMatch(/書類の写しは、確認を終えたら消去/);
  }
  await close();
});

test('each kind of request costs what the policy says of it, on every page, form and letter, and no more by the law’s answer', async () => {
  const close = await openTestCheckpoint(house);
  await change(({ operator, clauses }) => {
    operator.desk.electronic = true;
    const { text } = clauses.find(({ no }) => no === 34)!;
    Object.assign(text, {
      ja: `${text.ja}利用目的の通知は300円です。`,
      en: `${text.en} A notice of purposes is 300 yen.`,
    });
    Object.assign(operator.fee, {
      amount_yen: { 'purpose-notice': 300, disclosure: 1000, 'record-disclosure': 1000 },
      kinds: ['purpose-notice', 'disclosure', 'record-disclosure'],
    });
  });
  const by: By = { actor: officerOf(house), authority: [] };
  const due = async (kind: Kind): Promise<number> => (await registered(house, by, kind)).request.fee.due;
  expect([await due('purpose-notice'), await due('disclosure'), await due('record-disclosure')]).toEqual([
    300, 1000, 1000,
  ]);
  expect(await due('correction')).toBe(0);
  for (const path of ['/requests', '/requests/new']) {
    const page = await publicly(path);
    expect(page).toContain(
      '手数料は利用目的の通知300円（税込）、開示1,000円（税込）、第三者提供記録の開示1,000円（税込）です',
    );
  }
  for (const path of ['/requests', '/policy'])
    expect((await publicly(path)).split('300円（税込）').length, path).toBeGreaterThan(1);
  const asked = async (kind: 'purpose-notice' | 'disclosure', yen: number) =>
    decideRequest(
      {
        kind,
        requester: 'principal',
        identityChecked: true,
        manner: 'electronic',
        atDesk: true,
        specified: true,
        fee: { yen, published: true, reasonable: true },
        policy: await requestPolicy(kind),
      },
      house.office.clock.today(),
    );
  const high = async (kind: 'purpose-notice' | 'disclosure', yen: number): Promise<boolean> =>
    (await asked(kind, yen)).because.some(({ says }) => says.ja.includes('公表した手数料の額を超えています'));
  expect(await high('purpose-notice', 300)).toBe(false);
  expect(await high('purpose-notice', 1000)).toBe(true);
  expect(await high('disclosure', 1000)).toBe(false);
  const proofs = await Promise.all(
    deskProvers.filter(({ promise }) => promise === 'fee-only-for-disclosure').map((each) => each.prove(house.office)),
  );
  expect(proofs.map(({ state }) => state)).toEqual(['kept']);
  await close();
});

test('a request that arrived before the policy changed its fee costs what was said then, and the promise is kept', async () => {
  const close = await openTestCheckpoint(house);
  const by: By = { actor: officerOf(house), authority: [] };
  const arrivedOn = house.office.clock.today();
  nextDay();
  await change(({ operator: { fee } }) => Object.assign(fee, { amount_yen: 600, clauses: [] }));
  expect((await registered(house, by, 'disclosure', { arrivedOn })).request.fee.due).toBe(1000);
  expect((await registered(house, by, 'disclosure')).request.fee.due).toBe(600);
  const fees = deskProvers.find(({ promise }) => promise === 'fee-only-for-disclosure')!;
  expect((await fees.prove(house.office)).state).toBe('kept');
  await close();
});

test('which papers show who asks, and how many of them, is what the policy says: it is told so everywhere, and the desk is held to it', async () => {
  const close = await openTestCheckpoint(house);
  const by: By = { actor: officerOf(house), authority: [] };
  const before = await registered(house, by, 'correction');
  nextDay();
  const on = house.office.clock.today();
  await change(({ operator }) => {
    operator.desk.electronic = true;
    operator.identity_papers = [
      { count: 1, of: ['driving-licence', 'my-number-card'] },
      { count: 2, of: ['resident-record', 'health-insurance'] },
    ];
  });
  const one = await registered(house, by, 'correction');
  const said = async (name: LetterName): Promise<string> =>
    wordsOf(valueOf(await printLetter(house, by, one.row.id, name)).bytes);
  const cover = await said('cover');
  const papers = { on, ...rightPapers, method: null, feeYen: 0 };
  const came = valueOf(await receivePapers(house, by, one.row.id, seen(one), papers));
  const short = valueOf(await tellShort(house, by, one.row.id, seen(came), { on, lacks: ['identity'] }));
  for (const text of [cover, await said('lacks'), await publicly('/requests'), await publicly('/requests/new')]) {
    expect(text).toMatch(/次のうち1点：運転免許証/);
    expect(text).toMatch(/次のうち2点：住民票の写し/);
    expect(text).not.toMatch(/在留カード|どれか1つ/);
  }
  const again = valueOf(await receivePapers(house, by, one.row.id, seen(short), papers));
  const identifying = async (known: Case, ...documents: IdentityDocument[]) =>
    identify(house, by, known.row.id, seen(known), { on, ...askedThemselves, documents });
  const refused = await identifying(again, 'resident-record', 'other');
  expect(refused).toMatchObject({ ok: false, problem: { fields: [{ field: 'documents' }] } });
  expect(JSON.stringify(refused)).toContain('次のうち2点：住民票の写し');
  valueOf(await identifying(again, 'resident-record', 'health-insurance'));
  // A request keeps to what its sender was told when they asked.
  const told = valueOf(await receivePapers(house, by, before.row.id, seen(before), papers));
  valueOf(await identifying(told, 'resident-record'));
  const checked = deskProvers.find(({ promise }) => promise === 'identity-checked')!;
  expect((await checked.prove(house.office)).state).toBe('kept');
  await close();
});

test('the letters of a request name the fee that it costs, whatever the policy asks of later ones', async () => {
  const close = await openTestCheckpoint(house);
  const by: By = { actor: officerOf(house), authority: [] };
  const on = house.office.clock.today();
  const asked = async (kind: Kind): Promise<Case> => registered(house, by, kind, { arrivedOn: addDays(on, -1) });
  const said = async ({ row }: Case, name: LetterName): Promise<string> =>
    wordsOf(valueOf(await printLetter(house, by, row.id, name)).bytes);
  const [charged, free] = [await asked('disclosure'), await asked('purpose-notice')];
  const came = { on, ...rightPapers, form: 'none', feeYen: 700 } as const;
  const paid = await asked('disclosure');
  const short = valueOf(await receivePapers(house, by, paid.row.id, seen(paid), came));
  const told = valueOf(await tellShort(house, by, paid.row.id, seen(short), { on, lacks: ['form', 'fee'] }));
  expect(told.request.fee).toMatchObject({ due: 1000, received: 700 });
  await change(({ operator: { fee } }) =>
    Object.assign(fee, { amount_yen: 600, kinds: ['purpose-notice', 'disclosure'], printed_under: [], clauses: [] }),
  );
  expect(await said(charged, 'cover')).toContain('手数料は1,000円（税込）です');
  expect(await said(charged, 'form')).toContain('手数料1,000円（税込）');
  expect(await said(free, 'acknowledgement')).toContain('手数料はかかりません');
  const anew = valueOf(await ease(house, by, paid.row.id, seen(told), { eased: true }));
  expect(await said(anew, 'lacks')).toContain('手数料は1,000円（税込）ですが、届いたのは700円でした。足りない300円を');
  // A new request costs what the policy says now.
  expect(await said(await registered(house, by, 'purpose-notice'), 'acknowledgement')).toContain('手数料は600円');
  await close();
});

test('whoever comes to a desk that takes visits is registered as that, and not thanked for a letter', async () => {
  const close = await openTestCheckpoint(house);
  const clerk = await house.visitor('desk');
  const offered = async (): Promise<boolean> => (await (await clerk.get('/desk/new')).text()).includes('value="visit"');
  expect(await offered()).toBe(false);
  await change((policy) => Object.assign(policy.operator.desk, { visits: true }));
  expect(await offered()).toBe(true);
  const form = { kind: 'purpose-notice', scope: 'customer', arrivedOn: house.office.clock.today(), lang: 'ja' };
  const sender = { 'sender.name': '来訪 花子', 'sender.address': '〒104-0000 東京都中央区例示町1-1' };
  const made = await clerk.post('/desk/new', { ...form, ...sender, channel: 'visit' }, '/desk/new');
  const [, id] = /^\/desk\/([0-9a-f-]+)$/.exec(made.headers.get('location') ?? '')!;
  expect(await (await clerk.get(`/desk/${id}`)).text()).toContain('窓口への来訪');
  const by: By = { actor: officerOf(house), authority: [] };
  const words = await wordsOf(valueOf(await printLetter(house, by, id!, 'acknowledgement')).bytes);
  expect(words).toContain('お申し出を受け付けました');
  expect(words).not.toContain('お手紙');
  const nowhere = { ...form, 'sender.name': '来訪 葉', channel: 'visit' };
  expect((await clerk.post('/desk/new', nowhere, '/desk/new')).status).toBe(422);
  await close();
});

test('the page on requests names what is asked for without a form, as far as the policy gives cause for it', async () => {
  const abroad = '外国の会社に渡した情報が、どう守られているかを知らせること';
  const named = async (): Promise<boolean[]> => {
    const page = await publicly('/requests');
    // Neither is a claim of 32 to 35, so neither is listed as one (28(3), 40).
    const [claims, others] = page.split('そのほかにお申し出いただけること');
    expect([claims!.includes('請求できること'), claims!.includes(abroad), claims!.includes('苦情に答える')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(others).toContain('質問、相談、苦情に答えること');
    return [page.includes(abroad), page.includes('質問、相談、苦情に答えること')];
  };
  expect(await named()).toEqual([true, true]);
  await change(({ operator }) => Object.assign(operator, { foreign_bases: ['consent'] }));
  expect(await named()).toEqual([false, true]);
  // A passport shows no address, so an address cannot be checked by it.
  await change(({ operator }) => Object.assign(operator.desk, { electronic: true }));
  const web = await publicly('/requests/new');
  expect(web).not.toContain('旅券');
  // The page takes questions and complaints too.
  expect([web.includes('このお申し出への対応だけに使います'), web.includes('このご請求')]).toEqual([true, false]);
});

test('nobody is told to enclose a fee where there is none', async () => {
  expect(await publicly('/requests')).toContain('確認の書類と手数料を同封');
  await change(({ operator: { fee } }) =>
    Object.assign(fee, { amount_yen: 0, kinds: [], printed_under: [], clauses: [] }),
  );
  expect(await publicly('/requests')).not.toContain('手数料を同封');
});

test('the public is told that the example was never the company’s policy, and not how its own differs from it', async () => {
  await change(another);
  expect(await publicly('/policy')).not.toContain('/policy/versions/2/changes');
  expect((await (await house.visitor('nobody')).get('/policy/versions/2/changes')).status).toBe(404);
  expect(await publicly('/policy/versions/1')).toContain('株式会社ことのは雑貨店の方針ではありません');
  const history = await publicly('/policy/versions');
  expect(history).toContain('見本');
  expect(history).not.toContain('/policy/versions/2/changes');
});

const guides = ['docs/policy.md', 'docs/ja/policy.md'].map((file) => fs.readFileSync(file, 'utf8'));

/** The files that docs/policy.md shows, in English and in Japanese. */
const [guided, guidedInJapanese] = guides.map((guide) =>
  Object.fromEntries(
    [...guide.matchAll(/^## `([^`]+)`[\s\S]*?^```yaml\n([\s\S]*?)^```$/gm)].map(([, file, text]) => [file!, text!]),
  ),
) as [Record<string, string>, Record<string, string>];

test('the policy that the documentation shows is whole, and names every promise that is checked', async () => {
  expect(Object.keys(guided).toSorted()).toEqual([...policyFiles].toSorted());
  expect(readPolicy(guided)).toMatchObject({ ok: true });
  expect(readPolicy(guidedInJapanese)).toEqual(readPolicy(guided));
  const named = [.../<!-- checked -->([\s\S]*)<!-- \/checked -->/.exec(guides[0]!)![1]!.matchAll(/`([^`]+)`/g)];
  const { provers } = await assemble(house.office, { root: process.cwd(), report: () => {} });
  expect(named.map(([, id]) => id)).toEqual([...new Set(provers.map(({ promise }) => promise))].toSorted());
});

test('by it somebody is taken in, is looked up for its purpose and no other, and gets what they ask for and pay at the desk', async () => {
  const { office, access } = house;
  const today = office.clock.today();
  const by = { actor: officerOf(house), authority: [] };
  const { version } = valueOf(await propose(office, by, { texts: guided, effectiveOn: today }));
  const asked = { version, effectiveOn: today, officers: 1, judged: {}, resting: restingOn };
  valueOf(await approve(office, by, asked));
  const close = await openCheckpoint(office, (on) => standingFacts(office, on), useRegister, recordsKept);
  const patients = await addHolding(house, { purposes: ['CARE'], channels: ['oral'] });
  const { principal } = await addPerson(house, patients, { name: '山田 花子' });
  const ask = { principal, holding: patients, items: ['name'] };
  expect((await use(office, by, { ...ask, purpose: 'CARE' })).ok).toBe(true);
  expect((await use(office, by, { ...ask, purpose: 'P3' })).ok).toBe(false);
  const desk = { office, access };
  const one = await registered(desk, by, 'disclosure');
  expect(one.request).toMatchObject({ form: true, fee: { due: 500 } });
  const came = { on: today, ...rightPapers, feeYen: 500 };
  const paid = valueOf(await receivePapers(desk, by, one.row.id, seen(one), came));
  const { request } = await reviewed(desk, by, await collectedFor(desk, by, paid, '山田 花子'));
  expect(request.fee).toMatchObject({ received: 500 });
  expect(request.collected).not.toBeNull();
  const proofs = await Promise.all(
    deskProvers.filter(({ promise }) => promise === 'fee-only-for-disclosure').map((each) => each.prove(office)),
  );
  expect(proofs.map(({ state }) => state)).toEqual(['kept']);
  await close();
});
