// The answers of the office to a person's request: the policy in force applies by itself, and nobody has to name its clauses.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

interface Answered {
  finding: { answer: string; because: { law: string; article: string }[]; duties?: { do: string }[] };
}

const send = (question: string, facts: object): Promise<Response> =>
  server.fetch(`/api/v1/ask/${question}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ on: '2026-11-24', facts }),
  });

async function ask(question: string, facts: object): Promise<{ answer: string; because: string[]; duties: string[] }> {
  const response = await send(question, facts);
  expect(response.status).toBe(200);
  const { finding } = (await response.json()) as Answered;
  return {
    answer: finding.answer,
    because: finding.because.map(({ law, article }) => `${law} ${article}`),
    duties: finding.duties?.map((duty) => duty.do) ?? [],
  };
}

const letter = {
  kind: 'disclosure',
  requester: 'principal',
  manner: 'written',
  identityChecked: true,
  atDesk: true,
  specified: true,
};
const fee = { yen: 1000, published: true, reasonable: true };

test('the desk takes a letter with the published fee, and uses its papers for nothing else', async () => {
  expect(await ask('request', { ...letter, fee })).toEqual({
    answer: 'yes',
    because: ['APPI 37(1)', 'APPI 38(1)'],
    duties: ['record-arrival', 'mask-numbers', 'use-only-for-purpose'],
  });
});

test('a call, a visit and a fee above the published one meet the clauses of the policy', async () => {
  const call = await ask('request', { ...letter, manner: 'oral' });
  expect(call).toMatchObject({ answer: 'no', because: ['APPI-Order 12(ii)', 'policy 30'] });
  const visit = await ask('request', { ...letter, manner: 'visit' });
  expect(visit).toMatchObject({ answer: 'no', because: ['APPI-Order 12(ii)', 'policy 42', 'policy 30'] });
  const dear = await ask('request', { ...letter, fee: { ...fee, yen: 1001 } });
  expect(dear).toEqual({ answer: 'no', because: ['policy 34'], duties: ['refund-fee'] });
});

test('supervision is held against what the policy promises of it', async () => {
  const staff = { underCommand: true, trained: true, confidentiality: false, checked: true };
  expect((await ask('supervise-employees', staff)).because).toContain('policy 50');
  const contractor = { information: 'personal', problem: { improvementRequestedOn: null } };
  expect((await ask('supervise-entrusted', contractor)).because).toEqual(['APPI 25', 'policy 52']);
});

test('facts that cannot all be true are refused by the name of the fact', async () => {
  const response = await send('request', { ...letter, represents: 'minor' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ fields: [{ field: 'facts.represents' }] });
});
