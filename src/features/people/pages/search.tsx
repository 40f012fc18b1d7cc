// The page that finds a person. Search terms are sent in the body and never in an address. Results are told apart by holdings and dates, not by
// values: those are opened for a purpose.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Page } from '../../../base/page.ts';
import { formTexts, type Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { ErrorSummary, PostForm, problemAt, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { listed, number, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { indexKinds, valueProblem, type IndexKind, type SearchTerm } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import { MOST_MATCHES } from '../../checkpoint/index.ts';
import {
  type FoundPerson,
  listHolding,
  MOST_SHOWN,
  search,
  surroundings,
  type Surroundings,
} from '../actions/person.ts';
import { shortId } from '../words.ts';
import { holdingName, PATH, words as shared, type Request } from './sheet.tsx';

export const words = {
  sub: both('見つけるだけでは、情報は開きません', 'Finding a person opens nothing about them'),
  criteria: both('探す条件', 'What to look for'),
  hint: both(
    '書いた条件のすべてに合う人を探します。台帳だけを選ぶと、その台帳の全員を並べます。書いた条件は記録に残さず、条件の種類と見つかった人数だけを残します。',
    'Finds people who meet everything you fill in. With a holding alone, it lists everybody in it. The log keeps the kinds of condition used and how many were found, never the conditions themselves.',
  ),
  holding: both('台帳', 'Holding'),
  everywhere: both('すべての台帳', 'Every holding'),
  submit: both('探す', 'Find'),
  results: both('見つかった本人', 'People found'),
  person: both('本人', 'Person'),
  holdings: both('情報のある台帳', 'Held in'),
  since: both('保有の始まり', 'Held since'),
  nothing: both('1つ以上の条件を書くか、台帳を選んでください', 'Fill in at least one condition, or choose a holding'),
  listed: both('台帳の全員', 'Everybody in the holding'),
  number: both('本人の番号', 'Number of the person'),
  empty: both('この台帳には、まだだれもいません', 'There is nobody in this holding yet'),
  next: both('次の人たちを見る', 'See the next'),
} satisfies Record<string, Bilingual>;

const labels: Record<IndexKind, Bilingual> = {
  email: both('メールアドレス', 'E-mail address'),
  phone: both('電話番号', 'Telephone number'),
  name: both('氏名', 'Name'),
  kana: both('氏名のカナ', 'Name in kana'),
};

const hints: Record<IndexKind, Bilingual | undefined> = {
  email: undefined,
  phone: both('ハイフンの有無や +81 の書き方は問いません', 'With or without hyphens or +81'),
  name: both(
    '姓と名の両方を書きます。空白の有無、𠮷と吉、髙と高の違いは問いません。ローマ字などの名前は、アクセントや記号の有無、姓と名の順も問いません',
    'Enter both family and given name. Spaces and variant characters do not matter; nor, for names in Latin or other letters, do accents, marks or the order',
  ),
  kana: both(
    'ひらがなでも、姓だけでも探せます。小さいョとヨ、ヅとズの違いは問いません',
    'You can also use hiragana, or the family name alone. Small and large kana, and kana with the same sound, are treated alike',
  ),
};

/** The item by whose rules a search term of each kind is checked. */
const itemFor: Record<IndexKind, string> = { email: 'email', phone: 'phone', name: 'name', kana: 'name_kana' };

/** Search terms are kept exactly as typed. */
export const searchTexts = formTexts(labels, { exact: /./ });

type Typed = Record<IndexKind | 'holding', string>;

const nothingTyped: Typed = { email: '', phone: '', name: '', kana: '', holding: '' };

const typedIn = (form: Form): Typed => ({
  email: form.text('email').trim(),
  phone: form.text('phone').trim(),
  name: form.text('name').trim(),
  kana: form.text('kana').trim(),
  holding: form.text('holding'),
});

const termsOf = (typed: Typed): SearchTerm[] =>
  indexKinds.flatMap((kind) => (typed[kind] === '' ? [] : [{ kind, term: typed[kind] }]));

function problemsOf(terms: readonly SearchTerm[]): FieldProblem[] {
  if (terms.length === 0) return [{ field: 'email', says: words.nothing }];
  return terms.flatMap(({ kind, term }) => {
    const says = valueProblem(itemFor[kind], term);
    return says ? [{ field: kind, says }] : [];
  });
}

interface View {
  c: Request;
  around: Surroundings;
  typed: Typed;
  problems?: readonly FieldProblem[];
  found?: { total: number; shown: FoundPerson[] };
  /** A page of the persons in the chosen holding. */
  list?: Page<{ id: string; since: Date }>;
}

const Criteria = ({ c, around, typed, problems }: View) => {
  const lang = c.get('lang');
  return (
    <PostForm action={`${PATH}/search`} csrf={c.get('csrf')} whole>
      <p class="small muted mb-4">{words.hint[lang]}</p>
      <div class="fields">
        {indexKinds.map((kind) => (
          <TextField
            lang={lang}
            name={kind}
            label={labels[kind]}
            hint={hints[kind]?.[lang]}
            value={typed[kind]}
            inputmode={kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : undefined}
            error={problemAt(problems, kind, lang)}
          />
        ))}
        <SelectField
          lang={lang}
          name="holding"
          label={words.holding}
          value={typed.holding}
          blank={words.everywhere}
          options={[...around.ledger.values()].map((h) => ({ value: h.id, label: `${h.code} ${h.name[lang]}` }))}
          error={problemAt(problems, 'holding', lang)}
        />
      </div>
      <Buttons>
        <Button>{words.submit[lang]}</Button>
      </Buttons>
    </PostForm>
  );
};

const countText = (total: number, lang: Lang): string => {
  const more = total >= MOST_MATCHES;
  if (lang === 'ja') return `${number(total)}人${more ? '以上' : ''}`;
  return `${number(total)}${more ? ' or more' : ''}`;
};

/** The note under an entry that it is the same person as the one above. */
const same = (first: string, lang: Lang): string =>
  lang === 'ja' ? `${shortId(first)} と同じ本人` : `the same person as ${shortId(first)}`;

/** A row for each entry; those of one person follow each other. */
const FoundTable = ({ c, around, found }: Pick<View, 'c' | 'around'> & { found: NonNullable<View['found']> }) => {
  const lang = c.get('lang');
  const { total, shown } = found;
  return (
    <Panel title={words.results[lang]} sub={countText(total, lang)} pad="bare">
      <Table
        lang={lang}
        caption={words.results}
        stack="inline"
        columns={[
          { key: 'person', head: words.person, rowHead: true, nowrap: true },
          { key: 'holdings', head: words.holdings },
          { key: 'since', head: words.since, nowrap: true },
        ]}
        rows={shown.flatMap((person) =>
          person.map((one, i) => ({
            cells: {
              person: (
                <>
                  <a class="num" href={`${PATH}/${one.id}`}>
                    {shortId(one.id)}
                  </a>
                  {i > 0 && <span class="small muted font-normal block">{same(person[0]!.id, lang)}</span>}
                </>
              ),
              holdings: listed(
                [...around.ledger.keys()]
                  .filter((id) => one.holdings.includes(id))
                  .map((id) => holdingName(around.ledger, id, lang)),
                lang,
              ),
              since: writtenDay(dayOf(one.since.getTime()), lang),
            },
          })),
        )}
      />
    </Panel>
  );
};

const Found = ({ c, around, found }: View & { found: NonNullable<View['found']> }) => {
  const lang = c.get('lang');
  const { total, shown } = found;
  if (total === 0) {
    return (
      <Empty
        title={lang === 'ja' ? 'この条件に合う本人はいません' : 'Nobody matches'}
        actions={
          <LinkButton kind="second" href="/acquisitions/new">
            {lang === 'ja' ? '新しく取得する' : 'Acquire information'}
          </LinkButton>
        }
      >
        {lang === 'ja'
          ? '条件を減らすか、別の書き方で探してください。消去した本人は、条件では見つかりません。'
          : 'Try fewer conditions or another spelling. People who were erased cannot be found this way.'}
      </Empty>
    );
  }
  return (
    <>
      {total > MOST_SHOWN && (
        <div class="mb-5">
          <Banner
            kind="warn"
            icon="warn"
            title={
              lang === 'ja' ? `${countText(total, lang)}が見つかりました` : `${countText(total, lang)} people match`
            }
          >
            {lang === 'ja'
              ? `初めの${shown.length}人だけを表示しています。条件を加えて絞り込んでください。`
              : `Only the first ${shown.length} are shown. Add a condition to narrow it down.`}
          </Banner>
        </div>
      )}
      <FoundTable c={c} around={around} found={found} />
    </>
  );
};

/** Everybody in a holding, with complete ids: lists for packages are made of them. */
const Listed = ({ c, around, typed, list }: View & { list: NonNullable<View['list']> }) => {
  const lang = c.get('lang');
  const name = holdingName(around.ledger, typed.holding, lang);
  if (list.rows.length === 0) return <Empty title={words.empty[lang]}>{name}</Empty>;
  return (
    <Panel title={words.listed[lang]} sub={name} pad="bare">
      <Table
        lang={lang}
        caption={words.listed}
        stack="inline"
        columns={[
          { key: 'person', head: words.number, rowHead: true },
          { key: 'since', head: words.since, nowrap: true },
        ]}
        rows={list.rows.map(({ id, since }) => ({
          cells: {
            person: (
              <a class="num font-normal wrap-anywhere" href={`${PATH}/${id}`}>
                {id}
              </a>
            ),
            since: writtenDay(dayOf(since.getTime()), lang),
          },
        }))}
      />
      {list.next && (
        <div class="panel-body">
          <PostForm
            action={`${PATH}/search`}
            csrf={c.get('csrf')}
            values={{ holding: typed.holding, after: list.next }}
            id="next"
            whole
          >
            <Button kind="second" small>
              {words.next[lang]}
            </Button>
          </PostForm>
        </div>
      )}
    </Panel>
  );
};

const SearchPage = (view: View) => {
  const { c, problems = [], found, list } = view;
  const lang = c.get('lang');
  return (
    <OfficePage
      {...c.get('frame')}
      title={shared.people[lang]}
      path={PATH}
      failed={problems.length > 0}
      sub={words.sub[lang]}
      crumbs={[homeCrumb(lang), { label: shared.people[lang] }]}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ ...labels, holding: words.holding }} />
      <div class="grid gap-5">
        {found && <Found {...view} found={found} />}
        {list && <Listed {...view} list={list} />}
        <Panel title={words.criteria[lang]}>
          <Criteria {...view} />
        </Panel>
        {!found && !list && (
          <Note>
            {lang === 'ja'
              ? '見つかった本人は、番号の一部、台帳、保有の始まりだけを表示します。情報の中身は、目的を決めて開くまで見えません。'
              : 'Of each person found, only a part of the number, the holdings and the day since when are shown. What is held stays closed until it is opened for a purpose.'}
          </Note>
        )}
      </div>
    </OfficePage>
  );
};

export const showSearch = async (room: Room, c: Request): Promise<Response> =>
  c.html(<SearchPage c={c} around={await surroundings(room)} typed={nothingTyped} />);

const fieldsIn = (problem: Problem): readonly FieldProblem[] => (problem.kind === 'invalid' ? problem.fields : []);

export async function searchPeople(room: Room, c: Request): Promise<Response> {
  const typed = typedIn(c.get('form'));
  const around = await surroundings(room);
  const terms = termsOf(typed);
  if (terms.length === 0 && typed.holding !== '') {
    const after = c.get('form').text('after');
    const list = await listHolding(room, byOf(c), typed.holding, isId(after) ? after : null);
    return list.ok
      ? c.html(<SearchPage c={c} around={around} typed={typed} list={list.value} />)
      : c.html(<SearchPage c={c} around={around} typed={typed} problems={fieldsIn(list.problem)} />, 422);
  }
  const problems = problemsOf(terms);
  if (problems.length > 0) return c.html(<SearchPage c={c} around={around} typed={typed} problems={problems} />, 422);
  const found = await search(room, byOf(c), terms, typed.holding === '' ? null : typed.holding);
  if (found.ok) return c.html(<SearchPage c={c} around={around} typed={typed} found={found.value} />);
  return c.html(<SearchPage c={c} around={around} typed={typed} problems={fieldsIn(found.problem)} />, 422);
}
