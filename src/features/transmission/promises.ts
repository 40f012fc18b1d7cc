// Which promises the external transmissions can prove.

import type { Prover } from '../../office.ts';

export const transmissionProvers: Prover[] = [];
