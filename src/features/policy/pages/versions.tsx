// The versions of the policy in the office: the list, one version with its checks and exports, the form for a new one, its approval, its gaps, and
// the changes between two. A proposal is checked before it is stored, and approved on a page that repeats its effects.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { isOfficer } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import {
  formTexts,
  page,
  plain,
  problemStatus,
  type Env,
  type Form,
  type Route,
} from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import {
  DateField,
  ErrorSummary,
  fieldId,
  PostForm,
  problemAt,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { longDay, readJapaneseDate, slashDay, stamp } from '../../../platform/ui/format.ts';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { Overtaken, rebased } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { Exports } from '../../../platform/ui/table.tsx';
import { byOf, exportPage } from '../../access/index.ts';
import { madeUnder } from '../../checkpoint/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { remainsIn } from '../actions/company.ts';
import { approve, judgedOf, rewordedBy, type Resting, type RestingOn, type Reworded } from '../actions/approval.ts';
import {
  draftOf,
  effectiveDay,
  isExample,
  policyJson,
  policyVersion,
  policyVersions,
  policyYaml,
  propose,
  versionStanding,
  type Draft,
  type PolicyVersion,
  type VersionHead,
} from '../actions/versions.ts';
import {
  diffPolicies,
  policyFiles,
  withLines,
  type PolicyDiff,
  type PolicyFile,
  type RewordingInput,
} from '../facts.ts';
import { lintPolicy } from '../lint.ts';
import { ChangesTable, changeCount } from './changes.tsx';
import { GapTable } from './gaps.tsx';
import { crumbs, notThere, officePage, standingName } from './living.tsx';
import { numberOf, versionName } from './public.tsx';
import { ExampleRemains } from './remains.tsx';
import {
  Judgements,
  readIn,
  RewordingFields,
  ToBeJudged,
  ToJudge,
  Touched,
  typedIn,
  wordingLabel,
  wordingLabels,
  wordingProblems,
} from './wording.tsx';
import { draftWords } from '../words.ts';

const HOME = '/living-policy';

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

const t = (lang: Lang, ja: string, en: string): string => (lang === 'ja' ? ja : en);

async function who(people: PolicyPeople, ref: string, lang: Lang): Promise<string> {
  const [kind, id] = ref.split(':');
  if (kind === 'staff' && id) return (await people.nameOf(id)) ?? t(lang, '退職した従業者', 'a former member of staff');
  return t(lang, '関所の初期設定', 'Sekisho’s set-up');
}

export const versionsCrumb = (lang: Lang) => ({
  label: draftWords.versions[lang],
  href: `${HOME}/versions`,
});

interface VersionRow {
  head: VersionHead;
  standing: Bilingual;
  /** When and by whom it was proposed. */
  proposed: Bilingual;
  approved: Bilingual | null;
}

const versionColumns: readonly ListColumn<VersionRow>[] = [
  {
    key: 'version',
    head: { ja: '版', en: 'Version' },
    rowHead: true,
    value: ({ head }, lang) => versionName(head.version, lang),
    cell: ({ head }, lang) => <a href={`${HOME}/versions/${head.version}`}>{versionName(head.version, lang)}</a>,
  },
  { key: 'standing', head: { ja: '状態', en: 'State' }, value: ({ standing }, lang) => standing[lang] },
  {
    key: 'effective',
    head: { ja: '施行日', en: 'In force from' },
    value: ({ head }) => slashDay(head.effectiveOn),
  },
  { key: 'proposed', head: { ja: '提案', en: 'Proposed' }, value: ({ proposed }, lang) => proposed[lang] },
  { key: 'approved', head: { ja: '承認', en: 'Approved' }, value: ({ approved }, lang) => approved?.[lang] ?? '' },
];

async function versionRows(office: Office, people: PolicyPeople): Promise<VersionRow[]> {
  const heads = await policyVersions(office);
  const today = office.clock.today();
  const then = async (at: number, by: string): Promise<Bilingual> => {
    const [ja, en] = await Promise.all([who(people, by, 'ja'), who(people, by, 'en')]);
    return { ja: `${stamp(at)} ${ja}`, en: `${stamp(at)} ${en}` };
  };
  return Promise.all(
    heads.map(async (head) => ({
      head,
      standing: { ja: standingName(heads, head, today, 'ja'), en: standingName(heads, head, today, 'en') },
      proposed: await then(head.proposedAt, head.proposedBy),
      approved: head.approval && (await then(head.approval.at, head.approval.by)),
    })),
  );
}

const VERSIONS = `${HOME}/versions`;

const versionsTitle = { ja: '方針の版', en: 'Versions of the policy' };

async function list(c: Context<Env>, office: Office, people: PolicyPeople): Promise<Response> {
  const lang = c.get('lang');
  const rows = await versionRows(office, people);
  return officePage(
    c,
    {
      title: draftWords.versions[lang],
      crumbs: crumbs(lang, { label: draftWords.versions[lang] }),
      actions: (
        <>
          <Exports lang={lang} files={exportLinks(VERSIONS, VERSIONS, lang)} />
          {c.get('may')('policy:propose') && (
            <>
              <LinkButton kind="second" small href={`${HOME}/company`}>
                {draftWords.rewrite[lang]}
              </LinkButton>
              <LinkButton small href={`${HOME}/new`}>
                {draftWords.write[lang]}
              </LinkButton>
            </>
          )}
        </>
      ),
    },
    <ListTable lang={lang} caption={versionsTitle} stack columns={versionColumns} rows={rows} />,
  );
}

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

async function one(c: Context<Env>, office: Office, people: PolicyPeople, shown: Shown = {}): Promise<Response> {
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

async function postApproval(c: Context<Env>, office: Office, people: PolicyPeople): Promise<Response> {
  const n = numberOf(c.req.param('version'));
  const version = n === null ? null : await policyVersion(office, n);
  if (!version) return notThere(c);
  const form = c.get('form');
  const value = form.text('effective_on');
  const typed = typedIn(form, version.policy);
  const day = effectiveDay(readJapaneseDate(value));
  if (!day.ok) return one(c, office, people, { value, typed, problem: day.problem });
  const outcome = await approve(office, byOf(c), {
    version: version.version,
    effectiveOn: day.value,
    officers: await people.officers(),
    judged: readIn(typed),
    resting: people.resting,
  });
  if (!outcome.ok) return one(c, office, people, { value, typed, problem: outcome.problem });
  return c.redirect(`${HOME}/versions/${version.version}`, 303);
}

async function exported(c: Context<Env>, office: Office): Promise<Response> {
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

const fileTitles: Record<PolicyFile, { ja: string; en: string }> = {
  'operator.yaml': { ja: '会社と窓口の情報', en: 'Facts about the company and its desk' },
  'purposes.yaml': { ja: '利用目的', en: 'Purposes of use' },
  'sections.yaml': { ja: '節', en: 'Sections' },
  'clauses.yaml': { ja: '条項', en: 'Clauses' },
  'promises.yaml': { ja: '約束', en: 'Promises' },
  'measures.yaml': { ja: '安全管理措置', en: 'Safety measures' },
  'joint-uses.yaml': { ja: '共同利用', en: 'Joint uses' },
};

export interface Draftee {
  texts: Record<PolicyFile, string>;
  effectiveOn: string;
  /** Number of the newest version seen; 0 before the first. */
  seen: number;
}

/** Reads the submitted draft; an uploaded file wins over the text beside it. */
async function readDraft(form: Form): Promise<Draftee> {
  const texts = {} as Record<PolicyFile, string>;
  for (const file of policyFiles) {
    const upload = form.file(`upload-${file}`);
    texts[file] = upload && upload.size > 0 ? await upload.text() : form.text(file);
  }
  return { texts, effectiveOn: form.text('effective_on'), seen: Number(form.text('seen')) };
}

/** The file that a problem is about: `clauses.yaml: clauses[3].text` is about clauses.yaml. */
const fileOf = (problem: FieldProblem): PolicyFile | undefined =>
  policyFiles.find((file) => problem.field === file || problem.field.startsWith(`${file}:`));

const fileLabel = (file: string): Bilingual => ({ ja: `${file} の文`, en: `Text of ${file}` });

const DraftFields = ({ draft, lang, problems }: { draft: Draftee; lang: Lang; problems: readonly FieldProblem[] }) => (
  <>
    <DateField
      lang={lang}
      name="effective_on"
      label={{ ja: '施行日', en: 'In force from' }}
      need="required"
      value={draft.effectiveOn}
      error={problemAt(problems, 'effective_on', lang)}
    />
    {policyFiles.map((file) => {
      const mine = problems.filter((p) => fileOf(p) === file);
      return (
        <details class="panel mb-3" open={mine.length > 0}>
          <summary class="p-3 font-bold">
            {fileTitles[file][lang]}　<span class="small muted font-normal">{file}</span>
          </summary>
          <div class="panel-body">
            <TextField
              lang={lang}
              name={`upload-${file}`}
              type="file"
              accept=".yaml,.yml"
              label={{
                ja: `${fileTitles[file].ja}のファイル`,
                en: `File: ${fileTitles[file].en}`,
              }}
              hint={t(
                lang,
                '選んだファイルは、下の文の代わりに使います',
                'A chosen file is used in place of the text below',
              )}
            />
            <TextArea
              lang={lang}
              name={file}
              label={fileLabel(file)}
              rows={16}
              value={draft.texts[file]}
              error={mine[0]?.says[lang]}
            />
          </div>
        </details>
      );
    })}
  </>
);

/** Says which version the files hold; a waiting proposal is replaced by the next. */
const Began = ({ head, lang }: { head: VersionHead; lang: Lang }) => (
  <p class="mb-4">
    {head.approval
      ? t(lang, `第${head.version}版の文が入っています。`, `The files contain the text of version ${head.version}.`)
      : t(
          lang,
          `第${head.version}版は、承認を待っている案です。その文が入っています。ここから提案すると、第${head.version}版に代わります。`,
          `Version ${head.version} is waiting for approval, and the files contain its text. What you propose from here will replace it.`,
        )}
    {lang === 'en' && ' '}
    {t(
      lang,
      '直すファイルだけを開いて書き換えるか、手元のYAMLファイルを選んでください。次の画面で、変わるところと点検の結果を確かめられます。',
      'Open the files to change and edit them, or choose YAML files of your own. The next page shows what changes and what the checks find.',
    )}
  </p>
);

interface Again {
  problems?: readonly FieldProblem[];
  /** Set when somebody else proposed first: the differences from their proposal. */
  overtaken?: PolicyDiff | null;
}

async function newPage(c: Context<Env>, office: Office, draft: Draftee, { problems = [], overtaken }: Again = {}) {
  const lang = c.get('lang');
  const heads = await policyVersions(office);
  const example = isExample(heads);
  const began = heads.find(({ version }) => version === draft.seen);
  const untouched = problems.length === 0 && overtaken === undefined && began;
  const newest = untouched ? await policyVersion(office, untouched.version) : null;
  const remains = newest && (await remainsIn(office, newest.policy));
  return officePage(
    c,
    {
      title: t(lang, '新しい版', 'A new version'),
      path: `${HOME}/new`,
      failed: problems.length > 0 || overtaken !== undefined,
      crumbs: crumbs(lang, versionsCrumb(lang), { label: t(lang, '新しい版', 'A new version') }),
      sub: t(lang, '書く → 点検を見る → 提案する → 承認', 'Write, see the checks, propose, approve'),
    },
    <>
      {problems.length > 0 && <DraftErrors lang={lang} problems={problems} />}
      {overtaken !== undefined && <Overtaken lang={lang} differences={[]} />}
      {overtaken && began && (
        <div class="mb-5">
          <p class="mb-2">
            {t(
              lang,
              `先に提案された第${began.version}版から、下の文で変わるところ`,
              `What the files below change in version ${began.version}, which was proposed first`,
            )}
          </p>
          <ChangesTable diff={overtaken} lang={lang} />
        </div>
      )}
      {example && (
        <div class="mb-5">
          <Banner
            kind="info"
            title={t(lang, 'いまの版は、見本の会社の方針です', 'The version in force is the example company’s policy')}
            action={{
              href: `${HOME}/company`,
              label: draftWords.rewrite[lang],
            }}
          >
            {t(
              lang,
              'まず、会社の名前、住所、代表者、窓口を自社のものに書き換えます。それから、ここで利用目的と条項を自社の約束に合わせてください。承認すると、公表しているページ、用紙、手紙も自社のものに替わります。',
              'First put in your own company’s name, address, representative and desk. Then adapt the purposes and clauses here to what your company promises. Once approved, the published page, the forms and the letters will be your company’s too.',
            )}
          </Banner>
        </div>
      )}
      {remains && <ExampleRemains lang={lang} remains={remains} leads />}
      {began && <Began head={began} lang={lang} />}
      <PostForm action={`${HOME}/new`} csrf={c.get('csrf')} values={{ seen: String(draft.seen) }} files whole>
        <DraftFields draft={draft} lang={lang} problems={problems} />
        <Buttons>
          <Button name="step" value="check">
            {draftWords.check[lang]}
          </Button>
        </Buttons>
      </PostForm>
    </>,
  );
}

/** Problems in a file are shown with their place in it and link to the text of the file. */
const DraftErrors = ({ lang, problems }: { lang: Lang; problems: readonly FieldProblem[] }) => {
  const fields = problems.map((p) => ({
    field: fileOf(p) ?? p.field,
    says: { ja: `${p.field}：${p.says.ja}`, en: `${p.field}: ${p.says.en}` },
  }));
  return (
    <div class="errsum" role="alert" tabindex={-1} autofocus aria-labelledby="errsum-h">
      <h2 id="errsum-h">{t(lang, `${fields.length}か所を直してください`, `To put right: ${fields.length}`)}</h2>
      <ul>
        {fields.slice(0, 50).map((f) => (
          <li>
            <a href={`#${fieldId(f.field)}`} data-turbo="false">
              {f.says[lang]}
            </a>
          </li>
        ))}
      </ul>
      {fields.length > 50 && (
        <p>{t(lang, `ほかに${fields.length - 50}か所あります`, `and ${fields.length - 50} more`)}</p>
      )}
    </div>
  );
};

interface ReviewProps {
  draft: Draft;
  sent: Draftee;
  lang: Lang;
  csrf: string;
  reworded: Reworded;
}

const Review = ({ draft, sent, lang, csrf, reworded }: ReviewProps) => (
  <div class="grid gap-5">
    <ToBeJudged lang={lang} rewordings={reworded.rewordings} />
    <Panel
      title={t(
        lang,
        draft.against ? `第${draft.against.version}版から変わるところ` : '変わるところ',
        draft.against ? `Changes since version ${draft.against.version}` : 'Changes',
      )}
      id="diff"
      pad={draft.diff && changeCount(draft.diff) > 0 ? 'bare' : 'body'}
    >
      {draft.diff ? <ChangesTable diff={draft.diff} lang={lang} /> : null}
    </Panel>
    <Panel
      title={t(lang, '点検の指摘', 'Gaps')}
      id="gaps"
      pad="bare"
      sub={t(lang, '指摘があっても提案できます', 'You can propose it even if there are gaps')}
    >
      <GapTable gaps={draft.gaps} lang={lang} />
    </Panel>
    <PostForm
      action={`${HOME}/new`}
      csrf={csrf}
      files
      whole
      values={{ ...sent.texts, effective_on: sent.effectiveOn, seen: String(sent.seen), step: 'propose' }}
    >
      <Buttons>
        <Button>{draftWords.propose[lang]}</Button>
        <Button kind="second" name="back" value="1">
          {t(lang, '書き直す', 'Edit again')}
        </Button>
      </Buttons>
    </PostForm>
  </div>
);

export async function reviewPage(c: Context<Env>, office: Office, draft: Draft, sent: Draftee): Promise<Response> {
  const lang = c.get('lang');
  return officePage(
    c,
    {
      title: t(lang, '新しい版の点検', 'Checks of the new version'),
      path: `${HOME}/new`,
      crumbs: crumbs(lang, versionsCrumb(lang), { label: t(lang, '新しい版の点検', 'Checks of the new version') }),
      sub: t(lang, `施行日 ${sent.effectiveOn}`, `In force from ${sent.effectiveOn}`),
    },
    <>
      <ExampleRemains lang={lang} remains={await remainsIn(office, draft.policy)} />
      <Review
        draft={draft}
        sent={sent}
        lang={lang}
        csrf={c.get('csrf')}
        reworded={await rewordedBy(office, draft.policy)}
      />
    </>,
  );
}

/** The submitted draft on top of the version that somebody else proposed first: files that were not edited are taken from that version. */
async function overtakenPage(c: Context<Env>, office: Office, sent: Draftee) {
  const newest = (await newestVersion(office))!;
  const began = await policyVersion(office, sent.seen);
  const texts = began
    ? rebased(sent.texts, { began: policyYaml(began.policy), newest: policyYaml(newest.policy) })
    : sent.texts;
  const draft = await draftOf(office, texts);
  const overtaken = draft.ok ? diffPolicies(newest.policy, draft.value.policy) : null;
  return newPage(c, office, { ...sent, texts, seen: newest.version }, { overtaken });
}

async function postNew(c: Context<Env>, office: Office): Promise<Response> {
  const form = c.get('form');
  const sent = await readDraft(form);
  if (form.text('back') !== '') return newPage(c, office, sent);
  const [day, draft] = [effectiveDay(readJapaneseDate(sent.effectiveOn)), await draftOf(office, sent.texts)];
  const problems = withLines(
    sent.texts,
    [day, draft].flatMap((o) => (o.ok ? [] : fieldsOf(o.problem))),
  );
  if (!day.ok || !draft.ok) {
    c.status(422);
    return newPage(c, office, sent, { problems });
  }
  if (form.text('step') !== 'propose') return reviewPage(c, office, draft.value, sent);
  const outcome = await propose(office, byOf(c), {
    texts: sent.texts,
    effectiveOn: day.value,
    seen: sent.seen,
  });
  if (!outcome.ok) {
    const { problem } = outcome;
    c.status(problemStatus(problem));
    if (problem.kind === 'conflict' && problem.field === 'version') return overtakenPage(c, office, sent);
    return newPage(c, office, sent, { problems: fieldsOf(problem) });
  }
  return c.redirect(`${HOME}/versions/${outcome.value.version}`, 303);
}

/** The version that the next one will follow, approved or waiting; null before the first. */
async function newestVersion(office: Office): Promise<PolicyVersion | null> {
  const [newest] = await policyVersions(office);
  return newest ? policyVersion(office, newest.version) : null;
}

async function getNew(c: Context<Env>, office: Office): Promise<Response> {
  const newest = await newestVersion(office);
  const texts = newest
    ? policyYaml(newest.policy)
    : (Object.fromEntries(policyFiles.map((file) => [file, ''])) as Record<PolicyFile, string>);
  return newPage(c, office, { texts, effectiveOn: slashDay(office.clock.today()), seen: newest?.version ?? 0 });
}

async function changesPage(c: Context<Env>, office: Office): Promise<Response> {
  const lang = c.get('lang');
  const [from, to] = [numberOf(c.req.query('from')), numberOf(c.req.query('to'))];
  const before = from === null ? null : await policyVersion(office, from);
  const after = to === null ? null : await policyVersion(office, to);
  if (!before || !after) return notThere(c);
  const diff: PolicyDiff = diffPolicies(before.policy, after.policy);
  return officePage(
    c,
    {
      title: t(lang, `第${from}版から第${to}版への違い`, `From version ${from} to version ${to}`),
      sub: t(lang, `${changeCount(diff)}か所`, `${changeCount(diff)} changes`),
      crumbs: crumbs(lang, versionsCrumb(lang), { label: t(lang, '違い', 'Changes') }),
    },
    <ChangesTable diff={diff} lang={lang} />,
  );
}

const fieldLabel = (name: string): Bilingual | undefined => {
  if (name === 'effective_on') return { ja: '施行日', en: 'In force from' };
  return name.endsWith('.yaml') ? fileLabel(name) : wordingLabel(name);
};

export const versionRoutes = (office: Office, people: PolicyPeople): Route[] => [
  page('get', VERSIONS, 'policy:read', (c) => list(c, office, people)),
  // Must come before the route for the files of one version.
  exportPage(office, { path: VERSIONS, may: 'policy:read' }, async () => ({
    list: { path: VERSIONS, title: versionsTitle },
    columns: versionColumns,
    rows: await versionRows(office, people),
    address: VERSIONS,
  })),
  page('get', `${HOME}/versions/:version`, 'policy:read', (c) => one(c, office, people)),
  page('post', `${HOME}/versions/:version/approve`, 'policy:approve', (c) => postApproval(c, office, people), {
    texts: formTexts(fieldLabel, { prose: /^reason\./ }),
  }),
  plain(`${HOME}/versions/:version/:file`, 'policy:read', (c) => exported(c, office)),
  page('get', `${HOME}/new`, 'policy:propose', (c) => getNew(c, office)),
  page('post', `${HOME}/new`, 'policy:propose', (c) => postNew(c, office), {
    texts: formTexts(fieldLabel, { exact: /\.yaml$/ }),
  }),
  page('get', `${HOME}/changes`, 'policy:read', (c) => changesPage(c, office)),
];

export const versionCatalogue = (office: Office): Catalogue => ({
  title: versionsTitle,
  list: VERSIONS,
  things: async () =>
    (await policyVersions(office)).map(({ version }) => ({
      name: both(versionName(version, 'ja'), versionName(version, 'en')),
      href: `${VERSIONS}/${version}`,
    })),
});
