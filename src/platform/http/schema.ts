// The shapes that inputs and answers of several features are made of.

import { z } from '@hono/zod-openapi';
import { readDay, type Day } from '../../base/day.ts';

/** A text in both languages, as it is answered. */
export const bilingualSchema = z.object({ ja: z.string(), en: z.string() });

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z
  .string()
  .refine((text): text is Day => readDay(text) !== null, {
    params: {
      says: { ja: '2026-11-24 のように、実在する日を書いてください', en: 'Write an existing day, such as 2026-11-24' },
    },
  })
  .transform((text) => text)
  .openapi({ type: 'string', format: 'date', example: '2026-11-24' });

/** A whole number in a path or a query: digits alone, where `Number` takes a blank for 0 and 0x10 for 16. */
export const numberParameter = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text), {
      params: { says: { ja: '整数を半角の数字で書いてください', en: 'Write a whole number in digits, such as 100' } },
    })
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });

/** A text that is not blank, of at most so many characters, trimmed. */
export const shortText = (most: number) => z.string().trim().min(1).max(most);
