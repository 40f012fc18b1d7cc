// The page of one use beyond the purpose as it is on record, without the values that were read; and the list of uses on the page of a person.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { Dl, Instead } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { listed, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { itemOf, unreadWords, type Unread } from '../../../vault/index.ts';
import { actorName, byOf, staffNames, type Room } from '../../access/index.ts';
import { itemName, madeUnder, standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { FactValue, statedFacts, storedText, useItems } from '../../consultation/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { useBeyondOf, usesBeyondOf, wordsOf } from '../actions.ts';
import { beyondQuestion, type Words } from '../facts.ts';
import { findUse } from '../store.ts';
import type { UseBeyondRow } from '../tables.ts';
import { purposeText, words, wordWords } from '../words.ts';

export const PATH = '/uses-beyond';

/** The breadcrumbs from home, by the person, to a page of one use. */
export const crumbs = (lang: Lang, principal: string, last: Crumb): Crumb[] => [
  homeCrumb(lang),
  { label: words.people[lang], href: '/people' },
  { label: words.seePerson[lang], href: `/people/${principal}` },
  last,
];

const itemsText = (holding: KnownHolding | undefined, codes: readonly string[], lang: Lang): string =>
  codes.length === 0
    ? words.none[lang]
    : listed(
        codes.map((code) => (holding?.labels.get(code) ?? itemOf(code).label)[lang]),
        lang,
      );

interface Shown {
  lang: Lang;
  row: UseBeyondRow;
  stands: Standing;
}

const RecordPanel = ({ lang, row, stands, approver }: Shown & { approver: string }) => {
  const holding = stands.holdings.get(row.holding_id);
  return (
    <Panel title={words.record[lang]}>
      <Dl
        items={[
          [
            words.person[lang],
            <a class="wrap-anywhere" href={`/people/${row.principal_id}`}>
              {row.principal_id}
            </a>,
          ],
          [words.at[lang], <span class="num">{stamp(row.at.getTime())}</span>],
          [words.by[lang], <span translate="no">{approver}</span>],
          [words.holding[lang], <a href={`/ledger/${row.holding_id}`}>{holding?.name[lang] ?? row.holding_id}</a>],
          [words.items[lang], itemsText(holding, row.items, lang)],
          [words.read[lang], itemsText(holding, row.read, lang)],
          [words.purpose[lang], purposeText(stands.purposes, row.purpose, lang)],
          [words.exception[lang], useItems[row.exception][lang]],
        ]}
      />
    </Panel>
  );
};

/** The facts that were stated, and what was written in words, as long as the person's key exists. */
const FactsPanel = ({ lang, row, stands, said }: Shown & { said: Words | Unread }) => {
  const elements = statedFacts(beyondQuestion, { exception: row.facts.exception, secrecy: row.facts.secrecy });
  const offered = { purposes: stands.purposes, items: null };
  const inWords = row.worded.map((name): [string, Child] => [
    wordWords[name][lang],
    typeof said === 'string' ? (
      <Instead says={unreadWords[said][lang]} bad={said === 'unreadable'} />
    ) : (
      <span class="whitespace-pre-line" translate="no">
        {said[name]}
      </span>
    ),
  ]);
  return (
    <Panel title={words.facts[lang]}>
      <Dl
        asked
        items={[
          ...inWords,
          ...elements
            .filter(({ leaf }) => leaf.path !== 'exception.item')
            .map(({ leaf, value }): [string, Child] => [
              leaf.field.label[lang],
              <FactValue leaf={leaf} offered={offered}>
                {storedText(leaf, value, offered, lang)}
              </FactValue>,
            ]),
        ]}
      />
    </Panel>
  );
};

async function showOne({ office, access }: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const found = await useBeyondOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const row = found.value;
  const stands = await standing(office);
  const said = await wordsOf(office, byOf(c), row);
  const approver = actorName(row.by_actor, await staffNames(access, [row.by_actor]), lang);
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={`${PATH}/${row.id}`}
      sub={stamp(row.at.getTime())}
      crumbs={crumbs(lang, row.principal_id, { label: words.title[lang] })}
      actions={
        c.get('may')('log:read') && (
          <LinkButton kind="second" href={`/log/entries/${row.id}`}>
            {words.logEntry[lang]}
          </LinkButton>
        )
      }
    >
      <div class="grid gap-5 lg:grid-cols-2 items-start">
        <div class="grid gap-5">
          <RecordPanel lang={lang} row={row} stands={stands} approver={approver} />
          <FactsPanel lang={lang} row={row} stands={stands} said={said} />
        </div>
        <FindingView
          lang={lang}
          finding={row.finding}
          question={words.title}
          title={beyondQuestion.answers.yes!}
          says={both('このとき記録された答えです。', 'The answer as it was recorded then.')}
          madeUnder={madeUnder(row.policy_version, row.law_version)}
          itemName={itemName(lang)}
        />
      </div>
    </OfficePage>,
  );
}

/** The uses beyond the purpose of one person, on their page: when, for what, under which item. Null where there were none. */
export async function PersonUsesBeyond({
  office,
  c,
  principal,
}: {
  office: Office;
  c: Context<Env>;
  principal: string;
}) {
  const lang = c.get('lang');
  const uses = await usesBeyondOf(office, principal);
  if (uses.length === 0) return null;
  const { purposes } = await standing(office);
  return (
    <Panel title={words.list[lang]} id="beyond">
      <ul class="grid gap-3">
        {uses.map((row) => (
          <li>
            {c.get('may')('records:read') ? (
              <a class="num" href={`${PATH}/${row.id}`}>
                {stamp(row.at.getTime())}
              </a>
            ) : (
              <span class="num">{stamp(row.at.getTime())}</span>
            )}{' '}
            <Chip kind="law">{articleLabel('APPI', row.exception, lang)}</Chip>
            <span class="block small">{purposeText(purposes, row.purpose, lang)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export const onePages = (room: Room): Route[] => [page('get', `${PATH}/:id`, 'records:read', (c) => showOne(room, c))];

export const beyondCatalogue = ({ database }: Office): Catalogue => ({
  title: words.list,
  things: async ({ id }) => {
    const row = id && (await findUse(database, id));
    if (!row) return [];
    const at = stamp(row.at.getTime());
    return [{ name: words.title, href: `${PATH}/${row.id}`, numbers: [row.id], says: both(at, at) }];
  },
});
