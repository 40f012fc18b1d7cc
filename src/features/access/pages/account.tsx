// The member's own account: name and e-mail, password, sessions, recovery codes. Never shows anybody else's.

import { isId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import { problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { ErrorSummary, PostForm, problemAt, TextField } from '../../../platform/ui/form.tsx';
import { stamp } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf, type Access } from '../actions/access.ts';
import * as actions from '../actions/account.ts';
import { knownCookie } from '../actions/gate.ts';
import { changeOwnPerson } from '../actions/person.ts';
import { sessionOf } from '../actions/sign-in.ts';
import { relyOnTie, untieOneself } from '../actions/ties.ts';
import type { Person, StaffMember, StaffSession } from '../tables.ts';
import { accountWords, codesLeft, companyWords, enterWords, fieldWords, personWords, words } from '../words.ts';
import { RecoveryCodes } from './enter.tsx';
import {
  doneQuery,
  isOvertaken,
  labels as shownLabels,
  PersonDone,
  PersonFields,
  personIn,
  PersonOvertaken,
  seenValues,
  shownAgain,
  type TypedPerson,
} from './person.tsx';
import { OfficeSheet, problemsOf, speaker, type Request } from './sheet.tsx';
import { CompanyTrouble, tokenOf } from './sign-in.tsx';

/** The forms of the page. Each asks for the current password under a field name of its own, so that its error is shown beside it. */
const proofs = { person: 'person-proof', password: 'current', codes: 'proof', company: 'company-proof' } as const;

/** The form that is shown again. */
interface Sent {
  form?: keyof typeof proofs;
  problem: Problem;
  person?: TypedPerson;
}

export const personLabels = { ...shownLabels, 'person-proof': fieldWords.current };

const labels = {
  ...personLabels,
  current: fieldWords.current,
  proof: fieldWords.current,
  'company-proof': fieldWords.current,
  password: fieldWords.newPassword,
  'password-again': fieldWords.passwordAgain,
};

const PersonPanel = (props: {
  c: Request;
  own: Person;
  sent: TypedPerson | undefined;
  problems: readonly FieldProblem[];
}) => {
  const { c, own, sent, problems } = props;
  const t = speaker(c);
  const lang = c.get('lang');
  const { typed, seen } = sent ?? { typed: own, seen: own };
  return (
    <Panel id="person" title={t(personWords.title)}>
      <PostForm action="/account/person" csrf={c.get('csrf')} values={seenValues(seen)}>
        <PersonFields c={c} person={typed} problems={problems} hint={t(personWords.endsOthers)} own />
        <TextField
          lang={lang}
          type="password"
          name="person-proof"
          label={labels.current}
          need="required"
          autocomplete="current-password"
          error={problemAt(problems, 'person-proof', lang)}
        />
        <Button>{t(personWords.title)}</Button>
      </PostForm>
    </Panel>
  );
};

const PasswordPanel = ({ c, problems }: { c: Request; problems: readonly FieldProblem[] }) => {
  const t = speaker(c);
  const lang = c.get('lang');
  const field = { lang, type: 'password', need: 'required' } as const;
  const error = (name: string) => problemAt(problems, name, lang);
  return (
    <Panel id="password" title={t(accountWords.changePassword)} sub={t(accountWords.changePasswordSub)}>
      <PostForm action="/account/password" csrf={c.get('csrf')}>
        <TextField
          {...field}
          name="current"
          label={labels.current}
          autocomplete="current-password"
          error={error('current')}
        />
        <TextField
          {...field}
          name="password"
          label={labels.password}
          hint={t(enterWords.passwordHint)}
          autocomplete="new-password"
          error={error('password')}
        />
        <TextField
          {...field}
          name="password-again"
          label={labels['password-again']}
          autocomplete="new-password"
          error={error('password-again')}
        />
        <Button>{t(accountWords.changePassword)}</Button>
      </PostForm>
    </Panel>
  );
};

const SessionsPanel = ({ c, sessions, here }: { c: Request; sessions: readonly StaffSession[]; here: string }) => {
  const t = speaker(c);
  return (
    <Panel id="sessions" title={t(accountWords.sessions)} sub={t(accountWords.sessionsSub)} pad="bare">
      <Table
        lang={c.get('lang')}
        caption={accountWords.rows}
        stack="inline"
        columns={[
          { key: 'place', head: words.state, rowHead: true },
          { key: 'begun', head: accountWords.begun, nowrap: true },
          { key: 'seen', head: accountWords.seen, nowrap: true },
          { key: 'end', head: words.operations, quiet: true },
        ]}
        rows={sessions.map((s) => ({
          cells: {
            place: s.id === here ? <Chip kind="now">{t(accountWords.here)}</Chip> : t(accountWords.elsewhere),
            begun: stamp(s.createdAt),
            seen: stamp(s.seenAt),
            end: (
              <PostForm action={`/account/sessions/${s.id}/end`} csrf={c.get('csrf')}>
                <Button kind="second" small>
                  {t(accountWords.end)}
                  <span class="sr-only"> {stamp(s.createdAt)}</span>
                </Button>
              </PostForm>
            ),
          },
        }))}
      />
    </Panel>
  );
};

const CodesPanel = (props: {
  c: Request;
  left: number;
  /** Digest of the present codes. */
  seen: string;
  problems: readonly FieldProblem[];
}) => {
  const { c, left, seen, problems } = props;
  const t = speaker(c);
  const lang = c.get('lang');
  return (
    <Panel id="recovery" title={t(accountWords.recovery)}>
      <p class="mb-4">
        {codesLeft(left, lang)}
        {lang === 'en' ? ' ' : ''}
        {t(accountWords.renewHow)}
      </p>
      {/* The answer shows the codes once: Turbo stays away. */}
      <PostForm action="/account/recovery-codes" csrf={c.get('csrf')} values={{ seen }} download>
        <TextField
          lang={lang}
          type="password"
          name="proof"
          label={labels.current}
          need="required"
          autocomplete="current-password"
          error={problemAt(problems, 'proof', lang)}
        />
        <Buttons>
          <Button kind="second">{t(accountWords.renew)}</Button>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

/** The tie to the company's sign-in, where there is one or could be. */
const CompanyPanel = (props: { access: Access; c: Request; own: StaffMember; problems: readonly FieldProblem[] }) => {
  const { access, c, own, problems } = props;
  const t = speaker(c);
  const lang = c.get('lang');
  const there = access.office.config.companySignIn;
  if (!there && !own.tied) return null;
  return (
    <Panel id="company" title={t(companyWords.title)} sub={there?.name}>
      <p class="mb-4">
        {t(
          !there
            ? companyWords.off
            : !own.tied
              ? companyWords.untied
              : own.password
                ? companyWords.both
                : companyWords.alone,
        )}
      </p>
      {there && !own.tied && (
        <LinkButton kind="second" elsewhere href="/account/company/leave">
          {t(companyWords.begin)}
        </LinkButton>
      )}
      {own.tied && own.password && (
        <PostForm action="/account/company/end" csrf={c.get('csrf')}>
          <TextField
            lang={lang}
            type="password"
            name="company-proof"
            label={labels['company-proof']}
            need="required"
            autocomplete="current-password"
            error={problemAt(problems, 'company-proof', lang)}
          />
          <p class="hint mb-3">{t(companyWords.untieHow)}</p>
          <Buttons>
            <Button kind="second">{t(companyWords.untie)}</Button>
          </Buttons>
          {there && (
            <>
              <p class="hint mt-5 mb-3">{t(companyWords.relyHow)}</p>
              <Buttons>
                <Button kind="stop" to="/account/company/alone">
                  {t(companyWords.rely)}
                </Button>
              </Buttons>
            </>
          )}
        </PostForm>
      )}
    </Panel>
  );
};

const Done = ({ c }: { c: Request }) => {
  const t = speaker(c);
  const all = { password: accountWords.passwordDone, session: accountWords.sessionDone, ...companyWords.done };
  const said = Object.entries(all).find(([done]) => done === c.req.query('done'))?.[1];
  if (!said) return null;
  return (
    <div class="mb-5">
      <Banner kind="good" title={t(said)} role="status">
        {said === accountWords.passwordDone ? t(accountWords.passwordDoneHow) : undefined}
      </Banner>
    </div>
  );
};

async function account(access: Access, c: Request, sent?: Sent) {
  const own = await sessionOf(access, tokenOf(access, c));
  if (!own) return c.redirect('/sign-in', 303);
  const t = speaker(c);
  const [sessions, left, codes] = await Promise.all([
    actions.listOwnSessions(access, own.staff.id),
    actions.countRecoveryCodes(access, own.staff.id),
    actions.recoveryCodesDigest(access, own.staff.id),
  ]);
  const person = sent?.person && shownAgain(sent.person, own.staff);
  const told = sent && !isOvertaken(sent.problem) ? problemsOf(sent.problem) : [];
  const proof = proofs[sent?.form ?? 'password'];
  const problems = told.map((one) => (one.field === 'current' ? { ...one, field: proof } : one));
  const of = (form: Sent['form']) => (sent?.form === form ? problems : []);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(accountWords.title)}
      path="/account"
      crumbs={[{ label: t(accountWords.title) }]}
      sub={own.staff.email}
      failed={sent !== undefined}
    >
      <Done c={c} />
      <PersonDone c={c} />
      <CompanyTrouble c={c} />
      <ErrorSummary lang={c.get('lang')} problems={problems} labels={labels} />
      {person && <PersonOvertaken c={c} sent={person} />}
      <div class="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        {own.staff.password && (
          <>
            <PersonPanel c={c} own={own.staff} sent={person} problems={of('person')} />
            <PasswordPanel c={c} problems={of('password')} />
            <CodesPanel c={c} left={left} seen={codes} problems={of('codes')} />
          </>
        )}
        <CompanyPanel access={access} c={c} own={own.staff} problems={of('company')} />
        <div class="lg:col-span-2 xl:col-span-1">
          <SessionsPanel c={c} sessions={sessions} here={own.session.id} />
        </div>
      </div>
    </OfficeSheet>,
    sent ? problemStatus(sent.problem) : 200,
  );
}

export const showAccount = (access: Access) => (c: Request) => account(access, c);

export const postPerson = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const { typed, seen } = personIn(form);
  const outcome = await changeOwnPerson(access, byOf(c), tokenOf(access, c), {
    ...typed,
    seen,
    current: form.text(proofs.person),
  });
  if (!outcome.ok) {
    const { problem } = outcome;
    return account(access, c, { form: 'person', problem, person: { typed, seen, problem } });
  }
  const { changed, known } = outcome.value;
  if (known !== null) c.header('Set-Cookie', knownCookie(access, known), { append: true });
  return c.redirect(`/account${doneQuery(changed)}`, 303);
};

export const postPassword = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const outcome = await actions.changePassword(access, byOf(c), tokenOf(access, c), {
    current: form.text(proofs.password),
    password: form.text('password'),
    passwordAgain: form.text('password-again'),
  });
  if (!outcome.ok) return account(access, c, { form: 'password', problem: outcome.problem });
  return c.redirect('/account?done=password', 303);
};

export const postEndSession = (access: Access) => async (c: Request) => {
  const id = c.req.param('id') ?? '';
  if (!isId(id)) return c.notFound();
  const outcome = await actions.endOwnSession(access, byOf(c), id);
  if (!outcome.ok) return account(access, c, { problem: outcome.problem });
  return c.redirect('/account?done=session', 303);
};

export const postRecoveryCodes = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const current = form.text(proofs.codes);
  const outcome = await actions.renewRecoveryCodes(access, byOf(c), tokenOf(access, c), current, form.text('seen'));
  if (!outcome.ok) return account(access, c, { form: 'codes', problem: outcome.problem });
  const t = speaker(c);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(enterWords.codes)}
      path="/account"
      crumbs={[{ label: t(accountWords.title), href: '/account' }, { label: t(enterWords.codes) }]}
    >
      <RecoveryCodes c={c} codes={outcome.value} />
      <LinkButton href="/account">{t(enterWords.toAccount)}</LinkButton>
    </OfficeSheet>,
  );
};

const postCompany =
  (access: Access, change: typeof untieOneself, done: keyof typeof companyWords.done) => async (c: Request) => {
    const current = c.get('form').text(proofs.company);
    const outcome = await change(access, byOf(c), tokenOf(access, c), current);
    if (!outcome.ok) return account(access, c, { form: 'company', problem: outcome.problem });
    return c.redirect(`/account?done=${done}`, 303);
  };

export const postUntie = (access: Access) => postCompany(access, untieOneself, 'untied');

export const postRely = (access: Access) => postCompany(access, relyOnTie, 'alone');
