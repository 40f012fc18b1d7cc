// The form of a joint use: a new one, a draft, or a new one that begins from another joint use because its items or users were to change. After an
// error it shows what was typed, with the problems beside it.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import {
  AGAIN,
  formTexts,
  page,
  problemStatus,
  type Env,
  type Form,
  type Route,
} from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  Checks,
  ErrorSummary,
  FieldSet,
  Hidden,
  PostForm,
  problemAt,
  Radios,
  SelectField,
  TextField,
} from '../../../platform/ui/form.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { isOvertaken, Overtaken } from '../../../platform/ui/overtaken.tsx';
import { itemOf } from '../../../vault/index.ts';
import { byOf } from '../../access/index.ts';
import { partyWords } from '../../checkpoint/index.ts';
import { holdingsOf } from '../../ledger/index.ts';
import { numberToday, policyInForce } from '../../policy/index.ts';
import {
  findName,
  isLong,
  OfferedMore,
  searchIn,
  searchLabel,
  type Offered,
  type Offering,
  type Search,
} from '../../../platform/ui/offer.tsx';
import { AddedRecipients, recipientNames, searchLabels } from '../../recipients/index.ts';
import { changeDraft, jointUse, known, registerJointUse } from '../actions.ts';
import {
  goneFrom,
  inputOf,
  type JointUseInput,
  type ResponsibleInput,
  termsOf,
  type WordsInput,
} from '../facts/read.ts';
import { noticeOn } from '../facts/standing.ts';
import {
  type JointUse,
  type Known,
  type Notice,
  responsibleKinds,
  sharedInformation,
  type Terms,
} from '../facts/joint-use.ts';
import { informationWords, noticeWords, responsibleWords } from '../words.ts';
import { beganFrom, differences, rebasedInput } from './draft.tsx';
import { crumbs, PATH, placeOf, purposesText } from './list.tsx';
import { RefusedPage } from './refusal.tsx';

const headings = {
  add: both('共同利用の登録', 'Register a joint use'),
  edit: both('共同利用の案を直す', 'Correct the draft of the joint use'),
  next: both('新しい共同利用の案', 'Draft of a new joint use'),
};

const words = {
  name: both('共同利用の名前', 'Name of the joint use'),
  inEnglish: both('（英語）', ' in English'),
  information: both('情報の種類', 'Kind of information'),
  items: both('共有する項目', 'Items that are shared'),
  members: both('範囲に入る提供先', 'Recipients within the scope'),
  choose: both('選んでください', 'Choose'),
  findShare: both('台帳を探す', 'Search the holdings'),
  share: both('加える台帳', 'Holding to add'),
  addShare: both('台帳を加える', 'Add this holding'),
  member: both('加える提供先', 'Recipient to add'),
  addMember: both('提供先を加える', 'Add this recipient'),
  gone: both('いまは選べないものが入っていました', 'It contained something that can no longer be chosen'),
  goneSays: both(
    '廃止した台帳や項目、停止した提供先、方針にない目的です。この画面には表示されず、保存すると外れます。',
    'They are retired holdings and items, stopped recipients, or purposes that the policy no longer states. They are not shown on this page and are left out when you save.',
  ),
} satisfies Record<string, Bilingual>;

const english = (label: Bilingual): Bilingual =>
  both(`${label.ja}${words.inEnglish.ja}`, `${label.en}${words.inEnglish.en}`);

export interface FormPart {
  lang: Lang;
  problems: readonly FieldProblem[];
}

/** Fields for a text in Japanese and, where the company has it, in English. */
export const WordsField = (
  props: FormPart & {
    name: string;
    label: Bilingual;
    value: WordsInput | null | undefined;
    hint?: string;
    /** It is required only in some cases, as the hint says. */
    when?: boolean;
  },
) => {
  const { lang, problems, name, label, value, hint } = props;
  return (
    <>
      <TextField
        lang={lang}
        name={`${name}.ja`}
        label={label}
        need={props.when ? undefined : 'required'}
        hint={hint}
        value={value?.ja}
        error={problemAt(problems, `${name}.ja`, lang)}
      />
      <TextField
        lang={lang}
        name={`${name}.en`}
        label={english(label)}
        need="optional"
        value={value?.en === value?.ja ? '' : value?.en}
        error={problemAt(problems, `${name}.en`, lang)}
      />
    </>
  );
};

/** All fields of the responsible person. */
export const ResponsibleFields = (props: FormPart & { value: Partial<ResponsibleInput> }) => {
  const { lang, problems, value } = props;
  return (
    <>
      <SelectField
        lang={lang}
        name="responsible.kind"
        label={responsibleWords.kind}
        need="required"
        blank={words.choose}
        value={value.kind}
        options={responsibleKinds.map((kind) => ({ value: kind, label: partyWords[kind] }))}
        error={problemAt(problems, 'responsible.kind', lang)}
      />
      <WordsField {...props} name="responsible.name" label={responsibleWords.name} value={value.name} />
      <WordsField {...props} name="responsible.address" label={responsibleWords.address} value={value.address} />
      <WordsField
        {...props}
        name="responsible.representative"
        label={responsibleWords.representative}
        value={value.representative}
        when
        hint={lang === 'ja' ? '法人のときは必ず書きます' : 'Required for a corporation'}
      />
    </>
  );
};

export const PurposeChecks = ({
  lang,
  problems,
  now,
  values,
  label = noticeWords.purposes,
}: FormPart & { now: Known; values: readonly string[]; label?: Bilingual }) => (
  <Checks
    lang={lang}
    name="purposes"
    label={label}
    need="required"
    hint={
      lang === 'ja'
        ? '共有する台帳すべての利用目的に収まるものを選びます'
        : 'Choose those that lie within the purposes of every shared holding'
    }
    values={values}
    options={[...now.purposes].map(([id, text]) => ({ value: id, label: `${id}　${text[lang]}` }))}
    error={problemAt(problems, 'purposes', lang)}
  />
);

/** What the form shows besides the input: of many holdings and recipients, only those that were chosen. */
interface Shown {
  /** Ids of the holdings whose items can be chosen. */
  holdings: readonly string[];
  /** Id of what was just added; the focus moves there. */
  added?: string | undefined;
}

type FieldsProps = FormPart & { now: Known; input: JointUseInput; shown: Shown; search: Searches };

/** How holdings are offered. */
const shares: Offering = {
  search: words.findShare,
  hint: both('台帳の名前から探します。加えた台帳は、そのまま残ります。', 'By name. What you added stays.'),
  one: both('台帳', 'holding'),
};

/** Suffix that separates the search among holdings from that among recipients. */
const SHARE = '-share';

interface Searches {
  share: Search;
  member: Search;
}

function searchesIn(c: Context<Env>): Searches {
  const form = c.req.method === 'POST' ? c.get('form') : null;
  return { share: searchIn(c, form, SHARE), member: searchIn(c, form) };
}

const isSearching = ({ share, member }: Searches): boolean => share.pressed || member.pressed;

const itemsField = (holding: string): string => `items-${holding}`;

/** The items of the holdings that were added. A holding is shared once an item is chosen. */
const ShareFields = ({ lang, problems, now, input, shown, search }: FieldsProps) => (
  <FieldSet
    lang={lang}
    name="shares"
    label={words.items}
    need="required"
    hint={
      lang === 'ja'
        ? '台帳を加え、その中から共有する項目を選びます。項目を選んだ台帳だけが共同利用の対象です。'
        : 'Add a holding, then choose its items. Only holdings with a chosen item are shared.'
    }
    error={problemAt(problems, 'shares', lang)}
  >
    {shown.holdings.map((id) => {
      const { name, items, purposes } = now.holdings.get(id)!;
      const i = input.shares.findIndex(({ holding }) => holding === id);
      const wrong =
        i < 0
          ? undefined
          : (problemAt(problems, `shares.${i}.items`, lang) ?? problemAt(problems, `shares.${i}.holding`, lang));
      return (
        <details class="mb-3" open>
          <summary autofocus={shown.added === id}>
            {name[lang]} <span class="muted">{purposesText(purposes, now, lang)}</span>
          </summary>
          <div class="ml-4 mt-2 md:[&>fieldset]:grid md:[&>fieldset]:grid-cols-3 [&_.err]:col-span-full">
            <Hidden values={{ shared: id }} />
            <Checks
              lang={lang}
              name={itemsField(id)}
              label={both(`「${name.ja}」の項目`, `Items of “${name.en}”`)}
              values={i < 0 ? [] : input.shares[i]!.items}
              options={[...items].map(([code, label]) => ({ value: code, label }))}
              error={wrong}
            />
          </div>
        </details>
      );
    })}
    <OfferedMore
      lang={lang}
      offering={shares}
      all={[...now.holdings].map(([id, { name, purposes }]): Offered => ({
        value: id,
        label: `${name[lang]}　${purposesText(purposes, now, lang)}`,
        texts: [name.ja, name.en],
      }))}
      values={shown.holdings}
      search={search.share}
      addition={{ name: 'share', label: words.share, button: words.addShare, blank: words.choose }}
      added={shown.added}
      send={isLong([...now.recipients.keys()], input.members) ? findName(search.member.of) : undefined}
    />
  </FieldSet>
);

const MemberFields = ({ lang, problems, now, input, shown, search }: FieldsProps) => (
  <AddedRecipients
    lang={lang}
    name="members"
    label={words.members}
    need="required"
    hint={
      now.recipients.size > 0 ? (
        lang === 'ja' ? (
          'この範囲に入る提供先だけに渡せます'
        ) : (
          'Information can be handed only to recipients within this scope'
        )
      ) : (
        <>
          {lang === 'ja'
            ? '共同利用の提供先がまだ登録されていません。先に提供先を登録し、関係に「共同利用」を選びます。'
            : 'No recipient for joint use is registered yet. Register it first and choose joint use as its relation.'}{' '}
          <a href="/recipients">{lang === 'ja' ? '提供先へ' : 'To the recipients'}</a>
        </>
      )
    }
    values={input.members}
    recipients={[...now.recipients.values()]}
    search={search.member}
    addition={{ name: 'member', label: words.member, button: words.addMember, blank: words.choose }}
    added={shown.added}
    error={problemAt(problems, 'members', lang)}
  />
);

const Fields = (props: FieldsProps) => {
  const { lang, problems, input } = props;
  return (
    <>
      <WordsField {...props} name="name" label={words.name} value={input.name} />
      <Radios
        lang={lang}
        name="information"
        label={words.information}
        need="required"
        hint={
          lang === 'ja'
            ? '個人番号（マイナンバー）は共同利用できません（番号法19条）'
            : 'My Numbers are never used jointly (Numbering Act Art. 19)'
        }
        value={input.information}
        options={sharedInformation.map((kind) => ({ value: kind, label: informationWords[kind] }))}
        error={problemAt(problems, 'information', lang)}
      />
      <ShareFields {...props} />
      <WordsField
        {...props}
        name="scope"
        label={noticeWords.users}
        value={input.scope}
        hint={
          lang === 'ja'
            ? 'どこまで利用されるかを、本人が判断できるように書きます。例：当社と、当社の子会社'
            : 'Write it so that a person can tell how far the use extends. For example: our company and its subsidiaries'
        }
      />
      <MemberFields {...props} />
      <PurposeChecks {...props} values={input.purposes} />
      <h2 class="h2">{noticeWords['responsible-name'][lang]}</h2>
      <ResponsibleFields {...props} value={input.responsible} />
    </>
  );
};

export const responsibleLabels: Record<string, Bilingual> = {
  'responsible.kind': responsibleWords.kind,
  ...Object.fromEntries(
    (['name', 'address', 'representative'] as const).flatMap((part) => [
      [`responsible.${part}.ja`, responsibleWords[part]],
      [`responsible.${part}.en`, english(responsibleWords[part])],
    ]),
  ),
};

const labels: Record<string, Bilingual> = {
  'name.ja': words.name,
  'name.en': english(words.name),
  information: words.information,
  shares: words.items,
  'scope.ja': noticeWords.users,
  'scope.en': english(noticeWords.users),
  members: words.members,
  purposes: noticeWords.purposes,
  ...responsibleLabels,
};

/** Labels of all fields, for the summary of problems. */
const labelsOf = (now: Known): Record<string, Bilingual> => ({
  ...labels,
  ...Object.fromEntries([...now.holdings].map(([id, { name }]) => [itemsField(id), name])),
});

/** Problems as the form shows them; those of a share appear at its holding. */
function shownProblems(problem: Problem | undefined, input: JointUseInput): FieldProblem[] {
  if (problem?.kind === 'conflict') return [{ field: problem.field, says: problem.says }];
  if (problem?.kind !== 'invalid') return [];
  return problem.fields.map((one) => {
    const [, i] = /^shares\.(\d+)/.exec(one.field) ?? [];
    return i === undefined ? one : { ...one, field: itemsField(input.shares[Number(i)]?.holding ?? '') };
  });
}

const wordsIn = (form: Form, name: string): WordsInput => ({
  ja: form.text(`${name}.ja`),
  en: form.text(`${name}.en`),
});

export const responsibleIn = (form: Form): ResponsibleInput => ({
  kind: form.text('responsible.kind'),
  name: wordsIn(form, 'responsible.name'),
  address: wordsIn(form, 'responsible.address'),
  representative: wordsIn(form, 'responsible.representative'),
});

/** True when the form was sent only to be shown again, with an addition or a search. */
const isAgain = (c: Context<Env>, { added }: Shown): boolean => added !== undefined || isSearching(searchesIn(c));

/** What the form shows again after it was sent. */
function shownIn(form: Form, now: Known): Shown {
  const [share, member] = [form.text('share'), form.text('member')];
  const before = form.all('shared').filter((id) => now.holdings.has(id));
  if (now.holdings.has(share)) return { holdings: [...new Set([...before, share])], added: share };
  return { holdings: before, added: now.recipients.has(member) ? member : undefined };
}

const inputIn = (form: Form, now: Known): JointUseInput => ({
  name: wordsIn(form, 'name'),
  information: form.text('information'),
  shares: [...now.holdings.keys()]
    .map((holding) => ({ holding, items: form.all(itemsField(holding)) }))
    .filter(({ items }) => items.length > 0),
  scope: wordsIn(form, 'scope'),
  members: [...new Set([...form.all('members'), form.text('member')])].filter((id) => id !== ''),
  purposes: form.all('purposes'),
  responsible: responsibleIn(form),
});

/** Input for a new joint use before anything is typed; the company itself is the responsible person. */
async function emptyInput(office: Office): Promise<JointUseInput> {
  const operator = (await policyInForce(office, office.clock.today()))?.policy.operator;
  const nothing = both('', '');
  return {
    name: nothing,
    information: 'personal',
    shares: [],
    scope: nothing,
    members: [],
    purposes: [],
    responsible: {
      kind: 'corporation',
      name: operator?.name ?? nothing,
      address: operator?.address ?? nothing,
      representative: operator?.representative ?? nothing,
    },
  };
}

interface View {
  now: Known;
  input: JointUseInput;
  shown: Shown;
  /** The draft being corrected, in the version that was seen. */
  use?: JointUse | undefined;
  /** The state that the form of a draft began from. */
  began?: string | undefined;
  /** The joint use that the new one replaces. */
  from?: JointUse | undefined;
  /** Parts of the draft or of `from` that can no longer be chosen, in words. */
  gone?: readonly Link[];
  problem?: Problem | undefined;
}

interface Link {
  label: string;
  href?: string;
}

/** Lists parts that are no longer in the form; saving the form leaves them out. */
const GoneBanner = ({ lang, gone }: { lang: Lang; gone: readonly Link[] }) =>
  gone.length === 0 ? null : (
    <div class="mb-5">
      <Banner kind="warn" title={words.gone[lang]}>
        <p>{words.goneSays[lang]}</p>
        <ul class="mt-2">
          {gone.map(({ label, href }) => (
            <li translate="no">{href ? <a href={href}>{label}</a> : label}</li>
          ))}
        </ul>
      </Banner>
    </div>
  );

const FormPage = ({ c, now, input, shown, use, began, from, gone = [], problem }: View & { c: Context<Env> }) => {
  const frame = c.get('frame');
  const { lang } = frame;
  const heading = use ? headings.edit : from ? headings.next : headings.add;
  const overtaken = use && isOvertaken(problem);
  const problems = overtaken ? [] : shownProblems(problem, input);
  const search = searchesIn(c);
  const over = use ?? from;
  return (
    <OfficePage
      {...frame}
      title={heading[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      stays={shown.added !== undefined || isSearching(search)}
      crumbs={crumbs(lang, ...(over ? [{ label: over.name[lang], href: `${PATH}/${over.id}` }] : []), {
        label: heading[lang],
      })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labelsOf(now)} />
      {overtaken && (
        <Overtaken
          lang={lang}
          differences={differences(lang, labels, { input, newest: inputOf(use, use.draft!), now })}
        />
      )}
      {problem?.kind === 'conflict' && problem.existing && problem.existing !== use?.id && (
        <p class="my-4">
          <a href={`${PATH}/${problem.existing}`}>{lang === 'ja' ? 'その共同利用を見る' : 'See that joint use'}</a>
        </p>
      )}
      {from && (
        <div class="mb-5">
          <Banner
            kind="info"
            title={
              lang === 'ja'
                ? '前の共同利用の内容から始めています'
                : 'It begins from the contents of the previous joint use'
            }
          >
            {lang === 'ja'
              ? '変える項目や範囲を直してください。すでに持っている情報を新しい項目や範囲で渡すには、原則として本人の同意が要ります。公表した後に、前の共同利用を終えてください。'
              : 'Change the items or the scope. As a rule, handing over information that you already hold in the new items or scope needs the persons’ consent. Once this joint use is published, end the previous one.'}
          </Banner>
        </div>
      )}
      <GoneBanner lang={lang} gone={gone} />
      <div class="max-w-3xl">
        <PostForm
          action={use ? `${PATH}/${use.id}/edit` : `${PATH}/new`}
          csrf={frame.csrf}
          values={{ version: use && String(use.version), began, replaces: from?.id }}
        >
          <Fields lang={lang} problems={problems} now={now} input={input} shown={shown} search={search} />
          <Buttons>
            <Button>
              {use ? (lang === 'ja' ? '保存する' : 'Save') : lang === 'ja' ? '案を登録する' : 'Register the draft'}
            </Button>
            <LinkButton kind="text" href={over ? `${PATH}/${over.id}` : PATH}>
              {lang === 'ja' ? 'やめる' : 'Cancel'}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

/** Returns the joint use that a new one begins from; it must have a notice. */
async function replacedBy(office: Office, id: string | undefined): Promise<JointUse | undefined> {
  const found = id ? await jointUse(office, id) : undefined;
  return found?.ok && found.value.notices.length > 0 ? found.value : undefined;
}

/** What the form shows of an input without additions. */
const shownOf = ({ shares }: JointUseInput, now: Known): Shown => ({
  holdings: shares.map(({ holding }) => holding).filter((id) => now.holdings.has(id)),
});

/** The terms that a form begins from: a draft's own, or those of the notice, in force or planned, of the joint use that is replaced. */
function termsIn(office: Office, use: JointUse | undefined, from: JointUse | undefined): Terms | null {
  if (use) return use.draft;
  if (!from) return null;
  return termsOf(noticeOn({ ...from, endedOn: null }, office.clock.today()) ?? (from.notices[0]!.states as Notice));
}

/** Parts of the terms that the form begins from that can no longer be chosen, in words. */
async function goneOf(
  office: Office,
  c: Context<Env>,
  { now, use, from }: Pick<View, 'now' | 'use' | 'from'>,
): Promise<Link[]> {
  const lang = c.get('lang');
  const terms = termsIn(office, use, from);
  if (!terms) return [];
  const gone = goneFrom(terms, now);
  const ledger = await holdingsOf(office, gone.holdings);
  const recipients = await recipientNames(office, gone.members);
  return [
    ...gone.holdings.map((id) => ({ label: ledger.get(id)?.name[lang] ?? id, href: `/ledger/${id}` })),
    ...gone.items.map(({ holding, code }) => ({ label: itemOf(code).label[lang], href: `/ledger/${holding}` })),
    ...gone.members.map((id) => ({ label: recipients.get(id) ?? id, href: `/recipients/${id}` })),
    ...gone.purposes.map((id) => ({ label: now.purposeName(id, lang) })),
  ];
}

/** The form, with the parts that can no longer be chosen. */
const formOf = async (office: Office, c: Context<Env>, view: View) => (
  <FormPage c={c} {...view} gone={await goneOf(office, c, view)} />
);

async function showNew(office: Office, c: Context<Env>): Promise<Response> {
  const now = await known(office);
  const from = await replacedBy(office, c.req.query('from'));
  if (!from) return c.html(<FormPage c={c} now={now} input={await emptyInput(office)} shown={{ holdings: [] }} />);
  const input = inputOf(from, termsIn(office, undefined, from)!);
  return c.html(await formOf(office, c, { now, from, input, shown: shownOf(input, now) }));
}

async function answer(office: Office, c: Context<Env>, view: View & { problem: Problem }): Promise<Response> {
  const { problem, use } = view;
  if (problem.kind !== 'refused') return c.html(await formOf(office, c, view), problemStatus(problem));
  const back = use ? `${PATH}/${use.id}` : PATH;
  return c.html(
    <RefusedPage c={c} finding={problem.finding} policy={await numberToday(office)} back={back} />,
    problemStatus(problem),
  );
}

async function add(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const now = await known(office);
  const input = inputIn(form, now);
  const shown = shownIn(form, now);
  const from = await replacedBy(office, form.text('replaces'));
  if (isAgain(c, shown)) return c.html(await formOf(office, c, { now, input, shown, from }), AGAIN);
  const outcome = await registerJointUse(office, byOf(c), input, form.text('replaces') || null);
  if (outcome.ok) return c.redirect(`${PATH}/${outcome.value.id}?saved`, 303);
  return answer(office, c, { now, input, shown, from, problem: outcome.problem });
}

async function draftAt(office: Office, c: Context<Env>): Promise<JointUse | null> {
  const found = await jointUse(office, c.req.param('id') ?? '');
  return found.ok && found.value.draft ? found.value : null;
}

async function edit(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const now = await known(office);
  const input = inputIn(form, now);
  const id = c.req.param('id') ?? '';
  const shown = shownIn(form, now);
  const version = Number(form.text('version'));
  const draft = isAgain(c, shown) && (await draftAt(office, c));
  // The version stays the one that the clerk saw.
  const seen = (use: JointUse) => ({ now, input, shown, use: { ...use, version }, began: form.text('began') });
  if (draft) return c.html(await formOf(office, c, seen(draft)), AGAIN);
  const outcome = await changeDraft(office, byOf(c), { id, version }, input);
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const { problem } = outcome;
  const use = await draftAt(office, c);
  if (!use) return c.redirect(`${PATH}/${id}`, 303);
  if (!isOvertaken(problem)) return answer(office, c, { ...seen(use), problem });
  // Having been shown what was saved first, the clerk continues from it.
  const newest = inputOf(use, use.draft!);
  const holdings = [...new Set([...shown.holdings, ...shownOf(newest, now).holdings])];
  return answer(office, c, {
    now,
    input: rebasedInput(input, form, newest, now),
    shown: { ...shown, holdings },
    use,
    began: beganFrom(newest, now),
    problem,
  });
}

const taken = { texts: formTexts({ ...labels, ...searchLabels, ...searchLabel(shares, SHARE) }) };

export const formPages = (office: Office): Route[] => [
  page('get', `${PATH}/new`, 'joint-uses:write', (c) => showNew(office, c)),
  page('post', `${PATH}/new`, 'joint-uses:write', (c) => add(office, c), taken),
  page('get', `${PATH}/:id/edit`, 'joint-uses:write', async (c) => {
    const use = await draftAt(office, c);
    if (!use) return c.notFound();
    const now = await known(office);
    const input = inputOf(use, use.draft!);
    const began = beganFrom(input, now);
    return c.html(await formOf(office, c, { now, use, input, began, shown: shownOf(input, now) }));
  }),
  page('post', `${PATH}/:id/edit`, 'joint-uses:write', (c) => edit(office, c), taken),
];
