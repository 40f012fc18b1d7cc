// The list of the ledger, with its totals, and its files.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { number } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListBody, listView, type List } from '../../../platform/ui/list.tsx';
import { exportPage, fileOf, type Room } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { holdings, read, type Line, type Standing } from '../actions.ts';
import { clauseOf, stateWords } from '../words.ts';
import { columnsOf, filtersOf } from './columns.tsx';

export const PATH = '/ledger';

export const title = both('台帳', 'Ledger');

export const words = {
  sub: both(
    '個人情報の置き場のすべて。台帳にない情報は使えません',
    'Every place where personal information is kept. What is not in the ledger cannot be used',
  ),
  add: both('台帳を加える', 'Add a holding'),
  none: both('まだ台帳がありません', 'There is no holding yet'),
  noneSays: both(
    '個人情報を預かる前に、その置き場を台帳に加えます。',
    'Add the place to the ledger before any personal information is taken in.',
  ),
  noMatch: both('この条件に合う台帳はありません', 'No holding matches'),
} satisfies Record<string, Bilingual>;

export { placeOf };

const listOf = (lines: readonly Line[], standing: Standing, lang: Lang): List<Line> => ({
  path: PATH,
  title,
  columns: columnsOf(standing),
  filters: filtersOf(standing, lines),
  rows: lines,
  order: 'code',
  noMatch: words.noMatch,
  wide: true,
  foot: (rows) => ({
    code: '',
    name: lang === 'ja' ? `計 ${number(rows.length)}件` : `Total ${number(rows.length)}`,
    people: number(rows.reduce((sum, row) => sum + row.people, 0)),
  }),
});

const TablePage = ({ c, lines, standing }: { c: Context<Env>; lines: readonly Line[]; standing: Standing }) => {
  const lang = c.get('lang');
  const clause = clauseOf(standing.policy, 'ledger-complete');
  const cited = clause === null ? '' : lang === 'ja' ? `（条項${clause}）` : ` (clause ${clause})`;
  const mayWrite = c.get('may')('ledger:write');
  return (
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      crumbs={[homeCrumb(lang), { label: title[lang] }]}
      sub={words.sub[lang] + cited}
      actions={
        mayWrite && (
          <LinkButton small icon="plus" href={`${PATH}/new`}>
            {words.add[lang]}
          </LinkButton>
        )
      }
    >
      <ListBody
        view={listView(listOf(lines, standing, lang), c.req.url, lang)}
        none={
          <Empty
            title={words.none[lang]}
            actions={mayWrite && <LinkButton href={`${PATH}/new`}>{words.add[lang]}</LinkButton>}
          >
            {words.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>
  );
};

export const tablePages = (room: Room): Route[] => [
  page('get', PATH, 'ledger:read', async (c) => c.html(<TablePage c={c} {...await read(room)} />)),
  exportPage(room.office, { path: PATH, may: 'ledger:read' }, async (c) => {
    const { lines, standing } = await read(room);
    return fileOf(listView(listOf(lines, standing, c.get('lang')), c.req.url, c.get('lang')));
  }),
];

export const ledgerCatalogue = (office: Office): Catalogue => ({
  title,
  list: PATH,
  things: async () =>
    (await holdings(office)).map(({ id, code, name, department, state }) => {
      const beside = (lang: Lang) => [code, department, ...(state === 'retired' ? [stateWords.retired[lang]] : [])];
      return {
        name,
        href: `${PATH}/${id}`,
        numbers: [id, code],
        says: both(beside('ja').join('　'), beside('en').join(', ')),
      };
    }),
});
