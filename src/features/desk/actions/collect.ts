// Finds whose information a request is about, collects what is held about them, and decides on it item by item. The search goes through the
// checkpoint, the collection through the doors of the rooms that keep the information. Nothing happens before the requester is identified. No values
// are read here, except to compare the address of who was found with where the answer goes.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { conflict, done, fieldOutcome, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { holdPersons, othersOf, sameAs, type Match, type SearchTerm } from '../../../vault/index.ts';
import { listed } from '../../../platform/ui/format.ts';
import type { By, Room } from '../../access/index.ts';
import { find, MOST_MATCHES, standing } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import type { Distinction, EventOf, HoldingItems, ItemDecision, Review, WithholdingGround } from '../facts/event.ts';
import { isDisclosure } from '../facts/kind.ts';
import { inHolding, sharedIn } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import { COVERED, sameItem } from '../facts/review.ts';
import { says as factSays } from '../facts/says.ts';
import { isAnother, type Since } from '../facts/since.ts';
import { caseOf, type Case } from './cases.ts';
import { happen, madeBefore, mayHappen, ofDecision, simply, type Happening, type Step } from './happen.ts';
import type { Paper } from './papers.ts';
import { addressCheck } from './elsewhere.ts';
import { reaching } from './reach.ts';
import { changedOf, versionIn } from './since.ts';
import { isAmong, keptAbout, keptAboutAll, recordIds, thereNow } from './there.ts';

const says = {
  tooMany: both(
    `条件に合う人が${MOST_MATCHES}人以上います。表示されていない人がいるかもしれないので、条件を加えて絞り込んでください`,
    `${MOST_MATCHES} or more people match, and some may not be shown here. Add a condition to narrow the search`,
  ),
  several: both(
    '条件に合う人が複数います。どれがその人かを確かめ、その人のものはすべて選んでください',
    'More than one entry matches. Find out which are this person’s and choose all of those',
  ),
  confirm: both(
    '条件に合う人が1人います。その人でよいかを確かめて選んでください',
    'One person matches. Make sure that it is the right person, then choose them',
  ),
  notFound: both('選んだ人は、検索の条件に合いません', 'The person chosen does not match the search'),
  nobody: both(
    '条件に合う人がいません。ほかの書き方や条件でも探してください。それでもいなければ、印を付けて記録します',
    'Nobody matches. Try other spellings and other conditions. If there is still nobody, tick the box to record that',
  ),
  reason: both('開示しない理由を書いてください', 'Write the reason for withholding it'),
  coverReason: both('伏せる理由を書いてください', 'Write the reason for redacting it'),
  redacted: both(
    '伏せるところを ■ で置き換えて、伏せた後の内容を書いてください。見せるところがなければ、判断で「開示しない」を選んでください',
    'Write the text that is shown instead, with ■ for each redacted part. Where nothing is left to show, withhold the item',
  ),
  noRedacted: both(
    '一部を伏せるときだけ書いてください。この内容で見せるなら、判断で「一部を伏せる」を選んでください',
    'Write this only when redacting a part. To show this text, change the decision accordingly',
  ),
  noReason: both('開示しない部分だけに、理由を書きます', 'Give a reason only for what is withheld'),
  parted: both(
    '同じ本人のものとした記録の結び付けが、取り消されました。本人を特定し直してください',
    'Records linked as the same person’s have been unlinked. Find the person again',
  ),
  joined: both(
    '同じ本人の記録が、ほかにも結び付けられました。本人を特定し直して、対象に含めてください',
    'Another record has been linked as the same person’s. Find the person again to include it',
  ),
  changed: both(
    '判断した後に、内容が変わった項目があります。その項目のいまの内容を見て、判断し直してください',
    'Some items have changed since they were judged. Look at what they say now, and decide on them again',
  ),
  grown: both(
    '集めた後に増えたものがあります。もう一度集めて、増えたものについても決めてください',
    'Something has been added since the collection. Collect again and decide on that too',
  ),
  overtaken: both(
    'この項目の内容が、開いた後に変わりました。もう一度開いて、いまの内容を確かめてください',
    'This item has changed since you opened it. Open it again and look at what it says now',
  ),
  begun: both(
    'すでに一部を実施しています。本人を特定し直せないので、個人情報保護管理者に知らせてください',
    'Part of it has been carried out already, so the person cannot be found again. Tell the privacy officer',
  ),
} satisfies Record<string, Bilingual>;

const sharing = (ledgers: Bilingual): Bilingual =>
  both(
    `選んだ記録のうち2つ以上が、同じ台帳にあります（${ledgers.ja}）。同じ人の記録なら、個人情報保護管理者に本人の画面で結び付けてもらってから、選んでください`,
    `Two or more of the records you chose are in the same ledger (${ledgers.en}). If they are the same person’s, have the privacy officer link them on the person’s page, then choose them`,
  );

export interface SpecifyAsk {
  /** The person must match all of them. */
  terms: readonly SearchTerm[];
  /** Ids among the matches that are the person, chosen after somebody looked at them; none to search first. */
  principals?: readonly string[] | undefined;
  /** What told them apart from the others, or showed that they are one person. */
  toldApart?: Distinction | undefined;
  /** False: when nobody matches, that is asked about first and not recorded. */
  nobody?: boolean | undefined;
}

/** An id to be looked at and chosen: it matches the terms now, an earlier search found it, or it is linked with one of those. */
export interface Hit extends Match {
  by: 'terms' | 'earlier' | 'link';
  /** The other ids of the same person. */
  others: readonly string[];
}

/**
 * The ids that a search of a request offers: those that match now; those that an earlier search chose and that do not match now, since one person may
 * be written in several ways; and every other entry of the same persons.
 */
export async function hitsOf(
  office: Office,
  { specified }: Pick<Request, 'specified'>,
  found: readonly Match[],
): Promise<Hit[]> {
  const matching = found.map(({ principal }) => principal);
  const earlier = (specified?.principals ?? []).filter((id) => !matching.includes(id));
  const all = await sameAs(office.database, [...matching, ...earlier]);
  const others = await othersOf(office.database, all);
  const hits = await Promise.all(
    all.map(async (principal): Promise<Hit> => {
      const match = found.find((one) => one.principal === principal);
      const of = { principal, others: others.get(principal) ?? [] };
      if (match) return { ...of, holdings: match.holdings, by: 'terms' };
      const kept = (await keptAbout(office, principal)).map(({ holding }) => holding);
      return earlier.includes(principal)
        ? { ...of, holdings: kept.filter((id) => specified?.holdings.includes(id)), by: 'earlier' }
        : { ...of, holdings: kept, by: 'link' };
    }),
  );
  // A linked id that was erased has nothing to choose.
  return hits.filter(({ by, holdings }) => by !== 'link' || holdings.length > 0);
}

/** Ids of which no holding keeps anything, for a request about records, which reaches erased persons too. */
export const erasedAmong = ({ kind }: Pick<Request, 'kind'>, hits: readonly Hit[]): string[] =>
  kind === 'record-disclosure'
    ? hits.filter(({ holdings }) => holdings.length === 0).map(({ principal }) => principal)
    : [];

/** The groups of several ids that are one person, each person once. */
function personsOf(hits: readonly Hit[]): string[][] {
  const here = (id: string): boolean => hits.some(({ principal }) => principal === id);
  return hits
    .map(({ principal, others }) => [principal, ...others.filter(here)])
    .filter((ids, i) => ids.length > 1 && hits.findIndex(({ principal }) => ids.includes(principal)) === i);
}

/**
 * The persons who match all of the terms. A problem when there may be more than a search returns, since the person may be the one left out. A request
 * for records finds an erased person too, as long as a record names them.
 */
export async function matching(
  desk: Room,
  by: By,
  { kind }: Pick<Request, 'kind'>,
  terms: readonly SearchTerm[],
): Promise<Outcome<Match[]>> {
  const may = await reaching(desk, by, 'people:search', []);
  if (!may.ok) return may;
  const found = await find(desk.office, may.value, { terms, holding: null, erased: kind === 'record-disclosure' });
  return found.ok && found.value.length >= MOST_MATCHES ? invalid('terms', says.tooMany) : found;
}

/** The event of a search that found nobody; every search is checked with it before anybody is chosen. */
export const nobodyBy = ({ request, since }: Case, terms: readonly SearchTerm[], on: Day): EventOf<'specified'> => ({
  event: 'specified',
  on,
  principals: [],
  holdings: [],
  searched: terms.map(({ kind }) => kind),
  matches: 0,
  toldApart: null,
  ...(isAnother(since) && request.decided ? { anew: true } : {}),
});

/**
 * Finds whose information it is. No match means that nothing is held. Anybody who matches, even the only one, must be looked at and chosen, and
 * several must be told apart: nobody is guessed. Choosing one id brings every id linked with it, and only linked ids may be in one ledger. The
 * checkpoint logs the search itself. After a decision this is only for a request whose ids are not one person any more, or not all of the person's.
 */
export async function specify(desk: Room, by: By, id: string, step: Step, ask: SpecifyAsk): Promise<Outcome<Case>> {
  const { office } = desk;
  const nobodyIn = (of: Case) => nobodyBy(of, ask.terms, office.clock.today());
  // Checked before the search, so that nobody is searched for in vain, nor before the requester is identified.
  const ready = await mayHappen(desk, by, id, step, nobodyIn);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const nobody = nobodyIn(known);
  const { request, effects } = known;
  if (effects.length > 0) return conflict('event', says.begun);
  const drop = request.decided ? ofDecision : [];
  // Checked again with the request locked, since a step may be done meanwhile. The persons are locked too: an erasure at that moment comes before the
  // request reaches them, or not at all (`besideDesk`).
  const specifying = (happening: Happening & { event: EventOf<'specified'> }): Promise<Outcome<Case>> =>
    happen(
      desk,
      by,
      id,
      step,
      (now) => (now.effects.length > 0 ? conflict('event', says.begun) : done({ ...happening, drop })),
      (tx) => holdPersons(tx, happening.event.principals),
    );
  const found = await matching(desk, by, request, ask.terms);
  if (!found.ok) return found;
  const all = await hitsOf(office, request, found.value);
  const principals = [...new Set(ask.principals)];
  const chosen = all.filter(({ principal }) => principals.includes(principal));
  if (chosen.length < principals.length) return invalid('principal', says.notFound);
  if (found.value.length === 0 && chosen.length === 0) {
    if (ask.nobody === false) return invalid('nobody', says.nobody);
    return specifying({ event: nobody, subjects: { matches: 0 } });
  }
  const matches = all.length;
  if (principals.length === 0) return invalid('principal', matches === 1 ? says.confirm : says.several);
  const whole = all.filter(({ principal, others }) => [principal, ...others].some((one) => principals.includes(one)));
  const ids = [...new Set([...principals, ...whole.map(({ principal }) => principal)])];
  const there = await keptAboutAll(office, ids);
  const shared = await sharedProblem(office, there, 'principal');
  if (shared) return invalid(shared.field, shared.says);
  const address = await addressCheck(desk, by, known, there);
  const holdings = [...new Set(whole.flatMap((one) => one.holdings))];
  return specifying({
    event: {
      ...nobody,
      principals: ids,
      holdings,
      persons: personsOf(whole),
      matches,
      toldApart: ask.toldApart ?? null,
      ...(address ? { address } : {}),
    },
    subjects: { matches, ...(ask.toldApart ? { told_apart: ask.toldApart } : {}) },
  });
}

/** The problem of ids that are in one ledger without being linked as one person; null when there are none. */
async function sharedProblem(
  office: Office,
  there: readonly HoldingItems[],
  field: string,
): Promise<FieldProblem | null> {
  const owners = sharedIn(there);
  if (owners.size === 0) return null;
  const others = await othersOf(office.database, [...owners.values()].flat());
  const isOne = ([first, ...rest]: readonly string[]): boolean =>
    rest.every((id) => others.get(first!)?.includes(id) === true);
  const shared = [...owners].filter(([, ids]) => !isOne(ids)).map(([holding]) => holding);
  if (shared.length === 0) return null;
  const { holdings } = await standing(office);
  const names = shared.map((id) => holdings.get(id)?.name ?? both(id.slice(-8), id.slice(-8)));
  const ledgers = both(
    names.map(({ ja }) => `「${ja}」`).join(''),
    listed(
      names.map(({ en }) => `“${en}”`),
      'en',
    ),
  );
  return { field, says: sharing(ledgers) };
}

/** The problem of a request whose ids are no longer one person; null otherwise. */
export const partedProblem = ({ since }: Pick<Case, 'since'>): FieldProblem | null =>
  since.parted ? { field: 'principal', says: says.parted } : null;

/** The same, or the problem of a request that lacks ids linked since, until a part of it has been carried out. */
export const wholeProblem = ({ since }: Pick<Case, 'since'>): FieldProblem | null =>
  partedProblem({ since }) ?? (isAnother(since) ? { field: 'principal', says: says.joined } : null);

/** Why a disclosure cannot be decided or go out: items have changed since they were judged. Null when none have. */
export const changedProblem = ({ changed }: Pick<Since, 'changed'>): FieldProblem | null =>
  changed.length > 0 ? { field: 'reviews', says: says.changed } : null;

/** Why nothing can be decided or erased: something has been added since the collection. Null when nothing has. */
export const grownProblem = ({ grown }: Pick<Since, 'grown'>): FieldProblem | null =>
  grown ? { field: 'collected', says: says.grown } : null;

/** The reviews of all records: each is disclosed unless somebody decided otherwise about it. */
const wholeOf = ({ collected, reviews }: Request): Review[] =>
  (collected?.holdings ?? []).flatMap(({ holding, items }) =>
    items.map(
      (item): Review =>
        reviews.find((one) => one.holding === holding && one.item === item) ?? {
          holding,
          item,
          decision: 'disclose',
          ground: null,
        },
    ),
  );

/** The decisions item by item, as of this moment: what was erased or taken out since is absent (33(3)). */
export async function reviewsNow(desk: Room, request: Request): Promise<Review[]> {
  const { kind, reviews } = request;
  if (!isDisclosure(kind)) return [];
  const there = await thereNow(desk.office, request);
  return (kind === 'record-disclosure' ? wholeOf(request) : reviews).map((one) =>
    isAmong(there, one) ? one : { ...one, decision: 'absent', ground: null },
  );
}

/** Collects which holdings and items are held about the person, and how many records of provision and of receipt there are. */
export async function collect(desk: Room, by: By, id: string, step: Step): Promise<Outcome<Case>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok) return known;
  const made = madeBefore(office, by, known.value, step);
  if (made) return made;
  const { request, since } = known.value;
  const on = office.clock.today();
  const anew = since.grown && request.decided ? ({ anew: true } as const) : {};
  const nothing: EventOf<'collected'> = { event: 'collected', on, ...anew, holdings: [], provisions: 0, receipts: 0 };
  // Checked before anything is looked up, and again with the request locked.
  const early = admit(request, nothing, on);
  if (early) return invalid(early.field, early.says);
  const incomplete = wholeProblem(known.value);
  if (incomplete) return invalid(incomplete.field, incomplete.says);
  const { principals } = request.specified!;
  if (principals.length === 0) return simply(desk, by, id, step, { event: nothing });
  const may = await reaching(desk, by, 'people:use', principals);
  if (!may.ok) return may;
  const holdings = await thereNow(office, request);
  // Another id may have come into a ledger since they were found.
  const shared = await sharedProblem(office, holdings, 'collected');
  if (shared) return invalid(shared.field, shared.says);
  const records = await recordIds(office, principals);
  const counts = { provisions: records.provisions.length, receipts: records.receipts.length };
  return simply(desk, by, id, step, {
    event: { ...nothing, holdings, ...counts },
    subjects: counts,
    about: (principal) => itemsHeld(holdings, principal),
  });
}

/** What the log says was found of an id: holdings and items. Of records it says only how many there are. */
function itemsHeld(kept: readonly HoldingItems[], principal: string): { holdings?: string[]; items?: string[] } {
  const own = kept.filter((one) => one.principal === principal);
  if (own.length === 0) return {};
  return {
    holdings: own.map(({ holding }) => inHolding(holding).holding),
    items: [...new Set(own.flatMap(({ items }) => items))].toSorted(),
  };
}

export interface ReviewAsk {
  holding: string;
  item: string;
  decision: ItemDecision;
  ground: WithholdingGround | null;
  /** Why it is held back; sealed. */
  reason: string;
  /** What is shown of a redacted item; sealed. */
  redacted: string;
  /** Version of the record that was looked at; left out: the present one. */
  version?: number | undefined;
}

/** The `about` under which the reason and the redacted text of an item are kept. */
export const aboutItem = ({ holding, item }: Pick<ReviewAsk, 'holding' | 'item'>): string => `${holding}/${item}`;

/** Whether a text shows the person that a part of it is covered (■), and leaves something to read. Nothing is cut out without a trace. */
const showsCover = (redacted: string): boolean =>
  redacted.includes(COVERED) && redacted.replaceAll(COVERED, '').trim() !== '';

/** Everything that is wrong with what was written about an item. */
function reviewProblems({ decision, ground, reason, redacted }: ReviewAsk): FieldProblem[] {
  const held = decision === 'withhold' || decision === 'redact';
  const wrong: [boolean, string, Bilingual][] = [
    [held && ground === null, 'ground', factSays.ground],
    [!held && ground !== null, 'ground', factSays.noGround],
    [held && reason.trim() === '', 'reason', decision === 'redact' ? says.coverReason : says.reason],
    [!held && reason.trim() !== '', 'reason', says.noReason],
    [decision === 'redact' && !showsCover(redacted), 'redacted', says.redacted],
    [decision !== 'redact' && redacted.trim() !== '', 'redacted', says.noRedacted],
  ];
  return wrong.flatMap(([is, field, what]) => (is ? [{ field, says: what }] : []));
}

/**
 * Decides about one item of what was collected, as it stands. This may be changed until the request is decided. An item that has changed since may be
 * decided about later too; the request is then decided anew.
 */
export async function review(desk: Room, by: By, id: string, step: Step, ask: ReviewAsk): Promise<Outcome<Case>> {
  const { holding, item, decision, ground } = ask;
  const held = decision === 'withhold' || decision === 'redact';
  const wrong = fieldOutcome(reviewProblems(ask));
  if (wrong) return wrong;
  const about = aboutItem(ask);
  const papers: Paper[] = [
    ...(held ? [{ kind: 'reason' as const, about, text: ask.reason }] : []),
    ...(decision === 'redact' ? [{ kind: 'redacted' as const, about, text: ask.redacted }] : []),
  ];
  return happen(desk, by, id, step, async ({ request, since }, tx) => {
    if (!isDisclosure(request.kind)) return conflict('event', notReviewed);
    const records = request.kind === 'record-disclosure';
    const version = records ? undefined : (ask.version ?? (await versionIn(tx, request, holding)));
    const overtaken = await changedOf(tx, request, [{ holding, item, version }]);
    if (overtaken.length > 0) return invalid('decision', says.overtaken);
    const judged = { holding, item, decision, ground, ...(version === undefined ? {} : { version }) };
    const anew = request.decided !== null && since.changed.some((one) => sameItem(one, judged));
    return done({
      event: { event: 'reviewed', on: desk.office.clock.today(), ...(anew ? { anew } : {}), ...judged },
      papers,
      subjects: { ...inHolding(holding), item, review: decision, ...(ground ? { ground } : {}) },
    });
  });
}

const notReviewed = both('この請求では、項目ごとに決めません', 'Items are not decided individually for this request');
