// The letter that says what was decided: what each outcome in the law's table must tell, in the words of the company. It does not mention a lawsuit:
// the law requires no company to tell of it (APPI 39 only says what must come before one).

import type { Day } from '../../../base/day.ts';
import type { RightsRequest } from '../../../law/index.ts';
import type { Document } from '../../../platform/pdf.ts';
import { listed, yen } from '../../../platform/ui/format.ts';
import type { Way } from '../facts/event.ts';
import { deskAddress, letter, letterDay, type About, type Addressee, type Point, type Writing } from './paper.ts';
import { filled, type ResultOf, type Says } from './texts.ts';

export type WithheldGround = 'harms' | 'impedes' | 'violates';

/** What a notice may have to tell besides its sentence. */
export interface NoticeParts {
  /** The reasons, as the officer wrote them (APPI 36). */
  reasons: readonly string[];
  /** The purposes of the information (APPI 32(2)). */
  purposes: readonly string[];
  /** The document that goes with it or can be fetched, and how. */
  handed: { document: string; by: 'paper' | Exclude<Way, 'post'> };
  /**
   * What is not disclosed, and on which ground (APPI 33(2)). `item` null: everything. `part`: the rest of the item is shown. Empty when something else
   * is the ground, such as another law that provides for the disclosure (33(4)).
   */
  withheld: readonly { item: string | null; part: boolean; ground: WithheldGround }[];
  /** What is told about a recipient abroad (APPI-Rules 18(3)). */
  told: readonly { title: string; says: string }[];
  /** The content of the change (APPI 34(3)); null before an addition and after a deletion. */
  changes: readonly { item: string; before: string | null; after: string | null }[];
  /** The recipients that were told of the change because the person asked for it, and those that could not be; empty when the person did not ask. */
  recipients: readonly { name: string; told: 'told' | 'partly' | 'untold' }[];
  /** What was erased or stopped, from which day, and what was over already; for a correction only the latter. */
  done: readonly Done[];
  /**
   * The measure in place of the one asked for, explained (APPI 35(2), (4), (6), 36); for a partial result, only that a law requires the data to be
   * kept.
   */
  measure: readonly string[];
}

/** What was erased from a holding on a day; what was stopped from a day; or sentences about what was over already. */
export type Done =
  | {
      what: 'erased';
      of: readonly { holding: string; items: readonly string[]; on: Day }[];
      /** The last day the name is kept for a record that must say whose it is (29(2), 30(4)); null when none is left. */
      identityUntil: Day | null;
    }
  | { what: 'stopped' | 'purposes' | 'provisions' | 'recipients'; of: readonly string[]; on: Day }
  | { what: 'already'; of: readonly string[] };

type PartName = keyof NoticeParts;

type PartTable = { readonly [K in RightsRequest]: { readonly [R in ResultOf<K>]: readonly PartName[] } };

const disclosures = {
  granted: ['handed'],
  partly: ['withheld', 'reasons', 'handed'],
  otherwise: ['reasons', 'handed'],
  'partly-otherwise': ['withheld', 'reasons', 'handed'],
  refused: ['withheld', 'reasons'],
  absent: ['reasons'],
} as const;

const suspensions = {
  granted: ['done'],
  partly: ['done', 'reasons'],
  otherwise: ['measure', 'reasons'],
  refused: ['reasons'],
} as const;

/** What the notice of each outcome tells, in the order of the letter. */
export const noticeParts = {
  'purpose-notice': { granted: ['purposes'], refused: ['reasons'] },
  disclosure: disclosures,
  'record-disclosure': disclosures,
  'foreign-information': { granted: ['told'], partly: ['told', 'reasons'], refused: ['reasons'] },
  correction: {
    granted: ['changes', 'recipients', 'done'],
    partly: ['changes', 'recipients', 'done', 'reasons'],
    refused: ['reasons'],
  },
  'stop-use': suspensions,
  // A law may require a part of the data to be kept.
  erasure: { ...suspensions, partly: ['done', 'measure', 'reasons'] },
  'stop-provision': suspensions,
} as const satisfies PartTable;

type PartsOf<Names> = Names extends readonly PartName[] ? Pick<NoticeParts, Names[number]> : never;

type NoticeOf<K extends RightsRequest> = {
  [R in keyof (typeof noticeParts)[K]]: { kind: K; result: R; parts: PartsOf<(typeof noticeParts)[K][R]> };
}[keyof (typeof noticeParts)[K]];

/** An outcome with exactly the parts that its notice must tell. */
export type Notice = { [K in RightsRequest]: NoticeOf<K> }[RightsRequest];

export interface NoticeFacts {
  to: Addressee;
  about: About;
  notice: Notice;
  /** Yen of the fee that the person was asked for and that were waived; 0 = none. */
  waivedYen: number;
}

const withheldPoint = (withheld: NoticeParts['withheld'], { texts: { notice }, lang }: Writing): Point => ({
  title: notice.withheld.title[lang],
  table: {
    head: [notice.withheld.item[lang], notice.withheld.ground[lang]],
    rows: withheld.map(({ item, part, ground }) => [
      item === null ? notice.withheld.all[lang] : part ? filled(notice.withheld.part, lang, { item }) : item,
      notice.grounds[ground][lang],
    ]),
  },
});

/** What was changed, item by item. */
export const changesPoint = (changes: NoticeParts['changes'], { texts: { notice }, lang }: Writing): Point => ({
  title: notice.changes.title[lang],
  table: {
    head: [notice.changes.item[lang], notice.changes.before[lang], notice.changes.after[lang]],
    rows: changes.map(({ item, before, after }) => [
      item,
      before ?? notice.changes.added[lang],
      after ?? notice.changes.deleted[lang],
    ]),
  },
});

function donePoints(done: Done, { texts: { notice }, lang }: Writing): Point[] {
  const title = notice.done[done.what][lang];
  if (done.what === 'already') return [{ title, says: [...done.of] }];
  const items =
    done.what === 'erased'
      ? done.of.map(({ holding, items: of, on }) =>
          filled(notice.lines.erased, lang, { holding, items: listed(of, lang), on: letterDay(on, lang) }),
        )
      : done.of.map((what) => filled(notice.lines.stopped, lang, { what, on: letterDay(done.on, lang) }));
  const until = done.what === 'erased' ? done.identityUntil : null;
  const left = until && filled(notice.lines.identity, lang, { until: letterDay(until, lang) });
  return [{ title, items }, ...(left ? [{ title: notice.done.left[lang], says: [left] }] : [])];
}

const pointOf: { readonly [P in PartName]: (part: NoticeParts[P], writing: Writing) => Point | Point[] } = {
  reasons: (reasons, { texts, lang }) => ({ title: texts.notice.reasons[lang], says: [...reasons] }),
  purposes: (purposes, { texts, lang }) => ({ title: texts.notice.purposes[lang], items: [...purposes] }),
  handed: ({ document, by }, { texts, lang }) => ({
    title: texts.notice.handed.title[lang],
    says: [filled(texts.notice.handed[by], lang, { document })],
  }),
  withheld: withheldPoint,
  told: (told, { texts, lang }) => ({
    title: texts.notice.told[lang],
    items: told.map(({ title, says }) => `${title}${lang === 'ja' ? '：' : ': '}${says}`),
  }),
  changes: changesPoint,
  recipients: (recipients, { texts: { notice }, lang }) => ({
    title: notice.recipients.title[lang],
    table: {
      head: [notice.recipients.recipient[lang], notice.recipients.result[lang]],
      rows: recipients.map(({ name, told }) => [name, notice.recipients[told][lang]]),
    },
  }),
  done: (done, writing) => done.flatMap((one) => donePoints(one, writing)),
  measure: (measure, { texts, lang }) => ({ title: texts.notice.measure[lang], says: [...measure] }),
};

/** How to complain (APPI 40), and to which organisation when the company is a member of an accredited one (APPI-Order 10(iii)). */
export function complaintPoint(writing: Writing): Point {
  const { operator, texts, lang } = writing;
  const { title, says, organisation } = texts.notice.complaint;
  const member = operator.accredited_organisation;
  return {
    title: title[lang],
    says: [
      filled(says, lang, deskAddress(writing)),
      ...(member === 'none'
        ? []
        : [filled(organisation, lang, { organisation: member.name[lang], contact: member.contact[lang] })]),
    ],
  };
}

/** The sentence of an outcome. The type of the table and the check of the file guarantee that there is one. */
function sentenceOf({ kind, result }: Notice, { texts }: Writing): Says<'arrived' | 'information' | 'company'> {
  const results: Record<string, Says<'arrived' | 'information' | 'company'>> = texts.notices[kind].results;
  return results[result]!;
}

/** That what was asked for and did not come need not be paid. */
const waivedPoint = (waivedYen: number, { texts: { notice }, lang }: Writing): Point => ({
  title: notice.fee.title[lang],
  says: [filled(notice.fee.waived, lang, { yen: yen(waivedYen, lang) })],
});

export function noticeLetter({ to, about, notice, waivedYen }: NoticeFacts, writing: Writing): Document {
  const { operator, texts, lang } = writing;
  const information = texts.information[about.scope][lang];
  const parts: Partial<NoticeParts> = notice.parts;
  const table: PartTable = noticeParts;
  const empty = (name: PartName): boolean =>
    (name === 'withheld' || name === 'recipients' || name === 'done' || name === 'measure') && !parts[name]?.length;
  const names = (table[notice.kind] as Record<string, readonly PartName[]>)[notice.result]!.filter(
    (name) => !empty(name),
  );
  const point = (name: PartName): Point | Point[] =>
    (pointOf[name] as (part: unknown, writing: Writing) => Point | Point[])(parts[name], writing);
  return letter(
    {
      title: filled(texts.notices[notice.kind].title, lang, { information }),
      body: [
        filled(sentenceOf(notice, writing), lang, {
          information,
          arrived: letterDay(about.arrivedOn, lang),
          company: operator.name[lang],
        }),
      ],
      points: [
        ...names.flatMap(point),
        ...(waivedYen > 0 ? [waivedPoint(waivedYen, writing)] : []),
        complaintPoint(writing),
      ],
    },
    to,
    about,
    writing,
  );
}
