// What leaves the demo's office and what comes in from others: recipients and their countries, consents, joint uses, provisions of one person and
// of many, personally related information, web sites. Everybody here is invented.

import { addDays, dayOf, type Day } from './base/day.ts';
import { newId } from './base/id.ts';
import type { Outcome } from './base/outcome.ts';
import type { HoldingKey, Scene } from './demo.ts';
import {
  consentsOf,
  importConsents,
  object,
  recordConsent,
  startText,
  withdrawConsent,
  writeText,
  type TextInput,
} from './features/consent/index.ts';
import { changeJointUse, publishNotice, registerJointUse } from './features/joint-use/index.ts';
import {
  approvePackage,
  cancelPackage,
  draftPackage,
  listPeople,
  packageFile,
  prepareNext,
  provide,
  requestPackage,
  screenPackage,
  type PackageAsk,
  type ProvideAsk,
} from './features/provision/index.ts';
import {
  assureRecipient,
  changeRecipient,
  checkRecipient,
  registerRecipient,
  reportCountry,
  stopRecipient,
  type AssuranceInput,
  type RecipientInput,
} from './features/recipients/index.ts';
import { link, provideRelated, receiveRelated, registerCollection } from './features/related/index.ts';
import { publicRegister, putTag, recordChoice, registerSite, type TagInput } from './features/transmission/index.ts';

export const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(`demo: ${JSON.stringify(outcome.problem)}`);
};

const MINUTE_MS = 60_000;

/** Moves the clock on, so that earlier work has an earlier time. */
export const pass = ({ clock }: Scene, minutes: number): void =>
  clock.moveTo(new Date(clock.now() + minutes * MINUTE_MS).toISOString());

const corporation = { kind: 'corporation', country: 'JP' };
/** Public keys that packages are encrypted to. Nobody has the private keys any more. */
const keys = {
  seminarHost: 'age1zv3pg88f32qmpk68dg6yfdknjggxprwmcqaz77nsdmf2cp7clcwsjj07ty',
  printer: 'age126k40kt6rnwkfszwv8y899pmrdrkcfmuprrcrt9shhfwa77a5pysq4w5hp',
  singaporeEvents: 'age1sx0g6nglqdxpkfww9puwmxpnfufm3lrnkf7kuhxmpvjq2wu65v7qgxusul',
  vietnamPartner: 'age1t5uca4vqkvgjfv3a273lh4vsjwzhgd5zhgygaqhh34wkteqrvclqdde0zs',
};

/** The recipients, as they are registered. */
const recipientInputs = {
  seminarHost: {
    ...corporation,
    name: '株式会社共同企画',
    address: '大阪府例示市中町2-3-4',
    representative: '共同 太郎',
    relations: ['third-party'],
    contact: '企画部 個人情報担当',
    publicKey: keys.seminarHost,
  },
  printer: {
    ...corporation,
    name: '株式会社みなと印刷',
    address: '東京都例示区桜台5-6-7',
    representative: '港 花子',
    relations: ['entrustment'],
    contact: '営業2課',
    publicKey: keys.printer,
  },
  groupCompany: {
    ...corporation,
    name: '例示サービス株式会社',
    address: '東京都例示区海岸通3-3-1',
    representative: '例示 二郎',
    relations: ['joint-use'],
  },
  advertiser: {
    ...corporation,
    name: '株式会社ひなた広告',
    address: '東京都例示区日向町8-1',
    representative: '日向 葵',
    relations: ['third-party'],
  },
  formerSender: {
    ...corporation,
    name: '株式会社あさひ発送',
    address: '埼玉県例示市緑町9-2',
    representative: '朝日 昇',
    relations: ['entrustment'],
  },
  cloud: {
    ...corporation,
    name: '株式会社くもり空クラウド',
    address: '福岡県例示市天神町4-5',
    representative: '雲井 遥',
    relations: ['entrustment'],
  },
  germanSupport: {
    ...corporation,
    name: 'Beispiel Support GmbH',
    address: 'Musterstrasse 1, Berlin',
    representative: 'Erika Beispiel',
    country: 'DE',
    relations: ['entrustment'],
  },
  singaporeEvents: {
    ...corporation,
    name: 'Example Events Pte. Ltd.',
    address: '1 Example Road, Singapore',
    representative: 'Tan Example',
    country: 'SG',
    relations: ['entrustment'],
    publicKey: keys.singaporeEvents,
  },
  philippineDesk: {
    ...corporation,
    name: 'Halimbawa Help Desk Inc.',
    address: '1 Halimbawa Street, Manila',
    representative: 'Maria Halimbawa',
    country: 'PH',
    relations: ['entrustment'],
  },
  vietnamPartner: {
    ...corporation,
    name: 'Vi Du Cong Ty',
    address: '1 Vi Du, Ha Noi',
    representative: 'Nguyen Vi Du',
    country: 'VN',
    relations: ['third-party'],
    publicKey: keys.vietnamPartner,
  },
  taxOffice: {
    kind: 'state-organ',
    name: '例示税務署',
    address: '東京都例示区港町1-1',
    country: 'JP',
    relations: ['third-party'],
  },
} satisfies Record<string, RecipientInput>;

type RecipientKey = keyof typeof recipientInputs;

const entrusted = {
  kind: 'entrustment',
  reference: '業務委託契約',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
};

/** The basis of provisions to each recipient, from the first day on. One certificate has 18 days left when the demo opens. */
const assurances: Partial<Record<RecipientKey, (Omit<AssuranceInput, 'from' | 'until'> & { days?: number })[]>> = {
  printer: [entrusted],
  formerSender: [entrusted],
  germanSupport: [entrusted],
  singaporeEvents: [
    entrusted,
    {
      kind: 'equivalent-system',
      reference: '個人データの取扱いに関する覚書',
      by: 'contract',
      measures: '日本の個人情報保護法第4章第2節の定めに沿う措置を、契約で約束している。',
      checkMethod: '年に1回、書面と訪問で確かめる。',
      checkMonths: 12,
    },
  ],
  philippineDesk: [
    entrusted,
    {
      kind: 'equivalent-system',
      reference: 'グローバルCBPR認証 例示-0417',
      by: 'certificate',
      scheme: 'global-cbpr',
      measures: '認証の求める措置を、問い合わせの受付と記録のすべてでとっている。',
      checkMethod: '年に1回、認証の更新と書面で確かめる。',
      checkMonths: 12,
      days: 73,
    },
  ],
  cloud: [
    {
      kind: 'cloud',
      reference: 'クラウドサービス利用規約 第12条',
      contractExcludesHandling: true,
      accessControlled: true,
      serverCountry: 'SG',
    },
  ],
};

/** How many days before the eight weeks each was last checked. Singapore is due for its yearly check. */
const checkedBefore = {
  printer: 40,
  formerSender: 90,
  germanSupport: 120,
  singaporeEvents: 285,
  philippineDesk: 75,
} satisfies Partial<Record<RecipientKey, number>>;

/** The country reports. The one on Singapore is so old that a new look is due. */
const countryReports = {
  DE: {
    indicators: ['eu-adequacy'],
    missingPrinciples: null,
    graveSystems: null,
    measures: '契約で、再委託に当社の承諾を要することにしている。',
    before: 100,
  },
  SG: {
    indicators: ['cbpr'],
    missingPrinciples: null,
    graveSystems: null,
    measures: '覚書で、事故を24時間のうちに知らせることを約束している。',
    before: 290,
  },
  PH: {
    indicators: ['cbpr'],
    missingPrinciples: null,
    graveSystems: null,
    measures: '渡す項目を、問い合わせの対応に要るものに限っている。',
    before: 30,
  },
  VN: {
    indicators: [],
    missingPrinciples: ['individual-participation'],
    graveSystems: '公安機関が広くデータの提供を求められる制度がある。',
    measures: '渡す項目を氏名、会社名、メールアドレスに限り、求めを受けたときは当社に知らせると約束している。',
    before: 0,
  },
};

type TextKey = 'seminar-partner' | 'viet-nam-partner' | 'customer-stories' | 'interests';

/** The texts that persons are asked to consent to. */
const textInputs: Record<
  TextKey,
  Omit<TextInput, 'code' | 'holding' | 'recipients'> & { holding: HoldingKey; recipients: RecipientKey[] }
> = {
  'seminar-partner': {
    kind: 'provision',
    name: { ja: 'セミナー共催者への提供', en: 'Provision to the seminar partner' },
    wording: {
      ja: '氏名、会社名、メールアドレスを、共催者の株式会社共同企画に渡すことに同意します。共催者はセミナーのご案内に使います。',
      en: 'I consent to my name, company and e-mail address going to Kyodo Kikaku, your seminar partner, which will use them to tell me about seminars.',
    },
    purposes: ['P3'],
    items: ['name', 'company', 'email'],
    holding: 'seminar',
    recipients: ['seminarHost'],
    abroad: false,
    shown: {},
  },
  'viet-nam-partner': {
    kind: 'provision-abroad',
    name: { ja: 'ベトナムの提携先への提供', en: 'Provision to the partner in Viet Nam' },
    wording: {
      ja: '外国の制度と提携先の措置を読んだうえで、氏名、会社名、メールアドレスをベトナムの提携先に渡すことに同意します。',
      en: 'Having read about the country’s system and the partner’s measures, I consent to my name, company and e-mail address going to the partner in Viet Nam.',
    },
    purposes: ['P2'],
    items: ['name', 'company', 'email'],
    holding: 'customers',
    recipients: ['vietnamPartner'],
    abroad: true,
    shown: {
      country: { code: 'VN' },
      system: { report: 1 },
      measures: {
        text: {
          ja: '提携先は、OECDの8原則に沿う措置を社内規程で定めている。',
          en: 'The partner’s own rules set measures in line with the eight principles of the OECD.',
        },
      },
    },
  },
  'customer-stories': {
    kind: 'use',
    name: { ja: '導入事例でのご紹介', en: 'Being named in a customer story' },
    wording: {
      ja: '導入事例の記事のご案内に、氏名、会社名、メールアドレスを使うことに同意します。',
      en: 'I consent to my name, company and e-mail address being used to invite me to customer stories.',
    },
    purposes: ['P3'],
    items: ['name', 'company', 'email'],
    holding: 'customers',
    recipients: [],
    abroad: false,
    shown: {},
  },
  interests: {
    kind: 'linking',
    name: { ja: '関心の分野と購読者の結び付け', en: 'Linking interests to subscribers' },
    wording: {
      ja: '広告会社の持つ関心の分野を、クッキーの番号で購読者の登録と結び付け、ご案内を選ぶのに使うことに同意します。',
      en: 'I consent to the fields of interest that an advertising company holds being linked to my subscription by a cookie number, to choose what I am told about.',
    },
    purposes: ['P3'],
    items: ['cookie_id', 'interest'],
    holding: 'newsletter',
    recipients: [],
    abroad: false,
    shown: {},
  },
};

const labels = {
  cookie_id: { ja: 'クッキーの番号', en: 'Cookie number' },
  interest: { ja: '関心の分野', en: 'Fields of interest' },
  pages: { ja: '見たページ', en: 'Pages seen' },
};
const kept = { searchable: true, communications: false };
const item = (code: keyof typeof labels) => ({ code, label: labels[code], tells: 'nobody' });

/** Personally related information: what the site collects, and what the advertising company hands over. */
const collectionInputs = {
  browsing: {
    ...kept,
    name: { ja: '会社サイトの閲覧履歴', en: 'Browsing on the company’s site' },
    source: 'site',
    place: 'https://www.example.jp',
    items: [item('cookie_id'), item('pages')],
  },
  interests: {
    ...kept,
    name: { ja: '広告会社の関心データ', en: 'Interests from the advertising company' },
    source: 'third-party',
    place: recipientInputs.advertiser.name,
    items: [item('cookie_id'), item('interest')],
  },
};

const sends = { sends: true, plain: true };
const delivery: TagInput = {
  ...sends,
  code: 'delivery',
  name: { ja: 'ページの配信', en: 'Delivery of the pages' },
  information: { ja: 'IPアドレス、ブラウザーの種類', en: 'IP address, kind of browser' },
  recipient: { name: { ja: recipientInputs.cloud.name, en: 'Kumorizora Cloud' }, country: 'JP' },
  purpose: { ja: 'ページを表示する', en: 'Showing the pages' },
  thirdPartyId: false,
  exemption: 'necessary',
  withinNeed: true,
  choice: 'notice',
  patterns: ['cdn.kumorizora.example'],
};
const analytics: TagInput = {
  ...sends,
  code: 'analytics',
  name: { ja: 'アクセス解析', en: 'Web analytics' },
  information: { ja: '見たページのアドレス、見た時間', en: 'Addresses of the pages seen, and when' },
  recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
  purpose: { ja: 'サイトの改善', en: 'Improving the site' },
  thirdPartyId: true,
  exemption: 'opt-out',
  stops: true,
  choice: 'opt-out',
  limits: { ja: '断っても、サイトはそのまま使えます', en: 'If you refuse, you can use the site all the same' },
  patterns: ['cdn.kaiseki.example'],
};
const advertising: TagInput = {
  ...sends,
  code: 'advertising',
  name: { ja: '広告の配信', en: 'Advertising' },
  information: { ja: '見たページのアドレス、広告の番号', en: 'Addresses of the pages seen, advertising number' },
  recipient: { name: { ja: recipientInputs.advertiser.name, en: 'Hinata Advertising' }, country: 'JP' },
  purpose: { ja: 'セミナーの広告を出す', en: 'Advertising our seminars' },
  theirPurpose: { ja: '広告を出す相手を選ぶ', en: 'Choosing whom to show advertisements to' },
  thirdPartyId: true,
  exemption: 'consent',
  choice: 'opt-in',
  patterns: ['*.hinata-ads.example'],
};
const video: TagInput = {
  ...sends,
  code: 'video',
  name: { ja: '動画の再生', en: 'Videos' },
  information: { ja: '見た動画、IPアドレス', en: 'Videos watched, IP address' },
  recipient: { name: { ja: 'Example Video, Inc.', en: 'Example Video, Inc.' }, country: 'US' },
  purpose: { ja: '操作の説明の動画を流す', en: 'Playing the videos that explain how to use it' },
  theirPurpose: { ja: '動画のおすすめを選ぶ', en: 'Choosing which videos to recommend' },
  thirdPartyId: true,
  exemption: 'none',
  choice: 'opt-in',
  patterns: ['player.example-video.example'],
};

const siteInputs = [
  {
    code: 'www',
    name: { ja: '会社サイト', en: 'Company site' },
    origins: ['https://www.example.jp'],
    service: 'information',
    tags: [delivery, analytics, advertising],
  },
  {
    code: 'forum',
    name: { ja: '利用者の広場', en: 'User forum' },
    origins: ['https://forum.example.jp'],
    service: 'posting',
    tags: [delivery, analytics, video],
  },
] as const;

interface Story {
  week: number;
  key: HoldingKey;
  items: string[];
  purpose: string;
  recipient: RecipientKey;
  /** The consent text that the person has agreed to before. */
  consent?: TextKey;
  /** `on(week, days)`: the day so many days after the beginning of a week. */
  facts: (on: Scene['on']) => ProvideAsk['facts'];
}

/** Provisions of one person each: allowed and refused. */
const stories: readonly Story[] = [
  {
    week: 1,
    key: 'customers',
    items: ['name', 'postal_code', 'address'],
    purpose: 'P1',
    recipient: 'printer',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 2,
    key: 'seminar',
    items: ['name', 'company', 'email'],
    purpose: 'P3',
    recipient: 'seminarHost',
    consent: 'seminar-partner',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 3,
    key: 'customers',
    items: ['name', 'email'],
    purpose: 'P2',
    recipient: 'seminarHost',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 4,
    key: 'inquiries',
    items: ['name', 'email', 'inquiry'],
    purpose: 'P1',
    recipient: 'germanSupport',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 4,
    key: 'customers',
    items: ['name', 'company'],
    purpose: 'P1',
    recipient: 'groupCompany',
    facts: () => ({ relation: 'joint-use' }),
  },
  {
    week: 5,
    key: 'customers',
    items: ['name', 'company'],
    purpose: 'P2',
    recipient: 'seminarHost',
    facts: (on) => ({ relation: 'third-party', optOut: { announcedOn: on(1, 0), filedOn: on(1, 0) } }),
  },
  {
    week: 5,
    key: 'seminar',
    items: ['name', 'email'],
    purpose: 'P3',
    recipient: 'singaporeEvents',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 6,
    key: 'customers',
    items: ['name', 'company', 'email'],
    purpose: 'P2',
    recipient: 'vietnamPartner',
    consent: 'viet-nam-partner',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 6,
    key: 'customers',
    items: ['name', 'phone'],
    purpose: 'P1',
    recipient: 'groupCompany',
    facts: () => ({ relation: 'joint-use' }),
  },
  {
    week: 7,
    key: 'customers',
    items: ['name', 'address'],
    purpose: 'P2',
    recipient: 'taxOffice',
    facts: () => ({
      relation: 'third-party',
      exception: { item: '27(1)(i)', legalBasis: '国税通則法74条の2（文書 例示-123）' },
    }),
  },
];

/** Ids of what is registered before the eight weeks, and the consent texts in use. */
export interface Giving {
  recipients: Record<RecipientKey, string>;
  texts: Record<TextKey, { code: string; version: number }>;
  jointUse: string;
  collections: Record<keyof typeof collectionInputs, string>;
}

const each = async <K extends string, T>(keys: readonly K[], make: (key: K) => Promise<T>): Promise<Record<K, T>> => {
  const made: Partial<Record<K, T>> = {};
  for (const key of keys) made[key] = await make(key);
  return made as Record<K, T>;
};

const keysOf = <K extends string>(of: Record<K, unknown>): K[] => Object.keys(of) as K[];

/** Registers the recipients with the basis of provisions to them, and the reports on their countries. */
async function makeRecipients(scene: Scene): Promise<Giving['recipients']> {
  const { office } = scene;
  const officer = scene.doers.officer('recipients:write');
  const from = dayOf(office.clock.now());
  const recipients = await each(keysOf(recipientInputs), async (key) => {
    const { id } = must(await registerRecipient(office, officer, recipientInputs[key]));
    for (const { days, ...one } of assurances[key] ?? []) {
      const until = days === undefined ? null : addDays(from, days);
      must(await assureRecipient(office, officer, id, { ...one, from, until }));
    }
    return id;
  });
  for (const key of keysOf(checkedBefore)) {
    const check = { on: addDays(from, -checkedBefore[key]), method: '書面と訪問', measures: 'kept' };
    must(await checkRecipient(office, officer, recipients[key], check));
  }
  for (const country of keysOf(countryReports)) {
    const { before, ...report } = countryReports[country];
    const source = `https://example.jp/countries/${country.toLowerCase()}`;
    const input = { ...report, systemExists: true, source, checkedOn: addDays(from, -before) };
    must(await reportCountry(office, officer, { country, version: 0, input }));
  }
  return recipients;
}

const GROUP = { ja: '例示サービス株式会社', en: 'Reiji Service Corporation' };

/** Joint use of customer support with a group company, published before anything is shared. */
async function makeJointUse(scene: Scene, { groupCompany }: Giving['recipients']): Promise<string> {
  const { office, holdings } = scene;
  const officer = scene.doers.officer('joint-uses:write');
  const draft = must(
    await registerJointUse(office, officer, {
      name: { ja: 'お客様サポートの共同利用', en: 'Joint use for customer support' },
      information: 'personal',
      shares: [{ holding: holdings.customers, items: ['name', 'company', 'email'] }],
      scope: { ja: '当社と例示サービス株式会社', en: 'We and Reiji Service Corporation' },
      members: [groupCompany],
      purposes: ['P1'],
      responsible: {
        kind: 'corporation',
        name: GROUP,
        address: { ja: recipientInputs.groupCompany.address, en: '3-3-1 Kaigan-dori, Reiji-ku, Tokyo' },
        representative: { ja: '例示 二郎', en: 'Jiro Reiji' },
      },
    }),
  );
  return must(await publishNotice(office, officer, draft, { notice: 1, on: office.clock.today() })).id;
}

async function makeSites(scene: Scene): Promise<void> {
  const { office } = scene;
  const officer = scene.doers.officer('transmissions:write');
  for (const { tags, origins, ...site } of siteInputs) {
    const input = { ...site, origins: [...origins], linkedOn: office.clock.today() };
    let { id, version } = must(await registerSite(office, officer, input));
    for (const tag of tags)
      ({ id, version } = must(await putTag(office, officer, { id, version, input: tag })).register);
  }
}

/** Registers the recipients, and what they, the persons and the public are told. */
export async function prepareGiving(scene: Scene): Promise<Giving> {
  const { office, holdings } = scene;
  const officer = scene.doers.officer('ledger:write');
  const from = dayOf(office.clock.now());
  const recipients = await makeRecipients(scene);
  const texts = await each(keysOf(textInputs), async (code) => {
    const text = textInputs[code];
    const to = text.recipients.map((key) => recipients[key]);
    const input = { ...text, code, holding: holdings[text.holding], recipients: to };
    const { version } = must(await writeText(office, officer, input));
    must(await startText(office, officer, { code, version, from }));
    return { code, version };
  });
  const jointUse = await makeJointUse(scene, recipients);
  const collections = await each(keysOf(collectionInputs), async (key) => {
    const holding = key === 'interests' ? holdings.newsletter : null;
    return must(await registerCollection(office, officer, { ...collectionInputs[key], holding })).id;
  });
  await makeSites(scene);
  return { recipients, texts, jointUse, collections };
}

const inHolding = ({ came }: Scene, key: HoldingKey): string[] =>
  came.filter((one) => one.key === key).map(({ principal }) => principal);

/** A person consents on the web form. */
async function agree(scene: Scene, { texts }: Giving, text: TextKey, principal: string, on: Day): Promise<void> {
  const given = { on, at: null };
  pass(scene, 2);
  must(
    await recordConsent(scene.office, scene.doers.desk('consents:write'), {
      principal,
      text: texts[text],
      language: 'ja',
      given,
      givenBy: 'principal',
      representative: null,
      channel: 'web-form',
      method: 'web-form',
      note: null,
      evidence: '申込みフォームの記録',
      shown: textInputs[text].abroad ? given : null,
    }),
  );
}

async function withdraw(scene: Scene, text: TextKey, principal: string): Promise<void> {
  const { office } = scene;
  const { consents } = await consentsOf(office, principal);
  const { id } = consents.find((one) => one.text.code === text)!;
  const asked = { on: office.clock.today(), evidence: '取下げの電子メール' };
  pass(scene, 2);
  must(await withdrawConsent(office, scene.doers.desk('consents:write'), id, asked));
}

/** Three of each week's ten customers consent to be named; a month later one of them withdraws. */
async function customersConsent(scene: Scene, giving: Giving, week: number): Promise<void> {
  const customers = inHolding(scene, 'customers');
  for (const principal of customers.slice(week * 10, week * 10 + 3)) {
    await agree(scene, giving, 'customer-stories', principal, scene.on(week, 6));
  }
  if (week >= 4) await withdraw(scene, 'customer-stories', customers[(week - 4) * 10]!);
}

const PAPER_WEEKS = 6;

/** The participants of the first weeks consented on paper, imported as one file. The first of them had used the web form. */
async function papersComeIn(scene: Scene, { texts }: Giving): Promise<void> {
  const { office, on } = scene;
  const people = inHolding(scene, 'seminar').slice(0, PAPER_WEEKS * 6);
  const lines = people.map(
    (principal, i) =>
      `${principal},${on(Math.floor(i / 6), 5).replaceAll('-', '/')},本人,セミナー申込書つづり ${i + 1}枚目`,
  );
  const csv = ['本人の番号,同意した日,同意した人,証拠の置き場所', ...lines.slice(1)].join('\r\n');
  must(
    await importConsents(office, scene.doers.desk('consents:write'), {
      text: texts['seminar-partner'],
      language: 'ja',
      channel: 'paper',
      bytes: Buffer.from(csv),
    }),
  );
}

/** Two participants withdraw their consent on paper, and two people object. */
async function peopleStop(scene: Scene, { recipients }: Giving): Promise<void> {
  const { office } = scene;
  const desk = scene.doers.desk('consents:write');
  const seminar = inHolding(scene, 'seminar');
  for (const i of [4, 17]) await withdraw(scene, 'seminar-partner', seminar[i]!);
  const said = { on: office.clock.today(), at: null };
  const asked = { said, evidence: '窓口への手紙' };
  const host = { scope: 'recipient', purpose: null, recipient: recipients.seminarHost } as const;
  must(await object(office, desk, { ...asked, ...host, principal: seminar[9]! }));
  const letters = { scope: 'purpose', purpose: 'P3', recipient: null } as const;
  must(await object(office, desk, { ...asked, ...letters, principal: inHolding(scene, 'newsletter')[8]! }));
}

async function tell(scene: Scene, giving: Giving, story: Story): Promise<void> {
  const { office, on, holdings } = scene;
  const { week, key, items, purpose, recipient, consent, facts } = story;
  const [principal] = inHolding(scene, key);
  if (consent) await agree(scene, giving, consent, principal!, on(week, 2));
  const by = scene.doers.desk('people:provide');
  const stated = facts(on);
  pass(scene, 3);
  await provide(office, by, {
    principal: principal!,
    holding: holdings[key],
    items,
    purpose,
    recipient: giving.recipients[recipient],
    ...(stated.relation === 'joint-use' ? { jointUse: giving.jointUse } : {}),
    facts: stated,
  });
}

/** Browsing data goes to the advertising company once it has declared the consent; before that it is refused. */
async function provideBrowsing(
  scene: Scene,
  { collections, recipients }: Giving,
  confirmed: 'declaration' | 'assumed',
): Promise<void> {
  const { office } = scene;
  const by = scene.doers.desk('people:provide');
  const confirmation = { on: office.clock.today(), by: confirmed, consented: true };
  const provided = await provideRelated(office, by, {
    collection: collections.browsing,
    recipient: recipients.advertiser,
    items: ['cookie_id', 'pages'],
    facts: { link: { expected: true, byTag: false, confirmation } },
    documents: { consent: '同意についての申告書 例示-8' },
  });
  if (confirmed === 'declaration') must(provided);
}

/** A subscriber consents; the interests for their cookie come in from the advertising company and are linked to them. */
async function receiveInterests(scene: Scene, giving: Giving): Promise<void> {
  const { office } = scene;
  const principal = inHolding(scene, 'newsletter')[10]!;
  await agree(scene, giving, 'interests', principal, office.clock.today());
  const by = scene.doers.handler('people:acquire');
  const { name, address, representative } = recipientInputs.advertiser;
  const collection = giving.collections.interests;
  const receipt = must(
    await receiveRelated(office, by, {
      collection,
      principal,
      items: ['cookie_id', 'interest'],
      facts: {
        provider: { kind: 'corporation', name, address, representative, country: 'JP' },
        basis: 'consent',
        links: true,
        substitute: null,
      },
      documents: {},
    }),
  );
  const cookie = { collection, identifier: 'cookie_id', value: 'hinata-7f3a-demo' };
  must(await link(office, by, { ...cookie, principal, receipt: receipt.id }));
}

/** The group company has moved, which has not been published yet; a new purpose is published before it begins. */
async function jointUseChanges(scene: Scene, { jointUse, recipients }: Giving): Promise<void> {
  const { office, on } = scene;
  const today = office.clock.today();
  const address = { ja: '東京都例示区海岸通8-1-2', en: '8-1-2 Kaigan-dori, Reiji-ku, Tokyo' };
  const input = { ...recipientInputs.groupCompany, address: address.ja };
  const of = { id: recipients.groupCompany, version: 1, input };
  must(await changeRecipient(office, scene.doers.officer('recipients:write'), of));
  const officer = scene.doers.officer('joint-uses:write');
  const { version } = must(
    await changeJointUse(
      office,
      officer,
      { id: jointUse, version: 2 },
      { change: 'responsible-address', effectiveOn: on(7, 2), noticeOn: null, responsible: { address } },
    ),
  );
  must(
    await changeJointUse(
      office,
      officer,
      { id: jointUse, version },
      {
        change: 'purposes',
        effectiveOn: addDays(today, 25),
        noticeOn: today,
        purposes: ['P1', 'P2'],
        related: true,
        why: 'サポートの契約を更新する手続は、サポートを提供するという当初の目的と結び付いている。',
      },
    ),
  );
}

/** Packages: one fetched for its recipient, one waiting for the officer, one still a draft, one given up. */
async function packages(scene: Scene, { recipients }: Giving): Promise<void> {
  const { office, holdings } = scene;
  const desk = scene.doers.desk('people:provide');
  const draft = async (ask: Omit<PackageAsk, 'recipient'>, recipient: RecipientKey): Promise<string> => {
    pass(scene, 7);
    return must(await draftPackage(office, desk, { ...ask, recipient: recipients[recipient] })).id;
  };
  const third = { facts: { relation: 'third-party' } } as const;
  const entrustment = { facts: { relation: 'entrustment' }, everybody: true } as const;
  const card = ['name', 'company', 'email'];
  const seminar = { ...third, holding: holdings.seminar, items: card, purpose: 'P3' };
  const ready = await draft({ ...seminar, everybody: true }, 'seminarHost');
  must(await requestPackage(office, desk, ready));
  must(await approvePackage(office, scene.doers.officer('provisions:approve'), ready));
  while (await prepareNext(office));
  // The file itself is discarded.
  await must(await packageFile(office, desk, ready)).body.cancel();
  const invitations = { ...entrustment, holding: holdings.newsletter, items: ['name', 'email'], purpose: 'P3' };
  const givenUp = await draft(invitations, 'singaporeEvents');
  must(await requestPackage(office, desk, givenUp));
  must(await cancelPackage(office, desk, givenUp, '催しを取りやめ、案内の発送が要らなくなった。'));
  const letters = { holding: holdings.customers, items: ['name', 'postal_code', 'address'], purpose: 'P1' };
  const waiting = await draft({ ...entrustment, ...letters }, 'printer');
  must(await requestPackage(office, desk, waiting));
  const abroad = { ...third, holding: holdings.customers, items: card, purpose: 'P2', everybody: false };
  const list = await draft(abroad, 'vietnamPartner');
  must(await listPeople(office, desk, list, inHolding(scene, 'customers').slice(0, 12).join('\n')));
  must(await screenPackage(office, desk, list));
}

const STOPPED = '委託の契約が終わり、渡した情報をすべて消去したという報告を受けた。';

/** What happens only in a certain week. */
const events: Record<number, (scene: Scene, giving: Giving) => Promise<void>> = {
  3: async (scene, { recipients }) => {
    const former = { id: recipients.formerSender, version: 1, reason: STOPPED };
    must(await stopRecipient(scene.office, scene.doers.officer('recipients:write'), former));
  },
  4: (scene, giving) => provideBrowsing(scene, giving, 'assumed'),
  5: async (scene, giving) => {
    await provideBrowsing(scene, giving, 'declaration');
    await receiveInterests(scene, giving);
  },
  6: papersComeIn,
  7: async (scene, giving) => {
    await peopleStop(scene, giving);
    await jointUseChanges(scene, giving);
    await packages(scene, giving);
  },
};

/** What is handed over, asked for and stopped at the end of a week. */
export async function weekOfGiving(scene: Scene, week: number, giving: Giving): Promise<void> {
  await customersConsent(scene, giving, week);
  await events[week]?.(scene, giving);
  scene.clock.moveTo(`${scene.on(week, 6)}T10:00:00+09:00`);
  for (const story of stories.filter((one) => one.week === week)) await tell(scene, giving, story);
}

/** What visitors chose on the web sites on the n-th day: most allow, some refuse, and some browsers refuse for them. */
export async function visitSites({ office }: Scene, n: number): Promise<void> {
  for (const [at, { code }] of siteInputs.entries()) {
    const site = (await publicRegister(office, code))!;
    const offered = site.seen.tags.filter(({ choice }) => choice !== 'notice').map((tag) => tag.code);
    for (let i = 0; i < 2 + ((n + at) % 3); i++) {
      const kind = (n + i * 3 + at) % 6;
      const gpc = kind === 5;
      // With a partial refusal, the first of the tags stays allowed.
      const allowed = gpc || kind === 4 ? [] : offered.slice(0, kind === 3 ? 1 : undefined);
      const refused = offered.filter((tag) => !allowed.includes(tag));
      const { notice } = site.register;
      const choice = { site: code, id: newId(office.clock.now()), n: 1, notice, allowed, refused, gpc };
      const chosen = await recordChoice(office, site, { ...choice, language: kind === 2 ? 'en' : 'ja' });
      if (chosen !== 'full') must(chosen);
    }
  }
}
