// What is disclosed to the person, read at this moment.

import { dayOf, type Day } from '../../../base/day.ts';
import { done, type Outcome } from '../../../base/outcome.ts';
import { linesOf, type Document } from '../../../platform/pdf.ts';
import { clockTime } from '../../../platform/ui/format.ts';
import { unreadWords } from '../../../vault/index.ts';
import { itemName } from '../../checkpoint/index.ts';
import {
  disclosureDocument,
  type DisclosedItem,
  type DisclosureFacts,
  type Shown as Pieces,
} from '../letters/disclosure.ts';
import { holdingOf, labelOf, type Making, purposeOf, reviewsOf } from './making.ts';
import { shownOf, type Shown } from './shown.ts';

/** Splits a text into pieces; a covered one (■) is null, for a bar. */
const piecesOf = (text: string): Pieces =>
  text.split(/(■+)/).flatMap((piece) => (piece === '' ? [] : [piece.startsWith('■') ? null : piece]));

function disclosedItems(making: Making, holding: string, values: Readonly<Record<string, string>>): DisclosedItem[] {
  return reviewsOf(making)
    .filter((one) => one.holding === holding)
    .map(({ item, decision, ground }) => {
      const label = labelOf(making, holding, item);
      if (decision === 'withhold' && ground) return { label, says: { withheld: ground } };
      const value = values[item];
      if (decision === 'absent' || value === undefined) return { label, says: 'absent' };
      const lines = linesOf(value);
      if (decision !== 'redact' || !ground) return { label, says: { shown: lines.map((line) => [line]) } };
      return { label, says: { shown: lines.map(piecesOf), covered: ground } };
    });
}

const listedItems = (
  making: Making,
  { holding_id, items }: { holding_id: string; items: readonly string[] },
): string[] => items.map((item) => labelOf(making, holding_id, item));

/** When something was provided: on the day of its record, else the day it was entered; the time is known only when it was entered on that day. */
const timeOf = (recorded: Day | null, at: number): { on: Day; time: string | null } => {
  const on = dayOf(at);
  return { on: recorded ?? on, time: recorded === null || recorded === on ? clockTime(at) : null };
};

const provisionLines = (making: Making, { provisions }: Shown) =>
  provisions.flatMap(({ record, ...provision }) =>
    record
      ? [
          {
            ...timeOf(record.provided_on, provision.at.getTime()),
            recipient: {
              name: record.recipient_name,
              address: record.recipient_address,
              representative: record.recipient_representative,
            },
            items: listedItems(making, provision),
            consent: record.consent_obtained,
          },
        ]
      : [],
  );

const receiptLines = (making: Making, { receipts }: Shown) => {
  const gone = unreadWords.gone[making.writing.lang];
  return receipts.map(({ on, holding, provider, how, items, consent, published }) => ({
    on,
    provider: provider ?? { name: gone, address: '', representative: null },
    how: how ?? gone,
    items: items.map((item) =>
      holding === null ? itemName(making.writing.lang)(item) : labelOf(making, holding, item),
    ),
    consent,
    published,
  }));
};

/** What is disclosed, read at this moment. */
export async function disclosedFacts(making: Making): Promise<Outcome<DisclosureFacts>> {
  const { desk, by, known, to, about, writing } = making;
  const shown = await shownOf(desk, by, known.row.id);
  if (!shown.ok) return shown;
  const records = known.request.kind === 'record-disclosure';
  const values = new Map(shown.value.data.map((one) => [one.holding, one.values]));
  const holdings = records ? [] : (known.request.collected?.holdings ?? []);
  const purposes = new Set(
    holdings.flatMap(({ holding }) => making.stands.holdings.get(holding)?.purposes.map(({ id }) => id) ?? []),
  );
  return done({
    to,
    about,
    asOf: writing.on,
    holdings: holdings.map(({ holding }) => ({
      title: holdingOf(making, holding),
      items: disclosedItems(making, holding, values.get(holding) ?? {}),
    })),
    provisions: records ? provisionLines(making, shown.value) : null,
    receipts: records ? receiptLines(making, shown.value) : null,
    purposes: [...purposes].map((id) => purposeOf(making, id)),
  });
}

export async function disclosed(making: Making): Promise<Outcome<Document>> {
  const facts = await disclosedFacts(making);
  return facts.ok ? done(disclosureDocument(facts.value, making.writing)) : facts;
}
