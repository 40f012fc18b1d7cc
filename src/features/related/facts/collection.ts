// What is kept of a collection of personal-related information, and reading what a form or a call says of it (APPI 2(7)). Pure.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import { type Classification, decideClassification, type InformationLayer } from '../../../law/index.ts';
import { itemProblem } from '../../../vault/index.ts';
import type { KnownHolding } from '../../checkpoint/index.ts';

export const sources = ['site', 'app', 'third-party'] as const;

/** Where a collection comes from: our own sites and apps, or another company. */
export type Source = (typeof sources)[number];

export const tellings = ['nobody', 'by-collation', 'by-itself'] as const;

/** How an item tells who it is about: by itself or by a code in it, by easy collation with what else we hold, or not at all. */
export type Telling = (typeof tellings)[number];

export interface CollectionItem {
  /** The code, such as `cookie_id`, in the form that the ledger uses for items. */
  code: string;
  label: Bilingual;
  tells: Telling;
  /** Its class under the law while it is linked to nobody (2, 16). */
  class: InformationLayer;
}

/** What the company states about a collection. Each version keeps all of it. */
export interface CollectionContent {
  name: Bilingual;
  source: Source;
  place: string;
  /** It can be searched by this information (16(7)). */
  searchable: boolean;
  /** It concerns communications that the company carries. */
  communications: boolean;
  /** Id of the holding that keeps what is linked to persons; null where nothing is ever linked. */
  holding: string | null;
  items: CollectionItem[];
}

export interface Collection extends CollectionContent {
  id: string;
  state: 'active' | 'retired';
  version: number;
  registeredAt: Date;
}

export type CollectionAct = 'register' | 'change' | 'retire';

/** The description of a collection as entered, not yet checked. */
export interface CollectionInput {
  name: { ja: string; en?: string };
  source: string;
  place: string;
  searchable?: boolean | undefined;
  communications?: boolean | undefined;
  holding?: string | null | undefined;
  items: { code: string; label: { ja: string; en?: string }; tells: string }[];
}

export const MAX_ITEMS = 30;

const MAX_NAME = 100;

const MAX_PLACE = 300;

/** What is wrong with a collection whose linked identifiers would be kept in no holding in use. */
export const notInUse = both('使用中の台帳にありません', 'There is no such holding in use');

const says = {
  choose: both('選んでください', 'Please choose'),
  notInHolding: both(
    '結び付けたものを置く台帳に、この項目がありません。先に台帳に加えてください',
    'The holding that keeps what is linked has no such item. Add it to the ledger first',
  ),
  noItem: both('項目を1つ以上書いてください', 'Enter at least one item'),
  manyItems: both(`項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`),
  twice: both('同じ符号が2つあります', 'This code is listed twice'),
  personal: both(
    'だれのことか分かる項目は個人情報です。ここではなく、台帳に加えてください',
    'An item that shows who it is about is personal information. Add it to the ledger instead',
  ),
} satisfies Record<string, Bilingual>;

/** The law's classification of an item (2, 16): unlinked, or once an identifier is linked to a person we know. */
export const classOf = (
  { tells }: Pick<CollectionItem, 'tells'>,
  { searchable, communications }: Pick<CollectionContent, 'searchable' | 'communications'>,
  linked: boolean,
  on: Day,
): Classification =>
  decideClassification(
    {
      subject: 'living',
      identifies: tells === 'by-itself',
      collatable: tells === 'by-collation',
      codes: [],
      myNumber: false,
      specialCare: [],
      processing: 'none',
      // What is linked can be searched by the person.
      database: linked || searchable,
      authority: true,
      communications,
      ...(linked ? { relinked: true } : {}),
    },
    on,
  );

/** The class in one word; undefined where the law cannot say. */
export const layerOf = (finding: Classification): InformationLayer | undefined =>
  finding.answer === 'unknown' ? undefined : finding.answer;

type Put = (field: string, says: Bilingual) => void;

const line = (put: Put, field: string, text: string, most: number): string =>
  readText(text, { most, need: true }, (says) => put(field, says));

/** A text in both languages; English may be left out. */
function bilingual(put: Put, field: string, { ja, en = '' }: { ja: string; en?: string }): Bilingual {
  const text = line(put, `${field}.ja`, ja, MAX_NAME);
  return { ja: text, en: en.trim() === '' ? text : line(put, `${field}.en`, en, MAX_NAME) };
}

interface Kind extends Pick<CollectionContent, 'searchable' | 'communications'> {
  holding: KnownHolding | undefined;
}

function readItem(
  put: Put,
  at: string,
  input: CollectionInput['items'][number],
  { holding, ...content }: Kind,
  on: Day,
): CollectionItem {
  const item = {
    code: input.code.trim(),
    label: bilingual(put, `${at}.label`, input.label),
    tells: tellings.find((one) => one === input.tells),
  };
  const wrong = itemProblem(item.code, item.label);
  if (wrong) put(`${at}.code`, wrong);
  else if (holding && !holding.items.has(item.code)) put(`${at}.code`, says.notInHolding);
  if (!item.tells) put(`${at}.tells`, says.choose);
  const tells = item.tells ?? 'by-itself';
  const layer = layerOf(classOf({ tells }, content, false, on)) ?? 'personal';
  if (item.tells && layer !== 'personally-related') put(`${at}.tells`, says.personal);
  return { ...item, tells, class: layer };
}

/**
 * Reads a description of a collection. The law classifies every item; one that is personal information is a problem, because it does not belong
 * here.
 */
export function readContent(
  input: CollectionInput,
  holdings: ReadonlyMap<string, KnownHolding>,
  on: Day,
): { content: CollectionContent; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const put: Put = (field, what) => void problems.push({ field, says: what });
  const name = bilingual(put, 'name', input.name);
  const source = sources.find((one) => one === input.source);
  if (!source) put('source', says.choose);
  const place = line(put, 'place', input.place, MAX_PLACE);
  const { searchable, communications } = input;
  if (searchable === undefined) put('searchable', says.choose);
  if (communications === undefined) put('communications', says.choose);
  const holding = input.holding ? holdings.get(input.holding) : undefined;
  if (input.holding && holding?.state !== 'active') put('holding', notInUse);
  if (input.items.length === 0) put('items', says.noItem);
  if (input.items.length > MAX_ITEMS) put('items', says.manyItems);
  const kind = { searchable: searchable ?? true, communications: communications ?? true };
  const items = input.items
    .slice(0, MAX_ITEMS)
    .map((item, i) => readItem(put, `items.${i}`, item, { ...kind, holding }, on));
  const codes = items.map((item) => item.code);
  items.forEach((item, i) => {
    if (codes.indexOf(item.code) < i) put(`items.${i}.code`, says.twice);
  });
  return { problems, content: { name, source: source ?? 'site', place, ...kind, holding: holding?.id ?? null, items } };
}

export const contentOf = ({
  name,
  source,
  place,
  searchable,
  communications,
  holding,
  items,
}: CollectionContent): CollectionContent => ({ name, source, place, searchable, communications, holding, items });
