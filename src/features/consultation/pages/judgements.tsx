// The officer's judgements: what the law leaves open, answered by a person for a while. Who reads the records sees them; only the officer
// records one.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { formTexts, page, placeOf, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextArea,
} from '../../../platform/ui/form.tsx';
import { readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListBody, listView, type List, type ListColumn, type ListView } from '../../../platform/ui/list.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { actorName, byOf, exportPage, fileOf, type Room } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { judge, judgementCodes, judgementsOf, type JudgementContent } from '../actions.ts';
import type { JudgementRow } from '../tables.ts';
import { problems as says, words } from '../words.ts';
import { askCrumbs, JUDGEMENTS, namesOf, type Names } from './ask.tsx';

const MOST_WHY = 2_000;

const crumbs = (lang: Lang, ...rest: { label: string }[]) =>
  askCrumbs(
    lang,
    ...(rest.length > 0
      ? [{ label: words.judgements[lang], href: JUDGEMENTS }, ...rest]
      : [{ label: words.judgements[lang] }]),
  );

const isValid = ({ until_day: until }: JudgementRow, today: Day): boolean => today <= until;

const stateWord = (row: JudgementRow, today: Day): Bilingual => (isValid(row, today) ? words.valid : words.expired);

const columnsOf = ({ stands, staff }: Names, today: Day): readonly ListColumn<JudgementRow>[] => [
  {
    key: 'code',
    head: words.point,
    rowHead: true,
    value: ({ code }, lang) => judgementCodes().get(code)?.[lang] ?? code,
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: (row, lang) => stateWord(row, today)[lang],
    cell: (row, lang) => <Chip kind={isValid(row, today) ? 'good' : 'done'}>{stateWord(row, today)[lang]}</Chip>,
  },
  {
    key: 'judged',
    head: words.judged,
    nowrap: true,
    unsearched: true,
    value: ({ answer }, lang) => (answer ? words.yes : words.no)[lang],
  },
  {
    key: 'about',
    head: words.scope,
    value: ({ holding_id: holding, purpose }, lang) =>
      [
        holding ? (stands.holdings.get(holding)?.name[lang] ?? holding) : words.anyHolding[lang],
        purpose ?? words.anyPurpose[lang],
      ].join(lang === 'ja' ? '、' : ', '),
  },
  { key: 'why', head: words.why, value: ({ why }) => why, cell: ({ why }) => <span translate="no">{why}</span> },
  { key: 'on', head: words.on, nowrap: true, value: ({ on_day: on }) => slashDay(on) },
  { key: 'until', head: words.untilHead, nowrap: true, value: ({ until_day: until }) => slashDay(until) },
  {
    key: 'by',
    head: words.officer,
    person: true,
    value: (row, lang) => actorName(row.by_actor, staff, lang),
  },
];

async function viewOf(room: Room, c: Context<Env>): Promise<ListView<JudgementRow>> {
  const today = room.office.clock.today();
  const list: List<JudgementRow> = {
    path: JUDGEMENTS,
    title: words.judgements,
    columns: columnsOf(await namesOf(room), today),
    filters: [
      {
        name: 'state',
        label: words.state,
        options: [
          { value: 'valid', label: words.valid },
          { value: 'expired', label: words.expired },
        ],
        keeps: (row, state) => isValid(row, today) === (state === 'valid'),
      },
    ],
    rows: await judgementsOf(room.office),
    order: '-on',
    noMatch: words.noJudgementsOf,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const view = await viewOf(room, c);
  const any = view.list.rows.length > 0;
  const record = c.get('may')('judgements:write') && (
    <LinkButton small icon="plus" href={`${JUDGEMENTS}/new`}>
      {words.newJudgement[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={words.judgements[lang]}
      path={placeOf(c)}
      sub={words.judgementsSub[lang]}
      crumbs={crumbs(lang)}
      actions={any && record}
    >
      <ListBody
        view={view}
        none={
          <Empty title={words.noJudgements[lang]} actions={record}>
            {words.noJudgementsSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

type Given = Record<'code' | 'holding' | 'purpose' | 'judged' | 'why' | 'until', string>;

const givenIn = (form: Form): Given => ({
  code: form.text('code'),
  holding: form.text('holding'),
  purpose: form.text('purpose'),
  judged: form.text('judged'),
  why: form.text('why').trim(),
  until: form.text('until'),
});

/** Reads the form of a judgement; every problem names its field. */
function readJudgement(
  given: Given,
  stands: Standing,
  today: string,
): { content: JudgementContent } | { problems: FieldProblem[] } {
  const until = readJapaneseDate(given.until);
  const wrong: [keyof Given, boolean][] = [
    ['code', !judgementCodes().has(given.code)],
    ['holding', given.holding !== '' && !stands.holdings.has(given.holding)],
    ['purpose', given.purpose !== '' && !stands.purposes.has(given.purpose)],
    ['judged', given.judged !== 'yes' && given.judged !== 'no'],
    ['why', given.why === '' || isLonger(given.why, MOST_WHY)],
    ['until', until === null || until <= today],
  ];
  const problems = wrong.filter(([, bad]) => bad).map(([field]) => ({ field, says: says[field] }));
  if (problems.length > 0) return { problems };
  return {
    content: {
      code: given.code,
      holding_id: given.holding || null,
      purpose: given.purpose || null,
      answer: given.judged === 'yes',
      why: given.why,
      until_day: until!,
    },
  };
}

const labels: Record<keyof Given, Bilingual> = {
  code: words.code,
  holding: words.about,
  purpose: words.purpose,
  judged: words.judged,
  why: words.why,
  until: words.until,
};

const Fields = ({
  lang,
  given,
  stands,
  problems,
}: {
  lang: Lang;
  given: Given;
  stands: Standing;
  problems: readonly FieldProblem[];
}) => {
  const field = (name: keyof Given) => ({ ...fieldFor(lang, labels, problems)(name), value: given[name] });
  const options = (entries: Iterable<readonly [string, Bilingual]>) =>
    [...entries].map(([value, label]) => ({ value, label }));
  const holdings = [...stands.holdings.values()].map(({ id, name }) => [id, name] as const);
  const purposes = [...stands.purposes.values()].map(
    ({ id, says: text }) => [id, { ja: `${id}　${text?.ja ?? ''}`, en: `${id}  ${text?.en ?? ''}` }] as const,
  );
  return (
    <>
      <SelectField {...field('code')} need="required" blank={words.choose} options={options(judgementCodes())} />
      <SelectField {...field('holding')} need="optional" blank={words.anyHolding} options={options(holdings)} />
      <SelectField {...field('purpose')} need="optional" blank={words.anyPurpose} options={options(purposes)} />
      <Radios
        {...field('judged')}
        need="required"
        options={[
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]}
      />
      <TextArea {...field('why')} need="required" hint={words.whyHint[lang]} maxlength={MOST_WHY} />
      <DateField {...field('until')} need="required" understood={given.until ? readJapaneseDate(given.until) : null} />
    </>
  );
};

async function formPage(
  room: Room,
  c: Context<Env>,
  given: Given,
  problems: readonly FieldProblem[],
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  return c.html(
    <OfficePage
      {...frame}
      title={words.newJudgement[lang]}
      path={`${JUDGEMENTS}/new`}
      crumbs={crumbs(lang, { label: words.newJudgement[lang] })}
      failed={problems.length > 0}
    >
      <div class="max-w-[48rem]">
        <PostForm action={`${JUDGEMENTS}/new`} csrf={frame.csrf}>
          <ErrorSummary lang={lang} problems={problems} labels={labels} />
          <Panel title={words.judged[lang]}>
            <Fields lang={lang} given={given} stands={await standing(room.office)} problems={problems} />
            <Buttons>
              <Button>{words.record[lang]}</Button>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  );
}

const asked = (c: Context<Env>): Given => ({
  code: c.req.query('code') ?? '',
  holding: c.req.query('holding') ?? '',
  purpose: '',
  judged: '',
  why: '',
  until: '',
});

async function submit(room: Room, c: Context<Env>): Promise<Response> {
  const given = givenIn(c.get('form'));
  const read = readJudgement(given, await standing(room.office), room.office.clock.today());
  if ('problems' in read) return formPage(room, c, given, read.problems);
  await judge(room.office, byOf(c), read.content);
  return c.redirect(JUDGEMENTS, 303);
}

export const judgementPages = (room: Room): Route[] => [
  page('get', JUDGEMENTS, 'records:read', (c) => showList(room, c)),
  exportPage(room.office, { path: JUDGEMENTS, may: 'records:read' }, async (c) => fileOf(await viewOf(room, c))),
  page('get', `${JUDGEMENTS}/new`, 'judgements:write', (c) => formPage(room, c, asked(c), [])),
  page('post', `${JUDGEMENTS}/new`, 'judgements:write', (c) => submit(room, c), {
    texts: formTexts(labels, { prose: /^why$/ }),
  }),
];
