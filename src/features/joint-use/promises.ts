// Which promises the joint uses can prove.

import type { Prover } from '../../office.ts';

export const jointUseProvers: Prover[] = [];
