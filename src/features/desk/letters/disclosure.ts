// The paper that discloses: what is held about the person by holding, what is not disclosed and why (never the value), the records of provision and
// receipt, and the purposes. A part about somebody else is a black bar; its words are not in the file at all.

import type { Day } from '../../../base/day.ts';
import { both } from '../../../base/bilingual.ts';
import { isLacking, unwritten, type Document } from '../../../platform/pdf.ts';
import { listed } from '../../../platform/ui/format.ts';
import { COVERED } from '../facts/review.ts';
import { addressed, letterDay, sheet, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';
import type { WithheldGround } from './notice.ts';

/** What is shown of an item: its text in pieces; null is a piece that is blacked out. */
export type Shown = readonly (string | null)[];

export interface DisclosedItem {
  label: string;
  /** `shown`: a line for each value of the item. `covered`: why something in them is blacked out. */
  says: { shown: readonly Shown[]; covered?: WithheldGround } | { withheld: WithheldGround } | 'absent';
}

export interface Party {
  name: string;
  address: string;
  representative: string | null;
}

/**
 * A record of provision: the items of APPI-Rules 20(1). The day need not be recorded for a provision by consent (20(1)(i), (ii)), but we know the day
 * and time of each.
 */
export interface ProvisionLine {
  on: Day;
  /** `9:05` in Japan; null when the record has another day than its entry. */
  time: string | null;
  recipient: Party;
  items: readonly string[];
  consent: boolean;
}

/** A record of receipt: the items of APPI-Rules 24(1). */
export interface ReceiptLine {
  on: Day;
  provider: Party;
  /** How the provider acquired it (APPI-Rules 22(2)). */
  how: string;
  items: readonly string[];
  consent: boolean;
  /** That the Commission has published the filing of an opt-out is an item of the record (24(1)(i)). */
  published: boolean;
}

export interface DisclosureFacts {
  to: Addressee;
  about: About;
  asOf: Day;
  holdings: readonly { title: string; items: readonly DisclosedItem[] }[];
  /** Null when they were not asked for; there are none for My Number (Numbering Act 30(2)). */
  provisions: readonly ProvisionLine[] | null;
  receipts: readonly ReceiptLine[] | null;
  purposes: readonly string[];
}

interface Table {
  title: string;
  /** Said instead of an empty table. */
  none: string;
  columns: number[];
  head: string[];
  /** A cell is a list of lines, a line a list of pieces; null is a bar. */
  rows: Shown[][][];
}

const cell = (...lines: string[]): Shown[] => lines.map((line) => [line]);

/** What cannot be printed in the paper is not disclosed by it yet. */
const elsewhere = both(
  `${unwritten.ja}窓口にお申し出いただければ、別の方法でお見せします。`,
  `${unwritten.en} Please ask the desk, and you will be shown it in another way.`,
);

/** Why something is blacked out. */
const coveredSays = (ground: WithheldGround, { texts, lang }: Writing): string =>
  filled(texts.disclosure.redacted.ground, lang, { ground: texts.notice.grounds[ground][lang] });

/** `each`: the reason for a bar is given with each item, because the items have different reasons. */
function shown({ says }: DisclosedItem, each: boolean, writing: Writing): Shown[] {
  const { texts, lang } = writing;
  if (says === 'absent') return cell(texts.disclosure.absent[lang]);
  if ('shown' in says)
    return [...says.shown, ...(each && says.covered ? cell(coveredSays(says.covered, writing)) : [])];
  return cell(filled(texts.disclosure.withheld, lang, { ground: texts.notice.grounds[says.withheld][lang] }));
}

const partyCell = ({ name, address, representative }: Party, { texts, lang }: Writing): Shown[] =>
  cell(
    name,
    address,
    ...(representative === null ? [] : [filled(texts.disclosure.representative, lang, { name: representative })]),
  );

function provisionTable(lines: readonly ProvisionLine[], writing: Writing): Table {
  const { lang } = writing;
  const words = writing.texts.disclosure.provisions;
  return {
    title: words.title[lang],
    none: words.none[lang],
    columns: [33, 47, 34, 24],
    head: [words.day[lang], words.recipient[lang], words.items[lang], words.basis[lang]],
    rows: lines.map(({ on, time, recipient, items, consent }) => [
      cell(letterDay(on, lang), ...(time === null ? [] : [time])),
      partyCell(recipient, writing),
      cell(listed(items, lang)),
      cell((consent ? words.consent : words.other)[lang]),
    ]),
  };
}

function receiptTable(lines: readonly ReceiptLine[], writing: Writing): Table {
  const { lang } = writing;
  const words = writing.texts.disclosure.receipts;
  return {
    title: words.title[lang],
    none: words.none[lang],
    columns: [36, 37, 34, 24, 25],
    head: [words.day[lang], words.provider[lang], words.how[lang], words.items[lang], words.basis[lang]],
    rows: lines.map(({ on, provider, how, items, consent, published }) => [
      cell(letterDay(on, lang)),
      partyCell(provider, writing),
      cell(how),
      cell(listed(items, lang)),
      cell(words[consent ? 'consent' : published ? 'published' : 'other'][lang]),
    ]),
  };
}

export function disclosureDocument(facts: DisclosureFacts, writing: Writing): Document {
  const { operator, texts, on, lang } = writing;
  const { disclosure } = texts;
  const information = texts.information[facts.about.scope][lang];
  const company = operator.name[lang];
  const { principal } = facts.about;
  const covered = facts.holdings.flatMap(({ items }) =>
    items.flatMap(({ says }) => (typeof says === 'object' && 'shown' in says ? (says.covered ?? []) : [])),
  );
  const grounds = [...new Set(covered)];
  const holdings = facts.holdings.map(({ title, items }): Table => ({
    title,
    none: disclosure.absent[lang],
    columns: [45, 125],
    head: [disclosure.item[lang], disclosure.value[lang]],
    rows: items.map((item) => [cell(item.label), shown(item, grounds.length > 1, writing)]),
  }));
  const tables = [
    ...holdings,
    ...(facts.provisions ? [provisionTable(facts.provisions, writing)] : []),
    ...(facts.receipts ? [receiptTable(facts.receipts, writing)] : []),
  ];
  const asOf = letterDay(facts.asOf, lang);
  // A paper of records says nothing of what the holdings keep.
  const records = facts.holdings.length === 0 && facts.provisions !== null;
  const barred = tables.some(({ rows }) => rows.flat(2).some((line) => line.includes(null)));
  return {
    template: disclosureTemplate,
    data: {
      title: records ? disclosure.records.title[lang] : filled(disclosure.title, lang, { information }),
      company,
      desk: operator.desk.name[lang],
      number: `${texts.frame.number[lang]}　${facts.about.number}`,
      principal:
        principal === null
          ? []
          : [`${texts.frame.principal[lang]}　${filled(texts.frame.person, lang, { name: principal })}`],
      issued: letterDay(on, lang),
      to: addressed(facts.to, writing),
      lead: [
        records
          ? filled(disclosure.records.lead, lang, { company, asOf })
          : filled(disclosure.lead, lang, { information, company, asOf }),
        ...(barred ? [disclosure.redacted.note[lang]] : []),
        ...(grounds.length === 1 ? [coveredSays(grounds[0]!, writing)] : []),
        ...(isLacking(tables) ? [elsewhere[lang]] : []),
      ],
      bar: disclosure.redacted.bar[lang],
      tables,
      purposes: { title: disclosure.purposes[lang], items: facts.purposes },
      end: disclosure.end[lang],
    },
    lang,
  };
}

/** A value may be longer than a page; a record is not. All bars have one width, so that they do not show how long a name is. */
const disclosureTemplate = `${sheet}
#set document(title: data.title, author: data.company, date: none)
#set page(
  paper: "a4",
  margin: (top: 20mm, bottom: 20mm, x: 20mm),
  header: context if here().page() > 1 { text(size: 8.5pt, [#data.title#h(1fr)#data.number]) },
  footer: page-number,
)
#let black = bytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 10'><rect width='60' height='10'/></svg>")
#let bar = box(baseline: 0.12em, image(black, width: 5em, height: 1em, fit: "stretch", alt: data.bar))
#let content(cell) = cell.map(line => line.map(it => if it == none { bar } else { it }).join()).join(linebreak())

#grid(
  columns: (1fr, auto),
  text(size: 11pt, lines(data.to)),
  align(right, text(size: 9pt, lines((data.issued, data.number) + data.principal + (data.company, data.desk)))),
)

#align(center)[= #data.title]

#for line in data.lead { line; parbreak() }

#for part in data.tables [
  == #part.title
  #if part.rows.len() == 0 [#part.none] else {
    ruled(part.columns.map(it => it * 1fr), part.head, part.rows.map(row => row.map(content)), whole: part.columns.len() > 2)
  }
]

#if data.purposes.items.len() > 0 [
  == #data.purposes.title
  #list(marker: "・", body-indent: 0.3em, ..data.purposes.items)
]

#align(right, data.end)
`;

const itemData = ({ label, says }: DisclosedItem) => ({
  item: label,
  state: says === 'absent' ? 'absent' : 'shown' in says ? 'shown' : 'withheld',
  value:
    typeof says === 'object' && 'shown' in says
      ? says.shown.map((line) => line.map((piece) => piece ?? COVERED).join('')).join('\n')
      : null,
  ground: typeof says === 'object' ? ('withheld' in says ? says.withheld : (says.covered ?? null)) : null,
});

/** The disclosure as data: keys in English, days as YYYY-MM-DD, every text as in the paper. */
export const disclosureData = (facts: DisclosureFacts, { operator, lang }: Writing) => ({
  company: operator.name[lang],
  number: facts.about.number,
  as_of: facts.asOf,
  language: lang,
  holdings: facts.holdings.map(({ title, items }) => ({ holding: title, items: items.map(itemData) })),
  provisions: facts.provisions,
  receipts: facts.receipts,
  purposes: facts.purposes,
});
