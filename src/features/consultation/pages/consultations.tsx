// What was asked and kept: the list, and one consultation as a sheet that can be printed and shown to somebody. Everybody sees their own;
// who reads the records sees all.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { answerWord, FindingView, isAnswer, Pass } from '../../../platform/ui/finding.tsx';
import { stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Applied, Earlier, Filters, FilterSelect, TableTools } from '../../../platform/ui/table.tsx';
import { actorName, exportPage, inBatches, staffNames, type ListFile, type Room } from '../../access/index.ts';
import { itemName, madeUnder, standing } from '../../checkpoint/index.ts';
import { consultationOf, consultations } from '../actions.ts';
import { marksOf, statedFacts, type Question } from '../facts.ts';
import { questionOf, questions } from '../questions/index.ts';
import type { ConsultationRow } from '../tables.ts';
import { answerWords, words } from '../words.ts';
import { askCrumbs, namesOf, PATH, type Names } from './ask.tsx';
import { FactValue, storedText, type Offered } from './fields.tsx';

const LIST = `${PATH}/consultations`;
const PAGE = 50;

const titleOf = (row: ConsultationRow, lang: Lang): string => questionOf(row.question)?.title[lang] ?? row.question;

const answerTitle = ({ question, finding }: ConsultationRow, lang: Lang): string =>
  answerWords(questionOf(question), finding.answer).title[lang];

const answerText = (row: ConsultationRow, lang: Lang): string => {
  const { answer } = row.finding;
  const title = answerTitle(row, lang);
  return isAnswer(answer) ? `${answerWord[answer][lang]}${lang === 'ja' ? '　' : ': '}${title}` : title;
};

const AnswerCell = ({ lang, row }: { lang: Lang; row: ConsultationRow }) => {
  const { answer } = row.finding;
  return (
    <span class="inline-flex gap-2 items-center">
      {isAnswer(answer) && <Pass answer={answer} lang={lang} />}
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

/** What an address asks for: codes, or ''. */
interface Query {
  question: string;
  answer: string;
}

const readQuery = (c: Context<Env>): Query => {
  const [question = '', answer = ''] = [c.req.query('question'), c.req.query('answer')];
  return { question: questionOf(question) ? question : '', answer: isAnswer(answer) ? answer : '' };
};

const addressOf = (query: Query, change: Partial<Query> & { before?: string } = {}): string => {
  const filled = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '');
  return filled.length === 0 ? LIST : `${LIST}?${new URLSearchParams(filled)}`;
};

const readRows = (
  office: Office,
  c: Context<Env>,
  { question, answer }: Query,
  page: { before?: string; most: number },
): Promise<ConsultationRow[]> =>
  consultations(office, c.get('actor'), c.get('may')('records:read'), {
    ...(question ? { question } : {}),
    ...(answer ? { answer } : {}),
    ...page,
  });

const Narrowing = ({ lang, query }: { lang: Lang; query: Query }) => {
  const { question, answer } = query;
  const any = { value: '', label: words.any[lang] };
  const applied = [
    { label: questionOf(question)?.title[lang] ?? '', remove: addressOf(query, { question: '' }) },
    { label: isAnswer(answer) ? answerWord[answer][lang] : '', remove: addressOf(query, { answer: '' }) },
  ];
  return (
    <>
      <Filters lang={lang} action={LIST}>
        <FilterSelect
          name="question"
          label={words.question[lang]}
          value={question}
          options={[any, ...questions.map(({ id, title }) => ({ value: id, label: title[lang] }))]}
        />
        <FilterSelect
          name="answer"
          label={words.answered[lang]}
          value={answer}
          options={[any, ...Object.entries(answerWord).map(([value, label]) => ({ value, label: label[lang] }))]}
        />
      </Filters>
      <Applied lang={lang} filters={applied.filter(({ label }) => label !== '')} removeAll={LIST} />
    </>
  );
};

const Nothing = ({ lang, filtered }: { lang: Lang; filtered: boolean }) =>
  filtered ? (
    <Empty
      title={words.noConsultationsOf[lang]}
      actions={
        <LinkButton kind="second" href={LIST}>
          {words.clear[lang]}
        </LinkButton>
      }
    />
  ) : (
    <Empty title={words.noConsultations[lang]} actions={<LinkButton href={PATH}>{words.ask[lang]}</LinkButton>}>
      {words.noConsultationsSays[lang]}
    </Empty>
  );

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const query = readQuery(c);
  const before = c.req.query('before');
  const found = await readRows(room.office, c, query, {
    ...(before === undefined ? {} : { before }),
    most: PAGE + 1,
  });
  const rows = found.slice(0, PAGE);
  const address = addressOf(query);
  const filtered = address !== LIST;
  return c.html(
    <OfficePage
      {...frame}
      title={words.consultations[lang]}
      path={placeOf(c)}
      sub={words.consultationsSub[lang]}
      crumbs={askCrumbs(lang, { label: words.consultations[lang] })}
    >
      {(rows.length > 0 || filtered) && <Narrowing lang={lang} query={query} />}
      {rows.length > 0 ? (
        <>
          <TableTools lang={lang} exports={exportLinks(LIST, address, lang)} />
          <ListTable
            lang={lang}
            caption={words.consultations}
            stack
            columns={columnsOf(await namesOf(room))}
            rows={rows}
          />
        </>
      ) : (
        <Nothing lang={lang} filtered={filtered} />
      )}
      <Earlier
        lang={lang}
        label={words.consultations}
        says={words}
        newest={before && address}
        older={found.length > PAGE ? addressOf(query, { before: rows.at(-1)!.id }) : undefined}
      />
    </OfficePage>,
  );
}

async function fileOfAll(room: Room, c: Context<Env>): Promise<ListFile<ConsultationRow>> {
  const query = readQuery(c);
  return {
    list: { path: LIST, title: words.consultations },
    columns: columnsOf(await namesOf(room)),
    rows: inBatches(
      (page) => readRows(room.office, c, query, page),
      ({ id }) => id,
    ),
    address: addressOf(query),
  };
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
  exportPage(room.office, { path: LIST, may: 'checkpoint:ask' }, (c) => fileOfAll(room, c)),
  page('get', `${LIST}/:id`, 'checkpoint:ask', (c) => showOne(room, c)),
];
