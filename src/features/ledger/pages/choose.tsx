// Chooses the holding that a form is about, before it is filled in: among those in use, with a search by name or number where they exceed one page.

import type { Context } from 'hono';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Env } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { fieldId } from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { Filters, FilterText, holds, listPageOf, Pager, rowsOn, Table } from '../../../platform/ui/table.tsx';
import { purposeName, type Policy } from '../../policy/index.ts';
import type { Holding } from '../facts.ts';

const words = {
  title: both('台帳を選ぶ', 'Choose a holding'),
  holding: both('台帳', 'Holding'),
  number: both('番号', 'No.'),
  purposes: both('利用目的', 'Purposes of use'),
  items: both('項目', 'Items'),
  nameOrNumber: both('台帳の名前か番号', 'Name or number of the holding'),
  noSuchHolding: both('当てはまる台帳がありません', 'No holding matches'),
  fewer: both('名前の一部だけで探すと見つかることがあります。', 'Searching for only a part of the name may find it.'),
  allHoldings: both('すべての台帳', 'All holdings'),
} satisfies Record<string, Bilingual>;

export interface Choosing {
  c: Context<Env>;
  /** The holdings in use. */
  all: readonly Holding[];
  policy: Policy | null;
  /** The address of the form, and its other parameters. */
  path: string;
  keep: Readonly<Record<string, string | undefined>>;
}

/** True when there are more than fit on a page. */
export const areMany = (all: readonly unknown[]): boolean => listPageOf(undefined, all.length).of > 1;

const addressOf = ({ path, keep }: Choosing, asked: Readonly<Record<string, string>> = {}): string => {
  const params = Object.entries({ ...asked, ...keep }).flatMap(([key, value]): [string, string][] =>
    value ? [[key, value]] : [],
  );
  return params.length > 0 ? `${path}?${new URLSearchParams(params)}` : path;
};

const HoldingTable = (choosing: Choosing) => {
  const { c, all, policy } = choosing;
  const lang = c.get('lang');
  return (
    <Table
      lang={lang}
      caption={words.title}
      stack="inline"
      columns={[
        { key: 'name', head: words.holding, rowHead: true },
        { key: 'code', head: words.number, nowrap: true },
        { key: 'purposes', head: words.purposes },
        { key: 'items', head: words.items },
      ]}
      rows={all.map((holding) => ({
        cells: {
          name: <a href={addressOf(choosing, { holding: holding.id })}>{holding.name[lang]}</a>,
          code: holding.code,
          purposes: listed(
            holding.purposes.map((id) => purposeName(policy, id, lang)),
            lang,
          ),
          items: listed(
            holding.items.map((item) => item.label[lang]),
            lang,
          ),
        },
      }))}
    />
  );
};

/** The search for a holding, where there are more than fit on a page. */
const Many = (choosing: Choosing) => {
  const { c, all, path, keep } = choosing;
  const lang = c.get('lang');
  const q = (c.req.query('q') ?? '').trim();
  const found = all.filter(({ name, code }) => holds([name.ja, name.en, code], q));
  const page = listPageOf(c.req.query('page'), found.length);
  return (
    <>
      <Filters lang={lang} action={path} keep={keep}>
        <FilterText name="q" label={words.nameOrNumber[lang]} value={q} />
      </Filters>
      {found.length === 0 ? (
        <Empty
          title={words.noSuchHolding[lang]}
          actions={
            <LinkButton kind="second" href={addressOf(choosing)}>
              {words.allHoldings[lang]}
            </LinkButton>
          }
        >
          {words.fewer[lang]}
        </Empty>
      ) : (
        <HoldingTable {...choosing} all={rowsOn(page, found)} />
      )}
      {page.of > 1 && <Pager lang={lang} page={page} href={addressOf(choosing, { q })} />}
    </>
  );
};

/** A list of holdings, each linked to the form about it. */
export const ChooseHolding = (choosing: Choosing) => (
  <div id={fieldId('holding')} tabindex={-1}>
    {areMany(choosing.all) ? <Many {...choosing} /> : <HoldingTable {...choosing} />}
  </div>
);
