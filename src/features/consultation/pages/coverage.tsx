// Law coverage: every article, what Sekisho does about it, and the questions that lead to it.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import type { Coverage } from '../../../law/index.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { SectionHead } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { coverageByLaw, questionsBy } from '../facts.ts';
import { questions } from '../questions/index.ts';
import { coverageStates, lawNames, words } from '../words.ts';
import { askCrumbs, PATH } from './ask.tsx';

const looks: Record<Coverage['state'], ChipKind> = { decided: 'good', asked: 'now', outside: 'done' };

const NONE = '—';

/** The questions that lead to the rule, or what a person is asked where no rule decides. */
const Questions = ({ lang, by, asks }: { lang: Lang } & Pick<Coverage, 'by' | 'asks'>) => {
  const leading = questionsBy(questions, by);
  if (leading.length === 0) return <>{asks?.[lang] ?? NONE}</>;
  return (
    <ul>
      {asks && <li class="py-1">{asks[lang]}</li>}
      {leading.map(({ id, title }) => (
        <li class="py-1">
          <a href={`${PATH}/${id}`}>{title[lang]}</a>
        </li>
      ))}
    </ul>
  );
};

const Lines = ({ lang, law, lines }: { lang: Lang; law: Coverage['law']; lines: readonly Coverage[] }) => (
  <section class="mb-8">
    <SectionHead>{lawNames[law]?.[lang] ?? law}</SectionHead>
    <Table
      lang={lang}
      caption={lawNames[law] ?? law}
      stack
      columns={[
        { key: 'article', head: words.article[lang], rowHead: true },
        { key: 'state', head: words.state[lang], nowrap: true },
        { key: 'asks', head: words.questionsOf[lang] },
        { key: 'says', head: words.because[lang] },
        { key: 'by', head: words.rule[lang] },
      ]}
      rows={lines.map(({ article, title, state, by, asks, says }) => ({
        cells: {
          article: (
            <>
              <span class="nb">{articleLabel(law, article, lang)}</span> {title[lang]}
            </>
          ),
          state: <Chip kind={looks[state]}>{coverageStates[state][lang]}</Chip>,
          asks: <Questions lang={lang} by={by} asks={asks} />,
          says: says[lang],
          by: by.length > 0 ? <span translate="no">{by.join(', ')}</span> : NONE,
        },
      }))}
    />
  </section>
);

function show(c: Context<Env>): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  return c.html(
    <OfficePage
      {...frame}
      title={words.coverage[lang]}
      path="/coverage"
      sub={words.coverageSub[lang]}
      crumbs={askCrumbs(lang, { label: words.coverage[lang] })}
    >
      {coverageByLaw().map(([law, lines]) => (
        <Lines lang={lang} law={law} lines={lines} />
      ))}
    </OfficePage>,
  );
}

export const coveragePages: Route[] = [page('get', '/coverage', 'policy:read', show)];
