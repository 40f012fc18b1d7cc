// The form of a recipient, for a new one and for the next version. After an error it shows what was typed, with the problems beside it. When
// somebody else saved first, it shows the differences and keeps everything typed.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Checks, ErrorSummary, fieldFor, PostForm, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { countryName, countryOptions, listed } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { byOf } from '../../access/index.ts';
import { partyWords } from '../../checkpoint/index.ts';
import { changeRecipient, registerRecipient } from '../actions/recipient.ts';
import { history, listRecipients, recipientOf } from '../actions/read.ts';
import { changedFields, readContent, recipientKinds } from '../facts/read.ts';
import { namesakesOf } from '../facts/standing.ts';
import { type Recipient, type RecipientContent, type RecipientInput, relations } from '../facts/register.ts';
import { fieldWords, labels, relationWords, words } from '../words.ts';
import { crumbs, PATH, placeOf } from './list.tsx';

type Draft = Record<'kind' | 'name' | 'address' | 'representative' | 'country' | 'contact' | 'publicKey', string> & {
  relations: string[];
};

const emptyDraft: Draft = {
  kind: 'corporation',
  name: '',
  address: '',
  representative: '',
  country: 'JP',
  relations: [],
  contact: '',
  publicKey: '',
};

const draftOf = (of: RecipientContent): Draft => ({
  kind: of.kind,
  name: of.name,
  address: of.address,
  representative: of.representative ?? '',
  country: of.country,
  relations: of.relations,
  contact: of.contact ?? '',
  publicKey: of.publicKey ?? '',
});

const readDraft = (form: Form): Draft => ({
  kind: form.text('kind'),
  name: form.text('name'),
  address: form.text('address'),
  representative: form.text('representative'),
  country: form.text('country'),
  relations: form.all('relations'),
  contact: form.text('contact'),
  publicKey: form.text('publicKey'),
});

const inputOf = (draft: Draft): RecipientInput => draft;

/** Returns one field of a description in words. */
export function fieldText(of: RecipientContent, field: keyof RecipientContent, lang: Lang): string {
  switch (field) {
    case 'kind':
      return partyWords[of.kind][lang];
    case 'country':
      return countryName(of.country, lang);
    case 'relations':
      return listed(
        of.relations.map((one) => relationWords[one][lang]),
        lang,
      );
    default:
      return of[field] ?? '';
  }
}

const Fields = ({ lang, draft, problems }: { lang: Lang; draft: Draft; problems: readonly FieldProblem[] }) => {
  const field = fieldFor(lang, labels, problems);
  const ja = lang === 'ja';
  return (
    <>
      <SelectField
        {...field('kind')}
        need="required"
        value={draft.kind}
        options={recipientKinds.map((kind) => ({ value: kind, label: partyWords[kind] }))}
      />
      <TextField {...field('name')} need="required" value={draft.name} />
      <TextField {...field('address')} need="required" value={draft.address} />
      <TextField
        {...field('representative')}
        hint={ja ? '法人のときは必ず書きます（法29条）' : 'Required for a corporation (APPI Art. 29)'}
        value={draft.representative}
      />
      <SelectField
        {...field('country')}
        need="required"
        hint={
          ja
            ? '相手の会社や団体がある国です。サーバーのある国ではありません。外国の会社でも、日本にある支店などが相手なら日本です'
            : 'The country of the entity, not of its servers. If it is a branch in Japan of a foreign company, choose Japan'
        }
        value={draft.country}
        options={countryOptions(lang)}
      />
      <Checks
        {...field('relations')}
        need="required"
        hint={
          ja
            ? 'データを取り扱わないクラウドの事業者は「委託先」にします'
            : 'A cloud vendor that does not handle the data is an entrusted party'
        }
        values={draft.relations}
        options={relations.map((one) => ({ value: one, label: relationWords[one] }))}
      />
      <TextField {...field('contact')} need="optional" value={draft.contact} />
      <TextField
        {...field('publicKey')}
        need="optional"
        hint={
          ja ? (
            <>
              渡すファイルを暗号化する鍵。<code>age1</code>で始まる62字です
            </>
          ) : (
            <>
              The age public key that packages are encrypted to: 62 characters from <code>age1</code>
            </>
          )
        }
        value={draft.publicKey}
      />
    </>
  );
};

/** The fields in which the version saved by another clerk differs from what was typed. */
function differences(lang: Lang, saved: Recipient, draft: Draft): Difference[] {
  const { content } = readContent(inputOf(draft));
  return changedFields(saved, content).map((field) => ({
    field: fieldWords[field][lang],
    theirs: <span translate="no">{fieldText(saved, field, lang)}</span>,
    yours: <span translate="no">{fieldText(content, field, lang)}</span>,
  }));
}

interface Shown {
  /** Other recipients of the same name; the form asks about them before a new one is registered. */
  namesakes?: readonly Recipient[];
  draft: Draft;
  /** The recipient being changed; absent for a new one. */
  recipient?: Recipient;
  problem?: Problem;
}

const problemsOf = (problem: Problem | undefined): FieldProblem[] => {
  if (problem?.kind === 'invalid') return problem.fields;
  return problem?.kind === 'conflict' && problem.field === 'name' ? [problem] : [];
};

function formPage(c: Context<Env>, { draft, recipient, problem, namesakes = [] }: Shown): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const title = (recipient ? words.edit : words.add)[lang];
  const back = recipient ? `${PATH}/${recipient.id}` : PATH;
  const problems = [
    ...problemsOf(problem),
    ...(namesakes.length > 0 ? [{ field: 'another', says: words.namesake }] : []),
  ];
  const conflict = problem?.kind === 'conflict' ? problem : undefined;
  return c.html(
    <OfficePage
      {...frame}
      title={title}
      path={placeOf(c)}
      failed={problems.length > 0 || problem !== undefined}
      crumbs={crumbs(lang, ...(recipient ? [{ label: recipient.name, href: back }] : []), { label: title })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ ...labels, another: words.another }} />
      {recipient && conflict?.field === 'version' && (
        <Overtaken lang={lang} differences={differences(lang, recipient, draft)} />
      )}
      {conflict?.field === 'name' && conflict.existing && (
        <p class="my-4">
          <a href={`${PATH}/${conflict.existing}`}>{lang === 'ja' ? 'その提供先を見る' : 'See that recipient'}</a>
        </p>
      )}
      {namesakes.length > 0 && (
        <ul class="my-4 grid gap-1">
          {namesakes.map(({ id, name, address }) => (
            <li translate="no">
              <a href={`${PATH}/${id}`}>{name}</a>　{address}
            </li>
          ))}
        </ul>
      )}
      <div class="max-w-3xl">
        <PostForm
          action={recipient ? `${back}/edit` : `${PATH}/new`}
          csrf={frame.csrf}
          values={{ version: recipient && String(recipient.version) }}
        >
          <Fields lang={lang} draft={draft} problems={problems} />
          {namesakes.length > 0 && (
            <Checks
              lang={lang}
              name="another"
              label={words.another}
              need="required"
              error={words.namesake[lang]}
              options={[{ value: 'yes', label: words.anotherYes }]}
            />
          )}
          <Buttons>
            <Button>{(recipient ? words.save : words.register)[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : namesakes.length > 0 ? 409 : 200,
  );
}

async function add(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const draft = readDraft(form);
  // The register itself refuses the same name and address; the form asks about the same name at another address.
  const address = readContent(inputOf(draft)).content.address;
  const namesakes = form.all('another').includes('yes')
    ? []
    : namesakesOf(draft.name, await listRecipients(office)).filter((one) => one.address !== address);
  if (namesakes.length > 0 && readContent(inputOf(draft)).problems.length === 0)
    return formPage(c, { draft, namesakes });
  const outcome = await registerRecipient(office, byOf(c), inputOf(draft));
  return outcome.ok
    ? c.redirect(`${PATH}/${outcome.value.id}?saved`, 303)
    : formPage(c, { draft, problem: outcome.problem });
}

async function edit(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const draft = readDraft(form);
  const id = c.req.param('id')!;
  const before = await recipientOf(office, id);
  if (!before.ok) return c.notFound();
  const version = Number(form.text('version'));
  const outcome = await changeRecipient(office, byOf(c), { id, version, input: inputOf(draft) });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const { problem } = outcome;
  // Only a clerk who has been shown what the other saved may write over it.
  const overtaken = problem.kind === 'conflict' && problem.field === 'version';
  const now = overtaken ? await recipientOf(office, id) : before;
  const recipient = now.ok ? now.value : before.value;
  if (!overtaken) return formPage(c, { draft, recipient: { ...recipient, version }, problem });
  const began = (await history(office, id)).find((one) => one.version === version)?.content;
  const shown = began ? rebased(draft, { began: draftOf(began), newest: draftOf(recipient) }) : draft;
  return formPage(c, { draft: shown, recipient, problem });
}

export const formPages = (office: Office): Route[] => [
  page('get', `${PATH}/new`, 'recipients:write', (c) => formPage(c, { draft: emptyDraft })),
  page('post', `${PATH}/new`, 'recipients:write', (c) => add(office, c), { texts: formTexts(labels) }),
  page('get', `${PATH}/:id/edit`, 'recipients:write', async (c) => {
    const found = await recipientOf(office, c.req.param('id')!);
    return found.ok ? formPage(c, { draft: draftOf(found.value), recipient: found.value }) : c.notFound();
  }),
  page('post', `${PATH}/:id/edit`, 'recipients:write', (c) => edit(office, c), { texts: formTexts(labels) }),
];
