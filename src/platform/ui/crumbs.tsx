// Breadcrumbs: links from home downwards. The page itself comes last and is not a link.

import { useContext } from 'hono/jsx';
import type { Action } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { Reach } from './reach.tsx';

export interface Crumb {
  label: string;
  href?: string;
  /** The action needed to follow the link; without it, everyone who sees the page may follow it. */
  may?: Action;
}

/** First breadcrumb of every page of the office. */
export const homeCrumb = (lang: Lang): Crumb => ({ label: lang === 'ja' ? 'ホーム' : 'Home', href: '/' });

/** Builds breadcrumbs from home to the first page of a room and on to one of its pages; the last is the page itself. `may`: as in `Crumb`. */
export const crumbsFrom =
  (first: Bilingual, href: string, may?: Action) =>
  (lang: Lang, ...rest: Crumb[]): Crumb[] => [
    homeCrumb(lang),
    rest.length > 0 ? { label: first[lang], href, may } : { label: first[lang] },
    ...rest,
  ];

export const Crumbs = ({ lang, crumbs }: { lang: Lang; crumbs: readonly Crumb[] }) => {
  const reach = useContext(Reach);
  return (
    <nav class="crumbs" aria-label={lang === 'ja' ? '現在位置' : 'You are here'}>
      <ol>
        {crumbs.map(({ label, href, may }) => (
          <li>
            {href === undefined ? (
              <span aria-current="page">{label}</span>
            ) : may === undefined || reach(may) ? (
              <a href={href}>{label}</a>
            ) : (
              label
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
};
