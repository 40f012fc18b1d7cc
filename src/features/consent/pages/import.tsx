// Importing a file of consents on paper: what the file must contain, and every problem of it by line and column.

import type { Lang } from '../../../base/bilingual.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { ErrorSummary, fieldFor, PostForm, Radios, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { listed, number } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { importConsents, MOST_BYTES, needed } from '../actions/imports.ts';
import { texts } from '../actions/texts.ts';
import { type Column, columns } from '../facts/given.ts';
import { langs, type Text } from '../facts/consent.ts';
import { columnWords, offeredGivers, languageWords, paperWords, relationWords, words } from '../words.ts';
import { aroundOf, backFrom, crumbs, PATH, placeOf, textName, TEXTS, type Around, type Request } from './sheet.tsx';

const labels = { text: words.text, language: words.language, channel: words.channel, file: words.importFile };
type Given = Record<'text' | 'language' | 'channel', string>;

/** Most problems shown at once; the rest are counted. */
const MOST_SHOWN = 100;
/** Bytes allowed for the rest of the form. */
const AROUND_BYTES = 64 * 1024;

const example: Readonly<Record<Column, Record<Lang, string>>> = {
  principal: { ja: '本人の画面の番号（36字）', en: 'The number on the page of the person (36 characters)' },
  given_on: { ja: '2026/11/1、令和8年11月1日、R8.11.1', en: '2026/11/1 or R8.11.1' },
  given_by: {
    ja: listed(
      Object.values(offeredGivers).map(({ ja }) => ja),
      'ja',
    ),
    en: listed(Object.keys(offeredGivers), 'en'),
  },
  evidence: { ja: '書庫3 箱12（個人情報は書かない）', en: 'Store 3, box 12 (no personal information)' },
  relation: {
    ja: listed(
      Object.values(relationWords).map(({ ja }) => ja),
      'ja',
    ),
    en: listed(Object.keys(relationWords), 'en'),
  },
  checked: {
    ja: listed(
      Object.values(paperWords).map(({ ja }) => ja),
      'ja',
    ),
    en: listed(Object.keys(paperWords), 'en'),
  },
  shown_on: { ja: '外国への提供の文面だけ', en: 'Only for a provision abroad' },
};

const Columns = ({ lang }: { lang: Lang }) => (
  <Table
    lang={lang}
    caption={words.importColumns}
    height="tight"
    stack
    columns={[
      { key: 'name', head: { ja: '見出し', en: 'Heading' }, rowHead: true, nowrap: true },
      { key: 'code', head: { ja: '英語の見出し', en: 'In Japanese' }, nowrap: true },
      { key: 'need', head: { ja: '要否', en: 'Needed' }, nowrap: true },
      { key: 'cell', head: { ja: '書き方', en: 'How to write it' } },
    ]}
    rows={columns.map((column) => ({
      cells: {
        name: lang === 'ja' ? columnWords[column].ja : column,
        code: <span translate="no">{lang === 'ja' ? column : columnWords[column].ja}</span>,
        need: needed.includes(column)
          ? { ja: '必須', en: 'yes' }[lang]
          : { ja: '当てはまるとき', en: 'where it applies' }[lang],
        cell: example[column][lang],
      },
    }))}
  />
);

const shortened = (problems: readonly FieldProblem[]): FieldProblem[] => {
  const rest = problems.length - MOST_SHOWN;
  const more: FieldProblem = {
    field: 'more',
    says: {
      ja: `${words.moreProblems.ja}（あと${number(rest)}か所）`,
      en: `${words.moreProblems.en} (${number(rest)})`,
    },
  };
  return rest > 0 ? [...problems.slice(0, MOST_SHOWN), more] : [...problems];
};

interface Filled extends Pick<Around, 'channels'> {
  c: Request;
  usable: readonly Text[];
  given: Given;
  wrong: readonly FieldProblem[];
}

interface View {
  given: Given;
  problem?: Problem;
  problems?: readonly FieldProblem[];
}

const FileForm = ({ c, usable, channels, given, wrong }: Filled) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, wrong);
  return (
    <PostForm action={`${PATH}/import`} csrf={c.get('csrf')} files>
      <Panel title={words.importFile[lang]}>
        <SelectField
          {...field('text')}
          need="required"
          value={given.text}
          blank={words.choose}
          options={usable.map((text) => ({ value: text.id, label: textName(text, lang) }))}
        />
        <Radios
          {...field('language')}
          need="required"
          value={given.language}
          options={langs.map((value) => ({ value, label: languageWords[value] }))}
        />
        <Radios
          {...field('channel')}
          need="required"
          value={given.channel}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          {...field('file')}
          need="required"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          hint={words.importHint[lang]}
        />
        <Buttons>
          <Button>{words.importSave[lang]}</Button>
          <LinkButton kind="text" href={backFrom(c)}>
            {words.cancel[lang]}
          </LinkButton>
        </Buttons>
      </Panel>
    </PostForm>
  );
};

const NoText = ({ lang }: { lang: Lang }) => (
  <Empty
    title={words.noTextToUse[lang]}
    actions={
      <LinkButton kind="second" href={TEXTS}>
        {words.texts[lang]}
      </LinkButton>
    }
  >
    {words.noTextsSays[lang]}
  </Empty>
);

async function formPage({ office }: Room, c: Request, { given, problem, problems = [] }: View): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const usable = (await texts(office)).filter((text) => text.from_day !== null);
  const { channels } = await aroundOf(office, []);
  const wrong = shortened([...problems, ...(problem ? fieldsOf(problem) : [])]);
  return c.html(
    <OfficePage
      {...frame}
      title={words.import[lang]}
      path={placeOf(c)}
      sub={words.importSub[lang]}
      crumbs={crumbs(lang, { label: words.import[lang] })}
      failed={wrong.length > 0}
    >
      {usable.length === 0 ? (
        <NoText lang={lang} />
      ) : (
        <div class="grid gap-5 max-w-[60rem]">
          <ErrorSummary lang={lang} problems={wrong} labels={labels} />
          <FileForm c={c} usable={usable} channels={channels} given={given} wrong={wrong} />
          <Panel title={words.importColumns[lang]} pad="bare">
            <Columns lang={lang} />
          </Panel>
        </div>
      )}
    </OfficePage>,
    problem ? problemStatus(problem) : wrong.length > 0 ? 422 : 200,
  );
}

const givenIn = (form: Form): Given => ({
  text: form.text('text'),
  language: form.text('language'),
  channel: form.text('channel'),
});

function missingIn(given: Given, text: Text | undefined, file: File | undefined): FieldProblem[] {
  const choose = { ja: '選んでください', en: 'Choose one' };
  return [
    ...(text ? [] : [{ field: 'text', says: choose }]),
    ...(langs.some((lang) => lang === given.language) ? [] : [{ field: 'language', says: choose }]),
    ...(given.channel ? [] : [{ field: 'channel', says: choose }]),
    ...(file && file.size > 0
      ? []
      : [{ field: 'file', says: { ja: 'ファイルを選んでください', en: 'Choose a file' } }]),
  ];
}

async function submit(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const given = givenIn(form);
  const text = (await texts(room.office)).find(({ id }) => id === given.text);
  const file = form.file('file');
  const problems = missingIn(given, text, file);
  if (!text || !file || problems.length > 0) return formPage(room, c, { given, problems });
  const outcome = await importConsents(room.office, byOf(c), {
    text,
    language: given.language as Lang,
    channel: given.channel,
    bytes: new Uint8Array(await file.arrayBuffer()),
  });
  if (!outcome.ok) return formPage(room, c, { given, problem: outcome.problem });
  const { lines, states } = outcome.value;
  const done = new URLSearchParams({ text: text.id, imported: String(lines) });
  for (const [state, n] of Object.entries(states)) if (state !== 'stands') done.set(state, String(n));
  return c.redirect(c.get('may')('records:read') ? `${PATH}?${done}` : `${PATH}/import`, 303);
}

export const importPages = (room: Room): Route[] => [
  page('get', `${PATH}/import`, 'consents:write', (c) =>
    formPage(room, c, { given: { text: c.req.query('text') ?? '', language: 'ja', channel: '' } }),
  ),
  page('post', `${PATH}/import`, 'consents:write', (c) => submit(room, c), {
    most: MOST_BYTES + AROUND_BYTES,
    texts: formTexts(labels),
  }),
];
