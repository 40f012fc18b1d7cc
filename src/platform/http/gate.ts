// Who a request comes from and what they may do. Built by features/access, asked before every declared route.

import type { Action, Actor } from '../../base/actor.ts';
import type { May } from './route.ts';

export interface Identity {
  actor: Actor;
  /** Token against forged forms; '' without a session. */
  csrf: string;
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
