// One tag: what visitors are told of it, the law's answer, and its form, for a new tag and for a review.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import {
  ErrorSummary,
  fieldFor,
  PostForm,
  problemAt,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { countryName, countryOptions, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { differencesOf, isOvertaken, Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { itemName, madeUnder } from '../../checkpoint/index.ts';
import { putTag, registerOf, versionsOf } from '../actions.ts';
import {
  allowedOn,
  choices,
  exemptions,
  type Choice,
  type Exemption,
  type Register,
  type Tag,
  type TagInput,
} from '../facts.ts';
import { choiceWords, exemptionWords, tagLabels, tagStateWords, tagWords, words } from '../words.ts';
import { fieldsOf, optionsOf } from './form.tsx';
import { crumbsTo, PATH, placeOf } from './list.tsx';
import { recipientText } from './site.tsx';

/** Texts of a tag, by the names of their fields. */
const textNames = ['name', 'information', 'recipient.name', 'purpose', 'theirPurpose', 'limits'] as const;
type TextName = (typeof textNames)[number];
const factNames = ['sends', 'thirdPartyId', 'withinNeed', 'ownIdentifier', 'stops', 'plain'] as const;
type FactName = (typeof factNames)[number];

/** Facts that only one exemption needs. */
const ofExemption: Partial<Record<FactName, Exemption>> = {
  withinNeed: 'necessary',
  ownIdentifier: 'own-identifier',
  stops: 'opt-out',
};

/** The form as typed. */
interface Draft {
  code: string;
  texts: Record<TextName, { ja: string; en: string }>;
  facts: Record<FactName, string>;
  country: string;
  exemption: string;
  choice: string;
  patterns: string;
  state: string;
}

const record = <K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, V>;

const emptyDraft: Draft = {
  code: '',
  texts: record(textNames, () => ({ ja: '', en: '' })),
  facts: record(factNames, () => ''),
  country: '',
  exemption: 'none',
  choice: 'opt-in',
  patterns: '',
  state: 'active',
};

const typed = (text: Bilingual | null) =>
  text ? { ja: text.ja, en: text.en === text.ja ? '' : text.en } : { ja: '', en: '' };

const draftOf = (tag: Tag): Draft => ({
  code: tag.code,
  texts: record(textNames, (name) => typed(name === 'recipient.name' ? tag.recipient.name : tag[name])),
  facts: record(factNames, (name) => (tag[name] === null ? '' : tag[name] ? 'yes' : 'no')),
  country: tag.recipient.country,
  exemption: tag.exemption,
  choice: tag.choice,
  patterns: tag.patterns.join('\n'),
  state: tag.state,
});

const readDraft = (form: Form): Draft => ({
  code: form.text('code'),
  texts: record(textNames, (name) => ({ ja: form.text(`${name}.ja`), en: form.text(`${name}.en`) })),
  facts: record(factNames, (name) => form.text(name)),
  country: form.text('recipient.country'),
  exemption: form.text('exemption'),
  choice: form.text('choice'),
  patterns: form.text('patterns'),
  state: form.text('state'),
});

const factOf = (text: string): boolean | null => (text === 'yes' ? true : text === 'no' ? false : null);

/** Reads the form as the register takes it. A value that no radio button offers is read as the stricter one. */
function inputOf(draft: Draft): TagInput {
  const { texts, facts } = draft;
  return {
    code: draft.code,
    name: texts.name,
    information: texts.information,
    recipient: { name: texts['recipient.name'], country: draft.country },
    purpose: texts.purpose,
    theirPurpose: texts.theirPurpose,
    limits: texts.limits,
    ...record(factNames, (name) => factOf(facts[name])),
    exemption: exemptions.find((one): one is Exemption => one === draft.exemption) ?? 'none',
    choice: choices.find((one): one is Choice => one === draft.choice) ?? 'opt-in',
    patterns: draft.patterns.split('\n'),
    state: draft.state === 'off' ? 'off' : 'active',
  };
}

interface FieldsProps {
  lang: Lang;
  draft: Draft;
  problems: readonly FieldProblem[];
}

/** The fields of a text in both languages. */
const Words = (props: FieldsProps & { name: TextName; need?: 'required'; hint?: string }) => {
  const { lang, draft, problems, name, need, hint } = props;
  const field = fieldFor(lang, tagLabels, problems);
  const value = draft.texts[name];
  return (
    <>
      <TextField {...field(`${name}.ja`)} need={need ?? 'optional'} hint={hint} value={value.ja} />
      <TextField {...field(`${name}.en`)} need="optional" value={value.en} />
    </>
  );
};

const Fact = ({ lang, draft, problems, name }: FieldsProps & { name: FactName }) => (
  <Radios
    lang={lang}
    name={name}
    label={tagLabels[name]}
    hint={
      ofExemption[name] &&
      `${exemptionWords[ofExemption[name]][lang]}${lang === 'ja' ? 'とした場合' : ': if this is chosen'}`
    }
    value={draft.facts[name]}
    options={[
      { value: 'yes', label: words.yes },
      { value: 'no', label: words.no },
    ]}
    blank={words.unknown}
    error={problemAt(problems, name, lang)}
  />
);

const Told = (props: FieldsProps & { fixed: boolean }) => {
  const { lang, draft, problems, fixed } = props;
  const field = fieldFor(lang, tagLabels, problems);
  const ja = lang === 'ja';
  return (
    <>
      {!fixed && (
        <TextField
          {...field('code')}
          need="required"
          hint={
            ja
              ? 'HTMLの data-sekisho に書く名前。例：web-analytics'
              : 'The name for data-sekisho in the HTML. For example web-analytics'
          }
          value={draft.code}
        />
      )}
      <Words {...props} name="name" need="required" />
      <Words
        {...props}
        name="information"
        hint={
          ja
            ? '例：見たページのアドレス、日時、ブラウザーの種類'
            : 'For example the pages seen, the time, the kind of browser'
        }
      />
      <Words {...props} name="recipient.name" need="required" />
      <SelectField
        {...field('recipient.country')}
        need="required"
        hint={ja ? 'サーバーではなく、会社のある国' : 'The country of the company, not of its servers'}
        blank={words.choose}
        value={draft.country}
        options={countryOptions(lang)}
      />
      <Words
        {...props}
        name="purpose"
        hint={
          ja
            ? '分からなければ空欄。空欄の間は可になりません'
            : 'Leave empty if not known; until then the answer is not a yes'
        }
      />
      <Words
        {...props}
        name="theirPurpose"
        hint={ja ? '送り先が自分のために使わなければ空欄' : 'Leave empty if the recipient does not use it for itself'}
      />
      <Fact {...props} name="plain" />
    </>
  );
};

const Asked = (props: FieldsProps) => {
  const { lang, draft, problems } = props;
  const field = fieldFor(lang, tagLabels, problems);
  const ja = lang === 'ja';
  return (
    <>
      <Fact {...props} name="sends" />
      <Fact {...props} name="thirdPartyId" />
      <Radios {...field('choice')} need="required" value={draft.choice} options={optionsOf(choiceWords)} />
      <TextArea
        {...field('patterns')}
        need="required"
        rows={3}
        hint={
          ja
            ? '1行に1つ、ホストか、ホストと経路の始まり。例：*.ads.example.com、cdn.example.com/tag.js'
            : 'One per line: a host, or a host and the beginning of a path. For example *.ads.example.com, cdn.example.com/tag.js'
        }
        value={draft.patterns}
      />
      <Radios {...field('exemption')} value={draft.exemption} options={optionsOf(exemptionWords)} />
      <Fact {...props} name="withinNeed" />
      <Fact {...props} name="ownIdentifier" />
      <Fact {...props} name="stops" />
      <Words
        {...props}
        name="limits"
        hint={ja ? '限られなければ「限られません」と書きます' : 'If it is not limited, write “Not limited”'}
      />
      <Radios lang={lang} name="state" label={tagLabels.state} value={draft.state} options={optionsOf(tagStateWords)} />
    </>
  );
};

/** Applies what was typed on an earlier version of a tag to the newest one. */
const rebasedTag = (typed: Draft, began: Draft, newest: Draft): Draft => ({
  ...rebased(typed, { began, newest }),
  texts: rebased(typed.texts, { began: began.texts, newest: newest.texts }),
  facts: rebased(typed.facts, { began: began.facts, newest: newest.facts }),
});

/** Returns every field of a draft in words, by its label. */
function fieldTexts({ texts, facts, ...draft }: Draft, lang: Lang): Record<string, string> {
  const said = (of: Readonly<Record<string, Bilingual>>, value: string): string => of[value]?.[lang] ?? '';
  const entries: [keyof typeof tagLabels, string][] = [
    ...textNames.flatMap((name): [keyof typeof tagLabels, string][] => [
      [`${name}.ja`, texts[name].ja],
      [`${name}.en`, texts[name].en],
    ]),
    ...factNames.map((name): [keyof typeof tagLabels, string] => [name, factText(factOf(facts[name]), lang)]),
    ['recipient.country', draft.country && countryName(draft.country, lang)],
    ['exemption', said(exemptionWords, draft.exemption)],
    ['choice', said(choiceWords, draft.choice)],
    ['patterns', draft.patterns],
    ['state', said(tagStateWords, draft.state)],
  ];
  return Object.fromEntries(entries.map(([name, text]) => [tagLabels[name][lang], text]));
}

const differences = (lang: Lang, draft: Draft, saved: Tag): Difference[] =>
  differencesOf(fieldTexts(draft, lang), fieldTexts(draftOf(saved), lang), (label) => ({
    field: label,
    text: (of) => <span translate="no">{of[label]}</span>,
  }));

interface PageProps {
  c: Context<Env>;
  register: Register;
  draft: Draft;
  /** The tag under review. */
  tag?: Tag | undefined;
  problem?: Problem;
}

const FormPage = ({ c, register, draft, tag, problem }: PageProps) => {
  const lang = c.get('lang');
  const heading = tag ? words.editTag : words.addTag;
  const site = `${PATH}/${register.id}`;
  const back = tag ? `${site}/tags/${tag.code}` : site;
  const fields = { lang, draft, problems: fieldsOf(problem) };
  return (
    <OfficePage
      {...c.get('frame')}
      title={heading[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      crumbs={crumbsTo(lang, register, heading)}
      sub={tag?.name[lang] ?? register.site.name[lang]}
    >
      <ErrorSummary lang={lang} problems={fields.problems} labels={tagLabels} />
      {tag && isOvertaken(problem) && <Overtaken lang={lang} differences={differences(lang, draft, tag)} />}
      <div class="max-w-3xl">
        <PostForm
          action={tag ? `${back}/edit` : `${site}/tags/new`}
          csrf={c.get('csrf')}
          values={{ version: String(register.version) }}
        >
          <h2 class="h2">{words.toldOf[lang]}</h2>
          <Told {...fields} fixed={tag !== undefined} />
          <h2 class="h2">{words.stated[lang]}</h2>
          <Asked {...fields} />
          <Buttons>
            <Button>{tag ? words.save[lang] : words.register[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

const answers = {
  yes: [words.yesTitle, words.yesSays],
  no: [words.noTitle, words.noSays],
  unknown: [words.holdTitle, words.holdSays],
} as const;

const Answer = ({ lang, tag }: { lang: Lang; tag: Tag }) => {
  const { finding, policy, law } = tag.decision;
  const [title, says] = answers[finding.answer];
  return (
    <FindingView
      lang={lang}
      finding={finding}
      question={words.asked}
      title={title}
      says={says}
      madeUnder={madeUnder(policy, law)}
      itemName={itemName(lang)}
    />
  );
};

const factText = (value: boolean | null, lang: Lang): string =>
  (value === null ? words.unknown : value ? words.yes : words.no)[lang];

const ToldPanel = ({ lang, tag }: { lang: Lang; tag: Tag }) => {
  const none = lang === 'ja' ? 'なし' : 'None';
  return (
    <Panel
      title={words.toldOf[lang]}
      sub={tag.decision.finding.answer === 'yes' ? writtenDay(tag.publishedOn, lang) : words.notPublished[lang]}
    >
      <Dl
        items={[
          [tagWords.information[lang], tag.information?.[lang] ?? words.unknown[lang]],
          [tagWords.recipient[lang], recipientText(tag, lang)],
          [tagWords.purpose[lang], tag.purpose?.[lang] ?? words.unknown[lang]],
          [tagWords.theirPurpose[lang], tag.theirPurpose?.[lang] ?? none],
          [tagWords.choice[lang], choiceWords[tag.choice][lang]],
          [tagWords.limits[lang], tag.limits?.[lang] ?? none],
          [tagWords.patterns[lang], <code class="wrap-anywhere">{tag.patterns.join(' ')}</code>],
        ]}
      />
    </Panel>
  );
};

const StatedPanel = ({ lang, tag }: { lang: Lang; tag: Tag }) => (
  <Panel title={words.stated[lang]}>
    <Dl
      asked
      items={[
        ...factNames
          .filter((name) => ofExemption[name] === undefined || ofExemption[name] === tag.exemption)
          .map((name) => [tagLabels[name][lang], factText(tag[name], lang)] as const),
        [tagLabels.exemption[lang], exemptionWords[tag.exemption][lang]],
      ]}
    />
  </Panel>
);

interface Found {
  register: Register;
  tag: Tag;
}

async function tagAt(office: Office, c: Context<Env>): Promise<Found | null> {
  const found = await registerOf(office, c.req.param('id') ?? '');
  const tag = found.ok ? found.value.tags.find(({ code }) => code === c.req.param('tag')) : undefined;
  return found.ok && tag ? { register: found.value, tag } : null;
}

async function showTag(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await tagAt(office, c);
  if (!found) return c.notFound();
  const { register, tag } = found;
  const fell =
    tag.decision.finding.answer === 'yes' &&
    tag.state === 'active' &&
    register.site.state === 'active' &&
    !allowedOn(register, tag, office.clock.today());
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={tag.name[lang]}
      path={placeOf(c)}
      crumbs={crumbsTo(lang, register, tag.name)}
      sub={
        <>
          <code>{tag.code}</code> {tagStateWords[tag.state][lang]}
        </>
      }
      actions={
        c.get('may')('transmissions:write') && (
          <LinkButton small href={`${PATH}/${register.id}/tags/${tag.code}/edit`}>
            {words.review[lang]}
          </LinkButton>
        )
      }
    >
      {c.req.query('saved') !== undefined && <Banner kind="good" role="status" title={words.saved[lang]} />}
      {fell && (
        <Banner kind="bad" title={words.offToday[lang]}>
          {words.offTodaySays[lang]}
        </Banner>
      )}
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start">
        <Answer lang={lang} tag={tag} />
        <div class="grid gap-5 min-w-0">
          <ToldPanel lang={lang} tag={tag} />
          <StatedPanel lang={lang} tag={tag} />
        </div>
      </div>
    </OfficePage>,
  );
}

async function save(office: Office, c: Context<Env>, tag?: string): Promise<Response> {
  const form = c.get('form');
  const draft = readDraft(form);
  const id = c.req.param('id') ?? '';
  const version = Number(form.text('version'));
  const made = await putTag(office, byOf(c), { id, version, tag, input: inputOf(draft) });
  if (made.ok) return c.redirect(`${PATH}/${id}/tags/${made.value.tag.code}?saved`, 303);
  const found = await registerOf(office, id);
  const before = found.ok ? found.value.tags.find(({ code }) => code === tag) : undefined;
  if (!found.ok || (tag !== undefined && !before)) return c.notFound();
  const { problem } = made;
  // Only a clerk who has been shown what the other saved may write over it.
  const overtaken = isOvertaken(problem);
  const register = overtaken ? found.value : { ...found.value, version };
  const seen = overtaken ? (await versionsOf(office, id)).find((one) => one.version === version) : undefined;
  const began = seen?.tags.find(({ code }) => code === tag);
  const shown = before && began ? rebasedTag(draft, draftOf(began), draftOf(before)) : draft;
  return c.html(
    <FormPage c={c} register={register} draft={shown} tag={before} problem={problem} />,
    problemStatus(problem),
  );
}

/** No tag may have the code `new`, which is the address of the form. */
const tagTexts = formTexts(tagLabels, { prose: /^patterns$/ });

export const tagPages = (office: Office): Route[] => [
  page('get', `${PATH}/:id/tags/new`, 'transmissions:write', async (c) => {
    const found = await registerOf(office, c.req.param('id') ?? '');
    return found.ok ? c.html(<FormPage c={c} register={found.value} draft={emptyDraft} />) : c.notFound();
  }),
  page('post', `${PATH}/:id/tags/new`, 'transmissions:write', (c) => save(office, c), { texts: tagTexts }),
  page('get', `${PATH}/:id/tags/:tag`, 'ledger:read', (c) => showTag(office, c)),
  page('get', `${PATH}/:id/tags/:tag/edit`, 'transmissions:write', async (c) => {
    const found = await tagAt(office, c);
    return found ? c.html(<FormPage c={c} {...found} draft={draftOf(found.tag)} />) : c.notFound();
  }),
  page('post', `${PATH}/:id/tags/:tag/edit`, 'transmissions:write', (c) => save(office, c, c.req.param('tag')), {
    texts: tagTexts,
  }),
];
