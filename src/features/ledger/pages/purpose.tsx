// A change of purpose: the page on which the officer judges it, and the page that asks for confirmation before it is taken back. A refusal by the law
// is shown beside the form, which keeps everything that was typed.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { madeUnder, standing as atCheckpoint } from '../../checkpoint/index.ts';
import { changeablePurposes, changePurpose, endPurposeChange, type Line, type Standing } from '../actions.ts';
import type { StandingChange } from '../facts.ts';
import { changeWords } from '../words.ts';
import { ChangeFacts, crumbs, isChangeable, lineAt, Rewording } from './holding.tsx';
import { PATH, placeOf } from './table.tsx';

export const words = {
  title: both('利用目的の変更', 'Change of purpose'),
  lead: both(
    '集めたときに伝えた目的と関連する目的になら、すでに集めた情報も使えます。関連しているかは、個人情報保護管理者が判断します。変えた目的は、本人に通知するか公表します。',
    'What was collected may also serve a purpose that is related to what people were told. Whether it is related is for the privacy officer to judge. The persons are notified of the changed purpose, or it is published.',
  ),
  from: both('集めたときに伝えた目的', 'Purpose that people were told at collection'),
  to: both('これにも使う目的', 'Purpose it will also be used for'),
  toHint: both('この台帳の目的から選びます', 'One of the purposes of this holding'),
  choose: both('選んでください', 'Choose'),
  related: both('2つの目的は関連していますか', 'Are the two purposes related?'),
  relatedHint: both(
    '初めの目的を聞いた人が、ふつうに思い描ける使い方なら、関連しています。「そのような使い方は聞いていない」と受け取られるなら、関連していません。社内の都合は理由になりません。',
    'They are related if somebody who was told the first could ordinarily expect the second. If people would say that they were never told of such a use, they are not. The company’s convenience is not a reason.',
  ),
  yes: both('関連している', 'They are related'),
  no: both('関連していない', 'They are not'),
  reason: both('そう判断する理由', 'Reason for this judgement'),
  reasonHint: both('後から見た人が確かめられるように書きます', 'Write it so that somebody can verify it later'),
  announcedOn: both('通知か公表をした日', 'Day of the notice or the publication'),
  announcedWhere: both('本人が知ることのできる場所', 'Where the persons can learn of it'),
  whereHint: both(
    '例：ウェブサイトのお知らせ、契約者全員への電子メール',
    'For example the news on our web site, an e-mail to every subscriber',
  ),
  record: both('変更を記録する', 'Record the change'),
  cancel: both('やめる', 'Cancel'),
  refused: both('使えません', 'it may not be used for this'),
  refusedSays: both('何も変えていません。理由は次のとおりです。', 'Nothing was changed. These are the reasons.'),
  hold: both('まだ決められません', 'it cannot be told yet'),
  holdSays: both(
    '何も変えていません。関連しているかどうかを選んでください。',
    'Nothing was changed. Say whether they are related.',
  ),
  consent: both('同意の文面を作る', 'Write a text to ask for consent'),
  end: both('利用目的の変更の取消し', 'Take a change of purpose back'),
  endTitle: both('判断を誤って記録した変更を取り消します', 'This takes back a change that was recorded by mistake'),
  endSays: both(
    'これから先は、集めたときの目的だけに使えます。これまでに使ったことや渡したことの記録は、そのまま残ります。',
    'From now on, the information can be used only for the purpose it was collected for. Records of its use and provision until now remain.',
  ),
  change: both('取り消す変更', 'What is taken back'),
  back: both('台帳に戻る', 'Back to the holding'),
} satisfies Record<string, Bilingual>;

const labels: Record<string, Bilingual> = {
  from: words.from,
  to: words.to,
  related: words.related,
  reason: words.reason,
  announcedOn: words.announcedOn,
  announcedWhere: words.announcedWhere,
};

type Draft = Record<'from' | 'to' | 'related' | 'reason' | 'announcedOn' | 'announcedWhere', string>;

const emptyDraft: Draft = { from: '', to: '', related: '', reason: '', announcedOn: '', announcedWhere: '' };

/** The initial form: empty, or with the purposes of a change to judge anew. */
function draftFrom(c: Context<Env>, { line }: Pick<View, 'line'>): Draft {
  const change = line.holding.changes.find(({ id }) => id === c.req.query('change'));
  return change ? { ...emptyDraft, from: change.from, to: change.to } : emptyDraft;
}

const draftIn = (form: Form): Draft => ({
  from: form.text('from'),
  to: form.text('to'),
  related: form.text('related'),
  reason: form.text('reason'),
  announcedOn: form.text('announcedOn'),
  announcedWhere: form.text('announcedWhere'),
});

interface View {
  c: Context<Env>;
  line: Line;
  standing: Standing;
  draft: Draft;
  /** Version of the policy in force. */
  policy: number;
  problem?: Problem;
}

/** Problems at their fields; for an unreadable date the problem says why. */
function problemsOf(problem: Problem | undefined, { announcedOn }: Draft): FieldProblem[] {
  if (problem?.kind === 'conflict') return [{ field: problem.field, says: problem.says }];
  if (problem?.kind !== 'invalid') return [];
  const unread = announcedOn.trim() !== '' && readJapaneseDate(announcedOn) === null;
  return problem.fields.map((one) =>
    one.field === 'announcedOn' && unread ? { ...one, says: dayProblem(announcedOn) } : one,
  );
}

const Fields = ({ lang, view, problems }: { lang: Lang; view: View; problems: readonly FieldProblem[] }) => {
  const { draft, standing, line } = view;
  const field = (name: keyof Draft) => ({
    ...fieldFor(lang, labels, problems)(name),
    need: 'required' as const,
    value: draft[name],
  });
  const options = changeablePurposes(standing).map(({ id, label }) => ({ value: id, label: `${id} ${label[lang]}` }));
  return (
    <>
      <SelectField {...field('from')} blank={words.choose} options={options} />
      <SelectField
        {...field('to')}
        blank={words.choose}
        hint={words.toHint[lang]}
        options={options.filter(({ value }) => line.holding.purposes.includes(value))}
      />
      <Radios
        {...field('related')}
        hint={words.relatedHint[lang]}
        options={[
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]}
      />
      <TextArea {...field('reason')} hint={words.reasonHint[lang]} rows={3} />
      <DateField {...field('announcedOn')} understood={readJapaneseDate(draft.announcedOn)} />
      <TextField {...field('announcedWhere')} hint={words.whereHint[lang]} />
    </>
  );
};

const Refusal = ({ lang, finding, view }: { lang: Lang; finding: Finding; view: View }) => {
  const { draft, standing, policy } = view;
  const hold = finding.answer === 'unknown';
  const called = (id: string): string => {
    const purpose = standing.policy?.purposes.find((one) => one.id === id);
    return purpose ? `${id} ${purpose.label[lang]}` : id;
  };
  return (
    <FindingView
      lang={lang}
      finding={finding}
      question={
        lang === 'ja'
          ? `「${called(draft.from)}」のために集めた情報を、「${called(draft.to)}」にも使う`
          : `Using what was collected for “${called(draft.from)}” for “${called(draft.to)}” too`
      }
      title={hold ? words.hold : words.refused}
      says={hold ? words.holdSays : words.refusedSays}
      actions={
        !hold && (
          <LinkButton kind="second" href="/consents/texts/new">
            {words.consent[lang]}
          </LinkButton>
        )
      }
      madeUnder={madeUnder(policy)}
      groundHref={({ law, article }) => (law === 'policy' ? `/living-policy#c${article}` : undefined)}
    />
  );
};

/** Where the policy's words differ from those judged: both, so that the officer can judge anew. */
const Anew = ({ view: { c, line, standing, draft } }: { view: View }) => {
  const { lang } = c.get('frame');
  const change = line.holding.changes.find(
    ({ from, to, outdated }) => outdated && from === draft.from && to === draft.to,
  );
  return change ? (
    <div class="mb-5">
      <Panel title={changeWords.wording[lang]}>
        <Rewording change={change} standing={standing} lang={lang} />
      </Panel>
    </div>
  ) : null;
};

const ChangePage = (view: View) => {
  const { c, line, draft, problem } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const at = `${PATH}/${line.holding.id}`;
  const problems = problemsOf(problem, draft);
  const refused = problem?.kind === 'refused' ? problem.finding : null;
  return (
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={`${line.holding.code}　${line.holding.name[lang]}`}
      crumbs={crumbs(line, lang, words.title)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class={refused ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] items-start' : 'max-w-3xl'}>
        {refused && (
          <div class="lg:order-2">
            <Refusal lang={lang} finding={refused} view={view} />
          </div>
        )}
        <PostForm action={`${at}/purpose`} csrf={frame.csrf}>
          <p class="mb-5">{words.lead[lang]}</p>
          <Anew view={view} />
          <Fields lang={lang} view={view} problems={problems} />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={at}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

async function viewAt(room: Room, c: Context<Env>): Promise<Omit<View, 'draft'> | null> {
  const found = await lineAt(room, c);
  if (!found || !isChangeable(found.line, found.standing)) return null;
  return { c, ...found, policy: (await atCheckpoint(room.office)).policy };
}

async function change(room: Room, c: Context<Env>): Promise<Response> {
  const view = await viewAt(room, c);
  if (!view) return c.notFound();
  const draft = draftIn(c.get('form'));
  const { id } = view.line.holding;
  const outcome = await changePurpose(room, byOf(c), {
    id,
    ...draft,
    related: draft.related === '' ? undefined : draft.related === 'yes',
    announcedOn: readJapaneseDate(draft.announcedOn) ?? '',
  });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved#changes`, 303);
  const { problem } = outcome;
  return c.html(<ChangePage {...view} draft={draft} problem={problem} />, problemStatus(problem));
}

const EndPage = (props: {
  c: Context<Env>;
  line: Line;
  standing: Standing;
  /** Undefined where it no longer stands. */
  change: StandingChange | undefined;
  problem?: Problem;
}) => {
  const { c, line, standing, change: one, problem } = props;
  const frame = c.get('frame');
  const { lang } = frame;
  const at = `${PATH}/${line.holding.id}`;
  return (
    <OfficePage
      {...frame}
      title={words.end[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={`${line.holding.code}　${line.holding.name[lang]}`}
      crumbs={crumbs(line, lang, changeWords.end)}
    >
      <div class="max-w-3xl grid gap-5">
        {problem?.kind === 'conflict' && (
          <Banner kind="bad" role="alert" title={problem.says[lang]} action={{ href: at, label: words.back[lang] }} />
        )}
        {one && (
          <>
            <Banner kind="warn" icon="warn" title={words.endTitle[lang]}>
              {words.endSays[lang]}
            </Banner>
            <Panel title={words.change[lang]}>
              <ChangeFacts change={one} standing={standing} lang={lang} />
            </Panel>
            <PostForm action={`${at}/purpose/${one.id}/end`} csrf={frame.csrf}>
              <Buttons>
                <Button kind="stop">{changeWords.end[lang]}</Button>
                <LinkButton kind="text" href={at}>
                  {words.cancel[lang]}
                </LinkButton>
              </Buttons>
            </PostForm>
          </>
        )}
      </div>
    </OfficePage>
  );
};

async function end(room: Room, c: Context<Env>): Promise<Response> {
  const found = await lineAt(room, c);
  if (!found) return c.notFound();
  const { id } = found.line.holding;
  const outcome = await endPurposeChange(room, byOf(c), { id, change: c.req.param('change') ?? '' });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved#changes`, 303);
  const { problem } = outcome;
  return c.html(<EndPage c={c} {...found} change={undefined} problem={problem} />, problemStatus(problem));
}

export const purposePages = (room: Room): Route[] => [
  page('get', `${PATH}/:id/purpose`, 'ledger:write', async (c) => {
    const view = await viewAt(room, c);
    return view ? c.html(<ChangePage {...view} draft={draftFrom(c, view)} />) : c.notFound();
  }),
  page('post', `${PATH}/:id/purpose`, 'ledger:write', (c) => change(room, c), {
    texts: formTexts(labels, { prose: /^reason$/ }),
  }),
  page('get', `${PATH}/:id/purpose/:change/end`, 'ledger:write', async (c) => {
    const found = await lineAt(room, c);
    const one = found?.line.holding.changes.find(({ id }) => id === c.req.param('change'));
    return found && one ? c.html(<EndPage c={c} {...found} change={one} />) : c.notFound();
  }),
  page('post', `${PATH}/:id/purpose/:change/end`, 'ledger:write', (c) => end(room, c)),
];
