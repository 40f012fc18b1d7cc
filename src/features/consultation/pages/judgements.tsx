// The officer's judgements: what the law leaves open, answered by the officer for a limited time. Those who may read the records see them; only the
// officer records one.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { formTexts, page, placeOf, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  Hidden,
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
import { consultationOf, judgeAndTell, judgementCodes, judgementsOf, type JudgementContent } from '../actions.ts';
import { judgedState, type JudgedState, judgedStates, ofOneConsultation, passesOneCase } from '../facts.ts';
import { questionOf } from '../questions/index.ts';
import type { ConsultationRow, JudgementRow } from '../tables.ts';
import { judgedFirst, judgedStateWords, problems as says, words } from '../words.ts';
import { askCrumbs, JUDGEMENTS, namesOf, type Names } from './ask.tsx';
import { consultationHref } from './consultations.tsx';

const MOST_WHY = 2_000;

const crumbs = (lang: Lang, ...rest: { label: string }[]) =>
  askCrumbs(
    lang,
    ...(rest.length > 0
      ? [{ label: words.judgements[lang], href: JUDGEMENTS }, ...rest]
      : [{ label: words.judgements[lang] }]),
  );

const stateLook: Record<JudgedState, ChipKind> = { valid: 'good', replaced: 'done', expired: 'done', coming: 'wait' };

/** A judgement with what it is today. */
interface Line extends JudgementRow {
  state: JudgedState;
}

/** What a judgement applies to: one consultation, or a holding and a purpose. */
function aboutText({ consultation_id: one, holding_id: holding, purpose }: JudgementRow, stands: Standing, lang: Lang) {
  if (one) return words.oneConsultation[lang];
  const ofHolding = holding ? (stands.holdings.get(holding)?.name[lang] ?? holding) : words.anyHolding[lang];
  return [ofHolding, purpose ?? words.anyPurpose[lang]].join(lang === 'ja' ? '、' : ', ');
}

const columnsOf = ({ stands, staff }: Names): readonly ListColumn<Line>[] => [
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
    value: ({ state }, lang) => judgedStateWords[state][lang],
    cell: ({ state }, lang) => <Chip kind={stateLook[state]}>{judgedStateWords[state][lang]}</Chip>,
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
    value: (row, lang) => aboutText(row, stands, lang),
    cell: (row, lang) => {
      const text = aboutText(row, stands, lang);
      return row.consultation_id ? <a href={consultationHref(row.consultation_id)}>{text}</a> : text;
    },
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

async function viewOf(room: Room, c: Context<Env>): Promise<ListView<Line>> {
  const today = room.office.clock.today();
  const recorded = await judgementsOf(room.office);
  const list: List<Line> = {
    path: JUDGEMENTS,
    title: words.judgements,
    columns: columnsOf(await namesOf(room)),
    filters: [
      {
        name: 'state',
        label: words.state,
        options: judgedStates.map((value) => ({ value, label: judgedStateWords[value] })),
        keeps: (row, state) => row.state === state,
      },
    ],
    rows: recorded.map((row) => ({ ...row, state: judgedState(row, recorded, today) })),
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

type Given = Record<'code' | 'consultation' | 'holding' | 'purpose' | 'judged' | 'why' | 'until', string>;

const givenIn = (form: Form): Given => ({
  code: form.text('code'),
  consultation: form.text('consultation'),
  holding: form.text('holding'),
  purpose: form.text('purpose'),
  judged: form.text('judged'),
  why: form.text('why').trim(),
  until: form.text('until'),
});

/** The consultation that a form is about; null when it names none, or none that was kept. */
async function consultationIn(
  room: Room,
  c: Context<Env>,
  { consultation: id }: Given,
): Promise<ConsultationRow | null> {
  const found = id === '' ? null : await consultationOf(room.office, c.get('actor'), true, id);
  return found?.ok ? found.value : null;
}

/**
 * The codes that may be judged. For a consultation: those that its question leaves to the officer. Without one: every code but those that are judged
 * only for a consultation.
 */
const codesOf = (of: ConsultationRow | null): ReadonlyMap<string, Bilingual> =>
  of
    ? new Map(Object.entries(questionOf(of.question)?.judgements ?? {}))
    : new Map([...judgementCodes()].filter(([code]) => !ofOneConsultation.has(code)));

/** True when a judgement would let one case pass without naming that case. */
const isTooWide = ({ code, consultation, holding, judged }: Given): boolean =>
  consultation === '' && holding === '' && passesOneCase[code] === (judged === 'yes') && judged !== '';

/** Reads the form of a judgement. Every problem names its field. */
function readJudgement(
  given: Given,
  of: ConsultationRow | null,
  stands: Standing,
  today: string,
): { content: JudgementContent } | { problems: FieldProblem[] } {
  const until = readJapaneseDate(given.until);
  const wrong: [keyof Given, boolean][] = [
    ['consultation', given.consultation !== '' && !of],
    ['code', !codesOf(of).has(given.code)],
    ['holding', given.holding !== '' && !stands.holdings.has(given.holding)],
    ['purpose', given.purpose !== '' && !stands.purposes.has(given.purpose)],
    ['judged', given.judged !== 'yes' && given.judged !== 'no'],
    ['why', given.why === '' || isLonger(given.why, MOST_WHY)],
    ['until', until === null || until <= today],
  ];
  const problems: FieldProblem[] = wrong.filter(([, bad]) => bad).map(([field]) => ({ field, says: says[field] }));
  if (isTooWide(given)) problems.push({ field: 'holding', says: says.scope });
  if (problems.length > 0) return { problems };
  return {
    content: {
      code: given.code,
      consultation_id: of?.id ?? null,
      holding_id: of ? null : given.holding || null,
      purpose: of ? null : given.purpose || null,
      answer: given.judged === 'yes',
      why: given.why,
      until_day: until!,
    },
  };
}

const labels: Record<keyof Given, Bilingual> = {
  code: words.code,
  consultation: words.consultation,
  holding: words.about,
  purpose: words.purpose,
  judged: words.judged,
  why: words.why,
  until: words.until,
};

const Fields = ({
  lang,
  given,
  of,
  stands,
  problems,
}: {
  lang: Lang;
  given: Given;
  of: ConsultationRow | null;
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
      {of && (
        <p class="mb-4">
          <Hidden values={{ consultation: of.id }} />
          <a href={consultationHref(of.id)}>
            {words.consultation[lang]}
            {lang === 'ja' ? '：' : ': '}
            {questionOf(of.question)?.title[lang] ?? of.question}
          </a>
        </p>
      )}
      <SelectField {...field('code')} need="required" blank={words.choose} options={options(codesOf(of))} />
      {!of && (
        <>
          <SelectField
            {...field('holding')}
            need="optional"
            hint={words.aboutHint[lang]}
            blank={words.anyHolding}
            options={options(holdings)}
          />
          <SelectField {...field('purpose')} need="optional" blank={words.anyPurpose} options={options(purposes)} />
        </>
      )}
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

interface Sent {
  given: Given;
  problems?: readonly FieldProblem[];
  /** Id of the newest judgement that the officer could see; left out for the newest of all. */
  seen?: string;
  /** The judgement of the same matter that was recorded first. */
  first?: JudgementRow;
}

async function formPage(room: Room, c: Context<Env>, { given, problems = [], seen, first }: Sent): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const of = await consultationIn(room, c, given);
  const newest = seen ?? (await judgementsOf(room.office))[0]?.id ?? '';
  return c.html(
    <OfficePage
      {...frame}
      title={words.newJudgement[lang]}
      path={`${JUDGEMENTS}/new`}
      crumbs={crumbs(lang, { label: words.newJudgement[lang] })}
      failed={problems.length > 0 || first !== undefined}
    >
      <div class="max-w-[48rem]">
        <PostForm action={`${JUDGEMENTS}/new`} csrf={frame.csrf}>
          <ErrorSummary lang={lang} problems={problems} labels={labels} />
          {first && (
            <div class="mb-5">
              <Banner
                kind="warn"
                title={words.judgedFirst[lang]}
                action={{ href: of ? consultationHref(of.id) : JUDGEMENTS, label: words.judgements[lang] }}
              >
                {judgedFirst(first.answer)[lang]}
              </Banner>
            </div>
          )}
          <Hidden values={{ seen: newest }} />
          <Panel title={words.judged[lang]}>
            <Fields lang={lang} given={given} of={of} stands={await standing(room.office)} problems={problems} />
            <Buttons>
              <Button>{words.record[lang]}</Button>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    first ? 409 : problems.length > 0 ? 422 : 200,
  );
}

const asked = (c: Context<Env>): Given => ({
  code: c.req.query('code') ?? '',
  consultation: c.req.query('consultation') ?? '',
  holding: c.req.query('holding') ?? '',
  purpose: '',
  judged: '',
  why: '',
  until: '',
});

async function submit(room: Room, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const [given, seen] = [givenIn(form), form.text('seen')];
  const of = await consultationIn(room, c, given);
  const read = readJudgement(given, of, await standing(room.office), room.office.clock.today());
  if ('problems' in read) return formPage(room, c, { given, problems: read.problems, seen });
  const first = await judgeAndTell(room, byOf(c), read.content, seen);
  if (first) return formPage(room, c, { given, first });
  return c.redirect(of ? consultationHref(of.id) : JUDGEMENTS, 303);
}

export const judgementPages = (room: Room): Route[] => [
  page('get', JUDGEMENTS, 'records:read', (c) => showList(room, c)),
  exportPage(room.office, { path: JUDGEMENTS, may: 'records:read' }, async (c) => fileOf(await viewOf(room, c))),
  page('get', `${JUDGEMENTS}/new`, 'judgements:write', (c) => formPage(room, c, { given: asked(c) })),
  page('post', `${JUDGEMENTS}/new`, 'judgements:write', (c) => submit(room, c), {
    texts: formTexts(labels, { prose: /^why$/ }),
  }),
];
