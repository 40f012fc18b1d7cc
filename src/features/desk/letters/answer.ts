// The answer to a consultation, and the letter that says why an answer takes longer.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { letter, letterDay, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface ConsultationFacts {
  to: Addressee;
  about: About;
  /** The paragraphs as the desk wrote them. */
  answer: readonly string[];
}

export function consultationLetter({ to, about, answer }: ConsultationFacts, writing: Writing): Document {
  const { operator, texts, lang } = writing;
  const { title, lead, close } = texts.consultation;
  const body = [
    filled(lead, lang, { arrived: letterDay(about.arrivedOn, lang) }),
    ...answer,
    filled(close, lang, { company: operator.name[lang] }),
  ];
  return letter({ title: title[lang], body, points: [] }, to, about, writing);
}

export interface ExtensionFacts {
  to: Addressee;
  about: About;
  /** The day announced before, and the new one. */
  before: Day;
  until: Day;
  reason: readonly string[];
}

export function extensionLetter({ to, about, before, until, reason }: ExtensionFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { extension } = texts;
  const lead = filled(extension.lead, lang, {
    arrived: letterDay(about.arrivedOn, lang),
    before: letterDay(before, lang),
    until: letterDay(until, lang),
  });
  return letter(
    {
      title: extension.title[lang],
      body: [lead, extension.close[lang]],
      points: [{ title: extension.reason[lang], says: [...reason] }],
    },
    to,
    about,
    writing,
  );
}
