// A text in the two languages of the house. Japanese is the original; English is written, not translated word for word.

export type Lang = 'ja' | 'en';

export interface Bilingual {
  ja: string;
  en: string;
}

export const both = (ja: string, en: string): Bilingual => ({ ja, en });
