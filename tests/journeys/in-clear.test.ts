// Nothing personal is stored in clear. The office is given unique values through every door by which people's information comes in. Then everything
// the office writes is read: each column of each table, the files below them, what the database server is sent, the data folder, and the operator's
// lines.

import fs from 'node:fs';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { addDays, day } from '../../src/base/day.ts';
import type { DeskJson } from '../../src/client.ts';
import { fictionalPerson } from '../../src/demo-people.ts';
import { useBeyond } from '../../src/features/beyond/actions.ts';
import { entryText, logEntry } from '../../src/log/entry.ts';
import { csvUtf8 } from '../csv.ts';
import { everyColumn, filesHolding, statisticsHolding, unloggedRows, type Column } from '../catalogue.ts';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { addConsent, addConsentText, addRecipient, boughtHistory, officerOf, readersSite } from '../people.ts';
import { must, openServer, type Session, type TestServer } from '../server.ts';

/** The values given about people and where they were given, by the part that stays recognisable in any spelling. */
const marks = new Map<string, string>();
let n = 100;
const mark = (core: string, where: string, text = core): string => {
  marks.set(core, where);
  return text;
};
const words = (where: string): string => mark(`印${(n += 1)}番`, where, `印${n}番の人`);
const email = (where: string): string => mark(`mark${(n += 1)}x`, where, `mark${n}x@example.jp`);
const attempt = (where: string): string => mark(`mark${(n += 1)}x`, where, `mark${n}x-example-jp`);
const phone = (where: string): string => mark(`0${(n += 1)}-0000`, where, `090-0${n}-0000`);

let server: TestServer;
let officer: Session;
/** The log file of the database server, and its length before. */
let serverLog: { file: string; from: number };

/** Makes the server log each statement with its parameters, as a database administrator can. */
async function overheard(to: pg.PoolConfig): Promise<pg.PoolConfig> {
  const administrator = new pg.Client(to);
  await administrator.connect();
  for (const setting of [
    "log_statement = 'all'",
    'log_parameter_max_length = -1',
    'log_parameter_max_length_on_error = -1',
    "log_error_verbosity = 'default'",
    "log_min_error_statement = 'error'",
  ])
    await administrator.query(`ALTER DATABASE ${to.database} SET ${setting}`);
  const { rows } = await administrator.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
  await administrator.end();
  const file = path.join(path.dirname(rows[0]!.folder), 'postgres.log');
  serverLog = { file, from: fs.statSync(file).size };
  return to;
}

/** What a browser says about itself and its location. */
const visitor = {
  'user-agent': mark('mark100ua', 'User-Agent'),
  'x-forwarded-for': mark('203.0.113.77', 'address of a machine'),
};

type Fields = Record<string, string | File>;

/** Presses the button of a form. It must be accepted: what is refused is not stored anyway. */
async function press(to: string, fields: Fields, as: Session | null = officer): Promise<string> {
  const files = Object.values(fields).some((one) => one instanceof File);
  const body = files ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries({ ...(as ? { csrf: as.csrf } : {}), ...fields })) body.append(name, value);
  const headers = { ...visitor, 'sec-fetch-site': 'same-origin', cookie: `lang=ja; ${as?.cookie ?? ''}` };
  const answer = await server.fetch(to, { method: 'POST', headers, body });
  const html = await answer.text();
  expect([to, answer.status, answer.status < 400 ? '' : html]).toEqual([to, expect.toBeOneOf([200, 303]), '']);
  return html;
}

/** A picture of a paper: only its PNG chunks. */
function scanned(): File {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(640, 0);
  size.writeUInt32BE(480, 4);
  const parts = [
    ['IHDR', size],
    ['IDAT', Buffer.from(words('copy of an identity paper'))],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  const bytes = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts.map(([type, data]) => chunk(type, data))];
  return new File(bytes, `${words('name of a file')}.png`, { type: 'image/png' });
}

interface Came {
  principal: string;
  name: string;
}

/** Acquires a person with every item, given by somebody who is a person too; then corrects what was written about them. */
async function comeIn(): Promise<Came> {
  const { client, holding } = server;
  const [name, address] = [words('name'), email('email')];
  const items = { name, name_kana: mark('シルシノカナ', 'name_kana'), email: address, phone: phone('phone') };
  const told = { address: words('address'), note: words('note') };
  const provider = { name: words('provider.name'), address: words('provider.address') };
  const receipt = {
    provider: { kind: 'private-person' as const, ...provider },
    basis: 'private-person' as const,
    howAcquired: words('howAcquired'),
    documentSeen: true,
    looksUnlawful: false,
  };
  const ask = { holding, channel: 'web-form', source: 'third-party' as const, purposes: ['P3'], receipt };
  const key = email('Idempotency-Key');
  const { principal } = must(await client.acquire({ ...ask, items: { ...items, ...told } }, { key }));
  const correction = { holding, items: { note: words('note, corrected') }, ground: 'accuracy' as const, seen: 1 };
  must(await client.correct(principal, correction));
  must(await client.search({ name, email: address, phone: items.phone, kana: items.name_kana }));
  return { principal, name };
}

/** Writes consents and objections, on the page, by a system and from a file. */
async function consent({ principal }: Came): Promise<void> {
  const { client, holding } = server;
  const { code, version } = await addConsentText(server, { holding, recipients: [server.recipient], items: ['name'] });
  const given = {
    principal,
    text: { code, version },
    language: 'ja',
    given_on: '2026-11-01',
    given_by: 'principal',
    channel: 'web-form',
    method: 'paper',
  } as const;
  const said = { note: words('note of a consent'), evidence: words('evidence of a consent') };
  const { id } = must(await client.consent({ ...given, ...said }, { key: email('Idempotency-Key of a consent') }));
  const objection = {
    principal,
    scope: 'purpose',
    purpose: 'P1',
    evidence: words('evidence of an objection'),
  } as const;
  const objected = must(await client.object(objection, { key: email('Idempotency-Key of an objection') }));
  await press(`/consents/objections/${objected.id}/take-back`, { reason: words('reason to take an objection back') });
  const head = ['principal', 'given_on', 'given_by', 'evidence'];
  const rows = [[principal, 'R8.11.2', 'principal', words('evidence in a file')]];
  const text = must(await client.consentText(code, version)).id;
  await press('/consents/import', {
    text,
    language: 'ja',
    channel: 'web-form',
    file: new File([csvUtf8(head, rows)], `${words('name of a file of consents')}.csv`),
  });
  const at = new Date(server.office.clock.now()).toISOString();
  must(await client.withdrawConsent(id, { at, evidence: words('evidence of a withdrawal') }));
}

/** Writes the grounds of uses, provisions and packages, and links. */
async function give({ principal }: Came): Promise<void> {
  const { client, holding, office } = server;
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const authority = await addRecipient(server, { kind: 'state-organ', name: '例示税務署', publicKey });
  const exception = { item: '27(1)(i)' as const, legalBasis: words('legalBasis of a provision') };
  const giving = { holding, items: ['name'], purpose: 'P3', recipient: authority };
  const providing = { relation: 'third-party' as const, exception };
  must(await client.provide({ ...giving, principal, facts: providing, attempt: attempt('attempt of a provision') }));
  const basis = { item: '27(1)(i)' as const, legalBasis: words('legalBasis of a package of one') };
  const facts = { relation: 'third-party' as const, exception: basis };
  const { id } = must(
    await client.packages.draft({ ...giving, everybody: false, facts, attempt: attempt('attempt of a package') }),
  );
  must(await client.packages.list(id, [principal]));
  must(await client.packages.screen(id));
  const by = { actor: officerOf(server), authority: ['officer-all-work'] };
  const beyond = { item: '18(3)(i)' as const, legalBasis: words('legalBasis of a use beyond the purpose') };
  const use = { principal, holding, items: ['name'], purpose: 'P1', exception: beyond };
  must(await useBeyond(office, by, { ...use, situation: words('situation') }));
  const { collection: bought, facts: receipt } = boughtHistory(holding);
  const { id: collection } = must(await client.registerRelatedCollection(bought));
  const documents = { consent: words('document of a receipt') };
  const received = { collection, principal, items: ['note'], facts: receipt, documents };
  must(await client.receiveRelated({ ...received, attempt: attempt('attempt of a receipt') }));
  const linking = {
    code: 'linking',
    kind: 'linking',
    name: { ja: '閲覧履歴の結び付け', en: 'Linking browsing' },
  } as const;
  const reach = { purposes: ['P3'], holding, items: ['note'], recipients: [] };
  const wording = { ja: '閲覧履歴を結び付けることに同意します' };
  const { code, version } = must(await client.writeConsentText({ ...linking, ...reach, wording }));
  must(await client.startConsentText(code, version, { from_day: '2026-04-01' }));
  await addConsent(server, principal, { code, version }, day('2026-10-01'));
  const browsed = must(await client.registerRelatedCollection(readersSite(holding))).id;
  const confirmation = { on: '2026-10-01', by: 'declaration', consented: true } as const;
  must(
    await client.provideRelated({
      collection: browsed,
      recipient: server.recipient,
      items: ['note'],
      facts: { link: { expected: true, byTag: false, confirmation } },
      documents: { consent: '申告書 1' },
      attempt: attempt('attempt of a related provision'),
    }),
  );
  const cookie = { collection: browsed, identifier: 'note', value: mark('mark-cookie', 'identifier') };
  must(await client.linkIdentifier({ ...cookie, principal }));
}

type Events = DeskJson['events'];

/** Requests that together take every step at which something is written. */
async function ask({ name, principal }: Came): Promise<void> {
  const { requests } = server.client;
  const { holding } = server;
  const on = server.office.clock.today();
  let writers = 0;
  const register = async (kind: DeskJson['registration']['kind'], more: Partial<DeskJson['registration']> = {}) => {
    const of = `sender ${(writers += 1)}`;
    const sender = { name: words(`${of}, name`), address: words(`${of}, address`), email: email(`${of}, e-mail`) };
    const letter = { kind, scope: 'customer', arrived_on: on, channel: 'letter', sender, says: words('says') } as const;
    return must(await requests.register({ ...letter, attempt: attempt(`attempt of ${of}`), ...more }));
  };
  const walk = async (id: string, ...events: (readonly [keyof Events, object])[]): Promise<void> => {
    for (const [event, body] of events) {
      const { last } = must(await requests.one(id));
      must(await requests.happen(id, event, { ...body, seen: last, attempt: attempt(`attempt of ${event}`) }));
    }
  };
  const came = [
    'papers-received',
    {
      on,
      form: 'right',
      method: 'electronic',
      fee_yen: 1000,
      registered_mail: mark('777-10-4242-0', 'number of a registered mail'),
    },
  ] as const;
  const documents = {
    on,
    documents: ['driving-licence' as const],
    checked: ['name' as const, 'address' as const, 'valid' as const],
    numbers_covered: true,
  };
  const agent = {
    name: words('agent, name'),
    address: words('agent, address'),
    email: email('agent, e-mail'),
    principal: words('agent, principal'),
  };
  const themselves = ['identified', { ...documents, requester: 'principal' }] as const;
  const specified = ['specified', { terms: [{ kind: 'name' as const, term: name }], principal }] as const;

  const disclosure = await register('disclosure');
  await walk(disclosure.id, ['amended', { sender: { name: words('sender, put right') } }], came);
  await press(`/desk/${disclosure.id}/scans`, { scan: scanned(), covered: 'stated' });
  await walk(
    disclosure.id,
    ['identified', { ...documents, requester: 'mandated-agent', authority: ['power-of-attorney'], agent }],
    specified,
    ['collected', {}],
  );
  const { items } = must(await requests.one(disclosure.id)).holdings[0]!;
  for (const item of items) {
    const held = {
      decision: 'redact' as const,
      ground: 'harms' as const,
      reason: words('reason of a redaction'),
      redacted: `${words('redacted')}■`,
    };
    await walk(disclosure.id, ['reviewed', { holding, item, ...(item === 'note' ? held : { decision: 'disclose' }) }]);
  }
  const granted = { existenceHarms: false, otherLaw: false, methodDifficult: false };
  await walk(
    disclosure.id,
    ['extended', { on, until: addDays(on, 20), reason: words('reason of an extension') }],
    ['decided', { facts: granted, reason: words('reason of a decision') }],
    ['notified', { on, by: 'electronic', email: email('where a link goes') }],
  );
  await press(`/desk/${disclosure.id}/parcel`, { attempt: attempt('attempt of a link'), email: '' });

  const untrue = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false } as const;
  const correction = await register('correction');
  await walk(correction.id, ['papers-received', { on, form: 'right', fee_yen: 0 }], themselves, specified, [
    'collected',
    {},
  ]);
  const changes = [{ holding, items: { note: words('note, as it is to be') } }];
  await walk(
    correction.id,
    ['decided', { facts: untrue, changes, reason: words('reason of a correction') }],
    ['carried-out', { ahead: words('why before another request') }],
  );

  const erasure = await register('erasure');
  await walk(erasure.id, ['papers-received', { on, form: 'right', fee_yen: 0 }], themselves, specified, [
    'collected',
    {},
  ]);
  const keeping = { legalBasis: words('keeping.legalBasis'), until: '2099-03-31', part: false };
  const substitute = { difficult: true, protects: true };
  await walk(erasure.id, [
    'decided',
    {
      facts: { reason: 'may-harm', found: 'all', keeping, substitute },
      measures: words('measures'),
      reason: words('reason of other measures'),
    },
  ]);

  const consultation = await register('consultation');
  await walk(consultation.id, ['decided', { answer: words('answer to a consultation') }]);
  const nobody = { name: '', address: '', email: '' };
  const complaint = await register('consultation', { anonymous: true, unreachable: true, sender: nobody });
  const known = { name: words('name that became known'), address: words('address that became known') };
  await walk(
    complaint.id,
    ['decided', { reason: words('what is done about a complaint') }],
    ['addressed', { on, sender: { ...known, email: email('e-mail address that became known') } }],
  );
  const unpaid = await register('disclosure');
  await walk(
    unpaid.id,
    ['papers-received', { on, form: 'right', fee_yen: 0 }],
    ['fee-waived', { on, ground: 'other', reason: words('reason of a waiver') }],
  );
  const stranger = await register('disclosure');
  await walk(stranger.id, ['dismissed', { on, ground: 'stranger', reason: words('reason of a dismissal') }]);

  await press(
    '/requests/new',
    {
      kind: 'disclosure',
      scope: 'customer',
      method: 'electronic',
      covered: 'stated',
      attempt: attempt('attempt on the web'),
      says: words('says, on the web'),
      name: words('name, on the web'),
      address: words('address, on the web'),
      email: email('e-mail, on the web'),
      scan: scanned(),
    },
    null,
  );
}

/** Staff, attempts to sign in, and questions about others. */
async function work(): Promise<void> {
  await press('/staff/new', { name: words('name of staff'), email: email('e-mail of staff'), roles: 'employee' });
  const wrong = new URLSearchParams({ email: email('e-mail at sign-in'), password: mark('mark-password', 'password') });
  expect((await server.fetch('/sign-in', { method: 'POST', body: wrong, headers: visitor })).status).toBe(422);
  const recipient = {
    'recipient.name': words('recipient of a consultation'),
    'recipient.address': words('its address'),
  };
  await press('/ask/provide', {
    relation: 'third-party',
    purpose: 'P3',
    'recipient.kind': 'private-person',
    ...recipient,
    do: 'keep',
  });
}

beforeAll(async () => {
  server = await openServer({
    env: { SEKISHO_SMTP: 'smtp://localhost:1', SEKISHO_MAIL_FROM: 'desk@example.jp' },
    through: overheard,
    permit: '@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);',
    operator: (yaml) => yaml.replace('electronic: false', 'electronic: true'),
  });
  officer = await server.session('officer');
  const came = await comeIn();
  await give(came);
  await consent(came);
  await ask(await comeIn());
  await work();
});
afterAll(() => server?.close());

const cores = (): string[] => [...marks.keys()];
const whereIn = (text: string): string[] => [...marks].flatMap(([core, where]) => (text.includes(core) ? [where] : []));

/** The columns with words that people wrote or the program produces, and why a database administrator may read them. */
const inClear: readonly (readonly [why: string, columns: string])[] = [
  [
    'what the law, the policy in force or the program says, of nobody',
    `acquisitions.duties acquisitions.relied_on consultations.finding joint_use_notices.finding packages.screening provisions.finding related_provisions.finding
     related_receipts.finding uses_beyond.finding uses_beyond.facts uses_beyond.exception suspensions.article promise_checks.says promise_checks.evidence
     promise_checks.fix promise_states.says promise_states.evidence purpose_changes.because purpose_changes.duties purpose_wordings.because
     purpose_wordings.duties`,
  ],
  [
    'what the company says of itself, of its sites and of how it works: most of it is public, with the names of its representative and its desk',
    `access_policies.text commission_pages.url consent_texts.name consent_texts.wording consent_texts.shown country_reports.content
     joint_use_notices.states joint_use_notices.why joint_uses.draft joint_uses.ended_why joint_uses.name_en joint_uses.name_ja judgements.why
     letter_texts.content policy_versions.content purpose_changes.announced_where purpose_changes.reason purpose_wordings.announced_where
     purpose_wordings.reason web_registers.site web_registers.tags`,
  ],
  [
    'what is kept where, and by which department',
    `holding_versions.content holding_versions.reason holdings.access holdings.department holdings.items holdings.name_en holdings.name_ja
     holdings.place holdings.retention related_collection_versions.content related_collections.items related_collections.name_en
     related_collections.name_ja related_collections.place systems.name`,
  ],
  [
    'a company or business with which this company deals, its representative and what was agreed with it: the records of 29, 30 and 31(3) name them',
    `consultations.facts provision_records.recipient_address provision_records.recipient_name provision_records.recipient_representative
     provisions.facts provisions.recipient recipient_assurances.end_reason recipient_assurances.reference recipient_assurances.terms
     recipient_checks.foreign_system recipient_checks.method recipient_checks.proof recipient_checks.remedy recipient_checks.trouble recipient_versions.content
     recipient_versions.reason recipients.address recipients.contact recipients.name recipients.representative recipients.stop_reason
     related_provision_records.recipient_address related_provision_records.recipient_name related_provision_records.recipient_representative
     related_provisions.facts related_receipt_records.provider_address related_receipt_records.provider_name
     related_receipt_records.provider_representative related_receipts.facts acquisitions.receipt`,
  ],
  [
    'words that stand beside nobody known, or beside many: there is no key of one person for them, and whoever writes is asked to name nobody',
    'packages.facts packages.reason packages.words related_provisions.documents',
  ],
  ['what happened to a request, in codes, and what the law says to a decision', 'request_events.data'],
  [
    'what the program writes for itself: numbers of requests, codes with a place, names of files, hashes of passwords, the signed heads of the log, and its entries, which take nothing but ids, codes and days',
    `desk_told.what log_checkpoints.note log_entries.entry mail_outbox.about migrations.name request_papers.about staff.password_hash`,
  ],
  [
    'where an earlier version’s words wait for the next start, and nothing after it',
    `attempts_waiting.attempt call_keys_waiting.key consent_imports_waiting.sha256 consent_remarks_waiting.remarks provision_references_waiting.words
     related_documents_waiting.documents request_words_waiting.words`,
  ],
];

/** Columns of codes that this test does not fill: the program or a check of the table restricts their values. */
const unfilled =
  `attempts_waiting.relation call_keys_waiting.relation call_keys_waiting.actor commission_pages.actor consents.representative judgements.purpose
  log_verifications.part packages.waits_for packages.stuck person_links.ended_by
  purpose_changes.from_purpose purpose_changes.to_purpose purpose_changes.actor purpose_changes.ended_by purpose_wordings.judged
  recipient_assurances.confirmed_by recipient_checks.confirmed_by
  request_words_waiting.kind staff_links.ground suspensions.purposes`.split(/\s+/);

/** The given values that are in clear in those columns. */
const told: Readonly<Record<string, string[]>> = {};

const listed = new Map(
  inClear.flatMap(([why, columns]) => columns.split(/\s+/).map((column) => [column, why] as const)),
);

/** The texts in a value; of JSON also its keys, because a key could be a name. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one)]);
}

/** True when the log would accept it: an id, a code, a day, an article or a digest. */
function isCode(text: string): boolean {
  try {
    entryText(logEntry(0, { kind: 'sekisho' }, 'test', { value: text }));
    return true;
  } catch {
    return text === '';
  }
}

/** The values of a column that are no codes; null when it has no value that could tell. */
function wordsIn({ type, values }: Column): string[] | null {
  if (values.length === 0) return type === 'bytea' ? [] : null;
  switch (type) {
    case 'bytea':
      return values.filter((value) => /^[\x20-\x7e]{6,}$/.test(value) && !value.includes('\\'));
    case 'jsonb':
      return values.flatMap((value) => textsIn(JSON.parse(value))).filter((text) => !isCode(text));
    case 'text[]':
      return values
        .flatMap((value) => value.slice(1, -1).split(','))
        .map((text) => text.replaceAll('"', ''))
        .filter((text) => !isCode(text));
    case 'text':
    case 'name':
      return values.filter((value) => !isCode(value));
    default:
      return values;
  }
}

/** Types whose values never contain words. */
const WORDLESS =
  /^(bigint|boolean|date|integer|smallint|timestamp with time zone|uuid|xid8)$|^(uuid|smallint|bytea)\[\]$/;

/** Tables that are written without a log entry: what the program keeps about itself, not about anybody's information. */
const beside: Readonly<Record<string, string>> = {
  api_tokens: 'on which day one was last used, and that it was mailed that it ends',
  desk_rounds: 'on which day who works at the desk was last told what is due',
  log_checkpoints: 'of the log itself',
  log_leaves: 'of the log itself',
  log_tiles: 'of the log itself',
  log_verifications: 'of the log itself',
  mail_outbox: 'that a letter was sent or is put off; it was written with what it tells of',
  migrations: 'which were applied',
  packages:
    'what a screening found in the registers, that a file is prepared, and what its people were told of; who is in it, who asked for it and who approved is logged',
  promise_checks: 'that a promise was computed again and its state is the same; a change of state is logged',
  sign_in_attempts: 'how often somebody was wrong, under keyed digests',
  staff_key: 'by which key the directory opens',
  table_changes: 'that a table changed',
  time_reached: 'how far the office has come in time',
  vault_index_keys: 'the key of the index, wrapped',
  vault_keys: 'by which key the vault opens',
};

describe('in no column of any table', () => {
  let furnished: Furnished;
  let columns: Column[];
  beforeAll(async () => {
    furnished = await furnishedOffice((line) => expect.unreachable(line));
    const house = new Map((await everyColumn(furnished.db.owner)).map((column) => [column.name, column.values]));
    columns = (await everyColumn(server.db.owner)).map((column) => ({
      ...column,
      values: [...column.values, ...house.get(column.name)!],
    }));
  });
  afterAll(() => furnished?.close());

  test('stand words but where the list says why; all else is sealed, or ids, codes, days and numbers', () => {
    const strangers: string[] = [];
    const empty: string[] = [];
    for (const column of columns) {
      if (WORDLESS.test(column.type) || listed.has(column.name)) continue;
      const found = wordsIn(column);
      if (found === null) empty.push(column.name);
      else if (found.length > 0) strangers.push(`${column.name}: ${found[0]}`);
    }
    expect(strangers).toEqual([]);
    expect(empty).toEqual(unfilled);
    const names = new Set(columns.map(({ name }) => name));
    expect([...listed.keys()].filter((name) => !names.has(name))).toEqual([]);
  });

  test('stands anything of what was told of people, but what the list names', () => {
    expect(marks.size).toBeGreaterThan(60);
    const found = columns.flatMap(({ name, values }) => {
      const where = [...new Set(values.flatMap(whereIn))];
      return where.length > 0 ? [[name, where] as const] : [];
    });
    expect(Object.fromEntries(found)).toEqual(told);
  });

  test('stands a row of eight weeks of work that the log knows nothing of', async () => {
    const unlogged = Object.keys(await unloggedRows(furnished.db.owner));
    expect(unlogged.filter((table) => beside[table] === undefined)).toEqual([]);
  });

  test('stands anybody of a furnished office', () => {
    const people = Array.from({ length: 240 }, (_, i) => fictionalPerson(i));
    const theirs = people.flatMap(({ name, name_kana, email: mail, phone: number, address }) => [
      name,
      name_kana,
      mail,
      number,
      address,
    ]);
    const found = columns.filter(({ values }) => values.some((value) => theirs.some((one) => value.includes(one))));
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

test('every row was written by a transaction that wrote an entry of the log too, but for what the house keeps of itself', async () => {
  expect((await server.db.owner.query('SELECT 1 FROM log_entries', [])).length).toBeGreaterThan(80);
  const unlogged = Object.keys(await unloggedRows(server.db.owner));
  expect(unlogged.filter((table) => beside[table] === undefined)).toEqual([]);
});

test('in no file below the tables, their long values and indexes, and in no statistics', async () => {
  // The references of a package are in clear until it is known whom it is about, and their bytes stay until the table is rewritten with the keys in
  // it.
  expect(await filesHolding(server.db.owner, cores())).toEqual(['packages']);
  expect(await statisticsHolding(server.db.owner, cores())).toEqual(Object.keys(told));
});

test('the server of the database is told none of it, also where it writes down every statement with its parameters', () => {
  const text = fs.readFileSync(serverLog.file).subarray(serverLog.from).toString('utf8');
  // It did write the statements down.
  expect(text).toContain(server.holding);
  expect(whereIn(text)).toEqual(['legalBasis of a package of one', ...Object.values(told).flat()]);
});

test('the operator hears none of it, and the data folder keeps none', async () => {
  expect(whereIn(server.reported.join('\n'))).toEqual([]);
  const folder = path.dirname(server.office.config.dataFolder);
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(3);
  for (const { parentPath, name } of files) {
    const bytes = fs.readFileSync(path.join(parentPath, name));
    expect([name, cores().filter((core) => bytes.includes(core))]).toEqual([name, []]);
  }
});
