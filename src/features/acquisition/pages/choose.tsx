// Which holding somebody's information goes into: the ledger in use, found by name or number where it does not stand on one page.

import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Filters, FilterText, holds, listPageOf, Pager, rowsOn, Table } from '../../../platform/ui/table.tsx';
import { holdings, type Holding } from '../../ledger/index.ts';
import { policyInForce, purposeName, type Policy } from '../../policy/index.ts';
import { words } from '../words.ts';
import { crumbs, PATH, type Request } from './sheet.tsx';

interface Choosing {
  c: Request;
  /** Those in use. */
  all: readonly Holding[];
  policy: Policy | null;
  /** Whose information it is, where that is known. */
  principal: string | undefined;
}

const addressOf = (asked: { holding?: string; q?: string; principal: string | undefined }): string => {
  const params = Object.entries(asked).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : []));
  return params.length > 0 ? `${PATH}/new?${new URLSearchParams(params)}` : `${PATH}/new`;
};

const HoldingTable = ({ c, all, policy, principal }: Choosing) => {
  const lang = c.get('lang');
  return (
    <Table
      lang={lang}
      caption={words.chooseTitle}
      stack="inline"
      columns={[
        { key: 'name', head: words.holding, rowHead: true },
        { key: 'code', head: both('番号', 'No.'), nowrap: true },
        { key: 'purposes', head: words.purposes },
        { key: 'items', head: words.items },
      ]}
      rows={all.map((holding) => ({
        cells: {
          name: <a href={addressOf({ holding: holding.id, principal })}>{holding.name[lang]}</a>,
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

/** More than one page of holdings, and what is asked for of them. */
const Many = ({ c, all, policy, principal }: Choosing) => {
  const lang = c.get('lang');
  const q = (c.req.query('q') ?? '').trim();
  const found = all.filter(({ name, code }) => holds([name.ja, name.en, code], q));
  const page = listPageOf(c.req.query('page'), found.length);
  return (
    <>
      <Filters lang={lang} action={`${PATH}/new`} keep={{ principal }}>
        <FilterText name="q" label={words.nameOrNumber[lang]} value={q} />
      </Filters>
      {found.length === 0 ? (
        <Empty
          title={words.noSuchHolding[lang]}
          actions={
            <LinkButton kind="second" href={addressOf({ principal })}>
              {words.allHoldings[lang]}
            </LinkButton>
          }
        >
          {words.fewer[lang]}
        </Empty>
      ) : (
        <HoldingTable c={c} all={rowsOn(page, found)} policy={policy} principal={principal} />
      )}
      {page.of > 1 && <Pager lang={lang} page={page} href={addressOf({ q, principal })} />}
    </>
  );
};

const None = ({ c }: { c: Request }) => {
  const lang = c.get('lang');
  return (
    <Empty
      title={lang === 'ja' ? '使用中の台帳がありません' : 'No holding is in use'}
      actions={<LinkButton href="/ledger/new">{lang === 'ja' ? '台帳を加える' : 'Add a holding'}</LinkButton>}
    >
      {lang === 'ja'
        ? '個人情報を受け取る前に、その置き場を台帳に加えます。'
        : 'Add the place to the ledger before any personal information is taken in.'}
    </Empty>
  );
};

export async function chooseHolding(office: Office, c: Request, status: 200 | 404): Promise<Response> {
  const lang = c.get('lang');
  const asked = c.req.query('principal') ?? '';
  const all = (await holdings(office)).filter((holding) => holding.state === 'active');
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  const choosing = { c, all, policy, principal: isId(asked) ? asked : undefined };
  const many = listPageOf(undefined, all.length).of > 1;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.chooseTitle[lang]}
      path={addressOf({ principal: choosing.principal })}
      sub={words.chooseSub[lang]}
      crumbs={crumbs(lang, words.acquire)}
    >
      {all.length === 0 ? <None c={c} /> : many ? <Many {...choosing} /> : <HoldingTable {...choosing} />}
    </OfficePage>,
    status,
  );
}
