// The policy as the public sees it: the text in force, every approved version, the changes between them, and the same as data. Never shows an
// unapproved version.

import type { Context } from 'hono';
import { both, type Lang } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { notFound } from '../../../base/outcome.ts';
import { proofFile, receiptOf, vkeyOf } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { answerProblem, page, plain, published, type Env, type Route } from '../../../platform/http/index.ts';
import { slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { PublicPage, type FootItem } from '../../../platform/ui/frame.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { VerifierLink } from '../../../platform/ui/verifier.tsx';
import { isOthersExample } from '../actions/company.ts';
import {
  policyInForce,
  policyJson,
  policyVersion,
  isByNobody,
  policyVersions,
  versionStanding,
  type PolicyVersion,
  type VersionHead,
} from '../actions/versions.ts';
import { diffPolicies } from '../facts/change.ts';
import { publicTitle } from '../words.ts';
import { ChangesTable } from './changes.tsx';
import { DeskBlock, PolicyContents, PolicyText, type CommissionAddress } from './policy-text.tsx';

export const versionName = (version: number, lang: Lang): string =>
  lang === 'ja' ? `第${version}版` : `Version ${version}`;

/** Who approved the version, by office and never by name. */
const approvedBy = (head: VersionHead, lang: Lang): string =>
  head.approval?.by.startsWith('staff:')
    ? lang === 'ja'
      ? '個人情報保護管理者が承認'
      : 'approved by the privacy officer'
    : lang === 'ja'
      ? '初期設定で承認'
      : 'approved at set-up';

const foot = (lang: Lang, version?: number): FootItem[] => [
  {
    label:
      lang === 'ja'
        ? 'このページは「関所」が方針のデータから作っています'
        : 'Made by Sekisho from the data of the policy',
  },
  // Required by law to be easy to find beside the policy: how to make a request, the notices of joint use, and what our web sites send to others.
  { label: lang === 'ja' ? '開示などの請求' : 'Your requests', href: '/requests' },
  { label: lang === 'ja' ? '共同利用' : 'Joint use', href: '/joint-use' },
  { label: lang === 'ja' ? '外部送信' : 'What our sites send', href: '/external-transmission' },
  {
    label: lang === 'ja' ? 'データ（JSON）' : 'Data (JSON)',
    href: `/policy.json${version ? `?version=${version}` : ''}`,
  },
  { label: lang === 'ja' ? '記録の公開チェックポイント' : 'Checkpoint of the log', href: '/log/checkpoint' },
];

/** Path and query of the request. */
export const addressOf = (c: Context<Env>): string => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};

/** Returns the address of the Commission’s page as the office has it; kept by the feature that checks the countries. */
export type CommissionPageOf = (office: Office) => Promise<CommissionAddress | null>;

interface Public {
  office: Office;
  commissionPage: CommissionPageOf;
}

/** The numbers of the versions that are the example and were never the policy of the present company. */
async function examplesIn(office: Office, heads: readonly VersionHead[]): Promise<Set<number>> {
  const inForce = await policyInForce(office, office.clock.today());
  const examples = new Set<number>();
  for (const { version, proposedBy } of heads) {
    const read = isByNobody(proposedBy) && inForce ? await policyVersion(office, version) : null;
    if (read && isOthersExample(proposedBy, read.policy, inForce!.policy)) examples.add(version);
  }
  return examples;
}

/** The approved version before this one; undefined where that is the example. */
const versionBefore = (heads: readonly VersionHead[], version: number, examples: ReadonlySet<number>) => {
  const before = heads.find((h) => h.approval && h.version < version);
  return before && !examples.has(before.version) ? before : undefined;
};

const VersionLine = ({ version, before, lang }: { version: PolicyVersion; before: boolean; lang: Lang }) => {
  const day = writtenDay(version.effectiveOn, lang);
  return (
    <div class="flex flex-wrap gap-x-5 gap-y-1 small mb-5">
      <b>{versionName(version.version, lang)}</b>
      <span>{lang === 'ja' ? `${day} 施行` : `In force from ${day}`}</span>
      <span>{version.policy.operator.representative[lang]}</span>
      <span>{approvedBy(version, lang)}</span>
      {before && (
        <a class="no-print" href={`/policy/versions/${version.version}/changes`}>
          {lang === 'ja' ? '前の版との違い' : 'What changed'}
        </a>
      )}
      <a class="no-print" href="/policy/versions">
        {lang === 'ja' ? 'これまでの版' : 'All versions'}
      </a>
      <a class="no-print" href={`/policy/versions/${version.version}/proof.json`} data-turbo="false">
        {lang === 'ja' ? 'この版の記録を確かめる' : 'Verify the record of this version'}
      </a>
    </div>
  );
};

/** File name of the receipt of a version. */
const proofName = (version: number): string => `policy-v${version}-receipt.json`;

/** A complete version: its head, contents, clauses, desk, and the hash by which anybody can check it. */
const PublicPolicy = (props: {
  version: PolicyVersion;
  /** True when the company had an earlier version. */
  before: boolean;
  lang: Lang;
  commission: CommissionAddress | null;
}) => {
  const { version, lang, commission } = props;
  return (
    <>
      <VersionLine {...props} />
      <PolicyContents policy={version.policy} lang={lang} />
      <PolicyText policy={version.policy} lang={lang} commission={commission} />
      <DeskBlock operator={version.policy.operator} lang={lang} />
      <p class="small muted mt-8">
        {lang === 'ja' ? 'この版のデータのSHA-256：' : 'SHA-256 of this version’s data: '}
        {version.sha256}
      </p>
      <p class="small muted mt-2 no-print">
        {lang === 'ja' ? 'この版の記録は、保存して' : 'Save the record of this version and check it on '}
        <VerifierLink lang={lang} />
        {lang === 'ja' ? 'で確かめられます。' : ', in your own browser.'}
      </p>
    </>
  );
};

async function show(
  c: Context<Env>,
  { office, commissionPage }: Public,
  version: PolicyVersion | null,
): Promise<Response> {
  const lang = c.get('lang');
  const heads = await policyVersions(office);
  if (!version?.approval) return none(c, office);
  const current = versionStanding(heads, version, office.clock.today());
  const examples = await examplesIn(office, heads);
  return c.html(
    <PublicPage
      lang={lang}
      title={publicTitle[lang]}
      company={version.policy.operator.name[lang]}
      path={addressOf(c)}
      footer={foot(lang, version.version)}
    >
      {current === 'past' && (
        <p class="note mb-4">
          {examples.has(version.version)
            ? await exampleSays(c, office)
            : lang === 'ja'
              ? 'これは前の版です。'
              : 'This is an earlier version. '}
          <a href="/policy">{lang === 'ja' ? '施行中の版を見る' : 'See the version in force'}</a>
        </p>
      )}
      {current === 'coming' && (
        <p class="note mb-4">
          {lang === 'ja'
            ? `これは${writtenDay(version.effectiveOn, 'ja')}に施行される版です。`
            : `This version takes effect on ${writtenDay(version.effectiveOn, 'en')}. `}
          <a href="/policy">{lang === 'ja' ? '施行中の版を見る' : 'See the version in force'}</a>
        </p>
      )}
      <PublicPolicy
        version={version}
        before={versionBefore(heads, version.version, examples) !== undefined}
        lang={lang}
        commission={await commissionPage(office)}
      />
    </PublicPage>,
  );
}

/** The company's public name; where no policy is in force, the name that the office uses. */
const companyOf = async (c: Context<Env>, office: Office): Promise<string> =>
  (await policyInForce(office, office.clock.today()))?.policy.operator.name[c.get('lang')] ?? c.get('frame').company;

async function exampleSays(c: Context<Env>, office: Office): Promise<string> {
  const company = await companyOf(c, office);
  return c.get('lang') === 'ja'
    ? `これは、このページを作る仕組みに初めから入っていた見本です。${company}の方針ではありません。`
    : `This is the example that came with the system that makes this page. It is not a policy of ${company}. `;
}

async function none(c: Context<Env>, office: Office): Promise<Response> {
  const lang = c.get('lang');
  c.status(404);
  return c.html(
    <PublicPage
      lang={lang}
      title={lang === 'ja' ? 'この版はありません' : 'There is no such version'}
      company={await companyOf(c, office)}
      path={addressOf(c)}
      footer={foot(lang)}
    >
      <p>
        <a href="/policy">{lang === 'ja' ? '公表している方針へ' : 'To the published policy'}</a>
      </p>
    </PublicPage>,
  );
}

export const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;

const versionAsked = async (c: Context<Env>, office: Office): Promise<PolicyVersion | null> => {
  const n = numberOf(c.req.param('version'));
  return n === null ? null : policyVersion(office, n);
};

/** Approved versions, newest first. */
const History = (props: {
  heads: readonly VersionHead[];
  examples: ReadonlySet<number>;
  office: Office;
  lang: Lang;
}) => {
  const { heads, examples, office, lang } = props;
  const standing = { 'in-force': { ja: '施行中', en: 'in force' }, coming: { ja: '施行前', en: 'to come' } };
  const word = (head: VersionHead): string => {
    if (examples.has(head.version)) return lang === 'ja' ? '見本' : 'example';
    const s = versionStanding(heads, head, office.clock.today());
    return s === 'in-force' || s === 'coming' ? standing[s][lang] : lang === 'ja' ? '前の版' : 'earlier';
  };
  const approved = heads.filter((h) => h.approval);
  return (
    <Table
      lang={lang}
      caption={{ ja: 'これまでの版', en: 'All versions' }}
      stack="inline"
      columns={[
        { key: 'version', head: { ja: '版', en: 'Version' }, rowHead: true },
        { key: 'state', head: { ja: '状態', en: 'State' } },
        { key: 'effective', head: { ja: '施行日', en: 'In force from' } },
        { key: 'approved', head: { ja: '承認', en: 'Approved' } },
        { key: 'changes', head: { ja: '違い', en: 'Changes' } },
      ]}
      rows={approved.map((h) => ({
        cells: {
          version: <a href={`/policy/versions/${h.version}`}>{versionName(h.version, lang)}</a>,
          state: word(h),
          effective: slashDay(h.effectiveOn),
          approved: `${slashDay(dayOf(h.approval!.at))} ${approvedBy(h, lang)}`,
          changes: versionBefore(heads, h.version, examples) ? (
            <a href={`/policy/versions/${h.version}/changes`}>{lang === 'ja' ? '前の版との違い' : 'What changed'}</a>
          ) : undefined,
        },
      }))}
    />
  );
};

function crumbs(lang: Lang, last: string) {
  return [{ label: publicTitle[lang], href: '/policy' }, { label: last }];
}

async function history(c: Context<Env>, office: Office): Promise<Response> {
  const lang = c.get('lang');
  const heads = await policyVersions(office);
  const title = lang === 'ja' ? 'これまでの版' : 'All versions';
  return c.html(
    <PublicPage
      lang={lang}
      title={title}
      company={await companyOf(c, office)}
      path={addressOf(c)}
      crumbs={crumbs(lang, title)}
      footer={foot(lang)}
    >
      <History heads={heads} examples={await examplesIn(office, heads)} office={office} lang={lang} />
    </PublicPage>,
  );
}

async function changes(c: Context<Env>, office: Office): Promise<Response> {
  const lang = c.get('lang');
  const version = await versionAsked(c, office);
  const heads = await policyVersions(office);
  const head = version && versionBefore(heads, version.version, await examplesIn(office, heads));
  const before = head && (await policyVersion(office, head.version));
  if (!version?.approval || !before) return none(c, office);
  const title = lang === 'ja' ? `第${version.version}版で変わったところ` : `What changed in version ${version.version}`;
  return c.html(
    <PublicPage
      lang={lang}
      title={title}
      company={version.policy.operator.name[lang]}
      path={addressOf(c)}
      crumbs={crumbs(lang, title)}
      footer={foot(lang, version.version)}
    >
      <ChangesTable diff={diffPolicies(before.policy, version.policy)} lang={lang} />
    </PublicPage>,
  );
}

export const noVersion = notFound(both('この版の方針はありません', 'There is no such version of the policy')).problem;

async function json(c: Context<Env>, office: Office): Promise<Response> {
  const asked = c.req.query('version');
  const n = numberOf(asked);
  const version =
    asked === undefined
      ? await policyInForce(office, office.clock.today())
      : n === null
        ? null
        : await policyVersion(office, n);
  if (!version?.approval) return answerProblem(c, noVersion);
  return published(c, JSON.stringify(policyJson(version), null, 2));
}

/** The receipt of the approval: its log entry with the proof that the log contains it, for the verifier. */
async function proof(c: Context<Env>, office: Office): Promise<Response> {
  const version = await versionAsked(c, office);
  const entry = version?.approval?.entry;
  const receipt = entry ? await receiptOf(office.database, vkeyOf(office.signer), entry) : null;
  if (!receipt) return answerProblem(c, noVersion);
  return c.body(proofFile(receipt), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${proofName(version!.version)}"`,
  });
}

export const publicRoutes = (office: Office, commissionPage: CommissionPageOf): Route[] => [
  page('get', '/policy', 'public', async (c) =>
    show(c, { office, commissionPage }, await policyInForce(office, office.clock.today())),
  ),
  page('get', '/policy/versions', 'public', (c) => history(c, office)),
  page('get', '/policy/versions/:version', 'public', async (c) =>
    show(c, { office, commissionPage }, await versionAsked(c, office)),
  ),
  page('get', '/policy/versions/:version/changes', 'public', (c) => changes(c, office)),
  plain('/policy/versions/:version/proof.json', 'public', (c) => proof(c, office)),
  plain('/policy.json', 'public', (c) => json(c, office)),
];
