// The company's sign-in in a real browser, which handles cookies by its own rules and follows to another site only as the pages' policy allows.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { listStaff, type By } from '../../src/features/access/index.ts';
import { inviteStaff } from '../../src/features/access/actions/staff.ts';
import { companyWords, fieldWords, signInBy, troubleWords } from '../../src/features/access/words.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { PASSWORD } from '../house.ts';
import { CLIENT, openProvider, SECRET, type Provider } from '../oidc.ts';
import { freePort } from '../server.ts';
import { faultsBothWays, openTab, type Lang } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

const clock = standingClock('2026-12-07T10:00:00+09:00');
const NAME = '例示アカウント';
let provider: Provider;
let on: BrowserOffice;
beforeAll(async () => {
  const port = String(await freePort());
  // Another host name is another site.
  provider = await openProvider(
    () => clock.now(),
    () => `http://127.0.0.1:${port}/sign-in/company/back`,
    'localhost',
  );
  const env = {
    PORT: port,
    SEKISHO_OIDC_ISSUER: provider.issuer,
    SEKISHO_OIDC_CLIENT: CLIENT,
    SEKISHO_OIDC_SECRET: SECRET,
    SEKISHO_OIDC_NAME: NAME,
  };
  on = await openBrowserOffice(clock, undefined, { env });
});
afterAll(async () => {
  await on.close();
  await provider.close();
});

test.each<[Lang, 'desk' | 'handler']>([
  ['ja', 'desk'],
  ['en', 'handler'],
])('is tied, signs in, and is taken off (%s)', async (lang, role) => {
  const { page, context, complaints } = await on.enter(role, lang);
  const looked = async (): Promise<void> => expect(await faultsBothWays(page, lang)).toEqual([]);
  provider.person = { sub: role, email: `${role}.account@example.jp` };
  await page.goto(on.url('/account'));
  await looked();
  await page.getByRole('link', { name: companyWords.begin[lang] }).click();
  await page.waitForURL(on.url('/account/company'));
  expect(await page.textContent('main')).toContain(`${role}.account@example.jp`);
  await looked();
  await page.getByLabel(fieldWords.current[lang]).fill('wrong');
  await page.getByRole('button', { name: companyWords.tie[lang] }).click();
  await page.waitForSelector('[aria-invalid=true]');
  await looked();
  await page.getByLabel(fieldWords.current[lang]).fill(PASSWORD);
  await page.getByRole('button', { name: companyWords.tie[lang] }).click();
  await page.waitForURL(on.url('/account?done=tied'));
  await looked();

  await context.clearCookies();
  await page.goto(on.url(`/ledger?lang=${lang}`));
  await looked();
  await page.getByRole('link', { name: signInBy(NAME)[lang] }).click();
  await page.waitForURL(on.url('/ledger'));
  // Nothing of the provider's answer stays in the history.
  await page.goBack();
  expect(page.url()).not.toContain('code=');

  await page.goto(on.url('/account'));
  await page.fill('#company [type=password]', PASSWORD);
  await page.getByRole('button', { name: companyWords.untie[lang] }).click();
  await page.waitForURL(on.url('/account?done=untied'));
  await context.clearCookies();
  await page.goto(on.url(`/sign-in?lang=${lang}`));
  await page.getByRole('link', { name: signInBy(NAME)[lang] }).click();
  await page.getByText(troubleWords.unknown[lang]).waitFor();
  await looked();
  expect(complaints).toEqual([]);
  await context.close();
});

test('lets somebody in by their invitation, and then alone', async () => {
  const by: By = { actor: { kind: 'sekisho' }, authority: [] };
  const email = 'hanako.reiji@example.jp';
  const invited = await inviteStaff(on.app.access, by, { name: '例示 花子', email, roles: ['employee'] });
  if (!invited.ok) throw new Error('nobody was invited');
  const { page, context, complaints } = await openTab(on.browser, { lang: 'ja' });
  provider.person = { sub: 'hanako', email: 'other@example.jp', email_verified: true };
  await page.goto(invited.value.link);
  expect(await faultsBothWays(page, 'ja')).toEqual([]);
  await page.getByRole('link', { name: signInBy(NAME).ja }).click();
  await page.getByText(troubleWords.email.ja).waitFor();
  expect(await faultsBothWays(page, 'ja')).toEqual([]);
  provider.person = { sub: 'hanako', email, email_verified: true };
  await page.getByRole('link', { name: signInBy(NAME).ja }).click();
  await page.waitForURL(on.url('/'));
  await page.goto(on.url('/account'));
  expect(await page.textContent('#company')).toContain(companyWords.alone.ja);
  expect(await page.locator('main [type=password]').count()).toBe(0);
  expect(await faultsBothWays(page, 'ja')).toEqual([]);
  expect((await listStaff(on.app.access)).find((one) => one.email === email)).toMatchObject({ tied: true });
  expect(complaints).toEqual([]);
  await context.close();
});
