// JSON routes of the recipients and the countries for the company's systems, and the list of all their routes. Systems may read, and may write if
// their token says so.

import type { Day } from '../../base/day.ts';
import { inForce, parameters } from '../../law/index.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  createRoute,
  guarded,
  inLines,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  z,
  type FieldNames,
  type Route,
} from '../../platform/http/index.ts';
import { byOf, type Room } from '../access/index.ts';
import { allReports, commissionPage, type Dossier, dossierOf, listRecipients, reportsOf } from './actions/read.ts';
import { assureRecipient, checkRecipient, endAssuranceOf } from './actions/assurance.ts';
import { changeRecipient, registerRecipient, resumeRecipient, stopRecipient } from './actions/recipient.ts';
import { checkCommissionPage, reportCountry } from './actions/country.ts';
import {
  type Assurance,
  assuranceKinds,
  type Check,
  type CountryReport,
  indicators,
  measureStates,
  principles,
  type Recipient,
  type RecipientVersion,
  relations,
  schemes,
  systemBases,
} from './facts/register.ts';
import { assuranceState, assuranceStates, holdsOn, isUnconfirmed, recheckBy, reportOn } from './facts/standing.ts';
import { recipientKinds } from './facts/read.ts';
import { measuresAnswer } from './letters/measures.ts';
import { assurancePages } from './pages/assurance.tsx';
import { checkPages } from './pages/check.tsx';
import { countryPages, type ReadGiven } from './pages/countries.tsx';
import { recipientPages } from './pages/recipient.tsx';
import { formPages } from './pages/form.tsx';
import { listPages } from './pages/list.tsx';
import { registerPages } from './pages/registers.tsx';
import { reportPages } from './pages/report.tsx';

const contentShape = {
  kind: z.enum(recipientKinds as [string, ...string[]]),
  name: z.string().openapi({ example: '例示情報通信株式会社' }),
  address: z.string(),
  representative: z.string().nullable().openapi({ description: 'Required for a corporation.' }),
  country: z.string().openapi({
    description: 'ISO 3166-1 alpha-2 of the place of the entity, never of a server.',
    example: 'JP',
  }),
  relations: z.array(z.enum(relations)),
  contact: z.string().nullable(),
  public_key: z.string().nullable().openapi({ description: 'An age X25519 recipient: `age1…`, 62 characters.' }),
};

const contentSchema = z.object(contentShape).openapi('RecipientContent');

const recipientSchema = z
  .object({
    id: z.uuid(),
    ...contentShape,
    state: z.enum(['active', 'stopped']),
    stopped_on: z.iso.date().nullable(),
    stop_reason: z.string().nullable(),
    version: z.int(),
    registered_at: z.iso.datetime(),
    changed_at: z.iso.datetime(),
  })
  .openapi('Recipient');

const assuranceSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(assuranceKinds),
    reference: z.string(),
    from: z.iso.date(),
    until: z.iso.date().nullable(),
    holds: z.boolean().openapi({
      description: 'True when it is in force today; an expired or unconfirmed one counts as if it did not exist.',
    }),
    state: z.enum(assuranceStates).openapi({
      description:
        'Why it holds or does not. `unconfirmed`: it would be in force, but a system recorded it, and it counts only once a member of the staff has confirmed it on the page of the recipient. `not-yet`: it begins later. `expired`: its last day has passed. `ended`: it was ended before that.',
    }),
    own_use: z.boolean().optional(),
    assessed: z.boolean().optional(),
    contract: z.boolean().optional(),
    monitored: z.boolean().optional(),
    by: z.enum(systemBases).optional(),
    scheme: z.enum(schemes).nullable().optional(),
    measures: z.string().nullable().optional(),
    check_method: z.string().nullable().optional(),
    check_months: z.int().optional(),
    contract_excludes_handling: z.boolean().optional(),
    access_controlled: z.boolean().optional(),
    server_country: z.string().optional(),
    ended_on: z.iso.date().nullable(),
    end_reason: z.string().nullable(),
    entry: z.uuid(),
  })
  .openapi('RecipientAssurance');

const checkSchema = z
  .object({
    id: z.uuid(),
    on: z.iso.date(),
    method: z.string(),
    measures: z.enum(measureStates),
    foreign_system: z.string().nullable(),
    trouble: z.string().nullable(),
    remedy: z.string().nullable(),
    proof: z.string().nullable().openapi({ description: 'What shows that everything was returned or erased.' }),
    next_due: z.iso.date().nullable(),
    unconfirmed: z.boolean().openapi({
      description:
        'True when a system recorded it of a recipient abroad and no member of the staff has confirmed it yet: until then it counts as if it had not been made.',
    }),
    entry: z.uuid(),
  })
  .openapi('RecipientCheck');

const dossierSchema = recipientSchema
  .extend({ assurances: z.array(assuranceSchema), checks: z.array(checkSchema) })
  .openapi('RecipientDossier');

const versionSchema = z
  .object({
    version: z.int(),
    act: z.enum(['register', 'change', 'stop', 'resume']),
    at: z.iso.datetime(),
    content: contentSchema,
    state: z.enum(['active', 'stopped']),
    reason: z.string().nullable(),
    entry: z.uuid(),
  })
  .openapi('RecipientVersion');

const itemSchema = z.object({
  item: z.string().openapi({ example: 'how-set-up' }),
  says: z.object({ ja: z.string(), en: z.string() }).nullable(),
  lacks: z.object({ ja: z.string(), en: z.string() }).nullable().openapi({
    description: 'What is not on record, where `says` is null.',
  }),
});

const measuresSchema = z
  .object({
    recipient: z.object({ id: z.uuid(), name: z.string(), country: z.string() }),
    on: z.iso.date(),
    owed: z.boolean().openapi({
      description:
        'Whether an equivalent-action system is on record. The duty is to the persons whose information was provided on it.',
    }),
    items: z.array(itemSchema),
  })
  .openapi('RecipientMeasures');

const reportShape = {
  system_exists: z.boolean(),
  indicators: z.array(z.enum(indicators)),
  missing_principles: z.array(z.enum(principles)).nullable().openapi({
    description: 'Principles of the OECD that are missing; null = not examined, because an indicator is relied on.',
  }),
  grave_systems: z.string().nullable().openapi({ description: 'Null: none was found.' }),
  source: z.string(),
  checked_on: z.iso.date(),
  measures: z.string().nullable(),
};

const reportSchema = z
  .object({
    country: z.string(),
    version: z.int(),
    ...reportShape,
    recheck_by: z.iso.date(),
    entry: z.uuid(),
  })
  .openapi('CountryReport');

const pageSchema = z
  .object({
    url: z.string(),
    checked_on: z.iso.date(),
    recorded: z.boolean().openapi({ description: 'False when the address comes from the policy.' }),
  })
  .openapi('CommissionPage');

const countriesSchema = z
  .object({
    equivalent: z.object({
      countries: z.array(z.string()),
      from: z.iso.date().nullable(),
      article: z.string(),
      status: z.enum(['verified', 'to-confirm']),
    }),
    commission_page: pageSchema.nullable(),
    reports: z.array(reportSchema).openapi({ description: 'The newest on each country.' }),
  })
  .openapi('Countries');

const countrySchema = z
  .object({
    country: z.string(),
    // A union instead of `nullable`: with `nullable`, the published description would require the form of a report, which null does not have.
    standing: z.union([reportSchema, z.null()]).openapi({ description: 'The report that is in force today.' }),
    reports: z.array(reportSchema),
  })
  .openapi('Country');

// ---- inputs

const maybeText = z.string().nullable().optional();
const maybeProse = inLines(z.string()).nullable().optional();
// Days and codes are documented for authors of clients, but not validated here: the register reports what is wrong in its own words.
const toldDay = z.string().openapi({ format: 'date' });
const maybeDay = maybeText.openapi({ format: 'date' });
const told = (words: readonly string[]) => z.string().openapi({ enum: [...words] });

const inputSchema = z
  .strictObject({
    kind: told(recipientKinds),
    name: z.string(),
    address: z.string(),
    representative: maybeText,
    country: z.string(),
    relations: z.array(told(relations)),
    contact: maybeText,
    public_key: maybeText,
  })
  .openapi('RecipientInput');

// Not `extend`: it would be published as both schemas at once, neither of which allows the fields of the other.
const changeSchema = z
  .strictObject({
    ...inputSchema.shape,
    version: z.int().openapi({ description: 'The version you have seen.' }),
  })
  .openapi('RecipientChange');

const reasonSchema = z.strictObject({ version: z.int(), reason: inLines(z.string()) }).openapi('RecipientReason');

const assuranceInput = z
  .strictObject({
    kind: told(assuranceKinds),
    reference: z.string(),
    from: toldDay,
    until: maybeDay,
    own_use: z.boolean().optional(),
    assessed: z.boolean().optional(),
    contract: z.boolean().optional(),
    monitored: z.boolean().optional(),
    by: told(systemBases).optional(),
    scheme: maybeText.openapi({ enum: [...schemes, null] }),
    measures: maybeProse,
    check_method: maybeProse,
    check_months: z.int().optional(),
    contract_excludes_handling: z.boolean().optional(),
    access_controlled: z.boolean().optional(),
    server_country: z.string().optional(),
  })
  .openapi('RecipientAssuranceInput');

const endSchema = z.strictObject({ reason: inLines(z.string()) }).openapi('RecipientAssuranceEnd');

const checkInput = z
  .strictObject({
    on: toldDay,
    method: inLines(z.string()),
    measures: told(measureStates),
    foreign_system: maybeProse,
    trouble: maybeProse,
    remedy: maybeProse,
    proof: maybeText.openapi({
      description: 'What shows that everything was returned or erased; needed for `returned`.',
    }),
    next_due: maybeDay,
  })
  .openapi('RecipientCheckInput');

const reportInput = z
  .strictObject({
    version: z.int().openapi({ description: 'Number of reports on this country that you have seen; 0 for the first.' }),
    system_exists: z.boolean(),
    indicators: z.array(told(indicators)),
    missing_principles: z.array(told(principles)).nullable(),
    grave_systems: inLines(z.string()).nullable(),
    source: z.string(),
    checked_on: toldDay,
    measures: maybeProse,
  })
  .openapi('CountryReportInput');

const pageInput = z.strictObject({ url: z.string(), checked_on: toldDay }).openapi('CommissionPageInput');

const listSchema = z.object({ recipients: z.array(recipientSchema) });
const versionsSchema = z.object({ versions: z.array(versionSchema) });
const listQuery = z.object({
  state: z.enum(['active', 'stopped']).optional(),
  relation: z.enum(relations).optional(),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
});
const idParam = z.object({ id: z.string() });
const countryParam = z.object({ country: z.string() });

/** Types of the requests and answers, for the typed client. */
export interface RecipientJson {
  input: z.input<typeof inputSchema>;
  change: z.input<typeof changeSchema>;
  reason: z.input<typeof reasonSchema>;
  recipient: z.infer<typeof recipientSchema>;
  recipients: z.infer<typeof listSchema>;
  query: z.input<typeof listQuery>;
  dossier: z.infer<typeof dossierSchema>;
  versions: z.infer<typeof versionsSchema>;
  assuranceInput: z.input<typeof assuranceInput>;
  assurance: z.infer<typeof assuranceSchema>;
  checkInput: z.input<typeof checkInput>;
  check: z.infer<typeof checkSchema>;
  measures: z.infer<typeof measuresSchema>;
  countries: z.infer<typeof countriesSchema>;
  country: z.infer<typeof countrySchema>;
  reportInput: z.input<typeof reportInput>;
  report: z.infer<typeof reportSchema>;
  pageInput: z.input<typeof pageInput>;
  page: z.infer<typeof pageSchema>;
}

// ---- declarations

const unknownOne = { 404: problemAnswer('No such recipient') };
const unknownCountry = { 404: problemAnswer('No such country, or Japan') };
const writes = {
  409: problemAnswer('It exists already, or somebody else changed it first'),
  422: problemAnswer('Bad input: each field is named'),
  ...guarded,
};

const list = createRoute({
  method: 'get',
  path: '/api/v1/recipients',
  operationId: 'recipients',
  summary: 'All recipients, by name',
  request: { query: listQuery },
  responses: { 200: jsonAnswer(listSchema, 'Recipients'), 422: problemAnswer('Bad input'), ...guarded },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/recipients/{id}',
  operationId: 'recipient',
  summary: 'One recipient, with its assurances and its checks',
  request: { params: idParam },
  responses: { 200: jsonAnswer(dossierSchema, 'The recipient'), ...unknownOne, ...guarded },
});

const versions = createRoute({
  method: 'get',
  path: '/api/v1/recipients/{id}/versions',
  operationId: 'recipientVersions',
  summary: 'The versions of a recipient, newest first',
  request: { params: idParam },
  responses: { 200: jsonAnswer(versionsSchema, 'Versions'), ...unknownOne, ...guarded },
});

const measures = createRoute({
  method: 'get',
  path: '/api/v1/recipients/{id}/measures',
  operationId: 'recipientMeasures',
  summary: 'The seven items a person is told on request (APPI 28(3), Rules 18(3))',
  request: { params: idParam },
  responses: { 200: jsonAnswer(measuresSchema, 'What is told, and what is lacking'), ...unknownOne, ...guarded },
});

const register = createRoute({
  method: 'post',
  path: '/api/v1/recipients',
  operationId: 'registerRecipient',
  summary: 'Register a recipient',
  request: jsonBody(inputSchema),
  responses: { 201: jsonAnswer(recipientSchema, 'Registered'), ...writes },
});

const change = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/versions',
  operationId: 'changeRecipient',
  summary: 'Write the next version of a recipient',
  request: { params: idParam, ...jsonBody(changeSchema) },
  responses: { 200: jsonAnswer(recipientSchema, 'The recipient after the change'), ...unknownOne, ...writes },
});

const stopping = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/stop',
  operationId: 'stopRecipient',
  summary: 'Stop every provision to a recipient',
  request: { params: idParam, ...jsonBody(reasonSchema) },
  responses: { 200: jsonAnswer(recipientSchema, 'Stopped'), ...unknownOne, ...writes },
});

const resuming = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/resume',
  operationId: 'resumeRecipient',
  summary: 'Lift the stop of a recipient',
  request: { params: idParam, ...jsonBody(reasonSchema) },
  responses: { 200: jsonAnswer(recipientSchema, 'Resumed'), ...unknownOne, ...writes },
});

const assuring = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/assurances',
  operationId: 'assureRecipient',
  summary:
    'Record an assurance, on which a provision may rest: an entrustment, a cloud. An equivalent-action system is recorded by staff only',
  request: { params: idParam, ...jsonBody(assuranceInput) },
  responses: { 201: jsonAnswer(assuranceSchema, 'Recorded'), ...unknownOne, ...writes },
});

const ending = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/assurances/{assurance}/end',
  operationId: 'endAssurance',
  summary: 'End an assurance from today',
  request: { params: z.object({ id: z.string(), assurance: z.string() }), ...jsonBody(endSchema) },
  responses: { 200: jsonAnswer(assuranceSchema, 'Ended'), ...unknownOne, ...writes },
});

const checking = createRoute({
  method: 'post',
  path: '/api/v1/recipients/{id}/checks',
  operationId: 'checkRecipient',
  summary:
    'Record a check; one that says that the measures cannot be kept stops the recipient, and is the only one a system may record of a recipient abroad. `returned` is recorded by staff only',
  request: { params: idParam, ...jsonBody(checkInput) },
  responses: { 201: jsonAnswer(checkSchema, 'Recorded'), ...unknownOne, ...writes },
});

const countries = createRoute({
  method: 'get',
  path: '/api/v1/countries',
  operationId: 'countries',
  summary: 'Equivalent countries, the newest report on each country, and where the Commission publishes its own',
  responses: { 200: jsonAnswer(countriesSchema, 'Countries'), ...guarded },
});

const country = createRoute({
  method: 'get',
  path: '/api/v1/countries/{country}',
  operationId: 'country',
  summary: 'The reports on a country, newest first',
  request: { params: countryParam },
  responses: { 200: jsonAnswer(countrySchema, 'The country'), ...unknownCountry, ...guarded },
});

const reporting = createRoute({
  method: 'post',
  path: '/api/v1/countries/{country}/reports',
  operationId: 'reportCountry',
  summary: 'Record what is known of the system of a country',
  request: { params: countryParam, ...jsonBody(reportInput) },
  responses: { 201: jsonAnswer(reportSchema, 'Recorded'), ...unknownCountry, ...writes },
});

const paging = createRoute({
  method: 'post',
  path: '/api/v1/commission-page',
  operationId: 'checkCommissionPage',
  summary: 'Record where the Commission publishes its reports on countries',
  request: jsonBody(pageInput),
  responses: { 201: jsonAnswer(pageSchema, 'Recorded'), ...writes },
});

// ---- bodies

const contentBody = ({
  kind,
  name,
  address,
  representative,
  country: at,
  relations: stands,
  contact,
  publicKey,
}: Pick<
  Recipient,
  'kind' | 'name' | 'address' | 'representative' | 'country' | 'relations' | 'contact' | 'publicKey'
>): z.infer<typeof contentSchema> => ({
  kind,
  name,
  address,
  representative,
  country: at,
  relations: stands,
  contact,
  public_key: publicKey,
});

const recipientBody = (of: Recipient): z.infer<typeof recipientSchema> => ({
  id: of.id,
  ...contentBody(of),
  state: of.state,
  stopped_on: of.stoppedOn,
  stop_reason: of.stopReason,
  version: of.version,
  registered_at: of.registeredAt.toISOString(),
  changed_at: of.changedAt.toISOString(),
});

function termsBody(terms: Assurance['terms']) {
  switch (terms.kind) {
    case 'entrustment':
      return {
        own_use: terms.ownUse,
        assessed: terms.assessed,
        contract: terms.contract,
        monitored: terms.monitored,
      };
    case 'equivalent-system':
      return {
        by: terms.by,
        scheme: terms.scheme,
        measures: terms.measures,
        check_method: terms.checkMethod,
        check_months: terms.checkMonths,
      };
    case 'cloud':
      return {
        contract_excludes_handling: terms.contractExcludesHandling,
        access_controlled: terms.accessControlled,
        server_country: terms.serverCountry,
      };
  }
}

const assuranceBody = (of: Assurance, today: Day): z.infer<typeof assuranceSchema> => ({
  id: of.id,
  kind: of.terms.kind,
  reference: of.reference,
  from: of.from,
  until: of.until,
  holds: holdsOn(of, today),
  state: assuranceState(of, today),
  ...termsBody(of.terms),
  ended_on: of.ended?.on ?? null,
  end_reason: of.ended?.reason ?? null,
  entry: of.entryId,
});

const checkBody = (of: Check, { country }: Pick<Recipient, 'country'>): z.infer<typeof checkSchema> => ({
  id: of.id,
  on: of.on,
  method: of.method,
  measures: of.measures,
  foreign_system: of.foreignSystem,
  trouble: of.trouble,
  remedy: of.remedy,
  proof: of.proof,
  next_due: of.nextDue,
  unconfirmed: country !== 'JP' && isUnconfirmed(of),
  entry: of.entryId,
});

const dossierBody = (of: Dossier, today: Day): z.infer<typeof dossierSchema> => ({
  ...recipientBody(of.recipient),
  assurances: of.assurances.map((assurance) => assuranceBody(assurance, today)),
  checks: of.checks.map((check) => checkBody(check, of.recipient)),
});

const versionBody = (of: RecipientVersion): z.infer<typeof versionSchema> => ({
  version: of.version,
  act: of.act,
  at: of.at.toISOString(),
  content: contentBody(of.content),
  state: of.state,
  reason: of.reason,
  entry: of.entryId,
});

const reportBody = (of: CountryReport): z.infer<typeof reportSchema> => ({
  country: of.country,
  version: of.version,
  system_exists: of.systemExists,
  indicators: of.indicators,
  missing_principles: of.missingPrinciples,
  grave_systems: of.graveSystems,
  source: of.source,
  checked_on: of.checkedOn,
  measures: of.measures,
  recheck_by: recheckBy(of),
  entry: of.entryId,
});

async function countriesBody(office: Office): Promise<z.infer<typeof countriesSchema>> {
  const { equivalentCountries: parameter } = parameters;
  const page = await commissionPage(office);
  const reports = await allReports(office);
  const newest = reports.filter((report, i) => report.country !== reports[i - 1]?.country);
  return {
    equivalent: {
      countries: [...(inForce(parameter, office.clock.today()) ?? [])],
      from: parameter.from,
      article: `${parameter.citation.law} ${parameter.citation.article}`,
      status: parameter.status,
    },
    commission_page: page && { url: page.url, checked_on: page.checkedOn, recorded: page.recorded },
    reports: newest.map(reportBody),
  };
}

/** Renames the fields of a body as the action names them. */
const given = <T extends { public_key?: string | null | undefined }>({ public_key, ...rest }: T) => ({
  ...rest,
  publicKey: public_key,
});

/** Names of the fields in the API. */
const named: FieldNames = {
  publicKey: 'public_key',
  ownUse: 'own_use',
  checkMethod: 'check_method',
  checkMonths: 'check_months',
  contractExcludesHandling: 'contract_excludes_handling',
  accessControlled: 'access_controlled',
  serverCountry: 'server_country',
  foreignSystem: 'foreign_system',
  nextDue: 'next_due',
  systemExists: 'system_exists',
  missingPrinciples: 'missing_principles',
  graveSystems: 'grave_systems',
  checkedOn: 'checked_on',
};

const readApi = (office: Office): Route[] => [
  api('ledger:read', list, async (c) => {
    const { state, relation, country: at } = c.req.valid('query');
    const found = (await listRecipients(office)).filter(
      (of) =>
        (!state || of.state === state) &&
        (!relation || of.relations.includes(relation)) &&
        (!at || of.country === at.toUpperCase()),
    );
    return c.json({ recipients: found.map(recipientBody) }, 200);
  }),
  api('ledger:read', one, async (c) => {
    const outcome = await dossierOf(office, c.req.valid('param').id);
    return outcome.ok
      ? c.json(dossierBody(outcome.value, office.clock.today()), 200)
      : answerProblem(c, outcome.problem);
  }),
  api('ledger:read', versions, async (c) => {
    const outcome = await dossierOf(office, c.req.valid('param').id);
    return outcome.ok
      ? c.json({ versions: outcome.value.versions.map(versionBody) }, 200)
      : answerProblem(c, outcome.problem);
  }),
  api('ledger:read', measures, async (c) => {
    const outcome = await dossierOf(office, c.req.valid('param').id);
    return outcome.ok
      ? c.json(measuresAnswer(outcome.value, office.clock.today()), 200)
      : answerProblem(c, outcome.problem);
  }),
  api('ledger:read', countries, async (c) => c.json(await countriesBody(office), 200)),
  api('ledger:read', country, async (c) => {
    const { country: code } = c.req.valid('param');
    const outcome = await reportsOf(office, code);
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const standing = reportOn(outcome.value, office.clock.today());
    return c.json(
      { country: code, standing: standing && reportBody(standing), reports: outcome.value.map(reportBody) },
      200,
    );
  }),
];

const recipientApi = (office: Office): Route[] => [
  api('recipients:write', register, async (c) => {
    const outcome = await registerRecipient(office, byOf(c), given(c.req.valid('json')));
    return outcome.ok
      ? c.json(recipientBody(outcome.value), 201, { location: `/api/v1/recipients/${outcome.value.id}` })
      : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', change, async (c) => {
    const { version, ...input } = c.req.valid('json');
    const { id } = c.req.valid('param');
    const outcome = await changeRecipient(office, byOf(c), { id, version, input: given(input) });
    return outcome.ok ? c.json(recipientBody(outcome.value), 200) : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', stopping, async (c) => {
    const outcome = await stopRecipient(office, byOf(c), { ...c.req.valid('param'), ...c.req.valid('json') });
    return outcome.ok ? c.json(recipientBody(outcome.value), 200) : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', resuming, async (c) => {
    const outcome = await resumeRecipient(office, byOf(c), { ...c.req.valid('param'), ...c.req.valid('json') });
    return outcome.ok ? c.json(recipientBody(outcome.value), 200) : answerProblem(c, outcome.problem, named);
  }),
];

const recordApi = (office: Office): Route[] => [
  api('recipients:write', assuring, async (c) => {
    const sent = c.req.valid('json');
    const outcome = await assureRecipient(office, byOf(c), c.req.valid('param').id, {
      ...sent,
      ownUse: sent.own_use,
      checkMethod: sent.check_method,
      checkMonths: sent.check_months,
      contractExcludesHandling: sent.contract_excludes_handling,
      accessControlled: sent.access_controlled,
      serverCountry: sent.server_country,
    });
    return outcome.ok
      ? c.json(assuranceBody(outcome.value, office.clock.today()), 201)
      : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', ending, async (c) => {
    const { id, assurance } = c.req.valid('param');
    const outcome = await endAssuranceOf(office, byOf(c), { recipient: id, assurance, ...c.req.valid('json') });
    return outcome.ok
      ? c.json(assuranceBody(outcome.value, office.clock.today()), 200)
      : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', checking, async (c) => {
    const sent = c.req.valid('json');
    const outcome = await checkRecipient(office, byOf(c), c.req.valid('param').id, {
      ...sent,
      foreignSystem: sent.foreign_system,
      nextDue: sent.next_due,
    });
    return outcome.ok
      ? c.json(checkBody(outcome.value.check, outcome.value.recipient), 201)
      : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', reporting, async (c) => {
    const { version, ...sent } = c.req.valid('json');
    const input = {
      systemExists: sent.system_exists,
      indicators: sent.indicators,
      missingPrinciples: sent.missing_principles,
      graveSystems: sent.grave_systems,
      source: sent.source,
      checkedOn: sent.checked_on,
      measures: sent.measures,
    };
    const outcome = await reportCountry(office, byOf(c), { ...c.req.valid('param'), version, input });
    return outcome.ok ? c.json(reportBody(outcome.value), 201) : answerProblem(c, outcome.problem, named);
  }),
  api('recipients:write', paging, async (c) => {
    const { url, checked_on: checkedOn } = c.req.valid('json');
    const outcome = await checkCommissionPage(office, byOf(c), { url, checkedOn });
    return outcome.ok
      ? c.json({ url: outcome.value.url, checked_on: outcome.value.checkedOn, recorded: true }, 201)
      : answerProblem(c, outcome.problem, named);
  }),
];

/** Every route of the recipients and of the countries they are in: JSON and pages. */
export const recipientRoutes = (room: Room, given: ReadGiven): Route[] => [
  ...readApi(room.office),
  ...recipientApi(room.office),
  ...recordApi(room.office),
  ...listPages(room.office),
  ...formPages(room.office),
  ...registerPages(room),
  ...recipientPages(room),
  ...assurancePages(room.office),
  ...checkPages(room.office),
  ...countryPages(room, given),
  ...reportPages(room.office),
];
