// Coming in by a one-time link: an officer, the first or a later one, and staff who were invited or reset. Shows the authenticator's secret and the
// recovery codes once, to this person only.

import { html, raw } from 'hono/html';
import { generateURI } from 'otplib';
import QRCode from 'qrcode';
import type { FieldProblem } from '../../../base/outcome.ts';
import { problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, PurposeBanner, TextField } from '../../../platform/ui/form.tsx';
import type { Access } from '../actions/access.ts';
import { enterByLink, readLink } from '../actions/links.ts';
import { readsIn, signOut } from '../actions/sign-in.ts';
import { base32 } from '../facts/credentials.ts';
import { companyWords, enterWords, fieldWords, roleNames, words } from '../words.ts';
import { CompanySignIn, hand, tokenOf } from './sign-in.tsx';
import { GateSheet, problemsOf, speaker, type Request } from './sheet.tsx';

type Link = NonNullable<Awaited<ReturnType<typeof readLink>>>;

const labels = {
  name: fieldWords.name,
  email: fieldWords.email,
  password: fieldWords.password,
  'password-again': fieldWords.passwordAgain,
  code: fieldWords.code,
};

/** The address from which an authenticator app takes the secret, scanned or opened. */
const uriOf = (secret: string, account: string): string => generateURI({ issuer: 'Sekisho', label: account, secret });

const qrOf = (uri: string): Promise<string> =>
  QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 208 });

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

const Authenticator = ({ c, secret, uri, qr }: { c: Request; secret: string; uri: string; qr: string }) => {
  const t = speaker(c);
  return (
    <section aria-labelledby="app-h">
      <h2 class="h2" id="app-h">
        {t(enterWords.app)}
      </h2>
      <p class="mb-3">{t(enterWords.appHow)}</p>
      <div class="mb-3" role="img" aria-label={t(enterWords.qr)}>
        {html`${raw(qr)}`}
      </div>
      <p class="mb-3">
        {t(enterWords.sameDevice)}
        <a href={uri}>{t(enterWords.openApp)}</a>
        {t({ ja: '。', en: '.' })}
      </p>
      <p class="hint">{t(enterWords.secret)}</p>
      <p class="mb-5 font-mono" id="authenticator-secret" translate="no">
        {inFours(secret)}
      </p>
    </section>
  );
};

/** The person coming in: typed by a new officer, known for an invited person. */
const Who = ({ c, link, error }: { c: Request; link: Link; error: (name: string) => string | undefined }) => {
  const t = speaker(c);
  const lang = c.get('lang');
  const typed = c.req.method === 'POST' ? c.get('form') : undefined;
  if (!link.staff) {
    const field = { lang, need: 'required' } as const;
    return (
      <>
        <TextField
          {...field}
          name="name"
          label={labels.name}
          value={typed?.text('name')}
          error={error('name')}
          autocomplete="name"
        />
        <TextField
          {...field}
          name="email"
          type="email"
          label={labels.email}
          value={typed?.text('email')}
          error={error('email')}
          autocomplete="username"
        />
      </>
    );
  }
  return (
    <div class="mb-5">
      <Dl
        items={[
          [t(fieldWords.name), link.staff.name],
          [t(fieldWords.email), link.staff.email],
          [t(fieldWords.roles), roleNames(link.staff.roles, lang)],
        ]}
      />
    </div>
  );
};

async function form(
  access: Access,
  c: Request,
  link: Link,
  problems: readonly FieldProblem[] = [],
  status: 200 | 403 | 404 | 409 | 422 = 200,
) {
  const t = speaker(c);
  const lang = c.get('lang');
  const kind = link.staff ? 'invited' : link.ground ? 'another' : 'setUp';
  const secret = base32(link.secret);
  const uri = uriOf(secret, link.staff?.email ?? 'officer');
  const qr = await qrOf(uri);
  const error = (name: string) => problemAt(problems, name, lang);
  const field = { lang, need: 'required' } as const;
  return c.html(
    <GateSheet c={c} title={t(enterWords[kind])} failed={problems.length > 0}>
      <p class="mb-5">{t(enterWords[`${kind}Lead`])}</p>
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      {link.staff && (
        <CompanySignIn access={access} c={c} href={`/invitation/${c.req.param('token')}/company`}>
          <h2 class="h2">{t(companyWords.title)}</h2>
          <p class="mb-3">{t(companyWords.enterHow)}</p>
        </CompanySignIn>
      )}
      <h2 class="h2">{t(enterWords.who)}</h2>
      <PurposeBanner lang={lang}>{t(enterWords.purpose)}</PurposeBanner>
      {/* The answer shows the recovery codes once: Turbo stays away. */}
      <PostForm action={c.req.path} csrf={c.get('csrf')} values={{ sealed: link.sealed }} download>
        <Who c={c} link={link} error={error} />
        <TextField
          {...field}
          name="password"
          type="password"
          label={labels.password}
          hint={t(enterWords.passwordHint)}
          error={error('password')}
          autocomplete="new-password"
        />
        <TextField
          {...field}
          name="password-again"
          type="password"
          label={labels['password-again']}
          error={error('password-again')}
          autocomplete="new-password"
        />
        <Authenticator c={c} secret={secret} uri={uri} qr={qr} />
        <TextField
          {...field}
          name="code"
          label={labels.code}
          width="date"
          hint={t(enterWords.codeHint)}
          inputmode="numeric"
          autocomplete="one-time-code"
          error={error('code')}
        />
        <Button>{t(enterWords.enter)}</Button>
      </PostForm>
    </GateSheet>,
    status,
  );
}

function gone(c: Request) {
  const t = speaker(c);
  return c.html(
    <GateSheet c={c} title={t(enterWords.gone)}>
      <p class="mb-5">{t(enterWords.goneHow)}</p>
      <LinkButton href="/sign-in">{t({ ja: 'サインインへ', en: 'To sign-in' })}</LinkButton>
    </GateSheet>,
    404,
  );
}

/** The list of recovery codes, on either sheet. */
export const RecoveryCodes = ({ c, codes }: { c: Request; codes: readonly string[] }) => {
  const t = speaker(c);
  return (
    <>
      <Banner kind="warn" title={t(enterWords.onceTitle)} icon="warn">
        {t(words.copyNow)}
      </Banner>
      <p class="my-5">{t(enterWords.codesHow)}</p>
      <ol class="mb-6 grid grid-cols-2 gap-2 font-mono" id="recovery-codes" translate="no">
        {codes.map((code) => (
          <li>{code}</li>
        ))}
      </ol>
    </>
  );
};

export const showLink = (access: Access) => async (c: Request) => {
  const link = await readLink(access, c.req.param('token') ?? '');
  return link ? form(access, c, link) : gone(c);
};

export const postLink = (access: Access) => async (c: Request) => {
  const token = c.req.param('token') ?? '';
  const typed = c.get('form');
  const outcome = await enterByLink(access, token, {
    name: typed.text('name'),
    email: typed.text('email'),
    password: typed.text('password'),
    passwordAgain: typed.text('password-again'),
    sealed: typed.text('sealed'),
    code: typed.text('code'),
  });
  if (!outcome.ok) {
    const link = await readLink(access, token, typed.text('sealed'));
    return link ? form(access, c, link, problemsOf(outcome.problem), problemStatus(outcome.problem)) : gone(c);
  }
  const t = speaker(c);
  await signOut(access, tokenOf(access, c));
  await readsIn(access, outcome.value.token, c.get('lang'));
  hand(access, c, outcome.value);
  return c.html(
    <GateSheet c={c} title={t(enterWords.codes)} path="/account">
      <RecoveryCodes c={c} codes={outcome.value.recoveryCodes} />
      <LinkButton href="/">{t(enterWords.toHome)}</LinkButton>
    </GateSheet>,
  );
};
