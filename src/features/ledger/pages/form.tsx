// The form of a holding, for a new one and for the next version. What was typed is always shown again, with problems beside it. When another clerk
// was first, the differences are shown and nothing that was typed is lost.

import type { Context } from 'hono';
import { both, type Lang } from '../../../base/bilingual.ts';
import { fieldOutcome, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import { AGAIN, formTexts, page, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  Checks,
  ErrorSummary,
  fieldFor,
  fieldId,
  PostForm,
  problemAt,
  Radios,
  TextField,
} from '../../../platform/ui/form.tsx';
import { number } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  OfferedSelect,
  searchIn,
  searchLabel,
  type Offered,
  type Offering,
  type Search,
} from '../../../platform/ui/offer.tsx';
import { Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { Note } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { standardItems } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import {
  changeHolding,
  history,
  registerHolding,
  standing as standingNow,
  type Line,
  type Standing,
} from '../actions.ts';
import { changedFields, principalKinds, readContent } from '../facts.ts';
import { channelWord, fieldWords, presses, principalWords } from '../words.ts';
import {
  draftOf,
  emptyDraft,
  emptyRow,
  EMPTY_ROWS,
  inputOf,
  labels,
  labelOf,
  labelsOf,
  ownColumns,
  ownField,
  ownLabel,
  readDraft,
  shownProblems,
  strayIn,
  together,
  type Draft,
  type OwnColumn,
} from './draft.tsx';
import { fieldText, isChangeable, lineAt } from './holding.tsx';
import { PATH, placeOf, title } from './table.tsx';

interface FormProps {
  lang: Lang;
  draft: Draft;
  standing: Standing;
  problems: readonly FieldProblem[];
  /** The code of an existing holding does not change. */
  fixed: boolean;
  /** The holding as it is stored. */
  line: Line | undefined;
  search: Search;
}

/** The chooser of a manager among the staff. */
const managers: Offering = {
  search: both('従業者を探す', 'Search the staff'),
  hint: both('名前から探します。選んだ人は、そのまま残ります。', 'Search by name. The person you chose stays chosen.'),
  one: both('従業者', 'member of staff'),
};

const OwnCell = ({
  lang,
  problems,
  row,
  column,
  value,
}: Pick<FormProps, 'lang' | 'problems'> & { row: number; column: OwnColumn; value: string }) => {
  const name = ownField(row, column);
  const error = problemAt(problems, name, lang);
  const id = fieldId(name);
  return (
    <>
      <input
        class="input input-s"
        id={id}
        name={name}
        autocomplete="off"
        value={value}
        aria-label={ownLabel(row, column)[lang]}
        aria-invalid={error && 'true'}
        aria-describedby={error && `${id}-e`}
      />
      {error && (
        <span class="err" id={`${id}-e`}>
          ＊{error}
        </span>
      )}
    </>
  );
};

const OwnItems = ({ lang, draft, problems }: FormProps) => {
  const rows = [...draft.own, ...Array.from({ length: EMPTY_ROWS }, () => emptyRow)];
  const special = both('要配慮個人情報', 'Special care');
  return (
    <fieldset class="field">
      <legend>
        {labels.own![lang]} <span class="opt">{lang === 'ja' ? '任意' : '(optional)'}</span>
      </legend>
      <p class="hint">
        {lang === 'ja'
          ? '一覧にない項目を加えます。符号は visit_area のような英小文字で書きます。行は保存のたびに増えます。'
          : 'Add items that are not in the list. Write the code in lower case, such as visit_area. New rows appear when you save.'}
      </p>
      <input type="hidden" name="rows" value={String(rows.length)} />
      <Table
        lang={lang}
        caption={labels.own!}
        stack
        columns={[
          ...(['code', 'ja', 'en'] as const).map((key) => ({ key, head: ownColumns[key] })),
          { key: 'special', head: special, quiet: true },
        ]}
        rows={rows.map((row, i) => ({
          cells: {
            ...Object.fromEntries(
              (['code', 'ja', 'en'] as const).map((column) => [
                column,
                <OwnCell lang={lang} problems={problems} row={i} column={column} value={row[column]} />,
              ]),
            ),
            special: (
              <label class="check check-s nb">
                <input type="checkbox" name={`own-${i}-special`} value="1" checked={row.special} />
                {special[lang]}
              </label>
            ),
          },
        }))}
      />
    </fieldset>
  );
};

const Identity = ({ lang, draft, standing, problems, fixed, search }: FormProps) => {
  const field = fieldFor(lang, labels, problems);
  const members = [...standing.names].filter(([id]) => standing.staff.has(id));
  return (
    <>
      {!fixed && (
        <TextField
          {...field('code')}
          need="optional"
          width="date"
          hint={
            lang === 'ja'
              ? '空欄なら、次の番号を付けます。例：L-012'
              : 'If left empty, the next number is given. For example L-012'
          }
          value={draft.code}
        />
      )}
      <TextField {...field('name.ja')} need="required" value={draft.nameJa} />
      <TextField {...field('name.en')} need="optional" value={draft.nameEn} />
      <TextField {...field('department')} need="required" value={draft.department} />
      <OfferedSelect
        {...field('manager')}
        need="required"
        blank={both('選んでください', 'Choose')}
        value={draft.manager}
        all={members.map(([id, name]): Offered => ({ value: id, label: name, texts: [name] }))}
        offering={managers}
        search={search}
      />
    </>
  );
};

/** Explains that adding a purpose does not cover people who are already in the holding (18(1)). */
const PurposesHint = ({ lang, standing, line }: Pick<FormProps, 'lang' | 'standing' | 'line'>) => {
  const ja = lang === 'ja';
  return (
    <>
      {ja ? '施行中の方針にある目的だけを選べます。' : 'Only purposes that the policy in force states.'}
      {line && isChangeable(line, standing) && (
        <>
          {ja
            ? `目的を加えても、すでに入っている${number(line.people)}人の情報は、それだけではその目的に使えません。使うときは、`
            : ` Adding a purpose does not by itself let you use for it the information of the ${number(line.people)} ${line.people === 1 ? 'person' : 'people'} already in the holding. For that, record a `}
          <a href={`${PATH}/${line.holding.id}/purpose`}>{ja ? '利用目的の変更' : 'change of purpose'}</a>
          {ja ? 'を記録します。' : '.'}
        </>
      )}
    </>
  );
};

/** Short choices in three columns, with the error below them. */
const threeColumns = 'md:[&>fieldset]:grid md:[&>fieldset]:grid-cols-3 [&_.err]:col-span-full';

const Contents = (props: FormProps) => {
  const { lang, draft, standing, problems } = props;
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <Checks
        {...field('purposes')}
        need="required"
        hint={<PurposesHint {...props} />}
        values={draft.purposes}
        options={(standing.policy?.purposes ?? []).map((purpose) => ({
          value: purpose.id,
          label: `${purpose.id}　${purpose.label[lang]}`,
          note: purpose.text,
        }))}
      />
      <div class={threeColumns}>
        <Checks
          {...field('items')}
          need="required"
          values={draft.items}
          options={standardItems.map((item) => ({ value: item.code, label: item.label }))}
        />
      </div>
      <OwnItems {...props} />
      <div class={threeColumns}>
        <Checks
          {...field('principals')}
          need="required"
          values={draft.principals}
          options={principalKinds.map((kind) => ({ value: kind, label: principalWords[kind] }))}
        />
      </div>
      <div class={threeColumns}>
        <Checks
          {...field('channels')}
          need="required"
          values={draft.channels}
          options={[...standing.channels].map((id) => ({ value: id, label: channelWord(standing.policy, id, lang) }))}
        />
      </div>
    </>
  );
};

const Retention = ({ lang, draft, problems }: FormProps) => {
  const field = fieldFor(lang, labels, problems);
  const ja = lang === 'ja';
  return (
    <>
      <Radios
        {...field('retention')}
        need="required"
        hint={
          ja
            ? '選んだ決め方だけを記録します。決め方を変えると、前の内容は残りません'
            : 'Only the way you choose is recorded. If you change it, what you wrote for another way is not kept'
        }
        value={draft.unit}
        options={[
          { value: 'years', label: both('年数で決める', 'A number of years') },
          { value: 'months', label: both('月数で決める', 'A number of months') },
          { value: 'until', label: both('条件で決める', 'Until a condition is met') },
        ]}
      />
      <div class="grid md:grid-cols-3 gap-x-5 items-end">
        <TextField {...field('count')} width="yen" inputmode="numeric" value={draft.count} />
        <TextField
          {...field('from')}
          hint={
            ja
              ? '空欄は取得の後。例：契約終了'
              : 'If left empty, counted from acquisition. For example: the end of the contract'
          }
          value={draft.from}
        />
        <TextField
          {...field('until')}
          hint={ja ? '例：配信停止の申出' : 'For example: a request to unsubscribe'}
          value={draft.until}
        />
      </div>
    </>
  );
};

const Keeping = (props: FormProps) => {
  const { lang, draft, problems } = props;
  const field = fieldFor(lang, labels, problems);
  const ja = lang === 'ja';
  return (
    <>
      <TextField
        {...field('place')}
        need="required"
        hint={
          ja ? '例：東京DC、本社15階の鍵付き棚' : 'For example the Tokyo data centre, a locked shelf on the 15th floor'
        }
        value={draft.place}
      />
      <Retention {...props} />
      <TextField
        {...field('access')}
        need="required"
        hint={ja ? '例：営業部の担当者、窓口' : 'For example the sales staff and the desk'}
        value={draft.access}
      />
    </>
  );
};

const heading = { add: both('台帳を加える', 'Add a holding'), edit: both('台帳の見直し', 'Review the holding') };

interface PageProps {
  c: Context<Env>;
  draft: Draft;
  standing: Standing;
  line?: Line;
  /** The version that the clerk's form began from; the newest when left out. */
  seen?: number;
  problem?: Problem;
}

/** The differences between what the other clerk saved and what this one typed. */
const differences = (lang: Lang, line: Line, draft: Draft, standing: Standing): Difference[] => {
  const { content } = readContent(inputOf(draft), standing);
  return changedFields(line.holding, content).map((field) => ({
    field: fieldWords[field][lang],
    theirs: fieldText(line.holding, field, standing, lang),
    yours: fieldText(content, field, standing, lang),
  }));
};

const FormPage = ({ c, draft, standing, line, seen, problem }: PageProps) => {
  const lang = c.get('lang');
  const words = line ? heading.edit : heading.add;
  const problems = shownProblems(problem, draft);
  const search = searchIn(c, c.req.method === 'POST' ? c.get('form') : null);
  const props = { lang, draft, standing, problems, fixed: line !== undefined, line, search };
  const back = line ? `${PATH}/${line.holding.id}` : PATH;
  return (
    <OfficePage
      {...c.get('frame')}
      title={words[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      stays={search.pressed}
      crumbs={[
        homeCrumb(lang),
        { label: title[lang], href: PATH },
        ...(line ? [{ label: line.holding.name[lang], href: back }] : []),
        { label: words[lang] },
      ]}
      sub={line ? `${line.holding.code}　${line.holding.name[lang]}` : undefined}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labelsOf(draft)} />
      {line && problem?.kind === 'conflict' && problem.field === 'version' && (
        <Overtaken lang={lang} differences={differences(lang, line, draft, standing)} />
      )}
      {problem?.kind === 'conflict' && problem.existing && problem.field !== 'version' && (
        <p class="my-4">
          <a href={`${PATH}/${problem.existing}`}>{lang === 'ja' ? 'その台帳を見る' : 'See that holding'}</a>
        </p>
      )}
      <div class="max-w-3xl">
        <PostForm
          action={line ? `${back}/edit` : `${PATH}/new`}
          csrf={c.get('csrf')}
          values={{ version: line && String(seen ?? line.holding.version) }}
        >
          <Identity {...props} />
          <Contents {...props} />
          <Keeping {...props} />
          {line && (
            <div class="mb-5">
              <Note>
                {lang === 'ja'
                  ? '何も変えずに保存すると、内容を確かめた記録になります。'
                  : 'Saving without a change records that somebody has confirmed the entry.'}
              </Note>
            </div>
          )}
          <Buttons>
            <Button>{presses[line ? 'save' : 'register'][lang]}</Button>
            <LinkButton kind="text" href={back}>
              {lang === 'ja' ? 'やめる' : 'Cancel'}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

/** All problems of a draft that fills in a way of keeping other than the chosen one; null where it does not. */
async function strayOutcome(room: Room, draft: Draft, began: Draft): Promise<Outcome<never> | null> {
  const stray = strayIn(draft, began);
  if (stray.length === 0) return null;
  const { problems } = readContent(inputOf(draft), await standingNow(room, [draft.manager]));
  return fieldOutcome([...problems, ...stray]);
}

async function add(room: Room, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const draft = readDraft(form);
  if (searchIn(c, form).pressed)
    return c.html(<FormPage c={c} draft={draft} standing={await standingNow(room, 'everybody')} />, AGAIN);
  const outcome =
    (await strayOutcome(room, draft, emptyDraft)) ?? (await registerHolding(room, byOf(c), inputOf(draft)));
  if (outcome.ok) return c.redirect(`${PATH}/${outcome.value.id}?saved`, 303);
  const standing = await standingNow(room, 'everybody');
  return c.html(
    <FormPage c={c} draft={draft} standing={standing} problem={outcome.problem} />,
    problemStatus(outcome.problem),
  );
}

async function edit(room: Room, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const draft = readDraft(form);
  const id = c.req.param('id') ?? '';
  const before = await lineAt(room, c, 'everybody');
  if (!before) return c.notFound();
  const version = Number(form.text('version'));
  if (searchIn(c, form).pressed) return c.html(<FormPage c={c} draft={draft} {...before} seen={version} />, AGAIN);
  const content = (await history(room.office, id, version + 1)).find((one) => one.version === version)?.content;
  const began = content && draftOf({ ...before.line.holding, ...content });
  const outcome =
    (await strayOutcome(room, draft, began ?? emptyDraft)) ??
    (await changeHolding(room, byOf(c), { id, version, input: inputOf({ ...draft, code: '' }) }));
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const { problem } = outcome;
  // A clerk may write over another's version only after seeing it.
  const overtaken = problem.kind === 'conflict' && problem.field === 'version';
  const found = overtaken ? ((await lineAt(room, c, 'everybody')) ?? before) : before;
  const seen = overtaken ? found.line.holding.version : version;
  const shown = overtaken && began ? rebased(draft, { began, newest: draftOf(found.line.holding), together }) : draft;
  return c.html(<FormPage c={c} draft={shown} {...found} seen={seen} problem={problem} />, problemStatus(problem));
}

const texts = formTexts((name) => searchLabel(managers)[name] ?? labelOf(name));

/** Declared before the pages of a holding, as `new` is not an id. */
export const formPages = (room: Room): Route[] => [
  page('get', `${PATH}/new`, 'ledger:write', async (c) =>
    c.html(<FormPage c={c} draft={emptyDraft} standing={await standingNow(room, 'everybody')} />),
  ),
  page('post', `${PATH}/new`, 'ledger:write', (c) => add(room, c), { texts }),
  page('get', `${PATH}/:id/edit`, 'ledger:write', async (c) => {
    const found = await lineAt(room, c, 'everybody');
    if (!found || found.line.holding.state === 'retired') return c.notFound();
    return c.html(<FormPage c={c} draft={draftOf(found.line.holding)} {...found} />);
  }),
  page('post', `${PATH}/:id/edit`, 'ledger:write', (c) => edit(room, c), { texts }),
];
