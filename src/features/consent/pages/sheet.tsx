// What the pages of the consents share: their place, who recorded them, and the names of a person, a purpose and an item.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { placeOf, type Env } from '../../../platform/http/index.ts';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Instead } from '../../../platform/ui/fact-list.tsx';
import type { FieldProps } from '../../../platform/ui/form.tsx';
import { TextField } from '../../../platform/ui/form.tsx';
import { clockTime, listed, slashDay } from '../../../platform/ui/format.ts';
import type { Day } from '../../../base/day.ts';
import { unreadWords, type Unread } from '../../../vault/index.ts';
import { says, standing, type Standing } from '../../checkpoint/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { consentPurposes } from '../actions/texts.ts';
import { recipientsOf, type Recipient } from '../../recipients/index.ts';
import type { ConsentState } from '../facts/standing.ts';
import type { Remarks, Text, TextState } from '../facts/consent.ts';
import type { ObjectionRow, TextRow } from '../tables.ts';
import { consentStateWords, kindWords, scopeWords, textStateWords, words } from '../words.ts';

export const PATH = '/consents';
export const TEXTS = '/consents/texts';
export const OBJECTIONS = '/consents/objections';

/** Address of the form that records an objection, for one person if given. */
export const objectionHref = (principal: string | undefined): string =>
  `${OBJECTIONS}/new${principal ? `?principal=${principal}` : ''}`;

export type Request = Context<Env>;

export const crumbs = crumbsFrom(words.title, PATH, 'records:read');

/** Where a reader goes who gives a form up: the list, or home if they may not see it. */
export const backFrom = (c: Request): string => (c.get('may')('records:read') ? PATH : '/');

export { placeOf };

/** Where the names on a consent's page are looked up. */
export interface Around {
  stands: Standing;
  recipients: ReadonlyMap<string, Recipient>;
  channels: readonly { id: string; name: Bilingual }[];
  /** Ids of the purposes that a consent can be given for. */
  purposes: readonly string[];
}

/** Loads `Around`. `named`: the recipients that the page names; a page that lists or offers recipients needs all. */
export async function aroundOf(office: Office, named: readonly (string | null)[] | 'all'): Promise<Around> {
  const [stands, recipients, inForce] = await Promise.all([
    standing(office),
    recipientsOf(office, named === 'all' ? named : named.filter((id) => id !== null)),
    policyInForce(office, office.clock.today()),
  ]);
  return {
    stands,
    recipients,
    channels: inForce?.policy.operator.acquisition_channels ?? [],
    purposes: consentPurposes(inForce?.policy),
  };
}

export const purposeName = ({ stands }: Around, id: string, lang: Lang): string =>
  `${id} ${stands.purposes.get(id)?.says?.[lang] ?? ''}`.trim();

const holdingName = ({ stands }: Around, id: string, lang: Lang): string =>
  stands.holdings.get(id)?.name[lang] ?? id.slice(-8);

const itemNames = ({ stands }: Around, { holding_id, items }: Pick<TextRow, 'holding_id' | 'items'>, lang: Lang) =>
  listed(
    items.map((code) => stands.holdings.get(holding_id)?.labels.get(code)?.[lang] ?? code),
    lang,
  );

export const recipientNames = ({ recipients }: Around, ids: readonly string[], lang: Lang): string =>
  ids.length === 0
    ? words.noRecipient[lang]
    : listed(
        ids.map((id) => recipients.get(id)?.name ?? id.slice(-8)),
        lang,
      );

/** Names what a person asked to stop, as on the form. */
export function objectionName(
  around: Around,
  { scope, purpose, recipient_id }: Pick<ObjectionRow, 'scope' | 'purpose' | 'recipient_id'>,
  lang: Lang,
): string {
  const what = purpose
    ? purposeName(around, purpose, lang)
    : recipient_id && recipientNames(around, [recipient_id], lang);
  return [scopeWords[scope][lang], what].filter(Boolean).join(lang === 'ja' ? '：' : ': ');
}

export const channelName = ({ channels }: Around, id: string, lang: Lang): string =>
  channels.find((one) => one.id === id)?.name[lang] ?? id;

/** The facts of what a text reaches. */
export const scopeFacts = (text: Text, around: Around, lang: Lang) =>
  [
    [words.kind[lang], kindWords[text.kind][lang]],
    [
      words.purposes[lang],
      listed(
        text.purposes.map((id) => purposeName(around, id, lang)),
        lang,
      ),
    ],
    [words.holding[lang], <a href={`/ledger/${text.holding_id}`}>{holdingName(around, text.holding_id, lang)}</a>],
    [words.items[lang], itemNames(around, text, lang)],
    [words.recipients[lang], recipientNames(around, text.recipients, lang)],
  ] as const;

/** One remark of a row that has it, or why it cannot be read. Nothing is kept where the person was erased before it could be sealed. */
interface RemarkProps {
  remarks: Remarks | Unread | undefined;
  name: keyof Remarks;
  lang: Lang;
}

const remarkText = ({ remarks = 'gone', name, lang }: RemarkProps): string =>
  typeof remarks === 'string' ? unreadWords[remarks][lang] : (remarks[name] ?? '');

export const Remark = (props: RemarkProps) => {
  const { remarks = 'gone' } = props;
  const says = remarkText(props);
  return typeof remarks === 'string' ? (
    <Instead says={says} bad={remarks === 'unreadable'} />
  ) : (
    <span translate="no">{says}</span>
  );
};

/** A day, with the hour where it is known. */
export const moment = (on: Day, at: Date | null): string =>
  at ? `${slashDay(on)} ${clockTime(at.getTime())}` : slashDay(on);

const consentLook: Record<ConsentState['state'], ChipKind> = {
  stands: 'good',
  partly: 'warn',
  ended: 'done',
  behind: 'done',
  judged: 'wait',
  nothing: 'bad',
};

/** Says what a consent is and, where it ended or a part of it did, since when. */
export const consentText = (one: ConsentState, lang: Lang): string =>
  'on' in one ? `${consentStateWords[one.state][lang]} ${slashDay(one.on)}` : consentStateWords[one.state][lang];

export const ConsentChip = ({ lang, state }: { lang: Lang; state: ConsentState }) => (
  <Chip kind={consentLook[state.state]}>{consentText(state, lang)}</Chip>
);

const stateLook: Record<TextState, ChipKind> = { draft: 'wait', coming: 'now', 'in-force': 'good', superseded: 'done' };

export const TextStateChip = ({ lang, state }: { lang: Lang; state: TextState }) => (
  <Chip kind={stateLook[state]}>{textStateWords[state][lang]}</Chip>
);

export const PersonLink = ({ c, id }: { c: Request; id: string }) =>
  c.get('may')('people:search') ? (
    <a class="num" href={`/people/${id}`}>
      {id.slice(-8)}
    </a>
  ) : (
    <span class="num">{id.slice(-8)}</span>
  );

/** The field for a person's id. Lists show only the end of an id, so it links to the search for users without the whole one. */
export const PersonField = ({
  c,
  field,
  value,
}: {
  c: Request;
  field: Pick<FieldProps, 'lang' | 'name' | 'label' | 'error'>;
  value: string;
}) => {
  const lang = c.get('lang');
  return (
    <>
      <TextField {...field} need="required" hint={words.principalHint[lang]} value={value} />
      {value === '' && c.get('may')('people:search') && (
        <p class="small -mt-3 mb-5">
          <a href="/people">{words.findPerson[lang]}</a>
        </p>
      )}
    </>
  );
};

/** The problem of what was written into the field of a person's id, if it is none: it is named together with those of the other fields. */
export const personProblems = (principal: string): FieldProblem[] =>
  isId(principal) ? [] : [{ field: 'principal', says: says.principal }];

export const textHref = ({ code, version }: Pick<TextRow, 'code' | 'version'>): string => `${TEXTS}/${code}/${version}`;

export const textName = ({ name, version }: Pick<TextRow, 'name' | 'version'>, lang: Lang): string =>
  lang === 'ja' ? `${name.ja}　第${version}版` : `${name.en}, version ${version}`;

/** The same as a link to the text. Its version is not broken over two lines. */
export const TextLink = ({ text, lang }: { text: TextRow; lang: Lang }) => {
  const [name, version] =
    lang === 'ja' ? [`${text.name.ja}　`, `第${text.version}版`] : [`${text.name.en}, `, `version ${text.version}`];
  return (
    <a href={textHref(text)}>
      {name}
      <span class="whitespace-nowrap">{version}</span>
    </a>
  );
};

export const timeProblem: Bilingual = { ja: '9:05 のように書いてください', en: 'Write it like 9:05' };

/** Parses a typed time of day to milliseconds since midnight; null if it is none. */
export function readTime(text: string): number | null {
  const found = /^([01]?\d|2[0-3])[:時]([0-5]\d)分?$/.exec(text.normalize('NFKC').trim());
  return found ? (Number(found[1]) * 60 + Number(found[2])) * 60_000 : null;
}
