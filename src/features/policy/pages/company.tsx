// The form of the company and its desk: its values replace the old ones wherever the policy repeats them, and the result is checked, proposed and
// approved like any other version.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { fieldsOf } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, type Env, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { DateField, ErrorSummary, PostForm, problemAt, TextField } from '../../../platform/ui/form.tsx';
import { readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { companyOf, draftWithCompany, remainsIn, type CompanyInput, type CompanyText } from '../actions/company.ts';
import { effectiveDay, policyVersion, policyVersions, type PolicyVersion } from '../actions/versions.ts';
import { companyWords, draftWords } from '../words.ts';
import { HOME } from './asked.tsx';
import { crumbs, notThere, officePage } from './living.tsx';
import { numberOf } from './public.tsx';
import { ExampleRemains } from './remains.tsx';
import { reviewPage } from './draft.tsx';
import { versionsCrumb } from './version.tsx';

const PATH = `${HOME}/company`;

const words = {
  sub: both('書く → 点検を見る → 提案する → 承認', 'Write, see the checks, propose, approve'),
  does: both(
    'ここで書き換えると、方針の文、公表ページ、用紙、手紙にある前の内容も、すべて新しい内容に替わります。次の画面で変わるところを確かめ、提案します。承認するまで、何も変わりません。',
    'What you write here replaces the former text wherever it appears in the policy, the public pages, the forms and the letters. The next page shows the changes, for you to propose. Nothing changes until they are approved.',
  ),
  then: both(
    '利用目的、手数料、ほかの条項は、「新しい版を作る」で、それぞれのファイルを書き換えます。',
    'Purposes, the fee and the other clauses are changed in their files, under “Write a new version”.',
  ),
  company: both('会社', 'The company'),
  desk: both('窓口', 'The desk'),
  reached: both(
    '通常の書面が難しい方が、ほかの方法を尋ねるための連絡先です。少なくとも一方を書いてください。',
    'For people who find an ordinary letter difficult, to ask about other ways. Please give at least one of them.',
  ),
  phoneHint: both('例：03-0000-0000', 'Such as 03-0000-0000'),
  emailHint: both('例：madoguchi@example.jp', 'Such as desk@example.jp'),
  urlHint: both('例：https://www.example.jp/policy', 'Such as https://www.example.jp/policy'),
  shortHint: both('画面の上に出る、短い名前', 'The short name shown at the top of pages'),
  effective: both('施行日', 'In force from'),
  group: both('グループの方針', 'Group policy'),
  groupSays: both(
    'グループの方針にも従う会社だけが書きます。3つとも空にすると、それを述べる条項も方針から除きます。',
    'Only for a company that also follows a group policy. If all three are left empty, the clause that says so is removed from the policy as well.',
  ),
} satisfies Record<string, Bilingual>;

const inLanguage = { ja: both('日本語', 'in Japanese'), en: both('英語', 'in English') } satisfies Record<
  Lang,
  Bilingual
>;

/** The label of a field, such as `会社の名前（英語）`. */
function labelOf(field: string): Bilingual | undefined {
  if (field === 'effective_on') return words.effective;
  const [, name, lang] = /^(.+?)(?:\.(ja|en))?$/.exec(field)!;
  const label = companyWords[name!];
  if (!label || lang === undefined) return label;
  const language = inLanguage[lang as Lang];
  return both(`${label.ja}（${language.ja}）`, `${label.en} ${language.en}`);
}

/** True for fields that may be left out. */
const isOptional = (field: string): boolean => /^(parent_policy\.|desk\.(phone|email)$)/.test(field);

interface Shown {
  lang: Lang;
  input: CompanyInput;
  problems: readonly FieldProblem[];
}

const Text = ({ field, hint, lang, input, problems }: Shown & { field: string; hint?: Bilingual }) => (
  <TextField
    lang={lang}
    name={field}
    label={labelOf(field)!}
    need={isOptional(field) ? 'optional' : 'required'}
    hint={hint?.[lang]}
    value={input[field] ?? ''}
    error={problemAt(problems, field, lang)}
    maxlength={200}
  />
);

const Fields = (shown: Shown) => {
  const { lang } = shown;
  const pair = (name: CompanyText | 'parent_policy.name', hint?: Bilingual) => (
    <div class="fields">
      <Text {...shown} field={`${name}.ja`} hint={hint} />
      <Text {...shown} field={`${name}.en`} hint={hint} />
    </div>
  );
  return (
    <div class="grid gap-5 mb-4">
      <Panel title={words.company[lang]} id="company">
        {pair('name')}
        {pair('short_name', words.shortHint)}
        {pair('address')}
        {pair('representative')}
      </Panel>
      <Panel title={words.desk[lang]} id="desk">
        {pair('desk.name')}
        {pair('desk.address')}
        <p class="small mb-2">{words.reached[lang]}</p>
        <div class="fields">
          <Text {...shown} field="desk.phone" hint={words.phoneHint} />
          <Text {...shown} field="desk.email" hint={words.emailHint} />
        </div>
      </Panel>
      <Panel title={words.group[lang]} id="group">
        <p class="small mb-2">{words.groupSays[lang]}</p>
        {pair('parent_policy.name')}
        <Text {...shown} field="parent_policy.url" hint={words.urlHint} />
      </Panel>
    </div>
  );
};

interface Written {
  input: CompanyInput;
  effectiveOn: string;
  problems: readonly FieldProblem[];
}

async function formPage(
  c: Context<Env>,
  office: Office,
  began: PolicyVersion,
  { input, effectiveOn, problems }: Written,
) {
  const lang = c.get('lang');
  return officePage(
    c,
    {
      title: draftWords.rewrite[lang],
      path: PATH,
      failed: problems.length > 0,
      crumbs: crumbs(lang, versionsCrumb(lang), { label: draftWords.rewrite[lang] }),
      sub: words.sub[lang],
      actions: (
        <LinkButton kind="second" small href={`${HOME}/new`}>
          {draftWords.write[lang]}
        </LinkButton>
      ),
    },
    <>
      {problems.length > 0 && (
        <ErrorSummary
          lang={lang}
          problems={problems}
          labels={Object.fromEntries(problems.flatMap(({ field }) => [[field, labelOf(field) ?? draftWords.rewrite]]))}
        />
      )}
      {problems.length === 0 && <ExampleRemains lang={lang} remains={await remainsIn(office, began.policy)} />}
      <p class="mb-2">{words.does[lang]}</p>
      <p class="mb-4">{words.then[lang]}</p>
      <PostForm action={PATH} csrf={c.get('csrf')} values={{ seen: String(began.version) }} whole>
        <Fields lang={lang} input={input} problems={problems} />
        <DateField
          lang={lang}
          name="effective_on"
          label={words.effective}
          need="required"
          value={effectiveOn}
          error={problemAt(problems, 'effective_on', lang)}
        />
        <Buttons>
          <Button>{draftWords.check[lang]}</Button>
        </Buttons>
      </PostForm>
    </>,
  );
}

/** The version on which the form was filled in, even if another was proposed since: `propose` then reports the conflict. */
async function beganWith(office: Office, seen: string | undefined): Promise<PolicyVersion | null> {
  const version = seen === undefined ? (await policyVersions(office))[0]?.version : numberOf(seen);
  return version === undefined || version === null ? null : policyVersion(office, version);
}

async function getForm(c: Context<Env>, office: Office): Promise<Response> {
  const began = await beganWith(office, undefined);
  if (!began) return notThere(c);
  const effectiveOn = slashDay(office.clock.today());
  return formPage(c, office, began, { input: companyOf(began.policy), effectiveOn, problems: [] });
}

async function postForm(c: Context<Env>, office: Office): Promise<Response> {
  const form = c.get('form');
  const began = await beganWith(office, form.text('seen'));
  if (!began) return notThere(c);
  const input = Object.fromEntries(Object.keys(companyOf(began.policy)).map((field) => [field, form.text(field)]));
  const effectiveOn = form.text('effective_on');
  const day = effectiveDay(readJapaneseDate(effectiveOn));
  const drafted = await draftWithCompany(office, began.policy, input);
  if (!day.ok || !drafted.ok) {
    c.status(422);
    const problems = [drafted, day].flatMap((one) => (one.ok ? [] : fieldsOf(one.problem)));
    return formPage(c, office, began, { input, effectiveOn, problems });
  }
  const { texts, draft } = drafted.value;
  return reviewPage(c, office, draft, { texts, effectiveOn, seen: began.version });
}

export const companyRoutes = (office: Office): Route[] => [
  page('get', PATH, 'policy:propose', (c) => getForm(c, office)),
  page('post', PATH, 'policy:propose', (c) => postForm(c, office), { texts: formTexts(labelOf) }),
];
