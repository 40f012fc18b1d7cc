// A web site of the company, its tags, and what visitors are told and choose (TBA 27-12, its Rules 22-2-27 to 22-2-31). Pure: input → register or
// problems; a tag → the facts for the law; a register on a day → what the public and the web notice see of it.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { put, type FieldProblem } from '../../base/outcome.ts';
import { readText } from '../../base/text.ts';
import { decideTransmission, transmissionContradictions, type TransmissionFacts } from '../../law/index.ts';

export const services = ['information', 'posting', 'mediation', 'search', 'own-site', 'none'] as const;
export const exemptions = ['none', 'necessary', 'own-identifier', 'consent', 'opt-out'] as const;
/** opt-in: held until a visitor allows it. opt-out: held once a visitor refuses it. notice: never held, only disclosed. */
export const choices = ['opt-in', 'opt-out', 'notice'] as const;

export type Service = (typeof services)[number];
export type Exemption = (typeof exemptions)[number];
export type Choice = (typeof choices)[number];

/** The description of a site. */
export interface SiteContent {
  name: Bilingual;
  /** Such as `https://shop.example.jp`; the web notice works only on these. */
  origins: string[];
  service: Service;
  /** The day since which its pages lead to the public page in one step; null = not yet. */
  linkedOn: Day | null;
  /** Most choices of visitors accepted per day. */
  choicesADay: number;
  state: 'active' | 'retired';
}

/** The description of a tag. null = not known yet. */
export interface TagContent {
  code: string;
  name: Bilingual;
  information: Bilingual | null;
  /** `country`: alpha-2, of the recipient and not of its servers. */
  recipient: { name: Bilingual; country: string };
  purpose: Bilingual | null;
  /** The recipient's own purposes beside ours; null = none. */
  theirPurpose: Bilingual | null;
  sends: boolean | null;
  /** True when the recipient sets an identifier of its own in the browser. */
  thirdPartyId: boolean | null;
  exemption: Exemption;
  withinNeed: boolean | null;
  ownIdentifier: boolean | null;
  /** True when it was tested that a refusal stops the sending. */
  stops: boolean | null;
  /** True when what visitors are told is in Japanese without jargon. */
  plain: boolean | null;
  choice: Choice;
  /** How the site is limited for a visitor who refuses; null = nothing is stated. */
  limits: Bilingual | null;
  /** Where its scripts, frames and pictures come from, such as `*.ads.example.com` or `cdn.example.com/tag.js`. */
  patterns: string[];
  state: 'active' | 'off';
}

/** The law's answer, its day, and the versions it was made under. */
export interface TagDecision {
  finding: Finding;
  on: Day;
  law: Day;
  policy: number;
}

export interface Tag extends TagContent {
  /** The day since which visitors have been told of it in its present form. */
  publishedOn: Day;
  decision: TagDecision;
}

export type Act = 'register' | 'change' | 'confirm';

/** One version of the register of a site. */
export interface Register {
  id: string;
  code: string;
  version: number;
  /** Version of what visitors are told. */
  notice: number;
  changedOn: Day;
  act: Act;
  at: Date;
  actor: string;
  site: SiteContent;
  tags: Tag[];
  entryId: string;
}

type Text = { ja: string; en?: string | undefined };

export interface SiteInput {
  code: string;
  name: Text;
  origins: string[];
  service: Service;
  linkedOn?: Day | null | undefined;
  choicesADay?: number | undefined;
  state?: SiteContent['state'] | undefined;
}

export interface TagInput {
  code: string;
  name: Text;
  information?: Text | null | undefined;
  recipient: { name: Text; country: string };
  purpose?: Text | null | undefined;
  theirPurpose?: Text | null | undefined;
  sends?: boolean | null | undefined;
  thirdPartyId?: boolean | null | undefined;
  exemption?: Exemption | undefined;
  withinNeed?: boolean | null | undefined;
  ownIdentifier?: boolean | null | undefined;
  stops?: boolean | null | undefined;
  plain?: boolean | null | undefined;
  choice: Choice;
  limits?: Text | null | undefined;
  patterns: string[];
  state?: TagContent['state'] | undefined;
}

export const MOST_TAGS = 60;
const MOST_ORIGINS = 20;
const MOST_PATTERNS = 20;
const MOST_CHOICES = 100_000;
export const USUAL_CHOICES = 20_000;

const codePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** A host, with `*.` before it to include hosts below it, an optional port, and the beginning of a path. */
const urlPattern =
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?(?:\/[\x21-\x7e]*)?$/;

type Problems = FieldProblem[];

/** Reads a text in both languages; a missing English text is replaced by the Japanese. Null when there is none. */
function text(problems: Problems, field: string, input: Text | null | undefined, most: number): Bilingual | null {
  const read = (lang: 'ja' | 'en'): string =>
    readText(input?.[lang], { most }, (says) => problems.push({ field: `${field}.${lang}`, says }));
  const [ja, en] = [read('ja'), read('en')];
  if (ja === '' && en !== '') put(problems, `${field}.ja`, '日本語で書いてください', 'Write it in Japanese');
  return ja === '' ? null : both(ja, en || ja);
}

function named(problems: Problems, field: string, input: Text): Bilingual {
  if (input.ja.trim() === '' && (input.en ?? '').trim() === '')
    put(problems, `${field}.ja`, '入力してください', 'Please enter this');
  return text(problems, field, input, 80) ?? both('', '');
}

function readCode(problems: Problems, given: string): string {
  const code = given.normalize('NFKC').trim();
  // `new` is the address of the form.
  if (!codePattern.test(code) || code.length > 40 || code === 'new')
    put(
      problems,
      'code',
      '英小文字で始め、英小文字・数字・ハイフンだけで、40字までで書いてください',
      'Begin with a lower-case letter and use only lower-case letters, digits and hyphens, at most 40 characters',
    );
  return code;
}

const isLocal = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host.endsWith('.localhost');

/** Returns the origin of a site's address, or null. Only a local address may do without https. */
function originOf(given: string): string | null {
  const trimmed = given.trim();
  if (!/^https?:\/\/[^/?#@\s]+\/?$/i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return url.protocol === 'https:' || isLocal(url.hostname) ? url.origin : null;
}

function readOrigins(problems: Problems, given: readonly string[]): string[] {
  const stated = given.filter((one) => one.trim() !== '');
  if (stated.length === 0) put(problems, 'origins', '1つ以上書いてください', 'Write at least one');
  if (stated.length > MOST_ORIGINS) put(problems, 'origins', `${MOST_ORIGINS}個までです`, `At most ${MOST_ORIGINS}`);
  const origins = stated.map(originOf);
  if (origins.includes(null))
    put(
      problems,
      'origins',
      'https://shop.example.jp のように、経路を付けずに書いてください',
      'Write them like https://shop.example.jp, without a path',
    );
  return [...new Set(origins.filter((one) => one !== null))];
}

/** Checks a site. Problems come in the order of the form. */
export function readSite(input: SiteInput): { code: string; content: SiteContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const code = readCode(problems, input.code);
  const name = named(problems, 'name', input.name);
  const origins = readOrigins(problems, input.origins);
  const choicesADay = input.choicesADay ?? USUAL_CHOICES;
  if (!Number.isInteger(choicesADay) || choicesADay < 1 || choicesADay > MOST_CHOICES)
    put(
      problems,
      'choicesADay',
      `1から${MOST_CHOICES}までの整数にしてください`,
      `Enter a whole number from 1 to ${MOST_CHOICES}`,
    );
  const { service, linkedOn = null, state = 'active' } = input;
  return { code, content: { name, origins, service, linkedOn, choicesADay, state }, problems };
}

/** Choices in a row that an address may send on any site; an office or a mobile network, whose visitors share an address, needs so many. */
const FEWEST_IN_A_ROW = 20;
/** After a row the address waits 15 minutes, at most 96 times a day; so where a site takes 4,000 choices a day or more, none fills half. */
const SHARE_IN_A_ROW = 200;

/** Most choices in a row accepted from one address before it has to wait. */
export const mostInARow = ({ choicesADay }: Pick<SiteContent, 'choicesADay'>): number =>
  Math.max(FEWEST_IN_A_ROW, Math.floor(choicesADay / SHARE_IN_A_ROW));

function readPatterns(problems: Problems, given: readonly string[]): string[] {
  const stated = given.map((one) => one.trim().replace(/^https?:\/\//i, '')).filter((one) => one !== '');
  const patterns = [...new Set(stated.map((one) => one.replace(/^[^/]+/, (host) => host.toLowerCase())))];
  if (patterns.length === 0) put(problems, 'patterns', '1つ以上書いてください', 'Write at least one');
  if (patterns.length > MOST_PATTERNS)
    put(problems, 'patterns', `${MOST_PATTERNS}個までです`, `At most ${MOST_PATTERNS}`);
  if (patterns.some((one) => one.length > 200 || !urlPattern.test(one)))
    put(
      problems,
      'patterns',
      'cdn.example.com や *.example.com/tag.js のように書いてください',
      'Write them like cdn.example.com or *.example.com/tag.js',
    );
  return patterns;
}

/** Problems where the way of choosing does not fit the exemption. */
function choiceProblems(problems: Problems, { exemption, choice }: TagContent): void {
  if (exemption === 'consent' && choice !== 'opt-in')
    put(
      problems,
      'choice',
      '同意を得る例外では、許可されるまで送らないようにしてください',
      'Under the exemption for consent, it must wait until it is allowed',
    );
  if (exemption === 'opt-out' && choice === 'notice')
    put(
      problems,
      'choice',
      'オプトアウトの例外では、断れるようにしてください',
      'Under the exemption for opt-out, it must be possible to refuse',
    );
}

/** Checks a tag. Problems come in the order of the form. */
export function readTag(input: TagInput): { content: TagContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const code = readCode(problems, input.code);
  const name = named(problems, 'name', input.name);
  const information = text(problems, 'information', input.information, 300);
  const company = named(problems, 'recipient.name', input.recipient.name);
  const country = input.recipient.country.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country))
    put(problems, 'recipient.country', '国を選んでください', 'Choose a country (two letters, such as JP)');
  const purpose = text(problems, 'purpose', input.purpose, 300);
  const theirPurpose = text(problems, 'theirPurpose', input.theirPurpose, 300);
  const limits = text(problems, 'limits', input.limits, 300);
  const patterns = readPatterns(problems, input.patterns);
  const content: TagContent = {
    code,
    name,
    information,
    recipient: { name: company, country },
    purpose,
    theirPurpose,
    sends: input.sends ?? null,
    thirdPartyId: input.thirdPartyId ?? null,
    exemption: input.exemption ?? 'none',
    withinNeed: input.withinNeed ?? null,
    ownIdentifier: input.ownIdentifier ?? null,
    stops: input.stops ?? null,
    plain: input.plain ?? null,
    choice: input.choice,
    limits,
    patterns,
    state: input.state ?? 'active',
  };
  choiceProblems(problems, content);
  problems.push(...contradictionsOf(content));
  return { content, problems };
}

/** Fields of a tag, by the law's name for the fact where that differs. */
const stated: Record<string, string> = { optOutWorks: 'stops' };

const contradictionsOf = (content: TagContent): FieldProblem[] =>
  transmissionContradictions(exemptionFacts(content)).map(({ field, says }) => ({
    field: stated[field] ?? field,
    says,
  }));

const known = (fact: keyof TransmissionFacts, value: boolean | null): TransmissionFacts =>
  value === null ? {} : { [fact]: value };

/** The facts about a tag's exemption. Consent is obtained by the web notice, which holds the tag until the visitor allows it on their device. */
const exemptionFacts = (tag: TagContent): TransmissionFacts => ({
  exemption: tag.exemption,
  ...known('withinNeed', tag.withinNeed),
  ...known('ownIdentifier', tag.ownIdentifier),
  ...known('optOutWorks', tag.stops),
  ...(tag.exemption === 'consent' ? { userConsented: tag.choice === 'opt-in', consentedBy: 'principal' as const } : {}),
  ...(tag.exemption === 'opt-out' ? { optOutListed: [...OPT_OUT_TOLD, ...toldOf(tag), ...limitsTold(tag)] } : {}),
});

/** What the public page tells of every tag that can be refused. */
const OPT_OUT_TOLD = ['opt-out', 'stops-what', 'how-to-stop'] as const;

const limitsTold = ({ limits }: TagContent) => (limits ? (['limits-of-service'] as const) : []);

/** What the public page tells of a tag: the items of TBR 22-2-29. */
const toldOf = ({ information, purpose }: TagContent) => [
  ...(information ? (['information'] as const) : []),
  'recipient' as const,
  ...(purpose ? (['purpose'] as const) : []),
];

/** The facts that the law is asked with. The public page shows what the register holds and is readable without zooming; the rest was stated. */
export const factsOf = (site: SiteContent, tag: TagContent & { publishedOn: Day }, on: Day): TransmissionFacts => ({
  ...known('sends', tag.sends),
  throughBrowserOrApp: true,
  service: site.service,
  ...exemptionFacts(tag),
  entry: {
    publishedOn: tag.publishedOn,
    listed: toldOf(tag),
    readable: true,
    reachable: site.linkedOn !== null && site.linkedOn <= on,
    ...(tag.plain === null ? {} : { plain: tag.plain }),
  },
});

/** True when a tag may go live on a day: the decision on it was a yes, and the law on that day still says yes. */
export const allowedOn = ({ site }: Pick<Register, 'site'>, tag: Tag, on: Day): boolean =>
  site.state === 'active' &&
  tag.state === 'active' &&
  tag.decision.finding.answer === 'yes' &&
  decideTransmission(factsOf(site, tag, on), on).answer === 'yes';

/** What visitors are told of a tag; the names are those of the JSON version of the public page. */
export interface PublicTag {
  code: string;
  name: Bilingual;
  information: Bilingual | null;
  recipient: { name: Bilingual; country: string };
  purpose: Bilingual | null;
  their_purpose: Bilingual | null;
  third_party_id: boolean | null;
  exemption: Exemption;
  choice: Choice;
  limits: Bilingual | null;
  published_on: Day;
  patterns: string[];
}

/** What the public page and the web notice see of a site. */
export interface PublicRegister {
  site: string;
  name: Bilingual;
  notice: number;
  changed_on: Day;
  /** Address of the public page. */
  page: string;
  tags: PublicTag[];
  /** Tags that are not allowed; the web notice stops them for everybody. */
  blocked: { code: string; patterns: string[] }[];
}

const publicTag = (tag: Tag): PublicTag => ({
  code: tag.code,
  name: tag.name,
  information: tag.information,
  recipient: tag.recipient,
  purpose: tag.purpose,
  their_purpose: tag.theirPurpose,
  third_party_id: tag.thirdPartyId,
  exemption: tag.exemption,
  choice: tag.choice,
  limits: tag.limits,
  published_on: tag.publishedOn,
  patterns: tag.patterns,
});

/** The register as the public sees it on a day. */
export function publicOf(register: Register, on: Day, publicUrl: string): PublicRegister {
  const allowed = register.tags.filter((tag) => allowedOn(register, tag, on));
  return {
    site: register.code,
    name: register.site.name,
    notice: register.notice,
    changed_on: register.changedOn,
    page: `${publicUrl}/external-transmission/${register.code}`,
    tags: allowed.map(publicTag),
    blocked: register.tags.filter((tag) => !allowed.includes(tag)).map(({ code, patterns }) => ({ code, patterns })),
  };
}

/** Codes of the tags that a visitor can choose about. */
export const choosable = (seen: PublicRegister): string[] =>
  seen.tags.filter(({ choice }) => choice !== 'notice').map(({ code }) => code);

/**
 * Gives equal texts for equal values, whatever the order of members, which the database does not keep. Written without Node, because the web notice
 * imports types from this file and must run in browsers of 2022.
 */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

export const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

/** True when visitors are told the same: the same site, tags, recipients, purposes and ways to choose. */
export const toldTheSame = (before: Register, after: Register, on: Day): boolean =>
  same(
    { ...publicOf(before, on, ''), notice: 0, changed_on: on },
    { ...publicOf(after, on, ''), notice: 0, changed_on: on },
  );

/** The part of a tag that visitors are told; when it changes, `publishedOn` starts anew. */
export const tagTold = ({ name, information, recipient, purpose, theirPurpose, thirdPartyId, limits }: TagContent) => ({
  name,
  information,
  recipient,
  purpose,
  theirPurpose,
  thirdPartyId,
  limits,
});

/** A visitor's choice as the browser sends it. */
export interface ChoiceAsk {
  /** Code of the site. */
  site: string;
  /** A random UUID that the browser generated and keeps. */
  id: string;
  /** Number of the choice in this browser, from 1. */
  n: number;
  /** Version of what was shown. */
  notice: number;
  allowed: string[];
  refused: string[];
  language: 'ja' | 'en';
  /** True when the browser sends Global Privacy Control. */
  gpc: boolean;
}

export type ChoiceKind = 'allowed' | 'some' | 'refused' | 'gpc';
/** Number of choices of each kind recorded on a day. */
export type ChoiceDay = { day: Day } & Record<ChoiceKind, number>;

/** Checks a choice against the tags that were offered. */
export function offeredProblems(seen: PublicRegister, ask: ChoiceAsk): FieldProblem[] {
  const problems: Problems = [];
  const offered = choosable(seen);
  const said = [...ask.allowed, ...ask.refused];
  if (said.length !== offered.length || offered.some((code) => !said.includes(code)))
    put(
      problems,
      'refused',
      'そのサイトで選べるタグを、許すか断るかのどちらか1つに分けてください',
      'List each tag that can be chosen on the site either as allowed or as refused',
    );
  if (ask.gpc && ask.allowed.length > 0)
    put(
      problems,
      'allowed',
      'ブラウザーが外部への送信を断っています（GPC）',
      'The browser refuses sending to others (Global Privacy Control)',
    );
  return problems;
}
