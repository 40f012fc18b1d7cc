// The promises that the register of who is let in can prove: staff with their names and roles, systems, tokens, sessions and the access policies,
// past and present, agree with the log. That the gate refuses at every route what is not allowed is held by tests, not by a record. Nothing is
// proved about links not yet used, or against somebody who can add entries to the log.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import { asLogged, countOf, type Evidence, type Lost, type Proof } from '../../base/promise.ts';
import { apart, otherwiseIn, unlike, type LogEntry } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { slashDay, stamp } from '../../platform/ui/format.ts';
import type { Access, Room } from './actions/access.ts';
import { isGivenRightly, letIn, type LetIn } from './facts/let-in.ts';
import { SESSION_MS } from './facts/session.ts';
import { sessionsLogged, tracesOf, type RowLetIn } from './store/let-in.ts';
import { saidWords } from './words.ts';

/** The entries about this office. A log restored into an empty database speaks of others; one restored with its database speaks of these rows. */
function ofThisHouse(rows: readonly RowLetIn[], all: readonly { entry: LogEntry; restored: boolean }[]): LogEntry[] {
  const here = new Set(rows.map(({ id }) => id));
  const isHere = ({ staff, system, token, access }: LogEntry): boolean =>
    [staff, system, token, access].some((id) => here.has(String(id)));
  const came = all.some(({ entry, restored }) => restored && isHere(entry));
  return all.flatMap(({ entry, restored }) => (came || !restored ? [entry] : []));
}

/** What is shown of a row to find it by. The names of the staff are sealed and stay so. */
function nameOf({ action, since, name }: LetIn | RowLetIn): Bilingual {
  const on = typeof since === 'string' ? slashDay(dayOf(Date.parse(since))) : '';
  const of = typeof name === 'string' ? name : '';
  if (action === 'access') return both(`アクセスの方針（${on}から）`, `Access policies (from ${on})`);
  if (action === 'staff') return both(`従業者（${on}登録）`, `Member of staff (${on})`);
  if (action === 'system') return both(`システム${of && ` ${of}`}（${on}登録）`, `System${of && ` ${of}`} (${on})`);
  return both(`${of || 'システム'}のトークン（${on}発行）`, `Token of ${of || 'a system'} (${on})`);
}

function hrefOf(row: RowLetIn | undefined, { action }: LetIn | RowLetIn): string {
  if (action === 'access') return '/authority#versions';
  if (action === 'staff') return row ? `/staff/${row.id}` : '/staff';
  return row ? `/systems?of=${String(row.system ?? row.id)}` : '/systems';
}

const ofPolicies = {
  unknown: both('読み込んだ記録がない', 'there is no record that they were read'),
  text: both('文', 'their text'),
};

/** How a row differs from what the log says of it; either may be missing. */
function differenceOf(row: RowLetIn | undefined, logged: LetIn | undefined): Bilingual {
  const policies = row?.action === 'access';
  if (!logged)
    return policies ? ofPolicies.unknown : both('登録した記録がない', 'there is no record that it was let in');
  if (!row) return both('登録から失われた', 'gone from the register');
  const parts = otherwiseIn(row, logged).map((member) =>
    policies && member === 'sha256' ? ofPolicies.text : saidWords[member]!,
  );
  if (parts.length === 0)
    return both('登録した人に、その権限がなかった', 'let in by somebody without the right to do so');
  return both(parts.map(({ ja }) => ja).join('、'), parts.map(({ en }) => en).join(', '));
}

/** `what`: what is wrong with it. */
const saying = (name: Bilingual, what: Bilingual): Bilingual =>
  both(`${name.ja}：${what.ja}`, `${name.en}: ${what.en}`);

interface Held {
  rows: RowLetIn[];
  /** Number of all, including those that only the log knows, except those lost with a backup. */
  all: number;
  wrong: Pick<Evidence, 'label' | 'href'>[];
  lost: readonly Lost[];
}

const heldOf = keptReading({
  // `log_entries` is read for rewritten entries only: a new row always comes with its entry.
  tables: ['staff', 'systems', 'api_tokens', 'access_policies', 'log_entries'],
  // Tokens end on their last day.
  given: ({ clock }) => clock.today(),
  read: async ({ database }, today, losses): Promise<Held> => {
    const { rows, entries } = await tracesOf(database);
    const row = new Map(rows.map((one) => [one.id, one]));
    const all = letIn(ofThisHouse(rows, entries));
    const missing = all.filter(({ id }) => !row.has(id));
    const { wrong: gone, lost } = await apart(database, losses, missing, ({ entry }) => entry);
    const logged = all.filter((one) => row.has(one.id) || gone.includes(one));
    const log = new Map(logged.map((one) => [one.id, one]));
    const isInUse = ({ until, lastDay }: LetIn): boolean =>
      until === null && !(typeof lastDay === 'string' && lastDay <= today);
    const wrong = new Set([
      ...unlike(rows, logged).map(({ id }) => id),
      // At its start the office takes from tokens in use what an administrator gave under an earlier version; ended tokens let nobody in.
      ...logged.filter((one) => !isGivenRightly(one) && isInUse(one)).map(({ id }) => id),
    ]);
    return {
      rows,
      all: new Set([...row.keys(), ...log.keys()]).size,
      wrong: [...wrong].map((id) => {
        const one = row.get(id) ?? log.get(id)!;
        const label = saying(nameOf(one), differenceOf(row.get(id), log.get(id)));
        return { label, href: hrefOf(row.get(id), one) };
      }),
      lost,
    };
  },
});

/** The sessions open now. They are few and change by the minute. */
async function signedIn({ database, clock }: Office): Promise<Pick<Held, 'all' | 'wrong'>> {
  const sessions = await sessionsLogged(database, clock.now() - SESSION_MS);
  const wrong = sessions.flatMap(({ staff, begun, logged }) => {
    const at = stamp(begun.getTime());
    const label = both(`従業者のサインイン（${at}）`, `Sign-in of a member of staff (${at})`);
    return logged
      ? []
      : [{ label: saying(label, both('その記録がない', 'there is no record of it')), href: `/staff/${staff}` }];
  });
  return { all: sessions.length, wrong };
}

const shutOut = both(
  '登録した記録のない従業者とシステムの登録を終え、そのようなトークンを止めます。',
  'End the entries of staff and systems that nobody let in, and revoke such tokens.',
);

const nameRight = both(
  '名前かメールアドレスが記録と違う従業者は、本人に確かめて、その人のページで直します。',
  'Where a name or e-mail differs from the log, ask the member of staff, and correct it on their page.',
);

async function letInAsLogged({ policies }: Access, office: Office): Promise<Proof> {
  const [held, sessions] = await Promise.all([heldOf(office), signedIn(office)]);
  const all = held.all + sessions.all;
  const wrong = [...held.wrong, ...sessions.wrong];
  const proof = asLogged(
    {
      all,
      wrong: wrong.length,
      lost: held.lost,
      label: both(
        '従業者、システム、トークン、サインイン、アクセスの方針',
        'Staff, systems, tokens, sign-ins and access policies',
      ),
      what: both(
        '従業者、システム、トークン、サインイン、アクセスの方針',
        'members of staff, systems, tokens, sign-ins and access policies',
      ),
      href: '/staff',
      none: { state: 'kept', says: both('まだだれも登録していません。', 'Nobody has been let in yet.') },
    },
    wrong,
  );
  const count = (kind: string): Bilingual => countOf(held.rows.filter(({ action }) => action === kind).length);
  const evidence = [
    {
      label: both('できることを決める規則', 'Rules on who may do what'),
      value: countOf(policies.rules.length),
      href: '/authority',
    },
    { label: both('登録した従業者', 'Staff on the register'), value: count('staff'), href: '/staff' },
    { label: both('登録したシステム', 'Systems on the register'), value: count('system'), href: '/systems' },
    { label: both('渡したトークン', 'Tokens given to them'), value: count('token'), href: '/systems' },
    {
      label: both('終わっていないサインイン', 'Sign-ins that have not ended'),
      value: countOf(sessions.all),
      href: '/staff',
    },
    ...proof.evidence.slice(1),
  ];
  if (wrong.length > 0) return { ...proof, evidence, fix: [shutOut, nameRight, ...proof.fix] };
  if (all === 0 || proof.state !== 'kept') return { ...proof, evidence };
  const says = both(
    `従業者、システム、トークン、サインイン、アクセスの方針の${all}件は、いつ、何を許したかが、操作の記録のとおりです。`,
    `All ${all} staff, systems, tokens, sign-ins and access policies agree with the log on when they were let in, and to do what.`,
  );
  return { ...proof, says, evidence };
}

export const accessProvers = ({ access }: Pick<Room, 'access'>): Prover[] => [
  { promise: 'access-authorised', prove: (office) => letInAsLogged(access, office) },
];
