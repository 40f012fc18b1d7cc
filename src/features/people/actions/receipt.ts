// The receipt that a person is given of one entry about them, with the proof that the entry is in the log.

import { setTimeout } from 'node:timers/promises';
import type { Actor } from '../../../base/actor.ts';
import { both, type Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, notFound, type Outcome } from '../../../base/outcome.ts';
import {
  append,
  decisionIn,
  ERASURE,
  erasureCertificate,
  integrate,
  listEntries,
  type LogEntry,
  proofFile,
  type Receipt,
  receiptOf,
  sealPdf,
  vkeyOf,
} from '../../../log/index.ts';
import { isLacking, makePdf, unwritten } from '../../../platform/pdf.ts';
import { type By, entryBy, type Room } from '../../access/index.ts';
import { acquisition, type AcquisitionRecord, asStated } from '../../acquisition/index.ts';
import { addressee, heldAsTold, isTold } from '../../checkpoint/index.ts';
import { consentOf, type Consented, type Objection, objectionsById } from '../../consent/index.ts';
import { caseOf, requestNumber } from '../../desk/index.ts';
import { type Policy, policyInForce, policyVersion } from '../../policy/index.ts';
import { type Provided, provisionTold } from '../../provision/index.ts';
import { recipientNames } from '../../recipients/index.ts';
import { type ReceiptLetter, receiptLetter, receiptTemplate } from '../letters/receipt.ts';
import type { Place } from '../words.ts';
import { surroundings } from './person.ts';

const noEntry = notFound(both('この本人についての、その記録はありません', 'There is no such entry about this person'));

const notYet: Outcome<never> = conflict(
  'entry',
  both(
    '記録に署名しているところです。少し待ってから、もう一度開いてください',
    'The entry is being signed. Please try again shortly',
  ),
);

/** How often, and with what pause, to look again for an entry that another open transaction keeps out of the tree. */
const TRIES = 10;

const STEP_MS = 200;

/** The entry is looked for among this many of the newest about the person. */
const LOOK_BACK = 20;

/** The proof of an entry about this person. First takes the entry into the tree if no checkpoint covers it yet. */
export async function proofOf({ office }: Room, principal: string, entry: string): Promise<Outcome<Receipt>> {
  if (!isId(principal) || !isId(entry)) return noEntry;
  const { database, signer } = office;
  for (let left = TRIES; left > 0; left -= 1) {
    const proof = await receiptOf(database, vkeyOf(signer), entry);
    if (proof) return proof.entry.principal === principal ? done(proof) : noEntry;
    if ((await integrate(database, signer)) > 0) continue;
    const newest = await listEntries(database, { principal, most: LOOK_BACK });
    if (!newest.some((one) => one.entry.id === entry)) return noEntry;
    await setTimeout(STEP_MS);
  }
  return notYet;
}

/** The proof as a file: the certificate of an erasure, otherwise the receipt of the entry. */
export function proofJson(proof: Receipt): { name: string; text: string } {
  const certificate = erasureCertificate(proof);
  return certificate
    ? { name: 'certificate.json', text: proofFile(certificate) }
    : { name: 'receipt.json', text: proofFile(proof) };
}

/** The consent or the objection that an entry speaks of, with the purposes and the names of the recipients that it reaches. */
export interface Said {
  consent: Consented | null;
  objection: Objection | null;
  purposes: string[];
  recipients: string[];
}

/** Entries of a consent name it, those of an objection name that; the entry that records one has its id. */
export async function saidIn({ office }: Room, { action, id, consent, objection }: LogEntry): Promise<Said> {
  const nothing: Said = { consent: null, objection: null, purposes: [], recipients: [] };
  if (!action.startsWith('consent:')) return nothing;
  const objected = (await objectionsById(office.database, [String(objection ?? id)])).values().next().value ?? null;
  const of = objected ? null : await consentOf(office, String(consent ?? id));
  const consented = of?.ok ? of.value : null;
  const reached = consented?.text.recipients ?? [objected?.recipient_id].filter((one) => typeof one === 'string');
  return {
    consent: consented,
    objection: objected,
    purposes: consented?.text.purposes ?? [objected?.purpose].filter((one) => typeof one === 'string'),
    recipients: reached.length === 0 ? [] : [...(await recipientNames(office, reached)).values()],
  };
}

/** What the office knows of an entry beyond the log: how it was acquired, to whom it was provided, which consent it is about. */
export interface Told {
  entry: LogEntry;
  acquisition: AcquisitionRecord | null;
  provision: Provided | null;
  said: Said;
  /** Whom a provision that was refused was to go to, or who was told of a correction. */
  recipient: string | null;
  /** The number of the request that it was done for. */
  request: string | null;
  /** The policy it was decided under, or the one in force. */
  policy: Policy | null;
  /** The ledger and the collections of related information, by id. */
  places: ReadonlyMap<string, Place>;
}

async function recipientIn({ office }: Room, { action, recipient }: LogEntry): Promise<string | null> {
  if (typeof recipient !== 'string' || (action !== 'refused' && action !== 'desk:tell-recipient')) return null;
  return (await recipientNames(office, [recipient])).get(recipient) ?? null;
}

async function requestIn(room: Room, { request }: LogEntry): Promise<string | null> {
  const known = typeof request === 'string' ? await caseOf(room, request) : null;
  return known?.ok ? requestNumber(known.value.row) : null;
}

export async function toldOf(room: Room, by: By, entry: LogEntry): Promise<Told> {
  const { office } = room;
  const around = await surroundings(room);
  const version = decisionIn(entry)?.policy;
  const decided = version === undefined ? null : await policyVersion(office, version);
  const acquired = entry.action === 'people:acquire' ? await acquisition(office, entry.id) : null;
  const [record] = acquired?.ok ? await asStated(office, by, [acquired.value]) : [];
  const provided = entry.principal ? await provisionTold(office, entry.principal, entry.id) : null;
  return {
    entry,
    acquisition: record ?? null,
    provision: provided,
    said: await saidIn(room, entry),
    recipient: await recipientIn(room, entry),
    request: await requestIn(room, entry),
    policy: decided?.policy ?? around.policy?.policy ?? null,
    places: around.places,
  };
}

/** The name for the head of a receipt, read through the checkpoint; null when no name is held any more. The issue is logged in both cases. */
async function nameFor({ office }: Room, by: By, told: Told): Promise<Outcome<string | null>> {
  const principal = told.entry.principal!;
  const found = await heldAsTold(office, by.actor, principal);
  const named =
    found.ok && 'records' in found.value ? found.value.records.filter((record) => record.items.includes('name')) : [];
  const from = named.find((record) => record.holding === told.entry.holding) ?? named[0];
  if (from) {
    return addressee(office, by, {
      principal,
      holding: from.holding,
      about: told.entry.id,
      thirdParty: told.provision !== null || told.acquisition?.source === 'third-party',
    });
  }
  const subjects = { principal, about: told.entry.id };
  await office.database.transaction((tx) => append(tx, entryBy(by, office.clock.now(), 'people:receipt', subjects)));
  return done(null);
}

/** Adds a sentence to the letter when our fonts lack a character of it. */
const legible = (letter: ReceiptLetter, lang: Lang): ReceiptLetter =>
  isLacking(letter) ? { ...letter, closing: `${letter.closing}\n${unwritten[lang]}` } : letter;

/**
 * True when an entry about a person may be shown to an actor. A token must be allowed to hear of the person, and bound to one of the purposes of
 * the handling, or of the consent or the objection it speaks of, if it had any.
 */
async function isEntryTold(room: Room, actor: Actor, principal: string, entry: LogEntry): Promise<boolean> {
  if (actor.kind !== 'system') return true;
  const said = await saidIn(room, entry);
  const purposes = [entry.purpose, entry.purposes, said.purposes].flat().filter((one) => typeof one === 'string');
  if (purposes.length > 0 && !isTold(actor, purposes)) return false;
  return (await heldAsTold(room.office, actor, principal)).ok;
}

/** The sealed PDF of one entry, for the person. Reads nothing about them but the name and, for an acquisition, who gave the information. */
export async function receiptPdf(
  room: Room,
  by: By,
  ask: { principal: string; entry: string; lang: Lang },
): Promise<Outcome<{ name: string; bytes: Uint8Array }>> {
  const { office } = room;
  const proof = await proofOf(room, ask.principal, ask.entry);
  if (!proof.ok) return proof;
  if (!(await isEntryTold(room, by.actor, ask.principal, proof.value.entry))) return noEntry;
  const told = await toldOf(room, by, proof.value.entry);
  const name = await nameFor(room, by, told);
  if (!name.ok) return name;
  const now = await policyInForce(office, office.clock.today());
  const json = proofJson(proof.value);
  const letter = legible(
    receiptLetter(
      {
        told,
        proof: proof.value,
        name: name.value,
        operator: now?.policy.operator ?? null,
        on: office.clock.today(),
        url: office.config.publicUrl,
        attached: json.name,
      },
      ask.lang,
    ),
    ask.lang,
  );
  const bytes = makePdf({
    template: receiptTemplate,
    data: letter,
    lang: ask.lang,
    attachments: [
      { name: json.name, bytes: Buffer.from(json.text), mime: 'application/json', says: letter.attachment },
    ],
  });
  const kind = proof.value.entry.action === ERASURE ? 'erasure' : 'receipt';
  return done({
    name: `${kind}-${ask.entry.slice(-8)}-${ask.lang}.pdf`,
    bytes: sealPdf(bytes, office.signer.privateKey),
  });
}
