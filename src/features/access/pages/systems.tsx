// The company's systems and their tokens: register a system, give it a token bound to actions and purposes, revoke, end. A token is shown once.

import type { Child } from 'hono/jsx';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { dayOf } from '../../../base/day.ts';
import { placeOf, problemStatus, type Route } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Checks, ErrorSummary, fieldFor, PostForm, problemAt, Radios, TextField } from '../../../platform/ui/form.tsx';
import { listed, slashDay, stamp } from '../../../platform/ui/format.ts';
import { exportLinks, type ListColumn } from '../../../platform/ui/list.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import {
  Filters,
  FilterSelect,
  FilterText,
  holds,
  listPageOf,
  None,
  Pager,
  rowsOn,
  Table,
} from '../../../platform/ui/table.tsx';
import { byOf, type Access } from '../actions/access.ts';
import type { Catalogue } from '../../search/index.ts';
import * as actions from '../actions/systems.ts';
import { shortId } from '../actions/systems.ts';
import { isInTime } from '../facts/session.ts';
import { readActions } from '../facts/granting.ts';
import type { ApiToken, Charge, System } from '../tables.ts';
import { actionWords, daysWord, endedMore, fieldWords, stateWords, systemWords, words } from '../words.ts';
import { exportPage } from './exports.tsx';
import { Confirm, OfficeSheet, openedBy, problemsOf, speaker, type Request } from './sheet.tsx';

/** A purpose of the published policy that a token can be bound to. */
export interface TokenPurpose {
  id: string;
  name: Bilingual;
}

export type Purposes = () => Promise<readonly TokenPurpose[]>;

type Held = actions.Held;
type Status = 200 | 403 | 404 | 409 | 422;

export const labels = {
  name: fieldWords.systemName,
  actions: fieldWords.actions,
  purposes: fieldWords.purposes,
  days: fieldWords.days,
};

const PATH = '/systems';

/** The page of one system. */
const pathOf = ({ id }: { id: string }): string => `${PATH}?of=${id}`;

const home = (c: Request) => ({ label: speaker(c)(systemWords.title), href: PATH });

/** Breadcrumbs from the list to an act on one system. */
const crumbsOf = (c: Request, system: Held, act: string) => [
  home(c),
  { label: system.name, href: pathOf(system) },
  { label: act },
];

/** The tokens in use that a member of staff made, and has therefore seen. */
export async function tokenCharge(access: Access, staff: string): Promise<Charge> {
  const made = await actions.tokensBy(access, staff);
  return {
    label: systemWords.madeBy,
    follows: systemWords.madeByLeaver,
    href: '/systems',
    things: made.map((token) => ({
      name: both(`${token.system}（${shortId(token)}）`, `${token.system} (${shortId(token)})`),
      href: `/systems?of=${token.systemId}`,
    })),
  };
}

const tokenState = (token: ApiToken, now: number): Bilingual =>
  token.revokedAt !== null ? systemWords.revoked : isInTime(token, now) ? systemWords.inUse : systemWords.expired;

const TokenState = ({ c, token, now }: { c: Request; token: ApiToken; now: number }) => {
  const state = tokenState(token, now);
  return <Chip kind={state === systemWords.inUse ? 'good' : 'done'}>{speaker(c)(state)}</Chip>;
};

/** How many ended tokens, the newest, are shown with those in use; the page of one system shows all of them. */
const ENDED_SHOWN = 3;

interface Shown {
  tokens: readonly ApiToken[];
  /** Number of ended tokens that are not shown. */
  more: number;
}

function shownOf(tokens: readonly ApiToken[], now: number): Shown {
  const ended = tokens.filter((token) => token.revokedAt !== null || !isInTime(token, now));
  const hidden = new Set(ended.slice(0, -ENDED_SHOWN));
  return { tokens: tokens.filter((token) => !hidden.has(token)), more: hidden.size };
}

const listedOrNone = (c: Request, texts: readonly string[]) =>
  texts.length === 0 ? <None lang={c.get('lang')} /> : listed(texts, c.get('lang'));

/** How many actions of a token are shown; the rest are counted, and unfold when opened. */
const ACTIONS_SHOWN = 5;

const ActionList = ({ c, actions }: { c: Request; actions: ApiToken['actions'] }) => {
  const lang = c.get('lang');
  const named = actions.map((a) => actionWords[a][lang]);
  return named.length <= ACTIONS_SHOWN ? (
    listedOrNone(c, named)
  ) : (
    <details>
      <summary>{lang === 'ja' ? `${named.length}種類の操作` : `${named.length} actions`}</summary>
      {listed(named, lang)}
    </details>
  );
};

const nameOfPurpose = (c: Request, purposes: readonly TokenPurpose[], id: string): string => {
  const known = purposes.find((p) => p.id === id);
  return known ? known.name[c.get('lang')] : id;
};

interface SystemProps {
  c: Request;
  system: Held;
  now: number;
  purposes: readonly TokenPurpose[];
  change: boolean;
  /** Shows every token there has been. */
  whole: boolean;
}

const Tokens = ({ c, system, tokens, now, purposes, change }: SystemProps & Pick<Shown, 'tokens'>) => {
  const t = speaker(c);
  return (
    <Table
      lang={c.get('lang')}
      caption={{ ja: `${system.name}のトークン`, en: `Tokens of ${system.name}` }}
      stack
      columns={[
        { key: 'id', head: systemWords.number, rowHead: true },
        { key: 'state', head: words.state, nowrap: true },
        { key: 'actions', head: fieldWords.actions },
        { key: 'purposes', head: fieldWords.purposes },
        { key: 'until', head: systemWords.expires, nowrap: true },
        { key: 'used', head: systemWords.lastUsed, nowrap: true },
        ...(change ? [{ key: 'revoke', head: words.operations, quiet: true, nowrap: true }] : []),
      ]}
      rows={tokens.map((token) => ({
        cells: {
          id: (
            <span class="num" translate="no">
              {shortId(token)}
            </span>
          ),
          state: <TokenState c={c} token={token} now={now} />,
          actions: <ActionList c={c} actions={token.actions} />,
          purposes: listedOrNone(
            c,
            token.purposes.map((id) => nameOfPurpose(c, purposes, id)),
          ),
          until: slashDay(dayOf(token.expiresAt)),
          used: token.lastUsedOn ? slashDay(token.lastUsedOn) : <span class="muted">{t(systemWords.never)}</span>,
          revoke: token.revokedAt === null && (
            <a href={`/systems/tokens/${token.id}/revoke`}>
              {t(systemWords.revoke)}
              <span class="sr-only" translate="no">
                {' '}
                {shortId(token)}
              </span>
            </a>
          ),
        },
      }))}
    />
  );
};

const SystemPanel = (props: SystemProps) => {
  const { c, system, now, change, whole } = props;
  const t = speaker(c);
  const ended = system.endedAt !== null;
  const { tokens, more } = whole ? { tokens: system.tokens, more: 0 } : shownOf(system.tokens, now);
  return (
    <Panel
      id={`system-${shortId(system)}`}
      title={system.name}
      sub={`${t(words.since)} ${stamp(system.createdAt)}`}
      mark={ended ? <Chip kind="done">{t(stateWords.ended)}</Chip> : undefined}
      more={openedBy(c, system)}
      pad="bare"
    >
      {tokens.length > 0 ? (
        <Tokens {...props} tokens={tokens} />
      ) : (
        <p class="panel-body muted">{t(systemWords.noTokens)}</p>
      )}
      {more > 0 && (
        <p class="panel-body small">
          <a href={pathOf(system)}>{t(endedMore(more))}</a>
        </p>
      )}
      {change && !ended && (
        <div class="panel-body">
          <Buttons>
            <LinkButton kind="second" small href={`/systems/${system.id}/token`}>
              {t(systemWords.newToken)}
              <About>{system.name}</About>
            </LinkButton>
            <LinkButton kind="stop" small href={`/systems/${system.id}/end`}>
              {t(systemWords.end)}
              <About>{system.name}</About>
            </LinkButton>
          </Buttons>
        </div>
      )}
    </Panel>
  );
};

/** A system is a panel with a table, so fewer fit on a page than rows do. */
const PER_PAGE = 30;

const states = ['active', 'ended'] as const;

interface Query {
  q: string;
  state: (typeof states)[number] | '';
}

const queryIn = (c: Request): Query => ({
  q: (c.req.query('q') ?? '').trim(),
  state: states.find((one) => one === c.req.query('state')) ?? '',
});

const addressOf = (query: Query): string => {
  const set = Object.entries(query).filter(([, value]) => value !== '');
  return set.length === 0 ? PATH : `${PATH}?${new URLSearchParams(set)}`;
};

const askedOf = (every: readonly System[], { q, state }: Query): System[] =>
  every.filter(
    ({ name, endedAt }) => holds([name], q) && (state === '' || (endedAt === null) === (state === 'active')),
  );

const FilterRow = ({ c, query }: { c: Request; query: Query }) => {
  const t = speaker(c);
  const lang = c.get('lang');
  return (
    <Filters lang={lang} action={PATH} exports={exportLinks(PATH, addressOf(query), lang)}>
      <FilterText name="q" label={t(fieldWords.systemName)} value={query.q} />
      <FilterSelect
        name="state"
        label={t(words.state)}
        value={query.state}
        options={[
          { value: '', label: t(systemWords.any) },
          ...states.map((one) => ({ value: one, label: t(stateWords[one]) })),
        ]}
      />
    </Filters>
  );
};

const Nothing = ({ c, bare, add }: { c: Request; bare: boolean; add: Child }) => {
  const t = speaker(c);
  return bare ? (
    <Empty title={t(systemWords.none)} actions={add}>
      {t(systemWords.noneHow)}
    </Empty>
  ) : (
    <Empty
      title={t(systemWords.noMatch)}
      actions={
        <LinkButton kind="second" href={PATH}>
          {t(systemWords.clear)}
        </LinkButton>
      }
    />
  );
};

/** The properties common to all systems on a page. */
async function shownWith(access: Access, purposes: Purposes, c: Request) {
  return {
    c,
    now: access.office.clock.now(),
    purposes: await purposes(),
    change: access.policies.decide(c.get('actor'), 'systems:write').allowed,
  };
}

export const showSystems = (access: Access, purposes: Purposes) => async (c: Request) => {
  const alone = await actions.systemOf(access, c.req.query('of') ?? '');
  return alone ? showOne(access, purposes, c, alone) : showList(access, purposes, c);
};

async function showOne(access: Access, purposes: Purposes, c: Request, system: Held): Promise<Response> {
  const t = speaker(c);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.title)}
      path={placeOf(c)}
      crumbs={[home(c), { label: system.name }]}
      sub={t(systemWords.sub)}
    >
      <SystemPanel {...await shownWith(access, purposes, c)} system={system} whole />
    </OfficeSheet>,
  );
}

async function showList(access: Access, purposes: Purposes, c: Request): Promise<Response> {
  const t = speaker(c);
  const every = await actions.listSystems(access);
  const query = queryIn(c);
  const asked = askedOf(every, query);
  const page = listPageOf(c.req.query('page'), asked.length, PER_PAGE);
  const systems = await actions.withTokens(access, rowsOn(page, asked));
  const around = await shownWith(access, purposes, c);
  const add = around.change && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {t(systemWords.add)}
    </LinkButton>
  );
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.title)}
      path={placeOf(c)}
      crumbs={[{ label: t(systemWords.title) }]}
      sub={t(systemWords.sub)}
      actions={every.length > 0 && add}
    >
      {every.length > 0 && <FilterRow c={c} query={query} />}
      {systems.length === 0 ? (
        <Nothing c={c} bare={every.length === 0} add={add} />
      ) : (
        <>
          <div class="grid grid-cols-1 gap-5">
            {systems.map((system) => (
              <SystemPanel {...around} system={system} whole={false} />
            ))}
          </div>
          <Pager lang={c.get('lang')} page={page} href={addressOf(query)} />
        </>
      )}
      <p class="mt-6 small">
        <Description c={c} />
      </p>
    </OfficeSheet>,
  );
}

/** A token with its system, or a system that was never given one. */
interface TokenRow {
  system: System;
  token: ApiToken | undefined;
}

const stateOf = ({ endedAt }: System): (typeof states)[number] => (endedAt === null ? 'active' : 'ended');

const tokenColumns = (purposes: readonly TokenPurpose[], now: number): readonly ListColumn<TokenRow>[] => [
  { key: 'system', head: fieldWords.systemName, rowHead: true, value: ({ system }) => system.name },
  {
    key: 'systemState',
    head: systemWords.systemState,
    value: ({ system }, lang) => stateWords[stateOf(system)][lang],
  },
  { key: 'since', head: words.since, value: ({ system }) => stamp(system.createdAt) },
  { key: 'id', head: systemWords.number, value: ({ token }) => token?.id ?? '' },
  { key: 'state', head: words.state, value: ({ token }, lang) => (token ? tokenState(token, now)[lang] : '') },
  {
    key: 'actions',
    head: fieldWords.actions,
    value: ({ token }, lang) =>
      listed(
        (token?.actions ?? []).map((action) => actionWords[action][lang]),
        lang,
      ),
  },
  {
    key: 'purposes',
    head: fieldWords.purposes,
    value: ({ token }, lang) =>
      listed(
        (token?.purposes ?? []).map((id) => purposes.find((one) => one.id === id)?.name[lang] ?? id),
        lang,
      ),
  },
  { key: 'until', head: systemWords.expires, value: ({ token }) => (token ? slashDay(dayOf(token.expiresAt)) : '') },
  {
    key: 'used',
    head: systemWords.lastUsed,
    value: ({ token }, lang) => (!token ? '' : token.lastUsedOn ? slashDay(token.lastUsedOn) : systemWords.never[lang]),
  },
];

/** The files of the list of systems: a row for each token, including the ended ones that the page only links to. */
export const systemFiles = (access: Access, purposes: Purposes): Route =>
  exportPage(access.office, { path: PATH, may: 'staff:read' }, async (c) => {
    const query = queryIn(c);
    const systems = await actions.withTokens(access, askedOf(await actions.listSystems(access), query));
    return {
      list: { path: PATH, title: systemWords.title },
      columns: tokenColumns(await purposes(), access.office.clock.now()),
      rows: systems.flatMap(({ tokens, ...system }): TokenRow[] =>
        tokens.length > 0 ? tokens.map((token) => ({ system, token })) : [{ system, token: undefined }],
      ),
      address: addressOf(query),
    };
  });

function systemForm(c: Request, problems: readonly FieldProblem[] = [], status: Status = 200) {
  const t = speaker(c);
  const lang = c.get('lang');
  const value = c.req.method === 'POST' ? c.get('form').text('name') : '';
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.add)}
      path="/systems/new"
      crumbs={[home(c), { label: t(systemWords.add) }]}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <PostForm action="/systems/new" csrf={c.get('csrf')}>
        <div class="max-w-xl">
          <TextField
            lang={lang}
            name="name"
            label={labels.name}
            need="required"
            hint={t(systemWords.nameHint)}
            value={value}
            error={problemAt(problems, 'name', lang)}
          />
          <Button>{t(systemWords.addSubmit)}</Button>
        </div>
      </PostForm>
    </OfficeSheet>,
    status,
  );
}

export const showNewSystem = () => (c: Request) => systemForm(c);

export const postSystem = (access: Access) => async (c: Request) => {
  const outcome = await actions.createSystem(access, byOf(c), { name: c.get('form').text('name') });
  if (!outcome.ok) return systemForm(c, problemsOf(outcome.problem), problemStatus(outcome.problem));
  return c.redirect(pathOf(outcome.value), 303);
};

/** Runs a page of one system in use; any other is not found. */
const ofSystem =
  (access: Access, show: (c: Request, system: Held) => Response | Promise<Response>) =>
  async (c: Request): Promise<Response> => {
    const found = await actions.systemOf(access, c.req.param('id') ?? '');
    return found?.endedAt === null ? show(c, found) : c.notFound();
  };

interface TokenFormProps {
  access: Access;
  c: Request;
  system: Held;
  known: readonly TokenPurpose[];
  problems?: readonly FieldProblem[];
  status?: Status;
}

function tokenForm({ access, c, system, known, problems = [], status = 200 }: TokenFormProps) {
  const t = speaker(c);
  const lang = c.get('lang');
  const typed = c.req.method === 'POST' ? c.get('form') : undefined;
  const field = fieldFor(lang, labels, problems);
  const toGive = actions.actionsToGive(access, c.get('actor'));
  const all = toGive.length === access.policies.systemActions.length;
  const actionOptions = toGive.map((a) => ({
    value: a,
    label: both(`${a}　${actionWords[a].ja}`, `${a} – ${actionWords[a].en}`),
  }));
  const purposeOptions = known.map((p) => ({
    value: p.id,
    label: both(`${p.id}　${p.name.ja}`, `${p.id}  ${p.name.en}`),
  }));
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.newToken)}
      path={`/systems/${system.id}/token`}
      crumbs={crumbsOf(c, system, t(systemWords.newToken))}
      sub={system.name}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      {/* The answer shows the token once: Turbo stays away. */}
      <PostForm
        action={`/systems/${system.id}/token`}
        csrf={c.get('csrf')}
        values={{ seen: String(system.tokens.length) }}
        download
      >
        <div class="max-w-xl">
          <Checks
            {...field('actions')}
            need="required"
            hint={all ? undefined : `${t(systemWords.onlyOfficer)}${lang === 'ja' ? '。' : '.'}`}
            options={actionOptions}
            values={typed?.all('actions')}
          />
          <Checks
            {...field('purposes')}
            hint={t(systemWords.purposesHint)}
            options={purposeOptions}
            values={typed?.all('purposes')}
          />
          <Radios
            {...field('days')}
            need="required"
            options={actions.tokenDays.map((n) => ({ value: String(n), label: daysWord(n) }))}
            value={typed?.text('days') ?? '365'}
          />
          <Button>{t(systemWords.tokenSubmit)}</Button>
        </div>
      </PostForm>
    </OfficeSheet>,
    status,
  );
}

export const showNewToken = (access: Access, purposes: Purposes) =>
  ofSystem(access, async (c, system) => tokenForm({ access, c, system, known: await purposes() }));

/** A link to the description of the API. The document is not a page, so Turbo is off. */
const Description = ({ c }: { c: Request }) => (
  <a href="/openapi.json" data-turbo="false">
    {speaker(c)(systemWords.description)}
  </a>
);

function tokenPage(c: Request, system: Held, token: string) {
  const t = speaker(c);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.tokenDone)}
      path={pathOf(system)}
      crumbs={crumbsOf(c, system, t(systemWords.tokenDone))}
      sub={system.name}
    >
      <Banner kind="warn" title={t(words.copyNow)} icon="warn">
        {t(systemWords.tokenHow)}
      </Banner>
      <p class="my-6 font-mono wrap-anywhere" id="token" translate="no">
        {token}
      </p>
      <p class="mb-6">
        <Description c={c} />
      </p>
      <LinkButton href={pathOf(system)}>{t(words.back)}</LinkButton>
    </OfficeSheet>,
  );
}

export const postToken = (access: Access, purposes: Purposes) =>
  ofSystem(access, async (c, system) => {
    const known = await purposes();
    const form = c.get('form');
    const typed = {
      systemId: system.id,
      actions: readActions(form.all('actions')),
      purposes: form.all('purposes'),
      days: Number(form.text('days')),
      seen: Number(form.text('seen')),
    };
    const outcome = await actions.createToken(
      access,
      byOf(c),
      typed,
      known.map((p) => p.id),
    );
    if (outcome.ok) return tokenPage(c, system, outcome.value.token);
    return tokenForm({
      access,
      c,
      // With the token that came in between, which whoever presses again has then been told of.
      system: (await actions.systemOf(access, system.id)) ?? system,
      known,
      problems: problemsOf(outcome.problem),
      status: problemStatus(outcome.problem),
    });
  });

function askEnd(c: Request, system: Held, problems: readonly FieldProblem[] = [], status: Status = 200) {
  const t = speaker(c);
  const at = `/systems/${system.id}/end`;
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.end)}
      path={at}
      crumbs={crumbsOf(c, system, t(systemWords.end))}
      failed={problems.length > 0}
    >
      <Confirm
        c={c}
        action={at}
        back={pathOf(system)}
        title={t(systemWords.endAsk)}
        follows={t(systemWords.endHow)}
        button={t(systemWords.end)}
        problems={problems}
      >
        <Dl
          items={[
            [t(fieldWords.systemName), system.name],
            [t(systemWords.tokens), String(system.tokens.filter((x) => x.revokedAt === null).length)],
          ]}
        />
      </Confirm>
    </OfficeSheet>,
    status,
  );
}

export const showEndSystem = (access: Access) => ofSystem(access, (c, system) => askEnd(c, system));

export const postEndSystem = (access: Access) =>
  ofSystem(access, async (c, system) => {
    const outcome = await actions.endSystem(access, byOf(c), system.id);
    if (!outcome.ok) return askEnd(c, system, problemsOf(outcome.problem), problemStatus(outcome.problem));
    return c.redirect(pathOf(system), 303);
  });

function askRevoke(
  c: Request,
  system: Held,
  token: ApiToken,
  problems: readonly FieldProblem[] = [],
  status: Status = 200,
) {
  const t = speaker(c);
  const lang = c.get('lang');
  const at = `/systems/tokens/${token.id}/revoke`;
  return c.html(
    <OfficeSheet
      c={c}
      title={t(systemWords.revoke)}
      path={at}
      crumbs={crumbsOf(c, system, t(systemWords.revoke))}
      failed={problems.length > 0}
    >
      <Confirm
        c={c}
        action={at}
        back={pathOf(system)}
        title={t(systemWords.revokeAsk)}
        follows={t(systemWords.revokeHow)}
        button={t(systemWords.revoke)}
        problems={problems}
      >
        <Dl
          items={[
            [t(fieldWords.systemName), system.name],
            [t(systemWords.number), <span translate="no">{shortId(token)}</span>],
            [
              t(fieldWords.actions),
              listedOrNone(
                c,
                token.actions.map((a) => actionWords[a][lang]),
              ),
            ],
            [t(systemWords.lastUsed), token.lastUsedOn ? slashDay(token.lastUsedOn) : t(systemWords.never)],
          ]}
        />
      </Confirm>
    </OfficeSheet>,
    status,
  );
}

/** Runs a page of one unrevoked token; any other is not found. */
const ofToken =
  (access: Access, show: (c: Request, system: Held, token: ApiToken) => Response | Promise<Response>) =>
  async (c: Request): Promise<Response> => {
    const id = c.req.param('id') ?? '';
    const system = await actions.systemOfToken(access, id);
    const token = system?.tokens.find((x) => x.id === id);
    return system && token?.revokedAt === null ? show(c, system, token) : c.notFound();
  };

export const showRevoke = (access: Access) => ofToken(access, (c, system, token) => askRevoke(c, system, token));

export const postRevoke = (access: Access) =>
  ofToken(access, async (c, system, token) => {
    const outcome = await actions.revokeToken(access, byOf(c), token.id);
    if (!outcome.ok) return askRevoke(c, system, token, problemsOf(outcome.problem), problemStatus(outcome.problem));
    return c.redirect(pathOf(system), 303);
  });

export const systemCatalogue = (access: Access): Catalogue => ({
  title: systemWords.title,
  list: PATH,
  things: async () =>
    (await actions.listSystems(access)).map((system) => ({
      name: both(system.name, system.name),
      href: pathOf(system),
      numbers: [system.id],
    })),
});
