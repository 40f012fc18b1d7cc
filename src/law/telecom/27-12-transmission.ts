// Article 27-12 of the Telecommunications Business Act: may a tag or module go live that has the user's device send information to somebody else?
// Only once its own entry is published, or under an exemption. A tag without an entry is refused.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { UserConsentGiver } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { need, weigh, type Held } from '../need.ts';
import { inForce, telecomText, transmissionItems, transmissionOptOutItems } from '../parameters.ts';
import { testUser } from './4-user.ts';

/** The published entry of one tag: TBR 22-2-28 and 22-2-29. */
export interface TransmissionEntry {
  /** The day since when users can learn about it; null = not yet. */
  publishedOn?: Day | null;
  listed?: readonly (typeof transmissionItems.value)[number][];
  /** In Japanese, and without jargon. */
  plain?: boolean;
  /** Legible at a proper size, without the user having to do anything. */
  readable?: boolean;
  /** In a pop-up, one step from the page, or on the first screen of the app. */
  reachable?: boolean;
}

export interface TransmissionFacts {
  /** It has the device send information about its user to equipment that is not the user’s. */
  sends?: boolean;
  /** The service comes through a browser or an app. */
  throughBrowserOrApp?: boolean;
  /**
   * What the service is: TBR 22-2-27. `mediation` = mail, chat, meetings; `posting` = boards and sharing; `search` = of the whole web;
   * `information` = news, video, maps and the like; `own-site` = a site that only presents our own business; `none` = no such service.
   */
  service?: 'mediation' | 'posting' | 'search' | 'information' | 'own-site' | 'none';
  /** null = there is no entry. */
  entry?: TransmissionEntry | null;
  /** `necessary`: truly needed to display the service, or for input, sign-in, security or load. */
  exemption?: 'necessary' | 'own-identifier' | 'consent' | 'opt-out' | 'none';
  /** `necessary`: nothing beyond that need is sent, and what is sent serves nothing else. */
  withinNeed?: boolean;
  /** `own-identifier`: we sent the identifier to the device, and it comes back to us. */
  ownIdentifier?: boolean;
  /** `consent`: this user agreed to exactly this before it is sent. */
  userConsented?: boolean;
  /** `consent`: who gave it. */
  consentedBy?: UserConsentGiver;
  /** `opt-out`: what users can learn about it. */
  optOutListed?: readonly (typeof transmissionOptOutItems.value)[number][];
  /** `opt-out`: sending or use really stops for a user who asks. */
  optOutWorks?: boolean;
  judgements?: Judgements;
}

const tba = (article: string, ja: string, en: string): Ground => ground('TBA', article, ja, en);
const tbr = (article: string, ja: string, en: string): Ground => ground('TBA-Rules', article, ja, en);

const duties27 = tba(
  '27-12',
  '利用者の端末から外に情報を送らせるときは、前もって、送信ごとに必要な事項を利用者が知り得るようにします。',
  'Before a user’s device is made to send information out, the required matters have to be made available to users for each transmission.',
);
const nothingSent = tba(
  '27-12',
  '利用者の端末から外に情報を送らせないので、この定めは働きません。',
  'The device is not made to send anything out, so this rule does not apply.',
);
const notThrough = tbr(
  '22-2-27',
  'ブラウザーやアプリを通じたサービスではないので、この定めは働きません。',
  'The service does not come through a browser or an app, so this rule does not apply.',
);
const notListed = tbr(
  '22-2-27',
  '対象となる種類のサービスではないので、この定めは働きません。',
  'It is none of the kinds of service this rule covers.',
);
const ownSiteOutside = tbr(
  '22-2-27',
  '自社の紹介だけのサイトで、対象のサービスに当たらないと判断されています。',
  'It was judged that the site only presents our own business and is no covered service.',
);
const covered = tbr(
  '22-2-27',
  'ブラウザーやアプリを通じた、対象のサービスです。',
  'It is a covered service, through a browser or an app.',
);
const itemThree = tba(
  '164(3)',
  '自前の回線のないウェブのサービスにも働きます。',
  'It also applies to web services without lines of their own.',
);
const published = tbr(
  '22-2-29',
  'この送信について、情報の内容、取り扱う者、目的を公表しています。',
  'What is sent, who handles it and why are published for this transmission.',
);
const shown = tbr(
  '22-2-28',
  '日本語の平易な言葉で、操作せずに読め、すぐたどり着けます。',
  'It is in plain Japanese, readable as it stands and easy to reach.',
);
const noEntry = tbr(
  '22-2-29',
  'この送信の公表がありません。公表するまで、このタグは使えません。',
  'Nothing is published for this transmission. The tag may not go live until it is.',
);
const incomplete = tbr(
  '22-2-29',
  '送る情報の内容、取り扱う者の名称、目的のどれかが公表されていません。',
  'The information sent, who handles it or the purpose is not published.',
);
const tooLate = tbr(
  '22-2-29',
  '公表の日がこの日より後です。送信の前に公表します。',
  'It is published after this day. It has to be published before the transmission.',
);
const exempt: Record<'necessary' | 'own-identifier' | 'consent' | 'opt-out', Ground> = {
  necessary: tba(
    '27-12(i)',
    'サービスの提供に真に必要な情報だけを送ります。',
    'Only what is truly needed to provide the service is sent.',
  ),
  'own-identifier': tba(
    '27-12(ii)',
    '当社が端末に送った識別符号が、当社に戻るだけです。',
    'Only the identifier we sent to the device comes back to us.',
  ),
  consent: tba('27-12(iii)', '利用者が送信に同意しています。', 'The user has consented to the transmission.'),
  'opt-out': tba(
    '27-12(iv)',
    '求めに応じて止める仕組みがあり、必要な事項を公表しています。',
    'Users can have it stopped, and what is required is published.',
  ),
};
const optOutIncomplete = tbr(
  '22-2-31',
  'オプトアウトについて公表すべき7つの事項がそろっていません。',
  'The seven matters to be published about the opt-out are not complete.',
);

const withinNeed = need(
  ['TBA-Rules', '22-2-30'],
  'withinNeed',
  ['その必要な範囲だけで送り、使うか', 'Whether it is sent and used only as far as that need requires'],
  [
    '必要な範囲を超えて送るか使うので、この例外に当たりません。',
    'It is sent or used beyond that need, so this exemption does not apply.',
  ],
);
const ownIdentifier = need(
  ['TBA', '27-12(ii)'],
  'ownIdentifier',
  ['当社が端末に送った識別符号で、当社だけに戻るか', 'Whether we sent the identifier and it comes back only to us'],
  [
    'ほかの者の識別符号であるか、ほかの者に届くので、この例外に当たりません。',
    'It is another’s identifier or reaches another, so this exemption does not apply.',
  ],
);
const userConsented = need(
  ['TBA', '27-12(iii)'],
  'userConsented',
  ['この送信に、送る前に利用者が同意するか', 'Whether the user consents to this transmission before it is sent'],
  ['この送信への、前もっての同意がありません。', 'There is no prior consent to this transmission.'],
);
const optOutWorks = need(
  ['TBA', '27-12(iv)'],
  'optOutWorks',
  ['求めた人について、送信または利用が実際に止まるか', 'Whether sending or use really stops for a person who asks'],
  [
    '求めても止まらないので、この例外に当たりません。',
    'It does not stop when asked, so this exemption does not apply.',
  ],
);
const plain = need(
  ['TBA-Rules', '22-2-28'],
  'entry.plain',
  ['日本語で、専門用語を避けて書いているか', 'Whether it is in Japanese without jargon'],
  ['日本語の平易な言葉で書かれていません。', 'It is not in plain Japanese.'],
);
const readable = need(
  ['TBA-Rules', '22-2-28'],
  'entry.readable',
  ['拡大などの操作なしに読めるか', 'Whether it can be read without zooming or the like'],
  ['操作なしには読めません。', 'It cannot be read as it stands.'],
);
const reachable = need(
  ['TBA-Rules', '22-2-28'],
  'entry.reachable',
  ['画面からすぐたどり着けるか', 'Whether it is easy to reach from the page or screen'],
  ['画面からすぐたどり着けません。', 'It is not easy to reach from the page or screen.'],
);

const lack = (law: 'TBA' | 'TBA-Rules', fact: string, article: string, ja: string, en: string): Missing =>
  lacksUnder(law, fact, article, ja, en);
const askSends = lack(
  'TBA',
  'sends',
  '27-12',
  '端末から外に情報を送らせるか',
  'Whether the device is made to send information out',
);
const askThrough = lack(
  'TBA-Rules',
  'throughBrowserOrApp',
  '22-2-27',
  'ブラウザーやアプリのサービスか',
  'Whether it comes through a browser or an app',
);
const askService = lack('TBA-Rules', 'service', '22-2-27', 'どんなサービスか', 'What kind of service it is');
const askEntry = lack(
  'TBA-Rules',
  'entry',
  '22-2-29',
  'この送信の公表があるか',
  'Whether an entry is published for it',
);
const askPublished = lack('TBA-Rules', 'entry.publishedOn', '22-2-29', '公表した日', 'The day it was published');
const askListed = lack('TBA-Rules', 'entry.listed', '22-2-29', '公表した事項', 'What the entry tells');
const askOptOut = lack('TBA-Rules', 'optOutListed', '22-2-31', '公表した事項', 'What is published about the opt-out');
const ownSite = asksJudgement(
  'ownSiteOutside',
  'TBA-Rules',
  '22-2-27',
  '自社の紹介だけのサイトで、対象のサービスに当たらないか',
  'whether the site only presents our own business and is no covered service',
);
const publishFirst: Bilingual = {
  ja: '送る情報、取り扱う者の名称、目的を公表してから使う',
  en: 'Publish what is sent, who handles it and why, and then let it go live',
};

const keepPublished = (on: Day): Duty =>
  duty(
    'publish-transmission',
    ['TBA-Rules', '22-2-29'],
    'before',
    '送信ごとに、送る情報、取り扱う者、目的を公表し続ける',
    'Keep what is sent, who handles it and why published for each transmission',
    { items: [...(inForce(transmissionItems, on) ?? [])] },
  );
const review = duty(
  'review-transmission',
  ['TBA', '27-12'],
  'later',
  'タグや送り先が変わったら、公表を見直す',
  'Review the entry whenever the tag or the recipient changes',
);
const noteExemption = duty(
  'record-exception',
  ['TBA', '27-12'],
  'at-once',
  '当てはまる例外と、その事実、承認した人を記録する',
  'Record the exemption, the facts behind it and who approved it',
  { items: ['item', 'facts', 'approver'] },
);
const stop = duty(
  'stop-on-request',
  ['TBA', '27-12(iv)'],
  'later',
  '求めた人について、送信または利用を止める',
  'Stop sending or use for a person who asks',
);

/** Part of an answer: met with its grounds, failed for one reason, or open because facts are missing. */
type Part = { met: true; because: Ground[] } | { met: false; because: Ground } | { met: undefined; missing: Missing[] };

const weighed = (held: Held[], more: Missing[], because: Ground[]): Part => {
  const { refused, missing } = weigh(held);
  if (refused) return { met: false, because: refused.unmet };
  missing.push(...more);
  return missing.length > 0 ? { met: undefined, missing } : { met: true, because };
};

/** 22-2-27. Is it a transmission of a covered service? Not met means that the rule does not apply. */
function applies(facts: TransmissionFacts, on: Day): Part {
  const { sends, throughBrowserOrApp: through, service } = facts;
  if (sends === false) return { met: false, because: nothingSent };
  if (through === false) return { met: false, because: notThrough };
  if (service === 'none') return { met: false, because: notListed };
  const outsideIt = service === 'own-site' ? judged(facts.judgements, 'ownSiteOutside', on) : false;
  if (outsideIt) return { met: false, because: ownSiteOutside };
  const missing: Missing[] = [];
  if (sends === undefined) missing.push(askSends);
  if (through === undefined) missing.push(askThrough);
  if (service === undefined) missing.push(askService);
  if (outsideIt === undefined) missing.push(ownSite);
  return missing.length > 0 ? { met: undefined, missing } : { met: true, because: [covered, itemThree] };
}

const misses = <T>(listed: readonly T[] | undefined, all: readonly T[] | undefined): boolean =>
  listed !== undefined && (all === undefined || all.some((one) => !listed.includes(one)));

/** 22-2-28, 22-2-29. Is the entry of this tag published, complete and easy to find? */
function isPublished({ entry }: TransmissionFacts, on: Day): Part {
  if (entry === undefined) return { met: undefined, missing: [askEntry] };
  if (entry === null || entry.publishedOn === null) return { met: false, because: noEntry };
  if (entry.publishedOn !== undefined && entry.publishedOn > on) return { met: false, because: tooLate };
  if (misses(entry.listed, inForce(transmissionItems, on))) return { met: false, because: incomplete };
  const more = [
    ...(entry.publishedOn === undefined ? [askPublished] : []),
    ...(entry.listed === undefined ? [askListed] : []),
  ];
  const held: Held[] = [
    [entry.plain, plain],
    [entry.readable, readable],
    [entry.reachable, reachable],
  ];
  return weighed(held, more, [published, shown]);
}

/** 27-12(iii). Did the user, or a person who may consent for them, agree to exactly this before it is sent? */
function byConsent(facts: TransmissionFacts, on: Day): Part {
  const user = testUser(facts.consentedBy, facts.judgements, ['consentedBy', '27-12(iii)'], on);
  if (facts.userConsented !== false && user.met === false) return { met: false, because: user.because };
  const because = [exempt.consent, ...(user.met ? user.because : [])];
  return weighed([[facts.userConsented, userConsented]], user.met === undefined ? user.missing : [], because);
}

/** 27-12(i) to (iv). The exemption that is claimed; undefined when none is. */
function exemption(facts: TransmissionFacts, on: Day): Part | undefined {
  const claim = facts.exemption;
  if (claim === undefined || claim === 'none') return undefined;
  const because = [exempt[claim]];
  if (claim === 'necessary') return weighed([[facts.withinNeed, withinNeed]], [], because);
  if (claim === 'own-identifier') return weighed([[facts.ownIdentifier, ownIdentifier]], [], because);
  if (claim === 'consent') return byConsent(facts, on);
  if (misses(facts.optOutListed, inForce(transmissionOptOutItems, on)))
    return { met: false, because: optOutIncomplete };
  return weighed([[facts.optOutWorks, optOutWorks]], facts.optOutListed ? [] : [askOptOut], because);
}

/** 27-12. May this tag go live? Yes when the rule does not apply, when its entry is published, or under an exemption. */
export function decideTransmission(facts: TransmissionFacts, on: Day): Finding {
  const silent = outside(telecomText, on);
  if (silent) return silent;
  const rule = applies(facts, on);
  // The person who builds the tag in knows whether it sends anything. Until that is stated, the answer is unknown.
  if (facts.sends === undefined) return unknown([duties27], rule.met === undefined ? rule.missing : [askSends]);
  if (rule.met === false) return yes([rule.because]);
  const entry = isPublished(facts, on);
  const exception = exemption(facts, on);
  // A published entry or an exemption is enough for any service, so the kind of service need not be known.
  if (exception?.met) {
    const asked = facts.exemption === 'opt-out' ? [noteExemption, stop] : [noteExemption];
    return yes([duties27, ...exception.because], asked);
  }
  if (entry.met)
    return yes([duties27, ...(rule.met ? rule.because : []), ...entry.because], [keepPublished(on), review]);
  const missing = [
    ...(rule.met ? [] : rule.missing),
    ...(exception?.met === undefined && exception ? exception.missing : []),
    ...(entry.met === undefined ? entry.missing : []),
  ];
  if (missing.length > 0) return unknown([duties27], missing);
  const failed = entry.met === false ? entry.because : noEntry;
  return no([failed, ...(exception?.met === false ? [exception.because] : []), duties27], publishFirst);
}

/** Facts that belong to an exemption other than the one claimed. */
export function transmissionContradictions(facts: TransmissionFacts): Contradiction[] {
  const stray = (field: keyof TransmissionFacts, of: TransmissionFacts['exemption']): Contradiction[] =>
    facts[field] !== undefined && facts.exemption !== undefined && facts.exemption !== of
      ? [contradiction(field, '選んだ例外と合いません', 'It does not match the exemption chosen')]
      : [];
  return [
    ...stray('withinNeed', 'necessary'),
    ...stray('ownIdentifier', 'own-identifier'),
    ...stray('userConsented', 'consent'),
    ...stray('consentedBy', 'consent'),
    ...stray('optOutListed', 'opt-out'),
    ...stray('optOutWorks', 'opt-out'),
  ];
}
