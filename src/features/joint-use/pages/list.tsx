// The register of joint uses: what is shared with whom, since when the public can read of it, and what is still to be published.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { St } from '../../../platform/ui/promise-state.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { known, listJointUses } from '../actions.ts';
import { duesOn, noticeOf, noticeOn, publishBy, standingOn, type JointUse, type Known, type Notice } from '../facts.ts';
import { standingWords, title } from '../words.ts';

export const PATH = '/joint-uses';
export const PUBLIC = '/joint-use';

const words = {
  sub: both(
    '個人データを特定の者と共同で利用する取り決め。公表した範囲だけで共有します',
    'What is used jointly with whom. Sharing stays within what was published',
  ),
  add: both('共同利用を登録する', 'Register a joint use'),
  publicPage: both('公表ページを見る', 'See the public page'),
  none: both('まだ共同利用がありません', 'There is no joint use yet'),
  noneSays: both(
    '共同で利用する前に登録し、5つの事項を公表します。',
    'Register it and publish its five items before anything is shared.',
  ),
  name: both('共同利用', 'Joint use'),
  state: both('状態', 'State'),
  items: both('項目', 'Items'),
  users: both('利用する者の範囲', 'Scope of users'),
  purposes: both('目的', 'Purposes'),
  since: both('公表した日', 'Published on'),
  due: both('公表を待つ変更', 'Changes to publish'),
} satisfies Record<string, Bilingual>;

/** From home to a page below the register. */
export const crumbs = (lang: Lang, ...rest: Crumb[]): Crumb[] => [
  homeCrumb(lang),
  rest.length > 0 ? { label: title[lang], href: PATH } : { label: title[lang] },
  ...rest,
];

export { placeOf };

const chips: Record<ReturnType<typeof standingOn>, ChipKind> = {
  draft: 'wait',
  planned: 'now',
  'in-force': 'good',
  ended: 'done',
};

export const StandingChip = ({ use, today, lang }: { use: JointUse; today: Day; lang: Lang }) => {
  const standing = standingOn(use, today);
  return <Chip kind={chips[standing]}>{standingWords[standing][lang]}</Chip>;
};

/** What a joint use says: the notice in force, the last or the planned one, or the draft where every id is known. */
export function saysNow(use: JointUse, now: Known, today: Day): Notice | null {
  const stated = noticeOn({ ...use, endedOn: null }, today) ?? (use.notices[0]?.states as Notice | undefined);
  if (stated) return stated;
  const { draft } = use;
  const whole =
    draft?.shares.every(({ holding, items }) => items.every((code) => now.holdings.get(holding)?.items.has(code))) &&
    draft.purposes.every((id) => now.purposes.has(id));
  return draft && whole ? noticeOf(draft, now) : null;
}

/** Items by name, each once. */
export const itemNames = ({ items }: Notice, lang: Lang): string =>
  listed([...new Set(items.map(({ label }) => label[lang]))], lang);

/** The alarm of a change that waits for its publication. */
const DueMark = ({ use, today, lang }: { use: JointUse; today: Day; lang: Lang }) => {
  const dues = duesOn(use, today);
  if (dues.length === 0) return null;
  const by = dues.map(publishBy).sort()[0]!;
  return (
    <St state={by < today ? 'broken' : 'risk'} lang={lang}>
      {lang === 'ja' ? `${dues.length}件（${slashDay(by)}まで）` : `${dues.length} (by ${slashDay(by)})`}
    </St>
  );
};

const Rows = ({ uses, now, today, lang }: { uses: readonly JointUse[]; now: Known; today: Day; lang: Lang }) => (
  <Table
    lang={lang}
    caption={title}
    stack
    columns={[
      { key: 'name', head: words.name, rowHead: true },
      { key: 'state', head: words.state, nowrap: true },
      { key: 'items', head: words.items },
      { key: 'users', head: words.users },
      { key: 'purposes', head: words.purposes, nowrap: true },
      { key: 'since', head: words.since, nowrap: true },
      { key: 'due', head: words.due, nowrap: true },
    ]}
    rows={uses.map((use) => {
      const notice = saysNow(use, now, today);
      const since = use.notices[0]?.publicOn;
      return {
        cells: {
          name: <a href={`${PATH}/${use.id}`}>{use.name[lang]}</a>,
          state: <StandingChip use={use} today={today} lang={lang} />,
          items: notice && itemNames(notice, lang),
          users: (notice?.scope ?? use.draft?.scope)?.[lang],
          purposes: (notice?.purposes.map(({ id }) => id) ?? use.draft?.purposes)?.join(' '),
          since: since && <span class="num">{slashDay(since)}</span>,
          due: duesOn(use, today).length > 0 ? <DueMark use={use} today={today} lang={lang} /> : undefined,
        },
      };
    })}
  />
);

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const uses = await listJointUses(office);
  const add = c.get('may')('joint-uses:write') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {words.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={
        uses.length > 0 && (
          <>
            {add}
            <LinkButton small kind="text" href={PUBLIC}>
              {words.publicPage[lang]}
            </LinkButton>
          </>
        )
      }
    >
      {uses.length === 0 ? (
        <Empty title={words.none[lang]} actions={add}>
          {words.noneSays[lang]}
        </Empty>
      ) : (
        <Rows uses={uses} now={await known(office)} today={office.clock.today()} lang={lang} />
      )}
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [page('get', PATH, 'ledger:read', (c) => show(office, c))];
