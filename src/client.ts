// The typed client of the JSON API, for the company's systems: `import { sekisho } from 'sekisho/client'`. It imports only types, so it cannot
// drift from the server and contains none of its code. Answers are values; it throws only when there is no usable answer.

import type { Finding } from './base/finding.ts';
import type { AcquisitionJson } from './features/acquisition/index.ts';
import type { AuditJson } from './features/audit/index.ts';
import type { CheckpointJson } from './features/checkpoint/index.ts';
import type { ConsentJson } from './features/consent/index.ts';
import type { ConsultationJson } from './features/consultation/index.ts';
import type { DeskJson } from './features/desk/index.ts';
import type { JointUseJson } from './features/joint-use/index.ts';
import type { LedgerJson } from './features/ledger/index.ts';
import type { PeopleJson } from './features/people/index.ts';
import type { PolicyJson } from './features/policy/index.ts';
import type { ProvisionJson } from './features/provision/index.ts';
import type { RecipientJson } from './features/recipients/index.ts';
import type { RelatedJson } from './features/related/index.ts';
import type { TransmissionJson } from './features/transmission/index.ts';
import type { ProblemBody } from './platform/http/index.ts';

export type {
  AcquisitionJson,
  AuditJson,
  CheckpointJson,
  ConsentJson,
  ConsultationJson,
  DeskJson,
  Finding,
  JointUseJson,
  LedgerJson,
  PeopleJson,
  PolicyJson,
  ProvisionJson,
  RecipientJson,
  RelatedJson,
  TransmissionJson,
};

/**
 * RFC 9457. `finding` is present when the law or the policy refuses, `existing` when something exists already. `retryAfter` is the number of
 * seconds to wait before a retry; `requestId` is the id under which the operator finds a failure.
 */
export type Problem = Omit<ProblemBody, 'finding'> & { finding?: Finding; retryAfter?: number; requestId?: string };

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface Connection {
  /** Base URL of Sekisho, such as `https://sekisho.example.jp`. */
  url: string;
  /** An API token of this system (`sks_…`). */
  token: string;
  /** Language of the problems; Japanese unless `en`. */
  lang?: 'ja' | 'en';
  /** Replacement for `fetch`, such as one with a timeout: `(to, init) => fetch(to, { ...init, signal: AbortSignal.timeout(10_000) })`. */
  fetch?: typeof fetch;
}

interface Sent {
  method?: 'POST';
  body?: string;
  headers?: Record<string, string>;
}

type Send = (path: string, sent?: Sent) => Promise<Response>;

const JSON_TYPE = 'application/json';
const NDJSON = 'application/x-ndjson';
/** Limits of the server for one request: 1,000 lines and 1 MiB. */
const MOST_LINES = 1_000;
const MOST_BYTES = 1_000_000;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

async function problemOf(response: Response): Promise<Problem> {
  const { status, headers } = response;
  const body: unknown = await response.json().catch(() => null);
  const isProblem = isObject(body) && 'title' in body && 'status' in body;
  // A proxy may answer in the server's place, and its Retry-After may be a date.
  const problem = isProblem ? (body as Problem) : { type: 'about:blank', title: `HTTP ${status}`, status };
  const [wait, requestId] = [headers.get('retry-after') ?? '', headers.get('x-request-id')];
  return {
    ...problem,
    ...(/^\d+$/.test(wait) ? { retryAfter: Number(wait) } : {}),
    ...(requestId === null ? {} : { requestId }),
  };
}

/** Parses an answer. The parser's own error would quote some of the text, which may be about a person. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('sekisho: the answer is not JSON');
  }
}

const readJson = async <T>(response: Response): Promise<T> => parsed(await response.text()) as T;

async function answerOf<T>(
  response: Response,
  read: (from: Response) => T | Promise<T> = readJson,
): Promise<Answer<T>> {
  return response.ok ? { ok: true, value: await read(response) } : { ok: false, problem: await problemOf(response) };
}

const query = (asked: object): string => {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return text && `?${text}`;
};

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Packs questions into bodies within the server's limits for one request. */
async function* bodiesOf(asks: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string[]> {
  let lines: string[] = [];
  let bytes = 0;
  for await (const ask of asks) {
    const line = JSON.stringify(ask);
    const size = new TextEncoder().encode(line).length + 1;
    if (lines.length === MOST_LINES || (lines.length > 0 && bytes + size > MOST_BYTES)) {
      yield lines;
      [lines, bytes] = [[], 0];
    }
    lines.push(line);
    bytes += size;
  }
  if (lines.length > 0) yield lines;
}

type Used = CheckpointJson['used'];

/**
 * Yields one answer per line sent, in order. If the server refuses the whole request, each line gets that problem. Throws when the answer ends
 * early or is about another person than its line.
 */
async function* useLines(send: Send, lines: readonly string[]): AsyncGenerator<Answer<Used>> {
  const response = await send('/uses', {
    method: 'POST',
    body: lines.join('\n'),
    headers: { 'content-type': NDJSON },
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    for (const _ of lines) yield { ok: false, problem };
    return;
  }
  let answered = 0;
  for await (const line of response.body ? linesOf(response.body) : []) {
    const { status, ...value } = parsed(line) as Used & { status: number };
    const asked = parsed(lines[answered++] ?? '{}') as Partial<CheckpointJson['ask']>;
    if (status === 200 && value.principal !== asked.principal)
      throw new Error('sekisho: an answer about somebody else');
    yield status === 200 ? { ok: true, value } : { ok: false, problem: { status, ...value } as unknown as Problem };
  }
  if (answered < lines.length) throw new Error('sekisho: the answer ended early');
}

async function* useMany(
  send: Send,
  asks: Iterable<CheckpointJson['ask']> | AsyncIterable<CheckpointJson['ask']>,
): AsyncGenerator<Answer<Used>> {
  for await (const lines of bodiesOf(asks)) yield* useLines(send, lines);
}

function sender({ url, token, lang = 'ja', fetch: through = fetch }: Connection): Send {
  const base = `${url.replace(/\/+$/, '')}/api/v1`;
  return (path, { headers, ...sent } = {}) =>
    through(`${base}${path}`, {
      ...sent,
      // Following a redirect would turn a POST into a GET, whose list looks like the created object, or send personal information to another
      // address.
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': lang,
        ...(sent.body === undefined ? {} : { 'content-type': JSON_TYPE }),
        ...headers,
      },
    });
}

interface Calls {
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: object, headers?: Record<string, string>): Promise<Answer<T>>;
}

const id = encodeURIComponent;

/** Personally related information, and identifiers linked to persons. */
const relatedCalls = ({ get, post }: Calls) => ({
  relatedCollections: () => get<RelatedJson['collections']>('/related-collections'),
  registerRelatedCollection: (input: RelatedJson['collectionInput']) =>
    post<RelatedJson['collection']>('/related-collections', input),
  relatedCollection: (of: string) => get<RelatedJson['collection']>(`/related-collections/${id(of)}`),
  provideRelated: (ask: RelatedJson['provide']) => post<RelatedJson['provision']>('/related-provisions', ask),
  relatedProvision: (of: string) => get<RelatedJson['provision']>(`/related-provisions/${id(of)}`),
  relatedProvisions: (of: RelatedJson['provisionsQuery'] = {}) =>
    get<RelatedJson['provisions']>(`/related-provisions${query(of)}`),
  receiveRelated: (ask: RelatedJson['receive']) => post<RelatedJson['receipt']>('/related-receipts', ask),
  relatedReceipt: (of: string) => get<RelatedJson['receipt']>(`/related-receipts/${id(of)}`),
  relatedReceipts: (of: RelatedJson['receiptsQuery'] = {}) =>
    get<RelatedJson['receipts']>(`/related-receipts${query(of)}`),
  linkIdentifier: (ask: RelatedJson['link']) => post<RelatedJson['linked']>('/identifier-links', ask),
  identifierLinks: (of: RelatedJson['linksQuery']) => get<RelatedJson['links']>(`/identifier-links${query(of)}`),
  unlinkIdentifier: (of: string, why: RelatedJson['unlink']) =>
    post<RelatedJson['linked']>(`/identifier-links/${id(of)}/removal`, why),
  /** The person an identifier belongs to, for a purpose. */
  principalOf: (ask: RelatedJson['search']) => post<RelatedJson['found']>('/identifier-links/search', ask),
});

/** What persons consented to, and what ended a consent. */
const consentCalls = ({ get, post }: Calls) => ({
  consentTexts: () => get<ConsentJson['texts']>('/consent-texts'),
  consentText: (code: string, version: number) => get<ConsentJson['text']>(`/consent-texts/${id(code)}/${version}`),
  writeConsentText: (input: ConsentJson['textInput']) => post<ConsentJson['text']>('/consent-texts', input),
  startConsentText: (code: string, version: number, start: ConsentJson['start']) =>
    post<ConsentJson['text']>(`/consent-texts/${id(code)}/${version}/start`, start),
  /** With the same `key`, a repeated call takes effect only once; send one so that you can retry. */
  consent: (input: ConsentJson['input'], { key }: { key?: string } = {}) =>
    post<ConsentJson['consent']>('/consents', input, key === undefined ? undefined : { 'idempotency-key': key }),
  consentOf: (of: string) => get<ConsentJson['consent']>(`/consents/${id(of)}`),
  consents: (of: ConsentJson['query'] = {}) => get<ConsentJson['consents']>(`/consents${query(of)}`),
  /** As consent records of ISO/IEC TS 27560:2023. */
  consentRecords: (of: ConsentJson['query'] = {}) => get<ConsentJson['records']>(`/consent-records${query(of)}`),
  withdrawConsent: (of: string, input: ConsentJson['withdrawalInput'] = {}) =>
    post<ConsentJson['withdrawal']>(`/consents/${id(of)}/withdrawal`, input),
  /** A person's objection. With the same `key`, a repeated call takes effect only once. */
  object: (input: ConsentJson['objectionInput'], { key }: { key?: string } = {}) =>
    post<ConsentJson['objection']>('/objections', input, key === undefined ? undefined : { 'idempotency-key': key }),
  objections: (of: string) => get<ConsentJson['objections']>(`/objections${query({ principal: of })}`),
});

const recipientCalls = ({ get, post }: Calls) => ({
  recipients: (of: RecipientJson['query'] = {}) => get<RecipientJson['recipients']>(`/recipients${query(of)}`),
  /** With what a provision to it is based on, and its checks. */
  recipient: (of: string) => get<RecipientJson['dossier']>(`/recipients/${id(of)}`),
  recipientVersions: (of: string) => get<RecipientJson['versions']>(`/recipients/${id(of)}/versions`),
  /** The seven items a person is told on request about a transfer under an equivalent-action system. */
  recipientMeasures: (of: string) => get<RecipientJson['measures']>(`/recipients/${id(of)}/measures`),
  registerRecipient: (input: RecipientJson['input']) => post<RecipientJson['recipient']>('/recipients', input),
  changeRecipient: (of: string, change: RecipientJson['change']) =>
    post<RecipientJson['recipient']>(`/recipients/${id(of)}/versions`, change),
  stopRecipient: (of: string, why: RecipientJson['reason']) =>
    post<RecipientJson['recipient']>(`/recipients/${id(of)}/stop`, why),
  resumeRecipient: (of: string, why: RecipientJson['reason']) =>
    post<RecipientJson['recipient']>(`/recipients/${id(of)}/resume`, why),
  assureRecipient: (of: string, input: RecipientJson['assuranceInput']) =>
    post<RecipientJson['assurance']>(`/recipients/${id(of)}/assurances`, input),
  endAssurance: (of: string, assurance: string, reason: string) =>
    post<RecipientJson['assurance']>(`/recipients/${id(of)}/assurances/${id(assurance)}/end`, { reason }),
  /** A check that says that the measures cannot be kept stops the recipient. */
  checkRecipient: (of: string, input: RecipientJson['checkInput']) =>
    post<RecipientJson['check']>(`/recipients/${id(of)}/checks`, input),

  countries: () => get<RecipientJson['countries']>('/countries'),
  country: (code: string) => get<RecipientJson['country']>(`/countries/${id(code)}`),
  reportCountry: (code: string, input: RecipientJson['reportInput']) =>
    post<RecipientJson['report']>(`/countries/${id(code)}/reports`, input),
  checkCommissionPage: (input: RecipientJson['pageInput']) => post<RecipientJson['page']>('/commission-page', input),
});

const jointUseCalls = ({ get, post }: Calls) => ({
  jointUses: () => get<JointUseJson['jointUses']>('/joint-uses'),
  jointUse: (of: string) => get<JointUseJson['jointUse']>(`/joint-uses/${id(of)}`),
  /** Creates a draft: nothing may be shared under it before its notice is published. */
  registerJointUse: (input: JointUseJson['input']) => post<JointUseJson['jointUse']>('/joint-uses', input),
  draftJointUse: (of: string, draft: JointUseJson['draft']) =>
    post<JointUseJson['jointUse']>(`/joint-uses/${id(of)}/draft`, draft),
  publishJointUse: (of: string, publication: JointUseJson['publication']) =>
    post<JointUseJson['jointUse']>(`/joint-uses/${id(of)}/publications`, publication),
  changeJointUse: (of: string, change: JointUseJson['change']) =>
    post<JointUseJson['jointUse']>(`/joint-uses/${id(of)}/changes`, change),
  endJointUse: (of: string, end: JointUseJson['end']) =>
    post<JointUseJson['jointUse']>(`/joint-uses/${id(of)}/end`, end),
});

const webSiteCalls = ({ get, post }: Calls) => ({
  /** The registers of what our web sites send to others. */
  webSites: () => get<TransmissionJson['sites']>('/web-sites'),
  webSite: (of: string) => get<TransmissionJson['site']>(`/web-sites/${id(of)}`),
  registerWebSite: (input: TransmissionJson['siteInput']) => post<TransmissionJson['site']>('/web-sites', input),
  changeWebSite: (of: string, change: TransmissionJson['siteChange']) =>
    post<TransmissionJson['site']>(`/web-sites/${id(of)}`, change),
  addWebTag: (of: string, change: TransmissionJson['tagChange']) =>
    post<TransmissionJson['site']>(`/web-sites/${id(of)}/tags`, change),
  changeWebTag: (of: string, tag: string, change: TransmissionJson['tagChange']) =>
    post<TransmissionJson['site']>(`/web-sites/${id(of)}/tags/${id(tag)}`, change),
  webChoices: (of: string, days: TransmissionJson['choicesQuery'] = {}) =>
    get<TransmissionJson['choices']>(`/web-sites/${id(of)}/choices${query(days)}`),
});

/** Most ids per call. */
const IDS_A_CALL = 20_000;

const packageCalls = ({ get, post }: Calls) => ({
  /** With the same `attempt`, a repeated call makes only one draft; send one so that you can retry. */
  draft: (ask: ProvisionJson['packageAsk']) => post<ProvisionJson['package']>('/packages', ask),
  /** Adds persons to the list of a draft, in as many calls as it takes. */
  list: async (of: string, principals: readonly string[]): Promise<Answer<ProvisionJson['listed']>> => {
    let sum = { added: 0, duplicates: 0 };
    for (let at = 0; at < principals.length; at += IDS_A_CALL) {
      const some = { principals: principals.slice(at, at + IDS_A_CALL) };
      const answer = await post<ProvisionJson['listed']>(`/packages/${id(of)}/people`, some);
      if (!answer.ok) return answer;
      const { added, duplicates } = answer.value;
      sum = { added: sum.added + added, duplicates: sum.duplicates + duplicates };
    }
    return { ok: true, value: sum };
  },
  screen: (of: string) => post<ProvisionJson['package']>(`/packages/${id(of)}/screening`, {}),
  request: (of: string) => post<ProvisionJson['package']>(`/packages/${id(of)}/request`, {}),
  cancel: (of: string, reason: string) =>
    post<ProvisionJson['package']>(`/packages/${id(of)}/cancellation`, { reason }),
  close: (of: string) => post<ProvisionJson['package']>(`/packages/${id(of)}/close`, {}),
  one: (of: string) => get<ProvisionJson['package']>(`/packages/${id(of)}`),
  all: (of: ProvisionJson['packagesQuery'] = {}) => get<ProvisionJson['packages']>(`/packages${query(of)}`),
});

/** Requests of persons, from the letter to the answer. An event must name the last event the caller saw. */
const requestCalls = ({ get, post }: Calls) => ({
  /** With the same `attempt`, a repeated call registers only once; send one so that you can retry. */
  register: (registration: DeskJson['registration']) => post<DeskJson['request']>('/requests', registration),
  happen: <E extends keyof DeskJson['events']>(of: string, event: E, body: DeskJson['events'][E]) =>
    post<DeskJson['request']>(`/requests/${id(of)}/events/${event}`, body),
  one: (of: string) => get<DeskJson['request']>(`/requests/${id(of)}`),
  all: (of: DeskJson['query'] = {}) => get<DeskJson['requests']>(`/requests${query(of)}`),
  /** The content of a paper; opening it is logged. For a closed request, state why. */
  paper: (of: string, paper: string, opening: DeskJson['opening'] = {}) =>
    post<DeskJson['paper']>(`/requests/${id(of)}/papers/${id(paper)}`, opening),
  /** What the person is shown after the decision; reading it is logged. For a closed request, state why. */
  content: (of: string, opening: DeskJson['opening'] = {}) =>
    post<DeskJson['content']>(`/requests/${id(of)}/content`, opening),
});

/** The sentences of the desk's letters. A change must name the version the caller saw. */
const letterTextCalls = ({ get, post }: Calls) => ({
  letterTexts: () => get<DeskJson['texts']>('/letter-texts'),
  letterTextsVersion: (version: number) => get<DeskJson['texts']>(`/letter-texts/${version}`),
  writeLetterTexts: (change: DeskJson['textsChange']) => post<DeskJson['texts']>('/letter-texts', change),
});

/** Finding persons and what is held about them; correcting and erasing; which ids are one person. */
const personCalls = ({ get, post }: Calls) => ({
  search: (terms: CheckpointJson['search']) => post<CheckpointJson['found']>('/principals/search', terms),
  principal: (of: string) => get<CheckpointJson['principal']>(`/principals/${id(of)}`),
  correct: (of: string, correction: CheckpointJson['correction']) =>
    post<CheckpointJson['corrected']>(`/principals/${id(of)}/corrections`, correction),
  erase: (of: string, erase: CheckpointJson['erase']) =>
    post<CheckpointJson['erasure']>(`/principals/${id(of)}/erasure`, erase),
  erasure: (of: string) => get<CheckpointJson['erasure']>(`/principals/${id(of)}/erasure`),

  /** The other ids of the same person; recording that two ids are one person, and that this was a mistake. */
  links: (of: string) => get<PeopleJson['links']>(`/principals/${id(of)}/links`),
  link: (of: string, link: PeopleJson['linkAsk']) => post<PeopleJson['link']>(`/principals/${id(of)}/links`, link),
  unlink: (of: string, other: PeopleJson['unlinkAsk']) =>
    post<PeopleJson['unlinked']>(`/principals/${id(of)}/links/end`, other),
});

/** Opens a client. Every method returns `{ ok: true, value }` or `{ ok: false, problem }`. */
export function sekisho(connection: Connection) {
  const send = sender(connection);
  const get = async <T>(path: string): Promise<Answer<T>> => answerOf<T>(await send(path));
  const post = async <T>(path: string, body: object, headers?: Record<string, string>): Promise<Answer<T>> =>
    answerOf<T>(await send(path, { method: 'POST', body: JSON.stringify(body), ...(headers ? { headers } : {}) }));

  return {
    /** Acquires one person's information. With the same `key`, a repeated call takes effect only once; send one so that you can retry. */
    acquire: (ask: AcquisitionJson['ask'], { key }: { key?: string } = {}) =>
      post<AcquisitionJson['record']>('/acquisitions', ask, key === undefined ? undefined : { 'idempotency-key': key }),
    acquisition: (of: string) => get<AcquisitionJson['record']>(`/acquisitions/${id(of)}`),

    /** Reads named items of a person for a purpose. */
    use: (ask: CheckpointJson['ask']) => post<Used>('/uses', ask),
    /** Reads for any number of questions. Answers are yielded in order as they arrive. */
    useMany: (asks: Iterable<CheckpointJson['ask']> | AsyncIterable<CheckpointJson['ask']>) => useMany(send, asks),

    ...personCalls({ get, post }),

    /** A sealed PDF that proves one handling to the person it was about, addressed to them by name. Issuing it is logged. */
    receipt: async (of: string, entry: string, ask: PeopleJson['receiptAsk'] = {}) => {
      const path = `/principals/${id(of)}/receipts/${id(entry)}`;
      const response = await send(path, { method: 'POST', body: JSON.stringify(ask) });
      return answerOf(response, async (file) => new Uint8Array(await file.arrayBuffer()));
    },

    /** Asks a question of the law with its facts, such as `provide`; `/openapi.json` lists the facts of each. */
    ask: (question: string, ask: ConsultationJson['ask']) =>
      post<ConsultationJson['answer']>(`/ask/${id(question)}`, ask),

    provide: (ask: ProvisionJson['ask']) => post<ProvisionJson['provided']>('/provisions', ask),
    provisions: (of: ProvisionJson['provisionsQuery'] = {}) =>
      get<ProvisionJson['provisions']>(`/provisions${query(of)}`),
    provision: (of: string) => get<ProvisionJson['provision']>(`/provisions/${id(of)}`),
    /** Information of one or many persons for a recipient, as a file that only the recipient can open. A member of staff approves it. */
    packages: packageCalls({ get, post }),
    records: (of: ProvisionJson['recordsQuery'] = {}) => get<ProvisionJson['records']>(`/records${query(of)}`),

    /** Requests of persons about their own information. */
    requests: requestCalls({ get, post }),

    ...letterTextCalls({ get, post }),
    ...consentCalls({ get, post }),
    ...recipientCalls({ get, post }),
    ...relatedCalls({ get, post }),
    ...jointUseCalls({ get, post }),
    ...webSiteCalls({ get, post }),

    holdings: (of: LedgerJson['query'] = {}) => get<LedgerJson['holdings']>(`/holdings${query(of)}`),
    holding: (of: string) => get<LedgerJson['holding']>(`/holdings/${id(of)}`),
    registerHolding: (input: LedgerJson['input']) => post<LedgerJson['holding']>('/holdings', input),

    policy: () => get<PolicyJson['inForce']>('/policy'),
    policyVersion: (n: number) => get<PolicyJson['version']>(`/policy/versions/${n}`),

    /** What became of people, for a system that keeps a copy. `after` is `last` of the previous answer; without it, from the beginning. */
    changes: (page: { after?: string | null | undefined; limit?: number } = {}) =>
      get<AuditJson['changes']>(`/changes${query(page)}`),

    log: {
      entries: (page: { from?: number; limit?: number } = {}) => get<AuditJson['entries']>(`/log${query(page)}`),
      /** An entry with its inclusion proof; a 404 problem until it is signed, about a second. */
      entry: (of: string) => get<AuditJson['receipt']>(`/log/${id(of)}`),
      /** The whole log as the lines that `sekisho verify` checks. The export is logged. */
      export: async () => answerOf(await send('/log/export', { method: 'POST', body: '{}' }), (file) => file.body!),
    },
  };
}

export type Sekisho = ReturnType<typeof sekisho>;
