// Which promises the personally related information can prove.

import type { Prover } from '../../office.ts';

export const relatedProvers: Prover[] = [];
