// The letter that says that a request has come: its number, by when it is answered and how the person can follow it. Sent where no form is. A
// requester who must still show who they are learns here with which papers, and what the fee is.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { feePoint, identityPoints, type Costs } from './cover.ts';
import { deskAddress, letter, letterDay, type About, type Addressee, type Point, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface AcknowledgementFacts extends Costs {
  to: Addressee;
  about: About & Required<Pick<About, 'status'>>;
  /** The day by which the answer is sent; null when it is over. */
  answerBy: Day | null;
  /** Whether papers that show who asks are still to come. */
  identity: boolean;
}

export function acknowledgementLetter(facts: AcknowledgementFacts, writing: Writing): Document {
  const { to, about, answerBy, identity } = facts;
  const { texts, lang } = writing;
  const { title, lead, papers, answer, status } = texts.acknowledgement;
  const { send } = texts.cover;
  const { number, status: shown } = about;
  const fee = feePoint(facts, writing);
  const asked: Point[] = identity
    ? [
        ...identityPoints(about.scope, 2, writing),
        ...(fee.items ? [fee] : []),
        { title: send.title[lang], says: [filled(send.says, lang, deskAddress(writing))] },
      ]
    : [];
  return letter(
    {
      title: title[lang],
      follows: true,
      body: [
        filled(lead, lang, { arrived: letterDay(about.arrivedOn, lang), number }),
        // A single sentence gets no point of its own, so that the letter stays on one page.
        ...(identity ? [papers[lang], ...(fee.items ? [] : fee.says!)] : []),
      ],
      points: [
        {
          title: answer.title[lang],
          says: [answerBy ? filled(answer.says, lang, { answerBy: letterDay(answerBy, lang) }) : answer.late[lang]],
        },
        ...asked,
        { title: status.title[lang], says: [filled(status.says, lang, { number, ...shown })] },
      ],
    },
    to,
    about,
    writing,
  );
}
