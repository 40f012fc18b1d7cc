// The words that belong to events: the registered mail a fee came in, and the law and document by which a record is kept though its erasure was asked
// for. The event itself has only codes; its words are papers of the request, sealed under its key and erased with it.

import type { SuspensionFacts } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { requestFrom } from '../facts/stage.ts';
import { bodyOf, eventsOf } from '../store/events.ts';
import { eventPapers, dropWaiting, takeWaiting } from '../store/event-words.ts';
import { lockRequest, updateFolded } from '../store/requests.ts';
import type { EventRow, RequestRow } from '../tables.ts';
import { foldedOf } from './happen.ts';
import { keepPapers, keyOf, textOf } from './papers.ts';

/** The facts of a decision without the law by which something is kept, and that law if one is named. */
export function withoutLaw(facts: object): { facts: object; law: string | undefined } {
  const { keeping } = facts as Pick<SuspensionFacts, 'keeping'>;
  if (!keeping) return { facts, law: undefined };
  const { legalBasis: law, ...bare } = keeping;
  return { facts: { ...facts, keeping: bare }, law };
}

type Data = EventRow['data'];

/** The data of an event together with its words, as an earlier version kept it. */
function joined(data: Data, kind: 'mail' | 'keeping', words: string): Data {
  if (kind === 'mail') return { ...data, registeredMail: words };
  const { facts } = data as { facts: Pick<SuspensionFacts, 'keeping'> };
  return { ...data, facts: { ...facts, keeping: { ...facts.keeping, legalBasis: words } } };
}

/** Returns an event as it was written, with the words that an earlier version kept in it. */
export type Joiner = <E extends Pick<EventRow, 'request_id' | 'no' | 'data'>>(event: E) => E;

/** The joiner for the events of these requests. The log's digests of such events cover event and words. */
export async function joinerOf(office: Office, rows: readonly RequestRow[]): Promise<Joiner> {
  const keys = new Map(rows.map((row) => [row.id, keyOf(row)]));
  const papers = new Map(
    (await eventPapers(office.database, [...keys.keys()])).map((paper) => [
      `${paper.request_id} ${paper.about}`,
      paper,
    ]),
  );
  return (event) => {
    const paper = papers.get(`${event.request_id} ${event.no}`);
    const key = paper && keys.get(event.request_id);
    if (!paper || !key) return event;
    try {
      return { ...event, data: joined(event.data, paper.kind, textOf(office, key, paper)) };
    } catch {
      // Words that do not open cannot match what was logged.
      return event;
    }
  };
}

/** Seals the words that an earlier version kept in clear, request by request. */
export async function sealWaitingWords(office: Office): Promise<void> {
  const one = (): Promise<boolean> =>
    office.database.transaction(async (tx) => {
      const waiting = await takeWaiting(tx);
      const id = waiting[0]?.request_id;
      if (id === undefined) return false;
      const row = await lockRequest(tx, id);
      const key = row && keyOf(row);
      if (row && key) {
        const events = await eventsOf(tx, id);
        let { papers } = row;
        for (const { no, kind, words: text } of waiting) {
          const on = events.find((event) => event.no === no)!.on_day;
          papers = await keepPapers(office, tx, { id, papers }, key, {
            papers: [{ kind, about: String(no), text }],
            on,
          });
        }
        await updateFolded(tx, id, foldedOf(requestFrom(events.map(bodyOf)), papers));
      }
      await dropWaiting(tx, id);
      return true;
    });
  while (await one());
}
