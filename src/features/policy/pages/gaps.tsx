// The gaps in a version: a table for every page that shows a version, and a page of its own with files.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { Exports } from '../../../platform/ui/table.tsx';
import { exportPage, type ListFile } from '../../access/index.ts';
import { policyInForce, policyVersion, type PolicyVersion } from '../actions/versions.ts';
import { lintPolicy, type Gap, type Severity } from '../lint.ts';
import { HOME } from './asked.tsx';
import { crumbs, notThere, officePage } from './living.tsx';
import { numberOf, versionName } from './public.tsx';

const PATH = `${HOME}/gaps`;

const words = {
  title: both('点検の指摘', 'Gaps'),
  list: both('指摘の一覧', 'List of gaps'),
  none: both('指摘はありません。', 'No gap was found.'),
  sub: both('法律が方針の文より多くを求めているところ', 'where the law asks for more than the policy says'),
} satisfies Record<string, Bilingual>;

const severities: Record<Severity, { kind: ChipKind; label: Bilingual }> = {
  must: { kind: 'bad', label: both('法律が求める', 'required by law') },
  should: { kind: 'warn', label: both('直すとよい', 'should be corrected') },
  note: { kind: 'plain', label: both('知っておく', 'for information') },
};

const articlesOf = ({ law }: Gap, lang: Lang): string[] =>
  law.map((ground) => articleLabel(ground.law, ground.article, lang));

const columns: readonly ListColumn<Gap>[] = [
  { key: 'id', head: both('番号', 'No.'), rowHead: true, nowrap: true, value: ({ id }) => id },
  {
    key: 'says',
    head: both('指摘', 'Gap'),
    value: ({ says }, lang) => says[lang],
    cell: ({ says }, lang) => <span class="block lg:min-w-40">{says[lang]}</span>,
  },
  {
    key: 'do',
    head: both('直るまで関所がすること', 'Until corrected'),
    value: ({ whatWeDo }, lang) => whatWeDo[lang],
  },
  {
    key: 'mend',
    head: both('直し方', 'How to correct it'),
    value: ({ mend }, lang) => mend[lang].replaceAll('`', ''),
    cell: ({ mend }, lang) => (
      <span class="block wrap-anywhere lg:min-w-40 print:min-w-36">
        {mend[lang].split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}
      </span>
    ),
  },
  {
    key: 'law',
    head: both('条文', 'Article'),
    value: (gap, lang) => listed(articlesOf(gap, lang), lang),
    cell: (gap, lang) => (
      <span class="flex flex-wrap gap-1">
        {articlesOf(gap, lang).map((article) => (
          <Chip kind="law">{article}</Chip>
        ))}
      </span>
    ),
  },
  {
    key: 'clause',
    head: both('条項', 'Clause'),
    value: ({ clause }) => clause ?? '',
    cell: ({ clause }) => (clause === undefined ? '' : <a href={`${HOME}#c${clause}`}>{clause}</a>),
  },
  {
    key: 'severity',
    head: both('重さ', 'Severity'),
    value: ({ severity }, lang) => severities[severity].label[lang],
    cell: ({ severity }, lang) => <Chip kind={severities[severity].kind}>{severities[severity].label[lang]}</Chip>,
  },
];

export const GapTable = ({ gaps, lang }: { gaps: readonly Gap[]; lang: Lang }) =>
  gaps.length === 0 ? (
    <p class="p-4">{words.none[lang]}</p>
  ) : (
    <ListTable lang={lang} caption={words.list} stack columns={columns} rows={gaps} />
  );

/** The version named in the address; by default, the one in force. */
function versionAsked(office: Office, c: Context<Env>): Promise<PolicyVersion | null> {
  const n = numberOf(c.req.query('version'));
  return n === null ? policyInForce(office, office.clock.today()) : policyVersion(office, n);
}

const addressOf = ({ version }: PolicyVersion): string => `${PATH}?version=${version}`;

async function gapsPage(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const version = await versionAsked(office, c);
  if (!version) return notThere(c);
  const gaps = lintPolicy(version.policy);
  const name = versionName(version.version, lang);
  return officePage(
    c,
    {
      title: words.title[lang],
      sub: lang === 'ja' ? `${name}。${words.sub.ja}` : `${name}: ${words.sub.en}`,
      crumbs: crumbs(lang, { label: words.title[lang] }),
      actions: gaps.length > 0 && <Exports lang={lang} files={exportLinks(PATH, addressOf(version), lang)} />,
    },
    <GapTable gaps={gaps} lang={lang} />,
  );
}

async function fileOfGaps(office: Office, c: Context<Env>): Promise<ListFile<Gap>> {
  const version = await versionAsked(office, c);
  return {
    list: { path: PATH, title: words.list },
    columns,
    rows: version ? lintPolicy(version.policy) : [],
    address: version ? addressOf(version) : PATH,
  };
}

export const gapRoutes = (office: Office): Route[] => [
  page('get', PATH, 'policy:read', (c) => gapsPage(office, c)),
  exportPage(office, { path: PATH, may: 'policy:read' }, (c) => fileOfGaps(office, c)),
];
