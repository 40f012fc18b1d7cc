// What was asked and kept: the list, and one consultation as a sheet that can be printed and shown to somebody. Everybody sees their own;
// who reads the records sees all.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { FindingView, isAnswer, Pass } from '../../../platform/ui/finding.tsx';
import { stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { actorName, staffNames, type Room } from '../../access/index.ts';
import { itemName, madeUnder, standing, type Standing } from '../../checkpoint/index.ts';
import { consultationOf, consultations } from '../actions.ts';
import { marksOf, statedFacts, type Question } from '../facts.ts';
import { questionOf } from '../questions/index.ts';
import type { ConsultationRow } from '../tables.ts';
import { answerWords, words } from '../words.ts';
import { askCrumbs, PATH } from './ask.tsx';
import { FactValue, storedText, type Offered } from './fields.tsx';

const LIST = `${PATH}/consultations`;
const PAGE = 50;

const titleOf = (row: ConsultationRow, lang: Lang): string => questionOf(row.question)?.title[lang] ?? row.question;

const AnswerCell = ({ lang, row }: { lang: Lang; row: ConsultationRow }) => {
  const { answer } = row.finding;
  return (
    <span class="inline-flex gap-2 items-center">
      {isAnswer(answer) && <Pass answer={answer} lang={lang} />}
      {answerWords(questionOf(row.question), answer).title[lang]}
    </span>
  );
};

const List = ({
  lang,
  rows,
  stands,
  names,
}: {
  lang: Lang;
  rows: readonly ConsultationRow[];
  stands: Standing;
  names: ReadonlyMap<string, string>;
}) => (
  <Table
    lang={lang}
    caption={words.consultations}
    stack
    columns={[
      { key: 'at', head: words.at[lang], rowHead: true, nowrap: true },
      { key: 'question', head: words.question[lang] },
      { key: 'answer', head: words.answered[lang] },
      { key: 'holding', head: words.ledger[lang] },
      { key: 'by', head: words.by[lang] },
    ]}
    rows={rows.map((row) => ({
      cells: {
        at: <a href={`${LIST}/${row.id}`}>{stamp(row.at.getTime())}</a>,
        question: titleOf(row, lang),
        answer: <AnswerCell lang={lang} row={row} />,
        holding: row.holding_id && (stands.holdings.get(row.holding_id)?.name[lang] ?? row.holding_id),
        by: actorName(row.by_actor, names, lang),
      },
    }))}
  />
);

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const { office } = room;
  const frame = c.get('frame');
  const { lang } = frame;
  const before = c.req.query('before');
  const found = await consultations(office, c.get('actor'), c.get('may')('records:read'), {
    ...(before === undefined ? {} : { before }),
    most: PAGE + 1,
  });
  const rows = found.slice(0, PAGE);
  return c.html(
    <OfficePage
      {...frame}
      title={words.consultations[lang]}
      path={LIST}
      sub={words.consultationsSub[lang]}
      crumbs={askCrumbs(lang, { label: words.consultations[lang] })}
    >
      {rows.length === 0 ? (
        <Empty title={words.noConsultations[lang]} actions={<LinkButton href={PATH}>{words.ask[lang]}</LinkButton>}>
          {words.noConsultationsSays[lang]}
        </Empty>
      ) : (
        <>
          <List lang={lang} rows={rows} stands={await standing(office)} names={await staffNames(room.access)} />
          {found.length > PAGE && (
            <p class="mt-3">
              <a href={`${LIST}?before=${rows.at(-1)!.id}`}>{words.older[lang]}</a>
            </p>
          )}
        </>
      )}
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
  </Panel>
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
  const names = await staffNames(room.access);
  const { title, says } = answerWords(question, row.finding.answer);
  return c.html(
    <OfficePage
      {...frame}
      title={titleOf(row, lang)}
      path={`${LIST}/${row.id}`}
      sub={stamp(row.at.getTime())}
      crumbs={askCrumbs(lang, { label: words.consultations[lang], href: LIST }, { label: words.consultation[lang] })}
      actions={
        <>
          {question && (
            <LinkButton kind="second" href={`${PATH}/${question.id}`}>
              {words.again[lang]}
            </LinkButton>
          )}
          {c.get('may')('log:read') && (
            <LinkButton kind="second" href={`/log/entries/${row.id}`}>
              {words.logEntry[lang]}
            </LinkButton>
          )}
        </>
      }
    >
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
        <FindingView
          lang={lang}
          finding={row.finding}
          question={titleOf(row, lang)}
          title={title}
          says={says}
          marks={marksOf(question, row.finding)}
          madeUnder={madeUnder(row.policy_version, row.law_version)}
          itemName={itemName(lang)}
        />
      </div>
    </OfficePage>,
  );
}

export const consultationPages = (room: Room): Route[] => [
  page('get', LIST, 'checkpoint:ask', (c) => showList(room, c)),
  page('get', `${LIST}/:id`, 'checkpoint:ask', (c) => showOne(room, c)),
];
