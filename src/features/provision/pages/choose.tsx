// The choice of recipient: one of the register or, where one person's information stays inside, the company itself; and the joint use it is shared
// in. Choices that are not open are shown with the reason.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { Relation } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { problemAt, SelectField, type Option } from '../../../platform/ui/form.tsx';
import { countryName, listed, slashDay } from '../../../platform/ui/format.ts';
import { listJointUses, noticeOn, standingOn, type JointUse } from '../../joint-use/index.ts';
import type { Search } from '../../../platform/ui/offer.tsx';
import { listRecipients, OfferedRecipients, type Recipient } from '../../recipients/index.ts';
import { registeredFor, type Registered } from '../actions/basis.ts';
import { packageWords, registerWords, relationWords } from '../words.ts';

/** The value of the field for the company itself. */
export const INSIDE = 'inside';

export const labels = { recipient: registerWords.whom, jointUse: registerWords.jointly };

export interface Choices {
  recipients: readonly Recipient[];
  /** Those in force. */
  jointUses: readonly JointUse[];
}

/** What may be chosen today. Joint uses of pseudonymously processed information are left out: a holding never keeps any. */
export async function choicesOf(office: Office): Promise<Choices> {
  const today = office.clock.today();
  const jointUses = await listJointUses(office);
  return {
    recipients: await listRecipients(office),
    jointUses: jointUses.filter((use) => use.information === 'personal' && standingOn(use, today) === 'in-force'),
  };
}

/** The choice as typed: ids, or `INSIDE`; empty where nothing was chosen. */
export interface Typed {
  recipient: string;
  jointUse: string;
}

export interface Chosen {
  /** Null within the company. */
  recipient: Recipient | null;
  jointUse: JointUse | null;
  /** The relations the recipient may have in this provision. If there is only one, the form does not ask. */
  relations: readonly Relation[];
}

/** The ids of a choice, as the actions expect them. */
export const idsOf = ({ recipient, jointUse }: Typed) => ({
  recipient: recipient === INSIDE ? null : recipient,
  jointUse: jointUse === '' ? undefined : jointUse,
});

const relationsOf = ({ relations }: Registered, { jointUse }: Typed): readonly Relation[] => {
  const apart = relations.filter((one) => one !== 'joint-use');
  return jointUse !== '' || apart.length === 0 ? ['joint-use'] : apart;
};

/** A choice as it was made, whether or not it is still allowed; null where there is no such recipient. */
export function asChosen({ recipient, jointUse }: Typed, { recipients, jointUses }: Choices): Chosen | null {
  const found = recipients.find(({ id }) => id === recipient);
  if (!found) return null;
  const use = jointUses.find(({ id }) => id === jointUse) ?? null;
  return { recipient: found, jointUse: use, relations: use ? ['joint-use'] : found.relations };
}

/** Checks a choice against the registers. Problems name `recipient` or `jointUse`. */
export async function readChosen(
  office: Office,
  holding: string,
  typed: Typed,
  { recipients, jointUses }: Choices,
): Promise<Outcome<Chosen>> {
  const look = (relation?: Relation) =>
    registeredFor(
      office.database,
      { holding, ...idsOf(typed), facts: relation ? { relation } : {} },
      office.clock.today(),
    );
  const found = await look(typed.jointUse === '' ? undefined : 'joint-use');
  if (!found.ok) return found;
  const relations = relationsOf(found.value, typed);
  const whole = await look(relations.length === 1 ? relations[0] : undefined);
  if (!whole.ok) return whole;
  return done({
    recipient: recipients.find(({ id }) => id === typed.recipient) ?? null,
    jointUse: jointUses.find(({ id }) => id === typed.jointUse) ?? null,
    relations,
  });
}

const stoppedNote = ({ stoppedOn, stopReason }: Recipient): Bilingual => {
  const reason = stopReason ?? '';
  return stoppedOn
    ? both(`${slashDay(stoppedOn)}から停止中：${reason}`, `Stopped since ${slashDay(stoppedOn)}: ${reason}`)
    : both(`停止中：${reason}`, `Stopped: ${reason}`);
};

/** True when the recipient may be chosen at all. Its option says why not. */
const isOpen = ({ state, publicKey }: Recipient, needsKey: boolean): boolean =>
  state === 'active' && (!needsKey || publicKey !== null);

function recipientOption(one: Recipient, lang: Lang, needsKey: boolean): Option {
  const related = listed([countryName(one.country, lang), ...one.relations.map((of) => relationWords[of][lang])], lang);
  // The address tells two recipients of the same name apart.
  const stands = `${one.address}　${related}`;
  const note =
    one.state === 'stopped'
      ? stoppedNote(one)
      : isOpen(one, needsKey)
        ? stands
        : `${stands}　${packageWords.noKey[lang]}`;
  return { value: one.id, label: one.name, note, disabled: !isOpen(one, needsKey) };
}

const jointUseOption = (use: JointUse, today: Day, lang: Lang): Option => {
  const notice = noticeOn(use, today);
  const items = notice ? listed([...new Set(notice.items.map(({ label }) => label[lang]))], lang) : '';
  return { value: use.id, label: lang === 'ja' ? `${use.name.ja}（${items}）` : `${use.name.en} (${items})` };
};

export interface RecipientFieldsProps {
  lang: Lang;
  choices: Choices;
  today: Day;
  typed: Typed;
  search: Search;
  problems: readonly FieldProblem[];
  /** The company itself may be chosen. */
  inside: boolean;
  /** It leaves as an encrypted file, so the recipient needs a key. */
  needsKey: boolean;
  /** The reader may register a recipient. */
  mayRegister: boolean;
}

/** The field for the recipient, or nobody outside. */
const WhomField = ({ lang, choices, typed, search, problems, inside, needsKey }: RecipientFieldsProps) => (
  <OfferedRecipients
    lang={lang}
    name="recipient"
    label={labels.recipient}
    need="required"
    hint={registerWords.whomHint[lang]}
    recipients={choices.recipients}
    value={typed.recipient}
    search={search}
    option={(one) => recipientOption(one, lang, needsKey)}
    beside={inside ? [{ value: INSIDE, label: registerWords.inside }] : []}
    error={problemAt(problems, 'recipient', lang)}
  />
);

export const RecipientFields = (props: RecipientFieldsProps) => {
  const { lang, choices, today, typed, problems, inside, mayRegister } = props;
  const jointly = problemAt(problems, 'jointUse', lang);
  const register = mayRegister && (
    <LinkButton small kind="second" icon="plus" href="/recipients/new">
      {registerWords.register[lang]}
    </LinkButton>
  );
  return (
    <>
      {choices.recipients.length === 0 && (
        <div class="mb-5">
          <Empty title={registerWords.none[lang]} actions={register}>
            {registerWords.noneSays[lang]}
          </Empty>
        </div>
      )}
      {(inside || choices.recipients.length > 0) && <WhomField {...props} />}
      {choices.recipients.length > 0 && register && <p class="mb-5">{register}</p>}
      {(choices.jointUses.length > 0 || jointly !== undefined) && (
        <SelectField
          lang={lang}
          name="jointUse"
          label={labels.jointUse}
          need="optional"
          hint={(choices.jointUses.length > 0 ? registerWords.jointlyHint : registerWords.noJointUse)[lang]}
          blank={registerWords.notJointly}
          value={typed.jointUse}
          options={choices.jointUses.map((use) => jointUseOption(use, today, lang))}
          error={jointly}
        />
      )}
    </>
  );
};
