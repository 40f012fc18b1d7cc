// One recipient: who it is, what a provision to it rests on, its checks and its history; stopping and resuming it; and what a person is told on
// request about the measures it takes.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Lang } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import { PAGE, pageOf } from '../../../base/page.ts';
import { formTexts, page, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, TextArea } from '../../../platform/ui/form.tsx';
import { countryName, slashDay, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { EarlierVersions, Table, versionBefore } from '../../../platform/ui/table.tsx';
import { actorName, byOf, actorNames, type Room } from '../../access/index.ts';
import { confirmRecord, endAssuranceOf } from '../actions/assurance.ts';
import { type Dossier, dossierOf, recipientOf } from '../actions/read.ts';
import { resumeRecipient, stopRecipient } from '../actions/recipient.ts';
import { assuranceStanding, type AssuranceStanding, isUnconfirmed, lastReturn, recheckBy } from '../facts/standing.ts';
import { changedFields, fields } from '../facts/read.ts';
import type { Assurance, Check, Recipient, RecipientVersion } from '../facts/register.ts';
import { measuresAnswer } from '../letters/measures.ts';
import {
  actWords,
  assuranceStateWords,
  assuranceWords,
  basisWords,
  everyMonths,
  factWords,
  fieldWords,
  itemWords,
  labels,
  measureWords,
  schemeWords,
  stateWords,
  words,
} from '../words.ts';
import { fieldText } from './form.tsx';
import { crumbs, DueDay, NextCheck, PATH, placeOf, StateChip } from './list.tsx';

export const written = (text: string) => (
  <span translate="no" class="whitespace-pre-line">
    {text}
  </span>
);

const entryLink = (id: string, about: string, lang: Lang) => (
  <EntryLink id={id} about={about}>
    {words.seeEntry[lang]}
  </EntryLink>
);

export const thereOrNot = (is: boolean, lang: Lang): string => (is ? words.there : words.notThere)[lang];

/** The terms of an assurance, as short facts. */
function termsFacts({ terms }: Assurance, lang: Lang): (readonly [string, Child])[] {
  switch (terms.kind) {
    case 'entrustment':
      return (['ownUse', 'assessed', 'contract', 'monitored'] as const).map((field) => [
        factWords[field][lang],
        thereOrNot(terms[field], lang),
      ]);
    case 'equivalent-system':
      return [
        [labels.by[lang], terms.scheme ? schemeWords[terms.scheme][lang] : basisWords[terms.by][lang]],
        [labels.measures[lang], terms.measures === null ? words.lacking[lang] : written(terms.measures)],
        [labels.checkMethod[lang], terms.checkMethod === null ? words.lacking[lang] : written(terms.checkMethod)],
        [labels.checkMonths[lang], everyMonths(terms.checkMonths)[lang]],
      ];
    case 'cloud':
      return [
        [factWords.contractExcludesHandling[lang], thereOrNot(terms.contractExcludesHandling, lang)],
        [factWords.accessControlled[lang], thereOrNot(terms.accessControlled, lang)],
        [labels.serverCountry[lang], countryName(terms.serverCountry, lang)],
      ];
  }
}

const stateLook: Record<AssuranceStanding, ChipKind> = {
  holds: 'good',
  unconfirmed: 'warn',
  'not-yet': 'wait',
  expired: 'bad',
  ended: 'done',
  behind: 'done',
};

export const AssuranceChip = ({ state, lang }: { state: AssuranceStanding; lang: Lang }) => (
  <Chip kind={stateLook[state]}>{assuranceStateWords[state][lang]}</Chip>
);

const measureLook: Record<Check['measures'], ChipKind> = {
  kept: 'good',
  hindered: 'warn',
  impossible: 'bad',
  returned: 'done',
};

export const MeasureChip = ({ measures, lang }: Pick<Check, 'measures'> & { lang: Lang }) => (
  <Chip kind={measureLook[measures]}>{measureWords[measures][lang]}</Chip>
);

interface ViewProps {
  lang: Lang;
  today: Day;
  names: Names;
  /** The token of the forms; undefined for a reader who may not write. */
  csrf: string | undefined;
}

/** Who confirmed a record, or the button that confirms it. */
const Confirming = ({
  one: { id, confirmed },
  about,
  recipient,
  lang,
  names,
  csrf,
}: Omit<ViewProps, 'today'> & { one: Assurance | Check; about: string; recipient: string }) =>
  confirmed ? (
    <p class="small">
      {words.confirmed[lang]}　{slashDay(dayOf(confirmed.at.getTime()))} {actorName(confirmed.actor, names, lang)}{' '}
      {entryLink(confirmed.entryId, words.confirmed[lang], lang)}
    </p>
  ) : (
    csrf !== undefined && (
      <PostForm action={`${PATH}/${recipient}/records/${id}/confirm`} csrf={csrf}>
        <Button small kind="second">
          {words.confirm[lang]}
          <span class="sr-only" translate="no">
            {lang === 'ja' ? `：${about}` : `: ${about}`}
          </span>
        </Button>
      </PostForm>
    )
  );

const AssuranceView = ({
  one,
  state,
  lang,
  today,
  names,
  csrf,
}: ViewProps & { one: Assurance; state: AssuranceStanding }) => (
  <section class="border-t border-solid-gray-200 pt-4 mt-4 first:border-t-0 first:pt-0 first:mt-0">
    <h3 class="flex flex-wrap items-center gap-2 mb-2">
      {assuranceWords[one.terms.kind][lang]} <AssuranceChip state={state} lang={lang} />
    </h3>
    <Dl
      items={[
        [labels.reference[lang], written(one.reference)],
        [labels.from[lang], slashDay(one.from)],
        [
          labels.until[lang],
          one.until === null ? (
            words.noEnd[lang]
          ) : state === 'holds' ? (
            <DueDay lang={lang} due={one.until} today={today} />
          ) : (
            slashDay(one.until)
          ),
        ],
        ...termsFacts(one, lang),
        ...(one.ended
          ? ([
              [
                words.ended[lang],
                <>
                  {slashDay(one.ended.on)}　{written(one.ended.reason)}
                </>,
              ],
            ] as const)
          : []),
        [words.entry[lang], entryLink(one.entryId, assuranceWords[one.terms.kind][lang], lang)],
      ]}
    />
    {(one.confirmed !== null || state === 'unconfirmed') && (
      <div class="mt-2 grid gap-2">
        {one.confirmed === null && <Note>{words.confirmSays[lang]}</Note>}
        <Confirming one={one} about={one.reference} recipient={one.recipient} lang={lang} names={names} csrf={csrf} />
      </div>
    )}
    {csrf !== undefined && one.ended === null && (
      <p class="mt-2 no-print">
        <LinkButton small kind="text" href={`${PATH}/${one.recipient}/assurances/${one.id}/end`}>
          {words.end[lang]}
          <span class="sr-only" translate="no">
            {lang === 'ja' ? `：${one.reference}` : `: ${one.reference}`}
          </span>
        </LinkButton>
      </p>
    )}
  </section>
);

const Checks = ({ of: { recipient, checks }, lang, names, csrf }: Omit<ViewProps, 'today'> & { of: Dossier }) => (
  <Table
    lang={lang}
    caption={words.checks}
    stack
    columns={[
      { key: 'on', head: labels.on, rowHead: true, nowrap: true },
      { key: 'measures', head: words.kept, nowrap: true },
      { key: 'method', head: labels.method },
      { key: 'system', head: { ja: '外国の制度', en: 'Foreign systems' } },
      { key: 'trouble', head: words.checkNote },
      { key: 'next', head: words.nextCheck, nowrap: true },
      { key: 'entry', head: words.entry, nowrap: true },
    ]}
    rows={checks.map((check) => ({
      cells: {
        on: slashDay(check.on),
        measures: (
          <span class="grid gap-1 justify-items-start">
            <MeasureChip measures={check.measures} lang={lang} />
            {recipient.country !== 'JP' && isUnconfirmed(check) && (
              <Chip kind="warn">{assuranceStateWords.unconfirmed[lang]}</Chip>
            )}
          </span>
        ),
        method: written(check.method),
        system: check.foreignSystem && written(check.foreignSystem),
        trouble:
          check.proof !== null ? (
            <span>
              {words.proof[lang]}
              {lang === 'ja' ? '：' : ': '}
              {written(check.proof)}
            </span>
          ) : (
            check.trouble && (
              <span class="grid gap-1">
                {written(check.trouble)}
                {check.remedy && <span>→ {written(check.remedy)}</span>}
              </span>
            )
          ),
        next: check.nextDue && slashDay(check.nextDue),
        entry: (
          <span>
            {entryLink(check.entryId, slashDay(check.on), lang)}
            <br />
            <span class="small muted">{actorName(check.actor, names, lang)}</span>
            {recipient.country !== 'JP' && (check.confirmed !== null || isUnconfirmed(check)) && (
              <Confirming
                one={check}
                about={slashDay(check.on)}
                recipient={recipient.id}
                lang={lang}
                names={names}
                csrf={csrf}
              />
            )}
          </span>
        ),
      },
    }))}
  />
);

type Names = ReadonlyMap<string, string>;

function changesOf(version: RecipientVersion, before: RecipientVersion | undefined, lang: Lang): Child {
  if (version.reason !== null) return written(version.reason);
  const changed = before ? changedFields(before.content, version.content) : [];
  if (!before || changed.length === 0) return null;
  return (
    <ul class="grid gap-1">
      {changed.map((field) => (
        <li>
          {fieldWords[field][lang]}
          {lang === 'ja' ? '：' : ': '}
          <del class="muted" translate="no">
            {fieldText(before.content, field, lang)}
          </del>
          {' → '}
          <ins class="no-underline" translate="no">
            {fieldText(version.content, field, lang)}
          </ins>
        </li>
      ))}
    </ul>
  );
}

interface HistoryProps {
  c: Context<Env>;
  recipient: Recipient;
  /** One more than a page has, where there are earlier ones: the last of the page is compared with it. */
  versions: readonly RecipientVersion[];
  names: Names;
}

const History = ({ c, recipient, versions, names }: HistoryProps) => {
  const lang = c.get('lang');
  const { rows, next } = pageOf(versions, PAGE, ({ version }) => String(version));
  return (
    <>
      <h2 class="h2" id="history">
        {words.history[lang]}
      </h2>
      <Table
        lang={lang}
        caption={words.history}
        stack
        columns={[
          { key: 'version', head: words.version, rowHead: true, nowrap: true },
          { key: 'at', head: words.at, nowrap: true },
          { key: 'act', head: words.act, nowrap: true },
          { key: 'by', head: words.actor, nowrap: true },
          { key: 'changes', head: words.changes },
          { key: 'entry', head: words.entry, nowrap: true },
        ]}
        rows={rows.map((version, i) => ({
          cells: {
            version: lang === 'ja' ? `第${version.version}版` : `Version ${version.version}`,
            at: <span class="num">{stamp(version.at.getTime())}</span>,
            act: actWords[version.act][lang],
            by: actorName(version.actor, names, lang),
            changes: changesOf(version, versions[i + 1], lang),
            entry: entryLink(version.entryId, stamp(version.at.getTime()), lang),
          },
        }))}
      />
      <EarlierVersions
        lang={lang}
        label={words.history}
        at={`${PATH}/${recipient.id}`}
        before={versionBefore(c)}
        next={next}
      />
    </>
  );
};

const Today = ({ of, lang, today }: { of: Dossier; lang: Lang; today: Day }) => {
  const { recipient, report } = of;
  const returned = lastReturn(of.checks);
  const next = NextCheck({ lang, line: of, today });
  return (
    <Dl
      items={[
        [words.state[lang], <StateChip lang={lang} line={of} today={today} />],
        ...(recipient.stoppedOn ? ([[words.since[lang], slashDay(recipient.stoppedOn)]] as const) : []),
        ...(returned && next === null
          ? []
          : ([[words.nextCheck[lang], next ?? <span class="muted">{words.lacking[lang]}</span>]] as const)),
        ...(returned ? ([[measureWords.returned[lang], slashDay(returned.on)]] as const) : []),
        ...(recipient.country === 'JP'
          ? []
          : ([
              [
                words.reports[lang],
                <a href={`/countries/${recipient.country}`}>
                  {report
                    ? lang === 'ja'
                      ? `${slashDay(recheckBy(report))}まで有効`
                      : `valid until ${slashDay(recheckBy(report))}`
                    : words.lacking[lang]}
                </a>,
              ],
            ] as const)),
        [fieldWords.contact[lang], recipient.contact === null ? words.lacking[lang] : written(recipient.contact)],
      ]}
    />
  );
};

const Actions = ({ recipient, lang }: { recipient: Recipient; lang: Lang }) => (
  <>
    <LinkButton small href={`${PATH}/${recipient.id}/checks/new`}>
      {words.addCheck[lang]}
    </LinkButton>
    <LinkButton small kind="second" href={`${PATH}/${recipient.id}/edit`}>
      {words.change[lang]}
    </LinkButton>
    {recipient.state === 'active' ? (
      <LinkButton small kind="text" href={`${PATH}/${recipient.id}/stop`}>
        {words.stop[lang]}
      </LinkButton>
    ) : (
      <LinkButton small kind="text" href={`${PATH}/${recipient.id}/resume`}>
        {words.resume[lang]}
      </LinkButton>
    )}
  </>
);

const Assurances = ({ of, ...view }: ViewProps & { of: Dossier }) => {
  const { lang, csrf, today } = view;
  const stateOf = (one: Assurance) => assuranceStanding(one, of.assurances, today);
  const past = of.assurances.filter((one) => /^(expired|ended)$/.test(stateOf(one)));
  const now = of.assurances.filter((one) => !past.includes(one));
  const address = `${PATH}/${of.recipient.id}/assurances/new`;
  return (
    <Panel
      title={words.assurances[lang]}
      {...(csrf !== undefined ? { more: { href: address, label: words.addAssurance[lang] } } : {})}
    >
      {of.assurances.length === 0 && <p class="small">{words.noAssurances[lang]}</p>}
      {now.map((one) => (
        <AssuranceView one={one} state={stateOf(one)} {...view} />
      ))}
      {past.length > 0 && (
        <details class="mt-4">
          <summary class="small">
            {words.past[lang]}
            {lang === 'ja' ? `　${past.length}件` : ` (${past.length})`}
          </summary>
          <div class="mt-4">
            {past.map((one) => (
              <AssuranceView one={one} state={stateOf(one)} {...view} />
            ))}
          </div>
        </details>
      )}
    </Panel>
  );
};

/** Links to what was provided to a recipient, for users who may see it. */
const Onward = ({ c, recipient }: { c: Context<Env>; recipient: Recipient }) => {
  const lists = [
    ['records:read', '/provisions', words.providedTo],
    ['packages:read', '/packages', words.packagesTo],
  ] as const;
  const open = lists.filter(([action]) => c.get('may')(action));
  return open.length === 0 ? null : (
    <ul class="grid gap-1 mt-4">
      {open.map(([, list, label]) => (
        <li>
          <a href={`${list}?recipient=${recipient.id}`}>{label[c.get('lang')]}</a>
        </li>
      ))}
    </ul>
  );
};

async function showOne(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const found = await dossierOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const { recipient, assurances, checks } = found.value;
  const before = versionBefore(c) ?? Infinity;
  const versions = found.value.versions.filter(({ version }) => version < before).slice(0, PAGE + 1);
  const confirmations = [...assurances, ...checks].flatMap(({ confirmed }) => confirmed ?? []);
  const names = await actorNames(
    room.access,
    [...versions, ...checks, ...confirmations].map(({ actor }) => actor),
  );
  const today = room.office.clock.today();
  const mayWrite = c.get('may')('recipients:write');
  const csrf = mayWrite ? frame.csrf : undefined;
  const owed = assurances.some(({ terms }) => terms.kind === 'equivalent-system');
  return c.html(
    <OfficePage
      {...frame}
      title={recipient.name}
      path={placeOf(c)}
      crumbs={crumbs(lang, { label: recipient.name })}
      sub={`${countryName(recipient.country, lang)}　${stateWords[recipient.state][lang]}　${lang === 'ja' ? `第${recipient.version}版` : `version ${recipient.version}`}`}
      actions={mayWrite && <Actions recipient={recipient} lang={lang} />}
    >
      <div class="grid gap-4">
        {c.req.query('saved') !== undefined && <Banner kind="good" role="status" title={words.saved[lang]} />}
        {recipient.stopReason !== null && (
          <Banner kind="bad" title={words.stoppedTitle[lang]}>
            {written(recipient.stopReason)}
          </Banner>
        )}
      </div>
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start mt-4">
        <div class="grid gap-5 min-w-0">
          <Panel title={words.content[lang]}>
            <Dl
              items={fields
                .filter((field) => field !== 'contact')
                .map((field) => [
                  fieldWords[field][lang],
                  <span translate="no" class="wrap-anywhere">
                    {fieldText(recipient, field, lang) || (lang === 'ja' ? 'なし' : 'None')}
                  </span>,
                ])}
            />
          </Panel>
          <Assurances of={found.value} lang={lang} today={today} {...{ names, csrf }} />
        </div>
        <Panel
          title={words.today[lang]}
          {...(owed ? { more: { href: `${PATH}/${recipient.id}/measures`, label: words.measuresLink[lang] } } : {})}
        >
          <Today of={found.value} lang={lang} today={today} />
          <Onward c={c} recipient={recipient} />
        </Panel>
      </div>
      <h2 class="h2">{words.checks[lang]}</h2>
      {checks.length === 0 ? (
        <p class="small">{words.noChecks[lang]}</p>
      ) : (
        <Checks of={found.value} lang={lang} {...{ names, csrf }} />
      )}
      <History c={c} recipient={recipient} versions={versions} names={names} />
    </OfficePage>,
  );
}

// ---- stop, resume, end

interface ReasonForm {
  title: { ja: string; en: string };
  says: { ja: string; en: string };
  button: { ja: string; en: string };
  action: string;
  stops: boolean;
}

interface ReasonShown {
  recipient: Recipient;
  form: ReasonForm;
  reason?: string;
  problem?: Problem;
}

function reasonPage(c: Context<Env>, { recipient, form, reason, problem }: ReasonShown): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const problems: FieldProblem[] = problem?.kind === 'invalid' ? problem.fields : [];
  const back = `${PATH}/${recipient.id}`;
  return c.html(
    <OfficePage
      {...frame}
      title={form.title[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={recipient.name}
      crumbs={crumbs(lang, { label: recipient.name, href: back }, { label: form.title[lang] })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      {problem?.kind === 'conflict' && (
        <div class="mb-4">
          <Banner
            kind="warn"
            role="alert"
            title={problem.says[lang]}
            action={{ href: back, label: words.back[lang] }}
          />
        </div>
      )}
      <p class="mb-4 max-w-3xl">{form.says[lang]}</p>
      <div class="max-w-3xl">
        <PostForm action={form.action} csrf={frame.csrf} values={{ version: String(recipient.version) }}>
          <TextArea
            lang={lang}
            name="reason"
            label={labels.reason}
            need="required"
            rows={3}
            value={reason}
            error={problemAt(problems, 'reason', lang)}
          />
          <Buttons>
            <Button kind={form.stops ? 'stop' : 'main'}>{form.button[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

const stopForm = (id: string): ReasonForm => ({
  title: words.stopTitle,
  says: words.stopSays,
  button: words.stop,
  action: `${PATH}/${id}/stop`,
  stops: true,
});

const resumeForm = (id: string): ReasonForm => ({
  title: words.resumeTitle,
  says: words.resumeSays,
  button: words.resume,
  action: `${PATH}/${id}/resume`,
  stops: false,
});

const endForm = (id: string, assurance: string): ReasonForm => ({
  title: words.endTitle,
  says: words.endSays,
  button: words.end,
  action: `${PATH}/${id}/assurances/${assurance}/end`,
  stops: true,
});

async function askReason(room: Room, c: Context<Env>, of: (id: string) => ReasonForm): Promise<Response> {
  const found = await recipientOf(room.office, c.req.param('id')!);
  return found.ok ? reasonPage(c, { recipient: found.value, form: of(found.value.id) }) : c.notFound();
}

async function withReason(
  room: Room,
  c: Context<Env>,
  of: (id: string) => ReasonForm,
  act: typeof stopRecipient,
): Promise<Response> {
  const found = await recipientOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const recipient = found.value;
  const form = c.get('form');
  const reason = form.text('reason');
  const outcome = await act(room.office, byOf(c), { id: recipient.id, version: Number(form.text('version')), reason });
  if (outcome.ok) return c.redirect(`${PATH}/${recipient.id}?saved`, 303);
  return reasonPage(c, { recipient, form: of(recipient.id), reason, problem: outcome.problem });
}

async function askEnd(room: Room, c: Context<Env>): Promise<Response> {
  const found = await dossierOf(room.office, c.req.param('id')!);
  const assurance = c.req.param('assurance')!;
  if (!found.ok || !found.value.assurances.some(({ id }) => id === assurance)) return c.notFound();
  return reasonPage(c, {
    recipient: found.value.recipient,
    form: endForm(found.value.recipient.id, assurance),
  });
}

async function end(room: Room, c: Context<Env>): Promise<Response> {
  const id = c.req.param('id')!;
  const assurance = c.req.param('assurance')!;
  const reason = c.get('form').text('reason');
  const outcome = await endAssuranceOf(room.office, byOf(c), { recipient: id, assurance, reason });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const found = await recipientOf(room.office, id);
  if (!found.ok || outcome.problem.kind === 'not-found') return c.notFound();
  return reasonPage(c, { recipient: found.value, form: endForm(id, assurance), reason, problem: outcome.problem });
}

async function confirm(room: Room, c: Context<Env>): Promise<Response> {
  const id = c.req.param('id')!;
  const outcome = await confirmRecord(room.office, byOf(c), { recipient: id, record: c.req.param('record')! });
  // Two clerks who press it at once both find it confirmed.
  if (outcome.ok || outcome.problem.kind === 'conflict') return c.redirect(`${PATH}/${id}?saved`, 303);
  return c.notFound();
}

// ---- what a person is told

async function showMeasures(room: Room, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const found = await dossierOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const { recipient } = found.value;
  const answer = measuresAnswer(found.value, room.office.clock.today());
  return c.html(
    <OfficePage
      {...frame}
      title={words.measuresTitle[lang]}
      path={placeOf(c)}
      sub={words.measuresSub[lang]}
      crumbs={crumbs(
        lang,
        { label: recipient.name, href: `${PATH}/${recipient.id}` },
        { label: words.measuresTitle[lang] },
      )}
    >
      {!answer.owed && (
        <div class="mb-4">
          <Banner kind="info" title={words.notOwed[lang]} />
        </div>
      )}
      <Panel title={recipient.name} sub={writtenDay(answer.on, lang)}>
        <Dl
          asked
          items={answer.items.map(({ item, says, lacks }, i) => [
            `${i + 1}. ${itemWords[item]?.[lang] ?? item}`,
            says ? (
              written(says[lang])
            ) : (
              <>
                <Chip kind="bad">{words.lacking[lang]}</Chip> <span class="small">{lacks?.[lang]}</span>
              </>
            ),
          ])}
        />
      </Panel>
      <div class="mt-4">
        <Note>{words.withhold[lang]}</Note>
      </div>
    </OfficePage>,
  );
}

const reasonTexts = formTexts(labels, { prose: /^reason$/ });

export const recipientPages = (room: Room): Route[] => [
  page('get', `${PATH}/:id`, 'ledger:read', (c) => showOne(room, c)),
  page('get', `${PATH}/:id/measures`, 'ledger:read', (c) => showMeasures(room, c)),
  page('get', `${PATH}/:id/stop`, 'recipients:write', (c) => askReason(room, c, stopForm)),
  page('post', `${PATH}/:id/stop`, 'recipients:write', (c) => withReason(room, c, stopForm, stopRecipient), {
    texts: reasonTexts,
  }),
  page('get', `${PATH}/:id/resume`, 'recipients:write', (c) => askReason(room, c, resumeForm)),
  page('post', `${PATH}/:id/resume`, 'recipients:write', (c) => withReason(room, c, resumeForm, resumeRecipient), {
    texts: reasonTexts,
  }),
  page('post', `${PATH}/:id/records/:record/confirm`, 'recipients:write', (c) => confirm(room, c)),
  page('get', `${PATH}/:id/assurances/:assurance/end`, 'recipients:write', (c) => askEnd(room, c)),
  page('post', `${PATH}/:id/assurances/:assurance/end`, 'recipients:write', (c) => end(room, c), {
    texts: reasonTexts,
  }),
];
