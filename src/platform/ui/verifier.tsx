// Link to the page where anybody can check a file of the log (`src/features/audit/pages/verify.tsx`).

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';

/** Address of that page. */
export const VERIFY = '/verify';

const thePage = both('確かめるページ', 'the page for it');

export const VerifierLink = ({ lang, says = thePage }: { lang: Lang; says?: Bilingual }) => (
  <a href={VERIFY}>{says[lang]}</a>
);
