// The staff directory: who may enter, with which roles; inviting, changing, resetting and ending.

import type { Child } from 'hono/jsx';
import { roles, type Action, type Actor, type Role } from '../../../base/actor.ts';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import { isOfThisMachine } from '../../../platform/config.ts';
import { placeOf, problemStatus, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Checks, ErrorSummary, PostForm, problemAt } from '../../../platform/ui/form.tsx';
import { stamp } from '../../../platform/ui/format.ts';
import {
  ListBody,
  listView,
  type List,
  type ListColumn,
  type ListFilter,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { differencesOf, Overtaken, rebased } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, type Access } from '../actions/access.ts';
import { changePerson } from '../actions/person.ts';
import * as actions from '../actions/staff.ts';
import { grantProblem, letInProblem, readRoles } from '../facts/granting.ts';
import type { Charge, StaffMember } from '../tables.ts';
import {
  authorityWords,
  companyWords,
  fieldWords,
  onlyByOfficer,
  personWords,
  roleNames,
  roleWords,
  staffWords,
  stateWords,
  waysWord,
  words,
} from '../words.ts';
import { exportPage, fileOf } from './exports.tsx';
import {
  doneQuery,
  isOvertaken,
  labels as personLabels,
  PersonDone,
  PersonFields,
  personIn,
  PersonOvertaken,
  problemsAt,
  seenValues,
  shownAgain,
  type TypedPerson,
} from './person.tsx';
import { Confirm, OfficeSheet, openedBy, problemsOf, speaker, type Request } from './sheet.tsx';
import { tokenCharge } from './systems.tsx';

export const labels = { ...personLabels, roles: fieldWords.roles };
const stateLooks: Record<StaffMember['state'], ChipKind> = {
  active: 'good',
  invited: 'wait',
  unreadable: 'bad',
  ended: 'done',
};

const State = ({ lang, member }: { lang: Lang; member: StaffMember }) => (
  <Chip kind={stateLooks[member.state]}>{stateWords[member.state][lang]}</Chip>
);

const may = (access: Access, c: Request, action: Action): boolean =>
  access.policies.decide(c.get('actor'), action).allowed;

const STAFF = '/staff';
const states = ['unreadable', 'active', 'invited', 'ended'] as const satisfies readonly StaffMember['state'][];

/** No column can be searched by words: a name or an e-mail address would become part of the page's address. */
const columns: readonly ListColumn<StaffMember>[] = [
  {
    key: 'name',
    head: fieldWords.name,
    rowHead: true,
    unsearched: true,
    value: ({ name }) => name,
    cell: ({ id, name }) => <a href={`${STAFF}/${id}`}>{name}</a>,
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ state }, lang) => stateWords[state][lang],
    order: ({ state }) => states.indexOf(state),
    cell: (member, lang) => <State lang={lang} member={member} />,
  },
  { key: 'roles', head: fieldWords.roles, unsearched: true, value: ({ roles: held }, lang) => roleNames(held, lang) },
  { key: 'email', head: fieldWords.email, unsearched: true, value: ({ email }) => email },
  { key: 'since', head: words.since, nowrap: true, unsearched: true, value: ({ createdAt }) => stamp(createdAt) },
];

/** Shown only where the office has, or had, the company's sign-in. */
const ways: ListColumn<StaffMember> = {
  key: 'ways',
  head: companyWords.ways,
  unsearched: true,
  value: (member, lang) => (member.state === 'active' ? waysWord(member)[lang] : ''),
};

const filters: readonly ListFilter<StaffMember>[] = [
  {
    name: 'state',
    label: words.state,
    options: states.map((value) => ({ value, label: stateWords[value] })),
    keeps: ({ state }, value) => state === value,
  },
  {
    name: 'role',
    label: fieldWords.roles,
    options: roles.map((value) => ({ value, label: roleWords[value].name })),
    keeps: ({ roles: held }, value) => held.some((role) => role === value),
  },
];

async function viewOf(access: Access, c: Request): Promise<ListView<StaffMember>> {
  const rows = await actions.listStaff(access);
  const byCompany = access.office.config.companySignIn !== null || rows.some(({ tied }) => tied);
  const list: List<StaffMember> = {
    path: STAFF,
    title: staffWords.title,
    columns: byCompany ? [...columns, ways] : columns,
    filters,
    rows,
    order: 'state',
    noMatch: staffWords.noMatch,
    stack: 'inline',
  };
  return listView(list, c.req.url, c.get('lang'));
}

export const showStaff = (access: Access) => async (c: Request) => {
  const t = speaker(c);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(staffWords.title)}
      path={placeOf(c)}
      crumbs={[{ label: t(staffWords.title) }]}
      actions={
        may(access, c, 'staff:write') && (
          <LinkButton small icon="plus" href="/staff/new">
            {t(staffWords.invite)}
          </LinkButton>
        )
      }
    >
      <ListBody view={await viewOf(access, c)} />
    </OfficeSheet>,
  );
};

/** The files of the list. */
export const staffFiles = (access: Access): Route =>
  exportPage(access.office, { path: STAFF, may: 'staff:read' }, async (c) => fileOf(await viewOf(access, c)));

/** Check boxes for the roles that the member has and those that the user may give. */
const RoleChecks = (props: {
  access: Access;
  c: Request;
  member: { id: string | null; roles: readonly Role[] };
  values: readonly string[];
  problems: readonly FieldProblem[];
}) => {
  const { access, c, member, values, problems } = props;
  const lang = c.get('lang');
  const offered = roles.filter(
    (role) =>
      member.roles.includes(role) ||
      grantProblem(access.policies, c.get('actor'), member, [...member.roles, role]) === null,
  );
  const others = roles.filter((role) => !offered.includes(role));
  return (
    <Checks
      lang={lang}
      name="roles"
      label={labels.roles}
      need="required"
      hint={others.length > 0 ? onlyByOfficer(others, lang) : undefined}
      values={values}
      options={offered.map((role) => ({ value: role, label: roleWords[role].name, note: roleWords[role].does }))}
      error={problemAt(problems, 'roles', lang)}
    />
  );
};

const NOBODY = { id: null, roles: [] };

function inviteForm(
  access: Access,
  c: Request,
  problems: readonly FieldProblem[] = [],
  status: 200 | 403 | 404 | 409 | 422 = 200,
) {
  const t = speaker(c);
  const lang = c.get('lang');
  const typed = c.req.method === 'POST' ? c.get('form') : undefined;
  const crumbs = [{ label: t(staffWords.title), href: '/staff' }, { label: t(staffWords.invite) }];
  return c.html(
    <OfficeSheet c={c} title={t(staffWords.invite)} path="/staff/new" crumbs={crumbs} failed={problems.length > 0}>
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      {/* The answer shows the link once: Turbo stays away. */}
      <PostForm action="/staff/new" csrf={c.get('csrf')} download>
        <div class="max-w-xl">
          <PersonFields
            c={c}
            person={{ name: typed?.text('name') ?? '', email: typed?.text('email') ?? '' }}
            problems={problems}
          />
          <RoleChecks access={access} c={c} member={NOBODY} values={typed?.all('roles') ?? []} problems={problems} />
          <Button>{t(staffWords.inviteSubmit)}</Button>
        </div>
      </PostForm>
    </OfficeSheet>,
    status,
  );
}

/** The page that shows, once, a link that lets somebody in. */
function linkPage(c: Request, title: string, member: { id: string; name: string }, link: string) {
  const t = speaker(c);
  const crumbs = [
    { label: t(staffWords.title), href: '/staff' },
    { label: member.name, href: `/staff/${member.id}` },
    { label: t(staffWords.link) },
  ];
  return c.html(
    <OfficeSheet c={c} title={title} path={`/staff/${member.id}`} crumbs={crumbs}>
      <Banner kind="warn" title={t(staffWords.linkHow)} icon="warn">
        {t(words.copyNow)}
      </Banner>
      {isOfThisMachine(link) && <p class="mt-5">{t(staffWords.onlyHere)}</p>}
      <div class="my-6">
        <Dl
          items={[
            [t(fieldWords.name), member.name],
            [
              t(staffWords.link),
              <span class="font-mono wrap-anywhere" id="link" translate="no">
                {link}
              </span>,
            ],
          ]}
        />
      </div>
      <LinkButton href="/staff">{t(words.back)}</LinkButton>
    </OfficeSheet>,
  );
}

export const showInvite = (access: Access) => (c: Request) => inviteForm(access, c);

export const postInvite = (access: Access) => async (c: Request) => {
  const form = c.get('form');
  const typed = { name: form.text('name'), email: form.text('email'), roles: readRoles(form.all('roles')) };
  const outcome = await actions.inviteStaff(access, byOf(c), typed);
  if (!outcome.ok) return inviteForm(access, c, problemsOf(outcome.problem), problemStatus(outcome.problem));
  const { id, link } = outcome.value;
  return linkPage(c, speaker(c)(staffWords.invited), { id, name: typed.name }, link);
};

/** Runs a page of one member of staff; an unknown id is not found. */
const ofMember =
  (access: Access, show: (c: Request, member: StaffMember) => Response | Promise<Response>) =>
  async (c: Request): Promise<Response> => {
    const id = c.req.param('id') ?? '';
    const member = isId(id) ? await actions.readStaff(access, id) : null;
    return member ? show(c, member) : c.notFound();
  };

/** The roles form shown again after a problem. */
interface Typed {
  chosen: readonly Role[];
  /** The roles that the form showed when these were chosen. */
  seen: readonly Role[];
  problem: Problem;
}

const PersonForm = ({ c, member, sent }: { c: Request; member: StaffMember; sent: TypedPerson | undefined }) => {
  const t = speaker(c);
  const { typed, seen } = sent ?? { typed: member, seen: member };
  const invited = member.state === 'invited';
  return (
    <Panel id="name" title={t(personWords.title)}>
      {/* The answer may show a link once: Turbo stays away. */}
      <PostForm action={`/staff/${member.id}/person`} csrf={c.get('csrf')} values={seenValues(seen)} download={invited}>
        <div class="max-w-xl">
          <PersonFields
            c={c}
            person={typed}
            problems={sent ? problemsAt(sent) : []}
            hint={t(invited ? personWords.endsLink : personWords.endsSignIns)}
          />
          <Button>{t(personWords.title)}</Button>
        </div>
      </PostForm>
    </Panel>
  );
};

const Change = (props: {
  access: Access;
  c: Request;
  member: StaffMember;
  anew: boolean;
  typed: Typed | undefined;
}) => {
  const { access, c, member, anew, typed } = props;
  const t = speaker(c);
  const { chosen, seen } = typed ?? { chosen: member.roles, seen: member.roles };
  const problems = typed ? problemsOf(typed.problem) : [];
  return (
    <Panel id="roles" title={t(staffWords.roles)} more={{ href: '/authority', label: t(authorityWords.title) }}>
      {/* The answer may show a link once: Turbo stays away. */}
      <PostForm
        action={`/staff/${member.id}`}
        csrf={c.get('csrf')}
        values={{ seen: seen.join(' ') }}
        download={member.state === 'invited'}
      >
        <RoleChecks access={access} c={c} member={member} values={chosen} problems={problems} />
        {!anew && <p class="muted mb-5">{t(staffWords.anewOnlyByOfficer)}</p>}
        <Buttons>
          <Button>{t(staffWords.rolesSubmit)}</Button>
          {anew && (
            <LinkButton kind="second" href={`/staff/${member.id}/reset`}>
              {t(staffWords.reset)}
            </LinkButton>
          )}
          <LinkButton kind="stop" href={`/staff/${member.id}/end`}>
            {t(staffWords.end)}
          </LinkButton>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

/** The only act left on an entry that does not open. */
const Unreadable = ({ c, member }: { c: Request; member: StaffMember }) => (
  <Buttons>
    <LinkButton kind="stop" href={`/staff/${member.id}/end`}>
      {speaker(c)(staffWords.end)}
    </LinkButton>
  </Buttons>
);

const Person = ({ c, member }: { c: Request; member: StaffMember }) => {
  const t = speaker(c);
  return (
    <Dl
      items={[
        [t(fieldWords.name), member.name],
        ...(member.email === '' ? [] : [[t(fieldWords.email), member.email] as const]),
        [t(words.state), <State lang={c.get('lang')} member={member} />],
        [t(fieldWords.roles), roleNames(member.roles, c.get('lang'))],
        ...(member.tied ? [[t(companyWords.ways), t(waysWord(member))] as const] : []),
        [t(words.since), stamp(member.createdAt)],
        ...(member.endedAt === null ? [] : [[t(stateWords.ended), stamp(member.endedAt)] as const]),
      ]}
    />
  );
};

/** The form of the page that was sent and is shown again. */
interface Sent {
  roles?: Typed;
  person?: TypedPerson;
}

/** The acts on an entry that the user may do. */
const Changes = (props: { access: Access; c: Request; member: StaffMember; sent: Sent }) => {
  const { access, c, member, sent } = props;
  const t = speaker(c);
  const actor = c.get('actor');
  const not = grantProblem(access.policies, actor, member, member.roles);
  if (not) {
    const own = actor.kind === 'staff' && actor.id === member.id;
    return (
      <p class="muted">
        {t(not)}
        {c.get('lang') === 'ja' ? '。' : '. '}
        {own && <a href="/account">{t(personWords.own)}</a>}
      </p>
    );
  }
  if (member.state === 'unreadable') return <Unreadable c={c} member={member} />;
  const anew = letInProblem(access.policies, actor, member) === null;
  return (
    <>
      {anew && <PersonForm c={c} member={member} sent={sent.person} />}
      <Change access={access} c={c} member={member} anew={anew} typed={sent.roles} />
    </>
  );
};

const RolesOvertaken = ({ c, member, typed }: { c: Request; member: StaffMember; typed: Typed }) => {
  const lang = c.get('lang');
  return isOvertaken(typed.problem) ? (
    <Overtaken
      lang={lang}
      differences={differencesOf({ roles: [...typed.chosen] }, { roles: member.roles }, () => ({
        field: speaker(c)(fieldWords.roles),
        text: ({ roles: of }) => roleNames(of, lang),
      }))}
    />
  ) : null;
};

async function memberPage(access: Access, charges: ChargesOf, c: Request, member: StaffMember, sent: Sent = {}) {
  const t = speaker(c);
  const problem = (sent.roles ?? sent.person)?.problem;
  const problems = problem && !isOvertaken(problem) ? problemsOf(problem) : [];
  const crumbs = [{ label: t(staffWords.title), href: '/staff' }, { label: member.name }];
  const left = member.state === 'ended' ? await everyCharge(access, charges, c, member.id) : [];
  return c.html(
    <OfficeSheet c={c} title={member.name} path={`/staff/${member.id}`} crumbs={crumbs} failed={problem !== undefined}>
      {c.req.query('done') === 'roles' && (
        <div class="mb-5">
          <Banner kind="good" title={t(staffWords.rolesDone)} role="status">
            {t(staffWords.rolesDoneHow)}
          </Banner>
        </div>
      )}
      <PersonDone c={c} />
      {member.state === 'unreadable' && (
        <div class="mb-5">
          <Banner kind="bad" title={t(staffWords.unreadable)}>
            {t(staffWords.unreadableHow)}
          </Banner>
        </div>
      )}
      <ErrorSummary lang={c.get('lang')} problems={problems} labels={labels} />
      {sent.roles && <RolesOvertaken c={c} member={member} typed={sent.roles} />}
      {sent.person && <PersonOvertaken c={c} sent={sent.person} />}
      <div class="grid grid-cols-1 gap-5">
        <Panel id="person" title={t(staffWords.person)} more={openedBy(c, member)}>
          <Person c={c} member={member} />
        </Panel>
        {left.length > 0 && <Charges c={c} charges={left} />}
        {member.state !== 'ended' && may(access, c, 'staff:write') && (
          <Changes access={access} c={c} member={member} sent={sent} />
        )}
      </div>
    </OfficeSheet>,
    problem ? problemStatus(problem) : 200,
  );
}

export const showMember = (access: Access, charges: ChargesOf) =>
  ofMember(access, (c, member) => memberPage(access, charges, c, member));

/** Each role as a field of its own, so that giving one and taking another at the same time do not conflict. */
const ticked = (held: readonly Role[]): Record<Role, boolean> =>
  Object.fromEntries(roles.map((role) => [role, held.includes(role)])) as Record<Role, boolean>;

export const postRoles = (access: Access, charges: ChargesOf) =>
  ofMember(access, async (c, member) => {
    const form = c.get('form');
    const chosen = readRoles(form.all('roles'));
    const seen = readRoles(form.text('seen').split(' '));
    const outcome = await actions.changeRoles(access, byOf(c), member.id, chosen, seen);
    if (!outcome.ok) {
      const { problem } = outcome;
      if (!isOvertaken(problem)) return memberPage(access, charges, c, member, { roles: { chosen, seen, problem } });
      const now = (await actions.readStaff(access, member.id)) ?? member;
      const shown = rebased(ticked(chosen), { began: ticked(seen), newest: ticked(now.roles) });
      const both = roles.filter((role) => shown[role]);
      return memberPage(access, charges, c, now, { roles: { chosen: both, seen: now.roles, problem } });
    }
    const { link } = outcome.value;
    if (link !== null) return linkPage(c, speaker(c)(staffWords.rolesDoneAnew), member, link);
    return c.redirect(`/staff/${member.id}?done=roles`, 303);
  });

export const postPerson = (access: Access, charges: ChargesOf) =>
  ofMember(access, async (c, member) => {
    const { typed, seen } = personIn(c.get('form'));
    const outcome = await changePerson(access, byOf(c), member.id, typed, seen);
    if (!outcome.ok) {
      const now = (await actions.readStaff(access, member.id)) ?? member;
      const person = shownAgain({ typed, seen, problem: outcome.problem }, now);
      return memberPage(access, charges, c, now, { person });
    }
    const { changed, link } = outcome.value;
    const named = { id: member.id, name: typed.name.trim() };
    if (link !== null) return linkPage(c, speaker(c)(personWords.doneAnew), named, link);
    return c.redirect(`/staff/${member.id}${doneQuery(changed)}`, 303);
  });

/** How many things of a kind are listed on the page; the rest are counted. */
const THINGS_SHOWN = 5;

const ChargeList = ({ c, charge: { things, href } }: { c: Request; charge: Charge }) => {
  const lang = c.get('lang');
  const link = (to: string, text: string) => (c.get('mayOpen')(to) ? <a href={to}>{text}</a> : text);
  const more = things.length - THINGS_SHOWN;
  return (
    <ul class="my-2">
      {things.slice(0, THINGS_SHOWN).map((thing) => (
        <li>{link(thing.href, thing.name[lang])}</li>
      ))}
      {more > 0 && <li>{link(href, lang === 'ja' ? `ほか${more}件` : `${more} more`)}</li>}
    </ul>
  );
};

/** What a member of staff who leaves has in hand; each kind with what becomes of it. */
const Charges = ({ c, charges }: { c: Request; charges: readonly Charge[] }) => {
  const t = speaker(c);
  const lang = c.get('lang');
  return (
    <Panel id="charges" title={t(staffWords.charges)}>
      {charges.length === 0 ? (
        <p>{t(staffWords.noCharges)}</p>
      ) : (
        <Dl
          asked
          items={charges.map((charge) => [
            `${t(charge.label)}${lang === 'ja' ? `（${charge.things.length}件）` : ` (${charge.things.length})`}`,
            <>
              {t(charge.follows)}
              <ChargeList c={c} charge={charge} />
            </>,
          ])}
        />
      )}
    </Panel>
  );
};

/** Returns what other features have in the hands of a member of staff, as far as this actor may know. */
export type ChargesOf = (staff: string, actor: Actor) => Promise<readonly Charge[]>;

async function everyCharge(access: Access, charges: ChargesOf, c: Request, staff: string): Promise<Charge[]> {
  const all = [...(await charges(staff, c.get('actor'))), await tokenCharge(access, staff)];
  return all.filter(({ things }) => things.length > 0);
}

type Asking = 'end' | 'reset';

interface Asked {
  asking: Asking;
  beside?: Child;
  /** Hidden fields. */
  values?: Record<string, string>;
  problem: Problem | undefined;
}

const askWords = {
  end: { title: staffWords.end, ask: staffWords.endAsk, how: staffWords.endHow },
  reset: { title: staffWords.reset, ask: staffWords.resetAsk, how: staffWords.resetHow },
};

function askPage(c: Request, member: StaffMember, { asking, beside, values, problem }: Asked) {
  const t = speaker(c);
  const says = askWords[asking];
  const problems = problem ? problemsOf(problem) : [];
  const crumbs = [
    { label: t(staffWords.title), href: '/staff' },
    { label: member.name, href: `/staff/${member.id}` },
    { label: t(says.title) },
  ];
  return c.html(
    <OfficeSheet
      c={c}
      title={t(says.title)}
      path={`/staff/${member.id}/${asking}`}
      crumbs={crumbs}
      failed={problems.length > 0}
    >
      <Confirm
        c={c}
        action={`/staff/${member.id}/${asking}`}
        back={`/staff/${member.id}`}
        title={t(says.ask)}
        follows={t(says.how)}
        button={t(says.title)}
        problems={problems}
        once={asking === 'reset'}
        {...(values ? { values } : {})}
      >
        <Person c={c} member={member} />
        {beside}
      </Confirm>
    </OfficeSheet>,
    problem ? problemStatus(problem) : 200,
  );
}

async function askEndPage(access: Access, charges: ChargesOf, c: Request, member: StaffMember, problem?: Problem) {
  const theirs = (
    <div class="mt-6">
      <Charges c={c} charges={await everyCharge(access, charges, c, member.id)} />
    </div>
  );
  return askPage(c, member, { asking: 'end', beside: theirs, problem });
}

export const askEnd = (access: Access, charges: ChargesOf) =>
  ofMember(access, (c, member) => askEndPage(access, charges, c, member));

async function askResetPage(access: Access, c: Request, member: StaffMember, problem?: Problem) {
  const seen = String(await actions.linksGiven(access, member.id));
  return askPage(c, member, { asking: 'reset', values: { seen }, problem });
}

export const askReset = (access: Access) => ofMember(access, (c, member) => askResetPage(access, c, member));

export const postEndStaff = (access: Access, charges: ChargesOf) =>
  ofMember(access, async (c, member) => {
    const outcome = await actions.endStaff(access, byOf(c), member.id);
    if (!outcome.ok) return askEndPage(access, charges, c, member, outcome.problem);
    return c.redirect(`/staff/${member.id}`, 303);
  });

export const postResetStaff = (access: Access) =>
  ofMember(access, async (c, member) => {
    const seen = Number(c.get('form').text('seen'));
    const outcome = await actions.resetStaff(access, byOf(c), member.id, seen);
    if (!outcome.ok) return askResetPage(access, c, member, outcome.problem);
    return linkPage(c, speaker(c)(staffWords.resetDone), member, outcome.value.link);
  });
