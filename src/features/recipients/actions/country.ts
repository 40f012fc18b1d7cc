// Records what was examined of a country's system (APPI 28(2), Rules 17).

import { actorRef } from '../../../base/actor.ts';
import { countryCodes } from '../../../base/country.ts';
import { conflict, done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { type By, entryBy } from '../../access/index.ts';
import { readPage, readReport } from '../facts/read.ts';
import type { CommissionPage, CountryReport, ReportInput } from '../facts/register.ts';
import { insertPage, insertReport, reportsOn } from '../store.ts';
import { noCountry, pageSaid, reportSaid, says } from './record.ts';

/** Writes the next report on a country. `version`: number of reports that existed when writing began. */
export async function reportCountry(
  office: Office,
  by: By,
  { country, version, input }: { country: string; version: number; input: ReportInput },
): Promise<Outcome<CountryReport>> {
  if (!countryCodes.has(country) || country === 'JP') return noCountry;
  const { content, problems } = readReport(input, office.clock.today());
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const [newest] = await reportsOn(tx, country);
    if ((newest?.version ?? 0) !== version) return conflict('version', says.version);
    const entry = entryBy(
      by,
      office.clock.now(),
      'country:report',
      reportSaid({ country, version: version + 1, content }),
    );
    const made: CountryReport = {
      ...content,
      country,
      version: version + 1,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
    };
    if (!(await insertReport(tx, made, content))) return conflict('version', says.version);
    await append(tx, entry);
    return done(made);
  });
}

/** Records where the Commission's page was found. */
export async function checkCommissionPage(
  office: Office,
  by: By,
  input: { url: string; checkedOn: string },
): Promise<Outcome<CommissionPage>> {
  const { content, problems } = readPage(input, office.clock.today());
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const entry = entryBy(by, office.clock.now(), 'country:page', pageSaid(content));
    const row = { ...content, id: entry.id, at: new Date(entry.at), actor: actorRef(by.actor) };
    if (!(await insertPage(tx, row))) return conflict('url', says.page);
    await append(tx, entry);
    return done({ ...content, recorded: true });
  });
}
