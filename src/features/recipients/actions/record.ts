// What the log says of a change to the recipients and countries, and writing it with the change.

import { actorRef } from '../../../base/actor.ts';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import { notFound } from '../../../base/outcome.ts';
import { append, contentHash } from '../../../log/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type By, entryBy } from '../../access/index.ts';
import { contentOf } from '../facts/read.ts';
import type { Act, Assurance, CheckContent, CommissionPage, Recipient, RecipientVersion } from '../facts/register.ts';
import { insertVersion } from '../store.ts';
import type { ReportRow } from '../tables.ts';

export const says = {
  name: both('この名称と住所の提供先は、すでにあります', 'A recipient of this name and address is registered already'),
  version: both(
    'ほかの人が先に変えました。違いを確かめてから、もう一度保存してください',
    'Somebody else changed it first. Check what differs, then save again',
  ),
  stopped: both('すでに止めています', 'It is stopped already'),
  active: both('止めていません', 'It is not stopped'),
  impossible: both(
    '最後の確認では、措置を続けられないとされています。続けられることを確かめて記録してから再開してください（法28条3項、規則18条1項）',
    'The last check found that the measures cannot be kept. Check that they can be, and record it, before you resume (APPI Art. 28(3), Rules Art. 18(1))',
  ),
  assurance: both('同じものが、すでに記録されています', 'The same is on record already'),
  ended: both('すでに終わらせています', 'It was ended already'),
  confirmed: both(
    '確かめる記録ではないか、すでに確かめています',
    'There is nothing to confirm, or it was confirmed already',
  ),
  check: both('この日の確認は、すでに記録されています', 'A check of this day is on record already'),
  standing: both(
    '返却・消去は、提供を止めるか、有効な根拠を終わらせてから記録してください',
    'Stop the recipient, or end the bases in force, before you record that what was given was returned or erased',
  ),
  returns: both(
    '渡した情報が返却・消去されたことは、社内の人が確かめて記録します。システムは記録できません',
    'That what was given was returned or erased is confirmed and recorded by a member of staff, not by a system',
  ),
  vouches: both(
    '外国の提供先が日本の決まりに沿う措置をとっているかは、社内の人が確かめて記録します。システムは、基準適合体制も、措置が続いているという確認も記録できません（法28条）',
    'Whether a recipient abroad takes measures in line with Japanese rules is confirmed and recorded by a member of staff. A system can record neither an equivalent-action system nor a check that finds the measures kept (APPI Art. 28)',
  ),
  page: both('同じ確認が、すでに記録されています', 'The same check is on record already'),
} satisfies Record<string, Bilingual>;

export const missing = notFound(both('この提供先はありません', 'There is no such recipient'));

export const noAssurance = notFound(both('この根拠はありません', 'There is no such assurance'));

export const noRecord = notFound(both('この記録はありません', 'There is no such record'));

export const noCountry = notFound(both('この国はありません', 'There is no such country'));

// What the log says of each row; the promises compare the rows with it.

/** The hash of the reason given for an act; undefined where none is asked for. */
const reasonSaid = (reason: string | null | undefined) => (reason ? contentHash({ reason }) : undefined);

export const versionSaid = (of: { recipient: string } & Pick<RecipientVersion, 'version' | 'content' | 'reason'>) => ({
  recipient: of.recipient,
  version: of.version,
  country: of.content.country,
  sha256: contentHash(of.content),
  reasons: reasonSaid(of.reason),
});

export const assuranceSaid = ({
  recipient,
  reference,
  from,
  until,
  terms,
}: Pick<Assurance, 'recipient' | 'reference' | 'from' | 'until' | 'terms'>) => ({
  recipient,
  assurance: terms.kind,
  from,
  until: until ?? undefined,
  sha256: contentHash({ reference, from, until, terms }),
});

export const endSaid = ({ id, recipient, terms }: Pick<Assurance, 'id' | 'recipient' | 'terms'>, reason: string) => ({
  recipient,
  assurance: terms.kind,
  ended: id,
  reasons: reasonSaid(reason),
});

export function checkSaid(of: CheckContent & { recipient: string }) {
  const { on, method, measures, foreignSystem, trouble, remedy, proof, nextDue } = of;
  const found = { on, method, measures, foreignSystem, trouble, remedy, nextDue };
  return {
    recipient: of.recipient,
    on,
    measures,
    foreign_system: foreignSystem !== null,
    next_due: nextDue ?? undefined,
    // Earlier versions hashed a check without a proof.
    sha256: contentHash(proof === null ? found : { ...found, proof }),
  };
}

export const confirmSaid = ({ recipient, id }: { recipient: string; id: string }) => ({ recipient, confirmed: id });

export const reportSaid = ({ country, version, content }: Pick<ReportRow, 'country' | 'version' | 'content'>) => ({
  country,
  version,
  checked_on: content.checkedOn,
  sha256: contentHash(content),
});

export const pageSaid = ({ url, checkedOn }: Pick<CommissionPage, 'url' | 'checkedOn'>) => ({
  checked_on: checkedOn,
  sha256: contentHash({ url, checkedOn }),
});

/** Writes one version with its log entry. The entry has the hash of the description, so that the history can be proved too. */
export async function record(
  tx: Tx,
  by: By,
  one: Recipient,
  act: Act,
  { reason = null, check }: { reason?: string | null; check?: string } = {},
): Promise<void> {
  const content = contentOf(one);
  const said = versionSaid({ recipient: one.id, version: one.version, content, reason });
  const subjects = { ...said, ...(check ? { check } : {}) };
  const entry = entryBy(by, one.changedAt.getTime(), `recipient:${act}`, subjects);
  await insertVersion(tx, one.id, {
    version: one.version,
    act,
    at: one.changedAt,
    actor: actorRef(by.actor),
    content,
    state: one.state,
    reason,
    entryId: entry.id,
  });
  await append(tx, entry);
}
