// How a ground is written for people: `27(5)(i)` of the Act is 法27条5項1号, `21(2) proviso` is 法21条2項ただし書, and clause 19 of the policy is 方針 条項19.

import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Source } from '../../base/finding.ts';

const sources: Record<Source, Bilingual> = {
  APPI: { ja: '法', en: 'APPI' },
  'APPI-Order': { ja: '令', en: 'APPI Order' },
  'APPI-Rules': { ja: '規則', en: 'APPI Rules' },
  Guideline: { ja: 'ガイドライン', en: 'Guideline' },
  NumberingAct: { ja: '番号法', en: 'Numbering Act' },
  'NumberingAct-Order': { ja: '番号法施行令', en: 'Numbering Act Order' },
  'NumberingAct-Rules': { ja: '番号法施行規則', en: 'Numbering Act Rules' },
  'NumberingAct-Guideline': { ja: '特定個人情報ガイドライン', en: 'My Number Guideline' },
  'NumberingAct-BreachRules': { ja: '番号法漏えい等報告規則', en: 'Numbering Act Breach Rules' },
  TBA: { ja: '電気通信事業法', en: 'TBA' },
  'TBA-Rules': { ja: '電気通信事業法施行規則', en: 'TBA Rules' },
  ITA: { ja: '所得税法', en: 'Income Tax Act' },
  'ITA-Rules': { ja: '所得税法施行規則', en: 'Income Tax Rules' },
  'CTA-Rules': { ja: '法人税法施行規則', en: 'Corporation Tax Rules' },
  NTL: { ja: '国税通則法', en: 'General Tax Act' },
  ClosedDaysAct: { ja: '行政機関の休日に関する法律', en: 'Closed Days Act' },
  DisabilityAct: { ja: '障害者差別解消法', en: 'Disability Discrimination Act' },
  policy: { ja: '方針', en: 'Policy' },
};

/** What the short names of laws stand for. Names without an entry are whole. */
const names: Partial<Record<Source, Bilingual>> = {
  APPI: { ja: '個人情報の保護に関する法律', en: 'Act on the Protection of Personal Information' },
  'APPI-Order': { ja: '個人情報の保護に関する法律施行令', en: 'Enforcement Order of that Act' },
  'APPI-Rules': { ja: '個人情報の保護に関する法律施行規則', en: 'Enforcement Rules of that Act' },
  NumberingAct: {
    ja: '行政手続における特定の個人を識別するための番号の利用等に関する法律',
    en: 'Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures',
  },
};

/** What the laws of grounds are called in full, for whoever does not know their short names; empty when none has one. */
export function lawsInFull(laws: readonly Source[], lang: Lang): string {
  const cited = new Set(laws.flatMap((law) => (law.startsWith('APPI-') ? (['APPI', law] as const) : [law])));
  const written = [...cited].flatMap((law) => {
    const name = names[law]?.[lang];
    return name ? [`${sources[law][lang]}${lang === 'ja' ? '：' : ': '}${name}`] : [];
  });
  return written.join(lang === 'ja' ? '、' : '; ');
}

const romans = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii'.split(' ');

const notation = /^(\d+)((?:-\d+)*)((?:\(\d+\))?)((?:\([ivx]+\))?)( proviso)?$/;

/** `27(5)(i)` → `27条5項1号`, `23-2(1)` → `23条の2 1項`; null when it is not an article number. */
function articleInJapanese(article: string): string | null {
  const m = notation.exec(article);
  if (!m) return null;
  const [, number, branches, paragraph, item, proviso] = m;
  const branch = branches ? branches.replaceAll('-', 'の') : '';
  const p = paragraph ? `${paragraph.slice(1, -1)}項` : '';
  const i = item ? `${romans.indexOf(item.slice(1, -1)) + 1}号` : '';
  return `${number}条${branch}${branch && (p || i) ? ' ' : ''}${p}${i}${proviso ? 'ただし書' : ''}`;
}

/** The text on a ground's chip. */
export function articleLabel(law: Source, article: string, lang: Lang): string {
  const source = sources[law][lang];
  if (law === 'policy') return lang === 'ja' ? `${source} 条項${article}` : `${source} clause ${article}`;
  if (law === 'Guideline' || law === 'NumberingAct-Guideline') return `${source} ${article}`;
  if (lang === 'en') return `${source} Art. ${article}`;
  const written = articleInJapanese(article);
  return written === null ? `${source} ${article}` : `${source}${written}`;
}
