// The guided question: the facts stated so far, the fields that the rule still lacks, and the answer beside them. It works without script: every
// round is one form that carries all stated facts. Other features put it into their own pages when an act follows a yes.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Finding, Missing } from '../../../base/finding.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import type { Form } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { AnswerBar, FindingView } from '../../../platform/ui/finding.tsx';
import { Checks, ErrorSummary, Hidden, MissingFacts, PostForm, SelectField } from '../../../platform/ui/form.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { itemName, madeUnder, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { answer, type Statement } from '../actions.ts';
import {
  filledLeaves,
  JUDGEMENT,
  knowsHoldings,
  leavesFor,
  marksOf,
  ofOneConsultation,
  standingFacts,
  type Facts,
  type Leaf,
  type Question,
} from '../facts.ts';
import { answerWords, plaqueOf, words } from '../words.ts';
import { FactField, factText, FactValue, readGiven, type Given, type Offered } from './fields.tsx';

/** A round of asking: what was stated, and the law's answer to it. */
export interface Round {
  question: Question;
  holding: KnownHolding | null;
  items: readonly string[];
  given: Given;
  /** The stated facts, without what the office knows. */
  stated: Facts;
  problems: readonly FieldProblem[];
  /** Null while something stated must be corrected. */
  finding: Finding<string> | null;
  /** True once something was stated. Until then no answer is shown. */
  begun: boolean;
}

const below = (fact: string, of: string): boolean => fact === of || fact.startsWith(`${of}.`);

const offeredOf = (stands: Standing, holding: KnownHolding | null): Offered => ({
  purposes: stands.purposes,
  items: holding && [...holding.labels].map(([value, label]) => ({ value, label })),
});

/** The input of the form, without the facts that the office knows. `forget` names a fact to be asked again, with every fact below it. */
function givenIn(question: Question, form: Form, known: readonly Leaf[]): Given {
  const forget = form.text('forget');
  const given = new Map<string, readonly string[]>();
  for (const leaf of question.leaves) {
    const values = form.all(leaf.path).filter((value) => value.trim() !== '');
    if (values.length === 0 || known.includes(leaf) || (forget && below(leaf.path, forget))) continue;
    given.set(leaf.path, values);
  }
  return given;
}

/** Reads the form of a question. `holding` is the one it is about; its items are chosen in the form. */
function readRound(
  question: Question,
  stands: Standing,
  holding: KnownHolding | null,
  form: Form | null,
): Omit<Round, 'finding'> {
  const items = (form?.all('items') ?? []).filter((code) => holding?.items.has(code));
  const known = filledLeaves(question, standingFacts(stands, holding, items));
  const given = form ? givenIn(question, form, known) : new Map<string, readonly string[]>();
  const { stated, problems } = readGiven(question, given, offeredOf(stands, holding));
  return { question, holding, items, given, stated, problems, begun: form !== null };
}

/** The statement of a round, to be put to the law for today. */
export const statementOf = (office: Office, round: Omit<Round, 'finding'>): Statement => ({
  question: round.question,
  stated: round.stated,
  holding: round.holding,
  items: round.items,
  on: office.clock.today(),
});

/** Reads the form and asks the law. No permit is minted and nothing is logged. */
export async function askWith(
  office: Office,
  stands: Standing,
  question: Question,
  holding: KnownHolding | null,
  form: Form | null,
): Promise<Round> {
  const round = readRound(question, stands, holding, form);
  if (round.problems.length > 0) return { ...round, finding: null };
  const asked = await answer(office, stands, statementOf(office, round));
  return 'problems' in asked
    ? { ...round, problems: asked.problems, finding: null }
    : { ...round, finding: asked.finding };
}

/** The fields for the holding and its items. */
const About = (props: { lang: Lang; round: Round; stands: Standing; fixed: boolean; asksItems: boolean }) => {
  const { lang, round, stands, fixed } = props;
  const { holding, items, question } = round;
  const active = [...stands.holdings.values()].filter(({ state }) => state === 'active');
  if (!knowsHoldings(question) || (!fixed && active.length === 0)) return null;
  const options = props.asksItems ? offeredOf(stands, holding).items : null;
  if (fixed && !options) return null;
  return (
    <Panel title={words.begin[lang]}>
      {!fixed && (
        <SelectField
          lang={lang}
          name="holding"
          label={words.holding}
          need="optional"
          hint={words.holdingHint[lang]}
          blank={words.noHolding}
          value={holding?.id}
          options={active.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {options && <Checks lang={lang} name="items" label={words.items} values={items} options={options} />}
    </Panel>
  );
};

const Said = ({ lang, said, round, offered }: { lang: Lang; said: readonly Leaf[]; round: Round; offered: Offered }) =>
  said.length === 0 ? null : (
    <Panel title={words.facts[lang]} sub={lang === 'ja' ? `${said.length}件` : `${said.length}`}>
      <dl class="facts-asked">
        {said.map((leaf) => {
          const values = round.given.get(leaf.path)!;
          const label = leaf.field.label[lang];
          return (
            <div class="fact">
              <dt>{label}</dt>
              <dd>
                <FactValue leaf={leaf} offered={offered}>
                  {factText(leaf, values, offered, lang)}
                </FactValue>
                {values.map((value) => (
                  <Hidden values={{ [leaf.path]: value }} />
                ))}
              </dd>
              <dd>
                <button class="link-btn no-print" name="forget" value={leaf.path}>
                  {words.change[lang]}
                  <span class="sr-only">{lang === 'ja' ? `：${label}` : `: ${label}`}</span>
                </button>
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );

/** The leaf of the `exists` that a fact lies within; undefined for any other fact. */
const existenceOf = ({ leaves }: Question, leaf: Leaf): Leaf | undefined =>
  leaves.findLast(({ path, field }) => field.control === 'exists' && leaf.path.startsWith(`${path}.`));

/** Facts that only a person who knows of them can bring up: those of a thing that exists, and those that bring a thing into being. */
const bringable = (question: Question, given: Given): Leaf[] =>
  question.leaves.filter((leaf) => {
    if (leaf.field.ask !== 'if-known') return false;
    const existence = existenceOf(question, leaf);
    return existence === undefined || leaf.field.required === true || given.get(existence.path)?.[0] === 'yes';
  });

const lackedBy = (finding: Finding<string> | null): readonly Missing[] =>
  finding && 'missing' in finding ? finding.missing : [];

interface Wanted {
  first: Leaf[];
  missing: { leaf: Leaf; because: Missing | undefined }[];
  more: Leaf[];
  said: Leaf[];
}

/** Sorts the facts of a question into those asked at once, those the answer lacks, those that may be added, and those stated. */
function wantedOf(round: Round, stands: Standing): Wanted {
  const { question, given, finding, problems, begun } = round;
  const known = filledLeaves(question, standingFacts(stands, round.holding, round.items));
  // Items are chosen beside the holding. When none were chosen, the law asks for them.
  const chosen = (leaf: Leaf): boolean =>
    round.holding !== null && leaf.path === 'items' && !(begun && round.items.length === 0);
  const open = (leaf: Leaf): boolean => !given.has(leaf.path) && !known.includes(leaf) && !chosen(leaf);
  const first = question.leaves.filter((leaf) => leaf.field.ask === 'first' && open(leaf));
  const wrong = question.leaves.filter(({ path }) => problems.some((p) => p.field === path));
  const lacking = begun ? lackedBy(finding) : [];
  const missing = new Map<Leaf, Missing | undefined>(wrong.map((leaf) => [leaf, undefined]));
  for (const because of lacking) {
    for (const leaf of leavesFor(question, because)) {
      if (open(leaf)) missing.set(leaf, because);
    }
  }
  return {
    first: first.filter((leaf) => !missing.has(leaf)),
    missing: [...missing].map(([leaf, because]) => ({ leaf, because })),
    more: bringable(question, given).filter((leaf) => open(leaf) && !missing.has(leaf)),
    said: question.leaves.filter((leaf) => given.has(leaf.path) && !wrong.includes(leaf) && !chosen(leaf)),
  };
}

/** What the answer lacks and no field of the form can supply: the officer's judgement, or the answer of another question. */
const beyondForm = ({ question, finding }: Round): Missing[] =>
  lackedBy(finding).filter((m) => leavesFor(question, m).length === 0);

/** Where to ask for what only another question can answer. */
const elsewhere: Readonly<Record<string, string>> = { numberAffair: '/ask#my-number', specialCareCase: '/ask/acquire' };

const Beyond = ({ lang, missing, judge }: { lang: Lang; missing: readonly Missing[]; judge: string | undefined }) => {
  if (missing.length === 0) return null;
  const judged = missing.filter((m) => m.fact.startsWith(JUDGEMENT));
  const [wide] = judged.map(({ fact }) => fact.slice(JUDGEMENT.length)).filter((code) => !ofOneConsultation.has(code));
  const title = judged.length > 0 ? words.judgement : words.notYet;
  return (
    <div class="mt-5">
      <Banner kind="info" title={title[lang]} level={3}>
        <ul class="list-disc pl-5">
          {missing.map((m) => (
            <li>
              {elsewhere[m.fact] ? <a href={elsewhere[m.fact]}>{m.says[lang]}</a> : m.says[lang]}（
              {articleLabel(m.law, m.article, lang)}）
            </li>
          ))}
        </ul>
        {judged.length > 0 && <p class="mt-2">{words.judgementSays[lang]}</p>}
        {wide && judge && (
          <p class="mt-2">
            <a href={`${judge}?code=${wide}`}>{words.judge[lang]}</a>
          </p>
        )}
      </Banner>
    </div>
  );
};

export interface AskViewProps {
  lang: Lang;
  csrf: string;
  action: string;
  round: Round;
  stands: Standing;
  /** Hidden fields of the page that contains the form. */
  values?: Record<string, string>;
  /** The page sets the holding, so the form does not ask for it. */
  fixed?: boolean;
  /** The question as it was asked, in a few words. */
  asked: Bilingual;
  /** Heading over the facts that are asked first. */
  begins?: Bilingual;
  /** Address where the reader may record a judgement. */
  judge?: string | undefined;
  /** Buttons under a yes; the form's own button then becomes secondary. */
  proceed?: Child;
  /** Buttons under any answer. */
  actions?: Child;
  /** After asking, the page opens at the answer. Not set when something above the answer has to be read first. */
  lands?: boolean;
}

/** The fields of a round, in the order in which they are answered. */
const Fields = (props: Pick<AskViewProps, 'lang' | 'round' | 'stands' | 'fixed' | 'begins'>) => {
  const { lang, round, stands, fixed, begins = words.first } = props;
  const offered = offeredOf(stands, round.holding);
  const { first, missing, more, said } = wantedOf(round, stands);
  const field = (leaf: Leaf, also: { number?: number; article?: string } = {}) => (
    <FactField
      lang={lang}
      leaf={leaf}
      offered={offered}
      values={round.given.get(leaf.path)}
      problems={round.problems}
      {...also}
    />
  );
  return (
    <>
      <div class="grid gap-5">
        <About
          lang={lang}
          round={round}
          stands={stands}
          fixed={fixed ?? false}
          asksItems={![...first, ...missing.map(({ leaf }) => leaf)].some(({ path }) => path === 'items')}
        />
        {first.length > 0 && <Panel title={begins[lang]}>{first.map((leaf) => field(leaf))}</Panel>}
        <Said lang={lang} said={said} round={round} offered={offered} />
      </div>
      {missing.length > 0 && (
        <MissingFacts lang={lang} count={missing.length}>
          {missing.map(({ leaf, because }, i) =>
            field(leaf, {
              number: i + 1,
              ...(because ? { article: articleLabel(because.law, because.article, lang) } : {}),
            }),
          )}
        </MissingFacts>
      )}
      {more.length > 0 && (
        <details class="mt-4 no-print">
          <summary class="small">{words.more[lang]}</summary>
          <div class="mt-4">{more.map((leaf) => field(leaf))}</div>
        </details>
      )}
    </>
  );
};

/** The form with the answer beside it. */
export const AskView = (props: AskViewProps) => {
  const { lang, round, stands } = props;
  const { question, finding, problems } = round;
  const shown = round.begun ? finding : null;
  const { title, says } = answerWords(question, shown ?? { answer: 'unknown' });
  // When the office knows every fact, there is nothing to state, and no button to submit.
  const nothing = shown !== null && Object.values(wantedOf(round, stands)).every((leaves) => leaves.length === 0);
  const labels = Object.fromEntries(question.leaves.map(({ path, field }) => [path, field.label]));
  return (
    <div class={shown && !nothing ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] items-start' : 'max-w-[48rem]'}>
      <div>
        {shown && (
          <AnswerBar
            lang={lang}
            plaque={plaqueOf(question, shown.answer)}
            says={title}
            href="#finding"
            // The missing facts are listed between this bar and the grounds.
            lands={props.lands === true && shown.answer === 'unknown' && !nothing}
          />
        )}
        <PostForm action={props.action} csrf={props.csrf} values={props.values ?? {}} id="ask" whole>
          <ErrorSummary lang={lang} problems={problems} labels={labels} />
          <Fields {...props} />
          <Beyond lang={lang} missing={round.begun ? beyondForm(round) : []} judge={props.judge} />
          {!nothing && (
            <div class="mt-5 no-print">
              <Buttons>
                <Button kind={props.proceed && shown?.answer === 'yes' ? 'second' : 'main'}>
                  {words.answer[lang]}
                </Button>
              </Buttons>
            </div>
          )}
        </PostForm>
      </div>
      {shown && (
        <div id="finding" tabindex={-1} autofocus={props.lands}>
          <FindingView
            lang={lang}
            finding={shown}
            plaque={plaqueOf(question, shown.answer)}
            question={props.asked}
            title={title}
            says={says}
            marks={marksOf(question, shown)}
            actions={
              <>
                {shown.answer === 'yes' && props.proceed}
                {props.actions}
              </>
            }
            madeUnder={madeUnder(stands.policy)}
            itemName={itemName(lang)}
            missingElsewhere
          />
        </div>
      )}
    </div>
  );
};
