// Which promises the recipients and of the countries they are in can prove.

import type { Prover } from '../../office.ts';

export const recipientProvers: Prover[] = [];
