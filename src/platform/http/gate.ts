// Who a request comes from and what they may do. Built by features/access, called before every declared route.

import type { Action, Actor } from '../../base/actor.ts';
import type { May } from './route.ts';

export interface Identity {
  actor: Actor;
  /** Token against forged forms, with the owner of the form after a dot; '' without a session. */
  csrf: string;
}

/** The owner of a form with this token; undefined when the token does not say. */
const writerOf = (csrf: string): string | undefined => csrf.split('.')[1];

/** True when a form was opened under another person's sign-in than the sender's. */
export function isOthers(sent: string, own: string): boolean {
  const [writer, sender] = [writerOf(sent), writerOf(own)];
  return writer !== undefined && sender !== undefined && writer !== sender;
}

export interface Gate {
  /** From the session cookie or from `Authorization: Bearer`. Unknown or expired credentials count as the public. */
  identify(request: { cookie: string | undefined; authorization: string | undefined }): Promise<Identity>;
  /** `policies`: ids of the access policies that determined the answer. */
  authorise(actor: Actor, action: Action): { allowed: boolean; policies: readonly string[] };
}

/** Whether the actor has the permission a route asks for, and by which access policies. */
export function permitted(gate: Gate, actor: Actor, may: May): { allowed: boolean; policies: readonly string[] } {
  if (may === 'public') return { allowed: true, policies: [] };
  if (may === 'signed-in') return { allowed: actor.kind === 'staff', policies: [] };
  return gate.authorise(actor, may);
}
