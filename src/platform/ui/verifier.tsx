// The way to the page on which anybody checks a file of the log by themselves (`src/features/audit/pages/verify.tsx`).

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';

/** Where that page is. */
export const VERIFY = '/verify';

const thePage = both('確かめるページ', 'the page for it');

export const VerifierLink = ({ lang, says = thePage }: { lang: Lang; says?: Bilingual }) => (
  <a href={VERIFY}>{says[lang]}</a>
);
