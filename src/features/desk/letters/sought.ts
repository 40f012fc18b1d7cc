// The letter that asks a person whose answer did not arrive to get in touch. It may be opened by somebody else at the address, who must not learn from
// it that there is a request: it names the company and not its desk, has no code, and gives a number that does not look like that of a request.

import type { Document } from '../../../platform/pdf.ts';
import { deskAddress, letter, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface SoughtFacts {
  to: Addressee;
  /** The number of the request without its letter, such as `2026-031`. */
  reference: string;
}

export function soughtLetter({ to, reference }: SoughtFacts, writing: Writing): Document {
  const { operator, texts, lang } = writing;
  const { title, lead, check, number, contact, care } = texts.sought;
  const { phone } = operator.desk;
  const company = operator.name[lang];
  const { address } = deskAddress(writing);
  const said = letter(
    {
      title: title[lang],
      body: [lead[lang], check[lang]],
      points: [
        {
          title: contact.title[lang],
          items: [
            filled(contact.post, lang, { company, address }),
            ...(phone ? [filled(contact.phone, lang, { phone })] : []),
          ],
        },
        { title: number.title[lang], says: [filled(number.says, lang, { number: reference })] },
      ],
      after: [care[lang]],
    },
    to,
    { number: reference, arrivedOn: null, principal: null },
    writing,
  );
  const discreet = { marks: [], sender: [company, ...address.split('　')], signed: [company] };
  return { ...said, data: { ...(said.data as object), ...discreet } };
}

/** The same as the subject and the text of a mail, which does not say to whom it is: others may read the mailbox too. */
export function soughtMail({ data, lang }: Document): { subject: string; says: string; by: string[] } {
  const { title, body, points, after, sender } = data as Record<'body' | 'after' | 'sender', string[]> & {
    title: string;
    points: { title: string; says?: string[]; items?: string[] }[];
  };
  const mark = lang === 'ja' ? '・' : '- ';
  const parts = points.map(({ title: head, says = [], items = [] }) =>
    [`${head}${lang === 'ja' ? '：' : ':'}`, ...says, ...items.map((one) => mark + one)].join('\n'),
  );
  return { subject: title, says: [...body, ...parts, ...after].join('\n\n'), by: sender };
}
