// The forms of the policy, to be filled in by hand. operator.yaml says which there are and their titles, letters.yaml has their words. Boxes are as
// high as handwriting needs. No box asks for a My Number.

import type { Bilingual } from '../../../base/bilingual.ts';
import type { Document } from '../../../platform/pdf.ts';
import { feeOf, isFeeAskedAfter, type RequestKind } from '../../policy/index.ts';
import { feesEnclosed, type Costs, type Form } from './cover.ts';
import { feeText, sheet, type Writing } from './paper.ts';
import { filled, type Texts } from './texts.ts';

/** A line of a form: a box to write in, or boxes to tick. Heights are in millimetres. */
export type Row =
  | { name: string; label: string; hint?: string; height: number }
  | { name: string; label: string; hint?: string; options: { name: string; label: string }[] };

/** A part of a form: lines of label and box, or a table with boxes of its own. */
export type Part =
  | { title: string; says?: string; rows: Row[] }
  | { title: string; says?: string; rows: Row[]; head: string[]; cells: { names: string[]; height: number }[] };

/** A form as it is drawn, on paper or to be filled in on a screen. */
export interface FormSheet {
  title: string;
  clause: string;
  intro: string[];
  company: string;
  parts: Part[];
  /** Reference number, when the form is sent for a request. */
  number: string;
  office: { title: string; labels: string[] };
}

const HANDWRITING = 9;
const STORY = 38;

type Words = Texts['forms'];

/** The request that a form is sent for, and what it costs. */
export interface SentOn extends Costs {
  number: string;
}

interface Making extends Costs {
  form: Form;
  words: Words;
  writing: Writing;
  t: (text: Bilingual) => string;
}

const write = (name: string, label: string, height = HANDWRITING, hint?: string): Row => ({
  name,
  label,
  height,
  ...(hint === undefined ? {} : { hint }),
});

function principalPart({ words, t }: Making): Part {
  return {
    title: t(words.principal),
    rows: [
      write('kana', t(words.kana), HANDWRITING, t(words.kanaHint)),
      write('name', t(words.name), 12),
      write('address', t(words.address), 24, t(words.addressHint)),
      write('born', t(words.born), HANDWRITING, t(words.bornHint)),
      write('contact', t(words.contact), HANDWRITING, t(words.contactHint)),
    ],
  };
}

function agentPart({ words, t }: Making): Part {
  const { agent } = words;
  return {
    title: t(agent.title),
    rows: [
      {
        name: 'agent',
        label: t(agent.kind),
        options: [
          { name: 'legal', label: t(agent.legal) },
          { name: 'mandated', label: t(agent.mandated) },
        ],
      },
      write('agent-kana', t(words.kana)),
      write('agent-name', t(words.name), 12),
      write('agent-address', t(words.address), 20, t(agent.hint)),
    ],
  };
}

const aboutPart = ({ words: { about }, t }: Making): Part => ({
  title: t(about.title),
  rows: [
    write('dealings', t(about.dealings), 24, t(about.dealingsHint)),
    write('data', t(about.data), 24, t(about.dataHint)),
  ],
});

function methodPart({ words: { method }, writing: { operator }, t }: Making): Part {
  const electronic = operator.disclosure_methods.includes('electronic');
  return {
    title: t(method.title),
    rows: [
      {
        name: 'method',
        label: t(method.title),
        options: operator.disclosure_methods.map((name) => ({ name, label: t(method[name]) })),
      },
      ...(electronic ? [write('mail', t(method.mail), HANDWRITING, t(method.hint))] : []),
    ],
  };
}

const recordsPart = ({ words: { records }, t }: Making): Part => ({
  title: t(records.title),
  rows: [
    {
      name: 'records',
      label: t(records.which),
      options: [
        { name: 'provided', label: t(records.provided) },
        { name: 'received', label: t(records.received) },
      ],
    },
    write('period', t(records.period), 14, t(records.periodHint)),
  ],
});

const CHANGES = 3;

const correctionPart = ({ words: { correction }, t }: Making): Part => ({
  title: t(correction.title),
  rows: [
    {
      name: 'change',
      label: t(correction.kind),
      options: [
        { name: 'correct', label: t(correction.correct) },
        { name: 'add', label: t(correction.add) },
        { name: 'delete', label: t(correction.delete) },
      ],
    },
    write('evidence', t(correction.evidence), 14),
  ],
  head: [t(correction.item), t(correction.now), t(correction.right)],
  cells: Array.from({ length: CHANGES }, (_, i) => ({
    names: ['item', 'now', 'right'].map((name) => `${name}-${i + 1}`),
    height: 16,
  })),
});

const measurePart = ({ words: { suspension }, t }: Making): Part => ({
  title: t(suspension.title),
  rows: [
    {
      name: 'measure',
      label: t(suspension.measure),
      options: [
        { name: 'stop', label: t(suspension.stop) },
        { name: 'erase', label: t(suspension.erase) },
      ],
    },
  ],
});

const recipientsPart = ({ words: { suspension }, t }: Making): Part => ({
  title: t(suspension.title),
  rows: [write('recipients', t(suspension.recipients), 14, t(suspension.recipientsHint))],
});

type GroundName = Exclude<keyof Words['grounds'], 'title' | 'hint' | 'story' | 'storyHint'>;

/** APPI 35(5): what lets a person claim a stop of the use, an erasure or a stop of the provision. */
const ANY_CLAIM: readonly GroundName[] = ['needless', 'breach', 'harm'];

function groundsPart({ words: { grounds }, t }: Making, names: readonly GroundName[]): Part {
  return {
    title: t(grounds.title),
    rows: [
      {
        name: 'grounds',
        label: t(grounds.title),
        hint: t(grounds.hint),
        options: names.map((name) => ({ name, label: t(grounds[name]) })),
      },
      write('story', t(grounds.story), STORY, t(grounds.storyHint)),
    ],
  };
}

/** What a form of each kind asks besides who asks and which information is meant. */
const partsOf: { readonly [K in RequestKind]: (making: Making) => Part[] } = {
  'purpose-notice': () => [],
  disclosure: (making) => [methodPart(making)],
  'record-disclosure': (making) => [recordsPart(making), methodPart(making)],
  correction: (making) => [correctionPart(making)],
  // APPI 35(1): handled against 18 or 19, or acquired against 20.
  'suspension-or-erasure': (making) => [
    measurePart(making),
    groundsPart(making, ['purpose', 'improper', 'acquired', ...ANY_CLAIM]),
  ],
  // APPI 35(3): provided against 27(1) or 28; a My Number against the Numbering Act 19 (Numbering Act 30(2)).
  'suspension-of-provision': (making) => [
    recipientsPart(making),
    groundsPart(making, [
      ...(making.form.scope === 'my-number' ? (['numberingAct'] as const) : (['unconsented', 'abroad'] as const)),
      ...ANY_CLAIM,
    ]),
  ],
};

function enclosedPart({ feeYen, feeAfter, words: { enclosed }, writing, t }: Making): Part {
  return {
    title: t(enclosed.title),
    rows: [
      {
        name: 'enclosed',
        label: t(enclosed.title),
        options: [
          { name: 'identity', label: t(enclosed.identity) },
          { name: 'authority', label: t(enclosed.authority) },
          ...(feeYen > 0 && !feeAfter
            ? feesEnclosed(writing.operator).map((name) => ({
                name,
                label: filled(enclosed[name], writing.lang, { fee: feeText(writing, feeYen) }),
              }))
            : []),
        ],
      },
    ],
  };
}

/** The agreement that what comes with a request is used for nothing else. */
const agreedPart = ({ words, words: { agreed }, writing: { operator, lang }, t }: Making): Part => ({
  title: t(agreed.title),
  says: filled(agreed.says, lang, { company: operator.name[lang] }),
  rows: [
    { name: 'agreed', label: t(agreed.title), options: [{ name: 'yes', label: t(agreed.tick) }] },
    write('dated', t(words.dated)),
  ],
});

/** The form with its parts, as sent for a request; `sent` null: a blank form to take. */
export function formSheet(form: Form, sent: SentOn | null, writing: Writing): FormSheet {
  const { operator, texts, lang } = writing;
  const words = texts.forms;
  const t = (text: Bilingual): string => text[lang];
  const costs = sent ?? { feeYen: feeOf(operator, form.kind), feeAfter: isFeeAskedAfter(operator) };
  const making: Making = { form, feeYen: costs.feeYen, feeAfter: costs.feeAfter, words, writing, t };
  const company = operator.name[lang];
  return {
    title: form.title[lang],
    clause: filled(words.clause, lang, { clause: String(form.clause) }),
    intro: [filled(words.intro, lang, { company }), ...(form.scope === 'my-number' ? [t(words.myNumber)] : [])],
    company,
    parts: [
      principalPart(making),
      aboutPart(making),
      ...partsOf[form.kind](making),
      agentPart(making),
      enclosedPart(making),
      agreedPart(making),
    ],
    number: sent?.number ?? '',
    office: {
      title: t(words.office.title),
      labels: [t(words.office.number), t(words.office.arrived), t(words.office.checked)],
    },
  };
}

/** The form as a paper, to be filled in by hand. */
export const handForm = (form: Form, sent: SentOn | null, writing: Writing): Document => ({
  template: formTemplate,
  data: { ...formSheet(form, sent, writing), linked: false },
  lang: writing.lang,
});

/** The form with each box as a link `box:<name>` or `tick:<name>`, which puts its place and its tag into the file. */
export const linkedForm = (sheet: FormSheet, writing: Writing): Document => ({
  template: formTemplate,
  data: { ...sheet, linked: true },
  lang: writing.lang,
});

/** A row with the title of its part needs no label. */
const formTemplate = `${sheet}
#set document(title: data.title, author: data.company, date: none)
#set page(
  paper: "a4",
  margin: (top: 15mm, bottom: 18mm, x: 18mm),
  footer: page-number,
)
#show heading.where(level: 1): set block(above: 0.4em, below: 0.6em)
#show heading.where(level: 2): set block(above: 1.1em, below: 0.5em, sticky: true)
#let edge = 0.7pt + luma(60)
#let linked(kind, name, it) = if data.linked { link(kind + ":" + name, it) } else { it }
#let tick(name) = box(baseline: 1.2pt, linked("tick", name, box(width: 11pt, height: 11pt, stroke: edge)))
#let blank(name, height) = linked("box", name, block(width: 100%, height: (height - 4) * 1mm))
#let labelled(row) = {
  text(weight: "bold", size: 9.5pt, row.label)
  if "hint" in row { linebreak(); text(size: 8pt, fill: luma(60), row.hint) }
}
#let options(row) = {
  set par(leading: 0.5em, spacing: 0.75em, hanging-indent: 17pt)
  for option in row.options { par[#tick(row.name + "-" + option.name)#h(6pt)#option.label] }
}
#let line-of(row, title) = {
  let box = if "options" in row { options(row) } else { blank(row.name, row.height) }
  if row.label == title {
    let hint = if "hint" in row { text(size: 8pt, fill: luma(60), row.hint); parbreak() }
    return (table.cell(colspan: 2, hint + box),)
  }
  (table.cell(fill: luma(245), labelled(row)), box)
}

#grid(
  columns: (1fr, 62mm),
  align(left + bottom, text(size: 9pt, data.clause)),
  table(
    columns: (22mm, 1fr),
    inset: (x: 4pt, y: 3.5pt),
    stroke: 0.5pt + luma(120),
    table.header(table.cell(colspan: 2, fill: luma(235), text(size: 8pt, data.office.title))),
    ..data.office.labels.enumerate().map(((i, label)) => (text(size: 8pt, label), text(size: 9pt, if i == 0 { data.number }))).flatten(),
  ),
)

#v(1mm)
#align(center)[= #data.title]

#for line in data.intro { text(size: 9.5pt, line); parbreak() }

#for (i, part) in data.parts.enumerate() {
  block(breakable: false, {
    heading(level: 2, [#(i + 1)#h(0.8em)#part.title])
    if "says" in part { block(below: 0.8em, text(size: 9.5pt, part.says)) }
    block(below: 0.5em, table(
      columns: (46mm, 1fr),
      inset: 5pt,
      stroke: edge,
      ..part.rows.map(row => line-of(row, part.title)).flatten(),
    ))
    if "head" in part {
      table(
        columns: (1fr, 1.3fr, 1.3fr),
        inset: 5pt,
        stroke: edge,
        fill: (x, y) => if y == 0 { luma(245) },
        table.header(..part.head.map(it => text(weight: "bold", size: 9.5pt, it))),
        ..part.cells.map(cell => cell.names.map(name => blank(name, cell.height))).flatten(),
      )
    }
  })
}
`;
