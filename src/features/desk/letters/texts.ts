// The sentences of the letters as the company's data (letters.yaml): what there must be, which values each sentence takes, and how the
// file is read. A sentence that is missing, or that uses a value wrongly, is a problem with its path; nothing is filled in by default.

import { parseDocument } from 'yaml';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { done, failed, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { outcomes, type RightsRequest } from '../../../law/index.ts';

/** The results a request of a kind can have, by the law's own table. */
export type ResultOf<K extends RightsRequest> = keyof (typeof outcomes)[K]['notices'] & string;

declare const values: unique symbol;

/** A sentence and the values that it takes; `{form}` in the text is the value `form`. */
export interface Says<P extends string = never> extends Bilingual {
  readonly [values]?: P;
}

/** A place for one sentence or for a list of them: the values each text must use, and those it may use. */
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
    untaxed: says(['yen']),
  },
  information: each('customer', 'my-number'),
  cover: {
    title: says([], ['form']),
    lead: says(['form'], ['arrived']),
    enclosed: { title: says(), items: list(['form', 'clause']) },
    back: { title: says(), items: list(['form']) },
    fee: {
      title: says(),
      none: says(),
      paid: { 'registered-mail': says(['fee']), 'bank-transfer': says(['fee']), 'postage-stamps': says(['fee']) },
    },
    papers: { title: says(), lead: says(), items: list() },
    agents: { title: says(), lead: says(), items: list() },
    hide: { title: says(), says: says(), myNumber: says() },
    send: { title: says(), says: says(['desk', 'address', 'company']) },
    next: { title: says(), items: list(['checkDays', 'answerBy']) },
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
    enclosed: { ...each('title', 'identity', 'authority'), fee: says(['fee']) },
    agreed: { title: says(), says: says(['company']), tick: says() },
    office: each('title', 'number', 'arrived', 'checked'),
  },
  lacks: {
    title: says(),
    lead: says(['arrived']),
    close: says(['company']),
    form: { none: says(['form']), wrong: says(['form']) },
    fee: { none: says(), short: says(['fee', 'received', 'missing']) },
    ...each('identity', 'unreadable', 'authority', 'specify'),
    titles: each('form', 'fee', 'identity', 'unreadable', 'authority', 'specify'),
    by: says(['by']),
    send: { title: says(), says: says(['desk', 'address', 'company']) },
  },
  notices: noticeSlots,
  notice: {
    reasons: says(),
    purposes: says(),
    handed: { title: says(), paper: says(['document']), electronic: says(['document']) },
    withheld: { title: says(), item: says(), ground: says(), all: says() },
    grounds: each('harms', 'impedes', 'violates'),
    told: says(),
    changes: each('title', 'item', 'before', 'after', 'added', 'deleted'),
    done: says(),
    measure: says(),
    complaint: { title: says(), says: says(['desk', 'address']), organisation: says(['organisation', 'contact']) },
  },
  disclosure: {
    title: says([], ['information']),
    lead: says(['asOf'], ['information', 'company']),
    item: says(),
    value: says(),
    withheld: says(['ground']),
    absent: says(),
    bar: says(),
    barNote: says(),
    purposes: says(),
    provisions: each('title', 'none', 'day', 'recipient', 'items', 'basis', 'unknownDay', 'consent', 'other'),
    receipts: each('title', 'none', 'day', 'provider', 'how', 'items', 'basis', 'consent', 'other'),
    representative: says(['name']),
    end: says(),
  },
  receipt: {
    title: says(),
    for: says(['what']),
    number: says(),
    received: says(['on']),
    stamp: says(),
    what: { 'purpose-notice': says(), disclosure: says([], ['information']), 'record-disclosure': says() },
  },
  consultation: { title: says(), lead: says(['arrived']), close: says(['company']) },
  extension: { title: says(), lead: says(['arrived', 'before', 'until']), reason: says(), close: says() },
};

/** All sentences of the letters. */
export type Texts = TextsOf<typeof declared>;

export const lettersFile = 'letters.yaml';

const PLACE = /\{([^{}]*)\}/g;

/** The sentence with its values. */
export const filled = <P extends string>(text: Says<P>, lang: Lang, given: Readonly<Record<P, string>>): string =>
  text[lang].replace(PLACE, (_, name: P) => given[name]);

const problem = (path: string, ja: string, en: string): FieldProblem => ({
  field: path === '' ? lettersFile : `${lettersFile}: ${path}`,
  says: both(ja, en),
});

const isSlot = (node: object): node is Slot<string, boolean> => 'must' in node && 'may' in node;

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** What is wrong with one language of a sentence. */
function checkText({ must, may }: Slot<string, boolean>, text: unknown, path: string): FieldProblem[] {
  if (text === undefined) return [problem(path, '書かれていません', 'This is missing')];
  if (typeof text !== 'string' || text.trim() === '')
    return [problem(path, '空でない文にしてください', 'This should be a text that is not empty')];
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

/** Goes through what is declared and what is given side by side. */
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

/**
 * Reads the sentences of all letters from the text of letters.yaml. A problem's field is `letters.yaml: path`, such as
 * `letters.yaml: notices.erasure.results.refused.en`.
 */
export function readTexts(yaml: string): Outcome<Texts> {
  const document = parseDocument(yaml, { uniqueKeys: true });
  const broken = document.errors[0];
  const row = broken?.linePos?.[0].line ?? 1;
  const given: unknown = broken ? null : document.toJS({ maxAliasCount: 100 });
  const [first, ...more] = broken
    ? [problem('', `${row}行目がYAMLとして読めません`, `Line ${row} cannot be read as YAML`)]
    : check(declared, given, '');
  return first ? failed({ kind: 'invalid', fields: [first, ...more] }) : done(given as Texts);
}
