// The page of a provision or a receipt: what was handed over and on which papers, its record, and the law's answer.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Env } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Dl, Instead } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { unreadWords } from '../../../vault/index.ts';
import { itemName, madeUnder } from '../../checkpoint/index.ts';
import type { ReadReceipt } from '../actions/documents.ts';
import { namedIn } from '../facts/providing.ts';
import type { Collection } from '../facts/collection.ts';
import type { Provided } from '../store.ts';
import { documentWords, words } from '../words.ts';
import { crumbs, itemText, PATH, placeOf } from './list.tsx';

/** The papers that a record names, with their references. */
const documentLines = (row: Provided | ReadReceipt, lang: Lang): [string, Child][] => {
  const names = 'documented' in row ? row.documented : namedIn(row.documents);
  const unread = 'unread' in row ? row.unread : null;
  return names.map((name) => [
    documentWords[name][lang],
    unread ? (
      <Instead says={unreadWords[unread][lang]} bad={unread === 'unreadable'} />
    ) : (
      <span translate="no">{row.documents[name]}</span>
    ),
  ]);
};

interface HandlingProps {
  c: Context<Env>;
  row: Provided | ReadReceipt;
  collection: Collection | undefined;
  title: Bilingual;
  /** The list that contains it. */
  list: { label: Bilingual; href: string };
  says: { done: Bilingual; what: Bilingual; may: Bilingual; on: Bilingual };
  /** Further facts, shown between the items and the papers. */
  facts: readonly (readonly [string, Child])[];
  record: Child;
  children?: Child;
}

export const HandlingPage = ({ c, row, collection, title, list, says, facts, record, children }: HandlingProps) => {
  const frame = c.get('frame');
  const { lang } = frame;
  return (
    <OfficePage
      {...frame}
      title={title[lang]}
      path={placeOf(c)}
      sub={stamp(row.at.getTime())}
      crumbs={crumbs(lang, { label: list.label[lang], href: list.href }, { label: title[lang] })}
      actions={
        c.get('may')('log:read') && (
          <LinkButton kind="second" href={`/log/entries/${row.id}`}>
            {words.seeEntry[lang]}
          </LinkButton>
        )
      }
    >
      {c.req.query('done') !== undefined && (
        <div class="mb-4">
          <Banner kind="good" role="status" title={says.done[lang]} />
        </div>
      )}
      <div class="grid gap-5 lg:grid-cols-2 items-start">
        <div class="grid gap-5">
          <Panel title={says.what[lang]}>
            <Dl
              items={[
                [
                  words.collection[lang],
                  <a href={`${PATH}/collections/${row.collection_id}`}>{collection?.name[lang]}</a>,
                ],
                [words.items[lang], itemText(collection, row.items, lang)],
                ...facts,
                ...documentLines(row, lang),
              ]}
            />
          </Panel>
          {record}
        </div>
        <FindingView
          lang={lang}
          finding={row.finding}
          question={title}
          title={says.may}
          says={says.on}
          madeUnder={madeUnder(row.policy_version, row.law_version)}
          itemName={itemName(lang)}
        />
      </div>
      {children}
    </OfficePage>
  );
};
