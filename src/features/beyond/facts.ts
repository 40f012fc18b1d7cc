// A use beyond the purpose under an item of APPI 18(3): the question that is asked, the facts the law is given, and what becomes of what was written
// in words. Pure.

import { both } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import {
  decideUse,
  testException,
  useContradictions,
  type CommunicationsFacts,
  type ExceptionClaim,
  type Judgements,
  type UseFacts,
  type UseItem,
} from '../../law/index.ts';
import {
  informationOf,
  purposesFor,
  stoppedUse,
  type PersonUse,
  type Standing,
  type UseAsk,
} from '../checkpoint/index.ts';
import {
  exception,
  items,
  prose,
  purposeId,
  question,
  secrecy,
  secrecyJudgement,
  useItems,
  useQuestion,
  type Question,
} from '../consultation/index.ts';
import { partFacts, type References } from '../provision/index.ts';

/** Stands in place of a purpose's id for a purpose that the policy does not state. Ids of purposes have capital letters. */
export const OTHER_PURPOSE = 'other';

/** The facts that a caller states. */
export interface StatedFacts {
  purpose?: string;
  items?: readonly string[];
  exception?: ExceptionClaim<UseItem>;
  /** What the information is used for, and what has happened that makes it necessary. */
  situation?: string;
  improper?: boolean;
  secrecy?: CommunicationsFacts | null;
  judgements?: Judgements;
}

const { item, ...elements } = exception(useItems).fields;
const whichItem = both('法律の定めるどの例外に当たりますか', 'Which exception of the law is it?');
const improper = useQuestion.leaves.find(({ path }) => path === 'improper')!.field.label;

/** The question as the person who answers for the use sees it. What the office knows of the person is no field. */
export const beyondQuestion: Question = question<StatedFacts>({
  id: 'use-beyond',
  group: 'use',
  title: both('目的の範囲を超えて使いたい', 'I want to use information beyond its purpose'),
  when: both(
    '法律の定める例外に当たり、集めたときの目的の範囲を超えて使う前に',
    'Before information is used beyond the purpose it was collected for, under an exception of the law',
  ),
  answers: useQuestion.answers,
  decide: (facts, on) => decideUse(askedOf(facts), on),
  contradictions: (facts) => useContradictions(askedOf(facts)),
  fields: {
    items: items('どの項目を開きますか', 'Which items will you open?', { ask: 'first' }),
    purpose: purposeId('何のために使いますか', 'What is it used for?', { ask: 'first' }),
    exception: { item: { ...item, ask: 'first', label: whichItem }, ...elements },
    situation: prose('どのような事情で、何のために要りますか', 'What has happened, and what is it needed for?', {
      ask: 'first',
      hint: both(
        '確かめた事実を書きます。本人の鍵で封をして保管し、本人の情報とともに消えます。開く項目の内容は書かないでください。',
        'Write the facts that you have checked. They are sealed under the person’s key and erased with the person’s information. Do not write the content of the items you open.',
      ),
    }),
    improper: { control: 'yes-no', label: improper, ask: 'if-known' },
    secrecy,
  },
  judgements: secrecyJudgement,
});

/** The stated facts that the law is given. */
const askedOf = ({ purpose, exception: claim, improper: harm, secrecy: communications, judgements }: StatedFacts) => ({
  ...(purpose === undefined ? {} : { purpose }),
  exception: claim ?? null,
  ...(harm === undefined ? {} : { improper: harm }),
  ...(communications === undefined ? {} : { secrecy: communications }),
  ...(judgements === undefined ? {} : { judgements }),
});

/** The facts the law is asked with: what was stated, the purposes the items are held for, and what the person consented to. */
export const factsOf = (
  stands: Standing,
  { holding, items: codes, purpose }: Pick<UseAsk, 'holding' | 'items' | 'purpose'>,
  { held, consent }: Pick<PersonUse, 'held' | 'consent'>,
  stated: StatedFacts,
): UseFacts => {
  const known = stands.holdings.get(holding)!;
  return {
    ...askedOf(stated),
    information: informationOf(known, codes),
    purpose,
    holdingPurposes: purposesFor(known, held),
    consent,
  };
};

/** True when the use needs no exception: it is within what the person was told or consented to. */
export const isWithin = (facts: UseFacts, on: Day): boolean =>
  decideUse({ information: facts.information!, ...facts, exception: null, secrecy: null }, on).answer === 'yes';

/**
 * True when the person had this use stopped (35) or asked that it stop. Neither reaches what an item of 18(3) allows, just as a stop does not reach a
 * provision under an item of 27(1): no consent is asked for, and a measure under 35 goes only as far as it takes to mend a breach or keep the person
 * from harm. Whoever answers for the use is told, because the item may require that consent is difficult to obtain.
 */
export const isAgainstWish = (
  stands: Standing,
  { principal, purpose }: Pick<UseAsk, 'principal' | 'purpose'>,
  objectedOn: Day | null,
  on: Day,
): boolean => objectedOn !== null || stoppedUse(stands, principal, purpose, on) !== null;

/** What was written of a use in free words. */
export interface Words extends References {
  situation: string;
}

/** Splits the facts of a use from what was written in free words. */
export function partWords(facts: UseFacts, situation: string): { facts: UseFacts; words: Words } {
  const { facts: bare, references } = partFacts(facts);
  return { facts: bare, words: { situation, ...references } };
}

export const wordNames = ['situation', 'legalBasis', 'warrant'] as const satisfies readonly (keyof Words)[];

/** A class of uses that are alike in everything the promise asks, and their number. */
export interface UseClass {
  exception: UseItem | null;
  /** The claim as it is kept, without the law relied on. */
  claim: ExceptionClaim<UseItem> | null;
  worded: readonly string[] | null;
  /** The record and the log entry agree on the person, holding, items and purpose, and on the item of the law. */
  agrees: boolean;
  /** Both name the same member of staff, and the entry names an authority. */
  approved: boolean;
  /** The log has an entry. */
  logged: boolean;
  n: number;
  /** Ids of the log entries that have no record. */
  missing: readonly string[];
}

/** True when such uses have on record the item of the law, the facts it asks for, and who approved it. */
export const isGrounded = ({ exception: named, claim, worded, agrees, approved }: UseClass): boolean => {
  if (named === null || claim === null || !agrees || !approved || !worded?.includes('situation')) return false;
  // The text is sealed; what counts here is that it was written.
  const basis = worded.includes('legalBasis') ? { legalBasis: 'sealed' } : {};
  return claim.item === named && testException({ ...claim, ...basis }).met === true;
};
