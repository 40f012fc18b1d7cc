// Schemas shared by the inputs and answers of several features.

import { z } from '@hono/zod-openapi';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { readDay, type Day } from '../../base/day.ts';

/** A text in both languages, in an answer. */
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

/** A day or null. The explicit type of `daySchema` would otherwise hide from the document that this one may be null. */
export const dayOrNullSchema = daySchema.nullable().openapi({ type: ['string', 'null'] });

/** Said of a period whose last day is before its first. */
export const reversedPeriod: Bilingual = both('期間の終わりが、始まりより前です', 'The period ends before it begins');

/** The query of a list that can be cut to a period, with its first and last day as in the office. `of`: what happened on these days. */
export const queryOfPeriod = <S extends z.ZodRawShape>(shape: S, of: string) =>
  z
    .object({
      ...shape,
      from: daySchema.optional().openapi({ description: `Only those ${of} on this day or later.` }),
      to: daySchema.optional().openapi({ description: `Only those ${of} on this day or earlier.` }),
    })
    .refine(
      (query: object) => {
        const { from, to } = query as { from?: Day; to?: Day };
        return !from || !to || from <= to;
      },
      { path: ['to'], params: { says: reversedPeriod } },
    );

/** Flag of an answer from which unreadable content was left out. */
export const unreadableSchema = z.boolean().openapi({
  description:
    'What is sealed of it is left out here because the key does not open it: the database was written to directly, or is damaged.',
});

/** A whole number in a path or query: digits only, because `Number` reads a blank as 0 and 0x10 as 16. */
export const numberParameter = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text), {
      params: { says: { ja: '整数を半角の数字で書いてください', en: 'Write a whole number in digits, such as 100' } },
    })
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });

/** Caller-chosen name of a call that makes it take effect only once. `repeated`: what happens when the name is used again. */
export const attemptSchema = (repeated: string) =>
  z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional()
    .openapi({ description: `A name for this call, which is kept as a keyed digest. Repeated ${repeated} (409).` });

/** A trimmed text that is not blank, of at most `most` characters. */
export const shortText = (most: number) => z.string().trim().min(1).max(most);

/** What a text may be other than one line without invisible characters: `prose`, several lines; `exact`, kept exactly as given. */
export type TextKind = 'prose' | 'exact';

/** Keyed by the definition, which a schema shares with the copies that describing it makes. */
const kinds = new WeakMap<object, TextKind>();

export const kindOf = (definition: object): TextKind | undefined => kinds.get(definition);

function ofKind<T extends z.ZodType>(kind: TextKind, schema: T): T {
  kinds.set(schema.def, kind);
  return schema;
}

/** A trimmed text of several lines, `least` to `most` characters, with each line break as one character. */
export const longText = (most: number, least = 0) =>
  ofKind(
    'prose',
    z
      .string()
      .overwrite((text) => text.replaceAll('\r\n', '\n'))
      .trim()
      .min(least)
      .max(most),
  );

/** Marks a text as kept or searched exactly as given, as what is known of a person is. Its limits must be set before. */
export const exact = <T extends z.ZodString>(schema: T): T => ofKind('exact', schema);

/** Marks a text as possibly several lines; its rule is in the facts of its slice. */
export const inLines = <T extends z.ZodString>(schema: T): T => ofKind('prose', schema);
