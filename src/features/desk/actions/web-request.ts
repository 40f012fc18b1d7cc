// A request that a person makes on the web page, where the policy allows that: registered on the day it comes, with what the paper form would have
// said and a copy of an identity paper, and confirmed by a mail that gives only its number. After that it is handled like a letter.

import { hash } from 'node:crypto';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { done, fieldOutcome, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isAddress } from '../../../platform/mail.ts';
import type { Uploaded } from '../../../platform/upload.ts';
import { fingerprint } from '../../../vault/index.ts';
import { countAttempt, waitProblem, type By, type Room } from '../../access/index.ts';
import type { Method } from '../facts/event.ts';
import { looksAtPerson, type Kind, type Scope } from '../facts/kind.ts';
import { numberOf } from '../facts/request.ts';
import { lockRequest } from '../store/requests.ts';
import { caseFrom, type Case } from './cases.ts';
import { write } from './happen.ts';
import type { Paper } from './papers.ts';
import { mailSignature } from './making.ts';
import { registerRequest, type Sender } from './register.ts';
import { receiptCode } from './receipt.ts';
import { readSent, scanPaper, type SentScan } from './scans.ts';

export interface WebAsk {
  kind: Kind;
  scope: Scope;
  lang: Lang;
  sender: Sender;
  says: string;
  /** How the answer should come; null = not said. */
  method: Method | null;
  /** A copy of an identity paper; a question or complaint needs none. */
  scan: SentScan;
  /** Names the press of the button: pressed twice, one request is registered. */
  attempt: string;
  /** The caller's network address; empty where it is not known. */
  address: string;
}

export interface WebReceipt {
  number: string;
  /** Null when an earlier press registered it: the code is shown once. */
  code: string | null;
  /** Yen that are due. */
  feeYen: number;
  feeAfter: boolean;
  /** Whether it is still checked who asks. */
  identity: boolean;
}

const person: By = { actor: { kind: 'public' }, authority: [] };

/** Most requests from one address, which an office may share, and to one mailbox, whose owner may know nothing of it. */
const REQUESTS = { address: 20, email: 9 };

const says = {
  name: both('氏名を書いてください', 'Enter your name'),
  address: both('お答えやコードを郵送する住所を書いてください', 'Enter the address for our letters'),
  email: both('アドレスを1つだけ、name@example.jp の形で書いてください', 'Enter one address, like name@example.jp'),
  what: both('何についてのお申し出かを書いてください', 'Enter what your request is about'),
} satisfies Record<string, Bilingual>;

const mailWords = {
  subject: both('お申し出を受け付けました', 'We have received your request'),
  says: both(
    'ウェブページからのお申し出を受け付けました。進み具合は、下のページに受付番号と確認コードを入れると分かります。確認コードは、お送りいただいた後の画面に表示したものです。お心当たりがないときは、お手数ですが、末尾の窓口へお知らせください。',
    'We have received the request that you made on our web page. To see its progress, enter the reference and the code on the page below. The code was shown on the page after you sent it. If you made no such request, please let the desk named at the end know.',
  ),
};

function problemsOf({ sender, says: text }: WebAsk): FieldProblem[] {
  const lacking: [boolean, string, Bilingual][] = [
    [sender.name === '', 'name', says.name],
    [sender.address === '', 'address', says.address],
    [!isAddress(sender.email), 'email', says.email],
    [text === '', 'says', says.what],
  ];
  return lacking.flatMap(([is, field, what]) => (is ? [{ field, says: what }] : []));
}

/** A digest of what is asked and enclosed, from which nothing of it can be found out. */
const contentOf = (
  { office }: Room,
  { kind, scope, lang, sender, says: text, method }: WebAsk,
  scan: Uploaded | null,
) =>
  fingerprint(
    office.vault,
    JSON.stringify([kind, scope, lang, sender, text, method, scan && hash('sha256', scan.bytes, 'base64')]),
  ).toString('hex');

/** Records what comes with the request, and posts the mail that confirms it. */
const alsoOf =
  ({ office }: Room, { kind, lang, method, sender }: WebAsk, scan: Uploaded | null, by: readonly string[]) =>
  async (tx: Tx, registered: Case): Promise<void> => {
    const { row } = registered;
    const on = office.clock.today();
    // The page shows the number, and the mail says that the request has come.
    await write(office, tx, person, registered, {}, { event: { event: 'acknowledged', on, how: 'otherwise' } });
    if (looksAtPerson(kind)) {
      const known = await caseFrom(tx, (await lockRequest(tx, row.id))!);
      const papers: Paper[] = scan ? [scanPaper(scan)] : [];
      const form = known.request.form ? 'right' : 'none';
      const came = { form, method, feeYen: 0, unreadable: false } as const;
      const event = { event: 'papers-received', on, ...came } as const;
      await write(office, tx, person, known, {}, { event, papers, subjects: { form, yen: 0 } });
    }
    const letter = { ...mailWords, to: sender.email, lang, number: numberOf(row) };
    await office.mail.post(tx, { ...letter, path: `/requests/status?lang=${lang}`, by });
  };

/** Registers a request from the web page. A caller who sends many, or many to one mailbox, has to wait. */
export async function requestOnWeb(desk: Room, ask: WebAsk): Promise<Outcome<WebReceipt>> {
  const { office, access } = desk;
  const { kind, scope, lang, sender, address } = ask;
  const wrong = fieldOutcome(problemsOf(ask));
  if (wrong) return wrong;
  const { wait } = await countAttempt(access, [
    ...(address === '' ? [] : [{ key: access.directory.index('request-address', address), limit: REQUESTS.address }]),
    { key: access.directory.index('request-email', sender.email.toLowerCase()), limit: REQUESTS.email },
  ]);
  if (wait > 0) return waitProblem(wait);
  // Reading a file costs more than anything else here, so it is done only after the attempt is counted.
  const scan = looksAtPerson(kind) ? await readSent(ask.scan) : done(null);
  if (!scan.ok) return scan;
  const registration = {
    kind,
    scope,
    lang,
    sender,
    says: ask.says,
    // Going back and sending something else makes another request.
    attempt: `${ask.attempt}:${contentOf(desk, ask, scan.value)}`,
    arrivedOn: office.clock.today(),
    channel: 'electronic' as const,
    // Nobody may learn here whether the same person has asked before.
    another: true,
  };
  const also = alsoOf(desk, ask, scan.value, await mailSignature(office, lang));
  const made = await registerRequest(desk, person, registration, also);
  if (!made.ok) return made;
  const { case: known, repeated } = made.value;
  return done({
    number: numberOf(known.row),
    code: repeated ? null : receiptCode(office, known.row.id),
    feeYen: known.request.fee.due,
    feeAfter: known.request.feeAfter,
    identity: looksAtPerson(kind),
  });
}
