// What is judged item by item for a disclosure, and how far the grounds for withholding reach over it.

import type { Collected, Review, WithholdingGround } from './event.ts';
import type { Request } from './request.ts';

/** A covered character of a text; the paper shows a bar in its place. */
export const COVERED = '■';

export const sameItem = (a: Pick<Review, 'holding' | 'item'>, b: Pick<Review, 'holding' | 'item'>): boolean =>
  a.holding === b.holding && a.item === b.item;

export const isCollected = ({ holdings }: Collected, review: Pick<Review, 'holding' | 'item'>): boolean =>
  holdings.some(({ holding, items }) => holding === review.holding && items.includes(review.item));

/** Items of a disclosure without a decision. */
export const unreviewed = ({ kind, collected, reviews }: Pick<Request, 'kind' | 'collected' | 'reviews'>) =>
  kind === 'disclosure' && collected
    ? collected.holdings.flatMap(({ holding, items }) =>
        items.map((item) => ({ holding, item })).filter((one) => !reviews.some((review) => sameItem(review, one))),
      )
    : [];

/** How far each ground reaches over the reviewed items: over all of them when nothing is left to show. */
export function extentsOf(reviews: readonly Review[]): Record<WithholdingGround, 'none' | 'part' | 'all'> {
  const nothingLeft = !reviews.some(({ decision }) => decision === 'disclose' || decision === 'redact');
  const extent = (ground: WithholdingGround) =>
    reviews.some((review) => review.ground === ground) ? (nothingLeft ? 'all' : 'part') : 'none';
  return { harms: extent('harms'), impedes: extent('impedes'), violates: extent('violates') };
}

/** Whether anything that was reviewed exists. */
const anythingHeld = (reviews: readonly Review[]): boolean => reviews.some(({ decision }) => decision !== 'absent');

/** The facts for the law that follow from the reviews of a disclosure. */
export function itemFacts(reviews: readonly Review[]): { exists: boolean } & Partial<ReturnType<typeof extentsOf>> {
  const exists = anythingHeld(reviews);
  return exists ? { exists, ...extentsOf(reviews) } : { exists };
}
