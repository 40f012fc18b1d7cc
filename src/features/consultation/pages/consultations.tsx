// The list of kept consultations, and one consultation as a sheet that can be printed and shown. Everybody sees their own; those who may read the
// records see all.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { answerWord, FindingView, Pass } from '../../../platform/ui/finding.tsx';
import { stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { actorName, exportPage, fileOfNewest, actorNames, type Room } from '../../access/index.ts';
import { itemName, madeUnder, standing } from '../../checkpoint/index.ts';
import type { Catalogue } from '../../search/index.ts';
import {
  consultationOf,
  consultations,
  consultationsWaiting,
  judgedSince,
  judgementCodes,
  type JudgedSince,
} from '../actions.ts';
import { judgementsLacking, marksOf, personIn, statedFacts, type Question } from '../facts.ts';
import { questionOf, questions } from '../questions/index.ts';
import type { ConsultationRow } from '../tables.ts';
import { answerWords, plaqueOf, words } from '../words.ts';
import { askCrumbs, JUDGEMENTS, namesOf, PATH, type Names } from './ask.tsx';
import { FactValue, storedText, type Offered } from './fields.tsx';

const LIST = `${PATH}/consultations`;

export const consultationHref = (id: string): string => `${LIST}/${id}`;

const titleOf = (row: ConsultationRow, lang: Lang): string => questionOf(row.question)?.title[lang] ?? row.question;

const answerTitle = ({ question, finding }: ConsultationRow, lang: Lang): string =>
  answerWords(questionOf(question), finding).title[lang];

const answerText = (row: ConsultationRow, lang: Lang): string => {
  const plaque = plaqueOf(questionOf(row.question), row.finding.answer);
  const title = answerTitle(row, lang);
  return plaque ? `${answerWord[plaque][lang]}${lang === 'ja' ? '　' : ': '}${title}` : title;
};

const AnswerCell = ({ lang, row }: { lang: Lang; row: ConsultationRow }) => {
  const plaque = plaqueOf(questionOf(row.question), row.finding.answer);
  return (
    <span class="inline-flex gap-2 items-center">
      {plaque && <Pass answer={plaque} lang={lang} />}
      {answerTitle(row, lang)}
    </span>
  );
};

const columnsOf = ({ stands, staff }: Names): readonly ListColumn<ConsultationRow>[] => [
  {
    key: 'at',
    head: words.at,
    rowHead: true,
    nowrap: true,
    value: (row) => stamp(row.at.getTime()),
    cell: (row) => <a href={`${LIST}/${row.id}`}>{stamp(row.at.getTime())}</a>,
  },
  { key: 'question', head: words.question, value: titleOf },
  { key: 'answer', head: words.answered, value: answerText, cell: (row, lang) => <AnswerCell lang={lang} row={row} /> },
  {
    key: 'holding',
    head: words.ledger,
    value: ({ holding_id: id }, lang) => (id === null ? '' : (stands.holdings.get(id)?.name[lang] ?? id)),
  },
  { key: 'by', head: words.by, value: (row, lang) => actorName(row.by_actor, staff, lang) },
];

async function listOf(room: Room, c: Context<Env>): Promise<NewestList<ConsultationRow>> {
  return {
    path: LIST,
    title: words.consultations,
    columns: columnsOf(await namesOf(room)),
    filters: [
      {
        name: 'question',
        label: words.question,
        options: questions.map(({ id, title }) => ({ value: id, label: title })),
      },
      {
        name: 'answer',
        label: words.answered,
        options: Object.entries(answerWord).map(([value, label]) => ({ value, label })),
      },
    ],
    period: true,
    read: (chosen, page) =>
      consultations(room.office, c.get('actor'), c.get('may')('records:read'), {
        ...chosen,
        ...instantsIn(chosen),
        ...page,
      }),
    noMatch: words.noConsultationsOf,
    stack: true,
  };
}

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  return c.html(
    <OfficePage
      {...frame}
      title={words.consultations[lang]}
      path={placeOf(c)}
      sub={words.consultationsSub[lang]}
      crumbs={askCrumbs(lang, { label: words.consultations[lang] })}
    >
      <NewestBody
        view={await newestView(await listOf(room, c), c.req.url, lang)}
        none={
          <Empty title={words.noConsultations[lang]} actions={<LinkButton href={PATH}>{words.ask[lang]}</LinkButton>}>
            {words.noConsultationsSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

const FactsPanel = ({
  lang,
  row,
  question,
  offered,
}: {
  lang: Lang;
  row: ConsultationRow;
  question: Question;
  offered: Offered;
}) => (
  <Panel title={words.facts[lang]}>
    <Dl
      asked
      items={statedFacts(question, row.facts).map(
        ({ leaf, value }) =>
          [
            leaf.field.label[lang],
            <FactValue leaf={leaf} offered={offered}>
              {storedText(leaf, value, offered, lang)}
            </FactValue>,
          ] as const,
      )}
    />
    {personIn(row.facts) && <p class="small muted mt-4">{words.personsNotKept[lang]}</p>}
  </Panel>
);

/** An answer to a consultation, with the versions of the law data and the policy it was made under. */
const Answer = (props: {
  lang: Lang;
  row: ConsultationRow;
  finding: Finding<string>;
  asked: string;
  under: Bilingual;
}) => {
  const { lang, finding } = props;
  const question = questionOf(props.row.question);
  const { title, says } = answerWords(question, finding);
  return (
    <FindingView
      lang={lang}
      finding={finding}
      plaque={plaqueOf(question, finding.answer)}
      question={props.asked}
      title={title}
      says={says}
      marks={marksOf(question, finding)}
      madeUnder={props.under}
      itemName={itemName(lang)}
    />
  );
};

type Named = ReadonlyMap<string, string>;

/** The officer's judgements recorded since: by whom, when, why and until when. */
const Judged = ({ lang, since, names }: { lang: Lang; since: JudgedSince; names: Named }) =>
  since.judgements.map(([code, { answer, by, on, why, until }]) => (
    <Panel title={words.judgedSince[lang]}>
      <Dl
        items={[
          [words.point[lang], judgementCodes().get(code)?.[lang] ?? code],
          [words.judged[lang], (answer ? words.yes : words.no)[lang]],
          [words.why[lang], <span translate="no">{why}</span>],
          [words.officer[lang], actorName(by, names, lang)],
          [words.on[lang], writtenDay(on, lang)],
          [words.untilHead[lang], writtenDay(until, lang)],
        ]}
      />
    </Panel>
  ));

/** The actions offered on the page. `waits` is the current answer, which may wait for the officer. */
const Actions = ({
  lang,
  c,
  row,
  waits,
}: {
  lang: Lang;
  c: Context<Env>;
  row: ConsultationRow;
  waits: Finding<string>;
}) => (
  <>
    {c.get('may')('judgements:write') &&
      judgementsLacking(waits).map((code) => (
        <LinkButton href={`${JUDGEMENTS}/new?consultation=${row.id}&code=${code}`}>{words.judge[lang]}</LinkButton>
      ))}
    {questionOf(row.question) && (
      <LinkButton kind="second" href={`${PATH}/${row.question}`}>
        {words.again[lang]}
      </LinkButton>
    )}
    {c.get('may')('log:read') && (
      <LinkButton kind="second" href={`/log/entries/${row.id}`}>
        {words.logEntry[lang]}
      </LinkButton>
    )}
  </>
);

/** Says that a form was sent twice. */
const KeptAlready = ({ lang }: { lang: Lang }) => (
  <div class="mb-5">
    <Banner kind="info" title={words.keptAlready[lang]} role="status">
      {words.keptAlreadySays[lang]}
    </Banner>
  </div>
);

async function showOne(room: Room, c: Context<Env>): Promise<Response> {
  const { office } = room;
  const frame = c.get('frame');
  const { lang } = frame;
  const found = await consultationOf(office, c.get('actor'), c.get('may')('records:read'), c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const row = found.value;
  const stands = await standing(office);
  const question = questionOf(row.question);
  const holding = row.holding_id === null ? undefined : stands.holdings.get(row.holding_id);
  const items = holding ? [...holding.labels].map(([value, label]) => ({ value, label })) : null;
  const since = await judgedSince(office, row);
  const judges = since?.judgements.map(([, { by }]) => by) ?? [];
  const names = await actorNames(room.access, [row.by_actor, ...judges]);
  const waits = (await consultationsWaiting(office)).some(({ id }) => id === row.id);
  const answer = { lang, row };
  return c.html(
    <OfficePage
      {...frame}
      title={titleOf(row, lang)}
      path={`${LIST}/${row.id}`}
      sub={stamp(row.at.getTime())}
      crumbs={askCrumbs(lang, { label: words.consultations[lang], href: LIST }, { label: words.consultation[lang] })}
      actions={<Actions lang={lang} c={c} row={row} waits={since?.finding ?? row.finding} />}
    >
      {c.req.query('already') === 'yes' && <KeptAlready lang={lang} />}
      {waits && (
        <div class="mb-5">
          <Banner kind="info" title={words.waits[lang]}>
            {words.waitsSays[office.mail.on ? 'mail' : 'home'][lang]}
          </Banner>
        </div>
      )}
      <div class="grid gap-5 lg:grid-cols-2 items-start">
        <div class="grid gap-5">
          <Panel title={words.consultation[lang]}>
            <Dl
              items={[
                [words.question[lang], titleOf(row, lang)],
                [words.by[lang], actorName(row.by_actor, names, lang)],
                [words.asOf[lang], writtenDay(row.on_day, lang)],
                ...(holding ? [[words.ledger[lang], holding.name[lang]] as const] : []),
              ]}
            />
          </Panel>
          {question && <FactsPanel lang={lang} row={row} question={question} offered={{ ...stands, items }} />}
        </div>
        <div class="grid gap-5">
          <Answer
            {...answer}
            finding={row.finding}
            asked={titleOf(row, lang)}
            under={madeUnder(row.policy_version, row.law_version)}
          />
          {since && (
            <>
              <Judged lang={lang} since={since} names={names} />
              <Answer {...answer} finding={since.finding} asked={words.since[lang]} under={madeUnder(stands.policy)} />
            </>
          )}
        </div>
      </div>
    </OfficePage>,
  );
}

export const consultationPages = (room: Room): Route[] => [
  page('get', LIST, 'checkpoint:ask', (c) => showList(room, c)),
  exportPage(room.office, { path: LIST, may: 'checkpoint:ask' }, async (c) =>
    fileOfNewest(await listOf(room, c), c.req.url),
  ),
  page('get', `${LIST}/:id`, 'checkpoint:ask', (c) => showOne(room, c)),
];

/** The consultations that the searching actor may see. */
export const consultationCatalogue = (office: Office): Catalogue => ({
  title: words.consultations,
  list: LIST,
  things: async ({ id, actor, may }) => {
    const found = id && (await consultationOf(office, actor, may('records:read'), id));
    if (!found || !found.ok) return [];
    const row = found.value;
    const at = stamp(row.at.getTime());
    const name = both(titleOf(row, 'ja'), titleOf(row, 'en'));
    return [{ name, href: `${LIST}/${row.id}`, numbers: [row.id], says: both(at, at) }];
  },
});
