// One version of the policy: what it says, approving it, and its files.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { isOfficer } from '../../../base/actor.ts';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { type Env, problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { DateField, ErrorSummary, PostForm, problemAt } from '../../../platform/ui/form.tsx';
import { longDay, readJapaneseDate, slashDay, stamp } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { byOf } from '../../access/index.ts';
import { madeUnder } from '../../checkpoint/index.ts';
import { approve, judgedOf, type Resting, type RestingOn, type Reworded, rewordedBy } from '../actions/approval.ts';
import { remainsIn } from '../actions/company.ts';
import {
  effectiveDay,
  policyJson,
  type PolicyVersion,
  policyVersion,
  policyVersions,
  policyYaml,
  type VersionHead,
  versionStanding,
} from '../actions/versions.ts';
import { diffPolicies, type RewordingInput } from '../facts/change.ts';
import { type PolicyFile, policyFiles } from '../facts/shape.ts';
import { lintPolicy } from '../lint.ts';
import { draftWords } from '../words.ts';
import { changeCount, ChangesTable } from './changes.tsx';
import { GapTable } from './gaps.tsx';
import { crumbs, notThere, officePage, standingName } from './living.tsx';
import { numberOf, versionName } from './public.tsx';
import { ExampleRemains } from './remains.tsx';
import {
  Judgements,
  readIn,
  RewordingFields,
  ToJudge,
  Touched,
  typedIn,
  wordingLabels,
  wordingProblems,
} from './wording.tsx';

export const HOME = '/living-policy';

/** What the pages need from other features: about people, and about what relies on the policy. */
export interface PolicyPeople {
  /** How many privacy officers may approve. */
  officers(): Promise<number>;
  /** The name of a member of staff by id, for the office only; null when unknown. */
  nameOf(staffId: string): Promise<string | null>;
  resting: RestingOn;
  /** The changes of purpose that an approved version outdates. */
  outdatedBy(version: number): Promise<Resting['changes']>;
}

export const t = (lang: Lang, ja: string, en: string): string => (lang === 'ja' ? ja : en);

export async function who(people: PolicyPeople, ref: string, lang: Lang): Promise<string> {
  const [kind, id] = ref.split(':');
  if (kind === 'staff' && id) return (await people.nameOf(id)) ?? t(lang, '退職した従業者', 'a former member of staff');
  return t(lang, '関所の初期設定', 'Sekisho’s set-up');
}

export const versionsCrumb = (lang: Lang) => ({
  label: draftWords.versions[lang],
  href: `${HOME}/versions`,
});

export const VERSIONS = `${HOME}/versions`;

const VersionFiles = ({ version, lang }: { version: PolicyVersion; lang: Lang }) => (
  <Panel title={t(lang, '書き出す', 'Export')} id="export">
    <p class="small muted mb-2">
      {t(
        lang,
        'YAMLは、直して新しい版として読み込めます。JSONには、本文の全体と、確かめるためのハッシュが入っています。',
        'The YAML files can be edited and read back as a new version. The JSON holds the whole text and its hash.',
      )}
    </p>
    <ul class="flex flex-wrap gap-x-5 gap-y-1 small">
      {['policy.json', ...policyFiles].map((file) => (
        <li>
          <a href={`${HOME}/versions/${version.version}/${file}`} download data-turbo="false">
            {file}
          </a>
        </li>
      ))}
    </ul>
  </Panel>
);

interface ApprovalFormProps {
  head: VersionHead;
  lang: Lang;
  csrf: string;
  value: string;
  problems: readonly FieldProblem[];
  reworded: Reworded;
  typed: Readonly<Record<string, RewordingInput>>;
}

const ApprovalForm = ({ head, lang, csrf, value, problems, reworded, typed }: ApprovalFormProps) => (
  <Panel title={t(lang, 'この版を承認する', 'Approve this version')} id="approve" noPrint>
    <p class="mb-4">
      {t(
        lang,
        `承認すると、第${head.version}版の本文は変えられません。施行日から、公表ページ、規則、用紙がこの版に切り替わります。`,
        `Once approved, the text of version ${head.version} cannot be changed. From the day it is in force, the public page, the rules and the forms follow it.`,
      )}
    </p>
    <PostForm action={`${HOME}/versions/${head.version}/approve`} csrf={csrf}>
      <DateField
        lang={lang}
        name="effective_on"
        label={{ ja: '施行日', en: 'In force from' }}
        need="required"
        value={value}
        error={problemAt(problems, 'effective_on', lang)}
      />
      <RewordingFields lang={lang} rewordings={reworded.rewordings} typed={typed} problems={problems} />
      <Buttons>
        <Button>{draftWords.approve[lang]}</Button>
      </Buttons>
    </PostForm>
  </Panel>
);

interface VersionPageProps {
  version: PolicyVersion;
  heads: readonly VersionHead[];
  lang: Lang;
  facts: readonly (readonly [string, Child])[];
  before: PolicyVersion | null;
  approval: Child;
}

const VersionContent = ({ version, lang, facts, before, approval }: VersionPageProps) => {
  const diff = before && diffPolicies(before.policy, version.policy);
  const gaps = lintPolicy(version.policy);
  return (
    <div class="grid gap-5">
      <Panel title={t(lang, 'この版について', 'About this version')} id="about">
        <Dl items={facts} />
      </Panel>
      {approval}
      {diff && before && (
        <Panel
          title={t(lang, `第${before.version}版との違い`, `Changes since version ${before.version}`)}
          id="diff"
          pad={changeCount(diff) === 0 ? 'body' : 'bare'}
        >
          <ChangesTable diff={diff} lang={lang} />
        </Panel>
      )}
      <Panel
        title={t(lang, '点検の指摘', 'Gaps')}
        id="gaps"
        pad="bare"
        sub={t(
          lang,
          `法律が文より多くを求めているところ ${gaps.length}件`,
          `where the law asks for more than the text: ${gaps.length}`,
        )}
      >
        <GapTable gaps={gaps} lang={lang} />
      </Panel>
      <VersionFiles version={version} lang={lang} />
    </div>
  );
};

async function versionFacts(
  office: Office,
  people: PolicyPeople,
  heads: readonly VersionHead[],
  version: PolicyVersion,
  lang: Lang,
): Promise<[string, Child][]> {
  const log = (entry: string): Child => (
    <EntryLink id={entry} otherwise="">
      {t(lang, '記録を見る', 'log entry')}
    </EntryLink>
  );
  return [
    [t(lang, '状態', 'State'), standingName(heads, version, office.clock.today(), lang)],
    [t(lang, '施行日', 'In force from'), longDay(version.effectiveOn, lang)],
    [
      t(lang, '提案', 'Proposed'),
      <>
        {stamp(version.proposedAt)} {await who(people, version.proposedBy, lang)} {log(version.proposalEntry)}
      </>,
    ],
    [
      t(lang, '承認', 'Approved'),
      version.approval ? (
        <>
          {stamp(version.approval.at)} {await who(people, version.approval.by, lang)} {log(version.approval.entry)}
        </>
      ) : (
        t(lang, 'まだ', 'not yet')
      ),
    ],
    [
      t(lang, '中身', 'Contents'),
      t(
        lang,
        `${version.policy.clauses.length}条項、約束${version.policy.promises.length}、利用目的${version.policy.purposes.length}`,
        `${version.policy.clauses.length} clauses, ${version.policy.promises.length} promises, ${version.policy.purposes.length} purposes`,
      ),
    ],
    ['SHA-256', <span class="small">{version.sha256}</span>],
  ];
}

interface Shown {
  value?: string;
  typed?: Readonly<Record<string, RewordingInput>>;
  problem?: Problem;
}

const sentence = (problem: Problem, lang: Lang): string | null =>
  problem.kind === 'invalid' || problem.kind === 'refused' ? null : problem.says[lang];

/** What the law says about a reworded purpose. */
const Refusal = ({ lang, finding, policy }: { lang: Lang; finding: Finding; policy: number }) => (
  <div class="mb-5">
    <FindingView
      lang={lang}
      finding={finding}
      question={t(
        lang,
        '前の文を聞いて渡された情報を、この版の文の目的に使う',
        'Using information given under the former wording for the purpose as worded in this version',
      )}
      title={
        finding.answer === 'unknown'
          ? t(lang, 'まだ決められません', 'it cannot be told yet')
          : t(lang, '使えません', 'it may not be used for this')
      }
      says={t(
        lang,
        'この版は承認していません。理由は次のとおりです。',
        'This version was not approved. These are the reasons.',
      )}
      madeUnder={madeUnder(policy)}
      groundHref={({ law, article }) => (law === 'policy' ? `${HOME}#c${article}` : undefined)}
    />
  </div>
);

/** For those who may approve: the approval form with what it affects. For everybody else: that the version awaits approval. */
async function approvalOf(
  c: Context<Env>,
  office: Office,
  people: PolicyPeople,
  version: PolicyVersion,
  { value, typed = {}, problem }: Shown,
): Promise<{ approval: Child; labels: Record<string, Bilingual> }> {
  const lang = c.get('lang');
  if (!isOfficer(c.get('actor'))) {
    const title = t(lang, '個人情報保護管理者の承認を待っています', 'Waiting for the approval of a privacy officer');
    return { approval: <Banner kind="info" title={title} />, labels: {} };
  }
  const reworded = await rewordedBy(office, version.policy);
  const purposes = [...reworded.rewordings.map(({ purpose }) => purpose.id), ...reworded.leftOut];
  const rests = await people.resting(office.database, { policy: reworded.before ?? 0, purposes });
  const approval = (
    <>
      <Touched lang={lang} reworded={reworded} rests={rests} />
      <ApprovalForm
        head={version}
        lang={lang}
        csrf={c.get('csrf')}
        value={value ?? slashDay(version.effectiveOn)}
        problems={problem?.kind === 'invalid' ? wordingProblems(problem.fields, typed) : []}
        reworded={reworded}
        typed={typed}
      />
    </>
  );
  return { approval, labels: wordingLabels(reworded.rewordings) };
}

export async function versionPage(c: Context<Env>, office: Office, people: PolicyPeople, shown: Shown = {}) {
  const lang = c.get('lang');
  const n = numberOf(c.req.param('version'));
  const version = n === null ? null : await policyVersion(office, n);
  if (!version) return notThere(c);
  const heads = await policyVersions(office);
  const last = heads.find((h) => h.approval && h.version < version.version);
  const stands = versionStanding(heads, version, office.clock.today());
  const { problem } = shown;
  if (problem) c.status(problemStatus(problem));
  const { approval, labels } =
    stands === 'proposed'
      ? await approvalOf(c, office, people, version, shown)
      : { approval: <Judgements lang={lang} judged={await judgedOf(office, version.version)} />, labels: {} };
  const follows = (stands === 'in-force' || stands === 'coming') && c.get('may')('ledger:write');
  const refused = problem && sentence(problem, lang);
  return officePage(
    c,
    {
      title: versionName(version.version, lang),
      path: `${HOME}/versions/${version.version}`,
      sub: standingName(heads, version, office.clock.today(), lang),
      failed: problem !== undefined,
      crumbs: crumbs(lang, versionsCrumb(lang), { label: versionName(version.version, lang) }),
      actions: (
        <LinkButton kind="second" small href={`${HOME}?version=${version.version}`}>
          {t(lang, '本文を読む', 'Read the text')}
        </LinkButton>
      ),
    },
    <>
      {problem?.kind === 'invalid' && (
        <ErrorSummary
          lang={lang}
          problems={wordingProblems(problem.fields, shown.typed ?? {})}
          labels={{ effective_on: { ja: '施行日', en: 'In force from' }, ...labels }}
        />
      )}
      {refused && (
        <div class="mb-5">
          <Banner kind="bad" role="alert" title={refused} />
        </div>
      )}
      {problem?.kind === 'refused' && (
        <Refusal lang={lang} finding={problem.finding} policy={last?.version ?? version.version} />
      )}
      {stands !== 'past' && stands !== 'replaced' && (
        <ExampleRemains
          lang={lang}
          remains={await remainsIn(office, version.policy)}
          leads={c.get('may')('policy:propose')}
        />
      )}
      {follows && (
        <div class="mb-5">
          <ToJudge lang={lang} changes={await people.outdatedBy(version.version)} coming={stands === 'coming'} />
        </div>
      )}
      <VersionContent
        version={version}
        heads={heads}
        lang={lang}
        facts={await versionFacts(office, people, heads, version, lang)}
        before={last ? await policyVersion(office, last.version) : null}
        approval={approval}
      />
    </>,
  );
}

export async function postApproval(c: Context<Env>, office: Office, people: PolicyPeople): Promise<Response> {
  const n = numberOf(c.req.param('version'));
  const version = n === null ? null : await policyVersion(office, n);
  if (!version) return notThere(c);
  const form = c.get('form');
  const value = form.text('effective_on');
  const typed = typedIn(form, version.policy);
  const day = effectiveDay(readJapaneseDate(value));
  if (!day.ok) return versionPage(c, office, people, { value, typed, problem: day.problem });
  const outcome = await approve(office, byOf(c), {
    version: version.version,
    effectiveOn: day.value,
    officers: await people.officers(),
    judged: readIn(typed),
    resting: people.resting,
  });
  if (!outcome.ok) return versionPage(c, office, people, { value, typed, problem: outcome.problem });
  return c.redirect(`${HOME}/versions/${version.version}`, 303);
}

export async function versionFile(c: Context<Env>, office: Office): Promise<Response> {
  const n = numberOf(c.req.param('version'));
  const version = n === null ? null : await policyVersion(office, n);
  const file = c.req.param('file');
  if (!version) return c.notFound();
  const save = { 'content-disposition': `attachment; filename="${file}"` };
  if (file === 'policy.json')
    return c.body(JSON.stringify(policyJson(version), null, 2), 200, {
      'content-type': 'application/json; charset=utf-8',
      ...save,
    });
  const yaml = policyFiles.find((name) => name === file);
  if (!yaml) return c.notFound();
  return c.body(policyYaml(version.policy)[yaml], 200, { 'content-type': 'application/yaml; charset=utf-8', ...save });
}

export const fileTitles: Record<PolicyFile, { ja: string; en: string }> = {
  'operator.yaml': { ja: '会社と窓口の情報', en: 'Facts about the company and its desk' },
  'purposes.yaml': { ja: '利用目的', en: 'Purposes of use' },
  'sections.yaml': { ja: '節', en: 'Sections' },
  'clauses.yaml': { ja: '条項', en: 'Clauses' },
  'promises.yaml': { ja: '約束', en: 'Promises' },
  'measures.yaml': { ja: '安全管理措置', en: 'Safety measures' },
  'joint-uses.yaml': { ja: '共同利用', en: 'Joint uses' },
};
