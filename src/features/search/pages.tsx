// The search: a field, what was found of each kind, and a link to where people are searched. The text comes in the body of the request and stays out
// of every address, title and operator's line, since somebody will type a name.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { formTexts, page, type Env, type Route } from '../../platform/http/index.ts';
import { Button } from '../../platform/ui/button.tsx';
import { homeCrumb } from '../../platform/ui/crumbs.tsx';
import { Empty } from '../../platform/ui/empty.tsx';
import { ErrorSummary, Field, fieldId, PostForm, problemAt } from '../../platform/ui/form.tsx';
import { OfficePage, SEARCH } from '../../platform/ui/frame.tsx';
import { Panel } from '../../platform/ui/panel.tsx';
import { classes } from '../../platform/ui/say.ts';
import { search } from './actions.ts';
import { idIn, isOfSomebody, readTyped, type Catalogue, type Found } from './facts.ts';
import { words } from './words.ts';

const PEOPLE = '/people';
const labels = { q: words.typed };

interface View {
  c: Context<Env>;
  typed: string;
  problems?: readonly FieldProblem[];
  /** Null before a search. */
  found: readonly Found[] | null;
}

const allOf = ({ title }: { title: Bilingual }, lang: Lang): string =>
  lang === 'ja' ? `${title.ja}をすべて見る` : `See all: ${title.en}`;

const FoundPanel = ({ lang, of: { catalogue, things, more } }: { lang: Lang; of: Found }) => (
  <Panel
    title={catalogue.title[lang]}
    {...(more && catalogue.list !== undefined ? { more: { href: catalogue.list, label: allOf(catalogue, lang) } } : {})}
  >
    <ul class="grid gap-3">
      {things.map(({ name, href, says }) => (
        <li>
          {/* A name that is the same in both languages was given by a person. */}
          <a class="font-bold" href={href} translate={name.ja === name.en ? 'no' : undefined}>
            {name[lang]}
          </a>
          {says && <p class="small muted line-clamp-2">{says[lang]}</p>}
        </li>
      ))}
    </ul>
  </Panel>
);

/** Where people are searched. The answer to an id is the same whether or not a person has it. */
const People = ({ c, typed, found }: View) => {
  const lang = c.get('lang');
  const id = found?.length === 0 ? idIn(typed) : null;
  if (!c.get('mayOpen')(PEOPLE)) return <p class="small muted">{words.peopleNot[lang]}</p>;
  return (
    <Panel title={words.people[lang]} more={{ href: PEOPLE, label: words.toPeople[lang] }}>
      <p class="small">{words.peopleSays[lang]}</p>
      {id && c.get('mayOpen')(`${PEOPLE}/${id}`) && (
        <p class="mt-3">
          <a href={`${PEOPLE}/${id}`}>{words.toPerson[lang]}</a>
        </p>
      )}
    </Panel>
  );
};

const Results = ({ c, typed, found }: View) => {
  const lang = c.get('lang');
  if (found === null) return null;
  const none = isOfSomebody(typed)
    ? { title: words.person, says: words.personSays }
    : { title: words.none, says: words.noneSays };
  return found.length === 0 ? (
    <Empty title={none.title[lang]}>{none.says[lang]}</Empty>
  ) : (
    <>
      {found.map((of) => (
        <FoundPanel lang={lang} of={of} />
      ))}
    </>
  );
};

function show(view: View): Response | Promise<Response> {
  const { c, typed, problems = [] } = view;
  const lang = c.get('lang');
  const error = problemAt(problems, 'q', lang);
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={SEARCH}
      sub={words.sub[lang]}
      crumbs={[homeCrumb(lang), { label: words.title[lang] }]}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div role="search">
        <PostForm action={SEARCH} csrf={c.get('csrf')} whole>
          <Field lang={lang} name="q" label={words.typed} hint={words.hint[lang]} error={error}>
            <span class="flex flex-wrap items-center gap-2">
              <input
                class="input max-w-xl"
                id={fieldId('q')}
                name="q"
                type="search"
                autocomplete="off"
                value={typed}
                aria-invalid={error ? 'true' : undefined}
                aria-describedby={classes(`${fieldId('q')}-h`, error !== undefined && `${fieldId('q')}-e`)}
              />
              <Button>{words.search[lang]}</Button>
            </span>
          </Field>
        </PostForm>
      </div>
      <div class="grid gap-5 mt-5">
        <Results {...view} />
        <People {...view} />
      </div>
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  );
}

async function answer(catalogues: readonly Catalogue[], c: Context<Env>): Promise<Response> {
  const sent = c.get('form').text('q');
  const problems: FieldProblem[] = [];
  const typed = readTyped(sent, (says) => problems.push({ field: 'q', says }));
  if (problems.length > 0) return show({ c, typed: sent, problems, found: null });
  const asked = { typed, id: idIn(typed), actor: c.get('actor'), may: c.get('may') };
  const found = isOfSomebody(typed) && !asked.id ? [] : await search(catalogues, asked, c.get('mayOpen'));
  return show({ c, typed, found });
}

/** All staff may search: they find only what they may open anyway. */
export const searchPages = (catalogues: readonly Catalogue[]): Route[] => [
  page('get', SEARCH, 'signed-in', (c) => show({ c, typed: '', found: null })),
  page('post', SEARCH, 'signed-in', (c) => answer(catalogues, c), { texts: formTexts(labels) }),
];
