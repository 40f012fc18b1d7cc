// Who a request comes from and what they may do. Built by features/access, asked before every declared route.

import type { Action, Actor } from '../../base/actor.ts';
import type { May } from './route.ts';

export interface Identity {
  actor: Actor;
  /** Token against forged forms, and after a dot whose forms they are; '' without a session. */
  csrf: string;
}

/** Whose form it is that carries this token; undefined where it does not say. */
const writerOf = (csrf: string): string | undefined => csrf.split('.')[1];

/** Whether a form is from the sign-in of somebody else than who sends it. */
export function isOthers(sent: string, own: string): boolean {
  const [writer, sender] = [writerOf(sent), writerOf(own)];
  return writer !== undefined && sender !== undefined && writer !== sender;
}

export interface Gate {
  /** From the session cookie, or from `Authorization: Bearer`. Unknown or ended credentials are the public. */
  identify(request: { cookie: string | undefined; authorization: string | undefined }): Promise<Identity>;
  /** `policies` are the ids of the access policies that determined the answer. */
  authorise(actor: Actor, action: Action): { allowed: boolean; policies: readonly string[] };
}

/** Whether the actor may what a route asks for, and by which access policies. */
export function permitted(gate: Gate, actor: Actor, may: May): { allowed: boolean; policies: readonly string[] } {
  if (may === 'public') return { allowed: true, policies: [] };
  if (may === 'signed-in') return { allowed: actor.kind === 'staff', policies: [] };
  return gate.authorise(actor, may);
}
