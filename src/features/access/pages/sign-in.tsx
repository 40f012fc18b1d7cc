// Signing in, first with e-mail and password, then with a code; and signing out. The answers are the same whether or not an account exists.

import { getConnInfo } from '@hono/node-server/conninfo';
import type { Child } from 'hono/jsx';
import type { FieldProblem } from '../../../base/outcome.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { ErrorSummary, fieldFor, PostForm, problemAt, TextField } from '../../../platform/ui/form.tsx';
import type { Access } from '../actions/access.ts';
import { knownCookie, knownOfCookie, sessionCookie, tokenOfCookie } from '../actions/gate.ts';
import { awaitedCode, confirmSignIn, readsIn, signIn, signOut } from '../actions/sign-in.ts';
import { networkOf } from '../facts/session.ts';
import { companyWords, fieldWords, signInBy, signInWords, troubleIn } from '../words.ts';
import { GateSheet, problemsOf, speaker, type Request } from './sheet.tsx';

const labels = { email: fieldWords.email, password: fieldWords.password, code: fieldWords.code };

/** The path to go to after signing in: a path of this server, never another host. */
export function nextOf(text: string | undefined): string {
  return text && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.startsWith('/sign-') ? text : '/';
}

/**
 * The caller's address in the form in which it is counted (`networkOf`). With https a proxy stands before the server: only the last address in its
 * header is believed.
 */
export function callerAddress(
  access: Access,
  c: Pick<Request, 'env'> & { req: Pick<Request['req'], 'header'> },
): string {
  const proxied = access.office.config.publicUrl.startsWith('https:') && c.req.header('x-forwarded-for');
  if (proxied) return networkOf(proxied.split(',').at(-1)!.trim());
  // A request made in process has no socket, and so no address to count by.
  return (c.env as object | undefined) && 'incoming' in (c.env as object)
    ? networkOf(getConnInfo(c as Request).remote.address ?? '')
    : '';
}

export const tokenOf = (access: Access, c: Request): string => tokenOfCookie(access, c.req.header('cookie'));

const knownOf = (access: Access, c: Request): string => knownOfCookie(access, c.req.header('cookie'));

/** Gives the browser its session cookie, and the mark by which it is known from now on. */
export function hand(access: Access, c: Request, { token, known }: { token: string; known: string }): void {
  c.header('Set-Cookie', sessionCookie(access, token), { append: true });
  if (known !== '') c.header('Set-Cookie', knownCookie(access, known), { append: true });
}

export const withNext = (path: string, next: string): string => `${path}?next=${encodeURIComponent(next)}`;

/** Says what went wrong at the company's sign-in, where the address names it. */
export const CompanyTrouble = ({ c }: { c: Request }) => {
  const t = speaker(c);
  const trouble = troubleIn(c.req.query('trouble'));
  return trouble ? (
    <div class="mb-5">
      <Banner kind="bad" title={t(companyWords.failed)} role="status">
        {t(trouble)}
      </Banner>
    </div>
  ) : null;
};

/** A link to the company's sign-in, where there is one. `children` are shown before it. */
export const CompanySignIn = (props: { access: Access; c: Request; href: string; children?: Child }) => {
  const { access, c } = props;
  const { companySignIn } = access.office.config;
  if (!companySignIn) return null;
  return (
    <>
      <CompanyTrouble c={c} />
      {props.children}
      <div class="mb-8">
        <LinkButton kind="second" wide elsewhere href={props.href}>
          {speaker(c)(signInBy(companySignIn.name))}
        </LinkButton>
      </div>
    </>
  );
};

function signInForm(access: Access, c: Request, next: string, problems: readonly FieldProblem[] = []) {
  const t = speaker(c);
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  const failed = problems.length > 0;
  return c.html(
    <GateSheet c={c} title={t(signInWords.title)} path={withNext('/sign-in', next)} typed={false} failed={failed}>
      <CompanySignIn access={access} c={c} href={withNext('/sign-in/company', next)} />
      {access.office.config.companySignIn && <h2 class="h2">{t(companyWords.or)}</h2>}
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <PostForm action="/sign-in" csrf={c.get('csrf')} values={{ next }}>
        <TextField
          {...field('email')}
          type="email"
          value={failed ? c.get('form').text('email') : ''}
          autocomplete="username"
        />
        <TextField {...field('password')} type="password" autocomplete="current-password" />
        <Button>{t(signInWords.submit)}</Button>
      </PostForm>
      <p class="small muted mt-6">{t(signInWords.forgotten)}</p>
    </GateSheet>,
    failed ? 422 : 200,
  );
}

function codeForm(c: Request, next: string, problems: readonly FieldProblem[] = []) {
  const t = speaker(c);
  const lang = c.get('lang');
  return c.html(
    <GateSheet
      c={c}
      title={t(signInWords.codeTitle)}
      path={withNext('/sign-in/code', next)}
      typed={false}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <PostForm action="/sign-in/code" csrf={c.get('csrf')} values={{ next }}>
        <TextField
          lang={lang}
          name="code"
          label={labels.code}
          hint={t(signInWords.codeHint)}
          autocomplete="one-time-code"
          error={problemAt(problems, 'code', lang)}
        />
        <Button>{t(signInWords.codeSubmit)}</Button>
      </PostForm>
      <p class="small mt-6">
        <a href="/sign-in">{t(signInWords.again)}</a>
      </p>
    </GateSheet>,
    problems.length > 0 ? 422 : 200,
  );
}

export const showSignIn = (access: Access) => (c: Request) =>
  c.get('actor').kind === 'staff'
    ? c.redirect(nextOf(c.req.query('next')), 303)
    : signInForm(access, c, nextOf(c.req.query('next')));

export const postSignIn = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const next = nextOf(form.text('next'));
  const typed = { email: form.text('email'), password: form.text('password') };
  const outcome = await signIn(access, typed, callerAddress(access, c), knownOf(access, c));
  if (!outcome.ok) return signInForm(access, c, next, problemsOf(outcome.problem));
  await signOut(access, tokenOf(access, c));
  await readsIn(access, outcome.value.token, c.get('lang'));
  hand(access, c, outcome.value);
  return c.redirect(outcome.value.awaitsCode ? withNext('/sign-in/code', next) : next, 303);
};

export const showCode = (access: Access) => async (c: Request) =>
  (await awaitedCode(access, tokenOf(access, c)))
    ? codeForm(c, nextOf(c.req.query('next')))
    : c.redirect('/sign-in', 303);

export const postCode = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const next = nextOf(form.text('next'));
  const [token, known] = [tokenOf(access, c), knownOf(access, c)];
  const outcome = await confirmSignIn(access, token, form.text('code'), callerAddress(access, c), known);
  if (!outcome.ok) {
    return outcome.problem.kind === 'not-found'
      ? c.redirect('/sign-in', 303)
      : codeForm(c, next, problemsOf(outcome.problem));
  }
  await readsIn(access, outcome.value.token, c.get('lang'));
  hand(access, c, outcome.value);
  return c.redirect(next, 303);
};

export const postSignOut = (access: Access) => async (c: Request) => {
  await signOut(access, tokenOf(access, c));
  c.header('Set-Cookie', sessionCookie(access, ''), { append: true });
  return c.redirect('/sign-in', 303);
};
