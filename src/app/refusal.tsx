// The page shown when a request is refused or its address has no page: why, and what to do.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../base/bilingual.ts';
import type { Env, Kept } from '../platform/http/index.ts';
import { OfficePage, SignInPage } from '../platform/ui/frame.tsx';
import { SendAgain } from '../platform/ui/send-again.tsx';
import { AUTHORITY, type Way } from './frame.ts';

const homeWords = both('ホームへ', 'To the home page');
const formWords = both('前の画面に戻る', 'Go back');
const againWords = both('もう一度開く', 'Open it again');

/** Ways on for a visitor who is not signed in. Most visitors of such a page are from outside; the last link is for staff who must sign in. */
const waysIn: readonly Way[] = [
  { href: '/requests', label: both('開示などの請求', 'Requests about your information') },
  { href: '/policy', label: both('個人情報保護方針', 'Personal Information Protection Policy') },
  { href: '/sign-in', label: both('従業者のサインイン', 'Sign-in for staff') },
];

/** The path of a URL, not decoded and with exactly one leading slash: otherwise a link to it could lead to another host. */
const placeOf = ({ pathname }: URL): string => pathname.replace(/^\/+/, '/');

/** What to do, for refusals that say only that they are one. */
const todo: Readonly<Record<number, Bilingual>> = {
  403: both(
    '仕事に必要なときは、個人情報保護管理者に、役割を加えてもらってください。',
    'If your work needs it, ask a privacy officer for the role.',
  ),
  404: both('アドレスを確かめるか、次のリンクから探してください。', 'Check the address, or use the links below.'),
};

/** The page that a form was sent from. The browser shows the refusal in place of that page, so its own back button would skip it. */
function formPage(c: Context<Env>): string | undefined {
  const from = c.req.header('referer') ?? '';
  if (c.req.method !== 'POST' || !URL.canParse(from)) return undefined;
  const url = new URL(from);
  return url.host === new URL(c.req.url).host ? placeOf(url) + url.search : undefined;
}

/** Links for a page that leads nowhere. */
const waysOn = (lang: Lang, ways: readonly Way[]) => (
  <ul class="grid gap-1">
    {ways.map(({ href, label }) => (
      <li>
        <a href={href} class="inline-block py-2.5">
          {label[lang]}
        </a>
      </li>
    ))}
  </ul>
);

/** A page that says why the request was refused and what to do, and gives back what was typed. Its title is the first sentence. */
export function refusalPage(
  c: Context<Env>,
  status: number,
  says: Bilingual,
  kept?: Kept,
): Response | Promise<Response> {
  const lang = c.get('lang');
  const frame = c.get('frame');
  const [, title = '', more] = /^(.*?)(?:。|\. |\.?$)(.*)$/s.exec(says[lang])!;
  const how = more || (kept ? '' : (todo[status]?.[lang] ?? ''));
  const next = how && <p class="mb-5">{how}</p>;
  const form = formPage(c);
  const path = placeOf(new URL(c.req.url));
  const again =
    status >= 500 && c.req.method === 'GET' ? [{ href: path + new URL(c.req.url).search, label: againWords }] : [];
  const back = form ? [{ href: form, label: formWords }] : again;
  const who = status === 403 && !more && c.get('mayOpen')(AUTHORITY.href) ? [AUTHORITY] : [];
  const body =
    c.get('actor')?.kind === 'staff' && frame ? (
      <OfficePage {...frame} title={title} path={path} failed={kept?.unseen !== undefined}>
        {next}
        {kept ? <SendAgain lang={lang} {...kept} /> : waysOn(lang, [...back, ...who, { href: '/', label: homeWords }])}
      </OfficePage>
    ) : (
      <SignInPage lang={lang} title={title} company={frame?.company ?? ''} path={path} typed={c.req.method === 'POST'}>
        {next}
        {kept ? (
          <SendAgain lang={lang} {...kept} />
        ) : (
          waysOn(lang, status === 401 ? waysIn.slice(-1) : [...back, ...waysIn])
        )}
      </SignInPage>
    );
  return c.html(body, status as 404);
}
