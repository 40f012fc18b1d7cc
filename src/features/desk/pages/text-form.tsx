// Editing the sentences of a group: Japanese and English beside each other, with the values that each takes. The content of the form can be seen as a
// PDF before it is kept. Whoever saves second is told, and nothing that was typed is lost.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { page, problemStatus, type Form, type Route, type Texts as FormTexts } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { ErrorSummary, PostForm, problemAt, SelectField, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { rebased } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { policyInForce, type Operator } from '../../policy/index.ts';
import {
  currentTexts,
  previewTexts,
  textsVersion,
  writeGroup,
  type Sentences,
  type TextsVersion,
} from '../actions/texts.ts';
import { groupWords, keyWord, placeName, sectionsOf, valuesSaid } from '../letters/places.ts';
import { previewNames } from '../letters/preview.ts';
import {
  changesBetween,
  fieldOf,
  groups,
  MOST_SENTENCE,
  placesOf,
  sentencesAt,
  type Place,
  type Texts,
} from '../letters/texts.ts';
import { kindWords, resultWords } from '../words.ts';
import type { Kind } from '../facts/kind.ts';
import type { Result } from '../facts/result.ts';
import type { Asked, Room } from './sheet.tsx';
import { languageWords, textCrumbs, TEXTS, textWords, versionName } from './texts.tsx';

export const words = {
  save: both('新しい版として保存する', 'Save as a new version'),
  cancel: both('やめる', 'Cancel'),
  preview: both('PDFで見る', 'See it as a PDF'),
  previewTitle: both('見本', 'Preview'),
  previewSays: both(
    '上に書いた文のまま、架空の人に宛てた手紙にします。保存はしません。',
    'Makes a letter to a fictional person with the sentences above. Nothing is saved.',
  ),
  paper: both('手紙', 'Letter'),
  language: both('言語', 'Language'),
  must: both('必ず入れるもの：', 'Must have: '),
  may: both('使えるもの：', 'May have: '),
  further: both('足すときだけ書きます', 'Only to add one'),
  now: both('いまの文：', 'It now says: '),
  look: both('いまの版を見る', 'See the present version'),
  kept: both(
    '入力した文は残っています。ほかの人が変えた文には、いまの文を添えました。もう一度保存すると、下の文で次の版になります。',
    'What you typed is kept. Where somebody else changed a sentence, its present text is shown beside it. If you save again, the sentences below become the next version.',
  ),
  saved: both(
    '保存しました。次に作る手紙から、この文になります',
    'Saved. Letters made from now on use these sentences',
  ),
  labels: both('宛名ラベル', 'Address labels'),
} satisfies Record<string, Bilingual>;

const langs: readonly Lang[] = ['ja', 'en'];

/** The most items of a list; up to this many, the form offers one more than there are. */
const MOST_ITEMS = 12;

const blank = ({ ja, en }: Bilingual): boolean => ja === '' && en === '';

/** The sentences of a group as typed; of a list, those that are not blank. */
function sentencesIn(form: Form, group: string): Sentences {
  const typed = (place: Place, at: number): Bilingual => ({
    ja: form.text(fieldOf(place, at, 'ja')).trim(),
    en: form.text(fieldOf(place, at, 'en')).trim(),
  });
  return new Map(
    placesOf(group).map((place) => {
      const all = Array.from({ length: place.many ? MOST_ITEMS : 1 }, (_, at) => typed(place, at));
      return [place.path, place.many ? all.filter((one) => !blank(one)) : all];
    }),
  );
}

const sentencesOf = (texts: Texts, group: string): Sentences =>
  new Map(placesOf(group).map(({ path }) => [path, sentencesAt(texts, path)]));

/** Moves what was typed on earlier sentences onto the newest; all sentences of a list count as one. */
const rebasedSentences = (typed: Sentences, began: Sentences, newest: Sentences): Sentences => {
  const plain = (all: Sentences) =>
    Object.fromEntries([...all].map(([path, says]) => [path, says.map(({ ja, en }) => both(ja, en))]));
  return new Map(Object.entries(rebased(plain(typed), { began: plain(began), newest: plain(newest) })));
};

interface View {
  c: Asked;
  group: string;
  sentences: Sentences;
  /** The version the writer has seen. */
  seen: number;
  note: string;
  /** The present content of fields that somebody else has changed since. */
  theirs: ReadonlyMap<string, string>;
  problems: readonly FieldProblem[];
  operator: Operator;
}

/** Values in words; the names in braces are the same in every language. */
const Named = ({ text }: { text: string }) => (
  <>{text.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? <span translate="no">{part}</span> : part))}</>
);

const Values = ({ place, lang }: { place: Place; lang: Lang }) => {
  const { must, may } = valuesSaid(place, lang);
  return (
    <>
      {must !== '' && (
        <p class="hint">
          {words.must[lang]}
          <Named text={must} />
        </p>
      )}
      {may !== '' && (
        <p class="hint">
          {words.may[lang]}
          <Named text={may} />
        </p>
      )}
    </>
  );
};

/** About how many Japanese characters fit on a line of a field on a narrow screen. */
const LINE = 16;

/** The lines that the longer of the two languages takes. */
const linesOf = ({ ja, en }: Bilingual): number =>
  Math.min(10, Math.max(1, Math.ceil(ja.length / LINE), Math.ceil(en.length / LINE / 2)));

interface SentenceProps {
  view: View;
  place: Place;
  /** Position in a list. */
  at: number;
  says: Bilingual;
}

/** The present content of a field that somebody else has changed. */
const Theirs = ({ text, of, lang }: { text: string; of: Lang; lang: Lang }) => (
  <>
    {words.now[lang]}
    <span lang={of} translate="no">
      {text}
    </span>
  </>
);

const Written = ({ view: { c, group, theirs, problems }, place, at, says }: SentenceProps) => {
  const lang = c.get('lang');
  return (
    <fieldset class="field">
      <legend>{placeName(place.path, group, lang, place.many ? at + 1 : null)}</legend>
      {place.many && blank(says) ? <p class="hint">{words.further[lang]}</p> : <Values place={place} lang={lang} />}
      <div class="fields">
        {langs.map((of) => {
          const name = fieldOf(place, at, of);
          const now = theirs.get(name);
          return (
            <TextArea
              lang={lang}
              name={name}
              label={languageWords[of]}
              rows={linesOf(says)}
              maxlength={MOST_SENTENCE}
              value={says[of]}
              hint={now === undefined ? undefined : <Theirs text={now} of={of} lang={lang} />}
              error={problemAt(problems, name, lang)}
            />
          );
        })}
      </div>
    </fieldset>
  );
};

/** A sentence for a reader who may not write. */
const Printed = ({ view: { c, group }, place, at, says }: SentenceProps) => (
  <div class="mb-5">
    <h3 class="font-bold mb-1">{placeName(place.path, group, c.get('lang'), place.many ? at + 1 : null)}</h3>
    <div class="grid gap-x-5 gap-y-1 md:grid-cols-2">
      {langs.map((of) => (
        <p lang={of} translate="no">
          {says[of]}
        </p>
      ))}
    </div>
  </div>
);

/** The sentences shown for a place; a writer may add one to a list. */
const shownIn = ({ sentences }: View, { path, many }: Place, mayWrite: boolean): readonly Bilingual[] => {
  const all = sentences.get(path)!;
  return mayWrite && many && all.length < MOST_ITEMS ? [...all, both('', '')] : all;
};

const Sections = ({ view, mayWrite }: { view: View; mayWrite: boolean }) => {
  const Sentence = mayWrite ? Written : Printed;
  return (
    <>
      {sectionsOf(view.group).map(({ key, places }) => (
        <Panel title={(key === null ? groupWords[view.group]! : keyWord(key))[view.c.get('lang')]}>
          {places.flatMap((place) =>
            shownIn(view, place, mayWrite).map((says, at) => (
              <Sentence view={view} place={place} at={at} says={says} />
            )),
          )}
        </Panel>
      ))}
    </>
  );
};

/** The groups of papers whose names differ from theirs. */
const groupOfPaper: Readonly<Record<string, string>> = { 'fee-receipt': 'receipt', code: 'parcel' };

/** The name of a paper, such as `notice/erasure/refused`. */
function paperName(name: string, operator: Operator, lang: Lang): string {
  const [sort, one, other] = name.split('/');
  const joined = (...parts: string[]): string => parts.join(lang === 'ja' ? '：' : ': ');
  if (sort === 'notice') return joined(kindWords[one as Kind].name[lang], resultWords[other as Result][lang]);
  if (sort === 'form') return operator.forms.find(({ scope, kind }) => scope === one && kind === other)!.title[lang];
  if (sort === 'labels') return words.labels[lang];
  if (sort === 'records') return kindWords['record-disclosure'].name[lang];
  const called = groupWords[groupOfPaper[sort!] ?? sort!]![lang];
  return one === 'late' ? joined(called, keyWord(one)[lang]) : called;
}

const Preview = ({ view: { c, group, operator } }: { view: View }) => {
  const lang = c.get('lang');
  const names = previewNames(group, operator);
  const options = names.map((value) => ({ value, label: paperName(value, operator, lang) }));
  return (
    <Panel title={words.previewTitle[lang]} id="preview">
      <p class="mb-4">{words.previewSays[lang]}</p>
      <SelectField lang={lang} name="paper" label={words.paper} options={options} />
      <SelectField
        lang={lang}
        name="language"
        label={words.language}
        options={langs.map((value) => ({ value, label: languageWords[value] }))}
        value={lang}
      />
      <Buttons>
        <Button kind="second" to={`${TEXTS}/${group}/preview`} beside>
          {words.preview[lang]}
        </Button>
      </Buttons>
    </Panel>
  );
};

const Keeping = ({ view: { c, note, problems } }: { view: View }) => {
  const lang = c.get('lang');
  return (
    <>
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
        <Button>{words.save[lang]}</Button>
        <LinkButton kind="text" href={TEXTS}>
          {words.cancel[lang]}
        </LinkButton>
      </Buttons>
    </>
  );
};

/** The label of each field, for the list of problems. */
const sentenceLabel = (
  { path, group, at, of }: { path: string; group: string; at: number | null; of: Lang },
  lang: Lang,
): string => `${placeName(path, group, lang, at === null ? null : at + 1)} (${languageWords[of][lang]})`;

function labelsOf({ group, sentences }: View, lang: Lang): Record<string, string> {
  const named = placesOf(group).flatMap((place) =>
    Array.from({ length: sentences.get(place.path)!.length }, (_, at) => at).flatMap((at) =>
      langs.map((of): [string, string] => [
        fieldOf(place, at, of),
        sentenceLabel({ path: place.path, group, at: place.many ? at : null, of }, lang),
      ]),
    ),
  );
  return { ...Object.fromEntries(named), note: textWords.note[lang] };
}

/** The notice that somebody else was first; what was typed is kept. */
const Overtaken = ({ lang, problem }: { lang: Lang; problem: Problem | undefined }) =>
  problem?.kind === 'conflict' ? (
    <div class="mb-5">
      <Banner kind="warn" role="alert" title={problem.says[lang]} action={{ href: TEXTS, label: words.look[lang] }}>
        {words.kept[lang]}
      </Banner>
    </div>
  ) : null;

function formPage(view: View, problem?: Problem): Response | Promise<Response> {
  const { c, group, seen } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const mayWrite = c.get('may')('letters:write');
  const problems = problem?.kind === 'conflict' ? [] : view.problems;
  const title = groupWords[group]![lang];
  return c.html(
    <OfficePage
      {...frame}
      title={title}
      path={`${TEXTS}/${group}`}
      sub={versionName(seen, lang)}
      crumbs={textCrumbs(lang, { label: title })}
      failed={problem !== undefined}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labelsOf(view, lang)} />
      <Overtaken lang={lang} problem={problem} />
      {problem === undefined && c.req.query('saved') !== undefined && (
        <div class="mb-5">
          <Banner kind="good" role="status" title={words.saved[lang]} />
        </div>
      )}
      <div class="max-w-[60rem]">
        <PostForm
          action={`${TEXTS}/${group}${mayWrite ? '' : '/preview'}`}
          csrf={frame.csrf}
          values={{ seen: mayWrite ? String(seen) : undefined }}
          whole={!mayWrite}
        >
          <div class="grid gap-5">
            <Sections view={view} mayWrite={mayWrite} />
            <Preview view={view} />
            {mayWrite && <Keeping view={view} />}
          </div>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

async function asked({ office }: Room, c: Asked): Promise<{ group: string; now: TextsVersion; view: View } | null> {
  const group = c.req.param('group') ?? '';
  const inForce = await policyInForce(office, office.clock.today());
  if (!groups.includes(group) || !inForce) return null;
  const now = await currentTexts(office);
  const { operator } = inForce.policy;
  const sentences = sentencesOf(now.texts, group);
  const view = { c, group, sentences, seen: now.version, note: '', theirs: new Map(), problems: [], operator };
  return { group, now, view };
}

/** What was typed, with its problems and what somebody else has changed since. */
async function typedView({ office }: Room, view: View, now: TextsVersion, problem: Problem): Promise<View> {
  const form = view.c.get('form');
  const seen = Number(form.text('seen'));
  const conflict = problem.kind === 'conflict';
  const before = conflict ? await textsVersion(office, seen) : null;
  const typed = sentencesIn(form, view.group);
  const theirs = (before ? changesBetween(before.texts, now.texts) : []).flatMap((change): [string, string][] =>
    change.after === null ? [] : [[fieldOf(change, change.at, change.lang), change.after]],
  );
  return {
    ...view,
    sentences: before ? rebasedSentences(typed, sentencesOf(before.texts, view.group), view.sentences) : typed,
    note: form.text('note'),
    // Only a writer who is told that somebody else was first may overwrite the change.
    seen: conflict ? now.version : seen,
    theirs: new Map(theirs),
    problems: fieldsOf(problem),
  };
}

async function save(room: Room, c: Asked): Promise<Response> {
  const form = c.get('form');
  const group = c.req.param('group') ?? '';
  const kept = await writeGroup(room.office, byOf(c), {
    seen: Number(form.text('seen')),
    group,
    sentences: sentencesIn(form, group),
    note: form.text('note').trim(),
  });
  if (kept.ok) return c.redirect(`${TEXTS}/${group}?saved`, 303);
  const found = await asked(room, c);
  if (!found || kept.problem.kind === 'not-found') return c.notFound();
  return formPage(await typedView(room, found.view, found.now, kept.problem), kept.problem);
}

/** Previews what is kept for a reader, and the content of the form for a writer. */
async function preview(room: Room, c: Asked): Promise<Response> {
  const form = c.get('form');
  const found = await asked(room, c);
  if (!found) return c.notFound();
  const { group, view, now } = found;
  const paper = form.text('paper');
  const made = await previewTexts(room.office, {
    sentences: form.text('seen') === '' ? view.sentences : sentencesIn(form, group),
    paper,
    lang: form.text('language') === 'en' ? 'en' : 'ja',
  });
  if (made.ok) {
    return new Response(made.value as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${paper.replaceAll('/', '-')}.pdf"`,
        'cache-control': 'no-store',
      },
    });
  }
  if (made.problem.kind === 'not-found') return c.notFound();
  return formPage(await typedView(room, view, now, made.problem), made.problem);
}

/** Labels and kinds of the fields of the sentences, by their places. */
const sentenceTexts: FormTexts = (name, c) => {
  if (name === 'note') return { label: textWords.note };
  const group = c.req.param('group') ?? '';
  const [, path = '', at, of = 'ja'] = /^(.+?)(?:\[(\d+)\])?\.(ja|en)$/.exec(name) ?? [];
  if (!placesOf(group).some((place) => place.path === path)) return { label: undefined };
  const label = (lang: Lang): string =>
    sentenceLabel({ path, group, at: at === undefined ? null : Number(at), of: of as Lang }, lang);
  return { label: both(label('ja'), label('en')), kind: 'prose' };
};

export const textFormPages = (room: Room): Route[] => [
  page('get', `${TEXTS}/:group`, 'letters:read', async (c) => {
    const found = await asked(room, c);
    return found ? formPage(found.view) : c.notFound();
  }),
  page('post', `${TEXTS}/:group`, 'letters:write', (c) => save(room, c), { texts: sentenceTexts }),
  page('post', `${TEXTS}/:group/preview`, 'letters:read', (c) => preview(room, c), { texts: sentenceTexts }),
];
