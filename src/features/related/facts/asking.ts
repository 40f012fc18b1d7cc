// The questions as the forms put them and as JSON states them. Pure.

import type { Day } from '../../../base/day.ts';
import type { Missing } from '../../../base/finding.ts';
import {
  acquisitionContradictions,
  type AcquisitionFacts,
  decideAcquisition,
  decideProvision,
  provisionContradictions,
  type ProvisionFacts,
  type StatedPurpose,
} from '../../../law/index.ts';
import { z } from '../../../platform/http/index.ts';
import type { KnownHolding } from '../../checkpoint/index.ts';
import { type Facts, type Question, without } from '../../consultation/index.ts';
import type { Collection } from './collection.ts';
import { type KnownRecipient, type ProvideStated, providing, provisionFacts } from './providing.ts';
import { type LinkingConsent, receiptFacts, type ReceiptStated, receiving } from './receiving.ts';

/** The question of a provision to this recipient. The form asks for what neither the register nor the collection knows. */
export const providingTo = (collection: Collection, known: KnownRecipient): Question => {
  const whole = ({ items, ...stated }: Facts): ProvisionFacts =>
    provisionFacts(collection, known, Array.isArray(items) ? (items as string[]) : undefined, stated);
  // The collection says whether it concerns communications; the form asks only what lifts their secrecy.
  const asks = collection.communications
    ? (path: string) => path !== 'secrecy'
    : (path: string) => !/^secrecy\b/.test(path);
  return {
    ...providing,
    leaves: providing.leaves.filter(({ path }) => asks(path)),
    decide: (facts, on) => decideProvision(whole(facts), on),
    contradictions: (facts) => provisionContradictions(whole(facts)),
  };
};

/** `receipt.provider.name` is asked for as `provider.name`. */
const unreceipted = (path: string): string => path.replace(/^receipt\./, '');

/** The question of a receipt for this person, or for nobody. Whether it is linked is known by then. */
export const receivingFor = (purposes: readonly StatedPurpose[], person: LinkingConsent | null): Question => {
  const whole = (facts: Facts): AcquisitionFacts =>
    receiptFacts(purposes, { ...(facts as ReceiptStated), links: person !== null }, person);
  const question = without(receiving, ['links']);
  // The provider is always known, so it is asked first; a receipt kept apart from persons asks for none.
  const first = (leaf: Question['leaves'][number]) =>
    person && leaf.path.startsWith('provider.') ? { ...leaf, field: { ...leaf.field, ask: 'first' as const } } : leaf;
  return {
    ...question,
    leaves: question.leaves.map(first),
    decide: (facts, on) => {
      const finding = decideAcquisition(whole(facts), on);
      if (finding.answer !== 'unknown') return finding;
      const [first, ...more] = finding.missing;
      const asked = (one: Missing): Missing => ({ ...one, fact: unreceipted(one.fact) });
      return { ...finding, missing: [asked(first), ...more.map(asked)] };
    },
    contradictions: (facts) =>
      acquisitionContradictions(whole(facts)).map(({ field, says: what }) => ({
        field: unreceipted(field),
        says: what,
      })),
  };
};

/** A collection in the form in which a question offers its items. */
export const offering = ({ id, name, state, items }: Collection): KnownHolding => ({
  id,
  name,
  state,
  items: new Set(items.map((item) => item.code)),
  labels: new Map(items.map((item) => [item.code, item.label])),
  specialCare: new Set(),
  purposes: [],
  changes: [],
  channels: new Set(),
});

/** The JSON form of a type: a `Day` becomes a string. */
type Json<T> = T extends Day
  ? string
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

const linkSchema = (providing.asked.shape.link as unknown as z.ZodOptional<z.ZodObject>)
  .unwrap()
  .omit({ fromDatabase: true })
  .optional();

/** The schema of the facts of a provision that a caller states. The register of recipients and the collection supply the rest. */
export const provideStatedSchema = z
  .strictObject({
    ...without(providing, ['items']).asked.shape,
    link: linkSchema,
  })
  .openapi('RelatedProvisionFacts') as unknown as z.ZodType<ProvideStated, Json<ProvideStated>>;

/** The schema of the facts of a receipt that a caller states. The person's consent is on record. */
export const receiptStatedSchema = receiving.asked.openapi('RelatedReceiptFacts') as unknown as z.ZodType<
  ReceiptStated,
  Json<ReceiptStated>
>;
