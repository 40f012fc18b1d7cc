// A desk in a test office, with its letters ready and its checkpoint open. Requests are brought as far as a test needs through the real actions.
// Everybody is fictional.

import { extractText, getDocumentProxy } from 'unpdf';
import { addDays } from '../src/base/day.ts';
import type { By, Room } from '../src/features/access/index.ts';
import type { Plan } from '../src/features/desk/actions/decide.ts';
import type { Kind } from '../src/features/desk/facts/kind.ts';
import {
  close,
  collect,
  deliver,
  identify,
  notify,
  receivePapers,
  registerRequest,
  review,
  type Case,
  type DecideAsk,
  type RegisterAsk,
} from '../src/features/desk/index.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { askedThemselves, officerOf, openTestCheckpoint, specifyFound, valueOf } from './people.ts';

/** An office with its desk and an officer who works there. The checkpoint closes with the database of the office. */
export async function openTestDesk(
  routes: Parameters<typeof openTestOffice>[0] = () => [],
  settings: Parameters<typeof openTestOffice>[1] = {},
): Promise<{ house: TestOffice; desk: Room; by: By }> {
  const house = await openTestOffice(routes, settings);
  await openTestCheckpoint(house);
  return { house, desk: house, by: { actor: officerOf(house), authority: ['officer-all-work'] } };
}

/** The `seen` of a step by somebody who saw everything that happened to a request. */
export const seen = ({ request }: Case): { seen: number } => ({ seen: request.last });

/** Moves the clock on by this many days. */
export const later = ({ clock }: TestOffice, days: number): void =>
  clock.moveTo(`${addDays(clock.today(), days)}T10:00:00+09:00`);

let letters = 0;

/** Registers a request that came today in a letter, or as `more` says. Each has a sender of its own. */
export async function registered(desk: Room, by: By, kind: Kind, more: Partial<RegisterAsk> = {}): Promise<Case> {
  const ask: RegisterAsk = {
    kind,
    scope: 'customer',
    arrivedOn: desk.office.clock.today(),
    channel: 'letter',
    lang: 'ja',
    sender: { name: `差出 ${++letters}`, address: '〒104-0000 東京都中央区例示町9-9', email: '' },
    says: '',
    another: false,
    ...more,
  };
  return valueOf(await registerRequest(desk, by, ask)).case;
}

/** Papers that lack nothing, without their day and the fee. */
export const rightPapers = { form: 'right', registeredMail: null, method: 'paper', unreadable: false } as const;

/** Registers a request whose papers came today, with the whole fee or with this much of it. */
export async function paid(desk: Room, by: By, kind: Kind, feeYen?: number): Promise<Case> {
  const one = await registered(desk, by, kind);
  const came = { on: desk.office.clock.today(), ...rightPapers, feeYen: feeYen ?? one.request.fee.due };
  return valueOf(await receivePapers(desk, by, one.row.id, seen(one), came));
}

/** Identifies the sender of a request: the person themselves. */
async function known(desk: Room, by: By, one: Case): Promise<Case> {
  const checked = { on: desk.office.clock.today(), ...askedThemselves };
  return valueOf(await identify(desk, by, one.row.id, seen(one), checked));
}

/** A request with its papers and fee, and its sender identified. */
export const identified = async (desk: Room, by: By, kind: Kind): Promise<Case> =>
  known(desk, by, await paid(desk, by, kind));

/** Takes a request whose papers came as far as the collection of what is held of the person with this name. */
export async function collectedFor(desk: Room, by: By, one: Case, name: string): Promise<Case> {
  const { id } = one.row;
  const whose = await known(desk, by, one);
  const found = valueOf(await specifyFound(desk, by, id, seen(whose), [{ kind: 'name', term: name }]));
  return valueOf(await collect(desk, by, id, seen(found)));
}

/** A request of the person with this name, up to the collection of what is held of them. */
export const collected = async (desk: Room, by: By, kind: Kind, name: string): Promise<Case> =>
  collectedFor(desk, by, await paid(desk, by, kind), name);

/** Decides for every collected item that it is disclosed as it is. */
export async function reviewed(desk: Room, by: By, one: Case): Promise<Case> {
  let now = one;
  const whole = { decision: 'disclose', ground: null, reason: '', redacted: '' } as const;
  for (const { holding, items } of one.request.collected!.holdings)
    for (const item of items) now = valueOf(await review(desk, by, one.row.id, seen(now), { holding, item, ...whole }));
  return now;
}

/** The facts on which a disclosure is granted, and those for a correction. */
export const disclosing = {
  existenceHarms: false,
  otherLaw: false,
  method: 'paper',
  methodDifficult: false,
} as const;
export const untrue = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false } as const;

/** A decision on these facts, with a reason for what is not granted. */
export const asking = (facts: DecideAsk['facts'], plan: Plan = {}): DecideAsk => ({
  facts,
  plan,
  reason: '調べた結果によります。',
  answer: '',
  mayRefuse: true,
});

/** Sends the answer by post today and closes the request. */
export async function answered(desk: Room, by: By, one: Case): Promise<Case> {
  const { id } = one.row;
  const on = desk.office.clock.today();
  let now = valueOf(await notify(desk, by, id, seen(one), { on, by: 'post' }));
  now = valueOf(await deliver(desk, by, id, seen(now), { on, by: 'post' }));
  return valueOf(await close(desk, by, id, seen(now), { on }));
}

/**
 * The text of a letter, without its spaces. The reader warns of hinting programs of the fonts that it cannot follow; no text depends on them.
 */
export async function wordsOf(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replace(/\s/g, '');
}
