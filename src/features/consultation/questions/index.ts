// Every question that can be asked, one line each, in the order in which they are offered under their headings.

import type { Question } from '../facts.ts';
import { acquire } from './acquire.ts';
import { jointUseChange } from './joint-use-change.ts';
import { provide } from './provide.ts';
import { purposeChange } from './purpose-change.ts';
import { purpose } from './purpose.ts';
import { receive } from './receive.ts';
import { use } from './use.ts';

export const questions: readonly Question[] = [use, purposeChange, provide, jointUseChange, acquire, receive, purpose];

const byId = new Map(questions.map((one) => [one.id, one]));

export const questionOf = (id: string): Question | undefined => byId.get(id);
