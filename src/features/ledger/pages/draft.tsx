// The form of a holding as data: what was typed, what it means, and the field of each problem. It keeps everything that was typed.

import type { Bilingual } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { standardItems } from '../../../vault/index.ts';
import { readNumber, type Holding, type HoldingInput } from '../facts.ts';
import { fieldWords } from '../words.ts';

/** The form as typed. The holding's own items are in rows. */
export interface Draft {
  code: string;
  nameJa: string;
  nameEn: string;
  department: string;
  manager: string;
  purposes: string[];
  items: string[];
  own: { code: string; ja: string; en: string; special: boolean }[];
  principals: string[];
  channels: string[];
  place: string;
  unit: string;
  count: string;
  from: string;
  until: string;
  access: string;
}

export const EMPTY_ROWS = 2;
const MAX_ROWS = 40;
export const emptyRow = { code: '', ja: '', en: '', special: false };

export const emptyDraft: Draft = {
  code: '',
  nameJa: '',
  nameEn: '',
  department: '',
  manager: '',
  purposes: [],
  items: [],
  own: [],
  principals: [],
  channels: [],
  place: '',
  unit: 'years',
  count: '',
  from: '',
  until: '',
  access: '',
};

const standardCodes = new Set(standardItems.map((item) => item.code));

const sameOr = (ja: string, en: string): string => (en === ja ? '' : en);

export function draftOf(h: Holding): Draft {
  const r = h.retention;
  const plain = h.items.filter((item) => standardCodes.has(item.code) && !item.special_care);
  return {
    code: h.code,
    nameJa: h.name.ja,
    nameEn: sameOr(h.name.ja, h.name.en),
    department: h.department,
    manager: h.manager,
    purposes: h.purposes,
    items: plain.map((item) => item.code),
    own: h.items
      .filter((item) => !plain.includes(item))
      .map((item) => ({
        code: item.code,
        ja: item.label.ja,
        en: sameOr(item.label.ja, item.label.en),
        special: item.special_care,
      })),
    principals: h.principals,
    channels: h.channels,
    place: h.place,
    unit: 'until' in r ? 'until' : 'years' in r ? 'years' : 'months',
    count: 'years' in r ? String(r.years) : 'months' in r ? String(r.months) : '',
    from: 'from' in r ? r.from : '',
    until: 'until' in r ? r.until : '',
    access: h.access,
  };
}

/** Groups of fields that are one statement: how long information is kept. */
export const together: readonly (readonly (keyof Draft)[])[] = [['unit', 'count', 'from', 'until']];

export function readDraft(form: Form): Draft {
  const rows = Math.min(Number(form.text('rows')) || 0, MAX_ROWS);
  const own = Array.from({ length: rows }, (_, i) => ({
    code: form.text(`own-${i}-code`),
    ja: form.text(`own-${i}-ja`),
    en: form.text(`own-${i}-en`),
    special: form.text(`own-${i}-special`) !== '',
  })).filter((row) => row.special || row.code.trim() !== '' || row.ja.trim() !== '' || row.en.trim() !== '');
  return {
    code: form.text('code'),
    nameJa: form.text('name.ja'),
    nameEn: form.text('name.en'),
    department: form.text('department'),
    manager: form.text('manager'),
    purposes: form.all('purposes'),
    items: form.all('items'),
    own,
    principals: form.all('principals'),
    channels: form.all('channels'),
    place: form.text('place'),
    unit: form.text('retention'),
    count: form.text('count'),
    from: form.text('from'),
    until: form.text('until'),
    access: form.text('access'),
  };
}

/** Problems of fields of a way of keeping that is not chosen. A value that the holding already had is ignored: choosing another way drops it. */
export function strayIn(draft: Draft, began: Draft): FieldProblem[] {
  const fields = draft.unit === 'until' ? (['count', 'from'] as const) : (['until'] as const);
  return fields
    .filter((field) => draft[field].trim() !== '' && draft[field] !== began[field])
    .map((field) => ({ field, says: strayWords[field] }));
}

const strayWords = {
  count: both(
    '年数か月数で決めるときだけ書いてください',
    'Write this only where you choose a number of years or months',
  ),
  from: both(
    '年数か月数で決めるときだけ書いてください',
    'Write this only where you choose a number of years or months',
  ),
  until: both('条件で決めるときだけ書いてください', 'Write this only where you choose a condition'),
};

export function inputOf(d: Draft): HoldingInput {
  const count = readNumber(d.count) ?? Number.NaN;
  return {
    code: d.code,
    name: { ja: d.nameJa, en: d.nameEn },
    department: d.department,
    manager: d.manager,
    purposes: d.purposes,
    items: [
      ...d.items,
      ...d.own.map((row) => ({ code: row.code, label: { ja: row.ja, en: row.en }, special_care: row.special })),
    ],
    place: d.place,
    retention:
      d.unit === 'until'
        ? { until: d.until }
        : d.unit === 'months'
          ? { months: count, from: d.from }
          : { years: count, from: d.from },
    channels: d.channels,
    principals: d.principals,
    access: d.access,
  };
}

export const labels: Record<string, Bilingual> = {
  code: both('番号', 'Number'),
  'name.ja': both('台帳の名前', 'Name'),
  'name.en': both('英語の名前', 'Name in English'),
  department: fieldWords.department,
  manager: fieldWords.manager,
  purposes: both('利用目的', 'Purposes of use'),
  items: both('情報の項目', 'Items'),
  own: both('このほかの項目', 'Other items'),
  principals: fieldWords.principals,
  channels: both('入手の方法', 'How it is acquired'),
  place: fieldWords.place,
  retention: both('保存する期間', 'How long it is kept'),
  count: both('年数・月数', 'Years or months'),
  from: both('何の後から', 'Counted from'),
  until: both('条件', 'Condition'),
  access: fieldWords.access,
};

/** The columns of the rows of the holding's own items. */
export const ownColumns = {
  code: both('符号', 'Code'),
  ja: both('名前', 'Label in Japanese'),
  en: both('英語の名前', 'Label in English'),
} satisfies Record<string, Bilingual>;

export type OwnColumn = keyof typeof ownColumns;

export const ownField = (row: number, column: OwnColumn): string => `own-${row}-${column}`;

export const ownLabel = (row: number, column: OwnColumn): Bilingual =>
  both(`${row + 1}行目の${ownColumns[column].ja}`, `${ownColumns[column].en}, row ${row + 1}`);

/** Problems as the form shows them, each at its field; a problem of one of the holding's own items at its row and column. */
export function shownProblems(problem: Problem | undefined, draft: Draft): FieldProblem[] {
  if (problem?.kind === 'conflict' && problem.field !== 'version')
    return [{ field: problem.field, says: problem.says }];
  if (problem?.kind !== 'invalid') return [];
  return problem.fields.map(({ field, says }) => {
    const [, item, label] = /^items\.(\d+)(?:\.label\.(ja|en))?/.exec(field) ?? [];
    if (item === undefined) return { field, says };
    const row = Number(item) - draft.items.length;
    return row < 0 ? { field: 'items', says } : { field: ownField(row, (label ?? 'code') as OwnColumn), says };
  });
}

/** The label of any field. */
export function labelOf(name: string): Bilingual | undefined {
  const [, row, column] = /^own-(\d+)-(code|ja|en)$/.exec(name) ?? [];
  return row === undefined ? labels[name] : ownLabel(Number(row), column as OwnColumn);
}

/** The labels of all fields of a draft, including its rows. */
export const labelsOf = (draft: Draft): Record<string, Bilingual> => ({
  ...labels,
  ...Object.fromEntries(
    draft.own.flatMap((_, row) =>
      (Object.keys(ownColumns) as OwnColumn[]).map((column) => [ownField(row, column), ownLabel(row, column)]),
    ),
  ),
});
