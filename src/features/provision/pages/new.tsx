// The form that provides one person's information. First the recipient, then the question of the law beside what the registers know, and on a yes
// the values, shown once.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, Hidden } from '../../../platform/ui/form.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { recordIn, standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { actPage, askWith, attemptIn, factTexts, type Round } from '../../consultation/index.ts';
import { provide, type Provision } from '../actions/provide.ts';
import { limitsOf, provisionFactsSchema } from '../facts.ts';
import { registerWords, words } from '../words.ts';
import { searchIn, searching, type Search } from '../../../platform/ui/offer.tsx';
import { searchLabels } from '../../recipients/index.ts';
import {
  asChosen,
  choicesOf,
  idsOf,
  labels,
  readChosen,
  RecipientFields,
  type Choices,
  type Chosen,
  type Typed,
} from './choose.tsx';
import { crumbs, itemsText, PATH } from './list.tsx';
import {
  consentFound,
  knownOf,
  problemsOf,
  questionFor,
  Registers,
  saidIn,
  withKnown,
  type Known,
  type Said,
} from './registers.tsx';
import { byOf } from '../../access/index.ts';

const NEW = `${PATH}/new`;

interface Place {
  stands: Standing;
  holding: KnownHolding;
  principal: string;
  typed: Typed;
  search: Search;
  choices: Choices;
}

async function placeOf(office: Office, c: Context<Env>, form: Form | null): Promise<Place | null> {
  const stands = await standing(office);
  const given = (name: string): string => form?.text(name) ?? c.req.query(name) ?? '';
  const principal = given('principal');
  const holding = stands.holdings.get(given('holding'));
  if (!holding || !isId(principal)) return null;
  const typed = { recipient: given('recipient'), jointUse: given('jointUse') };
  return { stands, holding, principal, typed, search: searchIn(c), choices: await choicesOf(office) };
}

const addressOf = ({ principal, holding, typed, search }: Place, chosen: boolean): string =>
  `${NEW}?${new URLSearchParams({ principal, holding: holding.id, ...(chosen ? { ...typed } : {}), ...searching(search) })}`;

/** The subtitle: the person and the holding. */
const subOf = ({ principal, holding }: Place, lang: Lang): string =>
  lang === 'ja'
    ? `本人 ${principal.slice(-8)}　${holding.name.ja}`
    : `Person ${principal.slice(-8)}, ${holding.name.en}`;

/** The first step: the recipient. */
function choosePage(office: Office, c: Context<Env>, place: Place, problems: readonly FieldProblem[] = []) {
  const frame = c.get('frame');
  const { lang } = frame;
  const { holding, principal, typed, search, choices } = place;
  return c.html(
    <OfficePage
      {...frame}
      title={words.newTitle[lang]}
      path={addressOf(place, problems.length > 0 || search.pressed)}
      sub={subOf(place, lang)}
      crumbs={crumbs(lang, { label: words.newTitle[lang] })}
      failed={problems.length > 0}
    >
      <div class="max-w-[48rem]">
        <ErrorSummary lang={lang} problems={problems} labels={labels} />
        <form method="get" action={NEW} novalidate>
          <Hidden values={{ principal, holding: holding.id, step: 'facts' }} />
          <RecipientFields
            lang={lang}
            choices={choices}
            today={office.clock.today()}
            typed={typed}
            search={search}
            problems={problems}
            inside
            needsKey={false}
            mayRegister={c.get('may')('recipients:write')}
          />
          <Buttons>
            <Button>{registerWords.next[lang]}</Button>
            <LinkButton kind="text" href={`/people/${principal}`}>
              {words.back[lang]}
            </LinkButton>
          </Buttons>
        </form>
      </div>
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  );
}

interface Asking extends Place {
  chosen: Chosen;
  said: Said;
  known: Known;
  round: Round;
}

const nothingKnown: Known = { of: {}, abroad: false, person: null };

/** Asks the law with what the form says and the registers know. Stops at a problem of a register. */
async function asking(office: Office, place: Place, chosen: Chosen, form: Form | null): Promise<Asking> {
  const { stands, holding, principal, typed } = place;
  const said = saidIn(form, chosen, holding);
  const found = await knownOf(office, { holding, typed, said }, principal);
  const known = found.ok ? found.value : nothingKnown;
  const round = await askWith(
    office,
    stands,
    withKnown(questionFor(chosen), known, said, {
      approvedBy: stands.provisionApprovedBy,
      limited: limitsOf(stands, said, { relation: said.relation, objected: known.person?.objected }),
    }),
    holding,
    form,
  );
  const asked = found.ok ? round : { ...round, problems: [...problemsOf(found), ...round.problems], finding: null };
  return { ...place, chosen, said, known, round: asked };
}

async function formPage(office: Office, c: Context<Env>, asked: Asking, notice?: Bilingual): Promise<Response> {
  const lang = c.get('lang');
  const { stands, holding, principal, typed, chosen, said, known, round } = asked;
  return actPage(c, {
    title: words.newTitle,
    path: addressOf(asked, true),
    sub: subOf(asked, lang),
    crumbs: crumbs(
      lang,
      { label: words.newTitle[lang], href: addressOf(asked, false) },
      { label: recipientText(chosen, lang) },
    ),
    notice,
    before: (
      <div class="mb-5">
        <Registers
          lang={lang}
          chosen={chosen}
          known={known}
          said={said}
          consent={await consentFound(office, principal, known)}
          record={c.get('may')('consents:write') ? `/consents/new?principal=${principal}` : ''}
          mayRead={c.get('may')('records:read')}
          change={addressOf(asked, false)}
        />
      </div>
    ),
    action: NEW,
    stands,
    values: { holding: holding.id, principal, attempt: attemptIn(office, c, notice), ...typed },
    fixed: true,
    asked: both(`1人の情報を渡す：${holding.name.ja}`, `One person’s information: ${holding.name.en}`),
    proceed: (
      <Button name="do" value="provide" form="ask">
        {words.handOver[lang]}
      </Button>
    ),
    round,
  });
}

const recipientText = ({ recipient }: Chosen, lang: Lang): string => recipient?.name ?? registerWords.inside[lang];

const Handed = ({ lang, place, done }: { lang: Lang; place: Place; done: Provision }) => {
  const { principal, holding } = place;
  return (
    <div class="grid gap-5">
      <Banner kind="good" title={words.done[lang]}>
        {done.record
          ? both(
              `提供の記録を作りました。${writtenDay(done.record.keep_until, 'ja')}まで保存します。`,
              `The record was made. It is kept until ${writtenDay(done.record.keep_until, 'en')}.`,
            )[lang]
          : words.noRecordSays[lang]}
      </Banner>
      <Panel title={words.handed[lang]} sub={words.handedSub[lang]}>
        <Dl
          items={Object.entries(done.values).map(
            ([code, value]) => [itemsText(holding, [code], lang), <span translate="no">{value}</span>] as const,
          )}
        />
        {done.absent.length > 0 && (
          <p class="small muted mt-2">
            {words.absent[lang]}
            {itemsText(holding, done.absent, lang)}
          </p>
        )}
      </Panel>
      <p>
        <LinkButton kind="second" href={`${PATH}/${done.id}`}>
          {words.seeRecord[lang]}
        </LinkButton>{' '}
        <LinkButton kind="text" href={`/people/${principal}`}>
          {words.backToPerson[lang]}
        </LinkButton>
      </p>
    </div>
  );
};

async function submit(office: Office, c: Context<Env>, asked: Asking): Promise<Response> {
  const { principal, holding, typed, said, round } = asked;
  const { purpose: _, items: __, ...stated } = round.stated;
  const facts = provisionFactsSchema.safeParse({ ...stated, ...(said.relation ? { relation: said.relation } : {}) });
  if (!facts.success) return formPage(office, c, asked, words.unread);
  const outcome = await provide(office, byOf(c), {
    principal,
    holding: holding.id,
    items: said.items,
    purpose: said.purpose,
    ...idsOf(typed),
    facts: facts.data,
    attempt: c.get('form').text('attempt') || undefined,
  });
  const frame = c.get('frame');
  const { lang } = frame;
  if (outcome.ok) {
    return c.html(
      <OfficePage
        {...frame}
        title={words.done[lang]}
        sub={subOf(asked, lang)}
        path={`${PATH}/${outcome.value.id}`}
        crumbs={crumbs(lang, { label: words.newTitle[lang] })}
      >
        <Handed lang={lang} place={asked} done={outcome.value} />
      </OfficePage>,
    );
  }
  const { problem } = outcome;
  if (problem.kind === 'conflict' && problem.existing) return c.redirect(`${PATH}/${problem.existing}`, 303);
  if (problem.kind === 'refused')
    return formPage(office, c, { ...asked, round: { ...round, finding: problem.finding } });
  const problems = problem.kind === 'invalid' ? problemsOf(outcome) : [];
  return problems.length > 0
    ? formPage(office, c, { ...asked, round: { ...round, problems, finding: null } })
    : formPage(office, c, asked, 'says' in problem ? problem.says : words.unread);
}

/** True when the holding has anything of the person. A person may have been erased in the meantime. */
const isHeld = async (office: Office, { principal, holding }: Place): Promise<boolean> =>
  (await recordIn(office.database, principal, holding.id)) !== null;

async function show(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const place = await placeOf(office, c, form);
  if (!place) return c.redirect('/people', 303);
  if (!form && !(await isHeld(office, place))) return c.redirect(`/people/${place.principal}`, 303);
  if (place.typed.recipient === '' || place.search.pressed) {
    const pressed = c.req.query('step') !== undefined && !place.search.pressed;
    return choosePage(office, c, place, pressed ? [{ field: 'recipient', says: words.chooseRecipient }] : []);
  }
  const read = await readChosen(office, place.holding.id, place.typed, place.choices);
  // Shows what was typed even if the recipient was stopped in between; the registers then say so.
  const chosen = read.ok ? read.value : form && asChosen(place.typed, place.choices);
  if (!chosen) return choosePage(office, c, place, problemsOf(read));
  const asked = await asking(office, place, chosen, form);
  return form?.text('do') === 'provide' && asked.round.finding !== null
    ? submit(office, c, asked)
    : formPage(office, c, asked);
}

export const newPages = (office: Office): Route[] => [
  page('get', NEW, 'people:provide', (c) => show(office, c, null)),
  page('post', NEW, 'people:provide', (c) => show(office, c, c.get('form')), {
    texts: factTexts({ ...labels, ...searchLabels }),
  }),
];
