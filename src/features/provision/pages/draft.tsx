// The form that drafts a package. First: from which holding, of whom and to whom. Then: what else the law needs, answered as for persons who
// consented. Persons are told apart once the draft is made.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { ErrorSummary, FieldSet, Hidden, problemAt, Radios, SelectField } from '../../../platform/ui/form.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { byOf } from '../../access/index.ts';
import { standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { actPage, askWith, attemptIn, factTexts, type Round } from '../../consultation/index.ts';
import { areMany, ChooseHolding, holdings, type Holding } from '../../ledger/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import { draftPackage } from '../actions/packages.ts';
import { personFacts, provisionFactsSchema } from '../facts.ts';
import { packageWords, registerWords, words } from '../words.ts';
import { searchIn, searching, type Search } from '../../../platform/ui/offer.tsx';
import { searchLabels } from '../../recipients/index.ts';
import {
  asChosen,
  choicesOf,
  idsOf,
  INSIDE,
  labels as choiceLabels,
  readChosen,
  RecipientFields,
  type Choices,
  type Chosen,
  type Typed,
} from './choose.tsx';
import { crumbs, PATH } from './packages.tsx';
import { knownOf, problemsOf, questionFor, Registers, saidIn, withKnown, type Known, type Said } from './registers.tsx';

const NEW = `${PATH}/new`;

const whoOptions = [
  { value: 'list', label: packageWords.list, note: packageWords.listNote },
  { value: 'everybody', label: packageWords.everybody, note: packageWords.everybodyNote },
];

const labels = { holding: packageWords.holding, who: packageWords.who, ...choiceLabels };

interface Place {
  stands: Standing;
  holding: KnownHolding | undefined;
  who: string;
  typed: Typed;
  search: Search;
  choices: Choices;
}

async function placeOf(office: Office, c: Context<Env>, form: Form | null): Promise<Place> {
  const stands = await standing(office);
  const given = (name: string): string => form?.text(name) ?? c.req.query(name) ?? '';
  const holding = stands.holdings.get(given('holding'));
  return {
    stands,
    holding: holding?.state === 'active' ? holding : undefined,
    who: given('who'),
    typed: { recipient: given('recipient'), jointUse: given('jointUse') },
    search: searchIn(c),
    choices: await choicesOf(office),
  };
}

const addressOf = ({ holding, who, typed, search }: Place): string =>
  `${NEW}?${new URLSearchParams({ holding: holding?.id ?? '', who, ...typed, ...searching(search) })}`;

/** Problems for what was not chosen in the first step. */
function unchosen({ holding, who, typed }: Place): FieldProblem[] {
  const lacking: [string, boolean, Bilingual][] = [
    ['holding', !holding, packageWords.chooseHolding],
    ['who', !whoOptions.some(({ value }) => value === who), packageWords.chooseWho],
    ['recipient', typed.recipient === '' || typed.recipient === INSIDE, words.chooseRecipient],
  ];
  return lacking.flatMap(([field, lacks, says]) => (lacks ? [{ field, says }] : []));
}

/** The fields of the first step to carry along where a holding is chosen before the rest. */
const keptOf = ({ who, typed }: Place) => ({ who, ...typed });

/** The field for the holding. If there are more than a page shows, the holding is chosen on a page of its own. */
const FromField = ({
  lang,
  place,
  all,
  problems,
}: {
  lang: Lang;
  place: Place;
  all: readonly Holding[];
  problems: readonly FieldProblem[];
}) => {
  const { holding } = place;
  if (holding && areMany(all)) {
    return (
      <FieldSet lang={lang} name="holding" label={labels.holding}>
        <Hidden values={{ holding: holding.id }} />
        {holding.name[lang]}{' '}
        <a href={`${NEW}?${new URLSearchParams(keptOf(place))}`}>{packageWords.changeHolding[lang]}</a>
      </FieldSet>
    );
  }
  return (
    <SelectField
      lang={lang}
      name="holding"
      label={labels.holding}
      need="required"
      blank={packageWords.chooseHolding}
      value={holding?.id}
      options={all.map(({ id, name }) => ({ value: id, label: name }))}
      error={problemAt(problems, 'holding', lang)}
    />
  );
};

interface FirstProps {
  office: Office;
  c: Context<Env>;
  place: Place;
  /** The holdings in use. */
  all: readonly Holding[];
  policy: Policy | null;
  problems: readonly FieldProblem[];
}

const FirstStep = ({ office, c, place, all, policy, problems }: FirstProps) => {
  const { lang } = c.get('frame');
  const { holding, who, typed, search, choices } = place;
  if (all.length === 0) {
    return (
      <Empty
        title={packageWords.noHolding[lang]}
        actions={<LinkButton href="/ledger">{packageWords.toLedger[lang]}</LinkButton>}
      >
        {packageWords.noHoldingSays[lang]}
      </Empty>
    );
  }
  if (!holding && areMany(all)) {
    return (
      <>
        <ErrorSummary lang={lang} problems={problems.filter(({ field }) => field === 'holding')} labels={labels} />
        <ChooseHolding c={c} all={all} policy={policy} path={NEW} keep={keptOf(place)} />
      </>
    );
  }
  return (
    <div class="max-w-[48rem]">
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <form method="get" action={NEW} novalidate>
        <Hidden values={{ step: 'facts' }} />
        <FromField lang={lang} place={place} all={all} problems={problems} />
        <Radios
          lang={lang}
          name="who"
          label={labels.who}
          need="required"
          value={who}
          options={whoOptions}
          error={problemAt(problems, 'who', lang)}
        />
        <RecipientFields
          lang={lang}
          choices={choices}
          today={office.clock.today()}
          typed={typed}
          search={search}
          problems={problems}
          inside={false}
          needsKey
          mayRegister={c.get('may')('recipients:write')}
        />
        <Buttons>
          <Button>{registerWords.next[lang]}</Button>
          <LinkButton kind="text" href={PATH}>
            {words.back[lang]}
          </LinkButton>
        </Buttons>
      </form>
    </div>
  );
};

async function firstPage(office: Office, c: Context<Env>, place: Place, problems: readonly FieldProblem[] = []) {
  const frame = c.get('frame');
  const { lang } = frame;
  const all = (await holdings(office)).filter(({ state }) => state === 'active');
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  return c.html(
    <OfficePage
      {...frame}
      title={packageWords.add[lang]}
      path={addressOf(place)}
      crumbs={crumbs(lang, { label: packageWords.add[lang] })}
      failed={problems.length > 0}
    >
      <FirstStep office={office} c={c} place={place} all={all} policy={policy} problems={problems} />
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  );
}

interface Asking extends Place {
  holding: KnownHolding;
  chosen: Chosen;
  said: Said;
  known: Known;
  round: Round;
}

/** Assumes a person whose consent reaches the provision and who was told all that 28(2) asks for, so that the form shows what else is lacking. */
function consented(office: Office, { of, abroad }: Known): Known {
  const on = office.clock.today();
  const whole = {
    held: true,
    heldFor: true,
    stopped: null,
    text: 'any',
    givenBy: 'principal',
    withdrawn: false,
    givenOn: on,
  } as const;
  const told = { country: 'told', system: 'told', measures: 'told' } as const;
  const foreign = of.recipient?.country !== undefined && of.recipient.country !== 'JP';
  const facts = personFacts(whole, foreign, new Map([[whole.text, told]]), on);
  return { of, abroad, person: { facts, consentId: null, objected: false, awaiting: null } };
}

async function asking(
  office: Office,
  place: Place & { holding: KnownHolding },
  chosen: Chosen,
  form: Form | null,
): Promise<Asking> {
  const { stands, holding, typed } = place;
  const said = saidIn(form, chosen, holding);
  const found = await knownOf(office, { holding, typed, said });
  const known: Known = found.ok ? found.value : { of: {}, abroad: false, person: null };
  const question = withKnown(questionFor(chosen), consented(office, known), said);
  const round = await askWith(office, stands, question, holding, form);
  const asked = found.ok ? round : { ...round, problems: [...problemsOf(found), ...round.problems], finding: null };
  return { ...place, chosen, said, known, round: asked };
}

function formPage(office: Office, c: Context<Env>, asked: Asking, notice?: Bilingual): Response | Promise<Response> {
  const lang = c.get('lang');
  const { stands, holding, who, typed, chosen, said, known, round } = asked;
  const whose = whoOptions.find(({ value }) => value === who)!.label;
  return actPage(c, {
    title: packageWords.add,
    path: `${addressOf(asked)}&step=facts`,
    sub: `${holding.name[lang]}　${whose[lang]}`,
    crumbs: crumbs(lang, { label: packageWords.add[lang], href: addressOf(asked) }, { label: chosen.recipient!.name }),
    notice,
    before: (
      <div class="mb-5">
        <Registers lang={lang} chosen={chosen} known={known} said={said} many record="" change={addressOf(asked)} />
      </div>
    ),
    action: NEW,
    stands,
    values: { holding: holding.id, who, attempt: attemptIn(office, c, notice), ...typed },
    fixed: true,
    asked: both(`同意のある人の場合：${holding.name.ja}`, `Of those who consented: ${holding.name.en}`),
    proceed: (
      <Button name="do" value="draft" form="ask">
        {packageWords.draft[lang]}
      </Button>
    ),
    actions: <p class="small muted">{packageWords.draftSays[lang]}</p>,
    round,
  });
}

async function submit(office: Office, c: Context<Env>, asked: Asking): Promise<Response> {
  const { holding, who, typed, said, round } = asked;
  const { purpose: _, items: __, ...stated } = round.stated;
  const facts = provisionFactsSchema.safeParse({ ...stated, ...(said.relation ? { relation: said.relation } : {}) });
  if (!facts.success) return formPage(office, c, asked, words.unread);
  const { jointUse } = idsOf(typed);
  const outcome = await draftPackage(office, byOf(c), {
    holding: holding.id,
    items: [...said.items],
    purpose: said.purpose,
    recipient: typed.recipient,
    jointUse,
    facts: facts.data,
    everybody: who === 'everybody',
    attempt: c.get('form').text('attempt') || undefined,
  });
  if (outcome.ok) return c.redirect(`${PATH}/${outcome.value.id}`, 303);
  const { problem } = outcome;
  if (problem.kind === 'conflict' && problem.existing) return c.redirect(`${PATH}/${problem.existing}`, 303);
  if (problem.kind === 'conflict') return formPage(office, c, asked, problem.says);
  return formPage(office, c, { ...asked, round: { ...round, problems: problemsOf(outcome), finding: null } });
}

async function show(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const place = await placeOf(office, c, form);
  const { holding, typed, search, choices } = place;
  if (search.pressed) return firstPage(office, c, place);
  const problems = unchosen(place);
  if (!holding || problems.length > 0) {
    return firstPage(office, c, place, form || c.req.query('step') !== undefined ? problems : []);
  }
  const read = await readChosen(office, holding.id, typed, choices);
  // Shows what was typed even if the recipient was stopped in between; the registers then say so.
  const chosen = read.ok ? read.value : form && asChosen(typed, choices);
  if (!chosen) return firstPage(office, c, place, problemsOf(read));
  if (!form && c.req.query('step') === undefined) return firstPage(office, c, place);
  const asked = await asking(office, { ...place, holding }, chosen, form);
  return form?.text('do') === 'draft' && asked.round.finding !== null
    ? submit(office, c, asked)
    : formPage(office, c, asked);
}

export const draftPages = (office: Office): Route[] => [
  page('get', NEW, 'people:provide', (c) => show(office, c, null)),
  page('post', NEW, 'people:provide', (c) => show(office, c, c.get('form')), {
    texts: factTexts({ ...labels, ...searchLabels }),
  }),
];
