// Checks what a form, a call or a file says of a consent or an objection. Pure.

import { type Bilingual, both, type Lang } from '../../../base/bilingual.ts';
import { type Day, dayOf } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { type ConsentGiver, showsRepresentative } from '../../../law/index.ts';
import type { ConsentRow, TextRow } from '../tables.ts';
import { type Method, type Moment, type Representative, representedBy } from './consent.ts';

export const says = {
  text: both('この文面はありません', 'There is no such text'),
  notInForce: both('この版は、その日には使っていません', 'This version is not in use on that day'),
  language: both('この版は、その言語で示していません', 'This version is not offered in that language'),
  future: both('今日より後の日は書けません', 'It cannot be later than today'),
  ahead: both(
    'いまより後の時刻は書けません。送った側の時計が進んでいないかを確かめてください',
    'The time cannot be in the future. Check that the clock of the sender is not fast',
  ),
  channel: both('施行中の方針にない入手の方法です', 'The policy in force does not state this way of acquisition'),
  representative: both(
    '法定代理人との関係と、確かめた書類を選んでください',
    'Choose the relation of the legal representative and the document that was checked',
  ),
  lawful: both(
    '選んだ書類では、法定代理人だと分かりません。親権や未成年後見は戸籍や住民票で、成年後見は登記事項証明書で確かめます',
    'The document you chose does not show who the legal representative is. Check parents and guardians of minors by a family register or a resident record, and guardians of adults by a certificate of registered guardianship',
  ),
  noRepresentative: both('法定代理人が同意したときだけ書きます', 'Only if a legal representative consented'),
  evidence: both('証拠の置き場所を書いてください', 'Write where the evidence is kept'),
  note: both(
    '口頭のときは、だれが、どのように同意を聞いたかを書いてください',
    'For oral consent, write who heard it and how',
  ),
  personal: both(
    '個人情報は書けません。メールアドレスや、電話番号などの長い数字を除いてください',
    'No personal information: remove e-mail addresses and long numbers such as telephone numbers',
  ),
  shown: both(
    '外国についての情報を示した日が要ります',
    'The day on which the information on the country was shown is needed',
  ),
  notShown: both('外国への提供の文面ではありません', 'This text is not for a provision abroad'),
  shownLate: both(
    '情報を示す前の同意です。示してから、改めて同意を得てください（法28条2項）',
    'The consent was given before the information was shown. Show it, then ask for consent again (APPI Art. 28(2))',
  ),
  beforeGiven: both('同意した日より前です', 'That is before the consent was given'),
  afterRecorded: both('取下げを記録した時刻より後です', 'That is after the withdrawal was recorded'),
  recipient: both('この提供先はありません', 'There is no such recipient'),
  reason: both('取り消す理由を書いてください', 'Write why it is taken back'),
  purpose: both('施行中の方針にない目的です', 'The policy in force does not state this purpose'),
  onlyPurpose: both('ある目的での利用をやめるときだけ選んでください', 'Choose this only to stop use for one purpose'),
  onlyRecipient: both(
    'ある提供先への提供をやめるときだけ選んでください',
    'Choose this only to stop providing to one recipient',
  ),
} satisfies Record<string, Bilingual>;

/** E-mail addresses, numbers written like telephone numbers or My Numbers, and long runs of digits. Ids of records do not match. */
const personal = [
  /[^\s@]@[^\s@]/,
  /\d{9,}/,
  /(?<!\d)0\d{1,4}[-\s()]{1,2}\d{1,4}[-\s()]{1,2}\d{3,4}(?!\d)/,
  /(?<!\d)\d{4}[-\s]\d{4}[-\s]\d{4}(?!\d)/,
];

const id = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** True when a reference or a note contains one of these. */
export function tellsOfPerson(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .replaceAll(id, '');
  return personal.some((form) => form.test(plain));
}

const notPersonal = (field: string, text: string | null): FieldProblem[] =>
  text !== null && tellsOfPerson(text) ? [{ field, says: says.personal }] : [];

/** A consent about to be recorded, by a known person and to a known text. */
export interface Given {
  language: Lang;
  given: Moment;
  givenBy: ConsentGiver;
  representative: Representative | null;
  /** Id of one of the policy's ways of acquisition. */
  channel: string;
  method: Method;
  note: string | null;
  /** Where the evidence is, such as the number of a folder. */
  evidence: string | null;
  /** Abroad: when the information of 28(2) was shown. */
  shown: Moment | null;
}

export interface Today {
  today: Day;
  now: number;
}

/** The field in which a moment was stated: that of the instant, if one was given. */
export const statedIn = (on: string, at: string, moment: Moment | null): string => (moment?.at == null ? on : at);

/** The problem of a moment later than now, at its field. */
export const futureProblems = (field: string, { on, at }: Moment, { today, now }: Today): FieldProblem[] =>
  on > today || (at !== null && at > now) ? [{ field, says: at === null ? says.future : says.ahead }] : [];

/** Reads a moment stated as a day, as an instant (whose day in Japan then counts), or as both, which must agree; null if absent or contradictory. */
export function momentOf(on: Day | null, at: number | null): Moment | null {
  if (at === null) return on && { on, at };
  return on === null || on === dayOf(at) ? { on: dayOf(at), at } : null;
}

/** On the same day, the instants decide if both are known. */
const shownBefore = (shown: Moment, given: Moment): boolean =>
  shown.on < given.on || (shown.on === given.on && !(shown.at !== null && given.at !== null && shown.at > given.at));

function shownProblems({ shown, given }: Given, abroad: boolean): FieldProblem[] {
  const field = statedIn('shown_on', 'shown_at', shown);
  if (!abroad) return shown ? [{ field, says: says.notShown }] : [];
  if (!shown) return [{ field, says: says.shown }];
  return shownBefore(shown, given) ? [] : [{ field, says: says.shownLate }];
}

function representativeProblems({ givenBy, representative }: Given): FieldProblem[] {
  if (givenBy !== 'representative')
    return representative ? [{ field: 'representative', says: says.noRepresentative }] : [];
  if (!representative) return [{ field: 'representative', says: says.representative }];
  const { relation, checked } = representative;
  return showsRepresentative(representedBy[relation], [checked])
    ? []
    : [{ field: 'representative.checked', says: says.lawful }];
}

/** Problems of a consent's own fields, before it is checked against the days of its text. */
export function givenProblems(
  asked: Given,
  text: Pick<TextRow, 'abroad' | 'wording'>,
  channels: { has(id: string): boolean },
  today: Today,
): FieldProblem[] {
  const { method, evidence, note, language } = asked;
  const problems: FieldProblem[] = [];
  if (!text.wording[language]) problems.push({ field: 'language', says: says.language });
  const given = statedIn('given_on', 'given_at', asked.given);
  problems.push(...futureProblems(given, asked.given, today), ...representativeProblems(asked));
  if (!channels.has(asked.channel)) problems.push({ field: 'channel', says: says.channel });
  if (method === 'oral' && note === null) problems.push({ field: 'note', says: says.note });
  if (method !== 'oral' && evidence === null) problems.push({ field: 'evidence', says: says.evidence });
  problems.push(...notPersonal('note', note), ...notPersonal('evidence', evidence));
  problems.push(...shownProblems(asked, text.abroad));
  return problems;
}

/** Problems of the reason for retracting an objection: it says what was wrong with the record, and nothing personal. */
export const retractionProblems = (reason: string): FieldProblem[] =>
  reason.trim() === '' ? [{ field: 'reason', says: says.reason }] : notPersonal('reason', reason);

/** Problems of the day, and of the time if it is known, of the withdrawal of a consent. `field`: that of the time. */
export function withdrawalProblems(
  { on, at }: Moment,
  given: Pick<ConsentRow, 'given_on' | 'given_at'>,
  { today, now }: Today,
): FieldProblem[] {
  // A consent dated in the future by a fast clock can be withdrawn today, since no later day can be entered yet.
  if (on < given.given_on && given.given_on <= today) return [{ field: 'on', says: says.beforeGiven }];
  if (at !== null && given.given_at !== null && at < given.given_at.getTime())
    return [{ field: 'at', says: says.beforeGiven }];
  return futureProblems(on > today ? 'on' : 'at', { on, at }, { today, now });
}

export const evidenceProblems = (evidence: string | null): FieldProblem[] => notPersonal('evidence', evidence);

/** Columns of a file of consents on paper. */
export const columns = ['principal', 'given_on', 'given_by', 'evidence', 'relation', 'checked', 'shown_on'] as const;

export type Column = (typeof columns)[number];
