// The answer of the checkpoint: a tegata hanging from the beam, the answer in words, then grounds, duties, and what is missing or what can be done
// instead. Never shows a yes without grounds (the type of Finding forbids it).

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { articleLabel } from './article.ts';
import { Chip } from './chip.tsx';
import { Dl } from './fact-list.tsx';
import { listed, writtenDay } from './format.ts';
import { Icon } from './icon.tsx';
import { classes, say, type Text } from './say.ts';

export type Answer = 'yes' | 'no' | 'unknown';

const looks: Record<Answer, string> = { yes: 'yes', no: 'no', unknown: 'hold' };
const kanji: Record<Answer, string> = { yes: '可', no: '不可', unknown: '保留' };

/** Some findings answer neither yes nor no, such as what kind of information something is; they have no plaque. */
export const isAnswer = (answer: string): answer is Answer => answer in kanji;

/** The answer in one word. */
export const answerWord: Record<Answer, Bilingual> = {
  yes: { ja: '可', en: 'Yes' },
  no: { ja: '不可', en: 'No' },
  unknown: { ja: '保留', en: 'On hold' },
};

const words = {
  grounds: { ja: '根拠', en: 'Grounds' },
  groundsSoFar: { ja: 'ここまでの根拠', en: 'Grounds so far' },
  before: { ja: '先に要ること', en: 'Before you do it' },
  now: { ja: 'いまの義務', en: 'Duties now' },
  later: { ja: 'あとの義務', en: 'Duties later' },
  then: { ja: '可になったときの義務', en: 'Duties if the answer becomes yes' },
  missing: { ja: '足りない事実', en: 'Missing facts' },
  decides: { ja: '答えが決まるとき', en: 'What would decide it' },
  instead: { ja: 'できること', en: 'What can be done instead' },
  path: { ja: '計算の道すじ', en: 'How it was reached' },
  beforeMark: { ja: '先に', en: 'first' },
  nowMark: { ja: 'すぐに', en: 'at once' },
  laterMark: { ja: '継続', en: 'ongoing' },
};

/** In English, too, the kanji is shown, with the English word beside it. `l` is 72×100 for a finding, `m` 40×56 for lists. */
export const Tegata = ({ answer, lang, size = 'l' }: { answer: Answer; lang: Lang; size?: 'l' | 'm' }) => (
  <svg
    class={classes('tegata', `tegata-${looks[answer]}`, size === 'm' && 'tegata-m')}
    viewBox="0 0 72 100"
    role="img"
    aria-label={say(answerWord[answer], lang)}
  >
    <path class="t-cord" d="M36 0v20" />
    <path class="t-body" d="M10 26 36 8l26 18v66a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4z" />
    <circle class="t-hole" cx="36" cy="22" r="4" />
    {answer === 'no' && <path class="t-in" d="M16 31v59h40V31" fill="none" stroke-width="1.75" />}
    {answer === 'yes' ? (
      <text x="36" y="75" font-size="38">
        {kanji.yes}
      </text>
    ) : (
      [...kanji[answer]].map((k, i) => (
        <text x="36" y={56 + 30 * i} font-size="27">
          {k}
        </text>
      ))
    )}
  </svg>
);

const passMarks: Record<Answer, Child> = {
  yes: <path d="m5 14 3 3 5-6" fill="none" stroke="#fff" stroke-width="2" />,
  no: <path d="m5.5 11 7 7M12.5 11l-7 7" stroke="#fff" stroke-width="2" />,
  unknown: <path d="M5.5 14.5h7" stroke="#1a1a1a" stroke-width="2" />,
};

/** The smallest tegata with its word, for rows. */
export const Pass = ({ answer, lang }: { answer: Answer; lang: Lang }) => (
  <span class="pass">
    <svg viewBox="0 0 18 24" aria-hidden="true">
      <path class={`p-${looks[answer]}`} d="M1.5 7.5 9 1.5l7.5 6V22a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1z" />
      {passMarks[answer]}
    </svg>
    {say(answerWord[answer], lang)}
  </span>
);

/** Link to the text of a ground; undefined leaves the chip without a link. */
export type GroundHref = (g: { law: Ground['law']; article: string }) => string | undefined;

/** For each ground, the article first and then the sentence. */
export const Grounds = ({ lang, grounds, href }: { lang: Lang; grounds: readonly Ground[]; href?: GroundHref }) => (
  <ul class="grounds">
    {grounds.map((g) => (
      <li>
        <span>
          <Chip kind={g.law === 'policy' ? 'policy' : 'law'} href={href?.(g)}>
            {articleLabel(g.law, g.article, lang)}
          </Chip>
        </span>
        <span>{say(g.says, lang)}</span>
      </li>
    ))}
  </ul>
);

/** The last day; without one, only what the heading above does not already say. */
const dutyMark = (d: Duty, lang: Lang, underHeading: boolean): string | null => {
  if (d.by) return lang === 'ja' ? `${writtenDay(d.by, 'ja')}まで` : `by ${writtenDay(d.by, 'en')}`;
  if (d.when === 'later') return say(words.laterMark, lang);
  return underHeading ? null : say(d.when === 'before' ? words.beforeMark : words.nowMark, lang);
};

/** The word for an item of a record or notice. Items are codes, so without this function they are not listed. */
export type ItemName = (item: string) => string;

/** The items of a duty in words. For a duty to observe articles, the items are article numbers. */
export const dutyItems = ({ do: what, law, items = [] }: Duty, lang: Lang, itemName: ItemName): string[] =>
  what === 'observe-articles' ? items.map((article) => articleLabel(law, article, lang)) : items.map(itemName);

const Items = ({ duty, lang, itemName }: { duty: Duty; lang: Lang; itemName: ItemName | undefined }) => (
  <>
    {itemName && duty.items && duty.items.length > 0 && (
      <>
        <br />
        <span class="muted">{listed(dutyItems(duty, lang, itemName), lang)}</span>
      </>
    )}
    {duty.keepUntil && (
      <>
        <br />
        <span class="muted">
          {lang === 'ja'
            ? `${writtenDay(duty.keepUntil, 'ja')}まで保存`
            : `Keep until ${writtenDay(duty.keepUntil, 'en')}`}
        </span>
      </>
    )}
  </>
);

/** `underHeading`: the heading already says whether the duties come before, at once or later. */
export const Duties = (props: { lang: Lang; duties: readonly Duty[]; underHeading?: boolean; itemName?: ItemName }) => (
  <ul class="duties">
    {props.duties.map((d) => (
      <li>
        <Icon name={d.when === 'later' ? 'clock' : 'check'} small />
        <span>
          {say(d.says, props.lang)} <span class="muted nb ml-2">{articleLabel(d.law, d.article, props.lang)}</span>
          <Items duty={d} lang={props.lang} itemName={props.itemName} />
        </span>
        <span class="nb muted">{dutyMark(d, props.lang, props.underHeading ?? false)}</span>
      </li>
    ))}
  </ul>
);

const Section = ({ title, children }: { title: string; children?: Child }) => (
  <div class="finding-sec">
    <h3>{title}</h3>
    {children}
  </div>
);

const DutySections = ({ lang, duties, itemName }: { lang: Lang; duties: readonly Duty[]; itemName?: ItemName }) => (
  <>
    {(
      [
        ['before', words.before],
        ['at-once', words.now],
        ['later', words.later],
      ] as const
    ).map(([when, title]) => {
      const some = duties.filter((d) => d.when === when);
      return some.length > 0 ? (
        <Section title={say(title, lang)}>
          <Duties lang={lang} duties={some} underHeading itemName={itemName} />
        </Section>
      ) : null;
    })}
  </>
);

const MissingList = ({ lang, missing }: { lang: Lang; missing: readonly Missing[] }) => (
  <ol class="grounds">
    {missing.map((m) => (
      <li>
        <span>
          <Chip kind={m.law === 'policy' ? 'policy' : 'law'}>{articleLabel(m.law, m.article, lang)}</Chip>
        </span>
        <span>{say(m.says, lang)}</span>
      </li>
    ))}
  </ol>
);

export interface FindingViewProps {
  lang: Lang;
  finding: Finding<string>;
  /** What was asked, in a few words. */
  question: Text;
  /** Null for an answer that neither permits nor refuses and so has no plaque. */
  plaque?: Answer | null;
  /** The answer in a few words after the kanji, such as 渡してよい or 使えません. */
  title: Text;
  /** One or two sentences: what this means for the reader. */
  says: Text;
  /** Further marks of the finding, beside its answer. */
  marks?: readonly Text[];
  /** Number and limits of the permit; only for a yes. */
  permit?: readonly (readonly [term: string, value: Child])[];
  /** Which fact would lead to which answer; only for an answer of unknown. */
  decides?: readonly { answer: 'yes' | 'no'; says: Text }[];
  /** Duties that would follow a yes; only for an answer of unknown. */
  then?: readonly Duty[];
  actions?: Child;
  /** The versions of policy and law used, such as 方針 第7版、法令データ 2026-11-01 による答え。 */
  madeUnder: Text;
  /** Link to the reasoning that led to the answer. */
  path?: string;
  groundHref?: GroundHref;
  itemName?: ItemName;
  /** The page asks again while facts are filled in, so changes are announced. */
  live?: boolean;
  /** Hides the list of missing facts, because a form beside it asks for them. */
  missingElsewhere?: boolean;
}

/** A complete finding. For lists use Pass; for the evidence of a promise use Evidence. */
export const FindingView = (props: FindingViewProps) => {
  const { lang, finding } = props;
  const { plaque: answer = isAnswer(finding.answer) ? finding.answer : null } = props;
  const word = answer ? `${say(answerWord[answer], lang)}${lang === 'ja' ? '　' : ': '}` : '';
  return (
    <section
      class={classes('finding', answer !== null && `finding-${looks[answer]}`)}
      aria-live={props.live ? 'polite' : undefined}
    >
      <div class="finding-head">
        {answer && <Tegata answer={answer} lang={lang} />}
        <div>
          <p class="small muted">{say(props.question, lang)}</p>
          <h2>{word + say(props.title, lang)}</h2>
          {props.marks && props.marks.length > 0 && (
            <p class="flex flex-wrap gap-2 mt-1">
              {props.marks.map((mark) => (
                <Chip kind="warn">{say(mark, lang)}</Chip>
              ))}
            </p>
          )}
          <p class="small mt-1">{say(props.says, lang)}</p>
        </div>
      </div>
      <Section title={say(answer === 'unknown' ? words.groundsSoFar : words.grounds, lang)}>
        <Grounds lang={lang} grounds={finding.because} href={props.groundHref} />
      </Section>
      <DutySections lang={lang} duties={finding.duties ?? []} itemName={props.itemName} />
      {'missing' in finding ? (
        <HoldSections {...props} missing={finding.missing} />
      ) : (
        <Closing {...props} instead={finding.instead} permit={answer === 'yes' ? props.permit : undefined} />
      )}
      <div class="finding-sec small muted">
        {say(props.madeUnder, lang)} {props.path && <a href={props.path}>{say(words.path, lang)}</a>}
      </div>
    </section>
  );
};

const HoldSections = (props: FindingViewProps & { missing: readonly Missing[] }) => (
  <>
    {!props.missingElsewhere && (
      <Section title={say(words.missing, props.lang)}>
        <MissingList lang={props.lang} missing={props.missing} />
      </Section>
    )}
    {props.decides && (
      <Section title={say(words.decides, props.lang)}>
        <ul class="small grid gap-1.5">
          {props.decides.map((d) => (
            <li class="flex gap-2">
              <Pass answer={d.answer} lang={props.lang} />
              <span>{say(d.says, props.lang)}</span>
            </li>
          ))}
        </ul>
      </Section>
    )}
    {props.then && props.then.length > 0 && (
      <Section title={say(words.then, props.lang)}>
        <Duties lang={props.lang} duties={props.then} itemName={props.itemName} />
      </Section>
    )}
    {props.actions && <div class="finding-sec btns">{props.actions}</div>}
  </>
);

const Closing = ({
  lang,
  instead,
  permit,
  actions,
}: FindingViewProps & { instead: readonly Bilingual[] | undefined }) => {
  if (!instead?.length && !permit && !actions) return null;
  return (
    <div class="finding-sec">
      {instead && instead.length > 0 && (
        <>
          <h3>{say(words.instead, lang)}</h3>
          <ul class="small list-disc pl-5 grid gap-1">
            {instead.map((i) => (
              <li>{say(i, lang)}</li>
            ))}
          </ul>
        </>
      )}
      {permit && <Dl items={permit} />}
      {actions && <div class="btns mt-3">{actions}</div>}
    </div>
  );
};

/** The answer so far in one line, above the facts on narrow screens; links to the finding below. */
export const AnswerBar = (props: {
  lang: Lang;
  plaque: Answer | null;
  says: Text;
  href: string;
  /** Takes the focus where it is shown, after the question was sent. */
  lands?: boolean;
}) => {
  const { lang, plaque, says, href, lands } = props;
  return (
    <div class="answer-bar lg:hidden!" tabindex={lands ? -1 : undefined} autofocus={lands}>
      {plaque && <Pass answer={plaque} lang={lang} />}
      <span>{say(says, lang)}</span>
      <a href={href} data-turbo="false">
        {lang === 'ja' ? '根拠を見る' : 'See the grounds'}
      </a>
    </div>
  );
};

export interface FindingLine {
  answer: Answer;
  label: string;
  href: string;
  /** When the answer was given, such as 昨日. */
  when: string;
}

/** Answers as rows, newest first. */
export const FindingLines = ({ lang, lines }: { lang: Lang; lines: readonly FindingLine[] }) => (
  <ul class="small">
    {lines.map((l) => (
      <li class="grid grid-cols-[auto_1fr_auto] gap-2 items-center py-1.5 border-t border-solid-gray-200">
        <Pass answer={l.answer} lang={lang} />
        <a href={l.href}>{l.label}</a>
        <span class="muted nb">{l.when}</span>
      </li>
    ))}
  </ul>
);
