// Which promises the consents, withdrawals and objections can prove.

import type { Prover } from '../../office.ts';

export const consentProvers: Prover[] = [];
