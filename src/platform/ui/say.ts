// Resolves a part's texts: a string that is already chosen, or a text in both languages, chosen here by the page's language.

import type { Bilingual, Lang } from '../../base/bilingual.ts';

export type Text = string | Bilingual;

export const say = (text: Text, lang: Lang): string => (typeof text === 'string' ? text : text[lang]);

/** Joins class names in order, skipping false and empty ones. Undefined when nothing is left, so that no empty attribute is written. */
export const classes = (...names: (string | false | undefined)[]): string | undefined =>
  names.filter(Boolean).join(' ') || undefined;
