import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actions, roles, type Action, type Actor, type Role } from '../../base/actor.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { base32, passwordProblem, stepOfCode } from './facts/credentials.ts';
import {
  delayAfter,
  endsSoon,
  IDLE_MS,
  isInTime,
  networkOf,
  PENDING_MS,
  SESSION_MS,
  sessionStage,
} from './facts/session.ts';
import { grantProblem, isAboutPeople, letInProblem } from './facts/granting.ts';
import { readAccessPolicies } from './facts/policies.ts';

const file = 'policies/access.cedar';
const text = fs.readFileSync(file, 'utf8');
const policies = readAccessPolicies(text, file);

const staff = (...having: Role[]): Actor => ({ kind: 'staff', id: 'a', name: 'テスト', roles: having });
const system = (may: readonly Action[], purposes: readonly string[] = []): Actor => ({
  kind: 'system',
  id: 's',
  name: '請求',
  token: 't',
  purposes,
  actions: may,
});

// The intended authority, written out: one line per action, one mark per role in the order of `order`.
const order: Role[] = ['officer', 'desk', 'handler', 'my-number', 'auditor', 'administrator', 'reception', 'employee'];
const matrix: Record<Action, string> = {
  'home:read': 'YYYYYYYY',
  'policy:read': 'YYYYYYYY',
  'checkpoint:ask': 'YYYYYYYY',
  'policy:propose': 'Y.......',
  'policy:approve': 'Y.......',
  'ledger:read': 'YYY.Y...',
  'ledger:write': 'Y.......',
  'judgements:write': 'Y.......',
  'consents:write': 'YYY.....',
  'recipients:write': 'Y.......',
  'joint-uses:write': 'Y.......',
  'transmissions:write': 'Y.......',
  'people:search': 'YYY.Y...',
  'people:follow': '........',
  'people:acquire': 'Y.Y.....',
  'people:use': 'YYY.....',
  'people:use-beyond': 'Y.......',
  'people:correct': 'YY......',
  'people:erase': 'YY......',
  'people:link': 'Y.......',
  'people:provide': 'YYY.....',
  'packages:read': 'YYY.Y...',
  'provisions:approve': 'Y.......',
  'people:receipt': 'YY......',
  'records:read': 'YY..Y...',
  'requests:read': 'YY..Y...',
  'requests:write': 'YY......',
  'requests:decide': 'Y.......',
  'letters:read': 'YY..Y...',
  'letters:write': 'Y.......',
  'log:read': 'Y...Y...',
  'log:export': 'Y...Y...',
  'log:review': 'Y.......',
  'date:confirm': 'Y.......',
  'staff:read': 'Y...YY..',
  'staff:write': 'Y....Y..',
  'systems:write': 'Y....Y..',
  'keys:read': 'Y...YY..',
};

const determining: Record<Role, string> = {
  officer: 'officer-all-work',
  desk: 'desk-answers',
  handler: 'handler-daily-work',
  'my-number': '',
  auditor: 'auditor-reads',
  administrator: 'administrator-lets-in',
  reception: '',
  employee: '',
};
const everybody = new Set<Action>(['home:read', 'policy:read', 'checkpoint:ask']);

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7:51724', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::6', '2001:db8:1:2'],
  ['[2001:db8:1:2::6]:443', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['2001::4:5:6:7:8', '2001:0:0:4'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
  ['', ''],
])('guesses from %s are counted by %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('the access policies', () => {
  test('the matrix speaks of every role and action', () => {
    expect(order.toSorted()).toEqual([...roles].sort());
    expect(Object.keys(matrix).toSorted()).toEqual([...actions].sort());
  });

  test.each(order.flatMap((role, i) => actions.map((action) => [role, action, matrix[action][i] === 'Y'] as const)))(
    '%s · %s · %s',
    (role, action, allowed) => {
      const by = everybody.has(action) ? 'staff-ask' : determining[role];
      expect(policies.decide(staff(role), action)).toEqual({ allowed, policies: allowed ? [by] : [] });
    },
  );

  test('several roles add up, and no role at all still asks', () => {
    expect(policies.decide(staff('reception', 'desk'), 'people:use').allowed).toBe(true);
    expect(policies.decide(staff('officer', 'administrator'), 'staff:write').policies).toEqual([
      'administrator-lets-in',
      'officer-all-work',
    ]);
    expect(policies.decide(staff(), 'people:use').allowed).toBe(false);
  });

  test('the public and Sekisho itself are allowed nothing here', () => {
    for (const action of actions) {
      expect(policies.decide({ kind: 'public' }, action).allowed).toBe(false);
      expect(policies.decide({ kind: 'sekisho' }, action).allowed).toBe(false);
    }
  });

  test('a system is bound to the actions and purposes of its token', () => {
    const billing = system(['people:use', 'people:search'], ['billing']);
    expect(policies.decide(billing, 'people:use')).toEqual({ allowed: true, policies: ['system-within-token'] });
    expect(policies.decide(billing, 'people:use', 'billing').allowed).toBe(true);
    expect(policies.decide(billing, 'people:use', 'marketing')).toEqual({ allowed: false, policies: [] });
    expect(policies.decide(billing, 'people:provide', 'billing').allowed).toBe(false);
  });

  test('a token that names everything still neither decides, approves nor lets others in', () => {
    const refused = actions.filter((action) => !policies.decide(system(actions), action).allowed);
    expect(refused).toEqual([
      'home:read',
      'policy:propose',
      'policy:approve',
      'judgements:write',
      'people:use-beyond',
      'provisions:approve',
      'requests:decide',
      'log:review',
      'date:confirm',
      'staff:read',
      'staff:write',
      'systems:write',
      'keys:read',
    ]);
    expect(policies.systemActions).toEqual(actions.filter((action) => !refused.includes(action)));
  });

  test('a system writes the registers that its token names, and no other', () => {
    const registers = ['ledger:write', 'recipients:write', 'joint-uses:write', 'transmissions:write', 'letters:write'];
    for (const action of actions.filter((one) => registers.includes(one))) {
      const may = actions.filter((one) => policies.decide(system([action]), one).allowed);
      expect(may).toEqual([action]);
      expect(policies.decide(system([action]), action).policies).toEqual(['system-keeps-registers']);
    }
  });

  test('a policy that forbids wins, and is named', () => {
    const stricter = readAccessPolicies(
      `${text}\n@id("nobody-erases")\nforbid (principal, action == Action::"people:erase", resource);`,
      file,
    );
    expect(stricter.decide(staff('officer'), 'people:erase')).toEqual({ allowed: false, policies: ['nobody-erases'] });
    expect(stricter.decide(staff('officer'), 'people:use').allowed).toBe(true);
  });
});

describe('a replaced file is refused at the start, by line and reason', () => {
  const problem = (changed: string): string => {
    try {
      readAccessPolicies(changed, 'access.cedar');
    } catch (error) {
      expect(error).toBeInstanceOf(StartProblem);
      expect((error as StartProblem).says.ja).toContain('access.cedar');
      return (error as StartProblem).says.en;
    }
    return 'accepted';
  };
  const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

  test('an unknown role', () => {
    expect(problem(text.replace('Role::"desk",', 'Role::"desc",'))).toMatch(
      new RegExp(`^Correct line ${lineOf('Role::"desk",')} of .*"desc"`),
    );
  });
  test('an unknown action', () => {
    expect(problem(text.replace('"ledger:write"', '"ledger:wryte"'))).toMatch(
      new RegExp(`^Correct line ${lineOf('Action::"ledger:write"')} of .*ledger:wryte.*did you mean`),
    );
  });
  test('a syntax error', () => {
    expect(problem('@id("a")\npermit (principal, action, resource)\n')).toMatch(/^Correct line \d of .*unexpected end/);
  });
  test('an unknown kind of principal', () => {
    expect(problem(text.replaceAll('principal is Staff', 'principal is Stuff'))).toMatch(/Stuff/);
  });
  test('a policy without a name, or with a name given twice', () => {
    expect(problem(text.replace('@id("desk-answers")', ''))).toMatch(/needs an @id/);
    expect(problem(text.replace('@id("desk-answers")', '@id("staff-ask")'))).toMatch(/"staff-ask".*twice/);
  });
  test('a template', () => {
    expect(problem('@id("a")\npermit (principal == ?principal, action, resource);')).toMatch(/templates/);
  });
  test('the file as it is', () => {
    expect(problem(text)).toBe('accepted');
  });
});

describe('codes of the authenticator', () => {
  const secret = Buffer.from('12345678901234567890');
  // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s the code is %s', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(stepOfCode(secret, code, seconds * 1000, 0)).toBe(step);
    expect(stepOfCode(secret, code, seconds * 1000, step)).toBe(null);
    expect(stepOfCode(secret, code, (seconds + 30) * 1000, 0)).toBe(step);
    expect(stepOfCode(secret, code, (seconds + 90) * 1000, 0)).toBe(null);
  });

  test('of a step that is yet to come the next alone is taken', () => {
    expect(stepOfCode(secret, '081804', 1_111_111_079_000, 0)).toBe(37_037_036);
    expect(stepOfCode(secret, '081804', 1_111_111_049_000, 0)).toBe(null);
  });

  test('full-width digits and spaces are read, anything else is no code', () => {
    expect(stepOfCode(secret, '２８７ ０８２', 59_000, 0)).toBe(1);
    for (const code of ['', '28708', '2870822', '28708x', '287083'])
      expect(stepOfCode(secret, code, 59_000, 0)).toBe(null);
  });

  test('the secret is given to apps in base32 (RFC 4648)', () => {
    expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});

describe('passwords', () => {
  const about = ['山田 花子', 'hanako.yamada@example.jp'];
  test.each([
    'short-1',
    'password1234',
    'Password123!',
    'P@ssw0rd1234',
    'letmeinletmein',
    'sekisho-2026!!',
    'qwertyuiop12',
    '1qaz2wsx3edc',
    '123456789012',
    'abcabcabcabc',
    'aaaaaaaaaaaa',
    'hanako.yamada1',
    'ｐａｓｓｗｏｒｄ１２３４',
    '905172638401',
    'abcdefghirmxk',
  ])('%s is refused', (password) => {
    expect(passwordProblem(password, about)).not.toBe(null);
  });
  test.each([
    'tsuki-no-hikari-7',
    '関所の朝は静かに始まる。',
    'correct horse battery',
    'qT7;vLm2#xZpW',
    'hanako likes 41 green tea',
  ])('%s is taken', (password) => {
    expect(passwordProblem(password, about)).toBe(null);
  });
  test('each limit is where its words say', () => {
    const long = Array.from({ length: 201 }, (_, i) => String.fromCodePoint(0x4e00 + 7 * i)).join('');
    expect(passwordProblem(long.slice(1), about)).toBe(null);
    expect(passwordProblem(long, about)?.en).toBe('Use at most 200 characters');
    const different = 'Use more different characters';
    // Five characters in no order; six; and six again and again.
    expect(passwordProblem('krvmxxmvrkvk', about)?.en).toBe(different);
    expect(passwordProblem('krvmxppxmvrk', about)).toBe(null);
    expect(passwordProblem('krvmxpkrvmxp', about)?.en).toBe(different);
    // Beside a name of three characters or more, six others are enough; of one of two nothing is taken away.
    const own = 'Use more than your name or e-mail address';
    const named = (password: string): string | undefined =>
      passwordProblem(password, ['関口 真理子', 'wu@example.jp'])?.en;
    expect([named('真理子真理子真理子krvmx'), named('真理子真理子krvmxp')]).toEqual([own, undefined]);
    expect(named('wuwuwukrvmxwu')).toBe(undefined);
  });
});

describe('limits', () => {
  const at = Date.parse('2026-11-24T00:00:00Z');
  const open = { createdAt: at, confirmedAt: at, seenAt: at };
  test('a session is over after 30 minutes without use or 12 hours', () => {
    expect(sessionStage(open, at + IDLE_MS - 1)).toBe('open');
    expect(sessionStage(open, at + IDLE_MS)).toBe('over');
    const inUse = { ...open, seenAt: at + SESSION_MS - 1 };
    expect(sessionStage(inUse, at + SESSION_MS - 1)).toBe('open');
    expect(sessionStage(inUse, at + SESSION_MS)).toBe('over');
  });
  test('a clock that jumps back does not lengthen it', () => {
    expect(sessionStage(open, at - IDLE_MS)).toBe('over');
  });
  test('a token lasts from when it was made, and no longer by a clock that was ahead', () => {
    const token = { createdAt: at, expiresAt: at + 1_000 };
    expect([-1_000, -999, 0, 999, 1_000].map((ms) => isInTime(token, at + ms))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
  test('a token ends soon in its last 30 days, or in the last third of a shorter life, and not once it has ended', () => {
    const soon = (days: number, left: number): boolean =>
      endsSoon({ createdAt: at, expiresAt: at + days * 86_400_000 }, at + (days - left) * 86_400_000);
    expect([soon(365, 30.1), soon(365, 30), soon(365, 0.1), soon(365, 0)]).toEqual([false, true, true, false]);
    expect([soon(30, 10.1), soon(30, 10), soon(90, 30)]).toEqual([false, true, true]);
  });
  test('before the code it is no session, and only for 10 minutes', () => {
    const pending = { ...open, confirmedAt: null };
    expect(sessionStage(pending, at + PENDING_MS - 1)).toBe('awaits-code');
    expect(sessionStage(pending, at + PENDING_MS)).toBe('over');
  });
  test('failures wait longer and longer, then a quarter of an hour', () => {
    const seconds = Array.from({ length: 11 }, (_, i) => delayAfter(i + 1, 10) / 1000);
    expect(seconds).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 64, 900, 900]);
  });
});

describe('who decides about roles', () => {
  const member = (id: string, ...having: Role[]) => ({ kind: 'staff', id, name: '', roles: having }) as const;
  const administrator = member('adm', 'administrator');
  const officer = member('off', 'officer');
  const says = (by: Actor, before: readonly Role[], wanted: readonly Role[], of = policies): string =>
    grantProblem(of, by, { id: 'x', roles: before }, wanted)?.en ?? '';

  test('nobody decides about themselves', () => {
    expect(grantProblem(policies, administrator, administrator, ['administrator', 'reception'])?.en).toMatch(
      /somebody else/,
    );
    expect(grantProblem(policies, officer, officer, ['auditor'])?.en).toMatch(/somebody else/);
    expect(letInProblem(policies, officer, officer)?.en).toMatch(/somebody else/);
  });

  test('only an officer makes, unmakes or lets in an officer', () => {
    for (const [before, wanted] of [
      [['desk'], ['officer']],
      [[], ['officer']],
      [['officer'], ['employee']],
      [['officer'], ['officer']],
      [['officer'], []],
    ] as const) {
      expect(says(administrator, before, wanted)).toMatch(/about privacy officers/);
      expect(says(officer, before, wanted)).toBe('');
    }
  });

  // What a role reaches is computed from the policies, so that no list can become outdated.
  test.each(order.map((role, i) => [role, actions.some((a) => isAboutPeople(a) && matrix[a][i] === 'Y')] as const))(
    'who gives the role %s, and lets in who has it (reaches people: %s)',
    (role, reaches) => {
      const only = reaches ? /Only a privacy officer/ : /^$/;
      expect(says(administrator, [], [role])).toMatch(only);
      expect(says(administrator, ['reception'], ['reception', role])).toMatch(only);
      expect(letInProblem(policies, administrator, { id: 'x', roles: [role] })?.en ?? '').toMatch(only);
      expect(says(officer, [], [role])).toBe('');
      expect(letInProblem(policies, officer, { id: 'x', roles: [role] })).toBe(null);
    },
  );

  test('an administrator takes roles away, and gives the others beside them', () => {
    expect(says(administrator, ['desk', 'auditor'], ['auditor'])).toBe('');
    expect(says(administrator, ['desk'], ['reception'])).toBe('');
    expect(says(administrator, ['desk'], ['desk', 'reception'])).toBe('');
    expect(says(administrator, ['desk'], [])).toBe('');
    // The desk reaches all that the auditor reaches, and yet giving the role counts as giving.
    expect(says(administrator, ['desk'], ['desk', 'auditor'])).toMatch(/Only a privacy officer/);
  });

  test('a replaced file counts as it is: roles together, one person, and what forbids', () => {
    const other = readAccessPolicies(
      `${text}
@id("both") permit (principal in Role::"reception", action == Action::"people:use", resource) when { principal in Role::"employee" };
@id("one") permit (principal == Staff::"x", action == Action::"requests:read", resource) when { principal in Role::"my-number" };
@id("not") forbid (principal in Role::"reception", action, resource) when { principal in Role::"desk" };`,
      file,
    );
    expect(says(administrator, ['reception'], ['reception', 'employee'])).toBe('');
    expect(says(administrator, ['reception'], ['reception', 'employee'], other)).toMatch(/Only a privacy officer/);
    expect(says(administrator, [], ['my-number'])).toBe('');
    expect(says(administrator, [], ['my-number'], other)).toMatch(/Only a privacy officer/);
    // Taking a role away gives something when a rule forbids it to that role.
    expect(says(administrator, ['desk', 'reception'], ['desk'])).toBe('');
    expect(says(administrator, ['desk', 'reception'], ['desk'], other)).toMatch(/Only a privacy officer/);
  });

  test('systems and the public never do', () => {
    expect(says(system(actions), [], ['reception'])).not.toBe('');
    expect(says({ kind: 'public' }, [], ['reception'])).not.toBe('');
  });

  test('Sekisho itself does, when it is set up', () => {
    expect(says({ kind: 'sekisho' }, [], ['officer'])).toBe('');
  });
});
