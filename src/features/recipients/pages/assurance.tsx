// The form that records an assurance: an entrustment contract, an equivalent-action system, or a cloud that does not handle the data. The kind is
// in the address; each kind asks for the facts that the law asks about.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
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
import { countryOptions, readJapaneseDate } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import { byOf } from '../../access/index.ts';
import { assureRecipient } from '../actions/assurance.ts';
import { recipientOf } from '../actions/read.ts';
import {
  type AssuranceInput,
  type AssuranceKind,
  assuranceKinds,
  type Recipient,
  schemes,
  systemBases,
} from '../facts/register.ts';
import { assuranceWords, basisWords, labels, schemeWords, words } from '../words.ts';
import { crumbs, dayTyped, PATH, placeOf } from './list.tsx';

type Draft = Partial<Record<string, string>>;

/** The kinds that apply to a recipient: entrustment for an entrusted party, a system for one abroad, a cloud for any. */
const kindsFor = ({ relations, country }: Recipient): AssuranceKind[] =>
  assuranceKinds.filter(
    (kind) => kind === 'cloud' || (kind === 'entrustment' ? relations.includes('entrustment') : country !== 'JP'),
  );

const said = (form: Form, name: string): boolean | undefined => ({ yes: true, no: false })[form.text(name)];

/** Reads months as typed; NaN, which the action reports, where it is not a whole number. */
const monthsOf = (text: string): number | undefined => {
  const typed = text.normalize('NFKC').trim();
  return typed === '' ? undefined : /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN;
};

const inputOf = (form: Form): AssuranceInput => ({
  kind: form.text('kind'),
  reference: form.text('reference'),
  from: dayTyped(form, 'from'),
  until: dayTyped(form, 'until'),
  ownUse: said(form, 'ownUse'),
  assessed: said(form, 'assessed'),
  contract: said(form, 'contract'),
  monitored: said(form, 'monitored'),
  by: form.text('by'),
  scheme: form.text('scheme'),
  measures: form.text('measures'),
  checkMethod: form.text('checkMethod'),
  checkMonths: monthsOf(form.text('checkMonths')),
  contractExcludesHandling: said(form, 'contractExcludesHandling'),
  accessControlled: said(form, 'accessControlled'),
  serverCountry: form.text('serverCountry'),
});

const names = [
  'reference',
  'from',
  'until',
  'ownUse',
  'assessed',
  'contract',
  'monitored',
  'by',
  'scheme',
  'measures',
  'checkMethod',
  'checkMonths',
  'contractExcludesHandling',
  'accessControlled',
  'serverCountry',
] as const;

const draftOf = (form: Form): Draft => Object.fromEntries(names.map((name) => [name, form.text(name)]));

interface FieldsProps {
  lang: Lang;
  draft: Draft;
  problems: readonly FieldProblem[];
}

const fieldOf =
  ({ lang, draft, problems }: FieldsProps) =>
  (name: (typeof names)[number]) => ({ ...fieldFor(lang, labels, problems)(name), value: draft[name] });

const YesNo = ({ name, ...props }: FieldsProps & { name: (typeof names)[number] }) => (
  <Radios
    {...fieldOf(props)(name)}
    need="required"
    options={[
      { value: 'yes', label: words.yes },
      { value: 'no', label: words.no },
    ]}
  />
);

const SystemFields = (props: FieldsProps) => {
  const { lang } = props;
  const field = fieldOf(props);
  const ja = lang === 'ja';
  return (
    <>
      <Radios
        {...field('by')}
        need="required"
        options={systemBases.map((value) => ({ value, label: basisWords[value] }))}
      />
      <SelectField
        {...field('scheme')}
        hint={ja ? '認証によるときに選びます' : 'Choose this if it rests on a certificate'}
        blank={words.choose}
        options={schemes.map((value) => ({ value, label: schemeWords[value] }))}
      />
      <TextArea
        {...field('measures')}
        need="optional"
        hint={ja ? '本人に求められたときに伝えます' : 'Told to a person on request'}
        rows={3}
      />
      <TextArea {...field('checkMethod')} need="optional" rows={2} />
      <TextField
        {...field('checkMonths')}
        need="optional"
        width="yen"
        unit={ja ? 'か月に1回以上' : 'months at most'}
        inputmode="numeric"
        hint={ja ? '空欄なら12か月' : '12 months if left empty'}
      />
    </>
  );
};

const CloudFields = (props: FieldsProps) => (
  <>
    <YesNo name="contractExcludesHandling" {...props} />
    <YesNo name="accessControlled" {...props} />
    <SelectField
      {...fieldOf(props)('serverCountry')}
      need="required"
      blank={words.choose}
      options={countryOptions(props.lang)}
    />
  </>
);

const TermsFields = ({ kind, ...props }: FieldsProps & { kind: AssuranceKind }) => {
  if (kind === 'equivalent-system') return <SystemFields {...props} />;
  if (kind === 'cloud') return <CloudFields {...props} />;
  return (
    <>
      {(['ownUse', 'assessed', 'contract', 'monitored'] as const).map((name) => (
        <YesNo name={name} {...props} />
      ))}
    </>
  );
};

const DayFields = (props: FieldsProps & { kind: AssuranceKind }) => {
  const field = fieldOf(props);
  const understood = (name: 'from' | 'until') => readJapaneseDate(props.draft[name] ?? '');
  return (
    <>
      <DateField {...field('from')} need="required" understood={understood('from')} />
      <DateField
        {...field('until')}
        hint={
          props.lang === 'ja'
            ? '定めがなければ空欄にします。認証のときは必ず書きます。例：2027/3/31'
            : 'Leave empty if no end is set. Required for a certificate. For example 2027/3/31'
        }
        understood={understood('until')}
      />
    </>
  );
};

interface Shown {
  recipient: Recipient;
  kind: AssuranceKind;
  draft: Draft;
  problem?: Problem;
}

function formPage(c: Context<Env>, { recipient, kind, draft, problem }: Shown): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const back = `${PATH}/${recipient.id}`;
  const address = `${back}/assurances/new`;
  const problems = fieldsOf(problem);
  const props = { lang, draft, problems };
  return c.html(
    <OfficePage
      {...frame}
      title={words.addAssurance[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={recipient.name}
      crumbs={crumbs(lang, { label: recipient.name, href: back }, { label: words.addAssurance[lang] })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class="max-w-3xl">
        <div class="mb-5">
          <Segment
            label={words.basis[lang]}
            links={kindsFor(recipient).map((one) => ({
              label: assuranceWords[one][lang],
              href: `${address}?kind=${one}`,
              current: one === kind,
            }))}
          />
        </div>
        {recipient.state === 'stopped' && (
          <div class="mb-4">
            <Banner kind="warn" title={words.stoppedTitle[lang]} />
          </div>
        )}
        <PostForm action={address} csrf={frame.csrf} values={{ kind }}>
          <TextField {...fieldOf(props)('reference')} need="required" />
          <DayFields kind={kind} {...props} />
          <TermsFields kind={kind} {...props} />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

const kindNamed = (recipient: Recipient, name: string | undefined): AssuranceKind =>
  kindsFor(recipient).find((kind) => kind === name) ?? kindsFor(recipient)[0]!;

async function submit(office: Office, c: Context<Env>): Promise<Response> {
  const found = await recipientOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const recipient = found.value;
  const form = c.get('form');
  const kind = kindNamed(recipient, form.text('kind'));
  const outcome = await assureRecipient(office, byOf(c), recipient.id, { ...inputOf(form), kind });
  if (outcome.ok) return c.redirect(`${PATH}/${recipient.id}?saved`, 303);
  return formPage(c, { recipient, kind, draft: draftOf(form), problem: outcome.problem });
}

export const assurancePages = (office: Office): Route[] => [
  page('get', `${PATH}/:id/assurances/new`, 'recipients:write', async (c) => {
    const found = await recipientOf(office, c.req.param('id')!);
    if (!found.ok) return c.notFound();
    return formPage(c, { recipient: found.value, kind: kindNamed(found.value, c.req.query('kind')), draft: {} });
  }),
  page('post', `${PATH}/:id/assurances/new`, 'recipients:write', (c) => submit(office, c), {
    texts: formTexts(labels, { prose: /^(measures|checkMethod)$/ }),
  }),
];
