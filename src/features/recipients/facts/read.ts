// Reads what a form or a call says of a recipient, an assurance, a check or a country: content, or problems that name their fields. Pure.

import { countryCodes } from '../../../base/country.ts';
import { addMonths, type Day, readDay } from '../../../base/day.ts';
import { type FieldProblem, put } from '../../../base/outcome.ts';
import { readText, type TextRule } from '../../../base/text.ts';
import { inForce, parameters, type PartyKind, partyKinds, provisionContradictions } from '../../../law/index.ts';
import {
  type Assurance,
  type AssuranceInput,
  type CheckContent,
  type CheckInput,
  indicators,
  measureStates,
  principles,
  type RecipientContent,
  type RecipientInput,
  relations,
  type ReportContent,
  type ReportInput,
  schemes,
  systemBases,
  type Terms,
} from './register.ts';

const MOST_TEXT = 2_000;

type Problems = FieldProblem[];

/** Returns a text as it is stored: trimmed, null when empty. */
const textOf = (problems: Problems, field: string, given: string | null | undefined, rule: TextRule): string | null =>
  readText(given, rule, (says) => problems.push({ field, says })) || null;

function countryOf(problems: Problems, field: string, given: string | undefined): string {
  const code = (given ?? '').normalize('NFKC').trim().toUpperCase();
  if (!countryCodes.has(code)) put(problems, field, '国を一覧から選んでください', 'Choose a country from the list');
  return code;
}

function dayOf(problems: Problems, field: string, given: string): Day | null {
  const found = readDay(given.trim());
  if (!found) put(problems, field, '実在する日を書いてください', 'Write a day that exists');
  return found;
}

/** Reads a day in the past, on which something was checked: not later than today. */
function pastDayOf(problems: Problems, field: string, given: string, today: Day): Day | null {
  const found = dayOf(problems, field, given);
  if (found && found > today) put(problems, field, '今日までの日を書いてください', 'Write a day no later than today');
  return found;
}

function webAddressOf(problems: Problems, field: string, given: string): string {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || text.length > 500)
    put(
      problems,
      field,
      '安全な接続のページのアドレスを、アドレス欄からそのまま写してください',
      'Copy the whole address of a page with a secure connection, beginning with https://',
    );
  return text;
}

const bech32Letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Computes the BIP 173 checksum over the values of a text; 1 when the text is intact. */
function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if ((top >>> i) & 1) check ^= generator;
    });
  }
  return check;
}

/** True for an X25519 recipient of age: bech32 with the prefix `age`, 32 bytes, in lower case. */
export function isAgeRecipient(text: string): boolean {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false;
  const prefix = Array.from('age', (letter) => letter.charCodeAt(0));
  const data = Array.from(text.slice(4), (letter) => bech32Letters.indexOf(letter));
  // 32 bytes are 51 groups of five bits and one more bit, so the last four bits must be zero.
  if ((data[51]! & 0x0f) !== 0) return false;
  return polymod([...prefix.map((c) => c >> 5), 0, ...prefix.map((c) => c & 31), ...data]) === 1;
}

function keyOf(problems: Problems, given: string | null | undefined): string | null {
  const key = (given ?? '').trim();
  if (key === '') return null;
  if (!isAgeRecipient(key))
    put(
      problems,
      'publicKey',
      '62字の公開鍵として読めません。写し間違いがないか確かめてください',
      'This cannot be read as an age public key (62 characters beginning with age1). Check it for copying mistakes',
    );
  return key;
}

const businessKinds: readonly PartyKind[] = partyKinds.filter((kind) => kind !== 'private-person');

/** Kinds of recipient in the register. A private person is not one: their name and address stay in the vault. */
export const recipientKinds = businessKinds;

function kindOf(problems: Problems, given: string): PartyKind {
  if (given === 'private-person')
    put(
      problems,
      'kind',
      '個人の氏名と住所は、この一覧に書けません。提供のときに相手として書いてください',
      'The name and address of a private person cannot be entered here. State them when you make the provision',
    );
  else if (!businessKinds.includes(given as PartyKind))
    put(problems, 'kind', '一覧から選んでください', 'Choose from the list');
  return given as PartyKind;
}

/** Checks a description. Problems come in the order of the form. */
export function readContent(input: RecipientInput): { content: RecipientContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const kind = kindOf(problems, input.kind);
  const name = textOf(problems, 'name', input.name, { most: 200, need: true }) ?? '';
  const address = textOf(problems, 'address', input.address, { most: 300, need: true }) ?? '';
  const representative = textOf(problems, 'representative', input.representative, { most: 100 });
  if (kind === 'corporation' && representative === null)
    put(
      problems,
      'representative',
      '法人の代表者の氏名を書いてください。提供の記録に要ります（法29条）',
      'Write the name of the corporation’s representative: the record of a provision needs it (APPI Art. 29)',
    );
  const country = countryOf(problems, 'country', input.country);
  const chosen = relations.filter((relation) => input.relations.includes(relation));
  if (chosen.length === 0) put(problems, 'relations', '1つ以上選んでください', 'Choose at least one');
  else if (!input.relations.every((one) => (relations as readonly string[]).includes(one)))
    put(problems, 'relations', '一覧から選んでください', 'Choose from the list');
  if (problems.every(({ field }) => field !== 'kind' && field !== 'country'))
    for (const { field, says } of provisionContradictions({ recipient: { kind, country } }))
      problems.push({ field: field.replace(/^recipient\./, ''), says });
  const contact = textOf(problems, 'contact', input.contact, { most: 200 });
  const publicKey = keyOf(problems, input.publicKey);
  return {
    content: { kind, name, address, representative, country, relations: chosen, contact, publicKey },
    problems,
  };
}

/** Fields of a recipient, in the order of the form and of the list of changes. */
export const fields = [
  'kind',
  'name',
  'address',
  'representative',
  'country',
  'relations',
  'contact',
  'publicKey',
] as const satisfies readonly (keyof RecipientContent)[];

/** The part of a recipient that a version keeps. */
export const contentOf = (one: RecipientContent): RecipientContent =>
  Object.fromEntries(fields.map((field) => [field, one[field]])) as unknown as RecipientContent;

/** Returns the fields that differ. */
export const changedFields = (before: RecipientContent, after: RecipientContent): (keyof RecipientContent)[] =>
  fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

const answered = (problems: Problems, field: string, given: boolean | undefined): boolean => {
  if (given === undefined) put(problems, field, 'どちらかを選んでください', 'Choose one');
  return given ?? false;
};

/** Most months between two checks; the law states it in years (Rules 18(1), guideline). */
const mostMonths = (today: Day): number => 12 * (inForce(parameters.equivalentSystemCheckYears, today) ?? 1);

function systemTerms(problems: Problems, input: AssuranceInput, today: Day): Terms {
  const by = systemBases.find((one) => one === input.by);
  if (!by) put(problems, 'by', '一覧から選んでください', 'Choose from the list');
  const scheme = schemes.find((one) => one === input.scheme) ?? null;
  if (by === 'certificate' && scheme === null)
    put(problems, 'scheme', 'どの認証かを選んでください', 'Choose which certificate it is');
  if (by !== undefined && by !== 'certificate' && scheme !== null)
    put(problems, 'scheme', '認証によるときだけ選んでください', 'Choose this only if it rests on a certificate');
  if (by === 'certificate' && !input.until)
    put(problems, 'until', '認証の期限を書いてください', 'Write the day until which the certificate is valid');
  const measures = textOf(problems, 'measures', input.measures, { most: MOST_TEXT, lines: true });
  const checkMethod = textOf(problems, 'checkMethod', input.checkMethod, { most: 500, lines: true });
  const most = mostMonths(today);
  const checkMonths = input.checkMonths ?? most;
  if (!Number.isInteger(checkMonths) || checkMonths < 1 || checkMonths > most)
    put(problems, 'checkMonths', `1から${most}までの整数にしてください`, `Enter a whole number from 1 to ${most}`);
  return {
    kind: 'equivalent-system',
    by: by ?? 'contract',
    scheme: by === 'certificate' ? scheme : null,
    measures,
    checkMethod,
    checkMonths,
  };
}

function termsOf(problems: Problems, recipient: RecipientContent, input: AssuranceInput, today: Day): Terms {
  switch (input.kind) {
    case 'entrustment':
      if (!recipient.relations.includes('entrustment'))
        put(problems, 'kind', '先に、関係に「委託先」を加えてください', 'Add “entrusted party” to its relations first');
      return {
        kind: 'entrustment',
        ownUse: answered(problems, 'ownUse', input.ownUse),
        assessed: answered(problems, 'assessed', input.assessed),
        contract: answered(problems, 'contract', input.contract),
        monitored: answered(problems, 'monitored', input.monitored),
      };
    case 'cloud':
      return {
        kind: 'cloud',
        contractExcludesHandling: answered(problems, 'contractExcludesHandling', input.contractExcludesHandling),
        accessControlled: answered(problems, 'accessControlled', input.accessControlled),
        serverCountry: countryOf(problems, 'serverCountry', input.serverCountry),
      };
    default:
      if (input.kind !== 'equivalent-system') put(problems, 'kind', '一覧から選んでください', 'Choose from the list');
      else if (recipient.country === 'JP')
        put(
          problems,
          'kind',
          '国内の提供先に、基準適合体制は要りません（法28条）',
          'A recipient in Japan needs no equivalent-action system (APPI Art. 28)',
        );
      return systemTerms(problems, input, today);
  }
}

export type AssuranceContent = Pick<Assurance, 'reference' | 'from' | 'until' | 'terms'>;

/** Checks an assurance. Problems come in the order of the form. */
export function readAssurance(
  recipient: RecipientContent,
  input: AssuranceInput,
  today: Day,
): { content: AssuranceContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const reference = textOf(problems, 'reference', input.reference, { most: 200, need: true }) ?? '';
  const from = dayOf(problems, 'from', input.from);
  const until = input.until?.trim() ? dayOf(problems, 'until', input.until) : null;
  if (from && until && until < from)
    put(problems, 'until', '始まりの日より後にしてください', 'It must not end before it begins');
  const terms = termsOf(problems, recipient, input, today);
  return { content: { reference, from: from ?? today, until, terms }, problems };
}

/**
 * Checks the result of a periodic check. Problems come in the order of the form. `months`: the interval that the system states for its checks, which
 * persons are told on request (Rules 18(3)(iii)).
 */
export function readCheck(
  recipient: RecipientContent,
  input: CheckInput,
  today: Day,
  months = mostMonths(today),
): { content: CheckContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const on = pastDayOf(problems, 'on', input.on, today) ?? today;
  const method = textOf(problems, 'method', input.method, { most: 500, need: true, lines: true }) ?? '';
  const measures = measureStates.find((one) => one === input.measures);
  if (!measures) put(problems, 'measures', '一覧から選んでください', 'Choose from the list');
  const foreignSystem = textOf(problems, 'foreignSystem', input.foreignSystem, { most: MOST_TEXT, lines: true });
  if (foreignSystem !== null && recipient.country === 'JP')
    put(problems, 'foreignSystem', '国内の提供先です', 'The recipient is in Japan');
  const need = measures === 'hindered' || measures === 'impossible';
  const trouble = textOf(problems, 'trouble', input.trouble, { most: MOST_TEXT, need, lines: true });
  const remedy = textOf(problems, 'remedy', input.remedy, { most: MOST_TEXT, need, lines: true });
  for (const [field, text] of [['trouble', trouble] as const, ['remedy', remedy] as const])
    if (measures !== undefined && !need && text !== null)
      put(problems, field, '支障があったときだけ書いてください', 'Write this only if there was trouble');
  const returned = measures === 'returned';
  const proof = textOf(problems, 'proof', input.proof, { most: 200, need: returned });
  if (measures !== undefined && !returned && proof !== null)
    put(
      problems,
      'proof',
      '返却・消去を確かめたときだけ書いてください',
      'Write this only if what was given was returned or erased',
    );
  const last = measures === 'impossible' || returned;
  if (last && input.nextDue?.trim())
    put(
      problems,
      'nextDue',
      '「続けられない」ときと、返却・消去を確かめたときは空欄にしてください',
      'Leave this empty if the measures cannot be kept, or if what was given was returned or erased',
    );
  const content: CheckContent = {
    on,
    method,
    measures: measures ?? 'kept',
    foreignSystem,
    trouble,
    remedy,
    proof,
    nextDue: last ? null : nextDueOf(problems, input.nextDue, on, months),
  };
  return { content, problems };
}

/** Reads the day of the next check; without one, `months` after this check, which is the latest day allowed. */
function nextDueOf(problems: Problems, given: string | null | undefined, on: Day, months: number): Day {
  const latest = addMonths(on, months);
  if (!given?.trim()) return latest;
  const due = dayOf(problems, 'nextDue', given);
  if (due && (due <= on || due > latest))
    put(
      problems,
      'nextDue',
      `確認した日より後の、${months}か月以内の日にしてください（規則18条1項と、根拠に書いた確認の間隔）`,
      `Choose a day after the check and within ${months} months of it (Rules Art. 18(1), and the interval stated in the basis)`,
    );
  return due ?? latest;
}

/** Checks a report on a country. Problems come in the order of the form. */
export function readReport(input: ReportInput, today: Day): { content: ReportContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const systemExists = answered(problems, 'systemExists', input.systemExists);
  const signs = indicators.filter((one) => input.indicators.includes(one));
  if (!input.indicators.every((one) => (indicators as readonly string[]).includes(one)))
    put(problems, 'indicators', '一覧から選んでください', 'Choose from the list');
  const given = input.missingPrinciples;
  const missingPrinciples = given && principles.filter((one) => given.includes(one));
  if (given && !given.every((one) => (principles as readonly string[]).includes(one)))
    put(problems, 'missingPrinciples', '一覧から選んでください', 'Choose from the list');
  if (given === null && signs.length === 0)
    put(
      problems,
      'missingPrinciples',
      '指標となる認定や参加がない国では、OECDの8原則のどれが欠けるかを確かめてください',
      'Without such an indicator, find out which of the eight OECD principles are missing',
    );
  const graveSystems = textOf(problems, 'graveSystems', input.graveSystems, { most: MOST_TEXT, lines: true });
  const source = webAddressOf(problems, 'source', input.source);
  const checkedOn = pastDayOf(problems, 'checkedOn', input.checkedOn, today) ?? today;
  const measures = textOf(problems, 'measures', input.measures, { most: MOST_TEXT, lines: true });
  return {
    content: { systemExists, indicators: signs, missingPrinciples, graveSystems, source, checkedOn, measures },
    problems,
  };
}

/** Checks the address of the Commission's page. */
export function readPage(
  input: { url: string; checkedOn: string },
  today: Day,
): { content: { url: string; checkedOn: Day }; problems: FieldProblem[] } {
  const problems: Problems = [];
  const url = webAddressOf(problems, 'url', input.url);
  const checkedOn = pastDayOf(problems, 'checkedOn', input.checkedOn, today) ?? today;
  return { content: { url, checkedOn }, problems };
}

export function readReason(given: string): { reason: string; problems: FieldProblem[] } {
  const problems: Problems = [];
  return { reason: textOf(problems, 'reason', given, { most: 500, need: true, lines: true }) ?? '', problems };
}
