// What the pages about a person have in common: their place, their titles, and the answer when there is no such person.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { Env } from '../../../platform/http/index.ts';
import { Empty } from '../../../platform/ui/empty.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import type { Holding } from '../../ledger/index.ts';
import { itemOf } from '../../../vault/index.ts';
import { shortId } from '../words.ts';

export type Request = Context<Env>;

export const PATH = '/people';

export const words = {
  people: both('本人', 'People'),
  search: both('本人を探す', 'Find a person'),
  back: both('本人の画面に戻る', 'Back to the person'),
  record: both('記録を見る', 'See the entry'),
  closed: both('閉じています', 'Closed'),
} satisfies Record<string, Bilingual>;

/** The title of a person is a part of their id. Titles go into histories and logs, so they must not name anybody. */
export const personTitle = (id: string, lang: Lang): string =>
  lang === 'ja' ? `本人 ${shortId(id)}` : `Person ${shortId(id)}`;

/** The label of an item in its holding. */
export const itemLabel = (holding: Holding | undefined, code: string): Bilingual =>
  holding?.items.find((item) => item.code === code)?.label ?? itemOf(code).label;

const MASK = '●●●';

/** Shown instead of a value that is held and was not opened. */
export const Closed = ({ lang }: { lang: Lang }) => (
  <span class="muted">
    <span aria-hidden="true">{MASK}</span>
    <span class="sr-only">{words.closed[lang]}</span>
  </span>
);

export const holdingName = (ledger: ReadonlyMap<string, Holding>, id: string, lang: Lang): string =>
  ledger.get(id)?.name[lang] ?? shortId(id);

/** A link to the log entry. A reader who may not read the log sees the end of its id. */
export const Recorded = ({ lang, id }: { lang: Lang; id: string }) => (
  <EntryLink id={id} otherwise={<span class="num muted">{shortId(id)}</span>}>
    {words.record[lang]}
  </EntryLink>
);

/** A page below a person; `last` is its own place in the path, left out on the person's page. */
export const PersonSheet = (props: {
  c: Request;
  id: string;
  title: string;
  last?: string;
  sub?: Child;
  actions?: Child;
  failed?: boolean;
  /** The path at which the page can be opened again; for the answer to a form, that of the page with the form. */
  path?: string;
  children?: Child;
}) => {
  const { c, id, last } = props;
  const lang = c.get('lang');
  const person = personTitle(id, lang);
  return (
    <OfficePage
      {...c.get('frame')}
      title={props.title}
      path={props.path ?? `${PATH}/${id}`}
      failed={props.failed}
      sub={props.sub}
      actions={props.actions}
      crumbs={[
        homeCrumb(lang),
        { label: words.people[lang], href: PATH },
        ...(last === undefined ? [{ label: person }] : [{ label: person, href: `${PATH}/${id}` }, { label: last }]),
      ]}
    >
      {props.children}
    </OfficePage>
  );
};

const nobodyWords = {
  none: {
    title: both('この番号の本人はいません', 'Nobody has this number'),
    says: both(
      '保有している情報も、消去した記録もありません。',
      'Nothing is held under it, and nothing was erased under it.',
    ),
  },
  lost: {
    title: both('この本人の情報は失われています', 'What was held about this person is lost'),
    says: both(
      '取得の記録はありますが、保有している情報も、消去した記録もありません。データベースが直接書き換えられたか、壊れたか、バックアップから戻したときに失われました。バックアップと照らし合わせるよう、運用管理者に頼んでください。',
      'The log has how it was acquired, but nothing is held and no erasure is on record: the database was written to directly, is damaged, or lost it when a backup was restored. Ask the administrator to compare it with the backups.',
    ),
  },
};

/** The answer for an id that nobody has, or whose person is lost. It does not repeat the id. */
export function nobody(c: Request, why: keyof typeof nobodyWords = 'none'): Response | Promise<Response> {
  const lang = c.get('lang');
  const { title, says } = nobodyWords[why];
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={lang === 'ja' ? '本人が見つかりません' : 'There is no such person'}
      path={PATH}
      crumbs={[homeCrumb(lang), { label: words.people[lang], href: PATH }]}
    >
      <Empty
        title={title[lang]}
        actions={
          <LinkButton kind="second" href={PATH}>
            {words.search[lang]}
          </LinkButton>
        }
      >
        {says[lang]}
      </Empty>
    </OfficePage>,
    404,
  );
}
