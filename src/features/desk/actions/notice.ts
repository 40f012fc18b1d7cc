// The notice of the answer, and the letter to a recipient that was given what was wrong: what was decided and done, what was not, and the reasons.

import { dayOf, type Day } from '../../../base/day.ts';
import { done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Document } from '../../../platform/pdf.ts';
import { listed } from '../../../platform/ui/format.ts';
import type { SuspensionFacts } from '../../../law/index.ts';
import { identityUntil } from '../../checkpoint/index.ts';
import { recipientNames, measureItemWords, recipientOf } from '../../recipients/index.ts';
import { isDismissed } from '../facts/dismissal.ts';
import { restrictsUse } from '../facts/effect.ts';
import { withholdingGrounds, type EventBody, type Review } from '../facts/event.ts';
import { ownerIn, placeIn, stepFor } from '../facts/place.ts';
import { feeOver } from '../facts/request.ts';
import { correctedLetter } from '../letters/corrected.ts';
import { dismissalLetter, type DismissalFacts } from '../letters/dismissal.ts';
import { noticeLetter, type Done, type Notice, type NoticeParts } from '../letters/notice.ts';
import { letterDay, type Addressee } from '../letters/paper.ts';
import { filled } from '../letters/texts.ts';
import { bodyOf } from '../store/events.ts';
import { aboutItem } from './collect.ts';
import {
  holdingOf,
  labelOf,
  ledgerOrder,
  type Making,
  paragraphs,
  placeOf,
  purposeOf,
  reviewsOf,
  says,
} from './making.ts';
import { isUntold, keepsUnnamed, measuresOf } from './measures.ts';
import { shownOf, type Shown } from './shown.ts';
import { toldTo } from './told.ts';

const isHeldBack = ({ decision }: Review): boolean => decision === 'withhold' || decision === 'redact';

/** States that records are held back and on which ground, but not which of them: the person would then know what they say. */
function recordsHeldBack({ reviews, writing: { texts, lang } }: Making): NoticeParts['withheld'] {
  const { provisions, receipts } = texts.disclosure;
  return Object.entries({ provisions, receipts }).flatMap(([of, { title }]) => {
    const there = reviews.filter(({ holding, decision }) => holding === of && decision !== 'absent');
    return withholdingGrounds.flatMap((ground) => {
      const held = there.filter((one) => isHeldBack(one) && one.ground === ground).length;
      return held > 0 ? [{ item: title[lang], part: held < there.length, ground }] : [];
    });
  });
}

const itemsHeldBack = (making: Making): NoticeParts['withheld'] =>
  reviewsOf(making).flatMap(({ holding, item, decision, ground }) =>
    ground !== null && isHeldBack({ holding, item, decision, ground })
      ? [
          {
            item: `${holdingOf(making, holding)}　${labelOf(making, holding, item)}`,
            part: decision === 'redact',
            ground,
          },
        ]
      : [],
  );

/** Why nothing was left to do for a step, by the name of the step. */
const needlessOf = ({ known, sealed }: Making): ReadonlyMap<string, string> =>
  new Map(
    known.effects.flatMap(({ step }) => {
      const why = sealed.reasons.get(step);
      return why === undefined ? [] : [[step, why]];
    }),
  );

/** Each item that was changed with what stood there and what stands there now. */
const changesOf = (making: Making): NoticeParts['changes'] =>
  (making.sealed.plan.changes ?? []).flatMap(({ holding, items }) => {
    if (needlessOf(making).has(`correct:${holding}`)) return [];
    const former = making.sealed.former.get(holding);
    return Object.entries(items).map(([item, after]) => ({
      item: labelOf(making, holding, item),
      before: former?.[item] ?? null,
      after,
    }));
  });

/** Whether the former content can be told of everything that was corrected; without it a change would read as an addition. */
const tellsFormer = (making: Making): boolean => {
  const { plan, former } = making.sealed;
  const needless = needlessOf(making);
  const told = ({ holding }: { holding: string }): boolean => former.has(holding) || needless.has(`correct:${holding}`);
  return making.known.request.kind !== 'correction' || (plan.changes ?? []).every(told);
};

/** The recipients that were to be told of a correction, and how far they were. */
async function recipientsOf({ desk, known, sealed }: Making): Promise<NoticeParts['recipients']> {
  const { tell = [] } = sealed.plan;
  if (tell.length === 0) return [];
  const steps = known.effects.map(({ step }) => step);
  const names = await recipientNames(desk.office, tell);
  return tell.map((id) => ({ name: names.get(id) ?? id, told: toldTo(id, steps, sealed.told) }));
}

/** Whether a step had nothing left to do for every id of the person. */
function isNeedless(making: Making, step: string): boolean {
  const { principals } = making.known.request.specified ?? { principals: [] };
  const needless = needlessOf(making);
  return principals.every((principal) => needless.has(stepFor(principals, step, principal)));
}

type Stopped = Extract<Done, { what: 'stopped' | 'purposes' | 'provisions' | 'recipients' }>;

type Erased = Extract<Done, { what: 'erased' }>['of'];

/** What an erasure in part removed from each place. */
function takenOut({ known, sealed }: Making): { place: string; items: readonly string[]; on: Day }[] {
  return (sealed.plan.changes ?? []).flatMap(({ holding: place, items }) => {
    const step = `correct:${place}`;
    const effect = known.effects.find((one) => one.step === step);
    return effect && !sealed.reasons.has(step)
      ? [{ place, items: Object.keys(items), on: dayOf(effect.at.getTime()) }]
      : [];
  });
}

/**
 * What an erasure of everything removed from each holding, for every id of the person. Older erasures did not keep that; they are told as what was
 * collected.
 */
function erasedWhole({ known: { request }, erasures }: Making): { place: string; items: readonly string[]; on: Day }[] {
  const collected = request.collected?.holdings ?? [];
  return [...erasures].flatMap(([principal, { at, held }]) =>
    (held ?? collected.filter(({ holding }) => ownerIn(request, holding) === principal)).map(({ holding, items }) => ({
      place: held ? (placeIn(request, holding, principal) ?? holding) : holding,
      items,
      on: dayOf(at.getTime()),
    })),
  );
}

/** The same in the order of the collection; what came later comes last. */
function erasedOf(making: Making): Erased {
  const { decided, collected } = making.known.request;
  const places = (collected?.holdings ?? []).map(({ holding }) => holding);
  const rank = (place: string): number => (places.includes(place) ? places.indexOf(place) : places.length);
  return (decided?.result === 'partly' ? takenOut(making) : erasedWhole(making))
    .toSorted((a, b) => rank(a.place) - rank(b.place))
    .map(({ place, items, on }) => ({
      holding: holdingOf(making, place),
      items: items.toSorted(ledgerOrder(making, place)).map((item) => labelOf(making, place, item)),
      on,
    }));
}

/** What a stop ended: use for some purposes, provision to some recipients, or all of it for every holding. */
async function stoppedOf(making: Making, kind: 'stop-use' | 'stop-provision'): Promise<Omit<Stopped, 'on'>> {
  const { desk, known, sealed } = making;
  const part = known.request.decided?.result === 'partly';
  const left = (ids: readonly string[], scope: 'purpose' | 'recipient'): string[] =>
    ids.filter((id) => !isNeedless(making, `object:${scope}:${id}`));
  const { purposes = [], recipients = [] } = sealed.plan;
  if (kind === 'stop-use' && part)
    return { what: 'purposes', of: left(purposes, 'purpose').map((id) => purposeOf(making, id)) };
  if (kind === 'stop-provision' && part) {
    const names = await recipientNames(desk.office, recipients);
    return { what: 'recipients', of: left(recipients, 'recipient').map((id) => names.get(id) ?? id) };
  }
  const needless = needlessOf(making);
  const { principals } = known.request.specified ?? { principals: [] };
  const step = `object:${kind === 'stop-use' ? 'everything' : 'provision'}`;
  const isOver = (holding: string): boolean => {
    const owner = ownerIn(known.request, holding);
    return owner === null ? isNeedless(making, step) : needless.has(stepFor(principals, step, owner));
  };
  const collected = (known.request.collected?.holdings ?? []).map(({ holding }) => holding);
  // A stop reaches what came since, too.
  const places = new Set([
    ...collected.filter((place) => !isOver(place)),
    ...making.there.map(({ holding }) => holding),
  ]);
  return {
    what: kind === 'stop-use' ? 'stopped' : 'provisions',
    of: [...places].map((place) => holdingOf(making, place)),
  };
}

/** The last day on which the person's name is kept for records that name them, under any of their ids; null when it is not kept. */
async function identityLeft({ desk, erasures }: Making): Promise<Day | null> {
  let last: Day | null = null;
  for (const principal of erasures.keys()) {
    const until = await identityUntil(desk.office, principal);
    if (until && (!last || until > last)) last = until;
  }
  return last;
}

/** What was done, each with its day, and what was over already. */
async function doneOf(making: Making): Promise<Done[]> {
  const { known, writing } = making;
  const { kind, carriedOut } = known.request;
  const on = carriedOut?.on ?? writing.on;
  const already: Done = { what: 'already', of: [...new Set(needlessOf(making).values())] };
  const did: Done[] =
    kind === 'erasure'
      ? [{ what: 'erased', of: erasedOf(making), identityUntil: await identityLeft(making) }]
      : kind === 'stop-use' || kind === 'stop-provision'
        ? [{ ...(await stoppedOf(making, kind)), on }]
        : [];
  return [...did, already].filter(({ of }) => of.length > 0);
}

/** The sentence that a law requires the data to be kept and that it is used for nothing else meanwhile; none when nothing was left to keep. */
function keptOnly(making: Making): string[] {
  const { known, sealed, writing } = making;
  const { decided, carriedOut } = known.request;
  const until = ((decided?.facts ?? {}) as SuspensionFacts).keeping?.until;
  if (!restrictsUse(decided) || !until || isNeedless(making, 'object:everything')) return [];
  const { texts, lang } = writing;
  const on = letterDay(carriedOut?.on ?? writing.on, lang);
  const law = sealed.law ?? says.unknown[lang];
  return [filled(texts.notice.kept, lang, { law, until: letterDay(until, lang), on })];
}

/** The items told about each recipient abroad, and that the others are kept back (Rules 18(3), (4)). */
async function toldOf({ desk, sealed, writing }: Making, abroad: Shown['abroad']): Promise<NoticeParts['told']> {
  const { lang, texts } = writing;
  const all = await measuresOf(desk.office, abroad);
  return all.map((one) => ({
    title: `${one.name}${lang === 'ja' ? '、' : ', '}${measureItemWords[one.item]![lang]}`,
    says: (isUntold(sealed.plan, one) ? texts.notice.leftOut : (one.says ?? says.unknown))[lang],
  }));
}

async function noticeParts(making: Making, shown: Pick<Shown, 'purposes' | 'abroad'>): Promise<NoticeParts> {
  const { known, sealed, writing } = making;
  const { request } = known;
  const { texts, lang } = writing;
  const ids = [...new Set(shown.purposes.flatMap(({ purposes }) => purposes))];
  const needless = [...new Set(needlessOf(making).values())];
  return {
    reasons: reasonsOf(making),
    purposes: ids.map((id) => purposeOf(making, id)),
    handed: {
      document:
        request.kind === 'record-disclosure'
          ? texts.disclosure.records.title[lang]
          : filled(texts.disclosure.title, lang, { information: texts.information[request.scope][lang] }),
      by: wayOf(making),
    },
    withheld: request.kind === 'record-disclosure' ? recordsHeldBack(making) : itemsHeldBack(making),
    told: await toldOf(making, shown.abroad),
    changes: changesOf(making),
    recipients: await recipientsOf(making),
    done: await doneOf(making),
    measure:
      request.decided?.result === 'otherwise'
        ? [...paragraphs(sealed.plan.measures ?? ''), ...keptOnly(making), ...needless]
        : keptOnly(making),
  };
}

/**
 * How what is disclosed is handed over: in the way it goes out; in a draft, as the person chose where that is possible. Once the answer has gone out,
 * what is still made of it is for the post.
 */
const wayOf = ({ desk: { office }, known: { request }, sent }: Making): NoticeParts['handed']['by'] => {
  if (sent?.event === 'notified') return sent.by === 'post' ? 'paper' : sent.by;
  if (request.notified !== null || request.method !== 'electronic') return 'paper';
  return office.mail.on ? 'electronic' : 'own-mail';
};

/** The reasons for the result and for items held back; a reason that several items share is given once, with all of them. */
function reasonsOf(making: Making): string[] {
  const { known, sealed, writing } = making;
  const decided = paragraphs(sealed.reasons.get('decided') ?? '');
  const items = new Map<string, string[]>();
  for (const review of reviewsOf(making)) {
    const reason = review.ground === null ? undefined : sealed.reasons.get(aboutItem(review));
    if (reason && !decided.includes(reason.trim()))
      items.set(reason, [...(items.get(reason) ?? []), labelOf(making, review.holding, review.item)]);
  }
  const colon = writing.lang === 'ja' ? '：' : ': ';
  const said = [...items].map(([reason, labels]) => `${listed(labels, writing.lang)}${colon}${reason}`);
  return [...decided, ...(known.request.kind === 'disclosure' ? said : [])];
}

/** The letter of a dismissal; nothing held about the person is looked at for it. */
function dismissal({ known: { request: r }, sealed, to, about, writing }: Making): Document {
  const ground = r.decided?.ground;
  if (ground === undefined) throw new Error('desk: a dismissal has its ground');
  const why: DismissalFacts['why'] =
    ground === 'lacking' ? { ground, lacks: r.lacks, until: r.waitsUntil! } : { ground };
  const reason = paragraphs(sealed.reasons.get('decided') ?? '');
  return dismissalLetter({ to, about, why, reason, yen: feeOver(r) }, writing);
}

export async function notice(making: Making): Promise<Outcome<Document>> {
  if (isDismissed(making.known.request)) return done(dismissal(making));
  if (!tellsFormer(making)) return notFound(says.gone);
  if (keepsUnnamed(making.known.request, making.sealed.plan)) return invalid('untold', says.unnamed);
  const shown = await shownOf(making.desk, making.by, making.known.row.id);
  return shown.ok ? done(await noticeSaying(making, shown.value)) : shown;
}

/** Yen that were waived, if the person had been asked for them: with the request, or by a letter of its own. */
function waivedYen({ known: { request: r, events } }: Making): number {
  const asked = (one: EventBody): boolean => one.event === 'papers-short' && one.lacks.includes('fee');
  return !r.feeAfter || events.map(bodyOf).some(asked) ? r.fee.waived : 0;
}

async function noticeSaying(making: Making, shown: Pick<Shown, 'purposes' | 'abroad'>): Promise<Document> {
  const { known, to, about, writing } = making;
  const { kind, decided } = known.request;
  const parts = await noticeParts(making, shown);
  const notice = { kind, result: decided!.result, parts } as Notice;
  return noticeLetter({ to, about, notice, waivedYen: waivedYen(making) }, writing);
}

/** The notice of a disclosure that is posted after all. It says nothing of what is disclosed, so nothing is read for it. */
export const posted = async (making: Making): Promise<Outcome<Document>> =>
  done(await noticeSaying(making, { purposes: [], abroad: [] }));

/** The letter to a recipient that was given what was wrong; in English to one abroad. */
export async function corrected(of: Making, recipient: string): Promise<Outcome<Document>> {
  const told = of.sealed.told.filter((one) => one.recipient === recipient);
  const known = await recipientOf(of.desk.office, recipient);
  const [first] = told;
  if (!first || !known.ok || !tellsFormer(of)) return notFound(says.gone);
  const { name, address, country } = known.value;
  const making: Making = { ...of, writing: { ...of.writing, lang: country === 'JP' ? 'ja' : 'en' } };
  const { former, plan } = making.sealed;
  // What was given in several ways is told once.
  const changes = new Map<string, NoticeParts['changes'][number]>();
  const whose = new Map<string, { item: string; value: string }>();
  for (const { holding, items, values } of told) {
    for (const item of items) {
      const after = plan.changes?.find((one) => one.holding === holding)?.items[item] ?? null;
      const before = former.get(holding)?.[item] ?? null;
      changes.set(`${holding}/${item}`, { item: labelOf(making, holding, item), before, after });
    }
    for (const [item, value] of Object.entries(values))
      if (!items.includes(item)) whose.set(`${holding}/${item}`, { item: labelOf(making, holding, item), value });
  }
  const to: Addressee = { ...placeOf(address), organisation: name, name: null };
  const { number } = making.about;
  return done(
    correctedLetter(
      { to, number, givenOn: first.givenOn, whose: [...whose.values()], changes: [...changes.values()] },
      making.writing,
    ),
  );
}
