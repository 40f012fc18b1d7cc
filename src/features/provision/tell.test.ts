// Who hears by mail what has become of a package, against a real mail server: each news once, nothing of what is in it, and nobody of their own doing.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PASSWORD_HASH } from '../../../tests/house.ts';
import { onlyMay, openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, addRecipient, entrusted, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { flipped } from '../../../tests/tamper.ts';
import type { Role } from '../../base/actor.ts';
import { addFictionalStaff, type By, type Room } from '../access/index.ts';
import { dossierOf } from '../recipients/actions/read.ts';
import { changeRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { contentOf } from '../recipients/facts/read.ts';
import { packageFile } from './actions/file.ts';
import {
  approvePackage,
  cancelPackage,
  closePackage,
  declinePackage,
  draftPackage,
  packageOf,
  requestPackage,
} from './actions/packages.ts';
import { keepProviding, prepareNext } from './actions/prepare.ts';
import { tellOfPackages } from './actions/tell.ts';

const { received, serve, close: closeMail } = mailServer();
let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let recipient: string;
let recipients = 0;

const as = (role: string, roles: Role[] = [role as Role]): By => ({
  actor: { kind: 'staff', id: house.staff[role]!, name: role, roles },
  authority: ['handler-daily-work'],
});

beforeAll(async () => {
  const env = { SEKISHO_SMTP: `smtp://localhost:${await serve()}`, SEKISHO_MAIL_FROM: 'sekisho@example.jp' };
  house = await openTestOffice(() => [], { env });
  closeCheckpoint = await openTestCheckpoint(house);
  for (const [role, name] of [
    ['handler', '例示 扱子'],
    ['second', '例示 次席'],
  ] as const)
    house.staff[role] = await addFictionalStaff(house.access, {
      name,
      email: `${role}@example.jp`,
      roles: [role === 'second' ? 'officer' : 'handler'],
      passwordHash: PASSWORD_HASH,
    });
  holding = await addHolding(house, { items: ['name', 'email'] });
  await addPerson(house, holding, { name: '例示 花子', email: 'hanako@example.jp' });
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
  await closeMail();
});
beforeEach(async () => {
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const name = `株式会社委託先${++recipients}`;
  recipient = await addRecipient(house, { publicKey, name, relations: ['entrustment'] }, entrusted);
});

async function requested(by: By): Promise<string> {
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: true };
  const { id } = valueOf(await draftPackage(house.office, by, { ...ask, facts: { relation: 'entrustment' } }));
  valueOf(await requestPackage(house.office, by, id));
  return id;
}

/** To whom and of what, of the letters that a round brings; each leads to the package. */
async function letters(id: string, room: Room = house): Promise<string[]> {
  await tellOfPackages(room);
  while (await house.office.mail.sendNext());
  return received
    .splice(0)
    .map(({ mail, to }) => {
      expect(mail.text).toContain(`/packages/${id}`);
      expect(`${mail.subject} ${mail.text}`).not.toMatch(/花子|hanako|取りやめる/);
      return `${to.join()} ${mail.subject!.replace(/（.*/, '')}`;
    })
    .sort();
}

const prepared = async (): Promise<void> => {
  while (await prepareNext(house.office));
};

test('those who may approve a package hear that it waits, and who asked for it that it is ready; each once', async () => {
  const id = await requested(as('handler'));
  expect(await letters(id)).toEqual([
    'officer@example.jp 提供ファイルが承認を待っています',
    'second@example.jp 提供ファイルが承認を待っています',
  ]);
  expect(await letters(id)).toEqual([]);
  valueOf(await approvePackage(house.office, as('officer'), id));
  expect(await letters(id)).toEqual([]);
  await prepared();
  expect(await letters(id)).toEqual(['handler@example.jp 提供ファイルの用意ができました']);
  await valueOf(await packageFile(house.office, as('officer'), id)).body.cancel();
  valueOf(await closePackage(house.office, as('officer'), id));
  expect(await letters(id)).toEqual([]);
});

/** Posts what a round brings, which then waits in the outbox. */
const posted = async (): Promise<void> => void (await tellOfPackages(house));

test('mail about a state that is over before it goes out is withdrawn, and only the last news arrives', async () => {
  const [id, other] = [await requested(as('handler')), await requested(as('handler'))];
  await posted();
  valueOf(await cancelPackage(house.office, as('officer'), other, '催しがなくなった'));
  valueOf(await approvePackage(house.office, as('officer'), id));
  await prepared();
  await posted();
  valueOf(await cancelPackage(house.office, as('officer'), id, '催しがなくなった'));
  const states = await house.db.owner.query<{ state: string; of: string; n: number }>(
    `SELECT state, CASE WHEN needs @> ARRAY[$1::uuid] THEN 'one' ELSE 'other' END AS of, count(*)::int AS n
     FROM mail_outbox WHERE needs && ARRAY[$1, $2]::uuid[] GROUP BY 1, 2 ORDER BY 2, 1`,
    [id, other],
  );
  expect(states).toEqual([
    { state: 'withdrawn', of: 'one', n: 3 },
    { state: 'waiting', of: 'other', n: 1 },
    { state: 'withdrawn', of: 'other', n: 2 },
  ]);
  await posted();
  while (await house.office.mail.sendNext());
  const arrived = received.splice(0).map(({ mail, to }) => [...to, mail.subject!.replace(/（.*/, '')]);
  const cancelled = ['handler@example.jp', '提供ファイルが取りやめられました'];
  expect(arrived).toEqual([cancelled, cancelled]);
});

test('who may no longer open packages hears nothing more of those they asked for', async () => {
  const id = await requested(as('handler'));
  await letters(id);
  valueOf(await approvePackage(house.office, as('officer'), id));
  await prepared();
  expect(await letters(id, onlyMay(house, 'officer', 'packages:read'))).toEqual([]);
});

test('who had a hand in a package is not asked to approve it', async () => {
  const id = await requested(as('officer'));
  expect(await letters(id)).toEqual(['second@example.jp 提供ファイルが承認を待っています']);
});

test('who asked for a package hears that it was declined or cancelled by somebody else, and nothing of what they did themselves', async () => {
  const declined = await requested(as('handler'));
  await letters(declined);
  valueOf(await declinePackage(house.office, as('officer'), declined, '渡す必要がない。取りやめる'));
  expect(await letters(declined)).toEqual(['handler@example.jp 提供ファイルは承認されませんでした']);
  const cancelled = await requested(as('handler'));
  await letters(cancelled);
  valueOf(await cancelPackage(house.office, as('officer'), cancelled, '催しがなくなった'));
  expect(await letters(cancelled)).toEqual(['handler@example.jp 提供ファイルが取りやめられました']);
  const own = await requested(as('handler'));
  await letters(own);
  valueOf(await cancelPackage(house.office, as('handler'), own, '催しがなくなった'));
  expect(await letters(own)).toEqual([]);
});

test('who asked for a package hears that the checkpoint stopped it', async () => {
  const stopped = await requested(as('handler'));
  valueOf(await approvePackage(house.office, as('officer'), stopped));
  const { version } = valueOf(await dossierOf(house.office, recipient)).recipient;
  valueOf(await stopRecipient(house.office, as('officer'), { id: recipient, version, reason: '契約が終わった' }));
  await prepared();
  expect(await letters(stopped)).toEqual(['handler@example.jp 提供ファイルは渡せなくなりました']);
});

test('who asked for a package hears that it may not be handed over for now, once, and that it may again', async () => {
  const id = await requested(as('handler'));
  valueOf(await approvePackage(house.office, as('officer'), id));
  await prepared();
  await letters(id);
  const rekey = async (publicKey: string | null) => {
    const { recipient: now } = valueOf(await dossierOf(house.office, recipient));
    const input = { ...contentOf(now), publicKey };
    valueOf(await changeRecipient(house.office, as('officer'), { id: recipient, version: now.version, input }));
  };
  const barred = ['handler@example.jp 提供ファイルは、いまは渡せません'];
  const { publicKey } = valueOf(await dossierOf(house.office, recipient)).recipient;
  await rekey(await identityToRecipient(await generateX25519Identity()));
  expect(await letters(id)).toEqual(barred);
  expect(await letters(id)).toEqual([]);
  await rekey(publicKey);
  expect(await letters(id)).toEqual(['handler@example.jp 提供ファイルの用意ができました']);
  // Over again before the mail goes out, it is not told.
  await rekey(null);
  await posted();
  await rekey(publicKey);
  expect(await letters(id)).toEqual(['handler@example.jp 提供ファイルの用意ができました']);
  const { version } = valueOf(await dossierOf(house.office, recipient)).recipient;
  // Once it was downloaded, its people have nothing left to do.
  const other = await requested(as('handler'));
  await letters(other);
  valueOf(await approvePackage(house.office, as('officer'), other));
  await prepared();
  await letters(other);
  await valueOf(await packageFile(house.office, as('officer'), other)).body.cancel();
  valueOf(await stopRecipient(house.office, as('officer'), { id: recipient, version, reason: '事故の調査' }));
  expect(await letters(id)).toEqual(barred);
});

test('who asked for a package hears that it was closed because nobody fetched it in time', async () => {
  const id = await requested(as('handler'));
  valueOf(await approvePackage(house.office, as('officer'), id));
  await prepared();
  await letters(id);
  await house.db.owner.query("UPDATE packages SET state_at = state_at - interval '15 days' WHERE id = $1", [id]);
  const rounds = keepProviding(house.office, expect.fail);
  const state = async () => valueOf(await packageOf(house.office, id));
  await expect.poll(state).toMatchObject({
    state: 'closed',
    reason: '用意ができてから14日が過ぎたため / 14 days have passed since it was ready',
  });
  await rounds.stop();
  expect(await letters(id)).toEqual(['handler@example.jp 提供ファイルを閉じました']);
});

test('a package that cannot be prepared is told to who asked for it and who approved it, unless it can again before the mail goes out', async () => {
  const stuck = async (): Promise<string> => {
    const id = await requested(as('handler'));
    await letters(id);
    valueOf(await approvePackage(house.office, as('officer'), id));
    await house.db.owner.query(`UPDATE packages SET ${flipped('wrapped_key')} WHERE id = $1`, [id]);
    await expect(prepareNext(house.office)).rejects.toThrow();
    return id;
  };
  const again = await stuck();
  await posted();
  await house.db.owner.query(`UPDATE packages SET ${flipped('wrapped_key')} WHERE id = $1`, [again]);
  await prepareNext(house.office);
  const waits = "SELECT state FROM mail_outbox WHERE needs @> ARRAY[$1::uuid] AND state <> 'sent'";
  expect(await house.db.owner.query(waits, [again])).toEqual([{ state: 'withdrawn' }, { state: 'withdrawn' }]);
  expect(valueOf(await packageOf(house.office, again))).toMatchObject({ state: 'preparing', stuck: null });
  await prepared();
  expect(await letters(again)).toEqual(['handler@example.jp 提供ファイルの用意ができました']);
  expect(await letters(await stuck())).toEqual([
    'handler@example.jp 提供ファイルを用意できません',
    'officer@example.jp 提供ファイルを用意できません',
  ]);
});
