// What the pages of acquisition share: their place in the office.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Env } from '../../../platform/http/index.ts';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { words } from '../words.ts';

export type Request = Context<Env>;

export const PATH = '/acquisitions';

export const crumbs = (lang: Lang, last: Bilingual): Crumb[] => [
  homeCrumb(lang),
  { label: words.title[lang], href: PATH, may: 'records:read' },
  { label: last[lang] },
];
