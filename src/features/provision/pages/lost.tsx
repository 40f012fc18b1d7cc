// The provisions whose records were lost with a restored backup: what the log has of each, and where what it lacks is written anew.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { slashDay } from '../../../platform/ui/format.ts';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { LOST_ROWS, lostAtColumn, LostPage, lostWhoseColumn } from '../../../platform/ui/lost.tsx';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { lostProvisions, type LostProvision } from '../actions/lost.ts';
import { relationWords, words } from '../words.ts';
import { crumbs, itemsText, LOST, peopleText } from './list.tsx';

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
  what: both(
    '操作の記録から分かることだけを示します。法29条の記録のうち、提供先の名称、住所、代表者は、操作の記録にありません。提供先の控えや契約書で確かめ、登録簿のものが違えば直してください。登録簿から失われた提供先は、登録し直してください。操作の記録が法29条の記録に代わるかは、個人情報保護管理者が判断します。',
    'Only what the log has is shown. It lacks the recipient’s name, address and representative, which a record of Article 29 has. Check them against papers of the recipient, and correct the register where it differs. Register anew a recipient that was lost. Whether the log serves as the record of Article 29 is for the privacy officer to judge.',
  ),
  toRecipients: both('提供先の登録簿', 'Register of recipients'),
  gone: (id: string): Bilingual =>
    both(`登録簿にない（番号の終わり ${id.slice(-8)}）`, `Not in the register (number ending in ${id.slice(-8)})`),
  changed: both('その後に変更あり', 'Changed since'),
  unsaid: both('記録からは分からない', 'The log does not say'),
  readings: both('読み出しの記録', 'Log of the readings'),
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

const columnsOf = (c: Context<Env>, { holdings }: Standing): readonly ListColumn<LostProvision>[] => {
  const mayRead = c.get('may')('log:read');
  return [
    lostAtColumn(words.at, mayRead),
    recipientColumn,
    {
      key: 'relation',
      head: words.relation,
      value: ({ relation }, lang) => (relation ? relationWords[relation] : lostWords.unsaid)[lang],
    },
    { key: 'people', head: words.people, align: 'right', value: ({ people }, lang) => peopleText(people, lang) },
    // Of a package, the readings for it say it.
    lostWhoseColumn(mayRead, ({ package: file }) => ({
      text: lostWords.readings,
      ...(mayRead ? { href: `/log?action=people:package&package=${file}` } : {}),
    })),
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
  const found = await lostProvisions(office, { before: c.req.query('before'), most: LOST_ROWS + 1 });
  return c.html(
    <LostPage
      c={c}
      path={LOST}
      says={lostWords}
      crumbs={crumbs(lang, { label: lostWords.title[lang] })}
      columns={columnsOf(c, await standing(office))}
      found={found}
      action={{ href: '/recipients', label: lostWords.toRecipients[lang] }}
    />,
  );
}

export const lostPages = (office: Office): Route[] => [page('get', LOST, 'records:read', (c) => showLost(office, c))];
