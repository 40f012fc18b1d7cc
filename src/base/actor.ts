// Who acts: a person on the staff, one of the company's systems, the public, or Sekisho itself on a timer.

export const roles = [
  'officer',
  'desk',
  'handler',
  'my-number',
  'auditor',
  'administrator',
  'reception',
  'employee',
] as const;

/** Staff roles. handler = handles customers' information in daily work; my-number = 事務取扱担当者. */
export type Role = (typeof roles)[number];

/** What an actor may be allowed to do. The Cedar policies in `policies/access.cedar` name exactly these actions. */
export const actions = [
  'home:read',
  'policy:read',
  'policy:propose',
  'policy:approve',
  'ledger:read',
  'ledger:write',
  'checkpoint:ask',
  'judgements:write',
  'consents:write',
  'recipients:write',
  'joint-uses:write',
  'transmissions:write',
  'people:search',
  'people:follow',
  'people:acquire',
  'people:use',
  'people:use-beyond',
  'people:correct',
  'people:erase',
  'people:link',
  'people:provide',
  'packages:read',
  'provisions:approve',
  'people:receipt',
  'records:read',
  'requests:read',
  'requests:write',
  'requests:decide',
  'letters:read',
  'letters:write',
  'log:read',
  'log:export',
  'log:review',
  'date:confirm',
  'staff:read',
  'staff:write',
  'systems:write',
  'keys:read',
] as const;

export type Action = (typeof actions)[number];

export type Actor =
  | { kind: 'staff'; id: string; name: string; roles: readonly Role[] }
  | { kind: 'system'; id: string; name: string; token: string; purposes: readonly string[]; actions: readonly Action[] }
  | { kind: 'public' }
  | { kind: 'sekisho' };

/** True for a privacy officer, whose judgements the law takes as facts. */
export const isOfficer = (a: Actor): boolean => a.kind === 'staff' && a.roles.includes('officer');

/** How an actor is written into the log: an id, never a name. */
export const actorRef = (a: Actor): string =>
  a.kind === 'staff' || a.kind === 'system' ? `${a.kind}:${a.id}` : a.kind;
