// The records of provision as a file, person by person, as long as they are kept: for an auditor to take along, or to show to a person.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import { inParts, page, type Env, type Route } from '../../../platform/http/index.ts';
import { csvParts } from '../../../platform/sheet.ts';
import { chosenIn, isOfNobody } from '../../../platform/ui/newest.tsx';
import { byOf } from '../../access/index.ts';
import { modeWords, standing, type Standing } from '../../checkpoint/index.ts';
import { exportRecords, type ExportedRecord } from '../actions/read.ts';
import { recordColumns, words } from '../words.ts';
import { asked, itemsText, listOf, RECORDS_FILE } from './list.tsx';

type Holdings = Standing['holdings'];

const cellsOf = (
  record: ExportedRecord,
  holdings: Holdings,
  lang: Lang,
): Record<keyof typeof recordColumns, string> => ({
  provision: record.provision_id,
  person: record.principal_id,
  madeOn: record.made_on,
  mode: modeWords[record.mode][lang],
  consent: record.consent_obtained ? words.consentYes[lang] : '',
  consentId: record.consent_id ?? '',
  providedOn: record.provided_on ?? '',
  name: record.recipient_name,
  address: record.recipient_address,
  representative: record.recipient_representative ?? '',
  items: itemsText(holdings.get(record.holding), record.items, lang),
  keepUntil: record.keep_until,
});

async function* rowsOf(batches: AsyncIterable<readonly ExportedRecord[]>, holdings: Holdings, lang: Lang) {
  const columns = Object.keys(recordColumns) as (keyof typeof recordColumns)[];
  for await (const batch of batches) {
    yield batch.map((record) => {
      const cells = cellsOf(record, holdings, lang);
      return columns.map((column) => cells[column]);
    });
  }
}

async function download(office: Office, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const list = await listOf(office);
  const provision = c.req.query('provision') || undefined;
  // Without these checks, an address with an id that is none would export everybody's records.
  if (isOfNobody(list, c.req.url) || (provision !== undefined && !isId(provision))) return c.notFound();
  const batches = await exportRecords(office, byOf(c), { ...asked(chosenIn(list, c.req.url)), provision });
  const { holdings } = await standing(office);
  const head = Object.values(recordColumns).map((column) => column[lang]);
  return c.body(inParts(c, csvParts(head, rowsOf(batches, holdings, lang))), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="provision-records-${office.clock.today()}.csv"`,
  });
}

export const exportPages = (office: Office): Route[] => [
  page('get', RECORDS_FILE, 'records:read', (c) => download(office, c)),
];
