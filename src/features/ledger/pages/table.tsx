// The table of the ledger: filters, columns, order by address, and files of exactly what is shown.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { promiseStates } from '../../../base/promise.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import {
  csvShiftJis,
  csvUtf8,
  unwritableInShiftJis,
  xlsx,
  type Sheet,
  type Unwritable,
} from '../../../platform/sheet.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { listed, number } from '../../../platform/ui/format.ts';
import { stateWord } from '../../../platform/ui/promise-state.tsx';
import {
  Applied,
  Filters,
  FilterSelect,
  FilterText,
  listPageOf,
  Pager,
  rowsOn,
  Table,
  TableTools,
  type ListPage,
} from '../../../platform/ui/table.tsx';
import type { Room } from '../../access/index.ts';
import { read, type Line, type Standing } from '../actions.ts';
import { clauseOf, fieldWords } from '../words.ts';
import { addressOf, columns, paramsOf, readQuery, rowsOf, shownColumns, type Query } from './columns.tsx';

export const PATH = '/ledger';

export const title = both('台帳', 'Ledger');

const words = {
  sub: both(
    '個人情報を持つすべての置き場。台帳のない情報は使えません',
    'Every place where personal information is kept. What is not in the ledger cannot be used',
  ),
  add: both('台帳を加える', 'Add a holding'),
  text: both('ことば', 'Words'),
  any: both('すべて', 'All'),
  state: both('状態', 'State'),
  use: both('使用', 'In use'),
  total: both('計', 'Total'),
} satisfies Record<string, Bilingual>;

const useWords: Record<Query['use'], Bilingual> = {
  active: both('使用中のみ', 'In use only'),
  all: both('廃止を含む', 'Retired too'),
  retired: both('廃止のみ', 'Retired only'),
};

const files = {
  'ledger.xlsx': both('Excel（.xlsx）', 'Excel (.xlsx)'),
  'ledger-utf8.csv': both('CSV UTF-8（BOM付き）', 'CSV UTF-8 (with BOM)'),
  'ledger-shift-jis.csv': both('CSV Shift_JIS', 'CSV Shift_JIS'),
} as const;

type FileName = keyof typeof files;

const types: Record<FileName, string> = {
  'ledger.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'ledger-utf8.csv': 'text/csv; charset=utf-8',
  'ledger-shift-jis.csv': 'text/csv; charset=shift_jis',
};

interface View {
  lang: Lang;
  query: Query;
  lines: Line[];
  /** All that are asked for: what is counted, added up and exported. */
  rows: Line[];
  /** Which of them are shown. */
  page: ListPage;
  standing: Standing;
}

async function viewOf(room: Room, c: Context<Env>): Promise<View> {
  const lang = c.get('lang');
  const query = readQuery(new URL(c.req.url).searchParams);
  const { lines, standing } = await read(room);
  const rows = rowsOf(lines, standing, query, lang);
  return { lang, query, lines, rows, page: listPageOf(c.req.query('page'), rows.length), standing };
}

const sheetOf = ({ lang, query, rows, standing }: View): Sheet => ({
  name: title[lang],
  head: shownColumns(query).map((column) => column.head[lang]),
  rows: rows.map((row) => shownColumns(query).map((column) => column.value(row, standing, lang))),
});

export { placeOf };

const FilterRow = ({ lang, query, lines, standing }: View) => {
  const any = { value: '', label: words.any[lang] };
  const purposes = standing.policy?.purposes ?? [];
  const departments = [...new Set(lines.map(({ holding }) => holding.department))].sort();
  const kept = Object.fromEntries(paramsOf(query).filter(([key]) => key === 'sort' || key === 'height'));
  return (
    <Filters lang={lang} action={PATH} keep={kept}>
      {paramsOf(query).map(([key, value]) => key === 'col' && <input type="hidden" name="col" value={value} />)}
      <FilterText name="q" label={words.text[lang]} value={query.q} />
      <FilterSelect
        name="purpose"
        label={fieldWords.purposes[lang]}
        value={query.purpose}
        options={[any, ...purposes.map((p) => ({ value: p.id, label: `${p.id} ${p.label[lang]}` }))]}
      />
      <FilterSelect
        name="department"
        label={fieldWords.department[lang]}
        value={query.department}
        options={[any, ...departments.map((d) => ({ value: d, label: d }))]}
      />
      <FilterSelect
        name="state"
        label={words.state[lang]}
        value={query.state}
        options={[any, ...promiseStates.map((s) => ({ value: s, label: stateWord[s][lang] }))]}
      />
      <FilterSelect
        name="use"
        label={words.use[lang]}
        value={query.use}
        options={(['active', 'all', 'retired'] as const).map((u) => ({ value: u, label: useWords[u][lang] }))}
      />
    </Filters>
  );
};

const bare: Partial<Query> = { q: '', purpose: '', department: '', state: '', use: 'all' };

function appliedFilters({ lang, query, standing }: View): { label: string; remove: string }[] {
  const purpose = standing.policy?.purposes.find((p) => p.id === query.purpose);
  const named = (word: Bilingual, value: string): string =>
    lang === 'ja' ? `${word.ja} ${value}` : `${word.en}: ${value}`;
  const all: [string | false, Partial<Query>][] = [
    [query.q !== '' && (lang === 'ja' ? `ことば「${query.q}」` : `Words “${query.q}”`), { q: '' }],
    [
      query.purpose !== '' &&
        named(fieldWords.purposes, purpose ? `${purpose.id} ${purpose.label[lang]}` : query.purpose),
      { purpose: '' },
    ],
    [query.department !== '' && named(fieldWords.department, query.department), { department: '' }],
    [query.state !== '' && stateWord[query.state][lang], { state: '' }],
    [query.use !== 'all' && useWords[query.use][lang], { use: 'all' }],
  ];
  return all.flatMap(([label, change]) => (label ? [{ label, remove: addressOf(PATH, query, change) }] : []));
}

const Tools = (view: View) => {
  const { lang, query, lines, rows } = view;
  const sorted = columns.find((column) => column.key === query.sort.key)!.head[lang];
  const at = (height: Query['height']) => ({
    href: addressOf(PATH, query, { height }),
    current: query.height === height,
  });
  const unwritable = unwritableInShiftJis(sheetOf(view)).length > 0;
  return (
    <TableTools
      lang={lang}
      shown={rows.length}
      total={lines.length}
      order={
        lang === 'ja'
          ? `${sorted}の${query.sort.down ? '逆順' : '順'}`
          : `by ${sorted.toLowerCase()}${query.sort.down ? ', descending' : ''}`
      }
      heights={{ loose: at('loose'), normal: at('normal'), tight: at('tight') }}
      columns={{
        action: PATH,
        keep: Object.fromEntries(paramsOf(query).filter(([key]) => key !== 'col')),
        reset: addressOf(PATH, query, { cols: columns.filter((column) => column.usual).map((column) => column.key) }),
        all: columns.map(({ key, head, fixed }) => ({ key, head, fixed, shown: query.cols.includes(key) })),
      }}
      exports={(Object.keys(files) as FileName[]).map((file) => {
        const refused = file === 'ledger-shift-jis.csv' && unwritable;
        const note = lang === 'ja' ? '（書けない文字があります）' : ' (some characters cannot be written)';
        return {
          label: files[file][lang] + (refused ? note : ''),
          href: addressOf(`${PATH}/export/${file}`, query),
          page: refused,
        };
      })}
    />
  );
};

const Nothing = (view: View & { mayWrite: boolean }) => {
  const { lang, query, lines, standing, mayWrite } = view;
  if (lines.length === 0) {
    return (
      <Empty
        title={lang === 'ja' ? 'まだ台帳がありません' : 'There is no holding yet'}
        actions={mayWrite && <LinkButton href={`${PATH}/new`}>{words.add[lang]}</LinkButton>}
      >
        {lang === 'ja'
          ? '個人情報を預かる前に、その置き場を台帳に加えます。'
          : 'Add the place to the ledger before any personal information is taken in.'}
      </Empty>
    );
  }
  const retired = query.use === 'active' ? rowsOf(lines, standing, { ...query, use: 'retired' }, lang).length : 0;
  const looked = query.q
    ? lang === 'ja'
      ? `${number(lines.length)}件の台帳に「${query.q}」を含み、ほかの条件にも合うものはありません。`
      : `None of ${number(lines.length)} holdings contains “${query.q}” and meets the other conditions.`
    : lang === 'ja'
      ? `${number(lines.length)}件の台帳を調べました。`
      : `${number(lines.length)} ${lines.length === 1 ? 'holding was' : 'holdings were'} looked at.`;
  const also =
    retired === 0
      ? ''
      : lang === 'ja'
        ? `廃止した台帳には${number(retired)}件あります。`
        : ` ${number(retired)} retired ${retired === 1 ? 'one does' : 'ones do'}.`;
  return (
    <Empty
      title={lang === 'ja' ? 'この条件に合う台帳はありません' : 'No holding matches'}
      actions={
        <>
          <LinkButton kind="second" href={addressOf(PATH, query, bare)}>
            {lang === 'ja' ? '条件を外す' : 'Remove the conditions'}
          </LinkButton>
          {retired > 0 && (
            <LinkButton kind="text" href={addressOf(PATH, query, { use: 'all' })}>
              {lang === 'ja' ? '廃止した台帳も見る' : 'See retired ones too'}
            </LinkButton>
          )}
        </>
      }
    >
      {looked + also}
    </Empty>
  );
};

const Rows = ({ lang, query, rows, page, standing }: View) => {
  const { key: by, down } = query.sort;
  const total = rows.reduce((sum, row) => sum + row.people, 0);
  return (
    <Table
      lang={lang}
      caption={lang === 'ja' ? '台帳の表' : 'The ledger'}
      height={query.height}
      nowrap
      columns={shownColumns(query).map(({ key, head, align }) => ({
        key,
        head,
        align,
        rowHead: key === 'name',
        pin: key === 'name',
        sort: {
          href: addressOf(PATH, query, { sort: { key, down: by === key && !down } }),
          now: by !== key ? undefined : down ? 'descending' : 'ascending',
        },
      }))}
      rows={rowsOn(page, rows).map((row) => ({
        cells: Object.fromEntries(
          shownColumns(query).map((column) => [
            column.key,
            column.cell?.(row, lang) ?? column.value(row, standing, lang),
          ]),
        ),
      }))}
      foot={{
        code: '',
        name:
          lang === 'ja' ? `${words.total.ja} ${number(rows.length)}台帳` : `${words.total.en} ${number(rows.length)}`,
        people: number(total),
      }}
    />
  );
};

const TablePage = ({ c, view }: { c: Context<Env>; view: View }) => {
  const { lang, query, lines, rows, standing } = view;
  const clause = clauseOf(standing.policy, 'ledger-complete');
  const cited = clause === null ? '' : lang === 'ja' ? `（条項${clause}）` : ` (clause ${clause})`;
  return (
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      crumbs={[homeCrumb(lang), { label: title[lang] }]}
      sub={words.sub[lang] + cited}
      actions={
        c.get('may')('ledger:write') && (
          <LinkButton small icon="plus" href={`${PATH}/new`}>
            {words.add[lang]}
          </LinkButton>
        )
      }
    >
      {lines.length > 0 && (
        <>
          <FilterRow {...view} />
          <Applied lang={lang} filters={appliedFilters(view)} removeAll={addressOf(PATH, query, bare)} />
          <Tools {...view} />
        </>
      )}
      {rows.length > 0 ? <Rows {...view} /> : <Nothing {...view} mayWrite={c.get('may')('ledger:write')} />}
      {/* How many there are stands above the table. */}
      {view.page.of > 1 && <Pager lang={lang} page={view.page} href={addressOf(PATH, query)} />}
    </OfficePage>
  );
};

const ListUnwritable = ({ c, view, cells }: { c: Context<Env>; view: View; cells: readonly Unwritable[] }) => {
  const { lang, query, rows } = view;
  const heading = lang === 'ja' ? 'Shift_JISでは書き出せません' : 'This cannot be written in Shift_JIS';
  const shown = shownColumns(query);
  return (
    <OfficePage
      {...c.get('frame')}
      title={heading}
      path={placeOf(c)}
      failed
      crumbs={[homeCrumb(lang), { label: title[lang], href: addressOf(PATH, query) }, { label: heading }]}
    >
      <Banner
        kind="warn"
        title={
          lang === 'ja'
            ? `書けない文字が${cells.length}か所にあります`
            : `Characters that cannot be written: ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`
        }
      >
        {lang === 'ja'
          ? '別の文字に置き換えずに、書き出しを止めました。次の形式なら、そのまま書き出せます。'
          : 'Nothing was replaced; the export was stopped. These formats can hold the table as it is.'}
      </Banner>
      <div class="btns my-4">
        {(['ledger.xlsx', 'ledger-utf8.csv'] as const).map((file) => (
          <LinkButton kind="second" icon="download" download href={addressOf(`${PATH}/export/${file}`, query)}>
            {files[file][lang]}
          </LinkButton>
        ))}
      </div>
      <Table
        lang={lang}
        caption={lang === 'ja' ? '書けない文字のある欄' : 'Cells with such characters'}
        stack="inline"
        columns={[
          { key: 'code', head: both('番号', 'No.'), rowHead: true },
          { key: 'column', head: both('列', 'Column') },
          { key: 'characters', head: both('文字', 'Characters') },
        ]}
        rows={cells.map(({ row, column, characters }) => ({
          cells: {
            code: rows[row] ? (
              <a href={`${PATH}/${rows[row].holding.id}`}>{rows[row].holding.code}</a>
            ) : (
              words.total[lang]
            ),
            column: shown[column]!.head[lang],
            characters: listed(
              characters.map((one) => `${one} (U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')})`),
              lang,
            ),
          },
        }))}
      />
    </OfficePage>
  );
};

async function exported(room: Room, c: Context<Env>): Promise<Response> {
  const name = c.req.param('file') as FileName;
  if (!Object.hasOwn(files, name)) return c.notFound();
  const view = await viewOf(room, c);
  const sheet = sheetOf(view);
  const send = (bytes: Uint8Array<ArrayBuffer>): Response => {
    const dated = name.replace('ledger', `ledger-${room.office.clock.today()}`);
    return c.body(bytes, 200, {
      'content-type': types[name],
      'content-disposition': `attachment; filename="${dated}"`,
    });
  };
  if (name === 'ledger.xlsx') return send(await xlsx(sheet));
  if (name === 'ledger-utf8.csv') return send(csvUtf8(sheet));
  const sjis = csvShiftJis(sheet);
  if ('bytes' in sjis) return send(sjis.bytes);
  return c.html(<ListUnwritable c={c} view={view} cells={sjis.unwritable} />, 422);
}

export const tablePages = (room: Room): Route[] => [
  page('get', PATH, 'ledger:read', async (c) => c.html(<TablePage c={c} view={await viewOf(room, c)} />)),
  page('get', `${PATH}/export/:file`, 'ledger:read', (c) => exported(room, c)),
];
