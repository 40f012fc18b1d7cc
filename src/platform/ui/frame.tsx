// The three layouts that every screen uses: office, public, sign-in. The renderer escapes all text, and nothing here writes a script, a style
// attribute or an address outside our own origin. Everything works without script.

import type { Child } from 'hono/jsx';
import { html } from 'hono/html';
import type { Action } from '../../base/actor.ts';
import type { Lang } from '../../base/bilingual.ts';
import { Count } from './chip.tsx';
import { type Crumb, Crumbs } from './crumbs.tsx';
import { csrfField, Hidden, PostForm } from './form.tsx';
import { Icon } from './icon.tsx';
import { Reach } from './reach.tsx';
import { say } from './say.ts';

const words = {
  name: { ja: '関所', en: 'Sekisho' },
  what: { ja: '個人情報保護管理', en: 'Personal information' },
  skip: { ja: '本文へ移動', en: 'Skip to content' },
  menu: { ja: 'メニュー', en: 'Menu' },
  mainMenu: { ja: '主なメニュー', en: 'Main menu' },
  closeMenu: { ja: 'メニューを閉じる', en: 'Close menu' },
  search: { ja: '検索', en: 'Search' },
  searched: { ja: '台帳・案件・条項を探す', en: 'Holdings, requests, clauses' },
  signOut: { ja: 'サインアウト', en: 'Sign out' },
  other: { ja: 'English', en: '日本語' },
  error: { ja: 'エラー：', en: 'Error: ' },
};

const other = (lang: Lang): Lang => (lang === 'ja' ? 'en' : 'ja');

export interface NavLink {
  href: string;
  label: string;
  /** Number of things waiting there. */
  count?: number;
  /** The count is of overdue things or incidents. */
  bad?: boolean;
}

export interface Nav {
  groups: readonly { title?: string; links: readonly NavLink[] }[];
}

export interface FootItem {
  label: string;
  href?: string;
  /** Shown only on paper. */
  paper?: boolean;
}

interface DocumentProps {
  lang: Lang;
  title: string;
  /** What follows the bar in the title: the company or the system. */
  site: string;
  failed?: boolean;
  stays?: boolean | undefined;
  /** The page has a policy under which nothing may be fetched, so Turbo neither loads it nor works on it. */
  unconnected?: boolean | undefined;
  children?: Child;
}

const Document = ({ lang, title, site, failed, stays, unconnected, children }: DocumentProps) =>
  html`<!doctype html>${(
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {stays && <meta name="turbo-refresh-scroll" content="preserve" />}
          <title>{`${failed ? say(words.error, lang) : ''}${title} | ${site}`}</title>
          <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/look.css" />
          {unconnected ? (
            <meta name="turbo-visit-control" content="reload" />
          ) : (
            <>
              {/* Opening a page is logged, so links are not prefetched on hover. */}
              <meta name="turbo-prefetch" content="false" />
              <script type="module" src="/assets/turbo.js"></script>
            </>
          )}
        </head>
        <body>
          <a class="skip" href="#main" data-turbo="false">
            {say(words.skip, lang)}
          </a>
          {children}
        </body>
      </html>
    )}`;

/** The mark: a gate of two posts that rise from the beam across the top of the page. */
const Mark = () => (
  <svg viewBox="0 0 40 40" fill="currentColor" aria-hidden="true">
    <path d="M8 0h4.5v36H8zM27.5 0H32v36h-4.5z" />
    <path d="M3 9h34v4.5H3z" />
    <path d="M16 22.5 20 19l4 3.5V32h-8z" />
    <circle cx="20" cy="23.3" r="1" fill="#fff" />
  </svg>
);

const Brand = ({ lang, href }: { lang: Lang; href: string }) => (
  <a class="brand" href={href}>
    <Mark />
    <span>
      <b>{say(words.name, lang)}</b>
      <small>{say(words.what, lang)}</small>
    </span>
  </a>
);

const Foot = ({ items, centre }: { items: readonly FootItem[]; centre?: boolean }) => (
  <footer class={centre ? 'foot justify-center' : 'foot'}>
    {items.map(({ label, href, paper }) =>
      href ? <a href={href}>{label}</a> : <span class={paper ? 'print-only' : undefined}>{label}</span>,
    )}
  </footer>
);

export interface OfficePageProps {
  lang: Lang;
  /** What the reader may do: a link is shown only to readers who may follow it. */
  may: (action: Action) => boolean;
  title: string;
  /** Path and query of this page: marks the current place and is the target of the link to the other language. */
  path: string;
  nav: Nav;
  /** The page answers a form and cannot be opened again by its address. */
  typed?: boolean | undefined;
  company: string;
  user?: { name: string; role: string; links?: readonly FootItem[] };
  crumbs?: readonly Crumb[];
  /** A line of context beside the title. */
  sub?: Child;
  /** Page actions; at most one main button. */
  actions?: Child;
  footer: readonly FootItem[];
  /** Token for the sign-out form (`POST /sign-out`). */
  csrf: string;
  /** The answer is a 422: the title begins with “Error”. */
  failed?: boolean;
  /** The same form with more in it: Turbo keeps the scroll position. */
  stays?: boolean | undefined;
  children?: Child;
}

const SignOut = ({ lang, csrf }: { lang: Lang; csrf: string }) => (
  <PostForm action="/sign-out" csrf={csrf}>
    <button class="link-btn">{say(words.signOut, lang)}</button>
  </PostForm>
);

/**
 * Link to the same page in the other language; the server remembers the choice. The answer to a form has none, because what was typed or is shown
 * only once would be lost.
 */
const OtherLanguage = ({ lang, path, typed }: { lang: Lang; path: string; typed?: boolean | undefined }) => {
  if (typed) return null;
  const [page, query] = path.split('?');
  const asked = new URLSearchParams(query);
  asked.set('lang', other(lang));
  return (
    <a class="nb" href={`${page}?${asked}`} lang={other(lang)} hreflang={other(lang)}>
      {say(words.other, lang)}
    </a>
  );
};

const Person = ({ lang, csrf, user }: { lang: Lang; csrf: string; user: NonNullable<OfficePageProps['user']> }) => (
  <details class="drop head-user">
    <summary>
      {lang === 'ja' ? `${user.name}（${user.role}）` : `${user.name} (${user.role})`}
      <Icon name="down" small />
    </summary>
    <div class="drop-box">
      <ul class="grid gap-2">
        {user.links?.map(({ label, href }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li>
          <SignOut lang={lang} csrf={csrf} />
        </li>
      </ul>
    </div>
  </details>
);

/** Address of the search page, which has the search field in its sheet. */
export const SEARCH = '/search';

/** The search is sent in a request body: somebody will type a person's name, which must not appear in an address. */
const Search = ({ lang, csrf }: { lang: Lang; csrf: string }) => (
  <form class="head-search" role="search" action={SEARCH} method="post" data-turbo="false">
    <Hidden values={{ [csrfField]: csrf }} />
    <label class="sr-only" for="site-search">
      {say(words.searched, lang)}
    </label>
    <input
      class="input input-s"
      id="site-search"
      type="search"
      autocomplete="off"
      name="q"
      placeholder={say(words.searched, lang)}
    />
    <button class="btn btn-1 btn-s">{say(words.search, lang)}</button>
  </form>
);

const OfficeHead = ({ lang, company, user, csrf, path, typed }: OfficePageProps) => (
  <header class="head">
    <div class="head-in">
      <Brand lang={lang} href="/" />
      <span class="head-org">{company}</span>
      <div class="head-right">
        {user && path !== SEARCH && <Search lang={lang} csrf={csrf} />}
        <OtherLanguage lang={lang} path={path} typed={typed} />
        {user && <Person lang={lang} csrf={csrf} user={user} />}
        <a class="menu-link" id="to-menu" href="#menu" data-turbo="false">
          <Icon name="menu" />
          {say(words.menu, lang)}
        </a>
      </div>
    </div>
  </header>
);

/** The navigation link of the current page: the longest one that is the page or a folder above it. */
function currentPlace(nav: Nav, path: string): string | undefined {
  const page = path.split('?')[0]!;
  return nav.groups
    .flatMap((g) => g.links.map((l) => l.href))
    .filter((href) => page === href || (href !== '/' && page.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0];
}

const SidePath = ({ lang, nav, path, user, csrf }: OfficePageProps) => {
  const current = currentPlace(nav, path);
  return (
    <nav class="side" id="menu" tabindex={-1} aria-label={say(words.mainMenu, lang)}>
      <a class="close" href="#to-menu" data-turbo="false">
        <Icon name="close" />
        {say(words.closeMenu, lang)}
      </a>
      {user && (
        <a class="find" href={SEARCH} aria-current={path === SEARCH ? 'page' : undefined}>
          {say(words.search, lang)}
        </a>
      )}
      {nav.groups.map(({ title, links }) => (
        <>
          {title && <h2>{title}</h2>}
          <ul>
            {links.map((l) => (
              <li>
                <a href={l.href} aria-current={l.href === current ? 'page' : undefined}>
                  {l.label}
                  {l.count ? <Count lang={lang} n={l.count} bad={l.bad} push /> : null}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
      {user && (
        <div class="side-user">
          <p>{lang === 'ja' ? `${user.name}（${user.role}）` : `${user.name} (${user.role})`}</p>
          <SignOut lang={lang} csrf={csrf} />
        </div>
      )}
    </nav>
  );
};

/** A page of the office: header, navigation, title row, sheet, footer. */
export const OfficePage = (props: OfficePageProps) => (
  <Document
    lang={props.lang}
    title={props.title}
    site={say(words.name, props.lang)}
    failed={props.failed}
    stays={props.stays}
  >
    <OfficeHead {...props} />
    <div class="shell">
      <SidePath {...props} />
      <main class="main" id="main" tabindex={-1}>
        <Reach.Provider value={props.may}>
          {props.crumbs && <Crumbs lang={props.lang} crumbs={props.crumbs} />}
          <div class="page-head">
            <h1>{props.title}</h1>
            {props.sub && <span class="sub">{props.sub}</span>}
            {props.actions && <div class="acts">{props.actions}</div>}
          </div>
          {props.children}
        </Reach.Provider>
      </main>
    </div>
    <Foot items={props.footer} />
  </Document>
);

export interface PublicPageProps {
  lang: Lang;
  title: string;
  company: string;
  /** Path and query of this page; the link to the other language uses it. */
  path: string;
  /** The page answers a form and cannot be opened again by its address. */
  typed?: boolean | undefined;
  crumbs?: readonly Crumb[];
  footer: readonly FootItem[];
  failed?: boolean;
  unconnected?: boolean;
  children?: Child;
}

/** A page for everyone: one column, no navigation. The children begin below the `h1`. */
export const PublicPage = (props: PublicPageProps) => (
  <Document
    lang={props.lang}
    title={props.title}
    site={props.company}
    failed={props.failed}
    unconnected={props.unconnected}
  >
    <header class="head">
      <div class="head-in head-in-pub">
        <b>{props.company}</b>
        <div class="head-right">
          <OtherLanguage lang={props.lang} path={props.path} typed={props.typed} />
        </div>
      </div>
    </header>
    <main class="pub" id="main" tabindex={-1}>
      {props.crumbs && <Crumbs lang={props.lang} crumbs={props.crumbs} />}
      <h1>{props.title}</h1>
      {props.children}
    </main>
    <Foot items={props.footer} centre />
  </Document>
);

export interface SignInPageProps {
  lang: Lang;
  title: string;
  company: string;
  /** Path and query of this page; the link to the other language uses it. */
  path: string;
  /** The page answers a form and cannot be opened again by its address. */
  typed?: boolean | undefined;
  footer?: readonly FootItem[];
  failed?: boolean;
  children?: Child;
}

/** Set-up, sign-in and second factor: one narrow sheet under the gate. */
export const SignInPage = (props: SignInPageProps) => (
  <Document lang={props.lang} title={props.title} site={say(words.name, props.lang)} failed={props.failed}>
    <header class="head">
      <div class="head-in">
        <Brand lang={props.lang} href="/" />
        <span class="head-org">{props.company}</span>
        <div class="head-right">
          <OtherLanguage lang={props.lang} path={props.path} typed={props.typed} />
        </div>
      </div>
    </header>
    <main class="sign" id="main" tabindex={-1}>
      <h1>{props.title}</h1>
      {props.children}
    </main>
    {props.footer && <Foot items={props.footer} centre />}
  </Document>
);
