// Corrects what was registered of a request, and checks anew what rested on it.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { conflict, done, fieldOutcome, type FieldProblem, forbidden, type Outcome } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isAddress } from '../../../platform/mail.ts';
import type { By, Room } from '../../access/index.ts';
import { policyInForce } from '../../policy/index.ts';
import type { AddressCheck } from '../facts/address.ts';
import { type SenderPart, senderParts } from '../facts/event.ts';
import { type Kind, type Scope, termsOf } from '../facts/kind.ts';
import type { Request } from '../facts/request.ts';
import { updateReception } from '../store/requests.ts';
import { type Case, caseOf } from './cases.ts';
import { keptAboutAll } from './there.ts';
import { readyFor, takenBack } from './copies.ts';
import { addressCheck } from './elsewhere.ts';
import { happen, type Step } from './happen.ts';
import { addresseeOf } from './making.ts';
import { latestPaper, paperGone } from './papers.ts';
import { says as receiveSays } from './receive.ts';
import {
  type Agent,
  isByHand,
  plain,
  receptionProblems,
  says as registerSays,
  type Sender,
  senderDigest,
} from './register.ts';
import { currentTexts } from './texts.ts';

export const says = {
  unreachable: both(
    '受け付けた後で返信先がないことにするのは、個人情報保護管理者が行います',
    'Only the privacy officer may record after the registration that there is no address to answer to',
  ),
};

type Written = { readonly [Part in SenderPart]?: string | undefined };

export interface AmendAsk {
  /** Left out: stays as it is. */
  arrivedOn?: Day | undefined;
  kind?: Kind | undefined;
  scope?: Scope | undefined;
  sender: Written;
  /** States that the letter gave no name, or no address to answer to; only the officer may state the latter. */
  anonymous?: boolean | undefined;
  unreachable?: boolean | undefined;
  /** Of the agent to whom the letters go. */
  agent?: Written | undefined;
  /** Confirms that it did arrive that long ago. */
  longAgo?: boolean | undefined;
}

/** The parts of somebody that are written otherwise than they were. */
const partsIn = (kept: Record<SenderPart, string>, said: Written): SenderPart[] =>
  senderParts.filter((part) => (said[part]?.trim() ?? kept[part]) !== kept[part]);

export const withParts = <T extends Record<SenderPart, string>>(kept: T, said: Written): T => ({
  ...kept,
  ...Object.fromEntries(partsIn(kept, said).map((part) => [part, said[part]!.trim()])),
});

/** The corrections of an agent. For an agent who wrote the letter, those of the sender apply too, in the parts that were written alike. */
function saidOfAgent(agent: Agent, kept: Sender, { sender, agent: said = {} }: AmendAsk): Written {
  if (agent.principal.trim() === '') return said;
  const alike = partsIn(kept, sender).filter((part) => plain(agent[part]) === plain(kept[part]));
  return { ...Object.fromEntries(alike.map((part) => [part, sender[part]])), ...said };
}

/** The problems of a corrected agent. */
function amendedAgentProblems(before: Agent | null, agent: Agent | null, said: Written | undefined): FieldProblem[] {
  if (!agent)
    return said && Object.values(said).some((text) => text) ? [{ field: 'agent.name', says: receiveSays.noAgent }] : [];
  const wrong: [boolean, FieldProblem][] = [
    [agent.name === '', { field: 'agent.name', says: receiveSays.agentName }],
    [agent.address === '', { field: 'agent.address', says: receiveSays.agentAddress }],
    [
      agent.email !== before?.email && agent.email !== '' && !isAddress(agent.email),
      { field: 'agent.email', says: registerSays.emailWrong },
    ],
  ];
  return wrong.flatMap(([is, problem]) => (is ? [problem] : []));
}

/**
 * Compares the address to which the answer goes from then on with what is kept. Undefined when it does not change or nobody was found; null: not
 * compared.
 */
async function movedCheck(desk: Room, by: By, id: string, ask: AmendAsk): Promise<AddressCheck | null | undefined> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  const ids = found.ok ? (found.value.request.specified?.principals ?? []) : [];
  if (!found.ok || found.value.row.closed_on !== null || ids.length === 0) return undefined;
  const { row } = found.value;
  const kept = JSON.parse((await latestPaper(office.database, office, row, 'sender')) ?? 'null') as Sender | null;
  const agent = JSON.parse((await latestPaper(office.database, office, row, 'agent')) ?? 'null') as Agent | null;
  if (!kept) return undefined;
  const before = agent ?? kept;
  const to = (agent ? saidOfAgent(agent, kept, ask) : ask.sender).address?.trim() ?? before.address;
  if (to === before.address) return undefined;
  return to === '' ? null : ((await addressCheck(desk, by, found.value, await keptAboutAll(office, ids), to)) ?? null);
}

/** The sender as they are corrected: what is stated to be missing is removed, unless it is filled in at the same time, which is a problem. */
const correctedSender = (kept: Sender, { sender: said, anonymous, unreachable }: AmendAsk): Sender =>
  withParts(kept, {
    ...said,
    ...(anonymous && !said.name ? { name: '' } : {}),
    ...(unreachable && !said.address ? { address: '' } : {}),
    ...(unreachable && !said.email ? { email: '' } : {}),
  });

/** What a correction makes of the registration, the sender and the agent, and what changes by it. */
function correctedBy({ request: r }: Case, { kept, before }: { kept: Sender; before: Agent | null }, ask: AmendAsk) {
  const ofAgent = before ? saidOfAgent(before, kept, ask) : {};
  const agent = before && withParts(before, ofAgent);
  const sender = correctedSender(kept, ask);
  const { arrivedOn = r.arrivedOn, kind = r.kind, scope = r.scope } = ask;
  const parts = partsIn(kept, sender);
  const agentParts = before ? partsIn(before, ofAgent) : [];
  // What was missing no longer is when it is filled in.
  const anonymous = ask.anonymous === true || (r.anonymous && sender.name === '');
  const unreachable = ask.unreachable === true || (r.unreachable && sender.address === '' && sender.email === '');
  const changed = [
    ...(arrivedOn === r.arrivedOn ? [] : ['arrived_on']),
    ...(kind === r.kind ? [] : ['kind']),
    ...(scope === r.scope ? [] : ['scope']),
    ...(anonymous === r.anonymous ? [] : ['anonymous']),
    ...(unreachable === r.unreachable ? [] : ['unreachable']),
    ...parts.map((part) => `sender.${part}`),
    ...agentParts.map((part) => `agent.${part}`),
  ];
  return { arrivedOn, kind, scope, sender, parts, agent, agentParts, anonymous, unreachable, changed };
}

/** What the policy asks of a corrected request: that of today when its kind or scope changes; null when there is none. */
async function correctedTerms({ office }: Room, tx: Tx, r: Request, now: Pick<Request, 'kind' | 'scope'>) {
  if (now.kind === r.kind && now.scope === r.scope)
    return { feeYen: r.fee.due, ...(r.feeAfter ? { feeAfter: true as const } : {}), form: r.form };
  const inForce = await policyInForce(office, office.clock.today(), tx);
  return inForce && termsOf(inForce.policy.operator, { ...now, eased: r.eased });
}

/**
 * Corrects a mistake in what was registered. What the sender was called before stays with the papers; the log keeps which parts changed. Letters that
 * lie ready go to the corrected address; when it turns out that there is none, or that there was one, the decision and its letters are made anew.
 */
export async function amend(desk: Room, by: By, id: string, step: Step, ask: AmendAsk): Promise<Outcome<Case>> {
  const { texts } = await currentTexts(desk.office);
  // Checked before the request is locked; if somebody has taken the request further since, `happen` refuses this step.
  const address = await movedCheck(desk, by, id, ask);
  return happen(desk, by, id, step, async (known, tx) => {
    const { office } = desk;
    const { row, request: r } = known;
    const kept = JSON.parse((await latestPaper(tx, office, row, 'sender')) ?? 'null') as Sender | null;
    if (!kept) return paperGone;
    const before = JSON.parse((await latestPaper(tx, office, row, 'agent')) ?? 'null') as Agent | null;
    const now = correctedBy(known, { kept, before }, ask);
    const { arrivedOn, kind, scope, sender, parts, agent, agentParts, anonymous, unreachable } = now;
    // The company then owes no answer, and whoever would have to send it does not decide that alone.
    if (unreachable && !r.unreachable && !desk.access.policies.decide(by.actor, 'requests:decide').allowed)
      return forbidden(says.unreachable);
    // A letter that lay long was confirmed when it was registered.
    const longAgo = ask.longAgo === true || arrivedOn === r.arrivedOn;
    const wrong = fieldOutcome([
      ...receptionProblems({ ...now, channel: r.channel, longAgo }, r.registeredOn),
      ...amendedAgentProblems(before, agent, ask.agent),
    ]);
    if (wrong) return wrong;
    const terms = await correctedTerms(desk, tx, r, now);
    if (!terms) return conflict('policy', registerSays.policy);
    const redirected = unreachable !== r.unreachable;
    const moved = (agent ? agentParts : parts).length > 0 && !redirected;
    const ready = moved ? await readyFor(office, tx, known, addresseeOf(agent ?? sender, r.lang), texts) : {};
    const event = {
      event: 'amended',
      on: office.clock.today(),
      kind,
      scope,
      arrivedOn,
      ...terms,
      sender: parts,
      ...(anonymous === r.anonymous ? {} : { anonymous }),
      ...(redirected ? { unreachable } : {}),
      ...(agentParts.length > 0 ? { agent: agentParts } : {}),
      byHand: { sender: isByHand(sender), agent: agent && isByHand(agent) },
      ...(address === undefined ? {} : { address }),
    } as const;
    return done({
      event,
      papers: [
        ...(parts.length === 0 ? [] : [{ kind: 'sender' as const, text: JSON.stringify(sender) }]),
        ...(agentParts.length === 0 ? [] : [{ kind: 'agent' as const, text: JSON.stringify(agent) }]),
        ...(ready.papers ?? []),
      ],
      drop: redirected ? takenBack(known, event) : (ready.drop ?? []),
      effect: () =>
        updateReception(tx, id, { kind, scope, arrived_on: arrivedOn, sender: senderDigest(office, sender) }),
      subjects: { kind, amended: now.changed, ...(arrivedOn === r.arrivedOn ? {} : { arrived_on: arrivedOn }) },
    });
  });
}
