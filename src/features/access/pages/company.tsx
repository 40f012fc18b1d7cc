// The way to the company's sign-in and back. The browser is redirected at once, to where the person wanted to go or to a page that says what went
// wrong, so that no part of the provider's answer stays in an address.

import type { FieldProblem } from '../../../base/outcome.ts';
import { problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, TextField } from '../../../platform/ui/form.tsx';
import { byOf, type Access } from '../actions/access.ts';
import { visitCookie, visitOfCookie } from '../actions/gate.ts';
import * as oidc from '../actions/oidc.ts';
import { readLink } from '../actions/links.ts';
import { readsIn, sessionOf, signOut } from '../actions/sign-in.ts';
import { accountShown, enterTied, showAccount, signInTied, tieOneself } from '../actions/ties.ts';
import type { Errand } from '../tables.ts';
import { accountWords, companyWords, fieldWords, words, type Trouble } from '../words.ts';
import { OfficeSheet, problemsOf, speaker, type Request } from './sheet.tsx';
import { callerAddress, hand, nextOf, tokenOf, withNext } from './sign-in.tsx';

const browserOf = (access: Access, c: Request): string => visitOfCookie(access, c.req.header('cookie'));

const fromOf = (access: Access, c: Request) => ({ address: callerAddress(access, c), browser: browserOf(access, c) });

/** The page where an errand began. */
function beginningOf(errand: Errand | null): string {
  if (errand?.for === 'tie') return '/account';
  if (errand?.for === 'link') return `/invitation/${encodeURIComponent(errand.link)}`;
  return withNext('/sign-in', errand?.next ?? '/');
}

/** Redirects to the page where the errand began, which says what went wrong. */
function troubled(c: Request, errand: Errand | null, trouble: Trouble): Response {
  const at = beginningOf(errand);
  return c.redirect(`${at}${at.includes('?') ? '&' : '?'}trouble=${trouble}`, 303);
}

async function leave(access: Access, c: Request, errand: Errand): Promise<Response> {
  if (!access.office.config.companySignIn) return c.notFound();
  const left = await oidc.leave(access, errand, fromOf(access, c));
  if (!left.ok) return troubled(c, errand, left.trouble);
  c.header('Set-Cookie', visitCookie(access, left.value.browser), { append: true });
  return c.redirect(left.value.to.href, 303);
}

/** Somebody already signed in stays who they are, wherever the link that sent them came from. */
export const leaveToSignIn = (access: Access) => async (c: Request) => {
  const next = nextOf(c.req.query('next'));
  const isIn = (await sessionOf(access, tokenOf(access, c))) !== null;
  return isIn ? c.redirect(next, 303) : leave(access, c, { for: 'sign-in', next });
};

export const leaveByLink = (access: Access) => async (c: Request) => {
  const link = c.req.param('token') ?? '';
  const open = await readLink(access, link);
  return open?.staff ? leave(access, c, { for: 'link', link }) : c.notFound();
};

export const leaveToTie = (access: Access) => async (c: Request) => {
  const actor = c.get('actor');
  return actor.kind === 'staff' ? leave(access, c, { for: 'tie', staff: actor.id }) : c.notFound();
};

export const comeBack = (access: Access) => async (c: Request) => {
  if (!access.office.config.companySignIn) return c.notFound();
  const from = fromOf(access, c);
  const { errand, known } = await oidc.comeBack(access, new URL(c.req.url).searchParams, from);
  if (!errand || !known.ok) return troubled(c, errand, known.ok ? 'over' : known.trouble);
  const token = tokenOf(access, c);
  if (errand.for === 'tie') {
    const shown = await showAccount(access, { token, browser: from.browser, staff: errand.staff }, known.value);
    return shown.ok ? c.redirect('/account/company', 303) : troubled(c, errand, shown.trouble);
  }
  const came =
    errand.for === 'link' ? await enterTied(access, errand.link, known.value) : await signInTied(access, known.value);
  if (!came.ok) return troubled(c, errand, came.trouble);
  await signOut(access, token);
  await readsIn(access, came.value.token, c.get('lang'));
  hand(access, c, came.value);
  return c.redirect(errand.for === 'link' ? '/' : errand.next, 303);
};

async function tieForm(
  access: Access,
  c: Request,
  problems: readonly FieldProblem[] = [],
  status: 200 | 403 | 404 | 409 | 422 = 200,
) {
  const account = await accountShown(access, tokenOf(access, c), browserOf(access, c));
  if (!account) return troubled(c, { for: 'tie', staff: '' }, 'over');
  const t = speaker(c);
  const lang = c.get('lang');
  return c.html(
    <OfficeSheet
      c={c}
      title={t(companyWords.confirm)}
      path="/account/company"
      crumbs={[{ label: t(accountWords.title), href: '/account' }, { label: t(companyWords.confirm) }]}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ current: fieldWords.current }} />
      <Banner kind="warn" title={t(companyWords.ask)} icon="warn">
        {t(companyWords.confirmHow)}
      </Banner>
      <div class="my-6">
        <Dl items={[[t(companyWords.account), account.shown || t(companyWords.unnamed)]]} />
      </div>
      <PostForm action="/account/company" csrf={c.get('csrf')}>
        <div class="max-w-xl">
          <TextField
            lang={lang}
            type="password"
            name="current"
            label={fieldWords.current}
            need="required"
            autocomplete="current-password"
            error={problemAt(problems, 'current', lang)}
          />
        </div>
        <Buttons>
          <Button>{t(companyWords.tie)}</Button>
          <LinkButton kind="text" href="/account">
            {t(words.cancel)}
          </LinkButton>
        </Buttons>
      </PostForm>
    </OfficeSheet>,
    status,
  );
}

export const showTie = (access: Access) => (c: Request) => tieForm(access, c);

export const postTie = (access: Access) => async (c: Request) => {
  const form = { current: c.get('form').text('current'), browser: browserOf(access, c) };
  const outcome = await tieOneself(access, byOf(c), tokenOf(access, c), form);
  if (!outcome.ok) return tieForm(access, c, problemsOf(outcome.problem), problemStatus(outcome.problem));
  return c.redirect('/account?done=tied', 303);
};
