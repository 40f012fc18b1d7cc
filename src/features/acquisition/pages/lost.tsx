// The acquisitions whose records of a receipt were lost with a restored backup: what the log has of each, and how what it lacks is written anew.

import type { Context } from 'hono';
import { both } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { listed, slashDay } from '../../../platform/ui/format.ts';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { LOST_ROWS, lostAtColumn, LostPage, lostWhoseColumn } from '../../../platform/ui/lost.tsx';
import { lostReceipts, type LostReceipt } from '../actions.ts';
import { words } from '../words.ts';
import { channelName, crumbs, labelOf, LOST, namesOf, PATH, type Names } from './sheet.tsx';

const lostWords = {
  title: both('記録が失われた受け取り', 'Receipts whose records were lost'),
  sub: both(
    '第三者から受け取り、バックアップから戻したときに法30条の記録が失われたもの',
    'Received from third parties; the records of Article 30 were lost when a backup was restored',
  ),
  none: both('記録が失われた受け取りはありません', 'No record of a receipt was lost'),
  noneSays: both(
    '操作の記録にある受け取りのうち、保存の期限の前のものは、すべて取得の記録にあります。',
    'Every receipt in the log whose record must still be kept is among the acquisitions.',
  ),
  what: both(
    '操作の記録から分かることだけを示します。法30条の記録のうち、提供元の名称、住所、代表者と、提供元が取得した経緯は、操作の記録にありません。契約書や送り状で確かめ、本人の情報も失われていれば、提供元に確かめて取得し直してください。操作の記録が法30条の記録に代わるかは、個人情報保護管理者が判断します。',
    'Only what the log has is shown. It lacks the provider’s name, address and representative, and how the provider came by it, which a record of Article 30 has. Check them against contracts and delivery notes. Where the information is lost too, ask the provider and acquire it anew. Whether the log serves as the record of Article 30 is for the privacy officer to judge.',
  ),
  anew: both('取得する', 'Acquire'),
};

const columnsOf = (mayRead: boolean, { ledger, policy }: Names): readonly ListColumn<LostReceipt>[] => [
  lostAtColumn(words.at, mayRead),
  // An acquisition is of one person.
  lostWhoseColumn(mayRead, () => ({ text: words.unknown })),
  {
    key: 'items',
    head: words.items,
    value: ({ holding, items }, lang) =>
      listed(
        items.map((code) => labelOf(ledger.get(holding), code, lang)),
        lang,
      ),
  },
  { key: 'holding', head: words.holding, value: ({ holding }, lang) => ledger.get(holding)?.name[lang] ?? holding },
  { key: 'purposes', head: words.purposes, nowrap: true, value: ({ purposes }, lang) => listed(purposes, lang) },
  { key: 'channel', head: words.channel, value: ({ channel }, lang) => channelName(policy, channel, lang) },
  {
    key: 'keepUntil',
    head: words.keepUntil,
    nowrap: true,
    value: ({ keepUntil }) => (keepUntil ? slashDay(keepUntil) : ''),
  },
];

async function showLost(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await lostReceipts(office, { before: c.req.query('before'), most: LOST_ROWS + 1 });
  return c.html(
    <LostPage
      c={c}
      path={LOST}
      says={lostWords}
      crumbs={crumbs(lang, lostWords.title)}
      columns={columnsOf(c.get('may')('log:read'), await namesOf(office))}
      found={found}
      action={{ href: `${PATH}/new`, label: lostWords.anew[lang] }}
    />,
  );
}

export const lostPages = (office: Office): Route[] => [page('get', LOST, 'records:read', (c) => showLost(office, c))];
