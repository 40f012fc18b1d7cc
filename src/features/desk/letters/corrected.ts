// The letter to a recipient that was given what was wrong: whose it is, what it was and what it is now. It says nothing else of the request.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { changesPoint, type NoticeParts } from './notice.ts';
import { deskAddress, letter, letterDay, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface CorrectedFacts {
  to: Addressee;
  number: About['number'];
  /** The day the information was last given to them. */
  givenOn: Day;
  /** Items by which they know whose it is: what they had been given and is not wrong, such as a name. */
  whose: readonly { item: string; value: string }[];
  changes: NoticeParts['changes'];
}

export function correctedLetter({ to, number, givenOn, whose, changes }: CorrectedFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { title, lead, whose: person, ask } = texts.corrected;
  const { head, rows } = changesPoint(changes, writing).table!;
  return letter(
    {
      title: title[lang],
      body: [
        filled(lead, lang, { given: letterDay(givenOn, lang), company: writing.operator.name[lang] }),
        filled(ask, lang, deskAddress(writing)),
      ],
      points: [
        ...(whose.length > 0
          ? [
              {
                title: person.title[lang],
                table: {
                  head: [person.item[lang], person.value[lang]],
                  rows: whose.map(({ item, value }) => [item, value]),
                },
              },
            ]
          : []),
        { title: texts.notice.changes.title[lang], table: { head, rows } },
      ],
    },
    to,
    { number, arrivedOn: null, principal: null },
    writing,
  );
}
