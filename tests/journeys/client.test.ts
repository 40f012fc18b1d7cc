// One system's day through the typed client: everything it can ask, and every answer a value.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sekisho, type Answer, type Problem } from '../../src/client.ts';
import { listEntries, verifyFile, vkeyOf } from '../../src/log/index.ts';
import { freePort, must, newcomer, openServer, readers, root, tokenOf, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const problemOf = (answer: Answer<unknown>): Problem => {
  if (answer.ok) throw new Error('expected a problem');
  return answer.problem;
};
const nobody = '00000000-0000-7000-8000-000000000000';

/** The same office on a port, as other programs reach it. */
async function served(): Promise<{ url: string; close(): void }> {
  const port = await freePort();
  const listening = createServer(server.app.listener()).listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const close = (): void => {
    listening.close();
    listening.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

test('a person comes in once under one key, is read for a purpose, found, corrected and erased', async () => {
  const { client, holding } = server;
  const ask = newcomer(holding, { name: '𠮷田 髙子', name_kana: 'ヨシダ タカコ', phone: '090-0000-0001' });
  const first = must(await client.acquire(ask, { key: 'order-1' }));
  const again = must(await client.acquire(ask, { key: 'order-1' }));
  expect(again).toEqual(first);
  expect(problemOf(await client.acquire({ ...ask, urgent: true }, { key: 'order-1' }))).toMatchObject({
    status: 409,
    fields: [{ field: 'Idempotency-Key' }],
  });
  expect(must(await client.acquisition(first.id))).toEqual(first);

  const { principal } = first;
  const used = must(await client.use({ principal, holding, items: ['name', 'note'], purpose: 'P3' }));
  expect(used.items).toEqual({ name: '𠮷田 髙子' });
  expect(used.absent).toEqual(['note']);
  expect(used.basis.because).toContain('APPI 18(1)');
  expect(used.version).toBe(1);

  const found = must(await client.search({ kana: 'よしだ', phone: '+81 90 0000 0001', holding }));
  expect(found.principals).toEqual([{ id: principal, holdings: [holding], same_as: [] }]);
  const other = must(await client.acquire(newcomer(holding))).principal;
  const link = must(await client.link(principal, { same_as: other, shown_by: 'told' }));
  expect(must(await client.links(other))).toEqual({ links: [link] });
  expect(must(await client.search({ kana: 'よしだ' })).principals[0]?.same_as).toEqual([other]);

  const corrected = must(
    await client.correct(principal, { holding, items: { name: '髙橋 髙子' }, ground: 'accuracy', seen: used.version }),
  );
  expect(corrected.version).toBe(2);
  const [record] = must(await client.principal(principal)).records;
  expect(record).toMatchObject({ holding, version: 2 });
  expect(record!.purposes).toMatchObject({ name: ['P3'] });

  expect(problemOf(await client.erasure(principal)).status).toBe(404);
  const erased = must(await client.erase(principal, { ground: 'no-longer-needed' }));
  expect(erased).toMatchObject({ principal, holdings: [holding], items: 4, same_as: [other] });
  expect(must(await client.unlink(other, { same_as: principal }))).toEqual({ link: link.id });
  await expect.poll(async () => must(await client.erasure(principal)).certificate).toBeTruthy();
  expect(must(await client.principal(principal))).toMatchObject({ records: [], erased_at: erased.erased_at });
  expect(problemOf(await client.use({ principal, holding, items: ['name'], purpose: 'P3' })).status).toBe(404);
});

test('of two systems that correct what they both saw one does; the other is told, writes nothing, and may then correct knowingly', async () => {
  const { client, holding, db } = server;
  const { principal } = must(await client.acquire(newcomer(holding, { note: '元' })));
  const read = async () => must(await client.use({ principal, holding, items: ['note'], purpose: 'P3' }));
  const { version: seen } = await read();
  expect(must(await client.principal(principal)).records).toMatchObject([{ holding, version: seen }]);
  const notes = ['一', '二'];
  const correct = (n: number, saw: number) =>
    client.correct(principal, { holding, items: { note: notes[n]! }, ground: 'accuracy', seen: saw });
  const answers = await Promise.all([correct(0, seen), correct(1, seen)]);
  const first = answers.findIndex(({ ok }) => ok);
  expect(must(answers[first]!)).toMatchObject({ version: seen + 1 });
  const overtaken = answers[1 - first]!;
  expect(problemOf(overtaken)).toMatchObject({
    status: 409,
    type: '/problems/conflict',
    fields: [{ field: 'seen', says: expect.stringContaining('has changed since you checked it') as string }],
  });
  expect(
    problemOf(
      await server
        .clientWith(server.token, 'ja')
        .correct(principal, { holding, items: { note: '三' }, ground: 'accuracy', seen }),
    ).fields,
  ).toEqual([{ field: 'seen', says: expect.stringContaining('変わりました') as string }]);
  const corrections = async (): Promise<number> =>
    (await db.owner.query("SELECT FROM log_entries WHERE action = 'people:correct' AND principal_id = $1", [principal]))
      .length;
  expect([(await read()).items.note, await corrections()]).toEqual([notes[first], 1]);
  const { version: now } = await read();
  expect(must(await correct(1 - first, now))).toMatchObject({ version: now + 1 });
  expect([(await read()).items.note, await corrections()]).toEqual([notes[1 - first], 2]);
});

test('two persons share an e-mail address where it is said of everybody who has it; of twenty at once one comes in', async () => {
  const { client, holding } = server;
  const email = 'couple@example.jp';
  const come = (name: string, sharesEmailWith?: string[], key?: string) =>
    client.acquire(
      { ...newcomer(holding, { name, email }), ...(sharesEmailWith ? { sharesEmailWith } : {}) },
      key === undefined ? {} : { key },
    );
  const ids = async () => must(await client.search({ email, holding })).principals.map(({ id }) => id);
  const { principal: first, email_shared: unshared } = must(await come('例示 夫'));
  const taken = problemOf(await come('例示 妻'));
  expect([unshared, taken]).toMatchObject([false, { status: 409, existing: first, principals: [first] }]);
  expect(taken.fields?.map(({ field }) => field)).toEqual(['items.email']);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => come(`例示 妻${i}`, taken.principals)));
  const made = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  expect(made).toMatchObject([{ email_shared: true }]);
  const second = made[0]!.principal;
  for (const answer of answers.filter(({ ok }) => !ok)) {
    const { existing, ...problem } = problemOf(answer);
    expect([existing, problem]).toMatchObject([undefined, { status: 409, principals: [first, second] }]);
    expect(problem.fields?.map(({ field }) => field)).toEqual(['sharesEmailWith']);
  }
  expect(await ids()).toEqual([first, second].toSorted());
  const child = [await come('例示 子', [first, second], 'child'), await come('例示 子', [first, second], 'child')].map(
    must,
  );
  expect(new Set(child.map(({ principal }) => principal)).size).toBe(1);
  expect(await ids()).toHaveLength(3);
  const { version } = must(await client.principal(second)).records[0]!;
  const back = { holding, items: { email }, ground: 'accuracy', seen: version } as const;
  expect(must(await client.correct(second, back))).toMatchObject({ version: version + 1 });
  expect(problemOf(await come('例示 他人'))).toMatchObject({ status: 409, fields: [{ field: 'items.email' }] });
});

test('a search that names as many as it may says that there may be more, so that who is not among them is not taken for nobody', async () => {
  const { client, holding } = server;
  const come = (n: number) =>
    Promise.all(
      Array.from({ length: n }, async () => must(await client.acquire(newcomer(holding, { name: '同姓 同名' })))),
    );
  await come(99);
  const found = async () => must(await client.search({ name: '同姓 同名', holding }));
  const few = await found();
  expect([few.principals.length, few.more]).toEqual([99, false]);
  await come(2);
  const many = await found();
  expect([many.principals.length, many.more]).toEqual([100, true]);
});

test('an acquisition adds to a known person freely, and replaces only what it says it saw: of two at once the second writes nothing', async () => {
  const { client, holding, db } = server;
  const { principal } = must(await client.acquire(newcomer(holding, { note: '元' })));
  const version = async () => must(await client.principal(principal)).records[0]!.version;
  const note = async () => must(await client.use({ principal, holding, items: ['note'], purpose: 'P3' })).items.note;
  const add = (items: Record<string, string>, seen?: number, key?: string, through = client) =>
    through.acquire(
      { ...newcomer(holding), principal, items, ...(seen === undefined ? {} : { seen }) },
      key === undefined ? {} : { key },
    );
  const written = async (): Promise<object> => ({
    acquisitions: await db.owner.query('SELECT id FROM acquisitions WHERE principal_id = $1', [principal]),
    entries: await db.owner.query("SELECT FROM log_entries WHERE action = 'people:acquire' AND principal_id = $1", [
      principal,
    ]),
    version: await version(),
    note: await note(),
  });
  const refused = async (answer: ReturnType<typeof add>, says: string): Promise<void> => {
    const before = await written();
    expect(problemOf(await answer)).toMatchObject({
      status: 409,
      type: '/problems/conflict',
      fields: [{ field: 'seen', says: expect.stringContaining(says) as string }],
    });
    expect(await written()).toEqual(before);
  };
  // Items not held yet can be added without `seen`; but of two additions at once only one can be first.
  const [one, two] = await Promise.all([add({ address: '一' }), add({ address: '二' })]);
  expect([one, two].map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(problemOf(one.ok ? two : one)).toMatchObject({ status: 409, fields: [{ field: 'seen' }] });
  expect(await version()).toBe(2);
  await refused(add({ note: '無断' }), 'keeps one of these items already');
  await refused(add({ note: '無断' }, undefined, undefined, server.clientWith(server.token, 'ja')), 'すでにあります');
  await refused(add({ note: '古い' }, 1), 'has changed since you saw it');
  await refused(add({ phone: '03-0000-0000' }, 1), 'has changed since you saw it');
  await refused(add({ note: '古い' }, 1, undefined, server.clientWith(server.token, 'ja')), '変わりました');
  const raced = await Promise.all([add({ note: '甲' }, 2), add({ note: '乙' }, 2)]);
  expect(raced.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect([await version(), await note()]).toEqual([3, raced[0].ok ? '甲' : '乙']);
  // A key has its effect once, even when it is sent twice at the same moment, or long after the version it names.
  const keyed = () => add({ note: '丙' }, 3, 'replace-1');
  const [first, second] = await Promise.all([keyed(), keyed()]);
  expect(must(first)).toEqual(must(second));
  expect([await version(), await note()]).toEqual([4, '丙']);
  expect(must(await add({ note: '丁' }, 4)).principal).toBe(principal);
  expect(must(await keyed())).toEqual(must(first));
  expect(problemOf(await add({ note: '丙' }, 5, 'replace-1'))).toMatchObject({
    fields: [{ field: 'Idempotency-Key' }],
  });
  const nobody = await client.acquire({ ...newcomer(holding), seen: 1 });
  expect(problemOf(nobody)).toMatchObject({ status: 422, fields: [{ field: 'seen' }] });
});

test('a refusal by the law is a value with the finding and its grounds inside', async () => {
  const { client, holding } = server;
  const { principal } = must(await client.acquire(newcomer(holding)));
  const refused = problemOf(await client.use({ principal, holding, items: ['name'], purpose: 'P2' }));
  expect(refused).toMatchObject({ status: 403, type: '/problems/refused' });
  expect(refused.finding?.answer).toBe('no');
  expect(refused.finding?.because.map((ground) => `${ground.law} ${ground.article}`)).toContain('APPI 18(1)');
  const { purposeIndicated: _, ...unsaid } = newcomer(holding);
  const unknown = problemOf(await client.acquire(unsaid)).finding;
  expect(unknown?.answer).toBe('unknown');
  expect(unknown?.answer === 'unknown' && unknown.missing.map((one) => one.fact)).toEqual(['purposeIndicated']);
});

test('a provision leaves its statutory record; the log proves both', async () => {
  const { client, holding } = server;
  const { principal } = must(await client.acquire(newcomer(holding)));
  const ask = { principal, holding, items: ['name', 'address'], purpose: 'P3', ...(await server.consented(principal)) };
  const provided = must(await client.provide({ ...ask, attempt: 'attempt-1' }));
  expect(provided.items).toEqual({ name: '例示 花子' });
  expect(provided.record).toMatchObject({
    principal,
    consent_obtained: true,
    recipient: { representative: '運輸 太郎' },
  });
  expect(problemOf(await client.provide({ ...ask, attempt: 'attempt-1' }))).toMatchObject({
    status: 409,
    existing: provided.id,
  });
  const { principal: whose, ...record } = provided.record!;
  expect(must(await client.provision(provided.id))).toMatchObject({
    id: provided.id,
    principal: whose,
    people: 1,
    record,
  });
  expect(must(await client.records({ principal })).records).toEqual([provided.record]);
  expect(must(await client.records({ principal: nobody }))).toEqual({ records: [], next: null });

  await expect.poll(async () => (await client.log.entry(provided.id)).ok).toBe(true);
  const receipt = must(await client.log.entry(provided.id));
  expect(receipt.entry).toMatchObject({ action: 'people:provide', principal, record: provided.id });
  const { entries } = must(await client.log.entries({ from: receipt.position, limit: 1 }));
  expect(entries).toEqual([{ position: receipt.position, entry: receipt.entry }]);
});

test('a receipt for the person and the whole log are files that verify, and both are on record', async () => {
  const { client, holding, office, app } = server;
  const key = vkeyOf(office.signer);
  const { principal, id } = must(await client.acquire(newcomer(holding)));
  const desk = server.clientWith((await tokenOf(app.access, ['people:receipt'])).token);
  const auditor = server.clientWith((await tokenOf(app.access, ['log:read', 'log:export'])).token);

  const paper = must(await desk.receipt(principal, id, { language: 'ja' }));
  expect(verifyFile(paper, key)).toMatchObject({ ok: true, kind: 'pdf-receipt', entry: { id, principal } });
  const issued = (await listEntries(office.database, { principal, most: 1 }))[0]!.entry;
  expect(issued).toMatchObject({ action: 'people:receipt', about: id, items: ['name'], holding });
  expect(issued.actor).toMatch(/^system:/);
  const { principal: another } = must(await client.acquire(newcomer(holding)));
  for (const [of, entry] of [
    [another, id],
    [principal, nobody],
    [nobody, id],
    [principal, 'x'],
  ] as const)
    expect(problemOf(await desk.receipt(of, entry)).status).toBe(404);
  expect((await listEntries(office.database, { principal, most: 1 }))[0]!.entry.id).toBe(issued.id);

  await expect.poll(async () => (await auditor.log.entry(issued.id)).ok).toBe(true);
  const log = new Uint8Array(await new Response(must(await auditor.log.export())).arrayBuffer());
  const checked = verifyFile(log, key);
  expect(checked).toMatchObject({ ok: true, kind: 'export' });
  expect(Buffer.from(log).toString()).toContain(issued.id);
  const [exported] = await listEntries(office.database, { actions: ['log:export'], most: 1 });
  expect(exported!.entry).toMatchObject({ size: checked.ok && 'size' in checked ? checked.size : -1 });
  expect(exported!.entry.actor).toMatch(/^system:/);
  expect(problemOf(await desk.log.export()).status).toBe(403);
  expect(problemOf(await auditor.receipt(principal, id)).status).toBe(403);
});

test('what a failure says beside its body is in the problem; an answer that is no JSON is thrown without what it holds', async () => {
  const answering = (text: string, init: ResponseInit) =>
    sekisho({ url: server.url, token: server.token, fetch: async () => new Response(text, init) });
  const problem = { type: '/problems/503', title: '…', status: 503 };
  const failed = async (headers: Record<string, string>) =>
    problemOf(await answering(JSON.stringify(problem), { status: 503, headers }).policy());
  expect(await failed({ 'retry-after': '5' })).toEqual({ ...problem, retryAfter: 5 });
  expect(await failed({ 'x-request-id': 'a-1' })).toEqual({ ...problem, requestId: 'a-1' });
  // A proxy may state the time in words for people.
  expect(await failed({ 'retry-after': 'Tue, 24 Nov 2026 01:23:45 GMT' })).toEqual(problem);
  const ask = { principal: nobody, holding: server.holding, items: ['name'], purpose: 'P3' };
  const said = new Error('sekisho: the answer is not JSON');
  await expect(answering('例示 花子', { status: 200 }).use(ask)).rejects.toThrow(said);
  await expect(answering('例示 花子', { status: 200 }).useMany([ask]).next()).rejects.toThrow(said);
  const nothing = sekisho({ ...server, fetch: async () => new Response(null, { status: 204 }) });
  await expect(nothing.useMany([ask]).next()).rejects.toThrow('sekisho: the answer ended early');
});

test('who waits no longer is told so, for one call or all', async () => {
  const { token, holding, client } = server;
  const { url, close } = await served();
  const { principal } = must(await client.acquire(newcomer(holding)));
  const ask = { principal, holding, items: ['name'], purpose: 'P3' };
  const gone = new AbortController();
  const waiting = sekisho({ url, token, fetch: (to, init) => fetch(to, { ...init, signal: gone.signal }) });
  const answers = waiting.useMany(Array.from({ length: 2_000 }, () => ask));
  expect(must((await answers.next()).value as Answer<unknown>)).toMatchObject({ items: { name: '例示 花子' } });
  gone.abort();
  await expect(waiting.use(ask)).rejects.toMatchObject({ name: 'AbortError' });
  const rest = async (): Promise<void> => {
    for await (const _ of answers);
  };
  await expect(rest()).rejects.toMatchObject({ name: 'AbortError' });
  expect(must(await sekisho({ url, token }).use(ask)).items).toEqual({ name: '例示 花子' });
  close();
});

test('many are read as they are asked, across requests, each line with its own answer', async () => {
  const { client, holding } = server;
  const people = await Promise.all(
    Array.from({ length: 5 }, async () => must(await client.acquire(newcomer(holding)))),
  );
  const asked: string[] = [];
  async function* asks() {
    for (let i = 0; i < 2_050; i++) {
      const principal = i % 1_000 === 7 ? nobody : people[i % 5]!.principal;
      asked.push(principal);
      yield { principal, holding, items: ['name'], purpose: i === 1_500 ? 'P2' : 'P3' };
    }
  }
  const statuses: number[] = [];
  let askedAtFirst = 0;
  for await (const answer of client.useMany(asks())) {
    if (statuses.length === 0) askedAtFirst = asked.length;
    statuses.push(answer.ok ? 200 : answer.problem.status);
    if (answer.ok) expect(answer.value.items).toEqual({ name: '例示 花子' });
  }
  expect(statuses).toHaveLength(2_050);
  expect(statuses.flatMap((status, i) => (status === 200 ? [] : [[i, status]]))).toEqual([
    [7, 404],
    [1_007, 404],
    [1_500, 403],
    [2_007, 404],
  ]);
  // The first answer does not wait for all questions.
  expect(askedAtFirst).toBeLessThanOrEqual(1_001);
});

test('many go in as few requests as the server takes, and no question in none', async () => {
  const { url, token, holding, app } = server;
  let sent = 0;
  const client = sekisho({
    url,
    token,
    fetch: async (to, init) => {
      sent += 1;
      return app.fetch(new Request(to, init));
    },
  });
  const ofSize = (letters: number) => ({ principal: nobody, holding, items: ['name'], purpose: 'P'.repeat(letters) });
  const answersTo = async (asks: ReturnType<typeof ofSize>[]): Promise<unknown[]> => {
    sent = 0;
    const statuses: number[] = [];
    for await (const answer of client.useMany(asks)) statuses.push(problemOf(answer).status);
    return [sent, ...statuses];
  };
  expect(await answersTo([])).toEqual([0]);
  const three = [ofSize(400_000), ofSize(400_000), ofSize(400_000)];
  expect(await answersTo(three)).toEqual([2, 422, 422, 422]);
  // One that is too large for any request keeps none of the others from being answered.
  expect(await answersTo([ofSize(1), ofSize(1_100_000), ofSize(1)])).toEqual([3, 422, 413, 422]);
});

test('policy and ledger are read; a holding is registered where the token names it', async () => {
  const { client, holding, staff, app } = server;
  expect(must(await client.policy()).version).toBe(1);
  expect(must(await client.policyVersion(1)).sha256).toBe(must(await client.policy()).sha256);
  expect(must(await client.holdings({ state: 'active' })).holdings.map((one) => one.id)).toEqual([holding]);
  const input = { ...readers, name: { ja: '来訪者台帳' }, manager: staff.officer };
  const reader = server.clientWith((await tokenOf(app.access, ['ledger:read'])).token);
  expect(problemOf(await reader.registerHolding(input)).status).toBe(403);
  const { token } = await tokenOf(app.access, ['ledger:read', 'ledger:write']);
  const keeper = server.clientWith(token);
  const made = must(await keeper.registerHolding(input));
  expect(must(await keeper.holding(made.id))).toEqual(made);
  expect(problemOf(await keeper.registerHolding(input))).toMatchObject({ status: 409, fields: [{ field: 'name.ja' }] });
});

test('a conflict with what stands does not say that something exists already', async () => {
  const { client, recipient } = server;
  const overtaken = await client.stopRecipient(recipient, { version: 99, reason: '古い画面から' });
  expect(problemOf(overtaken)).toMatchObject({ status: 409, title: 'This conflicts with what is on record' });
});

test('problems come in the language asked for; a wrong token is a value; no server is a throw', async () => {
  const bad = { ...newcomer(server.holding), purposes: [] };
  expect(problemOf(await server.clientWith(server.token, 'ja').acquire(bad)).fields).toEqual([
    { field: 'purposes', says: '目的を1つ以上選んでください' },
  ]);
  expect(problemOf(await server.client.acquire(bad)).fields).toEqual([
    { field: 'purposes', says: 'Choose at least one purpose' },
  ]);
  const stranger = server.clientWith(`sks_${'a'.repeat(43)}`);
  expect(problemOf(await stranger.policy()).status).toBe(401);
  for await (const answer of stranger.useMany([{ principal: nobody, holding: nobody, items: [], purpose: 'P1' }])) {
    expect(problemOf(answer).status).toBe(401);
  }
  const proxied = sekisho({
    url: server.url,
    token: 'x',
    fetch: () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })),
  });
  expect(problemOf(await proxied.policy())).toEqual({ type: 'about:blank', title: 'HTTP 502', status: 502 });
  const away = sekisho({ url: `http://127.0.0.1:${await freePort()}`, token: 'x' });
  await expect(away.policy()).rejects.toThrow('fetch failed');
});

test('a stream that breaks off is never taken for whole', async () => {
  const asks = Array.from({ length: 3 }, () => ({
    principal: nobody,
    holding: nobody,
    items: ['name'],
    purpose: 'P3',
  }));
  const answering = (text: string) =>
    sekisho({ url: server.url, token: 'x', fetch: () => Promise.resolve(new Response(text)) }).useMany(asks);
  const read = { status: 200, decision: nobody, principal: nobody, items: {}, absent: [], version: 1, basis: {} };
  const line = JSON.stringify(read);
  const all = async (text: string) => {
    const seen: number[] = [];
    for await (const answer of answering(text)) seen.push(answer.ok ? 200 : answer.problem.status);
    return seen;
  };
  expect(await all(`${line}\n${line}\n${line}\n`)).toEqual([200, 200, 200]);
  await expect(all(`${line}\n`)).rejects.toThrow('ended early');
  // Nor is an answer about somebody else, or more answers than questions, accepted.
  const other = JSON.stringify({ ...read, principal: 'ffffffff-0000-7000-8000-000000000000' });
  await expect(all(`${line}\n${other}\n${line}\n`)).rejects.toThrow('about somebody else');
  await expect(all(`${line}\n${line}\n${line}\n${line}\n`)).rejects.toThrow('about somebody else');
  // An answer about one person says nothing about the next.
  for (const status of [404, 500, 503]) {
    const failed = `{"status":${status},"type":"/problems/${status}","title":"nothing"}\n`;
    expect(await all(`${line}\n${failed}${line}\n`)).toEqual([200, status, 200]);
    await expect(all(`${line}\n${failed}`)).rejects.toThrow('ended early');
  }
});

test('what is sent goes to no other address: a redirect is a problem, and a list that is read is not taken for a consent that was kept', async () => {
  const { token, holding } = server;
  const port = await freePort();
  let moved = 0;
  const reached: string[] = [];
  // A proxy may redirect to where the same address answers a GET with a list.
  const between = createServer((asked, answer) => {
    reached.push(`${asked.method} ${asked.url}`);
    asked.resume();
    if (asked.url!.startsWith('/moved')) answer.end('{"consents":[],"next":null}');
    else answer.writeHead(moved, { location: `/moved${asked.url}` }).end();
  }).listen(port, '127.0.0.1');
  await once(between, 'listening');
  const client = sekisho({ url: `http://127.0.0.1:${port}`, token });
  const asked = { principal: nobody, holding, items: ['name'], purpose: 'P3' };
  const given = { given_on: '2026-11-24', given_by: 'principal', channel: 'web-form', method: 'web-form' } as const;
  for (moved of [301, 302, 303, 307, 308]) {
    const problem = { type: 'about:blank', title: `HTTP ${moved}`, status: moved };
    const consent = { ...given, principal: nobody, text: { code: 'a', version: 1 }, language: 'ja' } as const;
    expect(await client.consent(consent)).toEqual({ ok: false, problem });
    expect((await client.useMany([asked]).next()).value).toEqual({ ok: false, problem });
  }
  expect(new Set(reached)).toEqual(new Set(['POST /api/v1/consents', 'POST /api/v1/uses']));
  between.close();
  between.closeAllConnections();
});

test('the built client has nothing of the server in it and works in plain Node over HTTP', async () => {
  const node = (code: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', code, ...args], { cwd: root });
  await node("const { ensureBuilt } = await import('./scripts/built.mjs'); await ensureBuilt();");
  const bundle = fs.readFileSync(path.join(root, 'dist', 'client.js'), 'utf8');
  expect(bundle).not.toMatch(/^\s*(import|export .* from)\b|\brequire\(|\bimport\(/m);
  expect(bundle.length).toBeLessThan(16_384);

  const { url, close } = await served();
  const { stdout } = await node(
    `import { sekisho } from 'sekisho/client';
     const client = sekisho({ url: process.argv[1], token: process.argv[2], lang: 'ja' });
     const holding = process.argv[3];
     const one = await client.acquire({ holding, channel: 'web-form', source: 'principal', purposes: ['P3'],
       purposeIndicated: { placement: 'before-submit' }, items: { name: '例示 太郎' } }, { key: 'plain-node' });
     const asks = Array.from({ length: 300 }, () => ({ principal: one.value.principal, holding, items: ['name'], purpose: 'P3' }));
     let read = 0;
     for await (const answer of client.useMany(asks)) if (answer.value.items.name === '例示 太郎') read += 1;
     const log = (await client.log.export()).value;
     let first = '';
     for await (const piece of log) first ||= new TextDecoder().decode(piece).split('\\n')[0];
     console.log(read, JSON.parse(first).kind);`,
    url,
    server.token,
    server.holding,
  );
  expect(stdout.trim()).toBe('300 sekisho-log');
  // It is streamed, never held as a whole.
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const at = `${url}/api/v1/log/export`;
  const log = await fetch(at, { method: 'POST', body: '{}', headers });
  expect(log.headers.get('content-length')).toBe(null);
  expect(verifyFile(new Uint8Array(await log.arrayBuffer()))).toMatchObject({ ok: true, kind: 'export' });
  close();
});

test.each([
  [['docs', 'api.md'], 'A valid token is needed'],
  [['docs', 'ja', 'api.md'], '有効なトークンが必要です'],
])('the program of the document for connecting a system runs as it stands in %j', async (document, refused) => {
  const text = fs.readFileSync(path.join(root, ...document), 'utf8');
  const program = /```js\n([\s\S]*?)```/.exec(text)![1]!;
  const { url, close } = await served();
  const env = { ...process.env, SEKISHO_URL: url, SEKISHO_TOKEN: server.token };
  const args = ['--input-type=module', '-e', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect([stdout, stderr]).toEqual(['例示 花子 1\n例示 花子\n', '']);
  const ended = { ...env, SEKISHO_TOKEN: 'sks_ended' };
  await expect(promisify(execFile)(process.execPath, args, { cwd: root, env: ended })).rejects.toMatchObject({
    stderr: expect.stringContaining(`401\n${refused}`) as string,
  });
  close();
});
