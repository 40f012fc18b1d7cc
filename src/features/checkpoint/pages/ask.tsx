// Asking the checkpoint: say what you want to do, answer only what the rule lacks, see the answer with its grounds. Works without script:
// every round is one form that carries all that was said.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding, Missing } from '../../../base/finding.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { decideProvision, decideUse, LAW_VERSION } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { AnswerBar, FindingView } from '../../../platform/ui/finding.tsx';
import { Checks, ErrorSummary, Hidden, MissingFacts, PostForm, SelectField } from '../../../platform/ui/form.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { standing } from '../actions.ts';
import { informationOf, type KnownHolding, type Standing } from '../facts.ts';
import { itemNames, madeUnder, words } from '../words.ts';
import {
  FactField,
  factLabels,
  factNames,
  factText,
  readFacts,
  type Given,
  type Question,
  type Sets,
} from './fields.tsx';

/** What a form about a holding says. */
export interface Asked {
  question: Question;
  holding: KnownHolding;
  items: string[];
  purpose: string;
  given: Given;
  facts: Record<string, unknown>;
  problems: FieldProblem[];
}

/** Facts asked for at once; the law asks for the rest. */
const FIRST: Record<Question, readonly string[]> = {
  use: [],
  provide: ['relation', 'recipient.kind', 'recipient.name', 'recipient.country'],
};

/** Facts that only somebody who knows of them can bring up. */
const MORE: Record<Question, readonly string[]> = {
  use: ['exception.item', 'improper'],
  provide: [
    'exception.item',
    'cloud',
    'optOut',
    'consent.withdrawnOn',
    'equivalentSystem.failing',
    'record.mode',
    'improper',
  ],
};

const below = (fact: string, of: string): boolean => fact === of || fact.startsWith(`${of}.`);

/** Reads a form about a holding. `forget` names a fact that is to be said anew, with everything below it. */
export function readAsked(question: Question, holding: KnownHolding, form: Form): Asked {
  const forget = form.text('forget');
  const given = new Map<string, readonly string[]>();
  for (const fact of factNames) {
    const values = form.all(fact).filter((value) => value.trim() !== '');
    if (values.length > 0 && !(forget && below(fact, forget))) given.set(fact, values);
  }
  const { facts, problems } = readFacts(question, given);
  return {
    question,
    holding,
    items: form.all('items').filter((code) => holding.items.has(code)),
    purpose: form.text('purpose'),
    given,
    facts,
    problems,
  };
}

const nothingSaid = (question: Question, holding: KnownHolding): Asked => ({
  question,
  holding,
  items: [],
  purpose: '',
  given: new Map(),
  facts: {},
  problems: [],
});

/** Asks the law with what was said and what stands. Nothing is minted and nothing is logged: asking handles nobody's information. */
function answerTo(office: Office, stands: Standing, asked: Asked): Finding {
  const { holding, items, purpose, facts } = asked;
  const on = office.clock.today();
  const held = { information: informationOf(holding, items), holdingPurposes: holding.purposes };
  const said = { ...(items.length > 0 ? { items } : {}), ...(purpose ? { purpose } : {}) };
  return asked.question === 'use'
    ? decideUse({ consent: null, exception: null, ...facts, ...held, ...(purpose ? { purpose } : {}) }, on)
    : decideProvision(
        {
          ...facts,
          ...held,
          ...said,
          policy: stands.optOutClosedBy === undefined ? {} : { optOutClosedBy: stands.optOutClosedBy },
        },
        on,
      );
}

const setsOf = (stands: Standing, holding: KnownHolding): Sets => ({
  'jointUse.items': [...holding.labels].map(([value, label]) => ({ value, label })),
  'jointUse.purposes': [...stands.purposes.values()].map((p) => ({ value: p.id, label: purposeLabel(p) })),
});

const purposeLabel = (p: { id: string; says?: Bilingual }): Bilingual =>
  p.says ? both(`${p.id}　${p.says.ja}`, `${p.id}  ${p.says.en}`) : both(p.id, p.id);

const About = ({ lang, asked, stands }: { lang: Lang; asked: Asked; stands: Standing }) => (
  <Panel title={words.about[lang]}>
    <Checks
      lang={lang}
      name="items"
      label={words.items}
      values={asked.items}
      options={[...asked.holding.labels].map(([value, label]) => ({ value, label }))}
    />
    <SelectField
      lang={lang}
      name="purpose"
      label={words.purpose}
      value={asked.purpose}
      blank={both('選んでください', 'Choose')}
      options={[...stands.purposes.values()].map((p) => ({ value: p.id, label: purposeLabel(p) }))}
    />
  </Panel>
);

const Said = ({ lang, asked, sets }: { lang: Lang; asked: Asked; sets: Sets }) => {
  const facts = [...asked.given].filter(([fact]) => !asked.problems.some((p) => p.field === fact));
  if (facts.length === 0) return null;
  return (
    <Panel title={words.facts[lang]} sub={lang === 'ja' ? `${facts.length}件` : `${facts.length}`}>
      <dl>
        {facts.map(([fact, values]) => {
          const label = factLabels[fact] ?? both(fact, fact);
          return (
            <div class="fact">
              <dt>{label[lang]}</dt>
              <dd>
                {factText(asked.question, fact, values, lang, sets)}
                {values.map((value) => (
                  <Hidden values={{ [fact]: value }} />
                ))}
              </dd>
              <dd>
                <button class="link-btn" name="forget" value={fact}>
                  {words.change[lang]}
                  <span class="sr-only">{lang === 'ja' ? `：${label.ja}` : `: ${label.en}`}</span>
                </button>
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
};

/** What the form asks for now: first facts nobody stated, facts that could not be read, and what the law lacks. */
function wanted(asked: Asked, finding: Finding): Missing[] {
  const lacking = finding.answer === 'unknown' ? finding.missing : [];
  const readable = lacking.filter((m) => factNames.includes(m.fact) && !asked.given.has(m.fact));
  const unread = asked.problems.filter((p) => !readable.some((m) => m.fact === p.field));
  return [
    ...readable,
    ...unread.map((p): Missing => ({
      fact: p.field,
      law: 'APPI',
      article: '',
      says: factLabels[p.field] ?? both(p.field, p.field),
    })),
  ];
}

const titlesOf = (question: Question, finding: Finding) => {
  const key =
    finding.answer === 'unknown' ? 'unknown' : (`${question}${finding.answer === 'yes' ? 'Yes' : 'No'}` as const);
  return { title: words.titles[key], says: words.answerSays[key] };
};

export interface AskViewProps {
  lang: Lang;
  csrf: string;
  action: string;
  asked: Asked;
  stands: Standing;
  finding: Finding;
  /** Whether anything was said yet; before, no answer is shown. */
  begun: boolean;
  /** Hidden fields of the page the form stands in. */
  values: Record<string, string>;
  /** What was asked, in a few words. */
  question: Bilingual;
  /** Buttons under a yes. */
  proceed?: Child;
}

const More = ({ lang, asked, sets, shown }: { lang: Lang; asked: Asked; sets: Sets; shown: ReadonlySet<string> }) => {
  const facts = MORE[asked.question].filter((fact) => !asked.given.has(fact) && !shown.has(fact));
  if (facts.length === 0) return null;
  return (
    <details class="mt-4">
      <summary class="small">{words.more[lang]}</summary>
      <div class="mt-4">
        {facts.map((fact) => (
          <FactField
            lang={lang}
            question={asked.question}
            fact={fact}
            label={factLabels[fact] ?? both(fact, fact)}
            values={undefined}
            sets={sets}
          />
        ))}
      </div>
    </details>
  );
};

/** The form with the answer beside it. */
export const AskView = (props: AskViewProps) => {
  const { lang, asked, stands, finding, begun } = props;
  const sets = setsOf(stands, asked.holding);
  const first = FIRST[asked.question].filter((fact) => !asked.given.has(fact));
  const lacking = begun ? wanted(asked, finding).filter((m) => !first.includes(m.fact)) : [];
  const shown = new Set([...first, ...lacking.map((m) => m.fact)]);
  const { title, says } = titlesOf(asked.question, finding);
  const field = (fact: string, label: Bilingual, more: { number?: number; hint?: string } = {}) => (
    <FactField
      lang={lang}
      question={asked.question}
      fact={fact}
      label={label}
      values={asked.given.get(fact)}
      sets={sets}
      problems={asked.problems}
      {...more}
    />
  );
  return (
    <div class="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] items-start">
      <div>
        {begun && <AnswerBar lang={lang} answer={finding.answer} says={title} href="#finding" />}
        <PostForm action={props.action} csrf={props.csrf} values={props.values} id="ask" download>
          <ErrorSummary lang={lang} problems={asked.problems} labels={factLabels} />
          <div class="grid gap-5">
            <About lang={lang} asked={asked} stands={stands} />
            {first.length > 0 && (
              <Panel title={words.first[lang]}>{first.map((fact) => field(fact, factLabels[fact]!))}</Panel>
            )}
            <Said lang={lang} asked={asked} sets={sets} />
          </div>
          {lacking.length > 0 && (
            <MissingFacts lang={lang} count={lacking.length}>
              {lacking.map((m, i) =>
                field(m.fact, m.says, {
                  number: i + 1,
                  ...(m.article ? { hint: articleLabel(m.law, m.article, lang) } : {}),
                }),
              )}
            </MissingFacts>
          )}
          <More lang={lang} asked={asked} sets={sets} shown={shown} />
          <div class="mt-5">
            <Buttons>
              <Button kind={props.proceed ? 'second' : 'main'}>{words.answer[lang]}</Button>
            </Buttons>
          </div>
        </PostForm>
      </div>
      {begun && (
        <div id="finding">
          <FindingView
            lang={lang}
            finding={finding}
            question={props.question}
            title={title}
            says={says}
            actions={finding.answer === 'yes' ? props.proceed : undefined}
            madeUnder={madeUnder(stands.policy, LAW_VERSION)}
            itemName={(item) => itemNames[item]?.[lang] ?? item}
            missingElsewhere
          />
        </div>
      )}
    </div>
  );
};

/** Reads the form, asks the law, and answers what a page needs to show both. */
export function askWith(
  office: Office,
  stands: Standing,
  question: Question,
  holding: KnownHolding,
  form: Form | null,
): { asked: Asked; finding: Finding; begun: boolean } {
  const asked = form ? readAsked(question, holding, form) : nothingSaid(question, holding);
  return { asked, finding: answerTo(office, stands, asked), begun: form !== null };
}

const questions: readonly Question[] = ['use', 'provide'];
const titles: Record<Question, { title: Bilingual; sub: Bilingual }> = {
  use: { title: words.useTitle, sub: words.useSub },
  provide: { title: words.provideTitle, sub: words.provideSub },
};

const activeHoldings = (stands: Standing): KnownHolding[] =>
  [...stands.holdings.values()].filter((holding) => holding.state === 'active');

const Choice = ({
  lang,
  question,
  holdings,
}: {
  lang: Lang;
  question: Question;
  holdings: readonly KnownHolding[];
}) => (
  <Panel title={titles[question].title[lang]}>
    <p class="small muted mb-3">{titles[question].sub[lang]}</p>
    <form method="get" action={`/checkpoint/${question}`}>
      <SelectField
        lang={lang}
        name={`holding-${question}`}
        label={words.holding}
        options={holdings.map((h) => ({ value: h.id, label: h.name }))}
      />
      <Button kind="second">{words.start[lang]}</Button>
    </form>
  </Panel>
);

const Start = ({ lang, stands }: { lang: Lang; stands: Standing }) => {
  const holdings = activeHoldings(stands);
  return holdings.length === 0 ? (
    <Empty title={words.noHolding[lang]} actions={<LinkButton href="/ledger/new">{words.register[lang]}</LinkButton>}>
      {words.noHoldingSays[lang]}
    </Empty>
  ) : (
    <div class="grid gap-5 md:grid-cols-2">
      {questions.map((question) => (
        <Choice lang={lang} question={question} holdings={holdings} />
      ))}
    </div>
  );
};

async function show(office: Office, c: Context<Env>, question: Question): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const stands = await standing(office);
  const posted = c.req.method === 'POST' ? c.get('form') : null;
  const id = posted?.text('holding') ?? c.req.query(`holding-${question}`) ?? c.req.query('holding') ?? '';
  const holding = stands.holdings.get(id);
  if (!holding) return c.redirect('/checkpoint', 303);
  const { asked, finding, begun } = askWith(office, stands, question, holding, posted);
  const failed = asked.problems.length > 0;
  return c.html(
    <OfficePage
      {...frame}
      title={titles[question].title[lang]}
      path={`/checkpoint/${question}?holding=${holding.id}`}
      crumbs={[
        homeCrumb(lang),
        { label: words.ask[lang], href: '/checkpoint' },
        { label: titles[question].title[lang] },
      ]}
      sub={holding.name[lang]}
      failed={failed}
    >
      <AskView
        lang={lang}
        csrf={frame.csrf}
        action={`/checkpoint/${question}`}
        asked={asked}
        stands={stands}
        finding={finding}
        begun={begun}
        values={{ holding: holding.id }}
        question={both(
          `${titles[question].title.ja}：${holding.name.ja}`,
          `${titles[question].title.en}: ${holding.name.en}`,
        )}
      />
    </OfficePage>,
    failed ? 422 : 200,
  );
}

/** The screens of the checkpoint. */
export const askPages = (office: Office): Route[] => [
  page('get', '/checkpoint', 'checkpoint:ask', async (c) => {
    const frame = c.get('frame');
    const { lang } = frame;
    return c.html(
      <OfficePage
        {...frame}
        title={words.ask[lang]}
        path="/checkpoint"
        sub={words.askSub[lang]}
        crumbs={[homeCrumb(lang), { label: words.ask[lang] }]}
      >
        <Start lang={lang} stands={await standing(office)} />
        <p class="small muted mt-4">{words.notLogged[lang]}</p>
      </OfficePage>,
    );
  }),
  ...questions.flatMap((question) => [
    page('get', `/checkpoint/${question}`, 'checkpoint:ask', (c) => show(office, c, question)),
    page('post', `/checkpoint/${question}`, 'checkpoint:ask', (c) => show(office, c, question)),
  ]),
];
