// The list of features. Read this first: what the office does, assembled. Nothing else knows them all.

import type { RequestListener } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Action, Actor } from './base/actor.ts';
import { both, type Bilingual, type Lang } from './base/bilingual.ts';
import { dayOf } from './base/day.ts';
import {
  accessProvers,
  accessRoutes,
  authorityWords,
  createGate,
  createOfficerLink,
  createSetupLink,
  keepPolicies,
  letInAsLogged,
  listStaff,
  loadAccessPolicies,
  narrowTokens,
  officerLinks,
  openAccess,
  roleNames,
  staffNames,
  systemCatalogue,
  type Access,
  type AccessGate,
  type Charge,
  type LinkGround,
  type Room,
} from './features/access/index.ts';
import {
  acquisitionApi,
  acquisitionCatalogue,
  acquisitionPages,
  acquisitionProvers,
} from './features/acquisition/index.ts';
import { auditProvers, auditRoutes, entryCatalogue, recentAnswers } from './features/audit/index.ts';
import { beyondCatalogue, beyondProvers, beyondRoutes } from './features/beyond/index.ts';
import {
  checkpointApi,
  keyWaitingCalls,
  checkpointProvers,
  openCheckpoint,
  type StandingFacts,
  type StandingPolicy,
} from './features/checkpoint/index.ts';
import {
  consentCatalogue,
  consentProvers,
  consentRoutes,
  consentsNaming,
  consentTextCatalogue,
  endConsentsAgain,
  keyWaitingImports,
  objectionsTo,
  sealWaitingRemarks,
  useRegister,
} from './features/consent/index.ts';
import {
  consultationCatalogue,
  consultationProvers,
  consultationRoutes,
  questionCatalogue,
} from './features/consultation/index.ts';
import { datePages, keepTime } from './features/date/index.ts';
import {
  besideDesk,
  deskPages,
  deskProvers,
  deskRoutes,
  keepErasingPapers,
  keepTellingClocks,
  letterTextCatalogue,
  loadTexts,
  openCases,
  requestCatalogue,
  requestKindWords,
  requestNumber,
  sealWaitingWords,
  standingStops,
} from './features/desk/index.ts';
import { homeRoutes } from './features/home/index.ts';
import { jointUseCatalogue, jointUseProvers, jointUseRoutes } from './features/joint-use/index.ts';
import { keepKeys, keyPages, keyWords } from './features/keys/index.ts';
import {
  changesOutdated,
  changesSpeakingOf,
  holdings,
  ledgerCatalogue,
  ledgerProvers,
  ledgerRoutes,
} from './features/ledger/index.ts';
import {
  eraseThoseBack,
  keepClearing,
  linkAsLogged,
  peopleProvers,
  peopleRoutes,
  takeOutThoseBack,
} from './features/people/index.ts';
import {
  clauseCatalogue,
  keepEvaluating,
  loadFirstPolicy,
  policyInForce,
  policyProvers,
  policyRoutes,
  versionCatalogue,
  type Policy,
  type PolicyPeople,
  type RestingOn,
} from './features/policy/index.ts';
import {
  keepProviding,
  openPackagesBy,
  packageCatalogue,
  provisionCatalogue,
  provisionProvers,
  provisionRoutes,
  sealWaitingReferences,
} from './features/provision/index.ts';
import {
  commissionPage,
  countryCatalogue,
  listRecipients,
  recipientCatalogue,
  recipientProvers,
  recipientRoutes,
} from './features/recipients/index.ts';
import {
  keepExpiringRelated,
  relatedCatalogues,
  relatedProvers,
  relatedRoutes,
  sealWaitingDocuments,
  unlinkAgain,
} from './features/related/index.ts';
import { searchPages, type Catalogue } from './features/search/index.ts';
import { transmissionCatalogue, transmissionProvers, transmissionRoutes } from './features/transmission/index.ts';
import { LAW_VERSION } from './law/index.ts';
import {
  append,
  Disagreement,
  lastCheck,
  lastCheckpoint,
  listEntries,
  logEntry,
  RESTORED,
  startLog,
  waitingSince,
} from './log/index.ts';
import { lossesIn, sharedReading, type Office, type Prover } from './office.ts';
import type { Queryable } from './platform/database/index.ts';
import {
  assetRoutes,
  listener,
  mountRoutes,
  openApiDocument,
  plain,
  type Env,
  type Frame,
  type Kept,
  type MountOptions,
  type Route,
} from './platform/http/index.ts';
import { keepMailing } from './platform/mail.ts';
import { clockTime, slashDay, stamp } from './platform/ui/format.ts';
import { OfficePage, SignInPage } from './platform/ui/frame.tsx';
import { SendAgain } from './platform/ui/send-again.tsx';

export interface App extends Assembly {
  /** One-time link to create the first privacy officer; null when there is one. */
  setupLink(): Promise<string | null>;
}

export interface AppOptions {
  /** The project's folder: policies and built assets. */
  root: string;
  /** Hears one line of ids and codes for each thing the operator should know. */
  report(line: string): void;
}

/** The clause that makes a promise, as the law's facts name it. */
const clauseOfPromise = (policy: Policy, promise: string): string | undefined => {
  const clause = policy.clauses.find((one) => one.promises.includes(promise));
  return clause && String(clause.no);
};

/** What the policy lays down for requests, and the promises of supervision and of My Numbers, by the clauses that state them. */
function promisesOf(policy: Policy): Pick<StandingPolicy, 'requests' | 'supervision' | 'numbers'> {
  const { desk, fee } = policy.operator;
  const by = (fact: string, promise: string): Record<string, string> => {
    const clause = clauseOfPromise(policy, promise);
    return clause ? { [fact]: clause } : {};
  };
  return {
    requests: {
      ...(desk.electronic ? {} : by('writtenOnlyBy', 'request-arrival-recorded')),
      ...(desk.visits ? {} : by('noVisitsBy', 'written-route-offered')),
      ...by('feeBy', 'fee-only-for-disclosure'),
      feeYen: fee.amount_yen,
      ...by('onlyForRequestBy', 'request-papers-limited'),
    },
    supervision: {
      ...by('measuresPromisedBy', 'confidentiality-signed'),
      ...by('improvementPromisedBy', 'improvement-requested'),
      ...by('changePromisedBy', 'contractor-escalated'),
    },
    numbers: {
      ...by('affairsClosedBy', 'my-number-purposes-closed'),
      ...by('numberIndicationPromisedBy', 'my-number-purpose-indicated'),
    },
  };
}

/** Policy and ledger as the checkpoint is asked against them. */
async function standingFacts(office: Office, on: Queryable): Promise<StandingFacts> {
  const inForce = await policyInForce(office, office.clock.today(), on);
  const suspensions = await standingStops(on);
  if (!inForce) return { policy: null, holdings: await holdings(office, on), suspensions };
  const { policy, version } = inForce;
  const indicationPromisedBy = clauseOfPromise(policy, 'purpose-indicated-first');
  const securityPurposeBy = clauseOfPromise(policy, 'security-records-for-security');
  const provisionApprovedBy = clauseOfPromise(policy, 'provision-approved');
  const optOutClosedBy = policy.operator.provision_bases.includes('27(2)')
    ? undefined
    : clauseOfPromise(policy, 'no-opt-out');
  return {
    policy: {
      version,
      purposes: policy.purposes.map(({ id, clause, label }) => ({ id, clause: String(clause), says: label })),
      channels: policy.operator.acquisition_channels.map(({ id, written }) => ({ id, written })),
      ...(indicationPromisedBy ? { indicationPromisedBy } : {}),
      ...(optOutClosedBy ? { optOutClosedBy } : {}),
      ...(securityPurposeBy ? { securityPurposeBy } : {}),
      ...(provisionApprovedBy ? { provisionApprovedBy } : {}),
      itemLimits: (policy.operator.item_limits ?? []).map((one) => ({ ...one, clause: String(one.clause) })),
      ...promisesOf(policy),
    },
    holdings: await holdings(office, on),
    suspensions,
  };
}

/** What rests on the words of purposes: changes of purpose, consents and objections. */
const restingOn: RestingOn = async (on, { policy, purposes }) => ({
  changes: await changesSpeakingOf(on, { policy, purposes }),
  consents: await consentsNaming(on, purposes),
  objections: await objectionsTo(on, purposes),
});

interface Way {
  href: string;
  label: Bilingual;
}

/** Who may do what: also for who is refused, and may see it. */
const AUTHORITY: Way = { href: '/authority', label: authorityWords.title };

interface Place {
  href: string;
  label: Bilingual;
  may: Action;
  /** Where those go who may not go there, but may do this. */
  or?: { href: string; may: Action };
  /** How much is open there, and whether some of it is overdue. */
  open?: (office: Office) => Promise<{ count: number; bad: boolean }>;
}

/** Those who look at once share the answer. */
const openAtDesk = sharedReading(async (office) => {
  const requests = await openCases({ office });
  const today = office.clock.today();
  return { count: requests.length, bad: requests.some(({ due_on: due }) => due !== null && due < today) };
});

const nav: { title?: Bilingual; links: Place[] }[] = [
  {
    links: [
      { href: '/', label: both('ホーム', 'Home'), may: 'home:read' },
      { href: '/ask', label: both('関所に聞く', 'Ask the checkpoint'), may: 'checkpoint:ask' },
      { href: '/living-policy', label: both('生きた方針', 'Living policy'), may: 'policy:read' },
    ],
  },
  {
    title: both('仕事', 'Work'),
    links: [
      { href: '/ledger', label: both('台帳', 'Ledger'), may: 'ledger:read' },
      { href: '/desk', label: both('窓口', 'Desk'), may: 'requests:read', open: openAtDesk },
      { href: '/people', label: both('本人', 'People'), may: 'people:search' },
      {
        href: '/acquisitions',
        label: both('取得', 'Acquisitions'),
        may: 'records:read',
        or: { href: '/acquisitions/new', may: 'people:acquire' },
      },
      { href: '/provisions', label: both('提供の記録', 'Provisions'), may: 'records:read' },
      { href: '/packages', label: both('提供ファイル', 'Packages'), may: 'packages:read' },
      {
        href: '/consents',
        label: both('同意', 'Consents'),
        may: 'records:read',
        or: { href: '/consents/new', may: 'consents:write' },
      },
      { href: '/related', label: both('個人関連情報', 'Related information'), may: 'ledger:read' },
      { href: '/recipients', label: both('提供先', 'Recipients'), may: 'ledger:read' },
      { href: '/joint-uses', label: both('共同利用', 'Joint uses'), may: 'ledger:read' },
      { href: '/countries', label: both('外国の制度', 'Foreign systems'), may: 'ledger:read' },
      { href: '/transmissions', label: both('外部送信', 'Transmissions'), may: 'ledger:read' },
      { href: '/judgements', label: both('管理者の判断', 'Judgements'), may: 'records:read' },
    ],
  },
  {
    title: both('体制', 'Organisation'),
    links: [
      { href: '/staff', label: both('従業者', 'Staff'), may: 'staff:read' },
      { href: '/systems', label: both('システム', 'Systems'), may: 'staff:read' },
      { ...AUTHORITY, may: 'staff:read' },
      { href: '/log', label: both('記録の検証', 'Log'), may: 'log:read' },
      { href: '/keys', label: keyWords.title, may: 'keys:read' },
    ],
  },
];

/** Where a place leads this actor; null where they may not go at all. */
function placeFor(gate: AccessGate, actor: Actor, { href, may, or }: Place): string | null {
  if (gate.authorise(actor, may).allowed) return href;
  return or && gate.authorise(actor, or.may).allowed ? or.href : null;
}

const linkTo = async (office: Office, { label, open }: Place, href: string, lang: Lang) => ({
  href,
  label: label[lang],
  ...(open ? await open(office) : {}),
});

/** What surrounds every page: only the places this person may go to, and under which versions the office works. */
async function frameOf(office: Office, gate: AccessGate, c: Context<Env>): Promise<Omit<Frame, 'may' | 'typed'>> {
  const lang = c.get('lang');
  const actor = c.get('actor');
  const inForce = await policyInForce(office, office.clock.today());
  const company = inForce?.policy.operator.short_name[lang] ?? '';
  const staff = actor.kind === 'staff';
  const groups = await Promise.all(
    nav.map(async ({ title, links }) => ({
      ...(title ? { title: title[lang] } : {}),
      links: await Promise.all(
        links.flatMap((place) => {
          const href = placeFor(gate, actor, place);
          return href === null ? [] : [linkTo(office, place, href, lang)];
        }),
      ),
    })),
  );
  return {
    lang,
    company,
    ...(staff ? { user: { name: actor.name, role: roleNames(actor.roles, lang), links: [accountLink(lang)] } } : {}),
    nav: { groups: groups.filter(({ links }) => links.length > 0) },
    footer: staff ? [...(await footerOf(office, lang, inForce?.version)), printedBy(office, actor.name)] : [],
    csrf: c.get('csrf'),
  };
}

const accountLink = (lang: Lang) => ({ label: both('アカウント', 'Account')[lang], href: '/account' });

/** As of when a sheet of paper is, and who printed it. */
const printedBy = ({ clock }: Office, name: string) => ({ label: `${stamp(clock.now())}　${name}`, paper: true });

async function footerOf(office: Office, lang: Lang, version: number | undefined): Promise<Frame['footer']> {
  const last = await lastCheck(office.database);
  const verified = last
    ? both(
        `記録の検証 ${clockTime(last.at.getTime())} ${last.check.ok ? '一致' : '不一致'}`,
        `Log checked ${clockTime(last.at.getTime())}: ${last.check.ok ? 'intact' : 'does not agree'}`,
      )
    : both('記録の検証 まだ', 'Log not checked yet');
  return [
    {
      label:
        version === undefined
          ? both('施行中の方針なし', 'No policy in force')[lang]
          : both(`方針 第${version}版`, `Policy version ${version}`)[lang],
    },
    { label: both(`法令データ ${LAW_VERSION}`, `Law data ${LAW_VERSION}`)[lang] },
    { label: verified[lang] },
    { label: both('公表している方針', 'Published policy')[lang], href: '/policy' },
  ];
}

const homeWords = both('ホームへ', 'To the home page');
const formWords = both('前の画面に戻る', 'Go back');
const againWords = both('もう一度開く', 'Open it again');

/** Where somebody goes on who is not signed in: most who come upon such a page are from outside. The last is for who has to sign in. */
const waysIn: readonly Way[] = [
  { href: '/requests', label: both('開示などの請求', 'Requests about your information') },
  { href: '/policy', label: both('個人情報保護方針', 'Personal Information Protection Policy') },
  { href: '/sign-in', label: both('従業者のサインイン', 'Sign-in for staff') },
];

/** The path of an address, not decoded and with one slash at its start: otherwise a link to it could lead to another host. */
const placeOf = ({ pathname }: URL): string => pathname.replace(/^\/+/, '/');

/** What to do, where a refusal itself says only that it is one. */
const todo: Readonly<Record<number, Bilingual>> = {
  403: both(
    '仕事に必要なときは、個人情報保護管理者に、役割を加えてもらってください。',
    'If your work needs it, ask a privacy officer for the role.',
  ),
  404: both('アドレスを確かめるか、次のリンクから探してください。', 'Check the address, or go on from below.'),
};

/** The page that a form was sent from. A browser shows its refusal in the place of that page, so that its way back leads past it. */
function formPage(c: Context<Env>): string | undefined {
  const from = c.req.header('referer') ?? '';
  if (c.req.method !== 'POST' || !URL.canParse(from)) return undefined;
  const url = new URL(from);
  return url.host === new URL(c.req.url).host ? placeOf(url) + url.search : undefined;
}

/** Ways on from a page that leads nowhere. */
const waysOn = (lang: Lang, ways: readonly Way[]) => (
  <ul class="grid gap-1">
    {ways.map(({ href, label }) => (
      <li>
        <a href={href} class="inline-block py-2.5">
          {label[lang]}
        </a>
      </li>
    ))}
  </ul>
);

/** A page that only says why there is no other page and what to do, and gives back what was typed. Its title is the first sentence. */
function refusalPage(c: Context<Env>, status: number, says: Bilingual, kept?: Kept): Response | Promise<Response> {
  const lang = c.get('lang');
  const frame = c.get('frame');
  const [, title = '', more] = /^(.*?)(?:。|\. |\.?$)(.*)$/s.exec(says[lang])!;
  const how = more || (kept ? '' : (todo[status]?.[lang] ?? ''));
  const next = how && <p class="mb-5">{how}</p>;
  const form = formPage(c);
  const path = placeOf(new URL(c.req.url));
  const again =
    status >= 500 && c.req.method === 'GET' ? [{ href: path + new URL(c.req.url).search, label: againWords }] : [];
  const back = form ? [{ href: form, label: formWords }] : again;
  const who = status === 403 && !more && c.get('mayOpen')(AUTHORITY.href) ? [AUTHORITY] : [];
  const body =
    c.get('actor')?.kind === 'staff' && frame ? (
      <OfficePage {...frame} title={title} path={path} failed={kept?.unseen !== undefined}>
        {next}
        {kept ? <SendAgain lang={lang} {...kept} /> : waysOn(lang, [...back, ...who, { href: '/', label: homeWords }])}
      </OfficePage>
    ) : (
      <SignInPage lang={lang} title={title} company={frame?.company ?? ''} path={path} typed={c.req.method === 'POST'}>
        {next}
        {kept ? (
          <SendAgain lang={lang} {...kept} />
        ) : (
          waysOn(lang, status === 401 ? waysIn.slice(-1) : [...back, ...waysIn])
        )}
      </SignInPage>
    );
  return c.html(body, status as 404);
}

/** Whether the database answers. Probes that come while one waits share its question, so that they never take its connections. */
const databaseAnswers = sharedReading(({ database }) =>
  database.query('SELECT 1', []).then(
    () => true,
    () => false,
  ),
);

const READY_WITHIN_MS = 2_000;

/** As Prometheus reads it. Everybody may: none says more than the public log does. */
type Figure = readonly [name: string, type: 'gauge' | 'counter', value: number];

function processFigures(office: Office): Figure[] {
  const cpu = process.cpuUsage();
  return [
    ['sekisho_up_seconds', 'gauge', Math.round((performance.now() - office.opened) / 1000)],
    ['process_resident_memory_bytes', 'gauge', process.memoryUsage.rss()],
    ['process_cpu_seconds_total', 'counter', (cpu.user + cpu.system) / 1e6],
  ];
}

/** How far the log has come, how long an entry waits to be taken in, and what its last check found, how long ago. */
const logFigures = sharedReading(async ({ database, clock }): Promise<Figure[]> => {
  const [head, waiting, last] = [
    await lastCheckpoint(database),
    await waitingSince(database),
    await lastCheck(database),
  ];
  const since = (at: Date): number => Math.max(0, Math.round((clock.now() - at.getTime()) / 1000));
  return [
    ['sekisho_log_entries', 'gauge', head?.size ?? 0],
    ['sekisho_log_waiting_seconds', 'gauge', waiting ? since(waiting) : 0],
    ...(last
      ? ([
          ['sekisho_log_intact', 'gauge', last.check.ok ? 1 : 0],
          ['sekisho_log_checked_seconds', 'gauge', since(last.at)],
        ] as const)
      : []),
  ];
});

const operations = (office: Office): Route[] => [
  plain('/healthz', 'public', (c) => c.text('ok')),
  plain('/readyz', 'public', async (c) => {
    const late = sleep(READY_WITHIN_MS, false, { ref: false });
    return (await Promise.race([databaseAnswers(office), late])) ? c.text('ready') : c.text('not ready', 503);
  }),
  plain('/metrics', 'public', async (c) => {
    const late = sleep(READY_WITHIN_MS, null, { ref: false });
    const log = await Promise.race([logFigures(office).catch(() => null), late]);
    const figures = [...processFigures(office), ['sekisho_database_up', 'gauge', log ? 1 : 0] as const, ...(log ?? [])];
    const text = figures.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('');
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  }),
];

/** What other programs may ask, drawn up when somebody first reads it: that takes as long as opening most of the office. */
function description(routes: readonly Route[], publicUrl: string): Route {
  let drawn: object | undefined;
  return plain('/openapi.json', 'public', (c) => c.json((drawn ??= openApiDocument(routes, publicUrl))));
}

/** Every feature opened on an office. Nothing runs by itself yet. */
export interface Assembly extends Room {
  routes: readonly Route[];
  provers: readonly Prover[];
  fetch(request: Request): Response | Promise<Response>;
  /** For Node's own server. */
  listener(): RequestListener;
  close(): Promise<void>;
}

/** Seals and keys what earlier versions kept in clear. Nobody is served before. */
async function sealWhatWaits(office: Office): Promise<void> {
  await sealWaitingRemarks(office);
  await sealWaitingDocuments(office);
  await sealWaitingReferences(office);
  await sealWaitingWords(office);
  await keyWaitingImports(office);
  await keyWaitingCalls(office);
}

/** What the pages of the policy show of other rooms. */
const besidePolicy = (office: Office, access: Access): PolicyPeople => ({
  officers: async () => (await officersOf(access)).length,
  nameOf: async (id) => (await staffNames(access)).get(id) ?? null,
  resting: restingOn,
  outdatedBy: (version) => changesOutdated(office.database, version),
});

/** What is in the hands of a member of staff: the holdings they manage, what they have at the desk, and the packages they made. */
async function chargesOf(office: Office, staff: string): Promise<Charge[]> {
  const managed = (await holdings(office)).filter(({ state, manager }) => state === 'active' && manager === staff);
  const requests = (await openCases({ office })).filter((one) => one.assigned_to === staff);
  const packages = await openPackagesBy(office.database, `staff:${staff}`);
  const recipients = new Map((await listRecipients(office)).map(({ id, name }) => [id, name]));
  return [
    {
      label: both('管理する台帳', 'Holdings they manage'),
      follows: both(
        '台帳を書ける人が、在籍している人を新しい管理者に選んでください。選ぶまで、管理者を置くという方針の約束は守れていません。',
        'Somebody who writes the ledger must choose a current member of staff as the new manager. Until then the promise that every holding has a manager is broken.',
      ),
      href: `/ledger?manager=${staff}`,
      things: managed.map(({ id, name }) => ({ name, href: `/ledger/${id}` })),
    },
    {
      label: both('担当する窓口の案件', 'Requests assigned to them'),
      follows: both(
        '窓口の人が、担当をほかの人に替えてください。替えるまで、期限の知らせは窓口の全員に届きます。',
        'Somebody at the desk must assign them to somebody else. Until then everybody at the desk gets the reminders.',
      ),
      href: `/desk?who=${staff}`,
      things: requests.map((one) => ({
        name: both(
          `${requestNumber(one)} ${requestKindWords[one.kind].name.ja}`,
          `${requestNumber(one)} ${requestKindWords[one.kind].name.en}`,
        ),
        href: `/desk/${one.id}`,
      })),
    },
    {
      label: both('作った提供ファイル', 'Packages they made'),
      follows: both(
        '提供をする人が、進めるか取りやめるかを決めてください。',
        'Somebody who provides information must take them further or cancel them.',
      ),
      href: '/packages',
      things: packages.map(({ id, recipient_id: to, made_at }) => ({
        name: both(
          `${recipients.get(to) ?? ''}への提供ファイル（${slashDay(dayOf(made_at.getTime()))}）`,
          `${recipients.get(to) ?? ''} (${slashDay(dayOf(made_at.getTime()))})`,
        ),
        href: `/packages/${id}`,
      })),
    },
  ];
}

/**
 * A backup that was brought back knows nothing of what came after it; the log does, once it is brought forward. Before anybody is let in, what it says
 * was ended ends again: persons that were erased and items that were taken out, withdrawals and objections, links of identifiers, and who was let in; which ids
 * are one person is as it says.
 */
async function endAgain(office: Office): Promise<void> {
  const { database, clock } = office;
  const done = 'log:ended-again';
  const [last] = await listEntries(database, { actions: [RESTORED, done], most: 1 });
  if (last?.entry.action !== RESTORED) return;
  const now = clock.now();
  const loss = (await lossesIn(office)).find(({ id }) => id === last.entry.id);
  await database.transaction(async (tx) => {
    const counts = {
      erased: await eraseThoseBack(tx, now),
      items_out: loss ? await takeOutThoseBack(office, tx, loss, now) : 0,
      linked: loss ? await linkAsLogged(tx, loss) : 0,
      unlinked: await unlinkAgain(tx),
      withdrawals: await endConsentsAgain(tx),
      let_in: await letInAsLogged(tx, now),
    };
    await append(tx, logEntry(now, { kind: 'sekisho' }, done, counts));
  });
}

const loadRules = (root: string) => loadAccessPolicies(path.join(root, 'policies', 'access.cedar'));

/** A one-time link for a new privacy officer beside those there are, without opening the office; null when there are none. */
export const officerLink = async (office: Office, root: string, ground: LinkGround): Promise<string | null> =>
  createOfficerLink(await openAccess(office, await loadRules(root)), ground);

/** Opens the directory of the staff, and has on record by which access policies. Nobody is let in before it is as it has to be. */
async function enter(office: Office, root: string): Promise<Access> {
  const access = await openAccess(office, await loadRules(root));
  await endAgain(office);
  await keepPolicies(access);
  await narrowTokens(access);
  return access;
}

/** What shows of each promise whether it is kept. */
const proversOf = (room: Room): Prover[] => [
  ...policyProvers,
  ...ledgerProvers(room),
  ...acquisitionProvers,
  ...checkpointProvers,
  ...accessProvers(room),
  ...peopleProvers,
  ...beyondProvers,
  ...consentProvers,
  ...consultationProvers,
  ...recipientProvers,
  ...jointUseProvers,
  ...relatedProvers,
  ...transmissionProvers,
  ...provisionProvers,
  ...deskProvers,
  ...auditProvers(room),
];

/** The places of the side path, and the lists that do not stand there. */
const placeCatalogue = (catalogues: readonly Catalogue[]): Catalogue => {
  const places = nav.flatMap(({ links }) => links.map(({ href, label, or }) => ({ href, name: label, or: or?.href })));
  const lists = catalogues.flatMap(({ list, title }) => (list === undefined ? [] : [{ href: list, name: title }]));
  return {
    title: both('画面', 'Pages'),
    things: () => [...places, ...lists.filter(({ href }) => !places.some((one) => one.href === href))],
  };
};

/** What can be found by its name, its number or its id, and where each feature says what it has. */
function cataloguesOf(room: Room): Catalogue[] {
  const { office, access } = room;
  const catalogues = [
    requestCatalogue(room),
    ledgerCatalogue(office),
    recipientCatalogue(office),
    jointUseCatalogue(office),
    packageCatalogue(office),
    provisionCatalogue(office),
    consentTextCatalogue(room),
    consentCatalogue(room),
    acquisitionCatalogue(office),
    beyondCatalogue(office),
    ...relatedCatalogues(office),
    transmissionCatalogue(office),
    countryCatalogue,
    clauseCatalogue(office),
    versionCatalogue(office),
    questionCatalogue,
    consultationCatalogue(office),
    letterTextCatalogue,
    systemCatalogue(access),
    entryCatalogue(room),
  ];
  return [placeCatalogue(catalogues), ...catalogues];
}

export async function assemble(office: Office, { root, report }: AppOptions): Promise<Assembly> {
  const access = await enter(office, root);
  const gate = await createGate(access);
  await loadFirstPolicy(office, path.join(root, 'policies', 'example'));
  await sealWhatWaits(office);
  const close = await openCheckpoint(office, (on) => standingFacts(office, on), useRegister);
  const room: Room = { office, access };
  await loadTexts(office, path.join(root, 'policies', 'example'));
  const purposes = async () =>
    (await policyInForce(office, office.clock.today()))?.policy.purposes.map(({ id, label }) => ({
      id,
      name: label,
    })) ?? [];
  const routes: Route[] = [
    ...assetRoutes(path.join(root, 'dist', 'assets'), ['notice.js', 'notice.mjs']),
    ...operations(office),
    ...accessRoutes(access, purposes, (staff) => chargesOf(office, staff)),
    ...homeRoutes(office, {
      recentDecisions: async (actor, lang, most) =>
        gate.authorise(actor, 'log:read').allowed ? recentAnswers(office, lang, most) : null,
      staff: async () => (await listStaff(access)).filter((one) => one.state !== 'ended'),
      officerLinks: () => officerLinks(access),
    }),
    ...policyRoutes(office, besidePolicy(office, access), commissionPage),
    ...ledgerRoutes(room),
    ...peopleRoutes(room),
    ...beyondRoutes(room),
    ...acquisitionApi(office),
    ...acquisitionPages(room),
    ...checkpointApi(office, (by, ask) => besideDesk(room, by, ask)),
    ...consultationRoutes(room),
    ...consentRoutes(room),
    ...recipientRoutes(room),
    ...jointUseRoutes(office),
    ...relatedRoutes(office),
    ...transmissionRoutes(room),
    ...provisionRoutes(room),
    ...deskRoutes(room),
    ...deskPages(room),
    ...auditRoutes(room),
    ...datePages(room),
    ...keyPages(office),
    ...searchPages(cataloguesOf(room)),
  ];
  routes.push(description(routes, office.config.publicUrl));
  const options: MountOptions = {
    gate,
    publicUrl: office.config.publicUrl,
    frame: (c) => frameOf(office, gate, c),
    refusalPage,
    report,
  };
  const app = mountRoutes(routes, options);
  return {
    ...room,
    routes,
    provers: proversOf(room),
    fetch: app.fetch,
    listener: () => listener(app, routes, options),
    close,
  };
}

/** The privacy officers who work here now. */
const officersOf = async (access: Access, on?: Queryable) =>
  (await listStaff(access, on)).filter(({ roles, state }) => roles.includes('officer') && state === 'active');

/** Assembles the office and starts what runs by itself, each a round of its own: the log, the promises, packages, deadlines, letters. */
export async function openApp(office: Office, options: AppOptions): Promise<App> {
  const { report } = options;
  const assembly = await assemble(office, options);
  const { database, signer, clock } = office;
  database.watch((why) => report(why === null ? 'database back' : `database away: ${why}`));
  office.mail.watch((why) => report(why === null ? 'mail goes out again' : `mail does not go out: ${why}`));
  const log = startLog({
    database,
    signer,
    clock,
    report: (problem) =>
      report(
        problem instanceof Disagreement
          ? `log: ${problem.message}. Nothing is signed; see docs/backup.md`
          : problem instanceof Error
            ? `log: ${problem.name}`
            : `log does not agree: ${JSON.stringify(problem)}`,
      ),
  });
  const officers = (on?: Queryable) => officersOf(assembly.access, on);
  const rounds = [
    log,
    keepTime(office, report, officers),
    keepEvaluating(office, assembly.provers, report, officers),
    keepProviding(office, report),
    keepExpiringRelated(office, report),
    keepErasingPapers(office, report),
    keepKeys(office, report),
    keepClearing(office, report),
    keepTellingClocks(assembly, report),
    keepMailing(office.mail, report),
  ];
  return {
    ...assembly,
    setupLink: () => createSetupLink(assembly.access),
    close: async () => {
      // What writes entries ends before the log does.
      for (const one of rounds.toReversed()) await one.stop();
      await assembly.close();
    },
  };
}
