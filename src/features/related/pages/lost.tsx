// The provisions and receipts of related information whose records were lost with a restored backup: what the log has of each.

import type { Context } from 'hono';
import { both } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { slashDay } from '../../../platform/ui/format.ts';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { LOST_ROWS, lostAtColumn, LostPage, lostWhoseColumn } from '../../../platform/ui/lost.tsx';
import { lostRelated, type LostRelated } from '../actions/lost.ts';
import { words } from '../words.ts';
import { crumbs, itemText, LOST, namesOf, PATH, type Names } from './list.tsx';

const lostWords = {
  title: both('記録が失われた個人関連情報の提供と受け取り', 'Related information whose records were lost'),
  sub: both(
    'バックアップから戻したときに、法30条か31条の記録が失われ、操作の記録にだけ残っているもの',
    'The records of Articles 30 and 31 were lost when a backup was restored; only the log has them',
  ),
  none: both('失われた記録はありません', 'No record was lost'),
  noneSays: both(
    '操作の記録にある提供と受け取りのうち、保存の期限の前のものは、すべて提供か受け取りの記録にあります。',
    'Every provision and receipt in the log whose record must still be kept is among the provisions and receipts.',
  ),
  what: both(
    '操作の記録から分かることだけを示します。相手の名称、住所、代表者と、同意をどう確かめたかは、操作の記録にありません。契約書や送り状で確かめてください。操作の記録が法30条と31条の記録に代わるかは、個人情報保護管理者が判断します。',
    'Only what the log has is shown. It lacks the name, address and representative of the other company, and how the consent was confirmed. Check them against contracts and delivery notes. Whether the log serves as the records of Articles 30 and 31 is for the privacy officer to judge.',
  ),
  act: both('種類', 'Kind'),
  provision: both('提供（法31条）', 'Provided (Article 31)'),
  receipt: both('受け取り（法30条）', 'Received (Article 30)'),
  nobody: both('当社では分からない', 'Not known to us'),
  gone: both('登録簿にない', 'Not in the register'),
};

const columnsOf = (mayRead: boolean, { collections, recipients }: Names): readonly ListColumn<LostRelated>[] => [
  lostAtColumn(words.at, mayRead),
  { key: 'act', head: lostWords.act, value: ({ act }, lang) => lostWords[act][lang] },
  {
    key: 'recipient',
    head: words.recipient,
    value: ({ recipient }, lang) => (recipient ? (recipients.get(recipient) ?? lostWords.gone[lang]) : ''),
  },
  lostWhoseColumn(mayRead, ({ act }) => ({ text: act === 'receipt' ? words.apart : lostWords.nobody })),
  {
    key: 'items',
    head: words.items,
    value: ({ collection, items }, lang) => itemText(collections.get(collection), items, lang),
  },
  {
    key: 'collection',
    head: words.collection,
    value: ({ collection }, lang) => collections.get(collection)?.name[lang] ?? lostWords.gone[lang],
  },
  {
    key: 'keepUntil',
    head: words.keepUntil,
    nowrap: true,
    value: ({ keepUntil }) => (keepUntil ? slashDay(keepUntil) : ''),
  },
];

async function showLost(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await lostRelated(office, { before: c.req.query('before'), most: LOST_ROWS + 1 });
  const names = await namesOf(
    office,
    found.flatMap(({ recipient }) => recipient ?? []),
  );
  return c.html(
    <LostPage
      c={c}
      path={LOST}
      says={lostWords}
      crumbs={crumbs(lang, { label: lostWords.title[lang] })}
      columns={columnsOf(c.get('may')('log:read'), names)}
      found={found}
      action={{ href: PATH, label: words.title[lang] }}
    />,
  );
}

export const lostPages = (office: Office): Route[] => [page('get', LOST, 'records:read', (c) => showLost(office, c))];
