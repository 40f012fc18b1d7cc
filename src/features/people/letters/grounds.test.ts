// Every ground that an entry about a person can rest on has a sentence of its own.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publicBodies } from '../../../law/parameters.ts';
import { groundOf } from './grounds.ts';

/** Rooms of the law that decide nothing about one person: supervision, breaches, what is published, information about nobody. */
const aboutNobody = /^(23-abroad|24|26|32-matters|4[1-5])/;

/** The grounds written down in the law and by the features, as the log writes them. */
function grounds(): string[] {
  const found = new Set<string>();
  const read = (folder: string, file: string): string =>
    readFileSync(new URL(`${folder}${file}`, import.meta.url), 'utf8');
  for (const file of readdirSync(new URL('../../../law/appi/', import.meta.url))) {
    if (file.endsWith('.test.ts') || aboutNobody.test(file)) continue;
    for (const [, of, law, article] of read('../../../law/appi/', file).matchAll(
      /\b(appi|rules|ground)\(\s*(?:'([A-Z][\w-]+)',\s*)?'([\dQ][^']*)',/g,
    ))
      found.add(`${of === 'appi' ? 'APPI' : of === 'rules' ? 'APPI-Rules' : law} ${article}`);
  }
  const features = new URL('../../', import.meta.url);
  for (const file of readdirSync(features, { recursive: true, encoding: 'utf8' }))
    if (/(?<!\.test)\.tsx?$/.test(file) && !/^(audit|consultation|keys|policy|transmission)\//.test(file))
      for (const [, law, article] of read('../../', file).matchAll(/law: '([A-Z][\w-]+)',\s*article: '([^']+)'/g))
        found.add(`${law} ${article}`);
  return [...found];
}

/** Articles that the law puts together from parts. */
const composed = [
  '18(1)',
  '20(2)',
  '27(1)',
  '28(1)',
  '31(1)',
  '33(1)',
  ...['i', 'ii', 'iii', 'iv', 'v', 'vi'].map((item) => `18(3)(${item})`),
  ...['1', '3', '5'].map((paragraph) => `35(${paragraph})`),
  ...['2', '4', '6'].flatMap((paragraph) => [`35(${paragraph})`, `35(${paragraph}) proviso`]),
  ...Object.values(publicBodies.value),
].map((article) => `APPI ${article}`);

test('every ground that a receipt can name has a sentence', () => {
  const all = [...grounds(), ...composed];
  expect(all.length).toBeGreaterThan(150);
  expect(all).toEqual(expect.arrayContaining(['APPI-Rules 22(1)', 'APPI-Rules 23(2)', 'Guideline 3-4-1']));
  const unsaid = groundOf('APPI 999', null).says;
  expect(unsaid).toEqual({ ja: 'この条文の定めによります。', en: 'As this article provides.' });
  expect(all.filter((one) => Object.is(groundOf(one, null).says, unsaid))).toEqual([]);
});

test.each([
  ['APPI 18(3)', ...['i', 'ii', 'iii', 'iv', 'v', 'vi'].map((item) => `APPI 18(3)(${item})`)],
  ['APPI 33(2)', 'APPI 33(2)(i)', 'APPI 33(2)(ii)', 'APPI 33(2)(iii)'],
  ['APPI-Rules 24(1)', 'APPI-Rules 24(1)(i)', 'APPI-Rules 24(1)(ii)', 'APPI-Rules 24(1)(iii)', 'APPI-Rules 24(1)(iv)'],
  ['APPI-Rules 25(i)', 'APPI-Rules 25(ii)', 'APPI-Rules 25(iii)'],
  ['APPI 35(2)', 'APPI 35(2) proviso'],
])('each of %s and what follows it says something else', (...of) => {
  for (const lang of ['ja', 'en'] as const)
    expect(new Set(of.map((one) => groundOf(one, null).says[lang])).size).toBe(of.length);
});
