// The page of records that were lost with a restored backup: what the log alone has of each.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { LostRecord } from '../../base/promise.ts';
import { placeOf, type Env } from '../http/index.ts';
import { Banner } from './banner.tsx';
import { LinkButton } from './button.tsx';
import type { Crumb } from './crumbs.tsx';
import { Empty } from './empty.tsx';
import { stamp } from './format.ts';
import { OfficePage } from './frame.tsx';
import { ListTable, type ListColumn } from './list.tsx';

/** Rows on one page. It is given one more where there are more. */
export const LOST_ROWS = 50;

const words = {
  keep: both(
    '本人から記録の開示を求められたときは（法33条5項）、この表にあるものも伝えます。保存の期限まで、記録の書き出しを残してください。',
    'When a person asks for the records (Article 33(5)), tell them of what is listed here too. Keep the export of the log until the last day of each.',
  ),
  whatTitle: both('この表が、失われた記録に代わるとは限りません', 'This list may not serve as the lost records'),
  whose: both('だれの情報か', 'Whose information'),
  older: both('これより前', 'Earlier ones'),
  newest: both('最新に戻る', 'Back to the newest'),
  pages: both('ページ', 'Pages'),
};

/** When it was; a reader of the log is led to the entry. */
export const lostAtColumn = <Row extends LostRecord>(head: Bilingual, mayRead: boolean): ListColumn<Row> => ({
  key: 'at',
  head,
  rowHead: true,
  nowrap: true,
  value: ({ at }) => stamp(at),
  cell: ({ at, id }) =>
    mayRead ? (
      <a class="num" href={`/log/entries/${id}`}>
        {stamp(at)}
      </a>
    ) : (
      <span class="num">{stamp(at)}</span>
    ),
});

/** Whose information it was: the person's page or, where there is none, what the log has about them. `nobody`: what is said where it names nobody. */
export const lostWhoseColumn = <Row extends LostRecord>(
  mayRead: boolean,
  nobody: (row: Row) => { text: Bilingual; href?: string },
): ListColumn<Row> => {
  const place = (row: Row): string | undefined => {
    if (row.principal === null) return nobody(row).href;
    return row.held ? `/people/${row.principal}` : mayRead ? `/log?principal=${row.principal}` : undefined;
  };
  const value = (row: Row, lang: Lang): string => row.principal ?? nobody(row).text[lang];
  return {
    key: 'whose',
    head: words.whose,
    value,
    cell: (row, lang) => {
      const shown = row.principal ? <span class="num">{row.principal.slice(-8)}</span> : value(row, lang);
      const href = place(row);
      return href ? <a href={href}>{shown}</a> : shown;
    },
  };
};

export const LostPage = <Row extends LostRecord>({
  c,
  path,
  says,
  crumbs,
  columns,
  found,
  action,
}: {
  c: Context<Env>;
  path: string;
  /** `what`: what the log lacks, and what is to be done. */
  says: Record<'title' | 'sub' | 'none' | 'noneSays' | 'what', Bilingual>;
  crumbs: readonly Crumb[];
  columns: readonly ListColumn<Row>[];
  found: readonly Row[];
  /** Where what the log lacks is looked up or written anew. */
  action: { href: string; label: string };
}) => {
  const lang = c.get('lang');
  const rows = found.slice(0, LOST_ROWS);
  return (
    <OfficePage {...c.get('frame')} title={says.title[lang]} path={placeOf(c)} sub={says.sub[lang]} crumbs={crumbs}>
      {rows.length === 0 ? (
        <Empty title={says.none[lang]}>{says.noneSays[lang]}</Empty>
      ) : (
        <>
          <div class="mb-5">
            <Banner kind="warn" icon="warn" title={words.whatTitle[lang]} action={action}>
              {says.what[lang]}
              <br />
              {words.keep[lang]}
            </Banner>
          </div>
          <ListTable lang={lang} caption={says.title} columns={columns} rows={rows} stack />
        </>
      )}
      <nav class="pager" aria-label={words.pages[lang]}>
        {c.req.query('before') !== undefined && (
          <LinkButton small kind="second" href={path}>
            {words.newest[lang]}
          </LinkButton>
        )}
        {found.length > LOST_ROWS && (
          <LinkButton small kind="second" href={`${path}?before=${rows.at(-1)!.cursor}`}>
            {words.older[lang]}
          </LinkButton>
        )}
      </nav>
    </OfficePage>
  );
};
