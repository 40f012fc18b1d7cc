// Changing a joint use (27(6)), and ending it. The first page asks what changes. The law requires some changes to be told before they take effect and
// others after; a change of items or users leads to a new joint use.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { fieldOutcome, fieldsOf, invalid, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { decideJointUseChange } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  problemAt,
  Radios,
  TextField,
} from '../../../platform/ui/form.tsx';
import { listed, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { numberToday } from '../../policy/index.ts';
import { changeJointUse, endJointUse, jointUse, known } from '../actions.ts';
import { actualOn, standingOn } from '../facts/standing.ts';
import {
  anew,
  type AnyChange,
  anyChanges,
  isToldBefore,
  type JointUse,
  type Known,
  type Notice,
  toldAfter,
  toldBefore,
} from '../facts/joint-use.ts';
import { type ChangeInput, rewordedIn } from '../facts/read.ts';
import { changeWords, noDay, noticeWords, responsibleWords } from '../words.ts';
import { PurposeChecks, responsibleIn, ResponsibleFields, responsibleLabels, WordsField } from './form.tsx';
import { purposeHref, Purposes, responsibleText, Written } from './joint-use.tsx';
import { crumbs, PATH, placeOf } from './list.tsx';
import { Refusal } from './refusal.tsx';

const words = {
  change: both('共同利用の変更', 'Change the joint use'),
  before: both('先に公表する変更', 'Told before it takes effect'),
  beforeSays: both(
    '変わる日より前に公表します。その日になると自動で切り替わります。',
    'Publish it before the day it changes. It changes automatically on that day.',
  ),
  after: both('変わった後に公表する変更', 'Told after it takes effect'),
  afterSays: both('変わった後、遅滞なく公表します。', 'Published without delay after the change.'),
  newUse: both('新しい共同利用になる変更', 'A new joint use'),
  newUseSays: both(
    '項目や利用する者の範囲は、変更を公表するだけでは変えられません。',
    'Items and the scope of users cannot be changed by a notice.',
  ),
  now: both('いまの内容', 'As it is now'),
  effective: both('変わる日', 'Takes effect on'),
  told: both('公表する日', 'Day of publication'),
  toldBeforeHint: both(
    '今日から、変わる日の前日までの日。例：2026/12/10',
    'From today to the day before it takes effect, such as 2026/12/10',
  ),
  toldAfterHint: both(
    '変わる日か、その後の日。空欄なら、後で公表します',
    'The day of the change or a later one. Left empty, it is published later',
  ),
  notice: both(
    'この公表だけでは、すでに集めた情報を新しい目的に使えません。本人に伝えた目的と関連しているかを、共有する台帳ごとに「利用目的の変更」で判断します（法17条2項、18条1項）：',
    'This notice alone does not let you use information already collected for a new purpose. For each shared holding, judge under “Change of purpose” whether that purpose is related to those the persons were told (APPI Art. 17(2), 18(1)): ',
  ),
  reworded: both(
    '次の目的は、方針の文と公表した文が違います。選ぶと、方針の文で公表します：',
    'For the following purposes, the wording of the policy differs from what was published. If you choose one, it is published in the wording of the policy: ',
  ),
  related: both(
    '新しい目的は、いまの目的と関連していますか（個人情報保護管理者の判断）',
    'Are the new purposes related to the present ones (judgement of the privacy officer)?',
  ),
  yes: both('関連している', 'They are'),
  no: both('関連していない', 'They are not'),
  why: both('理由', 'Reason'),
  record: both('変更を記録する', 'Record the change'),
  draftNew: both('新しい共同利用の案を作る', 'Draw up a new joint use'),
  cancel: both('やめる', 'Cancel'),
  end: both('共同利用を終える', 'End the joint use'),
  endOn: both('終わる日', 'Day it ends'),
  endHint: both('この日から、この共同利用では渡せません', 'From this day on nothing may be shared under it'),
  endWhy: both('終える理由', 'Why it ends'),
  endSays: both(
    '終えた共同利用は元に戻せません。公表ページには、これまでの公表として残ります。すでに渡した情報の扱いは、相手との取り決めに従います。',
    'A joint use that has ended cannot be restored. The public page keeps it among the past notices. Information already handed over is handled as agreed with the other users.',
  ),
} satisfies Record<string, Bilingual>;

const crumbsOf = (use: JointUse, lang: Lang, last: Bilingual) =>
  crumbs(lang, { label: use.name[lang], href: `${PATH}/${use.id}` }, { label: last[lang] });

const groups = [
  { title: words.before, says: words.beforeSays, changes: toldBefore },
  { title: words.after, says: words.afterSays, changes: toldAfter },
  { title: words.newUse, says: words.newUseSays, changes: ['items', 'users'] },
] as const;

const ChoicePage = ({ c, use, today }: { c: Context<Env>; use: JointUse; today: Parameters<typeof actualOn>[1] }) => {
  const frame = c.get('frame');
  const { lang } = frame;
  const corporation = actualOn(use, today)?.responsible.kind === 'corporation';
  return (
    <OfficePage {...frame} title={words.change[lang]} path={placeOf(c)} crumbs={crumbsOf(use, lang, words.change)}>
      <div class="grid gap-5 max-w-3xl">
        {groups.map(({ title, says, changes }) => (
          <Panel title={title[lang]} sub={says[lang]}>
            <ul class="grid gap-3">
              {changes
                .filter((change) => corporation || change !== 'responsible-representative')
                .map((change) => (
                  <li>
                    <a href={`${PATH}/${use.id}/change?change=${change}`}>{changeWords[change][lang]}</a>
                  </li>
                ))}
            </ul>
          </Panel>
        ))}
      </div>
    </OfficePage>
  );
};

/** What was typed; days as text, so that they can be shown again. */
interface Draft {
  effective: string;
  told: string;
  related: string;
  why: string;
  purposes: string[];
  responsible: ReturnType<typeof responsibleIn>;
}

const draftIn = (form: Form): Draft => ({
  effective: form.text('effective_on'),
  told: form.text('notice_on'),
  related: form.text('related'),
  why: form.text('why'),
  purposes: form.all('purposes'),
  responsible: responsibleIn(form),
});

/** The initial form, with the terms now in effect. */
const draftOf = ({ purposes }: Notice): Draft => {
  const nothing = both('', '');
  return {
    effective: '',
    told: '',
    related: '',
    why: '',
    purposes: purposes.map(({ id }) => id),
    responsible: { kind: '', name: nothing, address: nothing, representative: nothing },
  };
};

function readDraft(change: AnyChange, draft: Draft): { input: ChangeInput; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const dayIn = (field: string, text: string) => {
    const read = text.trim() === '' ? undefined : readJapaneseDate(text);
    if (read === null) problems.push({ field, says: noDay });
    return read ?? undefined;
  };
  const told = dayIn('notice_on', draft.told);
  const input = {
    change,
    effectiveOn: dayIn('effective_on', draft.effective),
    noticeOn: isToldBefore(change) ? told : (told ?? null),
    ...(change === 'purposes'
      ? {
          purposes: draft.purposes,
          why: draft.why,
          related: draft.related === '' ? undefined : draft.related === 'yes',
        }
      : { responsible: draft.responsible }),
  };
  return { input, problems };
}

interface View {
  use: JointUse;
  change: Exclude<AnyChange, 'items' | 'users'>;
  now: Known;
  /** The terms in effect today. */
  actual: Notice;
  draft: Draft;
  policy: number;
  problem?: Problem | undefined;
}

const Changed = (props: View & { lang: Lang; problems: readonly FieldProblem[] }) => {
  const { lang, change, use, now, actual, draft, problems } = props;
  const field = fieldFor(lang, words, problems);
  const part = { lang, problems };
  switch (change) {
    case 'purposes': {
      const reworded = rewordedIn(actual, now);
      return (
        <>
          {reworded.length > 0 && (
            <p class="mb-4">
              {words.reworded[lang]}
              {listed(reworded, lang)}
            </p>
          )}
          <PurposeChecks {...part} now={now} values={draft.purposes} />
          {use.information === 'personal' && (
            <Radios
              {...field('related')}
              need="required"
              value={draft.related}
              options={[
                { value: 'yes', label: words.yes },
                { value: 'no', label: words.no },
              ]}
            />
          )}
          <TextField {...field('why')} need="required" value={draft.why} />
        </>
      );
    }
    case 'responsible-person':
      return <ResponsibleFields {...part} value={draft.responsible} />;
    default: {
      const name = change.slice('responsible-'.length) as 'name' | 'address' | 'representative';
      return (
        <WordsField
          {...part}
          name={`responsible.${name}`}
          label={responsibleWords[name]}
          value={draft.responsible[name]}
        />
      );
    }
  }
};

const Days = ({ lang, change, draft, problems }: View & { lang: Lang; problems: readonly FieldProblem[] }) => {
  const before = isToldBefore(change);
  return (
    <>
      <DateField
        lang={lang}
        name="effective_on"
        label={words.effective}
        need="required"
        value={draft.effective}
        understood={readJapaneseDate(draft.effective)}
        error={problemAt(problems, 'effective_on', lang)}
      />
      <DateField
        lang={lang}
        name="notice_on"
        label={words.told}
        need={before ? 'required' : 'optional'}
        hint={(before ? words.toldBeforeHint : words.toldAfterHint)[lang]}
        value={draft.told}
        understood={readJapaneseDate(draft.told)}
        error={problemAt(problems, 'notice_on', lang)}
      />
    </>
  );
};

const labels: Record<string, Bilingual> = {
  ...responsibleLabels,
  purposes: noticeWords.purposes,
  related: words.related,
  why: words.why,
  effective_on: words.effective,
  notice_on: words.told,
};

/** The present text of the part that is to change. */
const NowText = ({ change, actual, lang }: Pick<View, 'change' | 'actual'> & { lang: Lang }) => {
  const { purposes, responsible } = actual;
  if (change === 'purposes') return <Purposes purposes={purposes} lang={lang} />;
  if (change === 'responsible-person') return <span translate="no">{responsibleText(responsible, lang)}</span>;
  const text = responsible[change.slice('responsible-'.length) as 'name'];
  return text ? <Written text={text} lang={lang} /> : null;
};

/** Links from new purposes of the users to the change of purpose of collected information, which is a separate act. */
const OtherAct = ({ c, actual, now }: { c: Context<Env> } & Pick<View, 'actual' | 'now'>) => {
  const { lang } = c.get('frame');
  return (
    <p class="mb-5">
      {words.notice[lang]}
      {[...new Set(actual.items.map(({ holding }) => holding))].map((holding, i) => (
        <>
          {i > 0 && (lang === 'ja' ? '、' : ', ')}
          <a href={purposeHref(c, holding)}>{now.holdings.get(holding)?.name[lang] ?? holding}</a>
        </>
      ))}
    </p>
  );
};

const ChangePage = ({ c, ...view }: View & { c: Context<Env> }) => {
  const { use, change, problem, policy, actual } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const problems = fieldsOf(problem);
  const refused = problem?.kind === 'refused' ? problem.finding : null;
  return (
    <OfficePage
      {...frame}
      title={words.change[lang]}
      path={`${PATH}/${use.id}/change?change=${change}`}
      failed={problem !== undefined}
      sub={changeWords[change][lang]}
      crumbs={crumbsOf(use, lang, words.change)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class={refused ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] items-start' : 'max-w-3xl'}>
        <PostForm
          action={`${PATH}/${use.id}/change`}
          csrf={frame.csrf}
          values={{ version: String(use.version), change }}
        >
          <p class="mb-4">{(isToldBefore(change) ? words.beforeSays : words.afterSays)[lang]}</p>
          {change === 'purposes' && use.information === 'personal' && <OtherAct c={c} {...view} />}
          <div class="mb-5">
            <Dl items={[[words.now[lang], <NowText change={change} actual={actual} lang={lang} />]]} />
          </div>
          <Changed {...view} lang={lang} problems={problems} />
          <Days {...view} lang={lang} problems={problems} />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={`${PATH}/${use.id}`}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
        {refused && <Refusal lang={lang} finding={refused} policy={policy} use={use} />}
      </div>
    </OfficePage>
  );
};

/** The law's no to a change of items or users, with the way to a new joint use. */
async function newUsePage(
  office: Office,
  c: Context<Env>,
  use: JointUse,
  change: 'items' | 'users',
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const { information } = use;
  const finding = decideJointUseChange({ information, change, ...anew(change) }, office.clock.today());
  return c.html(
    <OfficePage
      {...frame}
      title={words.change[lang]}
      path={placeOf(c)}
      sub={changeWords[change][lang]}
      crumbs={crumbsOf(use, lang, words.change)}
    >
      <div class="max-w-[640px]">
        <Refusal
          lang={lang}
          finding={finding}
          policy={await numberToday(office)}
          use={use}
          actions={<LinkButton href={`${PATH}/new?from=${use.id}`}>{words.draftNew[lang]}</LinkButton>}
        />
      </div>
    </OfficePage>,
  );
}

/** Returns the joint use that an address names; null when there is none, or it can no longer be changed. */
async function useAt(office: Office, c: Context<Env>): Promise<JointUse | null> {
  const found = await jointUse(office, c.req.param('id') ?? '');
  return found.ok && found.value.endedOn === null ? found.value : null;
}

async function viewOf(office: Office, use: JointUse, change: View['change']): Promise<Omit<View, 'draft'>> {
  const actual = actualOn(use, office.clock.today())!;
  return { use, change, actual, now: await known(office), policy: await numberToday(office) };
}

const changeNamed = (text: string | undefined): AnyChange | undefined => anyChanges.find((one) => one === text);

async function showChange(office: Office, c: Context<Env>): Promise<Response> {
  const use = await useAt(office, c);
  const today = office.clock.today();
  if (!use || standingOn(use, today) !== 'in-force') return c.notFound();
  const change = changeNamed(c.req.query('change'));
  if (!change) return c.html(<ChoicePage c={c} use={use} today={today} />);
  if (change === 'items' || change === 'users') return newUsePage(office, c, use, change);
  const view = await viewOf(office, use, change);
  return c.html(<ChangePage c={c} {...view} draft={draftOf(view.actual)} />);
}

async function change(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const use = await useAt(office, c);
  const what = changeNamed(form.text('change'));
  if (!use || standingOn(use, office.clock.today()) !== 'in-force' || !what) return c.notFound();
  const draft = draftIn(form);
  const { input, problems } = readDraft(what, draft);
  const version = Number(form.text('version'));
  const outcome = fieldOutcome(problems) ?? (await changeJointUse(office, byOf(c), { id: use.id, version }, input));
  if (outcome.ok) return c.redirect(`${PATH}/${use.id}?saved`, 303);
  if (what === 'items' || what === 'users') return c.redirect(`${PATH}/${use.id}/change?change=${what}`, 303);
  const { problem } = outcome;
  // Only a clerk who has been shown what the other saved may change it further.
  const overtaken = problem.kind === 'conflict' && problem.field === 'version';
  const view = await viewOf(office, overtaken ? ((await useAt(office, c)) ?? use) : { ...use, version }, what);
  return c.html(<ChangePage c={c} {...view} draft={draft} problem={problem} />, problemStatus(problem));
}

const EndPage = (props: { c: Context<Env>; use: JointUse; on: string; why: string; problem?: Problem }) => {
  const { c, use, on, why, problem } = props;
  const frame = c.get('frame');
  const { lang } = frame;
  const problems = fieldsOf(problem);
  return (
    <OfficePage
      {...frame}
      title={words.end[lang]}
      path={`${PATH}/${use.id}/end`}
      failed={problem !== undefined}
      crumbs={crumbsOf(use, lang, words.end)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ on: words.endOn, why: words.endWhy }} />
      <div class="max-w-3xl">
        <p class="mb-4">{words.endSays[lang]}</p>
        <PostForm action={`${PATH}/${use.id}/end`} csrf={frame.csrf} values={{ version: String(use.version) }}>
          <DateField
            lang={lang}
            name="on"
            label={words.endOn}
            need="required"
            hint={words.endHint[lang]}
            value={on}
            understood={problem ? readJapaneseDate(on) : null}
            error={problemAt(problems, 'on', lang)}
          />
          <TextField
            lang={lang}
            name="why"
            label={words.endWhy}
            need="required"
            value={why}
            error={problemAt(problems, 'why', lang)}
          />
          <Buttons>
            <Button kind="stop">{words.end[lang]}</Button>
            <LinkButton kind="text" href={`${PATH}/${use.id}`}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

async function end(office: Office, c: Context<Env>): Promise<Response> {
  const use = await useAt(office, c);
  if (!use) return c.notFound();
  const form = c.get('form');
  const [on, why] = [form.text('on'), form.text('why')];
  const read = readJapaneseDate(on);
  const outcome = read
    ? await endJointUse(office, byOf(c), { id: use.id, version: Number(form.text('version')) }, { on: read, why })
    : invalid('on', noDay);
  if (outcome.ok) return c.redirect(`${PATH}/${use.id}?saved`, 303);
  const { problem } = outcome;
  return c.html(<EndPage c={c} use={use} on={on} why={why} problem={problem} />, problemStatus(problem));
}

export const changePages = (office: Office): Route[] => [
  page('get', `${PATH}/:id/change`, 'joint-uses:write', (c) => showChange(office, c)),
  page('post', `${PATH}/:id/change`, 'joint-uses:write', (c) => change(office, c), { texts: formTexts(labels) }),
  page('get', `${PATH}/:id/end`, 'joint-uses:write', async (c) => {
    const use = await useAt(office, c);
    return use ? c.html(<EndPage c={c} use={use} on={slashDay(office.clock.today())} why="" />) : c.notFound();
  }),
  page('post', `${PATH}/:id/end`, 'joint-uses:write', (c) => end(office, c), {
    texts: formTexts({ on: words.endOn, why: words.endWhy }),
  }),
];
