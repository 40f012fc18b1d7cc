// Every question that can be asked, one per line, in the order in which they are offered under their headings.

import type { Question } from '../facts.ts';
import { acquire } from './acquire.ts';
import { anonymise } from './anonymise.ts';
import { askMyNumber } from './ask-my-number.ts';
import { breach } from './breach.ts';
import { classify } from './classify.ts';
import { correct } from './correct.ts';
import { disclose } from './disclose.ts';
import { entrustMyNumber } from './entrust-my-number.ts';
import { erase } from './erase.ts';
import { jointUseChange } from './joint-use-change.ts';
import { keepMyNumber } from './keep-my-number.ts';
import { optOutChange } from './opt-out-change.ts';
import { paymentRecord } from './payment-record.ts';
import { provideAnonymous } from './provide-anonymous.ts';
import { provideMyNumber } from './provide-my-number.ts';
import { providePseudonymous } from './provide-pseudonymous.ts';
import { provideRelated } from './provide-related.ts';
import { provide } from './provide.ts';
import { pseudonymise } from './pseudonymise.ts';
import { publishAnonymous } from './publish-anonymous.ts';
import { publishMatters } from './publish-matters.ts';
import { purposeChange } from './purpose-change.ts';
import { purposeNotice } from './purpose-notice.ts';
import { purpose } from './purpose.ts';
import { receiveRelated } from './receive-related.ts';
import { receive } from './receive.ts';
import { request } from './request.ts';
import { secrecy } from './secrecy.ts';
import { sue } from './sue.ts';
import { superviseEmployees } from './supervise-employees.ts';
import { superviseEntrusted } from './supervise-entrusted.ts';
import { suspend } from './suspend.ts';
import { transmit } from './transmit.ts';
import { useAnonymous } from './use-anonymous.ts';
import { useMyNumber } from './use-my-number.ts';
import { usePseudonymous } from './use-pseudonymous.ts';
import { use } from './use.ts';
import { verifyIdentity } from './verify-identity.ts';

export const questions: readonly Question[] = [
  use,
  purposeChange,
  provide,
  provideRelated,
  providePseudonymous,
  provideAnonymous,
  jointUseChange,
  optOutChange,
  acquire,
  receive,
  receiveRelated,
  purpose,
  breach,
  request,
  disclose,
  correct,
  suspend,
  purposeNotice,
  sue,
  erase,
  superviseEmployees,
  superviseEntrusted,
  publishMatters,
  askMyNumber,
  verifyIdentity,
  useMyNumber,
  provideMyNumber,
  entrustMyNumber,
  keepMyNumber,
  paymentRecord,
  transmit,
  secrecy,
  classify,
  pseudonymise,
  usePseudonymous,
  anonymise,
  publishAnonymous,
  useAnonymous,
];

const byId = new Map(questions.map((one) => [one.id, one]));

export const questionOf = (id: string): Question | undefined => byId.get(id);
