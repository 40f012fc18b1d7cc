// A text in Japanese and English. Japanese is the original; the English is written for its readers, not translated word for word.

export type Lang = 'ja' | 'en';

export interface Bilingual {
  ja: string;
  en: string;
}

export const both = (ja: string, en: string): Bilingual => ({ ja, en });
