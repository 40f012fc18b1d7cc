// Records that somebody tried to reach the person whose answer did not arrive. By letter or e-mail, the desk's own words for it can be used: they go on
// file with the attempt, and by mail they go out with it.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { isAddress } from '../../../platform/mail.ts';
import type { By, Room } from '../../access/index.ts';
import type { Attempt } from '../facts/event.ts';
import { goesToAgent, numberOf } from '../facts/request.ts';
import { soughtMail } from '../letters/sought.ts';
import type { Case } from './cases.ts';
import { copyOf } from './copies.ts';
import { happen, mayHappen, type Step } from './happen.ts';
import { makeFrom } from './letters.ts';
import { latestPaper } from './papers.ts';
import type { Sender } from './register.ts';
import { noted } from './undelivered.ts';

const says = {
  noPlace: both('送り先の住所を書いてください', 'Enter the address it goes to'),
  noEmail: both('アドレスを1つだけ、name@example.jp の形で書いてください', 'Write one address, like name@example.jp'),
  today: both('メールは今日送られます。今日の日を書いてください', 'The mail goes out today. Enter the day of today'),
};

export interface SeekAsk {
  on: Day;
  how: Attempt;
  /** Uses the letter that asks the person to get in touch; not when somebody wrote in other words, or telephoned. */
  letter?: boolean | undefined;
  /** Where that letter goes: an address or, by `email`, an e-mail address. The one on record when empty or left out. */
  sendTo?: string | undefined;
  /** What came of it; sealed. */
  reason: string;
}

type Contact = Pick<Sender, 'address' | 'email'>;

/** Where the letter goes by post or by mail: the address given now, or the one on record. */
async function contactOf(
  { office }: Room,
  { row, request }: Case,
  { how, sendTo = '' }: SeekAsk,
): Promise<Outcome<Contact>> {
  const kept = await latestPaper(office.database, office, row, goesToAgent(request) ? 'agent' : 'sender');
  const { address, email }: Contact = kept === null ? { address: '', email: '' } : (JSON.parse(kept) as Contact);
  const given = sendTo.trim();
  const to = how === 'email' ? { address: '', email: given || email } : { address: given || address, email: '' };
  const problem: FieldProblem | null =
    how === 'email'
      ? isAddress(to.email)
        ? null
        : { field: 'sendTo', says: says.noEmail }
      : to.address.trim() === ''
        ? { field: 'sendTo', says: says.noPlace }
        : null;
  return problem ? invalid(problem.field, problem.says) : done(to);
}

/** Records an attempt to reach the person whose answer did not arrive; with `letter`, the letter goes on file and, as mail from here, out with it. */
export async function seek(desk: Room, by: By, id: string, step: Step, ask: SeekAsk): Promise<Outcome<Case>> {
  const { office } = desk;
  const { on, how, letter = false, reason } = ask;
  const event = { event: 'sought', on, how, ...(letter ? { letter: true as const } : {}) } as const;
  const papers = noted('sought', reason);
  if (!letter) return happen(desk, by, id, step, () => done({ event, papers, subjects: { how } }));
  const ready = await mayHappen(desk, by, id, step, () => event);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const mails = how === 'email' && office.mail.on;
  if (mails && on !== office.clock.today()) return invalid('on', says.today);
  const to = await contactOf(desk, known, ask);
  if (!to.ok) return to;
  const made = await makeFrom(desk, by, known, 'sought', { sent: event, papers, to: to.value });
  if (!made.ok) return made;
  const { subject, says: text, by: signed } = soughtMail(made.value);
  const mail = {
    to: to.value.email,
    lang: known.request.lang,
    subject: { ja: subject, en: subject },
    says: { ja: text, en: text },
    number: numberOf(known.row),
    path: null,
    by: signed,
  };
  return happen(desk, by, id, step, (_, tx) =>
    done({
      event,
      papers: [...papers, copyOf('sought', made.value)],
      effect: async () => void (mails && (await office.mail.post(tx, mail, [id]))),
      subjects: { how, letter: 'sought' },
    }),
  );
}
