// Decides whether somebody may enter and what they may do: roles, passwords, codes, limits of a session, and the company's access policies.
// Values in, values out: nothing here reads a clock, a file or the database.

import { timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import {
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
  type DetailedError,
  type PolicyJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import { generateSync, ScureBase32Plugin } from 'otplib';
import { actions, isOfficer, roles, type Action, type Actor, type Role } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import type { Json, LogEntry, Said } from '../../log/index.ts';
import { isAddress } from '../../platform/mail.ts';
import { StartProblem } from '../../platform/start-problem.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A session ends after this long without use, and in any case after `SESSION_MS`. */
export const IDLE_MS = 30 * MINUTE;
export const SESSION_MS = 12 * HOUR;
/** Time allowed between the right password and the code. */
export const PENDING_MS = 10 * MINUTE;
/** Time allowed between leaving for the company's sign-in and coming back, and again until the account is tied. */
export const VISIT_MS = 10 * MINUTE;
export const LINK_MS = { setUp: 24 * HOUR, invitation: 72 * HOUR };

export interface SessionTimes {
  createdAt: number;
  /** Null while the code is missing. */
  confirmedAt: number | null;
  seenAt: number;
}

/** The stage at `now` of a session that nobody ended. A clock that jumped back does not lengthen a session. */
export function sessionStage(s: SessionTimes, now: number): 'open' | 'awaits-code' | 'over' {
  const age = Math.abs(now - s.createdAt);
  if (s.confirmedAt === null) return age < PENDING_MS ? 'awaits-code' : 'over';
  return age < SESSION_MS && Math.abs(now - s.seenAt) < IDLE_MS ? 'open' : 'over';
}

/** True while a token or a link is valid at `now`. One that a wrong clock dated ahead does not last longer for it. */
export const isInTime = ({ createdAt, expiresAt }: { createdAt: number; expiresAt: number }, now: number): boolean =>
  Math.abs(now - createdAt) < expiresAt - createdAt;

/** Days before its end from which a token ends soon. */
const ENDING_DAYS = 30;

/** True in the last 30 days of a token, or in the last third of a shorter life: its maker has only just read its end. */
export const endsSoon = (token: { createdAt: number; expiresAt: number }, now: number): boolean =>
  isInTime(token, now) && token.expiresAt - now <= Math.min(ENDING_DAYS * DAY, (token.expiresAt - token.createdAt) / 3);

/** Failures after which an account (or a known browser) or an address is locked, and for how long. An office may share one address. */
export const FAILURES = { account: 10, address: 50 };
export const LOCK_MS = 15 * MINUTE;
const FREE_BEFORE_LOCK = 7;

/** Number of groups of an IPv6 address that name a network. */
const NETWORK_GROUPS = 4;

/**
 * The key under which guesses from an address are counted: an IPv4 address, or the /64 network of an IPv6 address, since a caller who has one
 * address of a network has them all. Drops the port that some proxies add. Returns anything that is not an address unchanged.
 */
export function networkOf(address: string): string {
  const bare = address
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
    .replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const between = 8 - first.length - last.length;
  return [...first, ...Array<string>(between).fill('0'), ...last].slice(0, NETWORK_GROUPS).join(':');
}

/** Milliseconds to wait after the n-th failure in a row: 2, 4, 8 … seconds for the last six, then the lock. */
export function delayAfter(failures: number, limit: number): number {
  if (failures >= limit) return LOCK_MS;
  const counted = failures - (limit - FREE_BEFORE_LOCK);
  return counted <= 0 ? 0 : 1000 * 2 ** counted;
}

const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 200;

const overused =
  /^(?:(?:my|the)?(?:pass ?word|passphrase|passwort|passcode|qwerty|qwertz|azerty|letmein|welcome|admin|administrator|root|user|login|secret|changeme|default|test|guest|master|monkey|dragon|iloveyou|football|baseball|sunshine|princess|company|sekisho|kanri|himitsu|nihon|japan|tokyo|sakura|samurai|arigatou?|konnichiwa|privacy|officer|kaisha|spring|summer|autumn|winter|haru|natsu|aki|fuyu))+$/;
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '012345678901234567890',
  'あいうえおかきくけこさしすせそたちつてと',
];
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const backwards = (text: string): string => [...text].reverse().join('');

/** True when the text is an overused password, once digits at its ends and usual character replacements are undone. */
function isOverused(text: string): boolean {
  const bare = text.replace(/[^\p{L}\p{N}@$!]+/gu, '');
  const core = bare.replace(/^[\d!@$]+|[\d!@$]+$/g, '');
  const undone = (t: string): string => t.replace(/[013457@$!]/g, (c) => LOOKALIKES[c]!);
  return [core, undone(core), undone(bare), backwards(core)].some((t) => t === '' || overused.test(t));
}

/** True when at least two thirds of the text runs along the alphabet, the digits or a keyboard. */
function runsAlong(text: string): boolean {
  const chars = [...text];
  const pairs = new Set(
    rows.flatMap((row) => [row, backwards(row)]).flatMap((row) => [...row].map((c, i, all) => c + (all[i + 1] ?? ''))),
  );
  const running = chars.filter((c, i) => i > 0 && pairs.has(chars[i - 1]! + c)).length;
  return running >= (chars.length - 1) * (2 / 3);
}

/** The form in which a password is hashed, so that the same keys give the same password on every machine. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Why a new password is too weak, and what to do about it; null when it is good. `about`: the person's name and e-mail. */
export function passwordProblem(password: string, about: readonly string[]): Bilingual | null {
  const text = normalPassword(password).toLowerCase();
  const chars = [...text];
  if (chars.length < MIN_PASSWORD) return both('12文字以上にしてください', 'Use at least 12 characters');
  if (chars.length > MAX_PASSWORD) return both('200文字以下にしてください', 'Use at most 200 characters');
  if (new Set(chars).size < 6 || /^(.{1,6}?)\1+$/u.test(text)) {
    return both('同じ文字の繰り返しを減らしてください', 'Use more different characters');
  }
  if (runsAlong(text)) return both('並んだ文字や数字を避けてください', 'Avoid letters or digits in sequence');
  if (isOverused(text)) return both('よく使われる言葉を避けてください', 'Avoid commonly used words');
  const own = about
    .flatMap((part) =>
      part
        .normalize('NFKC')
        .toLowerCase()
        .split(/[\s@.　]+/),
    )
    .filter((part) => [...part].length >= 3);
  const left = own.reduce((rest, part) => rest.replaceAll(part, ''), text);
  if ([...left].length < MIN_PASSWORD / 2) {
    return both('名前やメールアドレス以外の文字も使ってください', 'Use more than your name or e-mail address');
  }
  return null;
}

/** Problems of a new password typed twice. `about` as above. */
export function newPasswordProblems(password: string, again: string, about: readonly string[]): FieldProblem[] {
  const weak = passwordProblem(password, about);
  if (weak) return [{ field: 'password', says: weak }];
  return password === again
    ? []
    : [
        {
          field: 'password-again',
          says: both('上と同じパスワードを入れてください', 'Enter the same password as above'),
        },
      ];
}

/** The form in which an e-mail is checked, kept, looked up and written to: one spelling per mailbox. */
export const normalEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** Problems of the name and the e-mail of a person to be added. */
export function personProblems(p: { name: string; email: string }): FieldProblem[] {
  const name = p.name.trim();
  const problems: FieldProblem[] = [];
  if (name === '') problems.push({ field: 'name', says: both('名前を入れてください', 'Enter the name') });
  else if ([...name].length > 100 || /\p{Cc}/u.test(name)) {
    problems.push({
      field: 'name',
      says: both('名前は100文字までの1行にしてください', 'Use one line of at most 100 characters'),
    });
  }
  if (!isAddress(normalEmail(p.email))) {
    problems.push({
      field: 'email',
      says: both(
        'メールアドレスを name@example.jp の形で入れてください',
        'Enter an e-mail address such as name@example.jp',
      ),
    });
  }
  return problems;
}

const STEP_S = 30;

/** The time step (RFC 6238, 30 s, SHA-1, six digits) of a code, allowing one step of drift; null when the code fits no step later than `lastStep`. */
export function stepOfCode(secret: Uint8Array, code: string, now: number, lastStep: number): number | null {
  const typed = Buffer.from(code.normalize('NFKC').replace(/[\s-]/g, ''));
  const step = Math.floor(now / 1000 / STEP_S);
  const fits = [step - 1, step, step + 1].filter((s) => {
    const right = Buffer.from(generateSync({ secret, epoch: s * STEP_S }));
    return s > lastStep && typed.length === right.length && timingSafeEqual(typed, right);
  });
  return fits[0] ?? null;
}

/** A recovery code in the form in which it is compared: `abcde-fghij`, `ABCDE FGHIJ` and full-width letters are the same. */
export const normalRecoveryCode = (code: string): string =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The roles named in the texts of a form or a row; unknown ones are dropped. */
export const readRoles = (texts: readonly string[]): Role[] => roles.filter((role) => texts.includes(role));

export const readActions = (texts: readonly string[]): Action[] => actions.filter((action) => texts.includes(action));

export interface Authority {
  allowed: boolean;
  /** Ids of the policies that determined the answer. */
  policies: readonly string[];
}

/** An access policy in the form in which people read it. */
export interface AccessRule {
  id: string;
  /** Name and note from its annotations, in both languages even where only one is written; null where there are none. */
  name: Bilingual | null;
  note: Bilingual | null;
  forbids: boolean;
  /** It has conditions (`when`, `unless`). */
  conditional: boolean;
  /** Its Cedar source. */
  text: string;
}

/** The columns of the table of authority: a member of staff with this role alone, or a system whose token names every action. */
export const holders = [...roles, 'system'] as const;
export type Holder = (typeof holders)[number];

/** What the policies say about a holder and an action. */
export interface Right {
  says: 'yes' | 'depends' | 'no';
  /** Ids of the rules that say so, or on whose conditions it depends. */
  rules: readonly string[];
}

export type Rights = Readonly<Record<Action, Readonly<Record<Holder, Right>>>>;

export interface AccessPolicies {
  /** The source of the file. */
  text: string;
  /** Asks the policies. `openAccess` makes it remember the answers. */
  decide(actor: Actor, action: Action, purpose?: string): Authority;
  /** The actions a token may carry: those that the policies would allow to some system. */
  systemActions: readonly Action[];
  /** In file order. */
  rules: readonly AccessRule[];
  /** The table of authority: the answers of the policies for every holder and action. */
  rights: Rights;
}

/**
 * True when the action reaches people's information, so that only an officer lets in those who may do it. Records and packages are included, as
 * remarks about people are opened in them.
 */
export const isAboutPeople = (action: Action): boolean => /^(?:people|requests|records|packages):/.test(action);

/** True when the action writes a register that the checkpoint, or a letter to a person, relies on. */
const writesRegister = (action: Action): boolean =>
  /^(?:ledger|consents|recipients|joint-uses|transmissions|letters):write$/.test(action);

/** True when a token with this action reaches only what is for one of its purposes, and so nothing when it has none. */
export const isForPurposes = (action: Action): boolean =>
  /^(?:people|records|packages):/.test(action) || action === 'consents:write';

/** True when only an officer may give the action to a token. */
export const isOfficersToGive = (action: Action): boolean => isAboutPeople(action) || writesRegister(action);

/** True when `by` may let others, people or systems, reach people's information. */
export const mayLetReach = (by: Actor): boolean => by.kind === 'sekisho' || isOfficer(by);

/** The member of staff whose authority is decided; `id` is null for somebody yet to be invited. */
interface Target {
  id: string | null;
  roles: readonly Role[];
}

/** The actions on people's information that the policies allow to somebody with these roles. */
function reachOf(policies: AccessPolicies, { id, roles: having }: Target): Action[] {
  const holder: Actor = { kind: 'staff', id: id ?? '', name: '', roles: having };
  return actions.filter((action) => isAboutPeople(action) && policies.decide(holder, action).allowed);
}

/** True when these roles give the target a role that reaches people's information, or more reach than before. */
export function givesReach(policies: AccessPolicies, target: Target, wanted: readonly Role[]): boolean {
  const given = wanted.filter((role) => !target.roles.includes(role));
  if (given.some((role) => reachOf(policies, { id: target.id, roles: [role] }).length > 0)) return true;
  const before = reachOf(policies, target);
  return reachOf(policies, { id: target.id, roles: wanted }).some((action) => !before.includes(action));
}

/**
 * Why `by` may not give `target` exactly these roles; null when they may. Nobody decides about themselves. Only an officer decides about officers
 * and gives what reaches people's information: otherwise an administrator could reach it through somebody else.
 */
export function grantProblem(
  policies: AccessPolicies,
  by: Actor,
  target: Target,
  wanted: readonly Role[],
): Bilingual | null {
  if (by.kind !== 'staff' && by.kind !== 'sekisho') {
    return both('役割を決められるのは従業者だけです', 'Only staff decide about roles');
  }
  if (by.kind === 'staff' && by.id === target.id) {
    return both(
      '自分の役割と登録は、ほかの人に変えてもらってください',
      'Ask somebody else to change your own roles and entry',
    );
  }
  if (mayLetReach(by)) return null;
  if (target.roles.includes('officer') || wanted.includes('officer')) {
    return both(
      '個人情報保護管理者のことは、個人情報保護管理者だけが決められます',
      'Only a privacy officer can decide about privacy officers',
    );
  }
  return givesReach(policies, target, wanted)
    ? both(
        '個人の情報に届く役割を与え、その役割の人を入れるのは、個人情報保護管理者だけです',
        'Only a privacy officer can give roles that reach people’s information, and let in people who have them',
      )
    : null;
}

/** Why `by` may not let somebody in, for the first time or again, which gives all their roles anew; null when they may. */
export const letInProblem = (policies: AccessPolicies, by: Actor, { id, roles: having }: Target): Bilingual | null =>
  grantProblem(policies, by, { id, roles: [] }, having);

/** The state of a member of staff, a system, a token or the access policies (`action`), computed from the log; undefined where the log is silent. */
export type LetIn = Said & {
  /** What the giver of its current rights was at that time, according to the log. Sekisho itself may give what an officer may. */
  givenBy: 'officer' | 'member' | 'nobody';
  /** The id of the entry that first let it in. */
  entry: string;
};

type Before = Readonly<Record<string, Json | undefined>>;
type Step = (entry: LogEntry, before: Before) => Before;

const invited: Step = ({ roles, sealed, at }) => ({
  roles,
  sealed,
  since: at,
  until: null,
  fictional: false,
  entered: false,
  credentials: null,
  tie: null,
});
const entered: Step = ({ credentials, tie = null }) => ({ entered: true, credentials, tie });
const over: Step = ({ at }) => ({ until: at });

const steps: Readonly<Record<string, Step>> = {
  'staff:set-up': (entry, before) => ({ ...invited(entry, before), ...entered(entry, before) }),
  'staff:let-in': (entry, before) => ({ ...invited(entry, before), ...entered(entry, before) }),
  'staff:fictional': (entry, before) => ({ ...invited(entry, before), ...entered(entry, before), fictional: true }),
  'staff:invite': invited,
  'staff:enter': entered,
  'staff:change': ({ sealed }) => ({ sealed }),
  'staff:roles': ({ roles }) => ({ roles }),
  'staff:password': ({ credentials }, { entered: there }) => (there === true ? { credentials } : {}),
  'staff:tie': ({ tie }) => ({ tie }),
  'staff:untie': () => ({ tie: null }),
  'staff:tie-alone': () => ({ credentials: null }),
  'staff:reset': () => ({ entered: false, credentials: null, tie: null }),
  'staff:end': over,
  'system:create': ({ at, sha256 }) => ({ since: at, until: null, sha256 }),
  'system:end': over,
  'token:create': ({ at: since, system, purposes, actions: may, until: lastDay, sha256 }) => {
    return { since, until: null, system, purposes, actions: may, lastDay, sha256 };
  },
  'token:narrow': ({ taken }, { actions: had }) => ({
    actions: textsIn(had).filter((one) => !textsIn(taken).includes(one)),
  }),
  'token:revoke': over,
  'access:policies': ({ at, version, sha256 }) => ({ since: at, until: null, version, sha256 }),
};

/** The operator of the server had a link made for a new officer. */
const OFFICER_LINK = 'staff:officer-link';

/** The actions that let somebody or something in, change what it may do, or end it. */
export const lettingIn = [...Object.keys(steps), OFFICER_LINK];

/** The strings of a log member that is a list. */
export const textsIn = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const isIn = (member: Before | undefined): boolean => member?.entered === true && member.until === null;
const isOfficerIn = (member: Before | undefined): boolean => isIn(member) && textsIn(member!.roles).includes('officer');

const beginning = /^(?:staff:(?:set-up|let-in|fictional|invite)|system:create|token:create|access:policies)$/;
const giving = (action: string): boolean => beginning.test(action) || /^staff:(?:roles|reset)$/.test(action);

function giverOf(
  { action, actor, link_sha256: link }: LogEntry,
  known: ReadonlyMap<string, LetIn>,
  links: ReadonlySet<Json | undefined>,
): LetIn['givenBy'] {
  // A later officer comes in by a link that the operator had made.
  if (action === 'staff:let-in') return links.has(link) ? 'officer' : 'nobody';
  // The first officer comes in by the link made at the start, while there is no officer.
  if (action === 'staff:set-up') return [...known.values()].some(isOfficerIn) ? 'nobody' : 'officer';
  const giver = known.get(actor.replace(/^staff:/, ''));
  return actor === 'sekisho' || isOfficerIn(giver) ? 'officer' : isIn(giver) ? 'member' : 'nobody';
}

/**
 * True when the giver had the right to give it. Which roles besides officer only an officer could give depended on the access policies of the day,
 * so those roles are not judged.
 */
export function isGivenRightly({ roles: having, actions: may, givenBy }: LetIn): boolean {
  const officers = textsIn(having).includes('officer') || readActions(textsIn(may)).some(isOfficersToGive);
  return givenBy === 'officer' || (givenBy === 'member' && !officers);
}

/** The state that the entries, in log order, add up to. A token ends with its system, whichever of the two entries comes first. */
export function letIn(entries: readonly LogEntry[]): LetIn[] {
  const known = new Map<string, LetIn>();
  const links = new Set<Json | undefined>();
  for (const entry of entries) {
    if (entry.action === OFFICER_LINK) {
      if (entry.actor === 'sekisho') links.add(entry.link_sha256);
      continue;
    }
    const kind = entry.action.split(':')[0]!;
    const id = String(entry[kind]);
    const before = known.get(id);
    // A later entry about something that nobody let in does not let it in.
    if (!before && !beginning.test(entry.action)) continue;
    const givenBy = giving(entry.action) ? giverOf(entry, known, links) : (before?.givenBy ?? 'nobody');
    const first = before?.entry ?? entry.id;
    // Each such link lets in one person.
    if (entry.action === 'staff:let-in') links.delete(entry.link_sha256);
    known.set(id, { ...before, ...steps[entry.action]!(entry, before ?? {}), id, action: kind, givenBy, entry: first });
  }
  const endOf = ({ system }: LetIn): Json | undefined => known.get(String(system))?.until;
  return [...known.values()].map((one) =>
    one.action === 'token' && one.until === null ? { ...one, until: endOf(one) ?? null } : one,
  );
}

const quoted = (texts: readonly string[]): string => texts.map((t) => JSON.stringify(t)).join(', ');

/** The Cedar schema that the policies are checked against. Built from the code's own roles and actions, so that it cannot differ from them. */
const schema = `
  entity Role enum [${quoted(roles)}];
  entity Staff in [Role];
  entity System;
  entity Office;
  action ${quoted(actions)} appliesTo {
    principal: [Staff, System], resource: [Office],
    context: { action: String, actions: Set<String>, purposes: Set<String>, purpose?: String }
  };`;

/** Line number of an offset, which Cedar gives in bytes of UTF-8. */
const lineAt = (text: string, byte: number | undefined): number =>
  Buffer.from(text)
    .subarray(0, byte ?? 0)
    .toString()
    .split('\n').length;

function refusePolicies(file: string, line: number, reason: string): never {
  throw new StartProblem(
    `アクセスの方針 ${file} の${line}行目を直してください：${reason}`,
    `Correct line ${line} of the access policies ${file}: ${reason}`,
  );
}

function refuseFirst(file: string, text: string, errors: readonly DetailedError[]): void {
  const first = errors
    .map((e) => ({ e, line: lineAt(text, e.sourceLocations?.[0]?.start) }))
    .toSorted((a, b) => a.line - b.line)[0];
  if (!first) return;
  const { message, help, sourceLocations } = first.e;
  const more = help ?? sourceLocations?.[0]?.label;
  const plain = message.replace(/^for policy `policy\d+`[,:] /, '');
  refusePolicies(file, first.line, more ? `${plain} (${more})` : plain);
}

let loaded = 0;

/** Has Cedar keep the policies, parsed and under their ids. Returns the name under which it keeps them. */
function keep(named: Readonly<Record<string, string | PolicyJson>>, refuse: (errors: DetailedError[]) => void): string {
  const name = `access-${(loaded += 1)}`;
  const kept = preparsePolicySet(name, { staticPolicies: { ...named } });
  if (kept.type === 'failure') refuse(kept.errors);
  return name;
}

interface Written {
  rule: AccessRule;
  json: PolicyJson;
}

/** The text of the annotations `…_ja` and `…_en`. */
function annotated({ annotations = {} }: PolicyJson, key: string): Bilingual | null {
  const [ja, en] = [annotations[`${key}_ja`], annotations[`${key}_en`]];
  const text = ja || en;
  return text ? both(ja || text, en || text) : null;
}

/** Refuses policies that name unknown roles or actions. */
function checkWords(text: string, file: string): void {
  const checked = validate({ schema, policies: { staticPolicies: text } });
  refuseFirst(file, text, checked.type === 'failure' ? checked.errors : checked.validationErrors.map((v) => v.error));
}

/** The policies of a file in file order, each with its own `@id`. `check`: an additional check of the text. */
function prepare(text: string, file: string, check?: typeof checkWords): Written[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') refuseFirst(file, text, parts.errors);
  if (parts.type === 'failure' || parts.policy_templates.length > 0) {
    refusePolicies(file, 1, 'templates are not used here');
  }
  check?.(text, file);
  // Cedar returns them in no particular order.
  const placed = parts.policies.map((policy) => ({ policy, at: Math.max(0, text.indexOf(policy)) }));
  const written: Written[] = [];
  for (const { policy, at } of placed.toSorted((a, b) => a.at - b.at)) {
    const read = policyToJson(policy);
    const line = text.slice(0, at).split('\n').length;
    const id = read.type === 'success' ? read.json.annotations?.id : undefined;
    if (read.type === 'failure' || !id || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
      refusePolicies(file, line, 'a policy needs an @id such as @id("desk-answers")');
    if (written.some(({ rule }) => rule.id === id)) refusePolicies(file, line, `@id("${id}") is given twice`);
    const { json } = read;
    const [name, note] = [annotated(json, 'name'), annotated(json, 'note')];
    const conditional = json.conditions.length > 0;
    written.push({ json, rule: { id, name, note, forbids: json.effect === 'forbid', conditional, text: policy } });
  }
  return written;
}

/** Asks the policies that Cedar keeps under a name. */
function ask(preparsedPolicySetId: string, actor: Actor, action: Action, purpose?: string): Authority {
  if (actor.kind !== 'staff' && actor.kind !== 'system') return { allowed: false, policies: [] };
  const staff = actor.kind === 'staff';
  const principal = { type: staff ? 'Staff' : 'System', id: actor.id };
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource: { type: 'Office', id: 'sekisho' },
    context: {
      action,
      actions: staff ? [] : [...actor.actions],
      purposes: staff ? [] : [...actor.purposes],
      ...(purpose === undefined ? {} : { purpose }),
    },
    preparsedPolicySetId,
    entities: [{ uid: principal, attrs: {}, parents: staff ? actor.roles.map((id) => ({ type: 'Role', id })) : [] }],
  });
  if (answer.type === 'failure') throw new Error('Cedar could not read its question');
  const { decision, diagnostics } = answer.response;
  // A policy that failed to evaluate might have forbidden the act, so nothing is allowed then.
  return {
    allowed: decision === 'allow' && diagnostics.errors.length === 0,
    policies: diagnostics.reason.toSorted(),
  };
}

const anySystem: Actor = { kind: 'system', id: 'any', name: '', token: '', purposes: [], actions };

const actorOf = (holder: Holder): Actor =>
  holder === 'system' ? anySystem : { kind: 'staff', id: '', name: '', roles: [holder] };

/** The right that follows from the rules about a holder and an action, whatever their conditions. A forbidding rule wins, as in Cedar. */
function rightOf(speaking: readonly AccessRule[]): Right {
  const forbids = speaking.filter((rule) => rule.forbids);
  const permits = speaking.filter((rule) => !rule.forbids);
  const always = (rules: readonly AccessRule[]) => rules.filter(({ conditional }) => !conditional);
  const said = (says: Right['says'], rules: readonly AccessRule[]): Right => ({
    says,
    rules: rules.map(({ id }) => id),
  });
  if (always(forbids).length > 0) return said('no', always(forbids));
  if (permits.length === 0) return said('no', []);
  return said(always(permits).length > 0 && forbids.length === 0 ? 'yes' : 'depends', speaking);
}

/** Finds out which rules apply to which holder and action by asking Cedar with the conditions removed. */
function readRights(written: readonly Written[]): Rights {
  const scope = (json: PolicyJson): PolicyJson => ({ ...json, effect: 'permit', conditions: [] });
  const scopes = keep(Object.fromEntries(written.map(({ rule, json }) => [rule.id, scope(json)])), () => {
    throw new Error('Cedar could not read its own policies');
  });
  const right = (holder: Holder, action: Action): Right => {
    const spoken = ask(scopes, actorOf(holder), action).policies;
    return rightOf(written.flatMap(({ rule }) => (spoken.includes(rule.id) ? [rule] : [])));
  };
  return Object.fromEntries(
    actions.map((action) => [action, Object.fromEntries(holders.map((holder) => [holder, right(holder, action)]))]),
  ) as Rights;
}

/** Reads and checks policies written in Cedar. Throws StartProblem with the line and the reason when they cannot be relied on. */
export function readAccessPolicies(text: string, file: string): AccessPolicies {
  const written = prepare(text, file, checkWords);
  const named = Object.fromEntries(written.map(({ rule }) => [rule.id, rule.text]));
  const kept = keep(named, (errors) => refuseFirst(file, text, errors));
  const decide: AccessPolicies['decide'] = (...asked) => ask(kept, ...asked);
  let open: readonly Action[] | undefined;
  let rights: Rights | undefined;
  return {
    text,
    decide,
    rules: written.map(({ rule }) => rule),
    // Computed on first use: asking so many questions would delay every start.
    get systemActions() {
      return (open ??= actions.filter((action) => decide(anySystem, action).allowed));
    },
    get rights() {
      return (rights ??= readRights(written));
    },
  };
}

/** The rules of former policies, which may name roles or actions that no longer exist; null where Cedar no longer reads them. */
export function rulesOnce(text: string): readonly AccessRule[] | null {
  try {
    return prepare(text, '').map(({ rule }) => rule);
  } catch (error) {
    if (error instanceof StartProblem) return null;
    throw error;
  }
}

/** The ids of the rules that later policies added, changed and removed; empty lists are left out. */
export type PolicyChanges = Partial<Record<'rules_added' | 'rules_changed' | 'rules_removed', string[]>>;

export function changesOf(before: readonly AccessRule[], after: readonly AccessRule[]): PolicyChanges {
  const textOf = (rules: readonly AccessRule[]) => new Map(rules.map(({ id, text }) => [id, text]));
  const [had, has] = [textOf(before), textOf(after)];
  const changes = {
    rules_added: [...has.keys()].filter((id) => !had.has(id)),
    rules_changed: [...has].flatMap(([id, text]) => (had.has(id) && had.get(id) !== text ? [id] : [])),
    rules_removed: [...had.keys()].filter((id) => !has.has(id)),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, ids]) => ids.length > 0));
}

const plugin = new ScureBase32Plugin();

/** RFC 4648 base32 without padding, as authenticator apps take a secret. */
export const base32 = (secret: Uint8Array): string => plugin.encode(secret, { padding: false });
