// One site: its tags with the law's answer to each, visitors' choices by day, the script to put into its pages, and the history of its register.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { addDays } from '../../../base/day.ts';
import type { Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Pass } from '../../../platform/ui/finding.tsx';
import { countryName, number, slashDay, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel, SectionHead } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { choicesByDay, registerOf, versionsOf } from '../actions.ts';
import type { ChoiceDay, ChoiceKind, Register, Tag } from '../facts.ts';
import {
  actWords,
  choiceWords,
  kindWords,
  notHeld,
  serviceWords,
  siteStateWords,
  tagStateWords,
  tagWords,
  words,
} from '../words.ts';
import { Addresses, crumbsTo, PATH, placeOf, TAGS } from './list.tsx';

export const recipientText = ({ recipient }: Pick<Tag, 'recipient'>, lang: Lang): string =>
  lang === 'ja'
    ? `${recipient.name.ja}（${countryName(recipient.country, 'ja')}）`
    : `${recipient.name.en} (${countryName(recipient.country, 'en')})`;

/** The same as an element, with the name marked as not to be translated. */
export const RecipientOf = ({ tag: { recipient }, lang }: { tag: Pick<Tag, 'recipient'>; lang: Lang }) => (
  <span>
    <span translate="no">{recipient.name[lang]}</span>
    {lang === 'ja' ? `（${countryName(recipient.country, 'ja')}）` : ` (${countryName(recipient.country, 'en')})`}
  </span>
);

const Tags = ({ lang, register }: { lang: Lang; register: Register }) => (
  <Table
    lang={lang}
    caption={words.tags}
    stack
    columns={[
      { key: 'tag', head: words.tag, rowHead: true },
      { key: 'recipient', head: tagWords.recipient },
      { key: 'choice', head: tagWords.choice },
      { key: 'state', head: words.state, nowrap: true },
      { key: 'answer', head: words.answers, nowrap: true },
    ]}
    rows={register.tags.map((tag) => ({
      cells: {
        tag: <a href={`${PATH}/${register.id}/tags/${tag.code}`}>{tag.name[lang]}</a>,
        recipient: <RecipientOf tag={tag} lang={lang} />,
        choice: choiceWords[tag.choice][lang],
        state: tag.state === 'active' ? tagStateWords.active[lang] : <Chip kind="done">{tagStateWords.off[lang]}</Chip>,
        answer: <Pass answer={tag.decision.finding.answer} lang={lang} />,
      },
    }))}
  />
);

const kinds: ChoiceKind[] = ['allowed', 'some', 'refused', 'gpc'];

const total = (day: ChoiceDay): number => kinds.reduce((sum, kind) => sum + day[kind], 0);

/** Totals of each kind over all days shown. */
const Totals = ({ lang, days }: { lang: Lang; days: readonly ChoiceDay[] }) => (
  <p class="small mb-2 flex flex-wrap gap-x-5">
    <span>
      {words.recent[lang]} <b class="num">{number(days.reduce((sum, day) => sum + total(day), 0))}</b>
    </span>
    {kinds.map((kind) => (
      <span>
        {kindWords[kind][lang]} <b class="num">{number(days.reduce((sum, day) => sum + day[kind], 0))}</b>
      </span>
    ))}
  </p>
);

const Choices = ({ lang, days }: { lang: Lang; days: readonly ChoiceDay[] }) =>
  days.length === 0 ? (
    <p class="muted">{words.noChoices[lang]}</p>
  ) : (
    <>
      <Totals lang={lang} days={days} />
      <Table
        lang={lang}
        caption={words.choicesTitle}
        stack="inline"
        columns={[
          { key: 'day', head: words.day, rowHead: true, nowrap: true },
          ...kinds.map((kind) => ({ key: kind, head: kindWords[kind], align: 'right' as const })),
          { key: 'total', head: words.total, align: 'right' },
        ]}
        rows={days.map((day) => ({
          cells: {
            day: slashDay(day.day),
            ...Object.fromEntries(kinds.map((kind) => [kind, number(day[kind])])),
            total: number(total(day)),
          },
        }))}
      />
    </>
  );

const Code = ({ children }: { children?: Child }) => (
  <pre class="note font-sans whitespace-pre-wrap wrap-anywhere small my-2">{children}</pre>
);

const Snippet = ({ lang, register, url }: { lang: Lang; register: Register; url: string }) => {
  const { code, tags } = register;
  const tag = tags[0]?.code ?? 'web-analytics';
  const { origin } = new URL(url);
  return (
    <Panel title={words.snippet[lang]} id="snippet">
      <p class="small">{words.snippetFirst[lang]}</p>
      <Code>{`<script src="${url}/assets/notice.js" data-site="${code}"></script>`}</Code>
      <p class="small">{words.snippetTags[lang]}</p>
      <Code>
        {[
          `<script type="text/plain" data-sekisho="${tag}" src="https://cdn.example.com/tag.js"></script>`,
          `<iframe data-sekisho="${tag}" data-src="https://cdn.example.com/frame" title="…"></iframe>`,
          `<link rel="stylesheet" data-sekisho="${tag}" data-href="https://cdn.example.com/tag.css">`,
        ].join('\n')}
      </Code>
      <p class="small">{words.snippetLink[lang]}</p>
      <Code>
        {[
          '<button type="button" data-sekisho-open>外部送信の設定</button>',
          `<a href="${url}/external-transmission/${code}">外部に送る情報</a>`,
        ].join('\n')}
      </Code>
      <p class="small">{words.snippetTrust[lang]}</p>
      <Code>{`<script src="${url}/assets/notice.js" data-site="${code}" data-trust="static.example.jp"></script>`}</Code>
      <p class="small">{words.snippetPolicy[lang]}</p>
      <Code>{`script-src ${origin}; connect-src ${origin}`}</Code>
      <p class="small">{words.snippetModule[lang]}</p>
      <Code>{`import { start } from '${url}/assets/notice.mjs';\nstart({ site: '${code}' });`}</Code>
      <p class="small">{words.snippetHeld[lang]}</p>
      <p class="small mt-2">{words.snippetNotHeld[lang]}</p>
      <ul class="list-disc pl-5 small">
        {notHeld.map((one) => (
          <li>{one[lang]}</li>
        ))}
      </ul>
    </Panel>
  );
};

const History = ({ lang, versions }: { lang: Lang; versions: readonly Register[] }) => (
  <Table
    lang={lang}
    caption={words.history}
    stack="inline"
    columns={[
      { key: 'version', head: words.version, rowHead: true, nowrap: true },
      { key: 'at', head: words.at, nowrap: true },
      { key: 'act', head: words.act, nowrap: true },
      { key: 'notice', head: words.told, nowrap: true },
      { key: 'entry', head: words.record, nowrap: true },
    ]}
    rows={versions.map((one) => ({
      cells: {
        version: lang === 'ja' ? `第${one.version}版` : String(one.version),
        at: <span class="num">{stamp(one.at.getTime())}</span>,
        act: actWords[one.act][lang],
        notice: String(one.notice),
        entry: (
          <EntryLink id={one.entryId} about={stamp(one.at.getTime())}>
            {words.seeEntry[lang]}
          </EntryLink>
        ),
      },
    }))}
  />
);

const About = ({ lang, register }: { lang: Lang; register: Register }) => {
  const { code, site } = register;
  return (
    <Dl
      items={[
        [words.addresses[lang], <Addresses origins={site.origins} />],
        [words.service[lang], serviceWords[site.service][lang]],
        [words.linked[lang], site.linkedOn ? writtenDay(site.linkedOn, lang) : words.notLinked[lang]],
        [
          words.publicPage[lang],
          <a href={`/external-transmission/${code}`}>
            <code>{`/external-transmission/${code}`}</code>
          </a>,
        ],
        [words.told[lang], `${register.notice}　${writtenDay(register.changedOn, lang)}`],
        [words.bound[lang], number(site.choicesADay)],
      ]}
    />
  );
};

async function showSite(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await registerOf(office, c.req.param('id') ?? '');
  if (!found.ok) return c.notFound();
  const register = found.value;
  const { id, site } = register;
  const today = office.clock.today();
  const days = await choicesByDay(office, id, addDays(today, -29), today);
  const mayWrite = c.get('may')('transmissions:write');
  const full = days[0]?.day === today && total(days[0]) >= site.choicesADay;
  const addTag = mayWrite && (
    <LinkButton small icon="plus" href={`${PATH}/${id}/tags/new`}>
      {words.addTag[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={site.name[lang]}
      path={placeOf(c)}
      crumbs={crumbsTo(lang, register)}
      sub={
        <>
          <code>{register.code}</code> {siteStateWords[site.state][lang]}
        </>
      }
      actions={
        mayWrite && (
          <>
            {register.tags.length > 0 && addTag}
            <LinkButton small kind="second" href={`${PATH}/${id}/edit`}>
              {words.review[lang]}
            </LinkButton>
          </>
        )
      }
    >
      {c.req.query('saved') !== undefined && <Banner kind="good" role="status" title={words.saved[lang]} />}
      {full && (
        <Banner kind="bad" title={words.fullToday[lang]}>
          {words.fullTodaySays[lang]}
        </Banner>
      )}
      <SectionHead>{words.tags[lang]}</SectionHead>
      {register.tags.length > 0 ? (
        <>
          <Tags lang={lang} register={register} />
          <p class="mt-3">
            <a href={`${TAGS}?site=${id}`}>{words.asList[lang]}</a>
          </p>
        </>
      ) : (
        <Empty title={words.noTags[lang]} actions={addTag}>
          {words.noTagsSays[lang]}
        </Empty>
      )}
      <SectionHead>{words.choicesTitle[lang]}</SectionHead>
      <Choices lang={lang} days={days} />
      <div class="grid gap-5 lg:grid-cols-2 items-start mt-8">
        <Panel title={words.about[lang]}>
          <About lang={lang} register={register} />
        </Panel>
        <Snippet lang={lang} register={register} url={office.config.publicUrl} />
      </div>
      <SectionHead>{words.history[lang]}</SectionHead>
      <History lang={lang} versions={await versionsOf(office, id)} />
    </OfficePage>,
  );
}

export const sitePages = (office: Office): Route[] => [
  page('get', `${PATH}/:id`, 'ledger:read', (c) => showSite(office, c)),
];
