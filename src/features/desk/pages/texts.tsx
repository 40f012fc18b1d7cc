// The sentences of the letters: the groups, the versions, and what each version changed, with the way back to an older one.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { formTexts, page, problemStatus, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import type { Crumb } from '../../../platform/ui/crumbs.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, TextField } from '../../../platform/ui/form.tsx';
import { clockTime, number, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { None, Table } from '../../../platform/ui/table.tsx';
import { byOf, staffNames } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import {
  currentTexts,
  MOST_NOTE,
  restoreTexts,
  textsHeads,
  textsVersion,
  type TextsHead,
  type TextsVersion,
} from '../actions/texts.ts';
import { groupWords, placeName } from '../letters/places.ts';
import { changesBetween, groups, placesOf, sentencesAt, type TextChange } from '../letters/texts.ts';
import { crumbs, PATH, type Asked, type Room } from './sheet.tsx';

export const TEXTS = `${PATH}/texts`;

export const textWords = {
  title: both('手紙の文', 'Sentences of the letters'),
  lead: both(
    'ここの文で手紙と用紙を作ります。保存すると、次に作る手紙から新しい文になります。どの版の文で作った手紙を送ったかは、記録に残ります。',
    'Letters and forms are made from these sentences. Once saved, the next letter uses the new ones. The log shows which version of the sentences each letter that was sent was made from.',
  ),
  group: both('まとまり', 'Group'),
  sentences: both('文の数', 'Sentences'),
  groups: both('文のまとまり', 'Groups of sentences'),
  version: both('版', 'Version'),
  versions: both('版の一覧', 'Versions'),
  written: both('作った日時', 'Written'),
  who: both('作った人', 'By'),
  note: both('覚え書き', 'Note'),
  noteHint: both(
    `なぜ変えたか。${MOST_NOTE}字まで。人の名前や個人情報は書かないでください`,
    `Why it was changed; at most ${MOST_NOTE} characters. No names or personal information, please`,
  ),
  house: both('関所（ファイルから）', 'Sekisho, from the file'),
  system: both('システム', 'A system'),
  proof: both('記録の証明', 'Proof'),
  changes: both('前の版との違い', 'Changes since the version before'),
  place: both('文', 'Sentence'),
  language: both('言語', 'Language'),
  before: both('前', 'Before'),
  after: both('この版', 'This version'),
  beginning: both(
    '最初の版です。ファイル（letters.yaml）の文から始めました。',
    'This is the first version. It began with the sentences in the file (letters.yaml).',
  ),
  back: both('この版に戻す', 'Return to this version'),
  backSays: both(
    'この版と同じ文の新しい版を作ります。いまの版は残り、いつでも戻せます。',
    'This makes a new version with the same sentences as this one. The present version is kept, and you can return to it at any time.',
  ),
  standing: both('いま使っている版', 'In use'),
} satisfies Record<string, Bilingual>;

export const languageWords: Record<Lang, Bilingual> = { ja: both('日本語', 'Japanese'), en: both('英語', 'English') };

export const versionName = (version: number, lang: Lang): string =>
  lang === 'ja' ? `第${version}版` : `Version ${version}`;

export const textCrumbs = (lang: Lang, ...rest: Crumb[]): Crumb[] =>
  crumbs(lang, { label: textWords.title[lang], ...(rest.length > 0 ? { href: TEXTS } : {}) }, ...rest);

const momentOf = (at: Date, lang: Lang): string =>
  `${writtenDay(dayOf(at.getTime()), lang)} ${clockTime(at.getTime())}`;

const Writer = ({ by, staff, lang }: { by: string; staff: ReadonlyMap<string, string>; lang: Lang }) => {
  const name = by.startsWith('staff:') ? staff.get(by.slice('staff:'.length)) : undefined;
  if (name !== undefined) return <span translate="no">{name}</span>;
  return <>{(by === 'sekisho' ? textWords.house : textWords.system)[lang]}</>;
};

const NoteText = ({ note, lang }: { note: string; lang: Lang }) =>
  note === '' ? <None lang={lang} /> : <span translate="no">{note}</span>;

const Groups = ({ now, lang }: { now: TextsVersion; lang: Lang }) => (
  <Table
    lang={lang}
    caption={textWords.groups}
    columns={[
      { key: 'group', head: textWords.group, rowHead: true },
      { key: 'sentences', head: textWords.sentences, align: 'right' },
    ]}
    rows={groups.map((group) => ({
      cells: {
        group: <a href={`${TEXTS}/${group}`}>{groupWords[group]![lang]}</a>,
        sentences: number(placesOf(group).reduce((sum, { path }) => sum + sentencesAt(now.texts, path).length, 0)),
      },
    }))}
  />
);

const Versions = ({
  heads,
  staff,
  lang,
}: {
  heads: readonly TextsHead[];
  staff: ReadonlyMap<string, string>;
  lang: Lang;
}) => (
  <Table
    lang={lang}
    caption={textWords.versions}
    stack="inline"
    columns={[
      { key: 'version', head: textWords.version, rowHead: true, nowrap: true },
      { key: 'at', head: textWords.written, nowrap: true },
      { key: 'who', head: textWords.who },
      { key: 'note', head: textWords.note },
    ]}
    rows={heads.map(({ version, at, by, note }) => ({
      cells: {
        version: <a href={`${TEXTS}/versions/${version}`}>{versionName(version, lang)}</a>,
        at: momentOf(at, lang),
        who: <Writer by={by} staff={staff} lang={lang} />,
        note: <NoteText note={note} lang={lang} />,
      },
    }))}
  />
);

async function list(room: Room, c: Asked): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const now = await currentTexts(room.office);
  const heads = await textsHeads(room.office);
  const staff = await staffNames(
    room.access,
    heads.map(({ by }) => by),
  );
  return c.html(
    <OfficePage
      {...frame}
      title={textWords.title[lang]}
      path={TEXTS}
      sub={versionName(now.version, lang)}
      crumbs={textCrumbs(lang)}
    >
      <div class="max-w-[60rem] grid gap-5">
        <Note>{textWords.lead[lang]}</Note>
        <Panel title={textWords.groups[lang]} pad="bare">
          <Groups now={now} lang={lang} />
        </Panel>
        <Panel title={textWords.versions[lang]} pad="bare">
          <Versions heads={heads} staff={staff} lang={lang} />
        </Panel>
      </div>
    </OfficePage>,
  );
}

// ---- one version

const groupOfPath = (path: string): string => groups.find((group) => path.startsWith(`${group}.`))!;

const Said = ({ text, in: of, lang }: { text: string | null; in: Lang; lang: Lang }) =>
  text === null ? (
    <None lang={lang} />
  ) : (
    <span lang={of} translate="no">
      {text}
    </span>
  );

/** The changes of sentences, by group and place. */
const Changes = ({ changes, lang }: { changes: readonly TextChange[]; lang: Lang }) => (
  <Table
    lang={lang}
    caption={textWords.changes}
    stack
    columns={[
      { key: 'place', head: textWords.place, rowHead: true },
      { key: 'language', head: textWords.language, nowrap: true },
      { key: 'before', head: textWords.before },
      { key: 'after', head: textWords.after },
    ]}
    rows={changes.map(({ path, at, many, lang: of, before, after }) => {
      const group = groupOfPath(path);
      return {
        cells: {
          place: (
            <>
              {groupWords[group]![lang]}
              <br />
              {placeName(path, group, lang, many ? at + 1 : null)}
            </>
          ),
          language: languageWords[of][lang],
          before: <Said text={before} in={of} lang={lang} />,
          after: <Said text={after} in={of} lang={lang} />,
        },
      };
    })}
  />
);

interface VersionView {
  c: Asked;
  shown: TextsVersion;
  before: TextsVersion | null;
  now: TextsVersion;
  note: string;
  problems: readonly FieldProblem[];
}

const Restore = ({ c, shown, now, note, problems }: VersionView) => {
  const lang = c.get('lang');
  return (
    <Panel title={textWords.back[lang]} id="back" noPrint>
      <p class="mb-4">{textWords.backSays[lang]}</p>
      <PostForm
        action={`${TEXTS}/versions/${shown.version}/restore`}
        csrf={c.get('csrf')}
        values={{ seen: String(now.version) }}
      >
        <TextField
          lang={lang}
          name="note"
          label={textWords.note}
          need="optional"
          hint={textWords.noteHint[lang]}
          value={note}
          error={problemAt(problems, 'note', lang)}
        />
        <Buttons>
          <Button>{textWords.back[lang]}</Button>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

async function versionPage(room: Room, view: VersionView, problem?: Problem): Promise<Response> {
  const { c, shown, before, now } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const staff = await staffNames(room.access, [shown.by]);
  const problems = problem ? fieldsOf(problem) : [];
  const name = versionName(shown.version, lang);
  const changes = before && changesBetween(before.texts, shown.texts);
  return c.html(
    <OfficePage
      {...frame}
      title={`${textWords.title[lang]} ${name}`}
      path={`${TEXTS}/versions/${shown.version}`}
      sub={shown.version === now.version ? textWords.standing[lang] : undefined}
      crumbs={textCrumbs(lang, { label: name })}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ note: textWords.note }} />
      <div class="max-w-[60rem] grid gap-5">
        <Panel title={name} id="about">
          <Dl
            items={[
              [textWords.written[lang], momentOf(shown.at, lang)],
              [textWords.who[lang], <Writer by={shown.by} staff={staff} lang={lang} />],
              [textWords.note[lang], <NoteText note={shown.note} lang={lang} />],
              ...(c.get('may')('log:read')
                ? [
                    [
                      textWords.proof[lang],
                      <a href={`/log/entries/${shown.entry}`} translate="no">
                        {shown.entry.slice(-8)}
                      </a>,
                    ] as const,
                  ]
                : []),
            ]}
          />
        </Panel>
        <Panel title={textWords.changes[lang]} pad={changes ? 'bare' : 'body'}>
          {changes ? <Changes changes={changes} lang={lang} /> : <p>{textWords.beginning[lang]}</p>}
        </Panel>
        {shown.version !== now.version && c.get('may')('letters:write') && <Restore {...view} problems={problems} />}
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

async function viewOf({ office }: Room, c: Asked, note = ''): Promise<VersionView | null> {
  const asked = c.req.param('version') ?? '';
  const shown = /^\d{1,9}$/.test(asked) ? await textsVersion(office, Number(asked)) : null;
  if (!shown) return null;
  const before = await textsVersion(office, shown.version - 1);
  return { c, shown, before, now: await currentTexts(office), note, problems: [] };
}

async function show(room: Room, c: Asked): Promise<Response> {
  const view = await viewOf(room, c);
  return view ? versionPage(room, view) : c.notFound();
}

async function restore(room: Room, c: Asked): Promise<Response> {
  const form = c.get('form');
  const note = form.text('note').trim();
  const view = await viewOf(room, c, note);
  if (!view) return c.notFound();
  const ask = { seen: Number(form.text('seen')), version: view.shown.version, note };
  const restored = await restoreTexts(room.office, byOf(c), ask);
  if (restored.ok) return c.redirect(`${TEXTS}/versions/${restored.value.version}`, 303);
  return versionPage(room, view, restored.problem);
}

/** These routes must come before those of one request, which would take their addresses for a request. */
export const textPages = (room: Room): Route[] => [
  page('get', TEXTS, 'letters:read', (c) => list(room, c)),
  page('get', `${TEXTS}/versions/:version`, 'letters:read', (c) => show(room, c)),
  page('post', `${TEXTS}/versions/:version/restore`, 'letters:write', (c) => restore(room, c), {
    texts: formTexts({ note: textWords.note }),
  }),
];

export const letterTextCatalogue: Catalogue = {
  title: textWords.title,
  list: TEXTS,
  things: () => groups.map((group) => ({ name: groupWords[group]!, href: `${TEXTS}/${group}` })),
};
