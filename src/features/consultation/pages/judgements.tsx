// The officer's judgements: what the law leaves open, answered by a person for a while. Who reads the records sees them; only the officer
// records one.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { formTexts, page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import {
  DateField,
  ErrorSummary,
  PostForm,
  problemAt,
  Radios,
  SelectField,
  TextArea,
} from '../../../platform/ui/form.tsx';
import { readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { actorName, staffNames, type Room } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { judge, judgementCodes, judgementsOf, type JudgementContent } from '../actions.ts';
import type { JudgementRow } from '../tables.ts';
import { problems as says, words } from '../words.ts';
import { askCrumbs, JUDGEMENTS } from './ask.tsx';

const MOST_WHY = 2_000;

const crumbs = (lang: Lang, ...rest: { label: string }[]) =>
  askCrumbs(
    lang,
    ...(rest.length > 0
      ? [{ label: words.judgements[lang], href: JUDGEMENTS }, ...rest]
      : [{ label: words.judgements[lang] }]),
  );

const List = ({
  lang,
  rows,
  today,
  stands,
  names,
}: {
  lang: Lang;
  rows: readonly JudgementRow[];
  today: string;
  stands: Standing;
  names: ReadonlyMap<string, string>;
}) => {
  const codes = judgementCodes();
  return (
    <Table
      lang={lang}
      caption={words.judgements}
      stack
      columns={[
        { key: 'code', head: words.point[lang], rowHead: true },
        { key: 'state', head: words.state[lang], nowrap: true },
        { key: 'judged', head: words.judged[lang], nowrap: true },
        { key: 'about', head: words.scope[lang] },
        { key: 'why', head: words.why[lang] },
        { key: 'on', head: words.on[lang], nowrap: true },
        { key: 'until', head: words.untilHead[lang], nowrap: true },
        { key: 'by', head: words.officer[lang] },
      ]}
      rows={rows.map((row) => ({
        cells: {
          code: codes.get(row.code)?.[lang] ?? row.code,
          state: (
            <Chip kind={today <= row.until_day ? 'good' : 'done'}>
              {(today <= row.until_day ? words.valid : words.expired)[lang]}
            </Chip>
          ),
          judged: (row.answer ? words.yes : words.no)[lang],
          about: [
            row.holding_id
              ? (stands.holdings.get(row.holding_id)?.name[lang] ?? row.holding_id)
              : words.anyHolding[lang],
            row.purpose ?? words.anyPurpose[lang],
          ].join(lang === 'ja' ? '、' : ', '),
          why: <span translate="no">{row.why}</span>,
          on: slashDay(row.on_day),
          until: slashDay(row.until_day),
          by: actorName(row.by_actor, names, lang),
        },
      }))}
    />
  );
};

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const rows = await judgementsOf(room.office);
  const record = c.get('may')('judgements:write') && (
    <LinkButton href={`${JUDGEMENTS}/new`}>{words.newJudgement[lang]}</LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={words.judgements[lang]}
      path={JUDGEMENTS}
      sub={words.judgementsSub[lang]}
      crumbs={crumbs(lang)}
      actions={rows.length > 0 && record}
    >
      {rows.length === 0 ? (
        <Empty title={words.noJudgements[lang]} actions={record}>
          {words.noJudgementsSays[lang]}
        </Empty>
      ) : (
        <List
          lang={lang}
          rows={rows}
          today={room.office.clock.today()}
          stands={await standing(room.office)}
          names={await staffNames(room.access)}
        />
      )}
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
    ['why', given.why === '' || given.why.length > MOST_WHY],
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
  const field = (name: keyof Given) => {
    const error = problemAt(problems, name, lang);
    const value = given[name];
    return { lang, name, label: labels[name], ...(value ? { value } : {}), ...(error === undefined ? {} : { error }) };
  };
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
  await judge(room.office, c.get('actor'), c.get('authority'), read.content);
  return c.redirect(JUDGEMENTS, 303);
}

export const judgementPages = (room: Room): Route[] => [
  page('get', JUDGEMENTS, 'records:read', (c) => showList(room, c)),
  page('get', `${JUDGEMENTS}/new`, 'judgements:write', (c) => formPage(room, c, asked(c), [])),
  page('post', `${JUDGEMENTS}/new`, 'judgements:write', (c) => submit(room, c), {
    texts: formTexts(labels, { prose: /^why$/ }),
  }),
];
