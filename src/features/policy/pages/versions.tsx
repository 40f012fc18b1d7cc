// The versions of the policy as a list, and the routes of all pages about versions.

import type { Context } from 'hono';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { type Env, formTexts, page, plain, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { slashDay, stamp } from '../../../platform/ui/format.ts';
import { exportLinks, type ListColumn, ListTable } from '../../../platform/ui/list.tsx';
import { Exports } from '../../../platform/ui/table.tsx';
import { exportPage } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { policyVersion, policyVersions, type VersionHead } from '../actions/versions.ts';
import { diffPolicies, type PolicyDiff } from '../facts/change.ts';
import { draftWords } from '../words.ts';
import { changeCount, ChangesTable } from './changes.tsx';
import { fileLabel, getNew, postNew } from './draft.tsx';
import { crumbs, notThere, officePage, standingName } from './living.tsx';
import { numberOf, versionName } from './public.tsx';
import {
  HOME,
  type PolicyPeople,
  postApproval,
  t,
  VERSIONS,
  versionFile,
  versionPage,
  versionsCrumb,
  who,
} from './version.tsx';
import { wordingLabel } from './wording.tsx';

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
  page('get', `${HOME}/versions/:version`, 'policy:read', (c) => versionPage(c, office, people)),
  page('post', `${HOME}/versions/:version/approve`, 'policy:approve', (c) => postApproval(c, office, people), {
    texts: formTexts(fieldLabel, { prose: /^reason\./ }),
  }),
  plain(`${HOME}/versions/:version/:file`, 'policy:read', (c) => versionFile(c, office)),
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
