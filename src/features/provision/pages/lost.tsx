// The provisions whose records were lost with a restored backup: what the log has of each, and where what it lacks is written anew.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { lostProvisions, type LostProvision } from '../actions/lost.ts';
import { relationWords, words } from '../words.ts';
import { crumbs, itemsText, LOST, peopleText } from './list.tsx';

const ROWS = 50;

const lostWords = {
  title: both('記録が失われた提供', 'Provisions whose records were lost'),
  sub: both(
    'バックアップから戻したときに失われ、操作の記録にだけ残っている提供',
    'Lost when a backup was restored; only the log has them',
  ),
  none: both('記録が失われた提供はありません', 'No record of a provision was lost'),
  noneSays: both(
    '操作の記録にある提供のうち、保存の期限の前のものは、すべて提供の記録にあります。',
    'Every provision in the log whose record must still be kept is among the provisions.',
  ),
  whatTitle: both('この表が、失われた記録に代わるとは限りません', 'This list may not serve as the lost records'),
  what: both(
    '操作の記録から分かることだけを示します。法29条の記録のうち、提供先の名称、住所、代表者は、操作の記録にありません。提供先の控えや契約書で確かめ、登録簿のものが違えば直してください。登録簿から失われた提供先は、登録し直してください。操作の記録が法29条の記録に代わるかは、個人情報保護管理者が判断します。',
    'Only what the log has is shown. It lacks the recipient’s name, address and representative, which a record of Article 29 has. Check them against papers of the recipient, and correct the register where it differs. Register anew a recipient that was lost. Whether the log serves as the record of Article 29 is for the privacy officer to judge.',
  ),
  keep: both(
    '本人から記録の開示を求められたときは（法33条5項）、この表にあるものも伝えます。保存の期限まで、記録の書き出しを残してください。',
    'When a person asks for the records (Article 33(5)), tell them of what is listed here too. Keep the export of the log until the last day of each.',
  ),
  toRecipients: both('提供先の登録簿', 'Register of recipients'),
  gone: (id: string): Bilingual =>
    both(`登録簿にない（番号の終わり ${id.slice(-8)}）`, `Not in the register (number ending in ${id.slice(-8)})`),
  changed: both('その後に変更あり', 'Changed since'),
  unsaid: both('記録からは分からない', 'The log does not say'),
  whose: both('だれの情報か', 'Whose information'),
  readings: both('読み出しの記録', 'Log of the readings'),
  older: both('これより前', 'Earlier ones'),
  newest: both('最新に戻る', 'Back to the newest'),
};

const recipientText = ({ recipient, known }: LostProvision, lang: Lang): string =>
  known?.name ?? (recipient === null ? '' : lostWords.gone(recipient)[lang]);

const recipientColumn: ListColumn<LostProvision> = {
  key: 'recipient',
  head: words.recipient,
  value: recipientText,
  cell: (row, lang) => (
    <>
      {row.known ? (
        <a href={`/recipients/${row.known.id}`} translate="no">
          {row.known.name}
        </a>
      ) : (
        recipientText(row, lang)
      )}
      {row.changed && <span class="muted small block">{lostWords.changed[lang]}</span>}
    </>
  ),
};

/** Of a package, the readings for it say it. */
const whoseColumn = (mayRead: boolean): ListColumn<LostProvision> => ({
  key: 'whose',
  head: lostWords.whose,
  value: ({ principal }, lang) => principal ?? lostWords.readings[lang],
  cell: ({ principal, package: file }, lang) =>
    principal ? (
      <a class="num" href={`/people/${principal}`}>
        {principal.slice(-8)}
      </a>
    ) : mayRead ? (
      <a href={`/log?action=people:package&package=${file}`}>{lostWords.readings[lang]}</a>
    ) : (
      lostWords.readings[lang]
    ),
});

const columnsOf = (c: Context<Env>, { holdings }: Standing): readonly ListColumn<LostProvision>[] => {
  const mayRead = c.get('may')('log:read');
  return [
    {
      key: 'at',
      head: words.at,
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
    },
    recipientColumn,
    {
      key: 'relation',
      head: words.relation,
      value: ({ relation }, lang) => (relation ? relationWords[relation] : lostWords.unsaid)[lang],
    },
    { key: 'people', head: words.people, align: 'right', value: ({ people }, lang) => peopleText(people, lang) },
    whoseColumn(mayRead),
    {
      key: 'items',
      head: words.items,
      value: ({ holding, items }, lang) => itemsText(holdings.get(holding), items, lang),
    },
    { key: 'holding', head: words.holding, value: ({ holding }, lang) => holdings.get(holding)?.name[lang] ?? holding },
    {
      key: 'consent',
      head: words.consent,
      nowrap: true,
      value: ({ consent }, lang) => (consent ? words.consentYes : lostWords.unsaid)[lang],
    },
    {
      key: 'keepUntil',
      head: words.keepUntil,
      nowrap: true,
      value: ({ keepUntil }, lang) => (keepUntil ? slashDay(keepUntil) : words.noRecord[lang]),
    },
  ];
};

async function showLost(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const before = c.req.query('before');
  const found = await lostProvisions(office, { before, most: ROWS + 1 });
  const rows = found.slice(0, ROWS);
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={lostWords.title[lang]}
      path={placeOf(c)}
      sub={lostWords.sub[lang]}
      crumbs={crumbs(lang, { label: lostWords.title[lang] })}
    >
      {rows.length === 0 ? (
        <Empty title={lostWords.none[lang]}>{lostWords.noneSays[lang]}</Empty>
      ) : (
        <>
          <div class="mb-5">
            <Banner
              kind="warn"
              icon="warn"
              title={lostWords.whatTitle[lang]}
              action={{ href: '/recipients', label: lostWords.toRecipients[lang] }}
            >
              {lostWords.what[lang]}
              <br />
              {lostWords.keep[lang]}
            </Banner>
          </div>
          <ListTable
            lang={lang}
            caption={lostWords.title}
            columns={columnsOf(c, await standing(office))}
            rows={rows}
            stack
          />
        </>
      )}
      <nav class="pager" aria-label={lang === 'ja' ? 'ページ' : 'Pages'}>
        {before !== undefined && (
          <LinkButton small kind="second" href={LOST}>
            {lostWords.newest[lang]}
          </LinkButton>
        )}
        {found.length > ROWS && (
          <LinkButton small kind="second" href={`${LOST}?before=${rows.at(-1)!.cursor}`}>
            {lostWords.older[lang]}
          </LinkButton>
        )}
      </nav>
    </OfficePage>,
  );
}

export const lostPages = (office: Office): Route[] => [page('get', LOST, 'records:read', (c) => showLost(office, c))];
