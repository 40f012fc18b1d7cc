// What all papers of the desk have in common: to whom, from whom, about which request, the sheet with the address in the window of an envelope, and
// the letter that most of them are. Texts that people wrote go in as data, never as markup.

import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { endings, fonts, linesOf, runs, whole, type Document } from '../../../platform/pdf.ts';
import { eraDay, writtenDay, yen } from '../../../platform/ui/format.ts';
import type { Operator } from '../../policy/index.ts';
import type { Kind } from '../facts/kind.ts';
import { filled, type Texts } from './texts.ts';

/** Where a paper goes. A person is addressed with 様, an organisation without the name of a person with 御中. */
export type Addressee = {
  /** `104-0000`; null when unknown or abroad. */
  postal: string | null;
  /** May have line breaks. */
  address: string;
} & ({ organisation: string | null; name: string } | { organisation: string; name: null });

/** The request a paper is about. */
export interface About {
  /** `R-2026-031`. */
  number: string;
  /** The code that shows the person, with the number, how far their request is, and the address of the page for it. */
  status?: { code: string; place: string };
  arrivedOn: Day;
  /** Name of the person whose information it is, when the letter goes to an agent; otherwise null. */
  principal: string | null;
  kind: Kind;
  scope: 'customer' | 'my-number';
}

/** What every paper is written with: the policy's facts about the company, the sentences, the day of issue, the language. */
export interface Writing {
  operator: Operator;
  texts: Texts;
  on: Day;
  lang: Lang;
}

/** One numbered point of a letter. */
export interface Point {
  title: string;
  says?: string[];
  items?: string[];
  table?: { head: string[]; rows: string[][] };
}

interface Head {
  issued: string;
  /** Reference number, day of arrival, person concerned. */
  marks: [name: string, value: string][];
  /** Postal code and address. */
  address: string[];
  /** Organisation, and name with its honorific. */
  to: string[];
  sender: string[];
  /** The signature of an English letter. */
  signed: string[];
}

interface Letter {
  title: string;
  body: string[];
  points: Point[];
  /** Printed after the points. */
  after?: string[];
  /** The letter itself says what the code is for. */
  follows?: boolean;
}

/** `令和8年12月1日` or `1 December 2026`. */
export const letterDay = (day: Day, lang: Lang): string => (lang === 'ja' ? eraDay(day) : writtenDay(day, 'en'));

/** `1,000円（税込）`, or `1,000円` where no tax is charged. */
export const feeText = (
  { operator: { fee }, texts, lang }: Pick<Writing, 'operator' | 'texts' | 'lang'>,
  amount: number,
): string => {
  const all = yen(amount, lang);
  return fee.tax_included ? filled(texts.frame.taxed, lang, { yen: all }) : all;
};

/** What a letter calls what was asked for. The law speaks of a request where it is about the measures of a recipient abroad (28(3)). */
export const claimOf = ({ kind }: Pick<About, 'kind'>, { texts: { frame }, lang }: Pick<Writing, 'texts' | 'lang'>) =>
  frame.claim[kind === 'foreign-information' ? 'request' : 'application'][lang];

/** A name as on an envelope: the organisation, then the person. */
export function addressed(to: Addressee, { texts: { frame }, lang }: Pick<Writing, 'texts' | 'lang'>): string[] {
  if (to.name === null) return [filled(frame.organisation, lang, { name: to.organisation })];
  return [...(to.organisation === null ? [] : [to.organisation]), filled(frame.person, lang, { name: to.name })];
}

/** Postal code and address, a line each. */
export const addressLines = ({ postal, address }: Addressee): string[] => [
  ...(postal === null ? [] : [`〒${postal}`]),
  ...linesOf(address),
];

/** The address to write to. */
export const deskAddress = ({ operator: { desk, name }, lang }: Writing) => ({
  desk: desk.name[lang],
  address: desk.address[lang],
  company: name[lang],
});

/** What a letter says of a request in its head; to a third party only the number. */
type Marked = Pick<About, 'number' | 'status' | 'principal'> & { arrivedOn: Day | null };

function headOf(to: Addressee, about: Marked, writing: Writing): Head {
  const { operator, texts, on, lang } = writing;
  const { frame } = texts;
  const marks: [string, string | null][] = [
    [frame.number[lang], about.number],
    [frame.code[lang], about.status?.code ?? null],
    [frame.arrived[lang], about.arrivedOn && letterDay(about.arrivedOn, lang)],
    [frame.principal[lang], about.principal === null ? null : filled(frame.person, lang, { name: about.principal })],
  ];
  return {
    issued: letterDay(on, lang),
    marks: marks.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    address: addressLines(to),
    to: addressed(to, writing),
    sender: [operator.name[lang], operator.desk.name[lang], ...operator.desk.address[lang].split('　')],
    signed: [operator.desk.name[lang], operator.name[lang]],
  };
}

/** A letter with its address, marks, opening and closing. */
export function letter(
  { follows = false, ...content }: Letter,
  to: Addressee,
  about: Marked,
  writing: Writing,
): Document {
  const { texts, lang } = writing;
  const { number, status } = about;
  return {
    template: letterTemplate,
    data: {
      ...headOf(to, about, writing),
      after: [],
      // A letter that shows the code also says what it is for.
      follow: status && !follows ? filled(texts.frame.follow, lang, { number, ...status }) : null,
      ...content,
      opening: filled(texts.frame.opening, lang, { name: to.name ?? to.organisation }),
      closing: texts.frame.closing[lang],
    },
    lang,
  };
}

/** A paper that has not gone out, addressed to somebody else or to another address; nothing else of it changes. */
export function readdressed(paper: Document, to: Addressee, writing: Pick<Writing, 'texts' | 'lang'>): Document {
  const { texts, lang } = writing;
  const data = paper.data as { to: string[]; address?: string[]; opening?: string };
  const letterOf = {
    address: addressLines(to),
    opening: filled(texts.frame.opening, lang, { name: to.name ?? to.organisation }),
  };
  return { ...paper, data: { ...data, ...(data.address ? letterOf : {}), to: addressed(to, writing) } };
}

/** The sheet of every paper. */
export const sheet = `
${fonts}
${whole}
${runs}
${endings}
#let data = json(bytes(sys.inputs.data))
#let ja = sys.inputs.lang == "ja"
#let rule = 0.5pt + luma(150)
#set text(font: fonts, lang: sys.inputs.lang, size: 10pt, cjk-latin-spacing: none)
#set par(leading: 0.72em, spacing: 0.95em, justify: false)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 10.5pt)
#show heading.where(level: 1): set block(above: 1.2em, below: 1.1em)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em, sticky: true)
#let page-number = align(center, text(size: 9pt, context counter(page).display("1 / 1", both: true)))
#let quiet(it) = text(size: 9pt, fill: luma(70), it)
#let lines(texts) = texts.join(linebreak())
#let ruled(columns, head, rows, whole: true) = table(
  columns: columns,
  inset: (x: 6pt, y: 5pt),
  stroke: (x, y) => (top: rule, bottom: rule),
  fill: (x, y) => if y == 0 { luma(240) },
  table.header(..head.map(it => text(size: 9pt, weight: "bold", it))),
  ..rows.flatten().map(it => table.cell(breakable: not whole, column(it)))
)
`;

/**
 * The address is placed where it shows in the window of a 長形3号 envelope (120 × 235 mm) when the sheet is folded in three at its marks. Japan Post
 * requires a window of at least 45 × 80 mm (IMURA, envelope makers, 窓についての郵便規則, service.imura.co.jp/envelope_knowledge_000/index5) at least 12 mm
 * from the edge; ready-made envelopes have it 20 mm from the left and 12 mm from the top. The folded sheet (99 × 210 mm) can move 21 mm up and down
 * and 25 mm sideways. So what is 20 to 75 mm from the left and 12 to 36 mm from the top of the sheet always shows, and what is more than 110 mm from
 * the left or 57 mm from the top never does.
 */
const letterTemplate = `${sheet}
#set document(title: data.title, author: data.sender.first(), date: none)
#set page(
  paper: "a4",
  margin: (top: 20mm, bottom: 20mm, x: 20mm),
  footer: page-number,
  background: context if here().page() == 1 {
    for y in (99mm, 198mm) { place(top + left, dx: 4mm, dy: y, line(length: 5mm, stroke: 0.4pt + luma(120))) }
  },
)
#let address = layout(size => {
  let sized(s) = block(width: 55mm, {
    set text(size: s)
    set par(leading: 0.42em, spacing: 0.5em)
    lines(data.address)
    parbreak()
    text(size: 1.12em, lines(data.to))
  })
  let fitting = (10pt, 9.5pt, 9pt, 8.5pt, 8pt, 7.5pt, 7pt, 6.5pt).filter(s => measure(sized(s)).height <= 24mm)
  // Rather a little smaller than a line with one character left over.
  let rows(s) = data.address.map(it => calc.ceil(measure(text(size: s, it)).width / 55mm)).sum(default: 0)
  let neat = fitting.filter(s => s >= 8.5pt and rows(s) == rows(8.5pt))
  sized((neat + fitting).at(0, default: 6pt))
})
#v(-8mm)
#grid(
  columns: (55mm, 40mm, 1fr),
  block(height: 46mm, address),
  [],
  {
    set text(size: 9pt)
    set par(leading: 0.6em, spacing: 0.8em)
    // A name such as Chuo-ku is one word.
    show regex("\\b\\w{1,12}(-\\w{1,12})+\\b"): it => box(it)
    align(right, data.issued)
    for mark in data.marks { align(right, [#mark.at(0)#h(0.8em)#mark.at(1)]) }
    v(3mm)
    align(right, { text(size: 10pt, data.sender.first()); linebreak(); lines(data.sender.slice(1)) })
  },
)

#align(center)[= #data.title]

#data.opening
#for line in data.body { parbreak(); line }

#let signed = align(right, data.closing)
// The closing never stands alone on a page: the last point sticks to it.
#let points = {
  for (i, point) in data.points.enumerate() {
    heading(level: 2, [#(i + 1)#h(0.8em)#point.title])
    block(width: 100%, inset: (left: 1.4em), sticky: i + 1 == data.points.len(), {
      for line in point.at("says", default: ()) { line; parbreak() }
      if "items" in point { list(marker: "・", body-indent: 0.3em, spacing: 0.7em, ..point.items) }
      if "table" in point { ruled(if point.table.head.len() == 2 { (1fr, 2fr) } else { (1fr,) * point.table.head.len() }, point.table.head, point.table.rows) }
    })
  }
}
// Nor does what stands at the very end.
#let end(it) = block(width: 100%, breakable: false, {
  it
  if data.follow != none { v(0.4em); block(quiet(data.follow)) }
})
#if ja {
  signed
  if data.points.len() > 0 { align(center, [記]); points }
  end({
    if data.points.len() > 0 { align(right, [以上]) }
    for line in data.after { parbreak(); line }
  })
} else {
  points
  end({
    for line in data.after { parbreak(); line }
    v(0.5em)
    data.closing
    linebreak()
    data.signed.join(", ")
  })
}
`;
