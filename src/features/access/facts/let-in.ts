// Who was let in, by the log: each account, token and file of access policies, with who gave it and until when. Pure.

import type { Json, LogEntry, Said } from '../../../log/index.ts';
import { isOfficersToGive, readActions } from './granting.ts';

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
