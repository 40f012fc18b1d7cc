// Where the page stands: links from home down, the page itself last and not a link.

import type { Lang } from '../../base/bilingual.ts';

export interface Crumb {
  label: string;
  href?: string;
}

export const Crumbs = ({ lang, crumbs }: { lang: Lang; crumbs: readonly Crumb[] }) => (
  <nav class="crumbs" aria-label={lang === 'ja' ? '現在位置' : 'You are here'}>
    <ol>
      {crumbs.map(({ label, href }) => (
        <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
      ))}
    </ol>
  </nav>
);
