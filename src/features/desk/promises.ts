// Which promises the desk can prove.

import type { Prover } from '../../office.ts';

export const deskProvers: Prover[] = [];
