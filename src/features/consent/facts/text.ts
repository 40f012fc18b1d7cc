// Checks a text that people are to consent to: what it must name for its kind. Pure.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import type { ConsentKind, Shown, Wording } from './consent.ts';
import { says } from './given.ts';

/** A version as it was entered, not yet checked. */
export interface TextInput {
  code: string;
  kind: ConsentKind;
  name: Bilingual;
  wording: Wording;
  purposes: readonly string[];
  holding: string;
  items: readonly string[];
  recipients: readonly string[];
  abroad: boolean;
  shown: Partial<Shown>;
}

/** What a text is checked against. */
export interface Surroundings {
  purposes: { has(id: string): boolean };
  /** Items of each holding in use. */
  holdings: ReadonlyMap<string, { items: { has(code: string): boolean } }>;
  /** Every recipient of the register, with its country. */
  recipients: ReadonlyMap<string, { country: string }>;
  /** The version of the report that holds today, by country. */
  reports: ReadonlyMap<string, number>;
}

export const MOST_WORDING = 4_000;

const MOST_NAME = 80;

const codeForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const textSays = {
  code: both(
    '英小文字と数字を - でつないで書いてください（40字まで）',
    'Use lower-case letters and digits joined by -, at most 40 characters',
  ),
  name: both(`名前を書いてください（${MOST_NAME}字まで）`, `Write a name of at most ${MOST_NAME} characters`),
  wording: both(
    `日本語か英語の文面を書いてください（${MOST_WORDING}字まで）`,
    `Write the text in Japanese or English, at most ${MOST_WORDING} characters`,
  ),
  noPurpose: both('目的を1つ以上選んでください', 'Choose at least one purpose'),
  holding: both('使用中の台帳を選んでください', 'Choose a holding in use'),
  items: both('この台帳の項目を1つ以上選んでください', 'Choose at least one item of the holding'),
  noRecipient: both('提供先を1つ以上選んでください', 'Choose at least one recipient'),
  needless: both('この種類の同意に提供先はありません', 'This kind of consent has no recipient'),
  blank: both(
    '空欄にできません。分からないときは、そのことと理由を書いてください（規則17条）',
    'It cannot be left blank. If it is not known, say so and why (Rules Art. 17)',
  ),
  country: both('提供先のある国と違います', 'The recipient is in another country'),
  home: both('外国への提供の文面に、日本は書けません', 'Japan cannot be the country in a text for a provision abroad'),
  report: both(
    'この国の、いま使える報告ではありません',
    'This is not the report on the country that is in force today',
  ),
  useReport: both(
    'この国には報告があります。報告を示してください',
    'There is a report on this country. Show that report',
  ),
  unknownCountry: both(
    '国が分からないときは、その制度も分からないものとして、理由を書いてください',
    'If the country is not known, give its system as not known too, and write why',
  ),
} satisfies Record<string, Bilingual>;

const filled = (text: Bilingual): boolean => text.ja.trim() !== '' && text.en.trim() !== '';

/** True when a matter is stated: either what is shown, or that it is unknown and why. */
const stated = (matter: Shown[keyof Shown] | undefined): boolean =>
  matter !== undefined &&
  Object.values(matter).every((value: string | number | Bilingual) =>
    typeof value === 'object' ? filled(value) : value !== '',
  );

/** The matters that a person is told before a consent to a provision abroad (28(2), Rules 17). */
const matters = ['country', 'system', 'measures'] as const;

/** The matters left blank. */
export const blankIn = (shown: Partial<Shown>): readonly (keyof Shown)[] =>
  matters.filter((one) => !stated(shown[one]));

/** The system of a country is stated by the report on it; by a text of its own only where there is no report. */
function systemProblem(code: string | null, system: Shown['system'], around: Surroundings): Bilingual | null {
  if (code === null) return 'unknown' in system ? null : textSays.unknownCountry;
  const report = around.reports.get(code);
  if ('report' in system) return system.report === report ? null : textSays.report;
  return 'text' in system && report !== undefined ? textSays.useReport : null;
}

/** Rules 17: none of the three matters may be left blank, and the country must be that of every recipient. */
function abroadProblems({ shown, recipients }: TextInput, around: Surroundings): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { country, system } = shown;
  for (const matter of blankIn(shown)) problems.push({ field: `shown.${matter}`, says: textSays.blank });
  if (!country || !system || problems.length > 0) return problems;
  const code = 'code' in country ? country.code : null;
  if (code === 'JP') problems.push({ field: 'shown.country', says: textSays.home });
  else if (code && recipients.some((of) => around.recipients.get(of)?.country !== code))
    problems.push({ field: 'shown.country', says: textSays.country });
  const wrong = systemProblem(code, system, around);
  if (wrong) problems.push({ field: 'shown.system', says: wrong });
  return problems;
}

function recipientProblems(input: TextInput, around: Surroundings): FieldProblem[] {
  const { kind, recipients } = input;
  if (recipients.length === 0)
    return kind === 'provision' || isAbroad(input) ? [{ field: 'recipients', says: textSays.noRecipient }] : [];
  if (kind === 'use' || kind === 'special-care') return [{ field: 'recipients', says: textSays.needless }];
  return recipients.every((of) => around.recipients.has(of)) ? [] : [{ field: 'recipients', says: says.recipient }];
}

/** True when a text must show the matters of 28(2): for linking, if it goes abroad; for other kinds, by the kind. */
export const isAbroad = ({ kind, abroad }: Pick<TextInput, 'kind' | 'abroad'>): boolean =>
  kind === 'provision-abroad' || (kind === 'linking' && abroad);

export function textProblems(input: TextInput, around: Surroundings): FieldProblem[] {
  const { code, name, wording, purposes, items } = input;
  const problems: FieldProblem[] = [];
  const put = (field: string, bad: boolean, says: Bilingual): unknown => bad && problems.push({ field, says });
  const texts = Object.values(wording).filter((one) => one.trim() !== '');
  put('code', !codeForm.test(code) || code.length > 40, textSays.code);
  put('name', !filled(name) || [name.ja, name.en].some((one) => isLonger(one, MOST_NAME)), textSays.name);
  put('wording', texts.length === 0 || texts.some((one) => isLonger(one, MOST_WORDING)), textSays.wording);
  put('purposes', purposes.length === 0, textSays.noPurpose);
  put('purposes', !purposes.every((of) => around.purposes.has(of)), says.purpose);
  const holding = around.holdings.get(input.holding);
  put('holding', !holding, textSays.holding);
  put(
    'items',
    holding !== undefined && (items.length === 0 || !items.every((of) => holding.items.has(of))),
    textSays.items,
  );
  problems.push(...recipientProblems(input, around));
  if (isAbroad(input)) problems.push(...abroadProblems(input, around));
  return problems;
}
