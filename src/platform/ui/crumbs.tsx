// Where the page stands: links from home down, the page itself last and not a link.

import type { Lang } from '../../base/bilingual.ts';

export interface Crumb {
  label: string;
  href?: string;
}

/** The first of a page of the office. */
export const homeCrumb = (lang: Lang): Crumb => ({ label: lang === 'ja' ? 'ホーム' : 'Home', href: '/' });

export const Crumbs = ({ lang, crumbs }: { lang: Lang; crumbs: readonly Crumb[] }) => (
  <nav class="crumbs" aria-label={lang === 'ja' ? '現在位置' : 'You are here'}>
    <ol>
      {crumbs.map(({ label, href }) => (
        <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
      ))}
    </ol>
  </nav>
);
