// What a letter is written from: the request, what was sealed with it, and what is held of the person at this moment.

import { both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { notFound } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { linesOf } from '../../../platform/pdf.ts';
import type { Erasure, Values } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { policyInForce, waysToDesk } from '../../policy/index.ts';
import type { EventBody, HoldingItems, Review } from '../facts/event.ts';
import { formOf, hasEffect, looksAtPerson } from '../facts/kind.ts';
import { withPlaces } from '../facts/place.ts';
import { goesToAgent, numberOf } from '../facts/request.ts';
import type { Form } from '../letters/cover.ts';
import type { About, Addressee, Writing } from '../letters/paper.ts';
import { papersOf } from '../store/papers.ts';
import { erasuresOf } from './carry-out.ts';
import type { Case } from './cases.ts';
import { keyOf, type Paper, textOf } from './papers.ts';
import { reviewsNow } from './collect.ts';
import type { Plan } from './decide.ts';
import { formerOf } from './former.ts';
import { receiptCode } from './receipt.ts';
import type { Agent, Sender } from './register.ts';
import { currentTexts } from './texts.ts';
import { thereNow } from './there.ts';
import { readTold, type Told } from './told.ts';

export const says = {
  none: notFound(both('いまの段階では、この手紙はありません', 'There is no such letter at this stage')),
  gone: both('書類は消去されています', 'The papers are erased'),
  noCode: notFound(
    both(
      'コードを送る先がないか、受け渡しが終わっています',
      'There is no address to send the code to, or the delivery is over',
    ),
  ),
  unnamed: both(
    '決定に、知らせない項目が書かれていません。決め直して、書いてください',
    'The decision does not name what is not told. Decide again and name it',
  ),
  unknown: both('当社の記録にありません', 'not in our records'),
};

/** What the sealed papers of a request say, read for one letter. */
interface Sealed {
  sender: Sender;
  /** Who acts for the person and gets the letters; null where nobody does. */
  agent: Agent | null;
  /** The latest text for each `about`. */
  reasons: ReadonlyMap<string, string>;
  redacted: ReadonlyMap<string, string>;
  plan: Plan;
  /** What stood before a correction, by holding. */
  former: ReadonlyMap<string, Values>;
  /** What the recipients were told of the correction. */
  told: readonly Told[];
  answer: string;
  /** The law by which something is kept though its erasure was asked for; undefined where none is. */
  law: string | undefined;
}

/** Opens the papers; `more` are those kept with the step that the letter goes out with. */
async function unsealed({ office }: Room, { row, request }: Case, more: readonly Paper[]): Promise<Sealed | null> {
  const key = keyOf(row);
  if (!key) return null;
  const papers = (await papersOf(office.database, row.id)).filter(({ sealed }) => sealed !== null);
  const text = (kind: string): string | undefined => {
    const paper = papers.findLast((one) => one.kind === kind);
    return paper && textOf(office, key, paper);
  };
  const byAbout = (kind: string): ReadonlyMap<string, string> =>
    new Map([
      ...papers
        .filter((one) => one.kind === kind)
        .map((paper) => [paper.about ?? '', textOf(office, key, paper)] as const),
      ...more.filter((one) => one.kind === kind).map((paper) => [paper.about ?? '', paper.text] as const),
    ]);
  const sender = text('sender');
  if (sender === undefined) return null;
  return {
    sender: JSON.parse(sender) as Sender,
    agent: goesToAgent(request) ? (JSON.parse(text('agent') ?? 'null') as Agent | null) : null,
    reasons: byAbout('reason'),
    redacted: byAbout('redacted'),
    plan: JSON.parse(text('change') ?? '{}') as Plan,
    former: formerOf(office, key, papers),
    told: readTold(office, key, papers),
    answer: text('answer') ?? '',
    law: text('keeping'),
  };
}

/** Splits off the postal code, which stands before the address in the window of the envelope. */
export function placeOf(address: string): Pick<Addressee, 'postal' | 'address'> {
  const found = /^\s*〒?\s*([0-9０-９]{3})[-‐−ー－]?([0-9０-９]{4})\s*/.exec(address);
  const rest = found ? address.slice(found[0].length) : address;
  return {
    postal: found ? `${found[1]}-${found[2]}`.normalize('NFKC') : null,
    address: rest.trim(),
  };
}

/** How a letter addresses somebody who gave no name. */
const nameless = both('差出人', 'Sir or Madam');

export function addresseeOf(
  { name, address, email }: Pick<Sender, 'name' | 'address' | 'email'>,
  lang: Lang,
): Addressee {
  const place = placeOf(address);
  return { ...place, address: place.address || email, organisation: null, name: name || nameless[lang] };
}

export const paragraphs = (text: string): string[] =>
  linesOf(text)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What a letter is written from. */
export interface Making {
  desk: Room;
  by: By;
  known: Case;
  /** The event it goes out with; null for a draft. */
  sent: EventBody | null;
  sealed: Sealed;
  stands: Standing;
  writing: Writing;
  /** Version of the sentences it is written with. */
  version: number;
  to: Addressee;
  about: About;
  form: Form | undefined;
  /** For a disclosure, the decisions item by item as of this moment. */
  reviews: readonly Review[];
  /** What is kept about the person at this moment. */
  there: readonly HoldingItems[];
  /** The erasures of the person, by id. */
  erasures: ReadonlyMap<string, Erasure>;
}

export const labelOf = ({ stands, writing }: Making, holding: string, item: string): string =>
  stands.holdings.get(holding)?.labels.get(item)?.[writing.lang] ?? item;

export const holdingOf = ({ stands, writing }: Making, holding: string): string =>
  stands.holdings.get(holding)?.name[writing.lang] ?? holding;

export const purposeOf = ({ stands, writing }: Making, id: string): string =>
  stands.purposes.get(id)?.says?.[writing.lang] ?? id;

/** Orders the items of a holding as the ledger does; those no longer in the ledger come last. */
export const ledgerOrder = ({ stands }: Making, holding: string): ((a: string, b: string) => number) => {
  const codes = [...(stands.holdings.get(holding)?.labels.keys() ?? [])];
  const rank = (item: string): number => (codes.includes(item) ? codes.indexOf(item) : codes.length);
  return (a, b) => rank(a) - rank(b);
};

/** The decisions item by item, in the order of the holdings and of their items. */
export const reviewsOf = (making: Making): Review[] => {
  const { collected } = making.known.request;
  return (collected?.holdings ?? []).flatMap(({ holding }) => {
    const order = ledgerOrder(making, holding);
    return making.reviews.filter((one) => one.holding === holding).toSorted((a, b) => order(a.item, b.item));
  });
};

/** Where the person can see how far their request is, and the code that shows it. */
export const statusOf = (office: Office, request: string) => ({
  code: receiptCode(office, request),
  place: `${office.config.publicUrl}/requests/status`,
});

/** What a letter is made for: the event it goes out with and the papers kept with that; a draft has neither. */
export interface MadeFor {
  sent: EventBody | null;
  papers: readonly Paper[];
  /** Where it goes instead of the address on record. */
  to?: Pick<Sender, 'address' | 'email'>;
}

/** The signature of a mail to a person: the company and its desk, with the address to write to and the other ways to reach it. */
export async function mailSignature(office: Office, lang: Lang): Promise<string[]> {
  const inForce = await policyInForce(office, office.clock.today());
  if (!inForce) return [];
  const { name, desk } = inForce.policy.operator;
  const ways = waysToDesk(desk).map((way) => way.name[lang] + way.at);
  return [name[lang], desk.name[lang], desk.address[lang], ...ways];
}

export const draft: MadeFor = { sent: null, papers: [] };

export async function makingOf(desk: Room, by: By, known: Case, { sent, papers, to }: MadeFor): Promise<Making | null> {
  const { office } = desk;
  const { row, request } = known;
  // A letter is dated the day it goes out.
  const on: Day = sent?.on ?? office.clock.today();
  const inForce = (await policyInForce(office, on)) ?? (await policyInForce(office, office.clock.today()));
  const sealed = await unsealed(desk, known, papers);
  if (!inForce || !sealed) return null;
  const { operator } = inForce.policy;
  const { version, texts } = await currentTexts(office);
  const named = looksAtPerson(request.kind) ? formOf(request.kind) : null;
  const suspends = hasEffect(request.kind) && request.kind !== 'correction';
  return {
    desk,
    by,
    known,
    sent,
    sealed,
    stands: withPlaces(await standing(office), request),
    writing: { operator, texts, on, lang: request.lang },
    version,
    to: addresseeOf({ ...(sealed.agent ?? sealed.sender), ...to }, request.lang),
    about: {
      number: numberOf(row),
      status: statusOf(office, row.id),
      arrivedOn: request.arrivedOn,
      principal: sealed.agent && (sealed.agent.principal || sealed.sender.name),
      kind: request.kind,
      scope: request.scope,
    },
    form: operator.forms.find((form) => form.kind === named && form.scope === request.scope),
    reviews: await reviewsNow(desk, request),
    there: suspends ? await thereNow(office, request) : [],
    erasures: suspends ? await erasuresOf(office, request) : new Map<string, Erasure>(),
  };
}
