// The letter with the code that opens an electronic delivery. It goes by post, while the link goes by mail: neither is of use without the other.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { deskAddress, letter, letterDay, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface CodeFacts {
  to: Addressee;
  about: About;
  /** `7K3QW-X02MB`. */
  parcelCode: string;
  /** The last day on which the link works. */
  validUntil: Day;
}

export function codeLetter({ to, about, parcelCode, validUntil }: CodeFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { title, lead, code, open, files, care } = texts.parcel;
  const until = letterDay(validUntil, lang);
  return letter(
    {
      title: title[lang],
      body: [filled(lead, lang, { arrived: letterDay(about.arrivedOn, lang) })],
      points: [
        { title: code[lang], says: [parcelCode] },
        { title: open.title[lang], items: open.items.map((one) => filled(one, lang, { validUntil: until })) },
        { title: files.title[lang], items: files.items.map((one) => one[lang]) },
        { title: care.title[lang], says: [filled(care.says, lang, deskAddress(writing))] },
      ],
    },
    to,
    about,
    writing,
  );
}
