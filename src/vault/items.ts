// The items that may be kept about a person: the standard items, and the rules for custom items of a holding. Values are strings and are stored
// exactly as given; nothing here changes one. My Numbers are refused: they have a vault of their own.

import type { Bilingual } from '../base/bilingual.ts';
import { both } from '../base/bilingual.ts';
import { readDay, type Day } from '../base/day.ts';
import type { FieldProblem } from '../base/outcome.ts';
import { isLonger } from '../base/text.ts';
import { emailKey, kanaKeys, kanaTerms, nameKeys, phoneKey } from './normalise.ts';

export const indexKinds = ['email', 'phone', 'name', 'kana'] as const;

/** The kinds of search key a person can be found by. */
export type IndexKind = (typeof indexKinds)[number];

export interface Item {
  code: string;
  label: Bilingual;
  /** Set when a person can be found by this item. */
  index?: IndexKind;
  /** Largest length in UTF-16 units. */
  limit: number;
}

export const MAX_ITEMS = 64;
export const MAX_CHARACTERS = 10_000;

const item = (code: string, ja: string, en: string, limit: number, index?: IndexKind): Item => ({
  code,
  label: both(ja, en),
  limit,
  ...(index ? { index } : {}),
});

/** The standard items, in display order. */
export const standardItems: readonly Item[] = [
  item('name', '氏名', 'Name', 200, 'name'),
  item('name_kana', '氏名（フリガナ）', 'Name in kana', 200, 'kana'),
  item('email', 'メールアドレス', 'E-mail address', 254, 'email'),
  item('phone', '電話番号', 'Telephone number', 40, 'phone'),
  item('fax', 'FAX番号', 'Fax number', 40),
  item('postal_code', '郵便番号', 'Postal code', 16),
  item('address', '住所', 'Address', 500),
  item('company', '勤務先', 'Company', 200),
  item('department', '部署', 'Department', 200),
  item('job_title', '役職', 'Job title', 200),
  item('birth_date', '生年月日', 'Date of birth', 10),
  item('gender', '性別', 'Gender', 40),
  item('customer_number', '顧客番号', 'Customer number', 64),
  item('inquiry', 'お問い合わせの内容', 'Inquiry', MAX_CHARACTERS),
  item('order_history', '注文の履歴', 'Order history', MAX_CHARACTERS),
  item('visit', '来訪の日時と訪問先', 'Date and purpose of the visit', 1000),
  item('access_record', '接続の記録', 'Access record', MAX_CHARACTERS),
  item('recording', '通話の記録', 'Record of a call', MAX_CHARACTERS),
  item('delivery', '配送先と配送の希望', 'Delivery', 1000),
  item('payment', 'お支払いの方法', 'Payment', 1000),
  item('consent_note', '同意の記録', 'Note of consent', 2000),
  item('note', '備考', 'Note', MAX_CHARACTERS),
];

/** Items that tell people apart. No other item of a person is opened before the person is identified. */
export const tellingItems: ReadonlySet<string> = new Set([
  'name',
  'name_kana',
  'birth_date',
  'postal_code',
  'address',
  'phone',
  'email',
  'customer_number',
]);

const standard = new Map(standardItems.map((one) => [one.code, one]));
const codePattern = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const myNumber = /my_?number|individual_?number|kojin_?bango|個人番号|マイナンバー|my number|individual number/i;

/** The standard item of a code, or the defaults for an item that a holding declared itself. */
export const itemOf = (code: string): Item =>
  standard.get(code) ?? { code, label: both(code, code), limit: MAX_CHARACTERS };

/** Why a holding may not declare an item of this code and label; null when it may. */
export function itemProblem(code: string, label: Bilingual): Bilingual | null {
  if (!codePattern.test(code) || code.length > 40) {
    return both(
      '項目の符号は、英小文字で始め、英小文字・数字・下線だけを使って、40字までで書いてください',
      'Write the code in lower-case letters, digits and underscores, beginning with a letter, up to 40 characters',
    );
  }
  if (myNumber.test(code) || myNumber.test(label.ja) || myNumber.test(label.en)) {
    return both(
      '個人番号は、ここには置けません。個人番号だけの保管庫で扱います',
      'A My Number cannot be kept here. It has a vault of its own',
    );
  }
  return null;
}

function formatProblem(code: string, value: string): Bilingual | null {
  switch (code) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(emailKey(value))
        ? null
        : both('名前@ドメインの形で書いてください', 'Write it as name@domain');
    case 'phone':
      return phoneKey(value).length >= 5 ? null : both('5桁以上の数字で書いてください', 'Write at least five digits');
    case 'birth_date':
      return readDay(value)
        ? null
        : both(
            '年-月-日（例 1980-04-01）の形の実在する日を書いてください',
            'Write an existing day in the form 1980-04-01',
          );
    default:
      return null;
  }
}

/** Why this value cannot be kept under this item; null when it can. The message never repeats the value. */
export function valueProblem(code: string, value: unknown): Bilingual | null {
  if (typeof value !== 'string') return both('文字列で書いてください', 'Write it as text');
  if (value === '') return both('空の項目は送らないでください', 'Leave out an item that is empty');
  const { limit } = itemOf(code);
  if (isLonger(value, limit)) return both(`${limit}字までで書いてください`, `Use at most ${limit} characters`);
  if (value.includes('\0') || !value.isWellFormed()) {
    return both('文字として読めない符号が含まれています', 'It contains a code that is not a character');
  }
  return formatProblem(code, value);
}

/** A date of birth cannot be later than today in Japan. */
const unbornProblem = (code: string, value: unknown, today: Day): Bilingual | null =>
  code === 'birth_date' && String(value) > today
    ? both('今日より後の日は書けません', 'It cannot be later than today')
    : null;

/**
 * Problems with a set of items for a holding that keeps the items `kept`, on the day `today`. `at` is the path of the set, such as `items`. Each
 * problem names `items.<code>`, or the set itself when the code is not well-formed and so may not be repeated.
 */
export function itemProblems(
  items: Readonly<Record<string, unknown>>,
  kept: ReadonlySet<string>,
  at: string,
  today: Day,
): FieldProblem[] {
  const codes = Object.keys(items);
  if (codes.length === 0) return [{ field: at, says: both('項目を1つ以上送ってください', 'Send at least one item') }];
  if (codes.length > MAX_ITEMS) {
    return [{ field: at, says: both(`項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`) }];
  }
  const problems: FieldProblem[] = [];
  for (const code of codes) {
    if (!kept.has(code)) problems.push(unknownItem(code, at));
    else {
      const says = valueProblem(code, items[code]) ?? unbornProblem(code, items[code], today);
      if (says) problems.push({ field: `${at}.${code}`, says });
    }
  }
  return problems;
}

/** The problem of an item that the holding does not keep. A malformed code may be a value put in the wrong place, so it is not repeated. */
export const unknownItem = (code: string, at: string): FieldProblem => ({
  field: codePattern.test(code) && code.length <= 40 ? `${at}.${code}` : at,
  says: both('この台帳にはない項目です', 'The holding does not keep this item'),
});

/** The search keys of a value, before they are turned into digests. */
export function searchKeys(code: string, value: string): { kind: IndexKind; key: string }[] {
  const kind = itemOf(code).index;
  if (kind === undefined) return [];
  const keys = kind === 'kana' ? kanaKeys(value) : termKeys(kind, value);
  return keys.map((key) => ({ kind, key }));
}

/** The search keys of a term. A record that has one of them matches. */
export function termKeys(kind: IndexKind, term: string): string[] {
  switch (kind) {
    case 'email':
      return [emailKey(term)];
    case 'phone':
      return [phoneKey(term)];
    case 'name':
      return nameKeys(term);
    case 'kana':
      return kanaTerms(term);
  }
}
