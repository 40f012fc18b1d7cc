// Article 16 with Order 12 and its Rules: is this enough to take a My Number from this person? There are always two checks: that the number is right,
// and that the giver is its owner, or an agent with proof. The facts name kinds of documents, never a number or a picture.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { Consent } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { need, refuse, weigh, type Held } from '../need.ts';
import {
  drivingHistorySince,
  inForce,
  lesserDocuments,
  lesserDocumentsNeeded,
  numberingText,
  photoDocuments,
  verificationRecordItems,
} from '../parameters.ts';
import { act, limitHandlers } from './grounds.ts';

/** The proof of the number. `card-record` is the record on a smartphone, `official-record` one that the card signed. */
export type NumberProof =
  | 'my-number-card'
  | 'card-record'
  | 'official-record'
  | 'residence-record'
  | 'notification-card'
  | 'verified-file'
  | 'accepted-document'
  | 'none';

/** The proof of identity. `approved-method` is one that the tax office accepts for online use. */
export type IdentityProof =
  | 'card-record'
  | 'signature-certificate'
  | 'approved-method'
  | 'registry-certificate'
  | 'proof-of-relation'
  | (typeof photoDocuments.value)[number]
  | (typeof lesserDocuments.value)[number];

export interface IdentityFacts {
  giver?: 'principal' | 'legal-agent' | 'mandated-agent' | 'corporate-agent';
  channel?: 'in-person' | 'mail' | 'online' | 'phone';
  /** The check digit of the number is right. */
  checkDigit?: boolean;
  /** The proof of the number. For an agent: the document of the person the number belongs to, or a copy of it. */
  number?: NumberProof;
  /** `notification-card`: the name and address on it are still those of the register. */
  notificationCardCurrent?: boolean;
  /** `verified-file`, `accepted-document`: the ordinary documents cannot be shown. */
  numberDocumentUnavailable?: boolean;
  /** `accepted-document`: the tax office accepts it. */
  documentAccepted?: boolean;
  /** The proofs of the giver's identity; empty = none. */
  identity?: readonly IdentityProof[];
  /** Documents with a photograph cannot be shown. */
  photoUnavailable?: boolean;
  /** `driving-history`: the day it was issued. */
  drivingHistoryOn?: Day;
  /** The giver is present and known beyond doubt, such as an employee, and the tax office accepts that. */
  evident?: boolean;
  /** By telephone: the giver was asked what only the person knows, and answered correctly. */
  knowsOwnFacts?: boolean;
  /** The proof that the agent may act. */
  agency?: 'family-register' | 'power-of-attorney' | 'none';
  /** Name and birth date or address agree on all documents, no document has expired, and the number is the one given. */
  consistent?: boolean;
  /** Never looked at: consent replaces no check. */
  consent?: Consent | null;
  judgements?: Judgements;
}

type Law = 'NumberingAct-Order' | 'NumberingAct-Rules';
const of = (law: Law, article: string, ja: string, en: string): Ground => ground(law, article, ja, en);
const rule = (article: string, ja: string, en: string): Ground => of('NumberingAct-Rules', article, ja, en);

const twoChecks = act(
  '16',
  '番号を受け取るときは、番号の確認と身元の確認の両方をします。',
  'When a number is received, both the number and the identity are checked.',
);
const typing = need(
  ['NumberingAct-Order', '6'],
  'checkDigit',
  ['検査用数字が合うか', 'Whether the check digit is right'],
  ['検査用数字が合わないので、番号に誤りがあります。', 'The check digit is wrong, so the number contains an error.'],
  { ja: '受け取った番号を残さず、もう一度求める', en: 'Keep nothing of it and ask for the number again' },
);
const agreement = need(
  ['NumberingAct', '16'],
  'consistent',
  [
    '書類が有効で、氏名と生年月日または住所が一致し、番号も同じか',
    'Whether the documents are valid and agree in name, birth date or address, and number',
  ],
  [
    '書類の間、または書類と申告の間に食い違いがあります。',
    'The documents, or the documents and the number given, do not agree.',
  ],
  {
    ja: '食い違いを本人に確かめ、正しい書類を求める',
    en: 'Clear it up with the person and ask for the right documents',
  },
);
const card = act(
  '16',
  '個人番号カードだけで、番号と身元の両方を確かめられます。',
  'The My Number Card alone serves both checks.',
);
const phoneRecord = act(
  '16(ii)',
  'スマートフォンの記録を専用のプログラムで確かめれば、番号と身元の両方を確かめられます。',
  'The record on a smartphone, checked with the official program, serves both checks.',
);
const numberShown = of(
  'NumberingAct-Order',
  '12(1)',
  '番号の載った住民票の写しなどで番号を確かめます。',
  'A residence record that carries the number, or the like, shows the number.',
);
const substitute = rule(
  '2(1)',
  '書類を示せないので、確認済みのファイルや認められた書類で番号を確かめます。',
  'The documents cannot be shown, so a verified file or an accepted document shows the number.',
);
const photo = rule('1', '写真のある身元確認書類です。', 'It is an identity document with a photograph.');
const lesser = rule(
  '2(3)',
  '写真のある書類を示せないので、そのほかの書類2つ以上で身元を確かめます。',
  'Documents with a photograph cannot be shown, so two or more others show the identity.',
);
const evidently = rule(
  '2(6)',
  '対面で本人であることが明らかなので、身元確認書類を省けます。',
  'It is evident face to face that this is the person, so no identity document is needed.',
);
const byPhone = rule(
  '2(5)',
  '電話では、確認済みの番号を、本人しか知らないことを尋ねて確かめます。',
  'By telephone, a number already verified is confirmed by asking what only the person knows.',
);
const online = rule(
  '3',
  'オンラインでは、電子署名や認められた方法で身元を確かめます。',
  'Online, the identity is shown by an electronic signature or an accepted method.',
);
const copies = rule(
  '11',
  '郵送では、書類またはその写しで確かめます。',
  'By post, the documents or their copies are used.',
);
const agencyShown = of(
  'NumberingAct-Order',
  '12(2)',
  '代理権を書類で確かめます。',
  'Documents show that the agent may act.',
);
const agentIdentity = rule('7', '代理人の身元を確かめます。', 'The agent’s own identity is checked.');
const principalNumber = rule(
  '8',
  '本人の番号の載った書類かその写しで番号を確かめます。',
  'The person’s own number document, or its copy, shows the number.',
);

const noNumber = of(
  'NumberingAct-Order',
  '12(1)',
  '番号の載った書類がないので、番号を確かめられません。',
  'No document shows the number, so it cannot be checked.',
);
const noIdentity = of(
  'NumberingAct-Order',
  '12(1)',
  '示された書類では、身元を確かめられません。',
  'The documents shown do not prove the identity.',
);
const wrongOnline = rule(
  '3',
  'オンラインでは、書類の画像だけでは身元を確かめられません。',
  'Online, the picture of a document alone does not prove the identity.',
);
const onlyVerified = rule(
  '2(5)',
  '電話で確かめられるのは、確認済みのファイルにある番号だけです。',
  'By telephone only a number in a verified file can be confirmed.',
);
const noRecordByMail = rule(
  '11',
  'スマートフォンや電子署名の記録は、郵送では確かめられません。',
  'A record of a smartphone or a signature cannot be checked by post.',
);
const noAgency = of(
  'NumberingAct-Order',
  '12(2)',
  '代理権を示す書類がありません。',
  'Nothing shows that the agent may act.',
);
const wrongAgency = of(
  'NumberingAct-Order',
  '12(2)',
  '法定代理人は戸籍謄本など、任意代理人は委任状で代理権を示します。',
  'A legal representative shows a family register or the like, a mandated agent a power of attorney.',
);
const history = need(
  ['NumberingAct-Rules', '1'],
  'drivingHistoryOn',
  ['運転経歴証明書の交付の日', 'The day the driving-history certificate was issued'],
  [
    '運転経歴証明書は、平成24年4月1日より前に交付されたものでは足りません。',
    'A driving-history certificate issued before 1 April 2012 is not enough.',
  ],
);

const askGiver = lacksUnder(
  'NumberingAct',
  'giver',
  '16',
  '番号を出す人は本人か代理人か',
  'Whether it is the person or an agent',
);
const askChannel = lacksUnder('NumberingAct', 'channel', '16', 'どうやって受け取るか', 'How it is received');
const askNumber = lacksUnder('NumberingAct', 'number', '16', '番号を示す書類', 'What shows the number');
const askIdentity = lacksUnder('NumberingAct', 'identity', '16', '身元を示す書類', 'What shows the identity');
const askAgency = lacksUnder(
  'NumberingAct-Order',
  'agency',
  '12(2)',
  '代理権を示す書類',
  'What shows the agent’s authority',
);
const agentByPhone = asksJudgement(
  'agentByPhone',
  'NumberingAct-Rules',
  '9',
  '代理人から電話で受け取ってよいか',
  'whether it may be received from an agent by telephone',
);

const noAgentByPhone = rule(
  '9',
  '代理人から電話では受け取れないと判断されています。',
  'It was judged that a number cannot be received from an agent by telephone.',
);
const noCompanyPapers = rule(
  '7',
  '法人の代理人は、登記事項証明書と、その法人との関係を示す書類で身元を示します。',
  'A corporate agent shows a registry certificate and a document that proves the relation to the corporation.',
);

const noMorePictures = {
  ja: '電子署名か、税務署の認める方法で身元を確かめる',
  en: 'Use a signature or a method the tax office accepts',
};
const askForCard = {
  ja: '個人番号カード、または番号の載った住民票の写しを求める',
  en: 'Ask for the card or a residence record with the number',
};
const askForPhoto = { ja: '写真のある身元確認書類を求める', en: 'Ask for an identity document with a photograph' };

const unavailable = need(
  ['NumberingAct-Rules', '2(1)'],
  'numberDocumentUnavailable',
  [
    '番号の載った書類を示せない事情があるか',
    'Whether there is a reason why the document with the number cannot be shown',
  ],
  [
    '番号の載った書類を示せるので、それで確かめます。',
    'The document with the number can be shown, so it is used for the check.',
  ],
  askForCard,
);
const accepted = need(
  ['NumberingAct-Rules', '2(1)'],
  'documentAccepted',
  ['その書類を税務署が認めているか', 'Whether the tax office accepts that document'],
  ['税務署の認めた書類ではありません。', 'The tax office does not accept that document.'],
  askForCard,
);
const current = need(
  ['NumberingAct-Order', '12(1)'],
  'notificationCardCurrent',
  ['通知カードの記載が住民票と同じか', 'Whether the notification card still matches the register'],
  [
    '通知カードは、記載が住民票と違えば使えません。',
    'A notification card that no longer matches the register cannot be used.',
  ],
  askForCard,
);
const noPhoto = need(
  ['NumberingAct-Rules', '2(3)'],
  'photoUnavailable',
  [
    '写真のある書類を示せない事情があるか',
    'Whether there is a reason why a document with a photograph cannot be shown',
  ],
  [
    '写真のある書類を示せるので、それで確かめます。',
    'A document with a photograph can be shown, so it is used for the check.',
  ],
  askForPhoto,
);
const ownFacts = need(
  ['NumberingAct-Rules', '2(5)'],
  'knowsOwnFacts',
  ['本人しか知らないことを尋ね、正しい答えを得たか', 'Whether the caller rightly answered what only the person knows'],
  ['本人しか知らないことに答えられませんでした。', 'The caller could not answer what only the person knows.'],
);

/** One of the two checks: the grounds for it and the needs it still has, or why it fails. */
type Check = { because: Ground[]; needs: Held[]; missing?: Missing } | { fails: Ground; instead: Bilingual[] };
const passed = (because: Ground[], needs: Held[] = []): Check => ({ because, needs });
const failed = (fails: Ground, ...instead: Bilingual[]): Check => ({ fails, instead });

/** Records that only a program can read. They serve both checks, and are never accepted by post. */
const electronic: ReadonlySet<string> = new Set(['card-record', 'official-record', 'signature-certificate']);
const photos: ReadonlySet<string> = new Set(photoDocuments.value);
const lessers: ReadonlySet<string> = new Set(lesserDocuments.value);

/** The number check (番号確認). */
function numberCheck(facts: IdentityFacts, proof: NumberProof): Check {
  const agent = facts.giver !== 'principal';
  const shown = agent ? principalNumber : numberShown;
  if (facts.channel === 'phone')
    return proof === 'verified-file' ? passed([byPhone]) : failed(onlyVerified, askForCard);
  if (facts.channel === 'mail' && electronic.has(proof)) return failed(noRecordByMail, askForCard);
  switch (proof) {
    case 'none':
      return failed(noNumber, askForCard);
    case 'my-number-card':
      return passed([agent ? principalNumber : card]);
    case 'card-record':
    case 'official-record':
      return passed([agent ? principalNumber : phoneRecord]);
    case 'residence-record':
      return passed([shown]);
    case 'notification-card':
      return passed([shown], [[facts.notificationCardCurrent, current]]);
    case 'verified-file':
      return passed([substitute], [[facts.numberDocumentUnavailable, unavailable]]);
    case 'accepted-document':
      return passed(
        [substitute],
        [
          [facts.numberDocumentUnavailable, unavailable],
          [facts.documentAccepted, accepted],
        ],
      );
  }
}

/** False for a driving-history certificate that was issued too early to count as a document. */
const counts = (one: IdentityProof, facts: IdentityFacts, since: Day): boolean =>
  one !== 'driving-history' || facts.drivingHistoryOn === undefined || facts.drivingHistoryOn >= since;

/** The identity check (身元確認) by documents, face to face or by post. */
function byDocuments(facts: IdentityFacts, proofs: readonly IdentityProof[], on: Day): Check {
  const since = inForce(drivingHistorySince, on);
  const enough = inForce(lesserDocumentsNeeded, on);
  if (since === undefined || enough === undefined) return failed(noIdentity);
  const shown = proofs.filter((one) => photos.has(one) && counts(one, facts, since));
  if (shown.length > 0) {
    const onlyHistory = shown.every((one) => one === 'driving-history') && facts.drivingHistoryOn === undefined;
    return passed([photo], onlyHistory ? [[undefined, history]] : []);
  }
  const others = new Set(proofs.filter((one) => lessers.has(one)));
  if (others.size >= enough) return passed([lesser], [[facts.photoUnavailable, noPhoto]]);
  return failed(proofs.includes('driving-history') ? history.unmet : noIdentity, askForPhoto);
}

/** By telephone, what only the person knows; for an agent, only where the officer has judged that it is enough. */
function phoneCheck(facts: IdentityFacts, on: Day): Check {
  if (facts.giver === 'principal') return passed([byPhone], [[facts.knowsOwnFacts, ownFacts]]);
  const allowed = judged(facts.judgements, 'agentByPhone', on);
  if (allowed === false) return failed(noAgentByPhone);
  const check = { because: [byPhone], needs: [[facts.knowsOwnFacts, ownFacts]] as Held[] };
  return allowed ? check : { ...check, missing: agentByPhone };
}

/** The identity check (身元確認). Undefined until it is stated what was shown. */
function identityCheck(facts: IdentityFacts, on: Day): Check | undefined {
  const { giver, channel, number, identity } = facts;
  const direct = giver === 'principal';
  if (channel === 'phone') return phoneCheck(facts, on);
  if (direct && number !== undefined && servesBoth(number, channel)) return passed([]);
  if (direct && channel === 'in-person' && facts.evident) return passed([evidently]);
  if (identity === undefined) return undefined;
  if (giver === 'corporate-agent') {
    const both = identity.includes('registry-certificate') && identity.includes('proof-of-relation');
    return both ? passed([agentIdentity]) : failed(noCompanyPapers);
  }
  const check = byChannel(identity, facts, on);
  return direct || 'fails' in check ? check : passed([agentIdentity, ...check.because], check.needs);
}

const onlineProofs: readonly IdentityProof[] = ['card-record', 'signature-certificate', 'approved-method'];

function byChannel(identity: readonly IdentityProof[], facts: IdentityFacts, on: Day): Check {
  if (facts.channel === 'online') {
    return onlineProofs.some((one) => identity.includes(one)) ? passed([online]) : failed(wrongOnline, noMorePictures);
  }
  if (facts.channel === 'in-person' && identity.includes('card-record')) return passed([phoneRecord]);
  return byDocuments(facts, identity, on);
}

/** True when the proof of the number serves both checks: the card when it is shown or copied, its records when a program reads them. */
const servesBoth = (number: NumberProof, channel: IdentityFacts['channel']): boolean =>
  number === 'my-number-card' ? channel === 'in-person' || channel === 'mail' : electronic.has(number);

/** The check of the agent's power (代理権の確認). Undefined for an agent until it is stated what was shown. For the person there is nothing to check. */
function agencyCheck({ giver, agency }: IdentityFacts): Check | undefined {
  if (giver === 'principal') return passed([]);
  if (agency === undefined) return undefined;
  if (agency === 'none') return failed(noAgency);
  const right = giver === 'legal-agent' ? 'family-register' : 'power-of-attorney';
  return agency === right ? passed([agencyShown]) : failed(wrongAgency);
}

/** 16, Order 12, Rules 1 to 11. Is what was shown enough to take the number? */
export function decideIdentity(facts: IdentityFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  if (facts.checkDigit === false) return refuse(typing);
  const { giver, channel, number } = facts;
  const known = giver !== undefined && channel !== undefined;
  // Every check depends on who gives the number and how. Until both are known, nothing can be ruled out.
  const [agency, shown, identity] = known
    ? [agencyCheck(facts), number && numberCheck(facts, number), identityCheck(facts, on)]
    : [];
  const because: Ground[] = [];
  const needs: Held[] = [
    [facts.checkDigit, typing],
    [facts.consistent, agreement],
  ];
  const judgement: Missing[] = [];
  // What shows the number of a person who comes themselves may show who they are too, so until it is known, nothing else they show is too little.
  for (const check of [agency, shown, giver === 'principal' && !number ? undefined : identity]) {
    if (!check) continue;
    if ('fails' in check) return no([check.fails, twoChecks], ...check.instead);
    because.push(...check.because);
    needs.push(...check.needs);
    if (check.missing) judgement.push(check.missing);
  }
  const { refused, missing } = weigh(needs);
  if (refused) return refuse(refused, twoChecks);
  missing.push(...judgement);
  if (!giver) missing.push(askGiver);
  if (!channel) missing.push(askChannel);
  if (!number) missing.push(askNumber);
  if (known && !agency) missing.push(askAgency);
  if (known && !identity) missing.push(askIdentity);
  if (missing.length > 0) return unknown([twoChecks], missing);
  if (channel === 'mail') because.push(copies);
  return yes([twoChecks, ...because], [recordVerification(on), limitHandlers]);
}

const recordVerification = (on: Day): Duty =>
  duty(
    'record-verification',
    ['NumberingAct', '16'],
    'at-once',
    '確かめた方法と書類の種類を記録する。書類の画像と番号は載せない',
    'Record how it was verified and the kinds of documents, with neither pictures nor the number',
    { items: [...(inForce(verificationRecordItems, on) ?? [])] },
  );

/** Proofs that do not fit the stated giver or channel. */
export function identityContradictions(facts: IdentityFacts): Contradiction[] {
  const found: Contradiction[] = [];
  if (facts.giver === 'principal' && facts.agency !== undefined && facts.agency !== 'none') {
    found.push(
      contradiction('agency', '本人から受け取るなら、代理権の書類はありません', 'The person needs no proof of agency'),
    );
  }
  if (facts.evident && facts.channel !== undefined && facts.channel !== 'in-person') {
    found.push(contradiction('evident', '対面のときだけ選べます', 'Only face to face'));
  }
  return found;
}
