// Writing a new version of the policy: the files, the review with what changes, and what somebody else saved first.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { type FieldProblem, fieldsOf } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { type Env, type Form, problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { DateField, fieldId, PostForm, problemAt, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { Overtaken, rebased } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { type Reworded, rewordedBy } from '../actions/approval.ts';
import { remainsIn } from '../actions/company.ts';
import {
  type Draft,
  draftOf,
  effectiveDay,
  isExample,
  policyVersion,
  type PolicyVersion,
  policyVersions,
  policyYaml,
  propose,
  type VersionHead,
} from '../actions/versions.ts';
import { diffPolicies, type PolicyDiff } from '../facts/change.ts';
import { withLines } from '../facts/read.ts';
import { type PolicyFile, policyFiles } from '../facts/shape.ts';
import { draftWords } from '../words.ts';
import { changeCount, ChangesTable } from './changes.tsx';
import { GapTable } from './gaps.tsx';
import { crumbs, officePage } from './living.tsx';
import { ExampleRemains } from './remains.tsx';
import { fileTitles, HOME, t, versionsCrumb } from './version.tsx';
import { ToBeJudged } from './wording.tsx';

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

export const fileLabel = (file: string): Bilingual => ({ ja: `${file} の文`, en: `Text of ${file}` });

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

export async function postNew(c: Context<Env>, office: Office): Promise<Response> {
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

export async function getNew(c: Context<Env>, office: Office): Promise<Response> {
  const newest = await newestVersion(office);
  const texts = newest
    ? policyYaml(newest.policy)
    : (Object.fromEntries(policyFiles.map((file) => [file, ''])) as Record<PolicyFile, string>);
  return newPage(c, office, { texts, effectiveOn: slashDay(office.clock.today()), seen: newest?.version ?? 0 });
}
