// The warning, for those who write, check or approve a version, that it still names the example company.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { listed } from '../../../platform/ui/format.ts';
import type { Remains } from '../actions/company.ts';
import { companyWords, draftWords } from '../words.ts';
import { HOME } from './asked.tsx';

const words = {
  title: both('見本の会社の名前や連絡先が残っています', 'The example company’s name or address is still there'),
  why: both(
    'このまま施行すると、公表ページ、用紙、手紙に見本の会社の名前や連絡先が載り、届くはずのない宛先を案内します。',
    'If it takes effect as it is, the public pages, the forms and the letters will show the example company and direct people to an address where nothing can arrive.',
  ),
} satisfies Record<string, Bilingual>;

/** Names a fact such as `operator.desk.address.en`; facts that the form does not have are named by their path. */
function factIn(path: string, lang: Lang): string {
  const [, name] = /^operator\.(.+?)(?:\.(?:ja|en))?$/.exec(path) ?? [];
  return companyWords[name ?? '']?.[lang] ?? path;
}

function places({ clauses, purposes, facts }: Remains, lang: Lang): string {
  const ja = lang === 'ja';
  const said = [...new Set(facts.map((path) => factIn(path, lang)))];
  const named = [
    ...(clauses.length > 0 ? [`${ja ? '条項' : 'clauses '}${listed(clauses.map(String), lang)}`] : []),
    ...(purposes.length > 0 ? [`${ja ? '利用目的' : 'purposes '}${listed(purposes, lang)}`] : []),
    ...(said.length > 0 ? [listed(said, lang)] : []),
  ];
  return ja ? `残っているところ：${named.join('、')}。` : `Found in ${named.join('; ')}. `;
}

/** `leads`: links to the company form, where no unsaved text would be lost by leaving. */
export const ExampleRemains = ({ lang, remains, leads }: { lang: Lang; remains: Remains | null; leads?: boolean }) =>
  remains && (
    <div class="mb-5">
      <Banner
        kind="warn"
        icon="warn"
        title={words.title[lang]}
        {...(leads ? { action: { href: `${HOME}/company`, label: draftWords.rewrite[lang] } } : {})}
      >
        {places(remains, lang)}
        {words.why[lang]}
      </Banner>
    </div>
  );
