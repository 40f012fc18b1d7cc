// The page that asks for a use beyond the purpose: the question of the law, with what the office knows of the person. After a yes it shows the
// values, once.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Outcome } from '../../../base/outcome.ts';
import { decideUse } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { recordIn, says, standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { actPage, askWith, factTexts, type Question, type Round } from '../../consultation/index.ts';
import type { Purpose } from '../../policy/index.ts';
import {
  beyondProblems,
  knownOf,
  purposesBeyond,
  useBeyond,
  withinProblem,
  type BeyondAsk,
  type Known,
  type UsedBeyond,
} from '../actions.ts';
import { beyondQuestion, factsOf, isAgainstWish, OTHER_PURPOSE, type StatedFacts } from '../facts.ts';
import { words } from '../words.ts';
import { crumbs, PATH } from './one.tsx';

const NEW = `${PATH}/new`;

interface Place {
  stands: Standing;
  /** The holding, with only those of its items that are held about the person. */
  holding: KnownHolding;
  principal: string;
  purposes: Purpose[];
}

async function placeOf(office: Office, c: Context<Env>, form: Form | null): Promise<Place | null> {
  const stands = await standing(office);
  const given = (name: string): string => form?.text(name) ?? c.req.query(name) ?? '';
  const principal = given('principal');
  const known = stands.holdings.get(given('holding'));
  const record = known && (await recordIn(office.database, principal, known.id));
  if (!known || !record) return null;
  return {
    stands,
    holding: { ...known, labels: new Map([...known.labels].filter(([code]) => record.items.includes(code))) },
    principal,
    purposes: await purposesBeyond(office),
  };
}

/** The question with the purposes to choose from, including one that the policy does not state. */
function questionFor({ purposes }: Place): Question {
  const options = Object.fromEntries([
    ...purposes.map(({ id, label }) => [id, both(`${id}　${label.ja}`, `${id}  ${label.en}`)] as const),
    [OTHER_PURPOSE, words.otherPurpose] as const,
  ]);
  const leaves = beyondQuestion.leaves.map((leaf) =>
    leaf.path === 'purpose' ? { ...leaf, field: { ...leaf.field, control: 'choice' as const, options } } : leaf,
  );
  return { ...beyondQuestion, leaves };
}

/** The same question, which puts to the law what is known of the person as well. */
const withKnown = (question: Question, { stands, holding }: Place, known: Known): Question => ({
  ...question,
  decide: (stated: StatedFacts, on) => {
    const ask = { holding: holding.id, items: stated.items!, purpose: stated.purpose! };
    return decideUse(factsOf(stands, ask, known, stated), on);
  },
});

/** What every use is asked for, as the form states it. A fact that is being changed counts as not stated. */
interface Said {
  items: string[];
  purpose: string;
  item: string;
  situation: string;
}

const saidIn = (form: Form, { holding }: Place): Said => ({
  items: form.all('items').filter((code) => holding.labels.has(code)),
  purpose: form.text('purpose'),
  item: form.text('exception.item'),
  situation: form.text('situation'),
});

/** Problems of what every use is asked for and this form leaves out. */
function missingIn(said: Said): FieldProblem[] {
  return [
    ...(said.items.length === 0 ? [{ field: 'items', says: says.noItems }] : []),
    ...(said.purpose === '' ? [{ field: 'purpose', says: words.choosePurpose }] : []),
    ...(said.item === '' ? [{ field: 'exception.item', says: words.chooseItem }] : []),
  ];
}

interface Asking extends Round {
  /** The person had this use stopped, or asked that it stop. */
  againstWish: boolean;
}

/** Asks the law, on what the form states and what the office knows. */
async function asking(office: Office, place: Place, form: Form | null): Promise<Asking> {
  const { stands, holding, principal } = place;
  const question = questionFor(place);
  if (!form) return { ...(await askWith(office, stands, question, holding, null)), againstWish: false };
  const said = saidIn(form, place);
  const ask = { principal, holding: holding.id, items: said.items, purpose: said.purpose };
  const wanting = missingIn(said);
  const left = new Set(wanting.map(({ field }) => field));
  const others = beyondProblems(stands, place.purposes, { ...ask, situation: said.situation }).filter(
    ({ field }) => !left.has(field),
  );
  const problems = [...wanting, ...others];
  const known = problems.length === 0 ? await knownOf(office, ask) : null;
  const today = office.clock.today();
  const within = known && withinProblem(stands, ask, known, today);
  if (within) problems.push(within);
  const againstWish = known !== null && isAgainstWish(stands, ask, known.objectedOn, today);
  const round = await askWith(office, stands, known ? withKnown(question, place, known) : question, holding, form);
  // A fact that is being changed is not reported as missing.
  const forgotten = form.text('forget');
  const wrong = [...problems.filter(({ field }) => field !== forgotten), ...round.problems];
  return problems.length > 0 ? { ...round, problems: wrong, finding: null, againstWish } : { ...round, againstWish };
}

function formPage(c: Context<Env>, place: Place, round: Asking, notice?: Bilingual) {
  const lang = c.get('lang');
  const { stands, holding, principal } = place;
  return actPage(c, {
    title: words.title,
    path: `${NEW}?${new URLSearchParams({ principal, holding: holding.id })}`,
    sub: holding.name[lang],
    crumbs: crumbs(lang, principal, { label: words.title[lang] }),
    notice,
    before: (
      <>
        {round.againstWish && (
          <div class="mb-4">
            <Banner kind="warn" title={words.againstWish[lang]}>
              {words.againstWishSays[lang]}
            </Banner>
          </div>
        )}
        <p class="mb-5 max-w-[48rem]">{words.lead[lang]}</p>
      </>
    ),
    action: NEW,
    stands,
    values: { principal, holding: holding.id },
    fixed: true,
    asked: both(`目的の範囲を超えて使う：${holding.name.ja}`, `Use beyond the purpose: ${holding.name.en}`),
    judge: c.get('may')('judgements:write') ? '/judgements/new' : undefined,
    proceed: (
      <Button name="do" value="open" form="ask" icon="lock">
        {words.open[lang]}
      </Button>
    ),
    round,
  });
}

const Opened = ({ lang, place, used }: { lang: Lang; place: Place; used: UsedBeyond }) => (
  <div class="grid gap-5 max-w-[48rem]">
    <Banner kind="good" title={words.recorded[lang]}>
      {words.recordedSays[lang]}
    </Banner>
    <Panel title={words.opened[lang]} sub={words.openedSub[lang]}>
      <div data-turbo-temporary>
        <Dl
          items={[...Object.keys(used.values), ...used.absent].map((code) => [
            place.holding.labels.get(code)?.[lang] ?? code,
            used.values[code] === undefined ? (
              <span class="muted">{words.absent[lang]}</span>
            ) : (
              <span class="whitespace-pre-wrap wrap-anywhere" translate="no">
                {used.values[code]}
              </span>
            ),
          ])}
        />
      </div>
    </Panel>
    <p class="btns">
      <LinkButton kind="second" href={`${PATH}/${used.id}`}>
        {words.seeRecord[lang]}
      </LinkButton>
      <LinkButton kind="text" href={`/people/${place.principal}`}>
        {words.close[lang]}
      </LinkButton>
    </p>
  </div>
);

const problemsOf = (outcome: Outcome<unknown>): FieldProblem[] =>
  !outcome.ok && outcome.problem.kind === 'invalid' ? outcome.problem.fields : [];

async function submit(office: Office, c: Context<Env>, place: Place, round: Asking) {
  const { holding, principal } = place;
  const { items, purpose, situation, ...facts } = round.stated as Pick<BeyondAsk, 'items' | 'purpose'> &
    Omit<BeyondAsk, keyof Place>;
  const by = byOf(c);
  const used = await useBeyond(office, by, { ...facts, principal, holding: holding.id, items, purpose, situation });
  const frame = c.get('frame');
  const { lang } = frame;
  if (used.ok) {
    return c.html(
      <OfficePage
        {...frame}
        title={words.opened[lang]}
        path={`${PATH}/${used.value.id}`}
        sub={words.title[lang]}
        crumbs={crumbs(lang, principal, { label: words.opened[lang] })}
      >
        <Opened lang={lang} place={place} used={used.value} />
      </OfficePage>,
    );
  }
  const { problem } = used;
  if (problem.kind === 'refused') return formPage(c, place, { ...round, finding: problem.finding });
  const problems = problemsOf(used);
  return problems.length > 0
    ? formPage(c, place, { ...round, problems, finding: null })
    : formPage(c, place, round, 'says' in problem ? problem.says : words.unread);
}

async function show(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const place = await placeOf(office, c, form);
  if (!place) return c.redirect('/people', 303);
  const round = await asking(office, place, form);
  return form?.text('do') === 'open' && round.finding !== null
    ? submit(office, c, place, round)
    : formPage(c, place, round);
}

export const newPages = (office: Office): Route[] => [
  page('get', NEW, 'people:use-beyond', (c) => show(office, c, null)),
  page('post', NEW, 'people:use-beyond', (c) => show(office, c, c.get('form')), {
    texts: factTexts({}, beyondQuestion),
  }),
];
