// Every route × every kind of caller. The expectations are written by hand and apart from the code: which action a route needs, and who has which
// action. A route that is not listed fails; so does one that is listed and not served.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles, type Action, type Role } from '../../src/base/actor.ts';
import { addFictionalStaff } from '../../src/features/access/index.ts';
import { questions } from '../../src/features/consultation/index.ts';
import { revokeToken } from '../../src/features/access/actions/systems.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { addRecipient } from '../people.ts';
import {
  everything,
  must,
  newcomer,
  openServer,
  systemActions,
  tokenOf,
  type Session,
  type TestServer,
} from '../server.ts';

type May = 'public' | 'signed-in' | Action;

const work: Action[] = ['home:read', 'policy:read', 'checkpoint:ask'];
const mayBe: Record<Role, Action[]> = {
  officer: [
    ...work,
    'policy:propose',
    'policy:approve',
    'judgements:write',
    'consents:write',
    'recipients:write',
    'joint-uses:write',
    'transmissions:write',
    'ledger:read',
    'ledger:write',
    'people:search',
    'people:acquire',
    'people:use',
    'people:use-beyond',
    'people:correct',
    'people:erase',
    'people:link',
    'people:provide',
    'packages:read',
    'provisions:approve',
    'people:receipt',
    'records:read',
    'requests:read',
    'requests:write',
    'requests:decide',
    'letters:read',
    'letters:write',
    'log:read',
    'log:export',
    'log:review',
    'date:confirm',
    'staff:read',
    'staff:write',
    'systems:write',
    'keys:read',
  ],
  desk: [
    ...work,
    'ledger:read',
    'consents:write',
    'people:search',
    'people:use',
    'people:correct',
    'people:erase',
    'people:provide',
    'packages:read',
    'people:receipt',
    'records:read',
    'requests:read',
    'requests:write',
    'letters:read',
  ],
  handler: [
    ...work,
    'ledger:read',
    'consents:write',
    'people:search',
    'people:acquire',
    'people:use',
    'people:provide',
    'packages:read',
  ],
  'my-number': work,
  auditor: [
    ...work,
    'ledger:read',
    'people:search',
    'packages:read',
    'records:read',
    'requests:read',
    'letters:read',
    'log:read',
    'log:export',
    'staff:read',
    'keys:read',
  ],
  administrator: [...work, 'staff:read', 'staff:write', 'systems:write', 'keys:read'],
  reception: work,
  employee: work,
};

/** Path → the action it needs. Pages and files need a session, the API a token. */
const pages: Record<string, May> = {
  'GET /assets/:name{.+}': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',
  'GET /setup/:token': 'public',
  'POST /setup/:token': 'public',
  'GET /invitation/:token': 'public',
  'POST /invitation/:token': 'public',
  'GET /invitation/:token/company': 'public',
  'GET /sign-in': 'public',
  'GET /sign-in/company': 'public',
  'GET /sign-in/company/back': 'public',
  'POST /sign-in': 'public',
  'GET /sign-in/code': 'public',
  'POST /sign-in/code': 'public',
  'POST /sign-out': 'public',
  'GET /policy': 'public',
  'GET /policy.json': 'public',
  'GET /policy/versions': 'public',
  'GET /policy/versions/:version': 'public',
  'GET /policy/versions/:version/changes': 'public',
  'GET /policy/versions/:version/proof.json': 'public',
  'GET /joint-use': 'public',
  'GET /joint-use.json': 'public',
  'GET /joint-use/:id': 'public',
  'GET /joint-use/:id/:day': 'public',
  'GET /external-transmission': 'public',
  'GET /external-transmission/:site': 'public',
  'GET /external-transmission/:site/register.json': 'public',
  'GET /requests': 'public',
  'GET /requests/forms/:file': 'public',
  'GET /requests/status': 'public',
  'POST /requests/status': 'public',
  'GET /requests/new': 'public',
  'POST /requests/new': 'public',
  'GET /requests/parcel': 'public',
  'POST /requests/parcel': 'public',
  'POST /requests/parcel/files/:file': 'public',
  'GET /requests/parcel/:link': 'public',
  'GET /log/checkpoint': 'public',
  'GET /log/consistency/:from{[0-9]+}': 'public',
  'GET /log/key': 'public',
  'GET /verify': 'public',
  'GET /log/tile/:rest{.+}': 'public',

  'GET /account': 'signed-in',
  'POST /account/person': 'signed-in',
  'POST /account/password': 'signed-in',
  'POST /account/sessions/:id/end': 'signed-in',
  'POST /account/recovery-codes': 'signed-in',
  'GET /account/company': 'signed-in',
  'GET /account/company/leave': 'signed-in',
  'POST /account/company': 'signed-in',
  'POST /account/company/end': 'signed-in',
  'POST /account/company/alone': 'signed-in',
  'GET /search': 'signed-in',
  'POST /search': 'signed-in',

  'GET /': 'home:read',
  'GET /morning-sheet': 'home:read',
  'GET /morning-sheet/export/:file': 'home:read',

  'GET /living-policy/export/:file': 'policy:read',
  'GET /living-policy/evidence/export/:file': 'policy:read',
  'GET /living-policy/versions/export/:file': 'policy:read',
  'GET /living-policy/gaps/export/:file': 'policy:read',
  'GET /living-policy': 'policy:read',
  'GET /living-policy/gaps': 'policy:read',
  'GET /living-policy/changes': 'policy:read',
  'GET /living-policy/versions': 'policy:read',
  'GET /living-policy/versions/:version': 'policy:read',
  'GET /living-policy/versions/:version/:file': 'policy:read',
  'GET /living-policy/new': 'policy:propose',
  'POST /living-policy/new': 'policy:propose',
  'GET /living-policy/company': 'policy:propose',
  'POST /living-policy/company': 'policy:propose',
  'POST /living-policy/versions/:version/approve': 'policy:approve',

  'GET /ask': 'checkpoint:ask',
  'GET /ask/:question': 'checkpoint:ask',
  'POST /ask/:question': 'checkpoint:ask',
  'GET /ask/consultations': 'checkpoint:ask',
  'GET /ask/consultations/export/:file': 'checkpoint:ask',
  'GET /ask/consultations/:id': 'checkpoint:ask',
  'GET /judgements': 'records:read',
  'GET /judgements/export/:file': 'records:read',
  'GET /judgements/new': 'judgements:write',
  'POST /judgements/new': 'judgements:write',
  'GET /coverage': 'policy:read',
  'GET /guide': 'home:read',

  'GET /ledger': 'ledger:read',
  'GET /ledger/:id': 'ledger:read',
  'GET /ledger/export/:file': 'ledger:read',
  'GET /recipients/export/:file': 'ledger:read',
  'GET /recipients/assurances': 'ledger:read',
  'GET /recipients/assurances/export/:file': 'ledger:read',
  'GET /recipients/checks': 'ledger:read',
  'GET /recipients/checks/export/:file': 'ledger:read',
  'GET /acquisitions/export/:file': 'records:read',
  'GET /ledger/new': 'ledger:write',
  'POST /ledger/new': 'ledger:write',
  'GET /ledger/:id/edit': 'ledger:write',
  'POST /ledger/:id/edit': 'ledger:write',
  'GET /ledger/:id/retire': 'ledger:write',
  'POST /ledger/:id/retire': 'ledger:write',
  'GET /ledger/:id/purpose': 'ledger:write',
  'POST /ledger/:id/purpose': 'ledger:write',
  'GET /ledger/:id/purpose/:change/end': 'ledger:write',
  'POST /ledger/:id/purpose/:change/end': 'ledger:write',

  'GET /desk/export/:file': 'requests:read',
  'GET /desk': 'requests:read',
  'GET /desk/all': 'requests:read',
  'GET /desk/all/export/:file': 'requests:read',
  'GET /desk/new': 'requests:write',
  'POST /desk/new': 'requests:write',
  'GET /desk/report': 'requests:read',
  'GET /desk/report.xlsx': 'requests:read',
  'GET /desk/report.pdf': 'requests:read',
  'GET /desk/texts': 'letters:read',
  'GET /desk/texts/versions/:version': 'letters:read',
  'POST /desk/texts/versions/:version/restore': 'letters:write',
  'GET /desk/texts/:group': 'letters:read',
  'POST /desk/texts/:group': 'letters:write',
  'POST /desk/texts/:group/preview': 'letters:read',
  'GET /desk/:id': 'requests:read',
  'POST /desk/:id/:event': 'requests:write',
  'POST /desk/:id/papers/:paper': 'requests:write',
  'POST /desk/:id/scans': 'requests:write',
  'POST /desk/:id/parcel': 'requests:write',
  'POST /desk/:id/parcel/code': 'requests:write',
  'POST /desk/:id/parcel/end': 'requests:write',
  'GET /desk/:id/letters/:file': 'requests:write',

  'GET /people': 'people:search',
  'POST /people/search': 'people:search',
  'GET /people/:id': 'people:search',
  'GET /people/history': 'people:search',
  'GET /people/history/export/:file': 'people:search',
  'POST /people/:id/open': 'people:use',
  'GET /people/:id/correct': 'people:correct',
  'POST /people/:id/correct': 'people:correct',
  'GET /people/:id/erase': 'people:erase',
  'POST /people/:id/erase': 'people:erase',
  'GET /people/:id/link': 'people:link',
  'POST /people/:id/link': 'people:link',
  'POST /people/:id/unlink': 'people:link',
  'GET /people/:id/receipts/:entry{[0-9a-f-]+}': 'people:receipt',
  'POST /people/:id/receipts/:file{[0-9a-f-]+\\.pdf}': 'people:receipt',
  'GET /people/:id/receipts/:file{[0-9a-f-]+\\.json}': 'people:receipt',
  'GET /people/:id/certificate.json': 'people:receipt',

  'GET /uses-beyond/:id': 'records:read',
  'GET /uses-beyond/new': 'people:use-beyond',
  'POST /uses-beyond/new': 'people:use-beyond',

  'GET /acquisitions': 'records:read',
  'GET /acquisitions/:id': 'records:read',
  'GET /acquisitions/new': 'people:acquire',
  'POST /acquisitions/new': 'people:acquire',
  'POST /acquisitions': 'people:acquire',
  'POST /acquisitions/compare': 'people:use',

  'GET /consents': 'records:read',
  'GET /consents/:id': 'records:read',
  'GET /consents/export/:file': 'records:read',
  'GET /consents/records.json': 'records:read',
  'GET /consents/new': 'consents:write',
  'POST /consents/new': 'consents:write',
  'GET /consents/import': 'consents:write',
  'POST /consents/import': 'consents:write',
  'GET /consents/:id/withdraw': 'consents:write',
  'POST /consents/:id/withdraw': 'consents:write',
  'GET /consents/:id/withdrawal-time': 'consents:write',
  'POST /consents/:id/withdrawal-time': 'consents:write',
  'GET /consents/objections/new': 'consents:write',
  'POST /consents/objections/new': 'consents:write',
  'GET /consents/objections': 'records:read',
  'GET /consents/objections/export/:file': 'records:read',
  'GET /consents/objections/:id': 'records:read',
  'GET /consents/objections/:id/take-back': 'consents:write',
  'POST /consents/objections/:id/take-back': 'consents:write',
  'GET /consents/texts': 'ledger:read',
  'GET /consents/texts/:code/:version{[0-9]+}': 'ledger:read',
  'GET /consents/texts/export/:file': 'ledger:read',
  'GET /consents/texts/new': 'ledger:write',
  'POST /consents/texts/new': 'ledger:write',
  'POST /consents/texts/:code/:version/start': 'ledger:write',

  'GET /provisions': 'records:read',
  'GET /provisions/lost': 'records:read',
  'GET /acquisitions/lost': 'records:read',
  'GET /related/lost': 'records:read',
  'GET /provisions/:id': 'records:read',
  'GET /provisions/records.csv': 'records:read',
  'GET /provisions/export/:file': 'records:read',
  'GET /provisions/new': 'people:provide',
  'POST /provisions/new': 'people:provide',

  'GET /packages': 'packages:read',
  'GET /packages/export/:file': 'packages:read',
  'GET /packages/screening/export/:file': 'packages:read',
  'GET /packages/new': 'people:provide',
  'POST /packages/new': 'people:provide',
  'GET /packages/:id': 'packages:read',
  'POST /packages/:id/file': 'people:provide',
  'POST /packages/:id/people': 'people:provide',
  'POST /packages/:id/screening': 'people:provide',
  'POST /packages/:id/request': 'people:provide',
  'POST /packages/:id/approve': 'provisions:approve',
  'GET /packages/:id/decline': 'provisions:approve',
  'POST /packages/:id/decline': 'provisions:approve',
  'GET /packages/:id/cancel': 'people:provide',
  'POST /packages/:id/cancel': 'people:provide',
  'GET /packages/:id/close': 'people:provide',
  'POST /packages/:id/close': 'people:provide',

  'GET /related': 'ledger:read',
  'GET /related/export/:file': 'ledger:read',
  'GET /related/collections/:id': 'ledger:read',
  'GET /related/collections/new': 'ledger:write',
  'POST /related/collections/new': 'ledger:write',
  'GET /related/collections/:id/edit': 'ledger:write',
  'POST /related/collections/:id/edit': 'ledger:write',
  'GET /related/collections/:id/retire': 'ledger:write',
  'POST /related/collections/:id/retire': 'ledger:write',
  'POST /related/collections/:id/withdrawn': 'consents:write',
  'GET /related/provisions': 'records:read',
  'GET /related/provisions/export/:file': 'records:read',
  'GET /related/provisions/:id': 'records:read',
  'GET /related/provisions/new': 'people:provide',
  'POST /related/provisions/new': 'people:provide',
  'GET /related/receipts': 'records:read',
  'GET /related/receipts/export/:file': 'records:read',
  'GET /related/receipts/:id': 'records:read',
  'GET /related/receipts/new': 'people:acquire',
  'POST /related/receipts/new': 'people:acquire',
  'GET /related/links/new': 'people:acquire',
  'POST /related/links/new': 'people:acquire',
  'POST /related/links/:id/unlink': 'consents:write',

  'GET /recipients': 'ledger:read',
  'GET /recipients/:id': 'ledger:read',
  'GET /recipients/:id/measures': 'ledger:read',
  'GET /recipients/new': 'recipients:write',
  'POST /recipients/new': 'recipients:write',
  'GET /recipients/:id/edit': 'recipients:write',
  'POST /recipients/:id/edit': 'recipients:write',
  'GET /recipients/:id/stop': 'recipients:write',
  'POST /recipients/:id/stop': 'recipients:write',
  'GET /recipients/:id/resume': 'recipients:write',
  'POST /recipients/:id/resume': 'recipients:write',
  'POST /recipients/:id/records/:record/confirm': 'recipients:write',
  'GET /recipients/:id/assurances/new': 'recipients:write',
  'POST /recipients/:id/assurances/new': 'recipients:write',
  'GET /recipients/:id/assurances/:assurance/end': 'recipients:write',
  'POST /recipients/:id/assurances/:assurance/end': 'recipients:write',
  'GET /recipients/:id/checks/new': 'recipients:write',
  'POST /recipients/:id/checks/new': 'recipients:write',
  'GET /countries': 'ledger:read',
  'GET /countries/export/:file': 'ledger:read',
  'GET /countries/:country': 'ledger:read',
  'GET /country-reports/new': 'recipients:write',
  'POST /country-reports/new': 'recipients:write',
  'GET /commission-page': 'recipients:write',
  'POST /commission-page': 'recipients:write',

  'GET /joint-uses': 'ledger:read',
  'GET /joint-uses/export/:file': 'ledger:read',
  'GET /joint-uses/:id': 'ledger:read',
  'GET /joint-uses/new': 'joint-uses:write',
  'POST /joint-uses/new': 'joint-uses:write',
  'GET /joint-uses/:id/edit': 'joint-uses:write',
  'POST /joint-uses/:id/edit': 'joint-uses:write',
  'POST /joint-uses/:id/publish': 'joint-uses:write',
  'GET /joint-uses/:id/change': 'joint-uses:write',
  'POST /joint-uses/:id/change': 'joint-uses:write',
  'GET /joint-uses/:id/end': 'joint-uses:write',
  'POST /joint-uses/:id/end': 'joint-uses:write',

  'GET /transmissions': 'ledger:read',
  'GET /transmissions/export/:file': 'ledger:read',
  'GET /transmissions/tags': 'ledger:read',
  'GET /transmissions/tags/export/:file': 'ledger:read',
  'GET /transmissions/:id': 'ledger:read',
  'GET /transmissions/new': 'transmissions:write',
  'POST /transmissions/new': 'transmissions:write',
  'GET /transmissions/:id/edit': 'transmissions:write',
  'POST /transmissions/:id/edit': 'transmissions:write',
  'GET /transmissions/:id/tags/new': 'transmissions:write',
  'POST /transmissions/:id/tags/new': 'transmissions:write',
  'GET /transmissions/:id/tags/:tag': 'ledger:read',
  'GET /transmissions/:id/tags/:tag/edit': 'transmissions:write',
  'POST /transmissions/:id/tags/:tag/edit': 'transmissions:write',

  'GET /keys': 'keys:read',
  'GET /date': 'date:confirm',
  'POST /date': 'date:confirm',

  'GET /log': 'log:read',
  'POST /log/verify': 'log:read',
  'GET /log/entries/:id': 'log:read',
  'GET /log/entries/:id/proof': 'log:read',
  'GET /log/tile/entries/:rest{.+}': 'log:read',
  'POST /log/reviewed': 'log:review',
  'GET /log/readers': 'log:read',
  'GET /log/readers/:id': 'log:read',
  'GET /log/readers/export/:file': 'log:read',
  'POST /log/readers/:id': 'log:review',
  'POST /log/export': 'log:export',
  'GET /log/export/:file': 'log:export',

  'GET /staff': 'staff:read',
  'GET /staff/:id': 'staff:read',
  'GET /staff/export/:file': 'staff:read',
  'GET /systems/export/:file': 'staff:read',
  'GET /staff/new': 'staff:write',
  'POST /staff/new': 'staff:write',
  'POST /staff/:id': 'staff:write',
  'POST /staff/:id/person': 'staff:write',
  'GET /staff/:id/end': 'staff:write',
  'POST /staff/:id/end': 'staff:write',
  'GET /staff/:id/reset': 'staff:write',
  'POST /staff/:id/reset': 'staff:write',

  'GET /authority': 'staff:read',
  'GET /authority/versions/:version': 'staff:read',
  'GET /authority/export/:file': 'staff:read',

  'GET /systems': 'staff:read',
  'GET /systems/new': 'systems:write',
  'POST /systems/new': 'systems:write',
  'GET /systems/:id/token': 'systems:write',
  'POST /systems/:id/token': 'systems:write',
  'GET /systems/:id/end': 'systems:write',
  'POST /systems/:id/end': 'systems:write',
  'GET /systems/tokens/:id/revoke': 'systems:write',
  'POST /systems/tokens/:id/revoke': 'systems:write',
};

const api: Record<string, May> = {
  'POST /api/v1/acquisitions': 'people:acquire',
  'GET /api/v1/acquisitions/:id': 'records:read',
  'POST /api/v1/uses': 'people:use',
  'POST /api/v1/principals/search': 'people:search',
  'GET /api/v1/principals/:id': 'people:search',
  'POST /api/v1/principals/:id/corrections': 'people:correct',
  'POST /api/v1/principals/:id/erasure': 'people:erase',
  'GET /api/v1/principals/:id/erasure': 'people:erase',
  'GET /api/v1/principals/:id/links': 'people:search',
  'POST /api/v1/principals/:id/links': 'people:link',
  'POST /api/v1/principals/:id/links/end': 'people:link',
  'POST /api/v1/principals/:id/receipts/:entry': 'people:receipt',
  // One for each question of the law.
  ...Object.fromEntries(questions.map(({ id }): [string, May] => [`POST /api/v1/ask/${id}`, 'checkpoint:ask'])),
  'POST /api/v1/provisions': 'people:provide',
  'GET /api/v1/provisions': 'records:read',
  'GET /api/v1/provisions/:id': 'records:read',
  'GET /api/v1/records': 'records:read',
  'POST /api/v1/packages': 'people:provide',
  'GET /api/v1/packages': 'packages:read',
  'GET /api/v1/packages/:id': 'packages:read',
  'POST /api/v1/packages/:id/people': 'people:provide',
  'POST /api/v1/packages/:id/screening': 'people:provide',
  'POST /api/v1/packages/:id/request': 'people:provide',
  'POST /api/v1/packages/:id/cancellation': 'people:provide',
  'POST /api/v1/packages/:id/close': 'people:provide',
  'GET /api/v1/letter-texts': 'letters:read',
  'GET /api/v1/letter-texts/:version': 'letters:read',
  'POST /api/v1/letter-texts': 'letters:write',
  'POST /api/v1/requests': 'requests:write',
  'GET /api/v1/requests': 'requests:read',
  'GET /api/v1/requests/:id': 'requests:read',
  'POST /api/v1/requests/:id/papers/:paper': 'requests:write',
  'POST /api/v1/requests/:id/content': 'requests:write',
  'POST /api/v1/requests/:id/events/acknowledged': 'requests:write',
  'POST /api/v1/requests/:id/events/addressed': 'requests:write',
  'POST /api/v1/requests/:id/events/forms-sent': 'requests:write',
  'POST /api/v1/requests/:id/events/papers-received': 'requests:write',
  'POST /api/v1/requests/:id/events/papers-short': 'requests:write',
  'POST /api/v1/requests/:id/events/identified': 'requests:write',
  'POST /api/v1/requests/:id/events/fee-waived': 'requests:write',
  'POST /api/v1/requests/:id/events/refunded': 'requests:write',
  'POST /api/v1/requests/:id/events/specified': 'requests:write',
  'POST /api/v1/requests/:id/events/collected': 'requests:write',
  'POST /api/v1/requests/:id/events/reviewed': 'requests:write',
  'POST /api/v1/requests/:id/events/decided': 'requests:write',
  'POST /api/v1/requests/:id/events/carried-out': 'requests:write',
  'POST /api/v1/requests/:id/events/notified': 'requests:write',
  'POST /api/v1/requests/:id/events/delivered': 'requests:write',
  'POST /api/v1/requests/:id/events/undelivered': 'requests:write',
  'POST /api/v1/requests/:id/events/sought': 'requests:write',
  'POST /api/v1/requests/:id/events/closed': 'requests:write',
  'POST /api/v1/requests/:id/events/extended': 'requests:write',
  'POST /api/v1/requests/:id/events/withdrawn': 'requests:write',
  'POST /api/v1/requests/:id/events/dismissed': 'requests:write',
  'POST /api/v1/requests/:id/events/assigned': 'requests:write',
  'POST /api/v1/requests/:id/events/eased': 'requests:write',
  'POST /api/v1/requests/:id/events/amended': 'requests:write',
  'GET /api/v1/consents': 'records:read',
  'GET /api/v1/consents/:id': 'records:read',
  'GET /api/v1/consent-records': 'records:read',
  'GET /api/v1/objections': 'records:read',
  'POST /api/v1/consents': 'consents:write',
  'POST /api/v1/consents/:id/withdrawal': 'consents:write',
  'POST /api/v1/objections': 'consents:write',
  'GET /api/v1/consent-texts': 'ledger:read',
  'GET /api/v1/consent-texts/:code/:version': 'ledger:read',
  'POST /api/v1/consent-texts': 'ledger:write',
  'POST /api/v1/consent-texts/:code/:version/start': 'ledger:write',
  'GET /api/v1/holdings': 'ledger:read',
  'GET /api/v1/holdings/:id': 'ledger:read',
  'POST /api/v1/holdings': 'ledger:write',
  'GET /api/v1/related-collections': 'ledger:read',
  'GET /api/v1/related-collections/:id': 'ledger:read',
  'POST /api/v1/related-collections': 'ledger:write',
  'POST /api/v1/related-provisions': 'people:provide',
  'GET /api/v1/related-provisions': 'records:read',
  'GET /api/v1/related-provisions/:id': 'records:read',
  'POST /api/v1/related-receipts': 'people:acquire',
  'GET /api/v1/related-receipts': 'records:read',
  'GET /api/v1/related-receipts/:id': 'records:read',
  'POST /api/v1/identifier-links': 'people:acquire',
  'GET /api/v1/identifier-links': 'records:read',
  'POST /api/v1/identifier-links/search': 'people:use',
  'POST /api/v1/identifier-links/:id/removal': 'consents:write',
  'GET /api/v1/recipients': 'ledger:read',
  'GET /api/v1/recipients/:id': 'ledger:read',
  'GET /api/v1/recipients/:id/versions': 'ledger:read',
  'GET /api/v1/recipients/:id/measures': 'ledger:read',
  'POST /api/v1/recipients': 'recipients:write',
  'POST /api/v1/recipients/:id/versions': 'recipients:write',
  'POST /api/v1/recipients/:id/stop': 'recipients:write',
  'POST /api/v1/recipients/:id/resume': 'recipients:write',
  'POST /api/v1/recipients/:id/assurances': 'recipients:write',
  'POST /api/v1/recipients/:id/assurances/:assurance/end': 'recipients:write',
  'POST /api/v1/recipients/:id/checks': 'recipients:write',
  'GET /api/v1/countries': 'ledger:read',
  'GET /api/v1/countries/:country': 'ledger:read',
  'POST /api/v1/countries/:country/reports': 'recipients:write',
  'POST /api/v1/commission-page': 'recipients:write',
  'GET /api/v1/joint-uses': 'ledger:read',
  'GET /api/v1/joint-uses/:id': 'ledger:read',
  'POST /api/v1/joint-uses': 'joint-uses:write',
  'POST /api/v1/joint-uses/:id/draft': 'joint-uses:write',
  'POST /api/v1/joint-uses/:id/publications': 'joint-uses:write',
  'POST /api/v1/joint-uses/:id/changes': 'joint-uses:write',
  'POST /api/v1/joint-uses/:id/end': 'joint-uses:write',
  'GET /api/v1/web-sites': 'ledger:read',
  'GET /api/v1/web-sites/:id': 'ledger:read',
  'POST /api/v1/web-sites': 'transmissions:write',
  'POST /api/v1/web-sites/:id': 'transmissions:write',
  'POST /api/v1/web-sites/:id/tags': 'transmissions:write',
  'POST /api/v1/web-sites/:id/tags/:tag': 'transmissions:write',
  'GET /api/v1/web-sites/:id/choices': 'records:read',
  'POST /api/v1/web-choices': 'public',
  'GET /api/v1/policy': 'policy:read',
  'GET /api/v1/policy/versions/:n': 'policy:read',
  'GET /api/v1/changes': 'people:follow',
  'GET /api/v1/log': 'log:read',
  'POST /api/v1/log/export': 'log:export',
  'GET /api/v1/log/:id': 'log:read',
};

const guardedApi = Object.keys(api).filter((route) => api[route] !== 'public');

const clock = standingClock('2026-12-07T10:00:00+09:00');
let server: TestServer;
const sessions = {} as Record<Role, Session>;
/** A token for each single action, and a revoked one. */
const tokens: { name: string; token: string; actions: readonly Action[] }[] = [];
/** Real ids by path prefix, so that a leak would show. */
let ids: Record<string, string>;
let person: string;
let provision: string;
/** A package. */
let file: string;
/** A member of staff whom the administrator may change, reset and end. */
let leaving: string;
let acquisition: string;

beforeAll(async () => {
  server = await openServer({ clock });
  const { client, holding, app } = server;
  const acquired = must(await client.acquire(newcomer(holding, { name: '漏洩 検知子' })));
  acquisition = acquired.id;
  person = acquired.principal;
  provision = must(
    await client.provide({
      principal: person,
      holding,
      items: ['name'],
      purpose: 'P3',
      ...(await server.consented(person)),
    }),
  ).id;
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(server, { publicKey });
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, facts: { relation: 'third-party' as const } };
  file = must(await client.packages.draft({ ...ask, everybody: true })).id;
  leaving = await addFictionalStaff(app.access, {
    name: '職員 二人',
    email: 'leaving@example.jp',
    roles: ['reception'],
    password: 'kaze-no-oto-to-8',
  });
  for (const role of roles) sessions[role] = await server.session(role);
  for (const action of systemActions) {
    tokens.push({ name: action, token: (await tokenOf(app.access, [action])).token, actions: [action] });
  }
  const revoked = await tokenOf(app.access);
  must(await revokeToken(app.access, { actor: { kind: 'sekisho' }, authority: [] }, revoked.id));
  tokens.push({ name: 'revoked', token: revoked.token, actions: [] });
  // The first use of a token on a day is written to its row, which is not an effect of the call.
  for (const { token } of tokens) await server.clientWith(token).policy();
  ids = { '/ledger': holding, '/staff': leaving, '/people': person, '/provisions': provision };
  ids = { ...ids, '/acquisitions': acquisition, '/log/entries': acquisition, '/api/v1/holdings': holding };
  ids = { ...ids, '/api/v1/principals': person, '/api/v1/provisions': provision, '/api/v1/log': acquisition };
  ids['/api/v1/acquisitions'] = acquisition;
  ids['/packages'] = file;
});
afterAll(() => server.close());

/** An address of a route, with real ids where there are any. */
function addressOf(path: string): string {
  const before = path.slice(0, path.indexOf('/:'));
  return path
    .replace(':id', ids[before] ?? leaving)
    .replace(/:(version|n)\b(\{\[0-9\]\+\})?/, '1')
    .replace(
      /:(entry|file)\{\[0-9a-f-\]\+(?:\\(\.\w+))?\}/,
      (_, __, end: string | undefined) => acquisition + (end ?? ''),
    )
    .replace(':assurance', leaving)
    .replace(':change', leaving)
    .replace(':paper', leaving)
    .replace(':country', 'VN')
    .replace(':code', 'news')
    .replace(':group', 'cover')
    .replace(':day', '2026-12-07')
    .replace(':question', 'provide')
    .replace(':file', path.startsWith('/ledger') ? 'holdings.csv' : 'policy.json')
    .replace(':token', 'x'.repeat(43))
    .replace(':name{.+}', 'look.css')
    .replace(':rest{.+}', '0/000')
    .replace(':from{[0-9]+}', '1');
}

async function knock(route: string, who: { session?: Session; token?: string }): Promise<Response> {
  const [method, path] = route.split(' ') as [string, string];
  const headers: Record<string, string> = {
    ...(who.session ? { cookie: who.session.cookie } : {}),
    ...(who.token ? { authorization: `Bearer ${who.token}` } : {}),
  };
  if (method === 'GET') return server.fetch(addressOf(path), { headers });
  if (path.startsWith('/api/')) {
    return server.fetch(addressOf(path), {
      method,
      body: '{}',
      headers: { ...headers, 'content-type': 'application/json' },
    });
  }
  const body = new URLSearchParams({ csrf: who.session?.csrf ?? '' });
  return server.fetch(addressOf(path), { method, body, headers });
}

/** Words that could only be in a refusal by a leak. */
const leaks = /漏洩|検知子|reader-\d|配送/;

const forbidden = /この操作の権限がありません/;

test('the list of routes is the list written here', () => {
  const served = (kind: (k: string) => boolean) =>
    server.app.routes.filter((r) => kind(r.kind)).map((r) => `${r.method.toUpperCase()} ${r.path}`);
  expect(served((kind) => kind !== 'api').sort()).toEqual(Object.keys(pages).sort());
  expect(served((kind) => kind === 'api').sort()).toEqual(Object.keys(api).sort());
});

test('the public gets what is public, and is sent to sign in for the rest', async () => {
  const before = await everything(server.db);
  for (const [route, may] of Object.entries(pages)) {
    const response = await knock(route, {});
    const text = await response.text();
    if (may === 'public') expect([route, [401, 403, 500].includes(response.status)]).toEqual([route, false]);
    else if (route.startsWith('GET')) {
      expect([route, response.status]).toEqual([route, 303]);
      expect(response.headers.get('location')).toMatch(/^\/sign-in\?next=%2F/);
    } else expect([route, response.status]).toEqual([route, 401]);
    expect(text, route).not.toMatch(leaks);
  }
  for (const [route, may] of Object.entries(api)) {
    const response = await knock(route, {});
    if (may === 'public') {
      // The call gets as far as the validation of its input.
      expect([route, response.status]).toEqual([route, 422]);
      continue;
    }
    expect([route, response.status]).toEqual([route, 401]);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  }
  // Attempts to sign in are counted; nothing else is changed.
  expect(changed(before, await everything(server.db))).toEqual(['sign_in_attempts']);
});

const changed = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((table) => before[table] !== after[table]);

test.each(roles)('%s', async (role) => {
  const session = sessions[role];
  const mine = (may: May): boolean => may === 'public' || may === 'signed-in' || mayBe[role].includes(may);
  const before = await everything(server.db);
  for (const [route, may] of Object.entries(pages).filter(([, one]) => !mine(one))) {
    const response = await knock(route, { session });
    const text = await response.text();
    expect([route, may, response.status]).toEqual([route, may, 403]);
    expect(text, route).toMatch(forbidden);
    expect(text, route).not.toMatch(leaks);
  }
  // A session gives no access to the API.
  for (const route of guardedApi) expect([route, (await knock(route, { session })).status]).toEqual([route, 401]);
  expect(changed(before, await everything(server.db))).toEqual([]);

  // Signing out comes last.
  const allowed = Object.entries(pages).filter(([route, one]) => mine(one) && route !== 'POST /sign-out');
  for (const [route, may] of allowed) {
    const response = await knock(route, { session });
    const text = await response.text();
    const refusedByAuthority = response.status === 401 || (response.status === 403 && forbidden.test(text));
    const sentToSignIn = response.status === 303 && response.headers.get('location')?.startsWith('/sign-in?next=');
    expect([route, may, refusedByAuthority || sentToSignIn || false]).toEqual([route, may, false]);
    expect([route, response.status >= 500]).toEqual([route, false]);
  }
  expect((await knock('POST /sign-out', { session })).status).toBe(303);
  expect((await knock('GET /account', { session })).headers.get('location')).toBe('/sign-in?next=%2Faccount');
});

test.each([...systemActions, 'revoked'])('a token for %s alone', async (name) => {
  const { token, actions } = tokens.find((one) => one.name === name)!;
  const before = await everything(server.db);
  for (const [route, may] of Object.entries(api)) {
    const response = await knock(route, { token });
    const text = await response.text();
    if (may === 'public' || actions.includes(may as Action)) {
      expect([route, [401, 403, 500].includes(response.status)]).toEqual([route, false]);
    } else {
      expect([route, may, response.status]).toEqual([route, may, name === 'revoked' ? 401 : 403]);
      expect(text, route).not.toMatch(leaks);
    }
  }
  // A caller who may export the log or see words about a person has done so by asking, and that is logged.
  const recorded = actions.some((one) => one === 'log:export' || one === 'records:read');
  expect(changed(before, await everything(server.db))).toEqual(recorded ? ['log_entries'] : []);
});

// What a token for one action could open, a token for every action could.
test('no token gives access to a page', async () => {
  const before = await everything(server.db);
  const ones = [server.token, tokens.find(({ name }) => name === 'revoked')!.token];
  for (const [route, may] of Object.entries(pages).filter(([, one]) => one !== 'public'))
    for (const token of ones) {
      const response = await knock(route, { token });
      expect([route, may, response.status]).toEqual([route, may, route.startsWith('GET') ? 303 : 401]);
    }
  expect(changed(before, await everything(server.db))).toEqual([]);
});

test('no form is taken from elsewhere, nor without the session’s own token', async () => {
  const session = await server.session('officer');
  const other = await server.session('administrator');
  const before = await everything(server.db);
  const posts = Object.entries(pages).filter(([route, may]) => route.startsWith('POST') && may !== 'public');
  for (const [route, may] of posts) {
    const holder = may !== 'signed-in' && !mayBe.officer.includes(may as Action) ? other : session;
    const stranger = holder === session ? other : session;
    for (const csrf of ['', 'x', stranger.csrf]) {
      const response = await knock(route, { session: { cookie: holder.cookie, csrf } });
      expect([route, csrf.length, response.status]).toEqual([route, csrf.length, 403]);
    }
    const path = addressOf(route.split(' ')[1]!);
    const body = new URLSearchParams({ csrf: holder.csrf });
    for (const [header, value] of Object.entries({ origin: 'https://example.com', 'sec-fetch-site': 'cross-site' })) {
      const response = await server.fetch(path, {
        method: 'POST',
        body,
        headers: { cookie: holder.cookie, [header]: value },
      });
      expect([route, response.status]).toEqual([route, 403]);
    }
  }
  expect(changed(before, await everything(server.db))).toEqual([]);
});

test('an id of something else is never an id of this: 404 or 422 in every field that refers, and no data', async () => {
  const { client, holding, staff } = server;
  const elsewhere = must(await client.acquire(newcomer(holding))).principal;
  must(await client.erase(elsewhere, { ground: 'no-longer-needed' }));
  const nobody = '00000000-0000-7000-8000-000000000000';
  const others: Record<string, string> = { nobody, staff: staff.officer, holding, provision, acquisition, person };
  const wrong = (...right: string[]) => Object.entries(others).filter(([kind]) => !right.includes(kind));
  const body = { items: ['name'], purpose: 'P3' };
  const giving = { recipient: server.recipient, facts: { relation: 'third-party' as const } };
  const asked: [string, Promise<{ ok: boolean; problem?: { status: number } }>][] = [];
  const ask = (name: string, answer: Promise<{ ok: boolean; problem?: { status: number } }>) =>
    asked.push([name, answer]);
  for (const [kind, id] of [...wrong('person'), ['erased', elsewhere] as const]) {
    ask(`use: principal ${kind}`, client.use({ ...body, principal: id, holding }));
    ask(`provide: principal ${kind}`, client.provide({ ...body, principal: id, holding, ...giving }));
    ask(`acquire: principal ${kind}`, client.acquire({ ...newcomer(holding), principal: id }));
    ask(
      `correct: principal ${kind}`,
      client.correct(id, { holding, items: { note: 'x' }, ground: 'accuracy', seen: 1 }),
    );
    ask(`link: principal ${kind}`, client.link(id, { same_as: person, shown_by: 'document' }));
    ask(`link: same as ${kind}`, client.link(person, { same_as: id, shown_by: 'document' }));
    if (kind === 'erased') continue;
    ask(`principal ${kind}`, client.principal(id));
    ask(`erase ${kind}`, client.erase(id, { ground: 'no-longer-needed' }));
    ask(`links ${kind}`, client.links(id));
  }
  for (const [kind, id] of wrong()) {
    ask(
      `provide: recipient ${kind}`,
      client.provide({ ...body, principal: person, holding, ...giving, recipient: id }),
    );
  }
  for (const [kind, id] of wrong('holding')) {
    ask(`use: holding ${kind}`, client.use({ ...body, principal: person, holding: id }));
    ask(`provide: holding ${kind}`, client.provide({ ...body, principal: person, holding: id, ...giving }));
    ask(`acquire: holding ${kind}`, client.acquire({ ...newcomer(id) }));
    ask(`search: holding ${kind}`, client.search({ name: '漏洩 検知子', holding: id }));
    ask(
      `correct: holding ${kind}`,
      client.correct(person, { holding: id, items: { note: 'x' }, ground: 'accuracy', seen: 1 }),
    );
    ask(`holding ${kind}`, client.holding(id));
  }
  for (const [kind, id] of wrong('provision')) ask(`provision ${kind}`, client.provision(id));
  for (const [kind, id] of wrong('acquisition')) ask(`acquisition ${kind}`, client.acquisition(id));
  for (const [kind, id] of wrong('acquisition', 'provision')) ask(`entry ${kind}`, client.log.entry(id));
  for (const [kind, id] of wrong()) ask(`erasure ${kind}`, client.erasure(id));
  expect(asked.length).toBeGreaterThan(70);
  for (const [name, answer] of asked) {
    const got = await answer;
    expect([name, got.ok, [404, 422].includes(got.problem?.status ?? 0)]).toEqual([name, false, true]);
    expect(JSON.stringify(got), name).not.toMatch(leaks);
  }
  for (const [, id] of wrong('person')) {
    expect(must(await client.records({ principal: id }))).toEqual({ records: [], next: null });
  }
});

test('an address with an id of something else shows nothing', async () => {
  const session = await server.session('officer');
  const others = { staff: server.staff.officer, holding: server.holding, provision, acquisition, person, file };
  const doors: [string, string[]][] = [
    ['/ledger/:id', ['holding']],
    ['/ledger/:id/edit', ['holding']],
    ['/ledger/:id/purpose', ['holding']],
    ['/people/:id', ['person']],
    ['/people/:id/correct', ['person']],
    ['/people/:id/erase', ['person']],
    ['/people/:id/link', ['person']],
    ['/people/:id/certificate.json', []],
    [`/people/:id/receipts/${provision}`, ['person']],
    [`/people/:id/receipts/${provision}.json`, ['person']],
    ['/acquisitions/:id', ['acquisition']],
    ['/provisions/:id', ['provision']],
    ['/uses-beyond/:id', []],
    ['/packages/:id', ['file']],
    ['/packages/:id/cancel', ['file']],
    ['/consents/:id', []],
    ['/consents/:id/withdraw', []],
    ['/consents/:id/withdrawal-time', []],
    ['/log/entries/:id', ['acquisition', 'provision', 'file']],
    ['/log/entries/:id/proof', ['acquisition', 'provision', 'file']],
    ['/staff/:id', ['staff']],
  ];
  for (const [door, right] of doors) {
    for (const [kind, id] of Object.entries(others).filter(([one]) => !right.includes(one))) {
      const response = await server.fetch(door.replace(':id', id), { headers: { cookie: session.cookie } });
      expect([door, kind, response.status]).toEqual([door, kind, 404]);
      expect(await response.text()).not.toMatch(leaks);
    }
  }
});

test('an address that takes a form alone leads to the page above it, for which a reload of the answer to a form asks', async () => {
  const session = await server.session('officer');
  const open = (path: string): Promise<Response> => server.fetch(path, { headers: { cookie: session.cookie } });
  const alone = Object.keys(pages).flatMap((route) => {
    const [method, path] = route.split(' ') as [string, string];
    return method === 'POST' && !(`GET ${path}` in pages) ? [path] : [];
  });
  expect(alone).toContain('/people/:id/open');
  for (const path of alone) {
    const at = addressOf(path);
    const answer = await open(at);
    expect([path, answer.status]).toEqual([path, 303]);
    const above = answer.headers.get('location')!;
    expect([path, above === '/' || at.startsWith(`${above}/`)]).toEqual([path, true]);
  }
  expect((await open(`/people/${person}/open?lang=en`)).headers.get('location')).toBe(`/people/${person}`);
  expect((await open('/people/search')).headers.get('location')).toBe('/people');
  expect((await open(`/desk/${person}/papers/${person}`)).headers.get('location')).toBe(`/desk/${person}`);
  // What has a page of its own reports itself that there is nothing.
  const own = [
    `/staff/${person}/end`,
    `/people/${person}/opened`,
    '/desk/export/nothing.csv',
    '/desk/export/x?lang=ja',
  ];
  for (const path of own) expect([path, (await open(path)).status]).toEqual([path, 404]);
  // Such a link leads nowhere else, whatever the address says.
  expect((await open('//example.jp/sign-out')).status).toBe(404);
});

test('how long it has been running is no matter of the clock, which somebody sets', async () => {
  const running = async (): Promise<number> =>
    Number(/^sekisho_up_seconds (.*)$/m.exec(await (await server.fetch('/metrics')).text())![1]);
  const before = await running();
  clock.moveTo('2026-12-07T09:00:00+09:00');
  const after = await running();
  clock.moveTo('2026-12-07T10:00:00+09:00');
  expect(before).toBeGreaterThanOrEqual(0);
  expect(after).toBeGreaterThanOrEqual(before);
});

test('the operator heard of no failure in all this, and once of forms from another address', () => {
  expect(server.reported).toEqual([expect.stringMatching(/^forms are refused: .* another address than SEKISHO_URL$/)]);
});
