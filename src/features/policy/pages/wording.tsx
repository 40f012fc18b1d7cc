// The purposes that a version rewords: the officer's judgement before the approval, what relies on the old words, and afterwards what was judged
// and what must be judged anew.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { DateField, problemAt, Radios, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { dayProblem, number, readJapaneseDate, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { Resting, Reworded } from '../actions/approval.ts';
import type { Policy } from '../facts/shape.ts';
import type { Rewording, RewordingInput, RewordingJudgement } from '../facts/change.ts';
import type { WordingRow } from '../tables.ts';

const words = {
  title: both('目的の文の変更', 'Purposes with new wording'),
  lead: both(
    'この版では、次の目的の文が変わります。前の文を聞いて情報を渡した人にとって、目的そのものが変わるのかどうかを、目的ごとに判断してください。',
    'This version changes the wording of these purposes. For each, judge whether the purpose itself changes for those who gave information after being told the former wording.',
  ),
  before: both('前の文', 'Former wording'),
  earlier: both('それより前の文', 'Earlier wording'),
  after: both('この版の文', 'Wording of this version'),
  judged: both('何が変わりますか', 'What changes?'),
  judgedHint: both(
    '前の文を聞いた人が、ふつうに思い描ける使い方なら、関連しています。前の文が2つ以上あるときは、そのどれとも関連していることが要ります。',
    'It is related if somebody who was told the former wording could ordinarily expect the new use. Where there are several former wordings, it must be related to each.',
  ),
  reason: both('そう判断する理由', 'Reason for this judgement'),
  reasonHint: both('後から見た人が確かめられるように書きます', 'Write it so that somebody can verify it later'),
  announcedOn: both('通知か公表をする日', 'Day of the notice or the publication'),
  onlyRelated: both('目的が変わるときだけ書きます', 'Only where the purpose changes'),
  announcedWhere: both('本人が知ることのできる場所', 'Where the persons can learn of it'),
  announced: both('通知・公表', 'Announced'),
  leftOut: both('この版にない目的', 'Purposes this version does not state'),
  rests: both('変わる目的に基づくもの', 'What relies on the purposes that change'),
  restsSays: both(
    '言い回しだけが変わると判断した目的に基づくものは、そのまま使えます。それ以外の目的に基づく利用目的の変更では、施行日から、改めて判断するまで何も使えません。同意と申出は残り、同じ番号の目的についてのものになります。',
    'Where you judge that only the wording of a purpose changes, what relies on it can be used as before. Under any other change of purpose, nothing may be used from the day this version takes effect until the change is judged anew. Consents and objections remain, and are then about the purpose with the same id.',
  ),
  changes: both('利用目的の変更', 'Changes of purpose'),
  consents: both('同意', 'Consents'),
  objections: both('やめてほしいという申出', 'Objections'),
  none: both('ありません', 'None'),
  toJudge: both('改めて判断する利用目的の変更', 'Changes of purpose to judge anew'),
  now: both(
    'この版で目的の文が変わったため、次の変更では何も使えません。台帳で、改めて判断してください。',
    'This version changes the wording of a purpose, so nothing may be used under these changes. Judge them anew in the ledger.',
  ),
  coming: both(
    '施行日から、次の変更では何も使えなくなります。施行日になったら、台帳で改めて判断してください。',
    'From the day this version is in force, nothing may be used under these changes. On that day, judge them anew in the ledger.',
  ),
  toBeJudged: both(
    '承認のときに、変わるのが言い回しだけか、目的そのものかを、個人情報保護管理者が判断します。前の目的と関連しない目的にするときは、別の番号の目的として加えてください。',
    'At the approval the privacy officer judges whether only the wording changes or the purpose itself. Where the new purpose is not related to the former one, state it as a purpose of its own, under another id.',
  ),
  judgements: both('目的の文についての判断', 'Judgements on the wording of purposes'),
} satisfies Record<string, Bilingual>;

const judgementWords: Record<RewordingJudgement, Bilingual> = {
  editorial: both('言い回しだけが変わり、目的は同じ', 'Only the wording changes; the purpose is the same'),
  related: both('目的が変わり、前の目的と関連している', 'The purpose changes, and is related to the former one'),
  unrelated: both(
    '目的が変わり、前の目的と関連していない',
    'The purpose changes, and is not related to the former one',
  ),
};

const parts = ['judged', 'reason', 'announcedOn', 'announcedWhere'] as const satisfies (keyof RewordingInput)[];

/** The input for each purpose of a version, by its id. */
export const typedIn = (form: Form, { purposes }: Pick<Policy, 'purposes'>): Record<string, RewordingInput> =>
  Object.fromEntries(
    purposes.map(({ id }) => [
      id,
      Object.fromEntries(parts.map((part) => [part, form.text(`${part}.${id}`)])) as unknown as RewordingInput,
    ]),
  );

/** The same with the dates read. */
export const readIn = (typed: Readonly<Record<string, RewordingInput>>): Record<string, RewordingInput> =>
  Object.fromEntries(
    Object.entries(typed).map(([id, one]) => [id, { ...one, announcedOn: readJapaneseDate(one.announcedOn) ?? '' }]),
  );

/** The label of a field, for its problems. */
export function wordingLabel(name: string): Bilingual | undefined {
  const [part, id] = name.split('.') as [(typeof parts)[number], string | undefined];
  return id !== undefined && parts.includes(part)
    ? both(`${id}：${words[part].ja}`, `${id}: ${words[part].en}`)
    : undefined;
}

export const wordingLabels = (rewordings: readonly Rewording[]): Record<string, Bilingual> =>
  Object.fromEntries(
    rewordings.flatMap(({ purpose: { id } }) =>
      parts.map((part) => [`${part}.${id}`, wordingLabel(`${part}.${id}`)!] as const),
    ),
  );

/** Problems at their fields; for an unreadable date the problem says why. */
export const wordingProblems = (
  fields: readonly FieldProblem[],
  typed: Readonly<Record<string, RewordingInput>>,
): FieldProblem[] =>
  fields.map((one) => {
    const day = one.field.startsWith('announcedOn.') ? typed[one.field.slice('announcedOn.'.length)]?.announcedOn : '';
    return day?.trim() && readJapaneseDate(day) === null ? { ...one, says: dayProblem(day) } : one;
  });

/** Shown in the page's language, or in the other language where only that wording differs. */
const Wordings = ({ lang, one: { purpose, former } }: { lang: Lang; one: Rewording }) => {
  const [last, ...earlier] = former;
  const said = last.text[lang] === purpose.text[lang] ? (lang === 'ja' ? 'en' : 'ja') : lang;
  return (
    <div class="mb-4">
      <Dl
        items={[
          [words.before[lang], <span lang={said}>{last.text[said]}</span>],
          ...earlier.map(({ text }) => [words.earlier[lang], <span lang={said}>{text[said]}</span>] as const),
          [words.after[lang], <span lang={said}>{purpose.text[said]}</span>],
        ]}
      />
    </div>
  );
};

interface FieldsProps {
  lang: Lang;
  rewordings: readonly Rewording[];
  typed: Readonly<Record<string, RewordingInput>>;
  problems: readonly FieldProblem[];
}

/** Fields for one judgement on each reworded purpose. */
export const RewordingFields = ({ lang, rewordings, typed, problems }: FieldsProps) =>
  rewordings.length === 0 ? null : (
    <section class="mb-5 grid gap-6" aria-labelledby="rewordings">
      <div>
        <h3 id="rewordings" class="mb-2">
          {words.title[lang]}
        </h3>
        <p>{words.lead[lang]}</p>
      </div>
      {rewordings.map((one) => {
        const { id, label } = one.purpose;
        const field = (part: keyof RewordingInput) => ({
          lang,
          name: `${part}.${id}`,
          label: words[part],
          value: typed[id]?.[part] ?? '',
          error: problemAt(problems, `${part}.${id}`, lang),
        });
        return (
          <fieldset>
            <legend class="font-bold mb-2">{`${id} ${label[lang]}`}</legend>
            <Wordings lang={lang} one={one} />
            <Radios
              {...field('judged')}
              need="required"
              hint={words.judgedHint[lang]}
              options={Object.entries(judgementWords).map(([value, says]) => ({ value, label: says }))}
            />
            <TextArea {...field('reason')} need="required" hint={words.reasonHint[lang]} rows={2} />
            <DateField {...field('announcedOn')} hint={words.onlyRelated[lang]} />
            <TextField {...field('announcedWhere')} hint={words.onlyRelated[lang]} />
          </fieldset>
        );
      })}
    </section>
  );

const changeLine = ({ holding, name, from, to }: Resting['changes'][number], lang: Lang): Child => (
  <li>
    <a href={`/ledger/${holding}#changes`}>{name[lang]}</a>
    {lang === 'ja' ? '：' : ': '}
    {`${from} → ${to}`}
  </li>
);

const people = (n: number, lang: Lang): string =>
  lang === 'ja' ? `${number(n)}人` : `${number(n)} ${n === 1 ? 'person' : 'people'}`;

const List = ({ lang, items }: { lang: Lang; items: readonly Child[] }) =>
  items.length === 0 ? <>{words.none[lang]}</> : <ul class="grid gap-1">{items}</ul>;

/** What the approval of a version affects. Nothing where all purposes are worded as before. */
export const Touched = ({ lang, reworded, rests }: { lang: Lang; reworded: Reworded; rests: Resting }) =>
  reworded.rewordings.length + reworded.leftOut.length === 0 ? null : (
    <Panel title={words.rests[lang]} id="rests">
      <p class="mb-3">{words.restsSays[lang]}</p>
      <Dl
        items={[
          ...(reworded.leftOut.length > 0
            ? [[words.leftOut[lang], reworded.leftOut.join(lang === 'ja' ? '、' : ', ')] as const]
            : []),
          [words.changes[lang], <List lang={lang} items={rests.changes.map((one) => changeLine(one, lang))} />],
          [
            words.consents[lang],
            <List
              lang={lang}
              items={rests.consents.map(({ code, version, name, purposes, people: n }) => (
                <li>
                  <a href={`/consents/texts/${code}/${version}`}>{name[lang]}</a>
                  {` ${purposes.join(' ')} ${people(n, lang)}`}
                </li>
              ))}
            />,
          ],
          [
            words.objections[lang],
            <List
              lang={lang}
              items={rests.objections.map(({ purpose, people: n }) => (
                <li>
                  <a href="/consents/objections">{purpose}</a>
                  {` ${people(n, lang)}`}
                </li>
              ))}
            />,
          ],
        ]}
      />
    </Panel>
  );

/** Tells the proposer of a version which purposes the officer will have to judge. */
export const ToBeJudged = ({ lang, rewordings }: { lang: Lang; rewordings: readonly Rewording[] }) => {
  const ids = rewordings.map(({ purpose }) => purpose.id);
  return ids.length > 0 ? (
    <Banner
      kind="info"
      title={`${words.title[lang]}${lang === 'ja' ? '：' : ': '}${ids.join(lang === 'ja' ? '、' : ', ')}`}
    >
      {words.toBeJudged[lang]}
    </Banner>
  ) : null;
};

/** Changes of purpose that a version outdates, with links to judge them anew. `coming`: the version is not in force yet. */
export const ToJudge = (props: { lang: Lang; changes: Resting['changes']; coming: boolean }) => {
  const { lang, changes, coming } = props;
  return changes.length === 0 ? null : (
    <Banner kind={coming ? 'info' : 'warn'} title={words.toJudge[lang]}>
      <p class="mb-2">{words[coming ? 'coming' : 'now'][lang]}</p>
      <ul class="grid gap-1">{changes.map((one) => changeLine(one, lang))}</ul>
    </Banner>
  );
};

/** The officer's judgements at the approval of the version. */
export const Judgements = ({ lang, judged }: { lang: Lang; judged: readonly WordingRow[] }) =>
  judged.length === 0 ? null : (
    <Panel title={words.judgements[lang]} id="judged">
      <Dl
        items={judged.map((one) => [
          one.purpose,
          <>
            {judgementWords[one.judged!][lang]}
            <br />
            <span class="whitespace-pre-wrap" translate="no">
              {one.reason}
            </span>
            {one.announced_on && (
              <>
                <br />
                <span class="small muted">
                  {words.announced[lang]} {writtenDay(one.announced_on, lang)}{' '}
                  <span translate="no">{one.announced_where}</span>
                </span>
              </>
            )}
          </>,
        ])}
      />
    </Panel>
  );
