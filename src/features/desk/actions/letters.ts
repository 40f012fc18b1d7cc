// Makes the letters of a request: each from the request, what was sealed with it and, for a disclosure, what is read at this moment. Each making is
// logged. Before it goes out a letter is a draft of the day; what was sent is on file (copies.ts) and is not made again.

import { addDays, dayOf, type Day } from '../../../base/day.ts';
import { done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Document } from '../../../platform/pdf.ts';
import type { By, Room } from '../../access/index.ts';
import { decideBy, deskDays } from '../facts/clocks.ts';
import { isDismissed } from '../facts/dismissal.ts';
import { looksAtPerson } from '../facts/kind.ts';
import { isOpenable } from '../facts/parcel.ts';
import { feeOver, referenceOf, type OpeningReason, type Request } from '../facts/request.ts';
import { acknowledgementLetter } from '../letters/acknowledgement.ts';
import { consultationLetter, extensionLetter } from '../letters/answer.ts';
import { coverLetter, type Costs } from '../letters/cover.ts';
import { codeLetter } from '../letters/code.ts';
import { disclosureData } from '../letters/disclosure.ts';
import { feeReceipt } from '../letters/fee-receipt.ts';
import { handForm } from '../letters/form.ts';
import { handoverSlip } from '../letters/handover.ts';
import { labelSheet } from '../letters/labels.ts';
import { lacksLetter } from '../letters/lacks.ts';
import { claimOf, type Writing } from '../letters/paper.ts';
import { refundLetter } from '../letters/refund.ts';
import { soughtLetter } from '../letters/sought.ts';
import { filled } from '../letters/texts.ts';
import { bodyOf } from '../store/events.ts';
import { type Case, stateOfParcel } from './cases.ts';
import { openingEntries, openingProblem } from './papers.ts';
import { disclosed, disclosedFacts } from './disclosed.ts';
import { answerLetters, isReceiptHandedOver, type LetterFile, type LetterName } from './drafts.ts';
import { draft, type MadeFor, type Making, makingOf, paragraphs, says, statusOf } from './making.ts';
import { corrected, notice, posted } from './notice.ts';
import { reaching } from './reach.ts';
import { parcelCode } from './receipt.ts';

/** Days within which something that is missing should come. */
const LACK_DAYS = 14;

/** The day by which the answer is sent; null when that is over as a letter goes out. */
const answerBy = (r: Request, { on }: Writing): Day | null => (decideBy(r) < on ? null : decideBy(r));

const costsOf = ({ fee, feeAfter }: Request): Costs => ({ feeYen: fee.due, feeAfter });

/** The titles of the letters of an answer, as they say themselves. */
function titlesOf(request: Request, { texts, lang }: Writing): string[] {
  const { kind, scope } = request;
  const information = texts.information[scope][lang];
  const disclosure = kind === 'record-disclosure' ? texts.disclosure.records.title : texts.disclosure.title;
  return answerLetters(request).map((name) => {
    if (name === 'disclosed') return filled(disclosure, lang, { information });
    if (kind === 'consultation') return texts.consultation.title[lang];
    return isDismissed(request)
      ? filled(texts.dismissal.title, lang, { claim: claimOf(request, { texts, lang }) })
      : filled(texts.notices[kind].title, lang, { information });
  });
}

/** There is one receipt for the fee of a request. */
const receiptNumber = (number: string): string => `${number}-1`;

const receiptKinds = ['purpose-notice', 'disclosure', 'record-disclosure'] as const;

const makers: Record<LetterName, (making: Making) => Outcome<Document> | Promise<Outcome<Document>>> = {
  cover: ({ known: { request }, to, about, form, writing }) =>
    form
      ? done(
          coverLetter(
            {
              to,
              about,
              form,
              ...costsOf(request),
              checkDays: deskDays.identity,
              answerBy: answerBy(request, writing),
            },
            writing,
          ),
        )
      : says.none,
  form: ({ known: { request }, about, form, writing }) =>
    form ? done(handForm(form, { number: about.number, ...costsOf(request) }, writing)) : says.none,
  acknowledgement: ({ desk: { office }, known: { row, request: r }, to, about, writing }) =>
    done(
      acknowledgementLetter(
        {
          to,
          about: { ...about, status: statusOf(office, row.id) },
          answerBy: answerBy(r, writing),
          identity: looksAtPerson(r.kind) && r.papers === null && r.decided === null,
          ...costsOf(r),
        },
        writing,
      ),
    ),
  lacks: ({ known: { request: r }, to, about, form = null, writing }) =>
    done(
      lacksLetter(
        {
          to,
          about,
          form,
          lacks: r.lacks,
          got: r.papers?.form === 'wrong' ? 'wrong' : 'none',
          dueYen: r.fee.due,
          receivedYen: r.fee.received - r.fee.returned,
          feeAfter: r.feeAfter,
          by: addDays(writing.on, LACK_DAYS),
          until: r.waitsUntil,
        },
        writing,
      ),
    ),
  receipt: ({ known: { request: r, events }, to, about, writing }) => {
    const kind = receiptKinds.find((one) => one === r.kind);
    // The day the last of the money came; papers may have come after it.
    const came = events.map(bodyOf).findLast((one) => one.event === 'papers-received' && one.feeYen > 0);
    if (!kind || !came) return says.none;
    const facts = { to, about, kind, amountYen: r.fee.due, receivedOn: came.on };
    return done(feeReceipt({ ...facts, receiptNumber: receiptNumber(about.number) }, writing));
  },
  refund: ({ known: { request: r, events }, sent, to, about, writing }) => {
    const last = sent ?? events.map(bodyOf).findLast((one) => one.event === 'refunded');
    const gone = last?.event === 'refunded' ? last.yen : 0;
    // With a step, what it returns; in a draft, what is still to go back, else what went back last.
    const open = !sent && feeOver(r) > 0;
    const yen = open ? feeOver(r) : gone;
    const heldYen = r.fee.received - r.fee.returned + (open ? 0 : gone);
    const { due: dueYen, received: receivedYen, waived: waivedYen } = r.fee;
    const undone = isDismissed(r);
    return done(refundLetter({ to, about, yen, heldYen, dueYen, waivedYen, undone, receivedYen }, writing));
  },
  extension: ({ known: { request: r, events }, sent, sealed, to, about, writing }) => {
    const extensions = events.map(bodyOf).flatMap((one) => (one.event === 'extended' ? one.until : []));
    // The day the person was told before this letter. When the letter is being sent, its own event is not among the events yet.
    const before = decideBy({ ...r, extendedTo: (sent ? extensions : extensions.slice(0, -1)).at(-1) ?? null });
    const reason = paragraphs(sealed.reasons.get('extended') ?? '');
    return done(extensionLetter({ to, about, before, until: r.extendedTo!, reason }, writing));
  },
  notice,
  posted,
  disclosed,
  answer: ({ sealed, to, about, writing }) =>
    done(consultationLetter({ to, about, answer: paragraphs(sealed.answer) }, writing)),
  code: ({ desk, known: { parcels }, sealed, to, about, writing }) => {
    const parcel = parcels.at(-1);
    const live = parcel && isOpenable(stateOfParcel(parcel, desk.office.clock.now()));
    if (!live || (sealed.agent ?? sealed.sender).address.trim() === '') return says.noCode;
    const validUntil = dayOf(parcel.valid_until.getTime());
    return done(codeLetter({ to, about, parcelCode: parcelCode(desk.office, parcel.id), validUntil }, writing));
  },
  sought: ({ known: { row }, to, writing }) => done(soughtLetter({ to, reference: referenceOf(row) }, writing)),
  handover: ({ known, about: { number }, writing }) => {
    if (!writing.operator.desk.visits) return says.none;
    const receipt = isReceiptHandedOver(known) ? receiptNumber(number) : null;
    return done(handoverSlip({ number, documents: titlesOf(known.request, writing), receipt }, writing));
  },
  labels: ({ to, writing }) => done(labelSheet([to], writing)),
};

/** Whether a letter says what is held about the person, or what was changed in it. */
const isTelling = (file: LetterFile | 'data'): boolean => /^(notice|posted|disclosed|data|corrected-.*)$/.test(file);

/** Makes something of a request and logs that its papers were opened for it. */
async function makeWith<T>(
  desk: Room,
  by: By,
  known: Case,
  {
    file,
    make,
    why,
    ...of
  }: MadeFor & {
    file: LetterFile | 'data';
    make: (of: Making) => Outcome<T> | Promise<Outcome<T>>;
    why?: OpeningReason | undefined;
  },
): Promise<Outcome<T>> {
  const { office } = desk;
  const may = isTelling(file) ? await reaching(desk, by, 'people:use', known.row.principal_ids) : done(by);
  if (!may.ok) return may;
  const closed = openingProblem(known.row, why);
  if (closed) return invalid(closed.field, closed.says);
  const making = await makingOf(desk, by, known, of);
  if (!making) return notFound(says.gone);
  const made = await make(making);
  if (!made.ok) return made;
  const [letter, recipient] = partsOf(file);
  const subjects = {
    letter,
    ...(recipient === null ? {} : { recipient }),
    ...(known.row.closed_on !== null && why ? { for: why } : {}),
    texts: making.version,
    authority: [...may.value.authority],
  };
  const entries = openingEntries(office.clock.now(), by.actor, known.row, subjects);
  await office.database.transaction((tx) => append(tx, ...entries));
  return made;
}

/** The letter that a file is and, for one about a correction, the id of its recipient. */
function partsOf(file: LetterFile | 'data'): [letter: string, recipient: string | null] {
  const [, recipient] = /^corrected-(.+)$/.exec(file) ?? [];
  return recipient === undefined ? [file, null] : ['corrected', recipient];
}

/** Makes a letter. The log entry names the version of its sentences. */
export const makeFrom = (
  desk: Room,
  by: By,
  known: Case,
  file: LetterFile,
  of: MadeFor & { why?: OpeningReason | undefined } = draft,
): Promise<Outcome<Document>> => {
  const [, recipient] = partsOf(file);
  const make = recipient === null ? makers[file as LetterName] : (making: Making) => corrected(making, recipient);
  return makeWith(desk, by, known, { ...of, file, make });
};

/** What is disclosed as data for a program: JSON in UTF-8 that says what the paper says. */
export const makeData = (desk: Room, by: By, known: Case, of: MadeFor): Promise<Outcome<string>> =>
  makeWith(desk, by, known, {
    ...of,
    file: 'data',
    make: async (making) => {
      const facts = await disclosedFacts(making);
      return facts.ok ? done(`${JSON.stringify(disclosureData(facts.value, making.writing), null, 2)}\n`) : facts;
    },
  });
