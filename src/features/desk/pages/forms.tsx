// The short forms of a request's page, one for each event that a clerk records: its fields, and reading what was sent.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import type { EventName } from '../facts/event.ts';
import type { Request } from '../facts/request.ts';
import { delivered, notified, sought, undelivered } from './answer-forms.tsx';
import {
  acknowledged,
  addressed,
  amended,
  assigned,
  dismissed,
  eased,
  extended,
  feeWaived,
  refunded,
} from './course-forms.tsx';
import { type Came, dayIn, dayOnly, type ShortForm } from './form.tsx';
import { papersReceived, papersShort } from './papers-forms.tsx';
import { identified } from './person-forms.tsx';

export const shortForms: Partial<Record<EventName, ShortForm>> = {
  acknowledged,
  addressed,
  'forms-sent': dayOnly(both('送った日', 'Day it was posted')),
  'papers-received': papersReceived,
  'papers-short': papersShort,
  identified,
  'fee-waived': feeWaived,
  refunded,
  extended,
  withdrawn: dayOnly(both('取下げの連絡があった日', 'Day they withdrew it')),
  dismissed,
  assigned,
  eased,
  amended,
  notified,
  delivered,
  undelivered,
  sought,
  closed: dayOnly(both('終える日', 'Day it is closed')),
};

export type ReadForm = { on: Day; [said: string]: unknown } | FieldProblem[];

/** Reads a form as what its action takes, or returns what is missing. */
export function readForm(event: EventName, form: Form, request: Request, today: Day): ReadForm {
  const { read, undated } = shortForms[event]!;
  const came: Came = { form, request, problems: [] };
  const on = undated ? today : dayIn(came, 'on');
  const said = read(came);
  return on && came.problems.length === 0 ? { ...said, on } : came.problems;
}
