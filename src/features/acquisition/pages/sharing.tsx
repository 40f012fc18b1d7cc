// The persons who have the e-mail address that was typed. They are shown closed, so that the clerk can check whether one is the same person, and
// states for each that it is somebody else. Nobody is ticked in advance.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Button } from '../../../platform/ui/button.tsx';
import { Checks, Hidden } from '../../../platform/ui/form.tsx';
import { listed, writtenDay } from '../../../platform/ui/format.ts';
import { Table } from '../../../platform/ui/table.tsx';
import { itemOf, standardItems, type Values } from '../../../vault/index.ts';
import { recordIn } from '../../checkpoint/index.ts';

const words = {
  having: both('同じメールアドレスを使っている人', 'People with the same e-mail address'),
  acquire: both(
    '同じ人なら、ここでは受け取らず、その人の画面から加えるか、直します。別の人なら、1人ずつ、別の人であることを示してください。示したことは記録に残ります。',
    'If it is the same person, do not take them in here: add to or correct their own entry. If they are other people, say so for each of them. Your statement is kept on record.',
  ),
  correct: both(
    '同じ人の記録が2つあるなら、ここでは直さず、それぞれの画面で確かめて、同じ本人として結び付けます。別の人なら、1人ずつ、別の人であることを示してください。示したことは記録に残ります。',
    'If both are entries of one person, do not correct it here: look at the page of each and link them as one person. If they are other people, say so for each of them. Your statement is kept on record.',
  ),
  another: (id: string): Bilingual =>
    both(
      `本人 ${id} とは別の人で、メールアドレスを共に使っている`,
      `Somebody else than person ${id}, who shares the address`,
    ),
  person: (id: string): Bilingual => both(`本人 ${id}`, `Person ${id}`),
  page: (id: string): Bilingual => both(`本人 ${id} の画面`, `Page of person ${id}`),
  since: (on: string, lang: Lang): string => (lang === 'ja' ? `${on}から保有` : `Held since ${on}`),
  compare: both('開いて見比べる', 'Open and compare'),
  compareSays: both(
    '氏名、生年月日、住所、連絡先など、見分ける項目だけを、選んだ利用目的で開きます。開いたことは記録に残ります。',
    'Opens only items that tell people apart, such as name, date of birth, address and contact details, for a purpose chosen above. The opening is logged.',
  ),
  compared: both('見分ける項目', 'What tells them apart'),
  item: both('項目', 'Item'),
  typed: both('受け取る情報', 'What is taken in'),
  closed: both('開けません', 'Cannot be opened'),
} satisfies Record<string, unknown>;

/** The label of the choice, for the summary of what is wrong. */
export const sharingLabel = words.having;

const MASK = '●●●';

/** A person who has the address, with the codes of what the holding keeps of them. */
export interface Having {
  id: string;
  since: Date;
  items: readonly string[];
}

/** Those of these persons about whom the holding keeps something. */
export async function havingOf(office: Office, holding: string, ids: readonly string[]): Promise<Having[]> {
  const kept = await Promise.all(ids.map(async (id) => ({ id, kept: await recordIn(office.database, id, holding) })));
  return kept.flatMap(({ id, kept: one }) => (one ? [{ id, since: one.createdAt, items: one.items }] : []));
}

/** The persons that a form was shown with, and those it names, by the field name of the choice. */
export const shownIn = (form: Form, name: string): string[] => form.all(`${name}.shown`).filter(isId);
export const namedIn = (form: Form, name: string): { sharesEmailWith?: string[] } => {
  const named = form.all(name).filter(isId);
  return named.length > 0 ? { sharesEmailWith: named } : {};
};

export interface SharingProps {
  lang: Lang;
  /** The field name of the choice. */
  name: string;
  having: readonly Having[];
  named: readonly string[];
  error?: string | undefined;
  labelOf: (code: string) => Bilingual;
  /** What the address is typed for. */
  to: 'acquire' | 'correct';
  /** The reader may see the pages of people. */
  sees: boolean;
  /** The address that opens them beside what was typed; null where the reader may not. */
  compare: string | null;
}

const short = (id: string): string => id.slice(-8);

export const SharingField = (props: SharingProps) => {
  const { lang, name, having, named, error, labelOf, to, sees, compare } = props;
  if (having.length === 0) return null;
  const note = ({ since, items }: Having): string =>
    listed(
      [
        words.since(writtenDay(dayOf(since.getTime()), lang), lang),
        ...items.map((code) => `${labelOf(code)[lang]} ${MASK}`),
      ],
      lang,
    );
  return (
    <>
      {having.map(({ id }) => (
        <Hidden values={{ [`${name}.shown`]: id }} />
      ))}
      <Checks
        lang={lang}
        name={name}
        label={words.having}
        hint={words[to][lang]}
        values={named}
        options={having.map((one) => ({ value: one.id, label: words.another(short(one.id)), note: note(one) }))}
        error={error}
      />
      {sees && (
        <ul class="small mb-4 grid gap-2">
          {having.map(({ id }) => (
            <li>
              <a href={`/people/${id}`} target="_blank" rel="noopener">
                {words.page(short(id))[lang]}
              </a>
            </li>
          ))}
        </ul>
      )}
      {compare !== null && (
        <div class="mb-5">
          <p class="small muted mb-2">{words.compareSays[lang]}</p>
          <Button kind="second" small icon="lock" to={compare}>
            {words.compare[lang]}
          </Button>
        </div>
      )}
    </>
  );
};

/** What was opened of a person; null where it may not be opened. */
export interface Opened {
  id: string;
  values: Values | null;
}

const rank = (code: string): number => standardItems.findIndex((item) => item.code === code);

/** The typed values beside the opened ones of each person, one item per row. */
export const ComparedTable = (props: { lang: Lang; typed: Values; opened: readonly Opened[] }) => {
  const { lang, typed, opened } = props;
  const codes = [...new Set(opened.flatMap(({ values }) => Object.keys(values ?? {})))];
  const cell = (value: string | undefined) => (
    <span class="block wrap-anywhere whitespace-pre-line" translate="no">
      {value}
    </span>
  );
  const closed = <span class="small muted">{words.closed[lang]}</span>;
  return (
    <Table
      lang={lang}
      caption={words.compared}
      stack
      columns={[
        { key: 'item', head: words.item, rowHead: true },
        { key: 'typed', head: words.typed },
        ...opened.map(({ id }) => ({ key: id, head: words.person(short(id)) })),
      ]}
      rows={(codes.length === 0 ? ['name'] : codes.toSorted((a, b) => rank(a) - rank(b))).map((code) => ({
        cells: {
          item: itemOf(code).label[lang],
          typed: cell(typed[code]),
          ...Object.fromEntries(opened.map(({ id, values }) => [id, values ? cell(values[code]) : closed])),
        },
      }))}
    />
  );
};
