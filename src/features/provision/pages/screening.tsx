// Who goes and who falls out of a package, and why: classes of persons of whom the registers say the same, each with the law's answer and its
// grounds.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { answerWord, isAnswer, Duties, Grounds, Pass } from '../../../platform/ui/finding.tsx';
import { number } from '../../../platform/ui/format.ts';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { listPageOf, Pager, rowsOn, Table } from '../../../platform/ui/table.tsx';
import { giverWords, itemName } from '../../checkpoint/index.ts';
import { admitted, fallsOut, whyOut, type Fallen, type Screened } from '../facts.ts';
import { packageWords, words } from '../words.ts';

/** The name of a version of a text of consent. */
export interface TextName {
  name: Bilingual;
  version: number;
}

const percent = (part: number, of: number): string => `${of === 0 ? 0 : Math.round((part / of) * 1_000) / 10}%`;

export const everybodyIn = (screening: readonly Screened[]): number =>
  screening.reduce((sum, { people }) => sum + people, 0);

const textName = (text: TextName, lang: Lang): string =>
  lang === 'ja' ? `「${text.name.ja}」第${text.version}版` : `“${text.name.en}”, version ${text.version}`;

/** Who is in a class. */
const classWord = (one: Screened): Bilingual => {
  if (one.finding?.answer !== 'yes') return fallsOut[whyOut(one)];
  return one.text === null ? packageWords.withoutConsent : packageWords.withConsent;
};

const answerOf = ({ finding }: Screened) => (finding && isAnswer(finding.answer) ? finding.answer : null);

const AnswerOf = ({ lang, one }: { lang: Lang; one: Screened }) => {
  const answer = answerOf(one);
  return answer ? <Pass answer={answer} lang={lang} /> : <>{packageWords.out[lang]}</>;
};

/** The text that the persons of a class consented to, and who consented for them. */
const Which = ({ lang, one, text }: { lang: Lang; one: Screened; text: TextName | undefined }) => (
  <>
    {text && (
      <>
        <br />
        <span class="small font-normal">{textName(text, lang)}</span>
      </>
    )}
    {one.givenBy !== null && one.givenBy !== 'principal' && (
      <>
        <br />
        <span class="small font-normal muted">{giverWords[one.givenBy][lang]}</span>
      </>
    )}
  </>
);

const Who = (props: { lang: Lang; one: Screened; text: TextName | undefined }) => (
  <>
    {classWord(props.one)[props.lang]}
    <Which {...props} />
  </>
);

/** The grounds of an answer and, where a fact is missing, what it would decide. */
const groundsIn = (finding: Finding) =>
  finding.answer === 'unknown' ? [...finding.because, ...finding.missing] : finding.because;

/** The grounds of a class, with what is missing or which duties follow. `out`: nothing is provided of them, so that no duty follows. */
const Why = ({ lang, finding, out = false }: { lang: Lang; finding: Finding; out?: boolean }) => (
  <details>
    <summary class="small">{packageWords.showWhy[lang]}</summary>
    <div class="grid gap-2 mt-2 max-w-[34rem]">
      <Grounds lang={lang} grounds={groundsIn(finding)} />
      {!out && finding.answer !== 'unknown' && finding.duties.length > 0 && (
        <Duties lang={lang} duties={finding.duties} itemName={itemName(lang)} />
      )}
    </div>
  </details>
);

const reasons = Object.keys(fallsOut);

const place = (one: Screened): number => (one.finding?.answer === 'yes' ? -1 : reasons.indexOf(whyOut(one)));

/** Sorts those who go first, then the others by why they fall out; within each, the largest class first. */
const inOrder = (screening: readonly Screened[]): Screened[] =>
  screening.toSorted((a, b) => place(a) - place(b) || b.people - a.people);

/** The classes in the order of the page, and the columns of their file. */
export function screeningSheet(
  screening: readonly Screened[],
  texts: ReadonlyMap<string, TextName>,
): { columns: readonly ListColumn<Screened>[]; rows: Screened[] } {
  const all = everybodyIn(screening);
  return {
    rows: inOrder(screening),
    columns: [
      { key: 'who', head: packageWords.class, rowHead: true, value: (one, lang) => classWord(one)[lang] },
      {
        key: 'text',
        head: packageWords.text,
        value: ({ text }, lang) => {
          const named = text === null ? undefined : texts.get(text);
          return named ? textName(named, lang) : '';
        },
      },
      {
        key: 'givenBy',
        head: packageWords.givenBy,
        value: ({ givenBy }, lang) => (givenBy === null ? '' : giverWords[givenBy][lang]),
      },
      {
        key: 'answer',
        head: packageWords.answer,
        value: (one, lang) => {
          const answer = answerOf(one);
          return (answer ? answerWord[answer] : packageWords.out)[lang];
        },
      },
      { key: 'people', head: words.people, value: ({ people }) => people },
      { key: 'share', head: packageWords.share, value: ({ people }) => percent(people, all) },
      {
        key: 'why',
        head: packageWords.why,
        value: ({ finding }, lang) =>
          (finding ? groundsIn(finding) : [])
            .map(({ law, article, says }) => {
              const label = articleLabel(law, article, lang);
              return lang === 'ja' ? `${label}：${says.ja}` : `${label}: ${says.en}`;
            })
            .join('\n'),
      },
    ],
  };
}

export interface ScreeningProps {
  lang: Lang;
  screening: readonly Screened[];
  texts: ReadonlyMap<string, TextName>;
  /** The address of the page, and which page of classes is asked for. */
  href: string;
  page: string | undefined;
}

/** The most classes on a page at once: each has its grounds beside it. */
const MOST_CLASSES = 50;

/** The classes, paged if there are many, with the sum of all. */
export const Screening = ({ lang, screening, texts, href, page: asked }: ScreeningProps) => {
  const all = everybodyIn(screening);
  const go = admitted(screening);
  const page = listPageOf(asked, screening.length, MOST_CLASSES);
  return (
    <>
      <Table
        lang={lang}
        caption={packageWords.screening}
        stack
        columns={[
          { key: 'who', head: packageWords.class, rowHead: true },
          { key: 'answer', head: packageWords.answer, nowrap: true },
          { key: 'people', head: words.people, align: 'right' },
          { key: 'share', head: packageWords.share, align: 'right' },
          { key: 'why', head: packageWords.why },
        ]}
        rows={[
          ...rowsOn(page, inOrder(screening)).map((one) => ({
            cells: {
              who: <Who lang={lang} one={one} text={one.text === null ? undefined : texts.get(one.text)} />,
              answer: <AnswerOf lang={lang} one={one} />,
              people: number(one.people),
              share: percent(one.people, all),
              why: one.finding ? <Why lang={lang} finding={one.finding} /> : '—',
            },
          })),
          {
            cells: {
              who: packageWords.total[lang],
              answer: <b>{lang === 'ja' ? `${number(go)}人の情報を渡せる` : `${number(go)} go`}</b>,
              people: <b>{number(all)}</b>,
              share: <b>{percent(go, all)}</b>,
              why: lang === 'ja' ? `${number(all - go)}人は外れる` : `${number(all - go)} fall out`,
            },
          },
        ]}
      />
      {page.of > 1 && <Pager lang={lang} page={page} href={href} />}
    </>
  );
};

export interface FallenProps {
  lang: Lang;
  title: Bilingual;
  says: Bilingual;
  fallen: readonly Fallen[];
  texts: ReadonlyMap<string, TextName>;
}

/** Who falls out of an approved package: how many for each reason, with the grounds. Nothing where nobody does. */
export const FallenOut = ({ lang, title, says, fallen, texts }: FallenProps) => {
  if (fallen.length === 0) return null;
  const all = everybodyIn(fallen);
  return (
    <section class="mt-6">
      <h2 class="h2">{title[lang]}</h2>
      <p class="mb-3">
        <b>{lang === 'ja' ? `${number(all)}人。` : `${number(all)}. `}</b>
        {says[lang]}
        {fallen.some((one) => whyOut(one) === 'unapproved') && (
          <>
            {lang === 'ja' ? '' : ' '}
            {packageWords.unapprovedHelps[lang]}
          </>
        )}
      </p>
      <Table
        lang={lang}
        caption={title}
        stack
        columns={[
          { key: 'who', head: packageWords.class, rowHead: true },
          { key: 'people', head: words.people, align: 'right' },
          { key: 'why', head: packageWords.why },
        ]}
        rows={fallen
          .toSorted((a, b) => b.people - a.people)
          .map((one) => ({
            cells: {
              who: (
                <>
                  {fallsOut[whyOut(one)][lang]}
                  <Which lang={lang} one={one} text={one.text === null ? undefined : texts.get(one.text)} />
                  {one.provided && (
                    <>
                      <br />
                      <span class="small font-normal muted">{packageWords.providedBefore[lang]}</span>
                    </>
                  )}
                </>
              ),
              people: number(one.people),
              why: one.finding ? <Why lang={lang} finding={one.finding} out /> : '—',
            },
          }))}
      />
    </section>
  );
};
