// Consents of one person, or to one version of a text, as consent records of ISO/IEC TS 27560:2023.

import { pageOf } from '../../../base/page.ts';
import type { Office } from '../../../office.ts';
import { holdingsOf } from '../../ledger/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { recipientsOf } from '../../recipients/index.ts';
import { consentRecord, type ConsentRecord } from '../letters/record.ts';
import type { ConsentQuery } from '../store/consents.ts';
import { consents } from './consents.ts';

export interface Records {
  records: ConsentRecord[];
  next: string | null;
}

/** Returns records, newest first; `next` continues with those before them. The ids of the query must be valid. */
export async function consentRecords(office: Office, query: ConsentQuery): Promise<Records> {
  const found = await consents(office, { ...query, most: query.most + 1 });
  const { rows, next } = pageOf(found, query.most, ({ row }) => row.id);
  const inForce = await policyInForce(office, office.clock.today());
  const around = {
    publicUrl: office.config.publicUrl,
    operator: inForce?.policy.operator ?? null,
    holdings: await holdingsOf(
      office,
      rows.map(({ text }) => text.holding_id),
    ),
    recipients: await recipientsOf(
      office,
      rows.flatMap(({ text }) => text.recipients),
    ),
  };
  return { records: rows.map((one) => consentRecord(one, around)), next };
}
