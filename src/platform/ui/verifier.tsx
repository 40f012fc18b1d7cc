// The way to the program with which anybody checks a file of the log by themselves (`src/log/verifier.ts`).

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';

const theVerifier = both('確かめるプログラム', 'the verifier');

/** Saves the verifier. */
export const VerifierLink = ({ lang, says = theVerifier }: { lang: Lang; says?: Bilingual }) => (
  <a href="/assets/verify.mjs" download data-turbo="false">
    {says[lang]}
  </a>
);
