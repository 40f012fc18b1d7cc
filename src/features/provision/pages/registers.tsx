// What the registers of recipients, joint uses and consents know of a provision. It is shown beside the form and put to the law with what is
// stated; none of it is a field.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../../base/bilingual.ts';
import type { Finding, Missing } from '../../../base/finding.ts';
import { done, fieldsOf, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type {
  EntrustmentFacts,
  EquivalentSystemFacts,
  JointUseFacts,
  ProvisionFacts,
  Relation,
} from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { countryName, listed, slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { withinLimits, type KnownHolding } from '../../checkpoint/index.ts';
import { consentsOf, type ConsentHistory } from '../../consent/index.ts';
import { without, type Question } from '../../consultation/index.ts';
import { basisFor, registeredFor } from '../actions/basis.ts';
import { personOf, type PersonStanding } from '../actions/decide.ts';
import { aboutPerson, providing, registered, unapproved, type OfRecipient } from '../facts.ts';
import { entrustmentWords, registerWords, relationWords, systemWords, words } from '../words.ts';
import { idsOf, type Chosen, type Typed } from './choose.tsx';

/** What has been said of the provision so far. */
export interface Said {
  relation: Relation | undefined;
  items: readonly string[];
  purpose: string;
}

/** What a form says, or what is known without one. A fact that is to be stated anew is left out. */
export function saidIn(form: Form | null, { relations }: Chosen, holding: KnownHolding): Said {
  const texts = (name: string): string[] =>
    form && form.text('forget') !== name ? form.all(name).filter((value) => value !== '') : [];
  const [only, ...others] = relations;
  return {
    relation: others.length === 0 ? only : relations.find((one) => one === texts('relation')[0]),
    items: texts('items').filter((code) => holding.items.has(code)),
    purpose: texts('purpose')[0] ?? '',
  };
}

export interface Known {
  of: OfRecipient;
  /** Only a consent to a provision abroad is enough. */
  abroad: boolean;
  /** Null until the items and the purpose are known. */
  person: Omit<PersonStanding, 'held' | 'asRead'> | null;
}

export interface KnownAsk {
  holding: KnownHolding;
  typed: Typed;
  said: Said;
}

/** Looks up what the registers know, also of one person if one is named. Problems name the fields of the form. */
export async function knownOf(office: Office, ask: KnownAsk, principal?: string): Promise<Outcome<Known>> {
  const { said, typed } = ask;
  const giving = {
    holding: ask.holding.id,
    ...idsOf(typed),
    items: said.items,
    purpose: said.purpose,
    facts: said.relation ? { relation: said.relation } : {},
  };
  if (!said.relation || said.items.length === 0 || said.purpose === '') {
    const found = await registeredFor(office.database, giving, office.clock.today());
    return found.ok ? done({ of: found.value.of, abroad: false, person: null }) : found;
  }
  const basis = await basisFor(office, office.database, giving, principal);
  if (!basis.ok) return basis;
  const { facts, abroad } = basis.value;
  const of = Object.fromEntries(registered.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])));
  const person = principal ? await personOf(office, basis.value, { ...giving, principal }) : null;
  return done({ of, abroad, person });
}

/** Problems of a look-up, at the fields of the form. */
export const problemsOf = (outcome: Outcome<unknown>): FieldProblem[] =>
  (outcome.ok ? [] : fieldsOf(outcome.problem)).map(({ field, says }) => ({
    field: field.replace(/^facts\./, ''),
    says,
  }));

/** Removes facts that the registers will supply from those that a finding lacks; nobody is asked for them. */
function lookedUpLater(finding: Finding): Finding {
  if (finding.answer !== 'unknown') return finding;
  const [first, ...more] = finding.missing.filter(
    ({ fact }: Missing) => !registered.some((name) => fact === name || fact.startsWith(`${name}.`)),
  );
  return first ? { ...finding, missing: [first, ...more] } : finding;
}

/** The question of a provision to the chosen recipient. The relation is asked only if there are several. */
export function questionFor({ relations }: Chosen): Question {
  if (relations.length === 1) return without(providing, ['relation']);
  const leaves = providing.leaves.map((leaf) =>
    leaf.path === 'relation' && leaf.field.control === 'choice'
      ? {
          ...leaf,
          field: { ...leaf.field, options: Object.fromEntries(relations.map((one) => [one, relationWords[one]])) },
        }
      : leaf,
  );
  return { ...providing, leaves };
}

/** The same question, put to the law together with what the registers know. */
export function withKnown(
  question: Question,
  { of, person }: Known,
  said: Said,
  { approvedBy, limited = null }: { approvedBy?: string | undefined; limited?: Finding | null } = {},
): Question {
  const whole = (stated: ProvisionFacts): ProvisionFacts => {
    const facts = { ...stated, ...of, ...(said.relation ? { relation: said.relation } : {}) };
    return person ? aboutPerson(facts, person) : facts;
  };
  return {
    ...question,
    decide: (facts, on) => {
      const ask = (more: Partial<ProvisionFacts> = {}) => question.decide({ ...whole(facts), ...more }, on) as Finding;
      const finding = ask();
      if (!person) return unapproved(lookedUpLater(finding), approvedBy);
      const { awaiting } = person;
      const would = finding.answer === 'no' && awaiting ? ask({ holdingPurposes: awaiting.purposes }) : finding;
      const answer = would.answer === finding.answer ? finding : awaiting!.finding(would);
      return unapproved(withinLimits(answer, limited), approvedBy);
    },
    contradictions: (facts, day) => question.contradictions({ ...whole(facts) }, day),
  };
}

/** The consent that the registers found, with its text. */
export const consentFound = async (office: Office, principal: string, known: Known | null) =>
  known?.person?.consentId
    ? (await consentsOf(office, principal)).consents.find(({ id }) => id === known.person!.consentId)
    : undefined;

type Consented = ConsentHistory['consents'][number];

const ConsentLine = (props: {
  lang: Lang;
  person: Omit<PersonStanding, 'held' | 'asRead'>;
  consent: Consented | undefined;
  record: string;
  mayRead: boolean;
}) => {
  const { lang, person, consent, record, mayRead } = props;
  const stands = person.facts.consent;
  if (!consent || !stands) {
    return (
      <>
        {registerWords.noConsent[lang]}
        {record && (
          <>
            <br />
            <a href={record}>{registerWords.recordConsent[lang]}</a>
          </>
        )}
      </>
    );
  }
  const { name, version } = consent.text;
  const text = lang === 'ja' ? `「${name.ja}」第${version}版` : `“${name.en}”, version ${version}`;
  const reaches = stands.coversPurpose && stands.coversItems && stands.coversRecipient;
  return (
    <>
      {writtenDay(consent.given_on, lang)} {mayRead ? <a href={`/consents/${consent.id}`}>{text}</a> : text}
      {stands.withdrawnOn && (
        <>
          {' '}
          <Chip kind="bad">{`${registerWords.withdrawn[lang]} ${slashDay(stands.withdrawnOn)}`}</Chip>
        </>
      )}
      {!reaches && (
        <>
          {' '}
          <Chip kind="warn">{registerWords.partly[lang]}</Chip>
        </>
      )}
    </>
  );
};

const points = ['assessed', 'contract', 'monitored', 'ownUse'] as const;

const Entrustment = ({ lang, of }: { lang: Lang; of: EntrustmentFacts }) => (
  <ul>
    {points
      .filter((point) => of[point] !== undefined)
      .map((point) => (
        <li>{entrustmentWords[point][of[point] ? 'yes' : 'no'][lang]}</li>
      ))}
  </ul>
);

const systemText = ({ by, validUntil, failing }: EquivalentSystemFacts, lang: Lang): string =>
  listed(
    [
      ...(by ? [systemWords[by][lang]] : []),
      ...(validUntil
        ? [lang === 'ja' ? `${writtenDay(validUntil, 'ja')}まで` : `until ${writtenDay(validUntil, 'en')}`]
        : []),
      ...(failing ? [registerWords.failing[lang]] : []),
    ],
    lang,
  );

const NoticeLine = ({
  lang,
  notice,
  jointUse,
}: {
  lang: Lang;
  notice: JointUseFacts;
  jointUse: Chosen['jointUse'];
}) => (
  <>
    {jointUse && <a href={`/joint-uses/${jointUse.id}`}>{jointUse.name[lang]}</a>}{' '}
    {notice.noticeOn
      ? `${registerWords.notice[lang]} ${writtenDay(notice.noticeOn, lang)}`
      : registerWords.noNotice[lang]}
    {notice.recipientInScope === false && (
      <>
        {' '}
        <Chip kind="bad">{registerWords.outside[lang]}</Chip>
      </>
    )}
  </>
);

export interface RegistersProps {
  lang: Lang;
  chosen: Chosen;
  known: Known;
  said: Said;
  /** The consent that was found; undefined where there is none. */
  consent?: Consented | undefined;
  /** Many persons at once: their consents are looked up one by one, not shown here. */
  many?: boolean;
  /** The address where the reader may record a consent; empty where they may not. */
  record: string;
  /** The reader may open a consent. */
  mayRead?: boolean;
  /** The address where another recipient is chosen. */
  change: string;
}

/** A consent is needed for a third party, and for any recipient abroad that is not on an equivalent level. */
const asksConsent = ({ said, known }: RegistersProps): boolean =>
  said.relation === undefined || said.relation === 'third-party' || known.abroad;

function consentValue(props: RegistersProps): Child {
  const { lang, known, consent, record, many, mayRead = false } = props;
  if (many) return registerWords.consentEach[lang];
  return known.person ? (
    <ConsentLine lang={lang} person={known.person} consent={consent} record={record} mayRead={mayRead} />
  ) : (
    <span class="muted">{registerWords.consentLater[lang]}</span>
  );
}

function recipientRows({ lang, chosen: { recipient }, known: { of }, said }: RegistersProps): [string, Child][] {
  if (!recipient) return [[words.recipient[lang], registerWords.inside[lang]]];
  const there = <a href={`/recipients/${recipient.id}`}>{registerWords.recordThere[lang]}</a>;
  const rows: [string, Child][] = [
    [
      words.recipient[lang],
      <a href={`/recipients/${recipient.id}`} translate="no">
        {recipient.name}
      </a>,
    ],
    [registerWords.country[lang], countryName(recipient.country, lang)],
  ];
  if (said.relation) rows.push([words.relation[lang], relationWords[said.relation][lang]]);
  if (of.entrustment) {
    rows.push([
      registerWords.contract[lang],
      Object.keys(of.entrustment).length === 0 ? (
        <>
          {registerWords.noContract[lang]}
          <br />
          {there}
        </>
      ) : (
        <Entrustment lang={lang} of={of.entrustment} />
      ),
    ]);
  }
  if (of.equivalentSystem !== undefined) {
    rows.push([
      registerWords.system[lang],
      of.equivalentSystem === null ? registerWords.noSystem[lang] : systemText(of.equivalentSystem, lang),
    ]);
  }
  if (of.cloud) rows.push([registerWords.cloud[lang], registerWords.isCloud[lang]]);
  return rows;
}

/** What the registers know, as a short list of facts. */
export const Registers = (props: RegistersProps) => {
  const { lang, chosen, known } = props;
  const rows = recipientRows(props);
  const more: [string, Child][] = [
    ...(known.of.jointUse
      ? ([[words.jointUse[lang], <NoticeLine lang={lang} notice={known.of.jointUse} jointUse={chosen.jointUse} />]] as [
          string,
          Child,
        ][])
      : []),
    ...(chosen.recipient && asksConsent(props)
      ? ([[registerWords.consent[lang], consentValue(props)]] as [string, Child][])
      : []),
    ...(known.person?.objected
      ? ([[registerWords.objection[lang], <Chip kind="warn">{registerWords.objected[lang]}</Chip>]] as [
          string,
          Child,
        ][])
      : []),
  ];
  return (
    <Panel
      title={registerWords.knows[lang]}
      sub={registerWords.knowsSub[lang]}
      more={{ href: props.change, label: registerWords.change[lang] }}
    >
      <div class="grid gap-x-8 lg:grid-cols-2 items-start">
        <Dl items={rows} />
        {more.length > 0 && <Dl items={more} />}
      </div>
    </Panel>
  );
};
