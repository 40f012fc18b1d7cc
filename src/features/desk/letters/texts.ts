// The sentences of the letters as the company's data: which there must be, which values each takes, and how they are checked, from the file
// (letters.yaml) or from the office. A sentence that is missing or uses a value wrongly is a problem with its path; nothing is filled in by default.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { done, fieldOutcome, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { outcomes, type RightsRequest } from '../../../law/index.ts';
import { isPrintable } from '../../../platform/pdf.ts';
import { readYaml } from '../../../platform/yaml.ts';
import { identityPapers } from '../../policy/index.ts';

/** The results a request of a kind can have, by the law's table. */
export type ResultOf<K extends RightsRequest> = keyof (typeof outcomes)[K]['notices'] & string;

declare const values: unique symbol;

/** A sentence and the values that it takes; `{form}` in the text is the value `form`. */
export interface Says<P extends string = never> extends Bilingual {
  readonly [values]?: P;
}

/** A place for one sentence or a list of them: the values that each text must use, and those it may use. */
interface Slot<P extends string, Many extends boolean> {
  must: readonly P[];
  may: readonly P[];
  many: Many;
}

const says = <const P extends string = never>(must: readonly P[] = [], may: readonly P[] = []): Slot<P, false> => ({
  must,
  may,
  many: false,
});
const list = <const P extends string = never>(may: readonly P[] = []): Slot<P, true> => ({ must: [], may, many: true });

type TextsOf<D> =
  D extends Slot<infer P, infer Many> ? (Many extends true ? Says<P>[] : Says<P>) : { [K in keyof D]: TextsOf<D[K]> };

/** A sentence for each name. */
const each = <K extends string>(...names: K[]): Record<K, Slot<never, false>> =>
  Object.fromEntries(names.map((name) => [name, says()])) as Record<K, Slot<never, false>>;

/** A sentence that may call what was asked for by its name. */
const claiming = says([], ['claim']);

type NoticeSlots = {
  [K in RightsRequest]: {
    title: Slot<'information', false>;
    results: { [R in ResultOf<K>]: Slot<'arrived' | 'information' | 'company', false> };
  };
};

/** A title for each kind of request and a sentence for each outcome of the law's table: a new outcome needs its sentence. */
const noticeSlots = Object.fromEntries(
  Object.entries(outcomes).map(([kind, { notices }]) => [
    kind,
    {
      title: says([], ['information']),
      results: Object.fromEntries(
        Object.keys(notices).map((result) => [result, says([], ['arrived', 'information', 'company'])]),
      ),
    },
  ]),
) as NoticeSlots;

const declared = {
  frame: {
    person: says(['name']),
    organisation: says(['name']),
    opening: says([], ['name']),
    closing: says(),
    ...each('number', 'code', 'arrived', 'principal'),
    taxed: says(['yen']),
    claim: each('application', 'request'),
    follow: says(['code', 'place'], ['number']),
  },
  information: each('customer', 'my-number'),
  cover: {
    title: says([], ['form']),
    lead: says(['form'], ['arrived']),
    enclosed: { title: says(), items: list(['form', 'clause']) },
    back: { title: says(), items: list(['form', 'papers', 'agents']) },
    fee: {
      title: says(),
      none: says(),
      paid: {
        'registered-mail': says(['fee']),
        'bank-transfer': says(['fee']),
        'postage-stamps': says(['fee']),
        'postal-money-order': says(['fee']),
        cash: says(['fee']),
      },
      several: says(['fee']),
      ways: each('registered-mail', 'bank-transfer', 'postage-stamps', 'postal-money-order', 'cash'),
      later: says(['fee']),
    },
    papers: {
      title: says(),
      lead: says(),
      items: list(),
      enough: { lead: says(), of: says(['count', 'which']) },
      named: each(...identityPapers),
    },
    agents: { title: says(), lead: says(['papers']), items: list() },
    hide: { title: says(), says: says(), myNumber: says() },
    send: { title: says(), says: says(['desk', 'address', 'company']) },
    next: { title: says(), items: list(['checkDays', 'answerBy']), late: says() },
    difficult: says(),
  },
  forms: {
    clause: says(['clause']),
    intro: says(['company']),
    myNumber: says(),
    dated: says(),
    ...each('principal', 'kana', 'name', 'address', 'born', 'contact'),
    ...each('kanaHint', 'addressHint', 'bornHint', 'contactHint'),
    agent: each('title', 'kind', 'legal', 'mandated', 'hint'),
    about: each('title', 'dealings', 'dealingsHint', 'data', 'dataHint'),
    method: each('title', 'paper', 'electronic', 'hint', 'mail'),
    records: each('title', 'which', 'provided', 'received', 'period', 'periodHint'),
    correction: each('title', 'kind', 'correct', 'add', 'delete', 'item', 'now', 'right', 'evidence'),
    suspension: each('title', 'measure', 'stop', 'erase', 'recipients', 'recipientsHint'),
    grounds: {
      ...each('title', 'hint', 'story', 'storyHint'),
      ...each('purpose', 'improper', 'acquired', 'unconsented', 'abroad', 'numberingAct', 'needless', 'breach', 'harm'),
    },
    enclosed: { ...each('title', 'identity', 'authority'), fee: says(['fee']), slip: says([], ['fee']) },
    agreed: { title: says(), says: says(['company']), tick: says() },
    office: each('title', 'number', 'arrived', 'checked'),
  },
  lacks: {
    title: says(),
    lead: says(['arrived'], ['claim']),
    close: says(['company']),
    form: { none: says(['form']), wrong: says(['form'], ['claim']) },
    fee: { none: says(), short: says(['fee', 'received', 'missing']) },
    ...each('identity', 'enough', 'unreadable', 'authority'),
    specify: claiming,
    titles: each('form', 'fee', 'identity', 'unreadable', 'authority', 'specify'),
    by: says(['by']),
    end: says(['until'], ['claim']),
    asked: {
      title: says(),
      lead: says(['arrived']),
      by: says(['by']),
      fee: says(['fee']),
      ways: each('registered-mail', 'bank-transfer', 'postage-stamps', 'postal-money-order', 'cash'),
    },
    send: { title: says(), says: says(['desk', 'address', 'company']) },
  },
  dismissal: {
    title: claiming,
    lead: says(['arrived'], ['claim']),
    why: { title: says(), lacking: says(['until']), ...each('stranger', 'no-power', 'deceased') },
    'foreign-information': { lacking: says(['until']), ...each('stranger', 'no-power', 'deceased') },
    missing: { form: claiming, ...each('fee', 'identity', 'unreadable', 'authority'), specify: claiming },
    anew: { title: claiming, lacking: claiming, stranger: claiming, 'no-power': claiming, deceased: claiming },
    fee: { title: says(), says: says(['yen']) },
  },
  notices: noticeSlots,
  notice: {
    reasons: says(),
    purposes: says(),
    handed: {
      title: says(),
      paper: says(['document']),
      electronic: says(['document']),
      visit: says(['document']),
      'own-mail': says(['document']),
    },
    withheld: { ...each('title', 'item', 'ground', 'all'), part: says(['item']) },
    grounds: each('harms', 'impedes', 'violates'),
    told: says(),
    leftOut: says(),
    changes: each('title', 'item', 'before', 'after', 'added', 'deleted'),
    recipients: each('title', 'recipient', 'result', 'told', 'partly', 'untold'),
    done: each('erased', 'left', 'stopped', 'purposes', 'provisions', 'recipients', 'already'),
    lines: { erased: says(['holding', 'items', 'on']), identity: says(['until']), stopped: says(['what', 'on']) },
    measure: says(),
    kept: says(['until', 'on'], ['law']),
    fee: { title: says(), waived: says(['yen']) },
    complaint: {
      title: says(),
      says: says(['desk', 'address'], ['company']),
      organisation: says(['organisation', 'contact']),
    },
  },
  disclosure: {
    title: says([], ['information']),
    lead: says(['asOf'], ['information', 'company']),
    item: says(),
    value: says(),
    withheld: says(['ground']),
    absent: says(),
    records: { title: says(), lead: says(['asOf'], ['company']) },
    redacted: { bar: says(), note: says(), ground: says(['ground']) },
    purposes: says(),
    provisions: each('title', 'none', 'day', 'recipient', 'items', 'basis', 'consent', 'other'),
    receipts: each('title', 'none', 'day', 'provider', 'how', 'items', 'basis', 'consent', 'published', 'other'),
    representative: says(['name']),
    end: says(),
  },
  receipt: {
    title: says(),
    for: says(['what']),
    number: says(),
    received: says(['on']),
    tax: says(['rate', 'yen', 'tax']),
    registered: says(['registration']),
    again: says(),
    stamp: says(),
    what: { 'purpose-notice': says(), disclosure: says([], ['information']), 'record-disclosure': says() },
  },
  sought: {
    title: says(),
    lead: says(),
    check: says(),
    contact: { title: says(), post: says(['company', 'address']), phone: says(['phone']) },
    number: { title: says(), says: says(['number']) },
    care: says(),
  },
  handover: each('title', 'lead', 'documents', 'place', 'day', 'note', 'sign'),
  acknowledgement: {
    title: says(),
    lead: says(['arrived', 'number']),
    papers: says(),
    answer: { title: says(), says: says(['answerBy']), late: says() },
    status: { title: says(), says: says(['code', 'place'], ['number']) },
  },
  refund: {
    title: says(),
    lead: { all: says(['arrived', 'yen'], ['claim']), part: says(['arrived', 'yen'], ['claim']) },
    why: { title: says(), none: claiming, over: says(['fee', 'received']), undone: claiming, waived: says() },
    how: {
      title: says(),
      paid: {
        'registered-mail': says([], ['yen']),
        'bank-transfer': says([], ['yen']),
        'postage-stamps': says([], ['yen']),
        'postal-money-order': says([], ['yen']),
        cash: says([], ['yen']),
      },
      several: says(['yen']),
    },
  },
  corrected: {
    title: says(),
    lead: says(['given'], ['company']),
    ask: says([], ['desk', 'address', 'company']),
    whose: each('title', 'item', 'value'),
  },
  consultation: { title: says(), lead: says(['arrived']), close: says(['company']) },
  parcel: {
    title: says(),
    lead: says(['arrived']),
    code: says(),
    open: { title: says(), items: list(['validUntil']) },
    files: { title: says(), items: list() },
    care: { title: says(), says: says([], ['desk', 'address', 'company']) },
  },
  extension: { title: says(), lead: says(['arrived', 'before', 'until']), reason: says(), close: says() },
};

/** All sentences of the letters. */
export type Texts = TextsOf<typeof declared>;

type KeyOf<D> = D extends Slot<string, boolean> ? never : { [K in keyof D]: K | KeyOf<D[K]> }[keyof D];
type ValueOf<D> = D extends Slot<infer P, boolean> ? P : { [K in keyof D]: ValueOf<D[K]> }[keyof D];

/** The parts that the path of a place is made of. */
export type PlaceKey = KeyOf<typeof declared> & string;

/** Every value that a sentence can take. */
export type ValueName = ValueOf<typeof declared>;

export const lettersFile = 'letters.yaml';

const PLACE = /\{([^{}]*)\}/g;

/** A sentence with its values filled in. */
export const filled = <P extends string>(text: Says<P>, lang: Lang, given: Readonly<Record<P, string>>): string =>
  text[lang].replace(PLACE, (_, name: P) => given[name]);

/** The most characters of a sentence: letters of such sentences still fit their pages. */
export const MOST_SENTENCE = 1_000;

const problem = (field: string, ja: string, en: string): FieldProblem => ({ field, says: both(ja, en) });

const isSlot = (node: object): node is Slot<string, boolean> => 'must' in node && 'may' in node;

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** The problems of the values that a sentence uses. */
function checkValues({ must, may }: Slot<string, boolean>, text: string, path: string): FieldProblem[] {
  const used = new Set([...text.matchAll(PLACE)].map(([, name]) => name!));
  const known = [...must, ...may];
  const offered = known.length > 0 ? known.map((name) => `{${name}}`).join(' ') : null;
  return [
    ...[...used]
      .filter((name) => !known.includes(name))
      .map((name) =>
        problem(
          path,
          `{${name}} は使えません。${offered ? `使えるのは ${offered} です` : 'この文に差し込む値はありません'}`,
          `{${name}} is not known here. ${offered ? `Known are ${offered}` : 'This sentence takes no value'}`,
        ),
      ),
    ...must
      .filter((name) => !used.has(name))
      .map((name) => problem(path, `{${name}} を入れてください`, `This must contain {${name}}`)),
    ...(/[{}]/.test(text.replace(PLACE, ''))
      ? [problem(path, '{ と } の組が合いません', 'A { or } has no counterpart')]
      : []),
  ];
}

/** The problems of one language of a sentence. */
function checkText(slot: Slot<string, boolean>, text: unknown, path: string): FieldProblem[] {
  if (text === undefined) return [problem(path, '書かれていません', 'This is missing')];
  if (typeof text !== 'string' || text.trim() === '')
    return [problem(path, '空でない文にしてください', 'This should be a text that is not empty')];
  if (isLonger(text, MOST_SENTENCE))
    return [problem(path, `${MOST_SENTENCE}字までにしてください`, `This may have at most ${MOST_SENTENCE} characters`)];
  // A broken character, a line break or an emoji would be printed as 〓, and the database keeps no broken ones.
  if (!isPrintable(text))
    return [
      problem(
        path,
        '改行や、印刷できない文字が入っています',
        'This has a line break or a character that cannot be printed',
      ),
    ];
  return checkValues(slot, text, path);
}

function checkSentence(slot: Slot<string, boolean>, given: unknown, path: string): FieldProblem[] {
  if (given === undefined) return [problem(path, '書かれていません', 'This is missing')];
  if (!isRecord(given))
    return [problem(path, 'ja と en の文にしてください', 'This should be a text in ja and one in en')];
  return [
    ...strangers(given, ['ja', 'en'], path),
    ...checkText(slot, given.ja, `${path}.ja`),
    ...checkText(slot, given.en, `${path}.en`),
  ];
}

const strangers = (given: Record<string, unknown>, known: readonly string[], path: string): FieldProblem[] =>
  Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => problem(path, `知らない項目があります：${key}`, `Unknown field: ${key}`));

/** Checks what is given against what is declared. */
function check(node: object, given: unknown, path: string): FieldProblem[] {
  if (isSlot(node)) {
    if (!node.many) return checkSentence(node, given, path);
    if (!Array.isArray(given) || given.length === 0)
      return [problem(path, '1つ以上の文の一覧にしてください', 'This should be a list of at least one sentence')];
    return given.flatMap((one, i) => checkSentence(node, one, `${path}[${i}]`));
  }
  if (!isRecord(given)) return [problem(path, '書かれていません', 'This is missing')];
  return [
    ...strangers(given, Object.keys(node), path),
    ...Object.entries(node).flatMap(([key, inner]: [string, object]) =>
      check(inner, given[key], path === '' ? key : `${path}.${key}`),
    ),
  ];
}

/** The problems of what should be all sentences; a field is a path such as `cover.papers.items[0].ja`. */
export const textsProblems = (given: unknown): FieldProblem[] => check(declared, given, '');

/** All sentences as given, once checked. */
export const checkedTexts = (given: unknown): Outcome<Texts> =>
  fieldOutcome(textsProblems(given)) ?? done(given as Texts);

/**
 * Reads the sentences of all letters from the text of letters.yaml. A problem's field is `letters.yaml: path`, such as
 * `letters.yaml: notices.erasure.results.refused.en`.
 */
export function readTexts(yaml: string): Outcome<Texts> {
  const read = readYaml(yaml);
  const given = 'data' in read ? read.data : null;
  const problems = 'says' in read ? [{ field: '', says: read.says }] : textsProblems(given);
  const inFile = problems.map(({ field, says }) => ({
    field: field === '' ? lettersFile : `${lettersFile}: ${field}`,
    says,
  }));
  return fieldOutcome(inFile) ?? done(given as Texts);
}

// ---- the sentences one by one

/** Where a sentence belongs, such as `lacks.fee.short`, and the values it takes; `many`: a list of sentences belongs there. */
export interface Place {
  path: string;
  must: readonly string[];
  may: readonly string[];
  many: boolean;
}

const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** A tree in the shape of all sentences, with what `of` returns for each place. */
const treeOf = (node: object, path: string, of: (place: Place) => unknown): unknown =>
  isSlot(node)
    ? of({ path, ...node })
    : Object.fromEntries(
        Object.entries(node).map(([key, inner]: [string, object]) => [key, treeOf(inner, under(path, key), of)]),
      );

const placesIn = (node: object, path: string): Place[] =>
  isSlot(node)
    ? [{ path, ...node }]
    : Object.entries(node).flatMap(([key, inner]: [string, object]) => placesIn(inner, under(path, key)));

/** The places of all sentences in their order. */
export const places: readonly Place[] = placesIn(declared, '');

/** The groups that are edited together: the sentences of a letter; for the notices, those of one kind. */
export const groups: readonly string[] = Object.keys(declared).flatMap((key) =>
  key === 'notices' ? Object.keys(declared.notices).map((kind) => `notices.${kind}`) : [key],
);

export const placesOf = (group: string): readonly Place[] => places.filter(({ path }) => path.startsWith(`${group}.`));

const standingAt = (texts: unknown, path: string): unknown =>
  path.split('.').reduce((node, key) => (isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined), texts);

/** The sentences in a place. */
export const sentencesAt = (texts: Texts, path: string): readonly Bilingual[] =>
  [standingAt(texts, path)].flat() as Bilingual[];

/** The texts with other sentences in some places; the outcome must still be checked. */
export const withSentences = (texts: Texts, sentences: ReadonlyMap<string, readonly Bilingual[]>): unknown =>
  treeOf(declared, '', ({ path, many }) => {
    const given = sentences.get(path);
    if (given === undefined) return standingAt(texts, path);
    return many ? given : given[0];
  });

/** Sentences of another release, with those of `others` wherever they would not pass the check today. */
export const completed = (texts: unknown, others: Texts): Texts =>
  treeOf(declared, '', ({ path, ...slot }) => {
    const given = standingAt(texts, path);
    return check(slot, given, path).length === 0 ? given : standingAt(others, path);
  }) as Texts;

/** A difference in one language of one sentence; `before` or `after` is null when there was or is none. */
export interface TextChange {
  /** The path of the place. In a list, `at` is the number of the sentence, from 0. */
  path: string;
  many: boolean;
  at: number;
  lang: Lang;
  before: string | null;
  after: string | null;
}

const langs: readonly Lang[] = ['ja', 'en'];

/** The differences between two versions, in the order of the places. */
export const changesBetween = (before: Texts, after: Texts): TextChange[] =>
  places.flatMap(({ path, many }) => {
    const [old, now] = [sentencesAt(before, path), sentencesAt(after, path)];
    return Array.from({ length: Math.max(old.length, now.length) }, (_, at) => at).flatMap((at) =>
      langs
        .map((lang) => ({ path, many, at, lang, before: old[at]?.[lang] ?? null, after: now[at]?.[lang] ?? null }))
        .filter((change) => change.before !== change.after),
    );
  });

/** The field of one language of a sentence, as the check names it. */
export const fieldOf = ({ path, many }: Pick<Place, 'path' | 'many'>, at: number, lang: Lang): string =>
  `${path}${many ? `[${at}]` : ''}.${lang}`;
