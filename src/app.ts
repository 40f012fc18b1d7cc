// Assembles all features; nothing else knows them all. Read this first: it is the list of what the office does.

import type { RequestListener } from 'node:http';
import path from 'node:path';
import { chargesOf } from './app/charges.ts';
import { endAgain, sealWhatWaits } from './app/earlier.ts';
import { frameOf, nav } from './app/frame.ts';
import { operations } from './app/operations.ts';
import { keepLookingAtOthers } from './app/others.ts';
import { refusalPage } from './app/refusal.tsx';
import { recordsKept } from './app/records.ts';
import { standingFacts } from './app/standing.ts';
import { both, type Bilingual } from './base/bilingual.ts';
import {
  accessProvers,
  accessRoutes,
  createGate,
  createOfficerLink,
  createSetupLink,
  endingTokens,
  keepPolicies,
  keepTellingOfTokens,
  loadAccessPolicies,
  narrowTokens,
  officerLinks,
  openAccess,
  staffInPost,
  staffNames,
  staffWhoMay,
  systemCatalogue,
  worksAlone,
  type Access,
  type LinkGround,
  type Room,
} from './features/access/index.ts';
import {
  acquisitionApi,
  acquisitionCatalogue,
  acquisitionPages,
  acquisitionProvers,
  keepExpiringAcquisitions,
} from './features/acquisition/index.ts';
import {
  auditProvers,
  auditRoutes,
  entryCatalogue,
  keepTellingOfReaders,
  waitingReaders,
} from './features/audit/index.ts';
import { beyondCatalogue, beyondProvers, beyondRoutes } from './features/beyond/index.ts';
import { checkpointApi, checkpointProvers, openCheckpoint } from './features/checkpoint/index.ts';
import {
  consentCatalogue,
  consentProvers,
  consentRoutes,
  consentsNaming,
  consentTextCatalogue,
  objectionCatalogue,
  objectionsTo,
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
  letterProvers,
  deskRoutes,
  keepErasingPapers,
  keepTellingClocks,
  letterTextCatalogue,
  loadTexts,
  requestCatalogue,
} from './features/desk/index.ts';
import { guidePages } from './features/guide/index.ts';
import { homeRoutes, lawEnd } from './features/home/index.ts';
import { jointUseCatalogue, jointUseProvers, jointUseRoutes } from './features/joint-use/index.ts';
import { keepKeys, keyPages } from './features/keys/index.ts';
import {
  changesOutdated,
  changesSpeakingOf,
  ledgerCatalogue,
  ledgerProvers,
  ledgerRoutes,
} from './features/ledger/index.ts';
import { keepClearing, keepDroppingIdentities, peopleProvers, peopleRoutes } from './features/people/index.ts';
import {
  clauseCatalogue,
  keepEvaluating,
  loadFirstPolicy,
  policyInForce,
  policyProvers,
  policyRoutes,
  versionCatalogue,
  type PolicyPeople,
  type RestingOn,
} from './features/policy/index.ts';
import {
  afterwardsProvers,
  everGiven,
  keepProviding,
  keepTellingOfPackages,
  packageCatalogue,
  provisionCatalogue,
  provisionProvers,
  provisionRoutes,
} from './features/provision/index.ts';
import {
  assuranceCatalogue,
  checkCatalogue,
  commissionPage,
  countryCatalogue,
  recipientCatalogue,
  recipientProvers,
  recipientRoutes,
} from './features/recipients/index.ts';
import { keepExpiringRelated, relatedCatalogues, relatedProvers, relatedRoutes } from './features/related/index.ts';
import { searchPages, type Catalogue } from './features/search/index.ts';
import {
  tagListCatalogue,
  transmissionCatalogue,
  transmissionProvers,
  transmissionRoutes,
} from './features/transmission/index.ts';
import { Disagreement, startLog } from './log/index.ts';
import { type Office, type Prover } from './office.ts';
import {
  assetRoutes,
  listener,
  mountRoutes,
  openApiDocument,
  plain,
  published,
  type MountOptions,
  type Route,
} from './platform/http/index.ts';
import { keepMailing } from './platform/mail.ts';
import type { StartProblem } from './platform/start-problem.ts';

export interface App extends Assembly {
  /** One-time link to create the first privacy officer; null when there already is one. */
  setupLink(): Promise<string | null>;
  /** Resolves when this process must not go on, because a newer version has changed the database or a backup was restored. */
  outdated: Promise<StartProblem>;
}

export interface AppOptions {
  /** The project's folder: policies and built assets. */
  root: string;
  /** Called with one line of ids and codes for everything the operator should know. */
  report(line: string): void;
}

/** What depends on the wording of purposes: changes of purpose, consents and objections. */
const restingOn: RestingOn = async (on, { policy, purposes }) => ({
  changes: await changesSpeakingOf(on, { policy, purposes }),
  consents: await consentsNaming(on, purposes),
  objections: await objectionsTo(on, purposes),
});

/** The OpenAPI document, built when it is first requested, because that takes as long as opening most of the office. */
function description(routes: readonly Route[], publicUrl: string): Route {
  let drawn: string | undefined;
  return plain('/openapi.json', 'public', (c) =>
    published(c, (drawn ??= JSON.stringify(openApiDocument(routes, publicUrl)))),
  );
}

/** Every feature opened on an office, without background work. */
export interface Assembly extends Room {
  routes: readonly Route[];
  provers: readonly Prover[];
  fetch(request: Request): Response | Promise<Response>;
  /** Request listener for Node's own server. */
  listener(): RequestListener;
  close(): Promise<void>;
}

/** What the pages of the policy show from other rooms. */
const besidePolicy = (office: Office, access: Access): PolicyPeople => ({
  officers: async () =>
    (await staffWhoMay(access, 'policy:approve')).filter(({ roles }) => roles.includes('officer')).length,
  nameOf: async (id) => (await staffNames(access, [id])).get(id) ?? null,
  resting: restingOn,
  outdatedBy: (version) => changesOutdated(office.database, version),
});

const loadRules = (root: string) => loadAccessPolicies(path.join(root, 'policies', 'access.cedar'));

/** A one-time link for a new privacy officer beside the existing ones, without opening the office; null when there are none. */
export const officerLink = async (office: Office, root: string, ground: LinkGround): Promise<string | null> =>
  createOfficerLink(await openAccess(office, await loadRules(root)), ground);

/**
 * Opens the directory of staff and records the access policies in force. First restores what a backup must not bring back, so that nobody is let in
 * before that.
 */
async function enter(office: Office, root: string): Promise<Access> {
  const access = await openAccess(office, await loadRules(root));
  await endAgain(office);
  await keepPolicies(access);
  await narrowTokens(access);
  return access;
}

/** The provers of all promises. */
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
  ...afterwardsProvers,
  ...deskProvers,
  ...letterProvers,
  ...auditProvers(room),
];

/** The name that the navigation gives a page. */
const placeName = (href: string): Bilingual | undefined =>
  nav.flatMap(({ links }) => links).find((place) => place.href === href)?.label;

/** The pages of the navigation, and the lists that are not in it. */
const placeCatalogue = (catalogues: readonly Catalogue[]): Catalogue => {
  const places = nav.flatMap(({ links }) => links.map(({ href, label, or }) => ({ href, name: label, or: or?.href })));
  const lists = catalogues.flatMap(({ list, title }) => (list === undefined ? [] : [{ href: list, name: title }]));
  return {
    title: both('画面', 'Pages'),
    things: () => [...places, ...lists.filter(({ href }) => !places.some((one) => one.href === href))],
  };
};

/** Everything that can be searched for by name, number or id, as each feature declares it. */
function cataloguesOf(room: Room): Catalogue[] {
  const { office, access } = room;
  const catalogues = [
    requestCatalogue(room),
    ledgerCatalogue(office),
    recipientCatalogue(office),
    assuranceCatalogue(office),
    checkCatalogue,
    jointUseCatalogue(office),
    packageCatalogue(office),
    provisionCatalogue(office),
    consentTextCatalogue(room),
    consentCatalogue(room),
    objectionCatalogue(room),
    acquisitionCatalogue(office),
    beyondCatalogue(office),
    ...relatedCatalogues(office),
    transmissionCatalogue(office),
    tagListCatalogue,
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
  const close = await openCheckpoint(office, (on) => standingFacts(office, on), useRegister, recordsKept);
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
    ...accessRoutes(access, purposes, (staff, actor) => chargesOf(room, staff, actor)),
    ...homeRoutes(office, {
      namesInPost: (of) => staffInPost(access, of),
      worksAlone: () => worksAlone(access),
      hasOtherPolicies: () => access.beside.inForce !== null,
      officerLinks: () => officerLinks(access),
      endingTokens: () => endingTokens(access),
      readers: (actor) => waitingReaders(room, actor),
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
    ...recipientRoutes(room, everGiven),
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
  routes.push(description(routes, office.config.publicUrl), ...guidePages(room, { nameOf: placeName, routes }));
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

/** Assembles the office and starts its background work, each in a round of its own: the log, the promises, packages, deadlines, letters. */
export async function openApp(office: Office, options: AppOptions): Promise<App> {
  const { report } = options;
  const assembly = await assemble(office, options);
  const { database, signer, clock } = office;
  const law = lawEnd(clock.today());
  if (law)
    report(
      `law data ${law.over ? 'ended' : 'ends'} on ${law.last}: nothing is answered after that day. Put in a newer version of Sekisho`,
    );
  database.watch((why) => report(why === null ? 'database back' : `database away: ${why}`));
  office.mail.watch((why) => report(why === null ? 'mail goes out again' : `mail does not go out: ${why}`));
  signer.watch?.((why) =>
    report(
      why === null ? 'log-signed.txt is written again' : `log-signed.txt is not written: ${why}; see docs/backup.md`,
    ),
  );
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
  const others = await keepLookingAtOthers(assembly, report);
  const rounds = [
    log,
    others,
    keepTime(assembly, report),
    keepEvaluating(assembly, assembly.provers, report),
    keepProviding(office, report),
    keepExpiringRelated(office, report),
    keepExpiringAcquisitions(office, report),
    keepErasingPapers(office, report),
    keepKeys(office, report),
    keepClearing(office, report),
    keepDroppingIdentities(office, report),
    keepTellingClocks(assembly, report),
    keepTellingOfReaders(assembly, report),
    keepTellingOfPackages(assembly, report),
    keepTellingOfTokens(assembly.access, report),
    keepMailing(office.mail, report),
  ];
  return {
    ...assembly,
    setupLink: () => createSetupLink(assembly.access),
    outdated: others.outdated,
    close: async () => {
      // Everything that writes entries stops before the log does.
      for (const one of rounds.toReversed()) await one.stop();
      await assembly.close();
    },
  };
}
