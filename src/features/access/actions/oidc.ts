// The way to the company's sign-in (OpenID Connect) and back: authorization code with PKCE, state and nonce. All requests to the provider are made
// here. Its answers are believed only once the library has checked them, and its messages are never shown.

import * as oidc from 'openid-client';
import { systemClock } from '../../../platform/clock.ts';
import type { CompanySignIn } from '../../../platform/config.ts';
import * as facts from '../facts/session.ts';
import { forgetVisits, keepVisit, visitOf } from '../store/ties.ts';
import type { Account, Errand, Visit } from '../tables.ts';
import type { Access } from './access.ts';
import { countAttempt, takeBack } from './attempts.ts';
import { newToken } from './credentials.ts';
import type { Trouble } from '../words.ts';

/** The redirect address that is registered with the provider. */
const BACK = '/sign-in/company/back';

/** How long to wait for each answer of the provider. */
const TIMEOUT_S = 5;

/** A value, or a code for what went wrong; the browser is redirected to a page that explains it. */
export type Went<T> = { ok: true; value: T } | { ok: false; trouble: Trouble };

export const went = <T>(value: T): Went<T> => ({ ok: true, value });

export const trouble = (what: Trouble): { ok: false; trouble: Trouble } => ({ ok: false, trouble: what });

/** True when the provider answered and the library rejects the answer. Any other error, such as a status of 500 or more, counts as no answer. */
const isAnswer = (error: unknown): boolean =>
  !(error instanceof Error && error.cause instanceof Response && error.cause.status >= 500) &&
  (error instanceof oidc.ResponseBodyError ||
    error instanceof oidc.WWWAuthenticateChallengeError ||
    (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT' && error.code !== 'OAUTH_ABORT'));

/** Sends the secret in the body where the provider accepts it there: programs differ in how they encode special characters in the header. */
const authentication =
  (secret: string): oidc.ClientAuth =>
  (server, ...request) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    return (inBody ? oidc.ClientSecretPost : oidc.ClientSecretBasic)(secret)(server, ...request);
  };

const sameIssuer = (one: string, other: string): boolean => new URL(one).href === new URL(other).href;

/** Discovers the provider anew for each trip there and each return. They are few, and changed keys and addresses then take effect at once. */
async function connect({ office: { clock } }: Access, settings: CompanySignIn): Promise<Went<oidc.Configuration>> {
  const insecure = settings.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  try {
    const server = await oidc.discovery(
      new URL(settings.issuer),
      settings.client,
      { [oidc.clockSkew]: Math.round((clock.now() - systemClock.now()) / 1000) },
      authentication(settings.secret),
      { timeout: TIMEOUT_S, execute: [oidc.enableNonRepudiationChecks, ...insecure] },
    );
    // For Microsoft the library accepts the issuer of any of its customers that a token names.
    const { issuer, authorization_endpoint: there } = server.serverMetadata();
    return there !== undefined && sameIssuer(issuer, settings.issuer) ? went(server) : trouble('settings');
  } catch (error) {
    return trouble(isAnswer(error) ? 'settings' : 'away');
  }
}

const attemptsFrom = ({ directory }: Access, address: string) =>
  address === '' ? [] : [{ key: directory.index('company', address), limit: facts.FAILURES.address }];

/** The key of a visit by its state; it differs from the keys of whatever else waits for the browser. */
const comingBackWith = (state: string): string => `state ${state}`;

/** Begins a visit. `browser`: the secret that this browser holds already, so that several of its pages may be on the way at once. */
export async function leave(
  access: Access,
  errand: Errand,
  from: { address: string; browser: string },
): Promise<Went<{ to: URL; browser: string }>> {
  const { config, clock, database } = access.office;
  const settings = config.companySignIn;
  if (!settings) return trouble('settings');
  if ((await countAttempt(access, attemptsFrom(access, from.address))).wait > 0) return trouble('busy');
  const connected = await connect(access, settings);
  if (!connected.ok) return connected;
  const browser = from.browser === '' ? newToken() : from.browser;
  const [state, nonce, verifier] = [newToken(), newToken(), newToken()];
  const visit: Visit = { ...errand, nonce, verifier };
  await forgetVisits(database, clock.now(), facts.VISIT_MS);
  await keepVisit(database, access.directory, { browser, at: comingBackWith(state) }, visit, clock.now());
  const to = oidc.buildAuthorizationUrl(connected.value, {
    redirect_uri: config.publicUrl + BACK,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(settings.acr.length > 0 ? { acr_values: settings.acr.join(' ') } : {}),
  });
  return went({ to, browser });
}

/** An account as the provider describes it. */
export interface Known extends Account {
  /** '' where the provider does not vouch that the e-mail is theirs. */
  verifiedEmail: string;
}

const text = (claim: unknown): string => (typeof claim === 'string' ? claim : '');

/** The account that the token is about. Where the token holds no e-mail, `more` is asked for the rest. */
async function knownOf(
  claims: oidc.IDToken | undefined,
  { issuer, acr }: CompanySignIn,
  more: (subject: string) => Promise<oidc.UserInfoResponse | undefined>,
): Promise<Went<Known>> {
  if (!claims || !sameIssuer(claims.iss, issuer)) return trouble('refused');
  if (acr.length > 0 && !acr.includes(text(claims.acr))) return trouble('weak');
  const said = claims.email === undefined ? { ...claims, ...(await more(claims.sub)) } : claims;
  return went({
    issuer: claims.iss,
    subject: claims.sub,
    shown: text(said.email) || text(said.preferred_username) || text(said.name),
    verifiedEmail: said.email_verified === true ? text(said.email) : '',
  });
}

async function ask(
  access: Access,
  settings: CompanySignIn,
  query: URLSearchParams,
  visit: Visit,
): Promise<Went<Known>> {
  const connected = await connect(access, settings);
  if (!connected.ok) return connected;
  const server = connected.value;
  const back = new URL(`${access.office.config.publicUrl}${BACK}?${query}`);
  try {
    const tokens = await oidc.authorizationCodeGrant(server, back, {
      pkceCodeVerifier: visit.verifier,
      expectedState: query.get('state') ?? '',
      expectedNonce: visit.nonce,
      idTokenExpected: true,
    });
    // A sign-in needs the subject only; the provider's user info is asked for only when a tie is to be made.
    const asks = visit.for !== 'sign-in' && server.serverMetadata().userinfo_endpoint !== undefined;
    return await knownOf(tokens.claims(), settings, async (subject) =>
      asks ? oidc.fetchUserInfo(server, tokens.access_token, subject) : undefined,
    );
  } catch (error) {
    return trouble(isAnswer(error) ? 'refused' : 'away');
  }
}

/**
 * Takes an answer of the provider, once, from the browser that left with its state, within `VISIT_MS`. Returns the errand it left on, and the
 * account as the provider describes it.
 */
export async function comeBack(
  access: Access,
  query: URLSearchParams,
  { address, browser }: { address: string; browser: string },
): Promise<{ errand: Errand | null; known: Went<Known> }> {
  const { config, clock, database } = access.office;
  const settings = config.companySignIn;
  const at = { browser, at: comingBackWith(query.get('state') ?? '') };
  const once = { now: clock.now(), lastsMs: facts.VISIT_MS, take: true };
  const visit = settings && browser !== '' ? await visitOf<Visit>(database, access.directory, at, once) : null;
  if (!settings || !visit) return { errand: null, known: trouble('over') };
  const error = query.get('error');
  const known =
    error === null
      ? await ask(access, settings, query, visit)
      : trouble(error === 'access_denied' ? 'cancelled' : 'refused');
  // Only a successful return gives the attempt back: otherwise one could leave for ever, and the provider would be asked each time.
  if (known.ok) await database.transaction((tx) => takeBack(tx, attemptsFrom(access, address), false));
  return { errand: visit, known };
}
