// Who may do what: the table of authority, computed from the access policies, and the rules behind it. The authority that a log entry names links
// here.

import type { Child } from 'hono/jsx';
import { actions, roles, type Action } from '../../../base/actor.ts';
import type { Lang } from '../../../base/bilingual.ts';
import { placeOf, type Route } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { listed, stamp } from '../../../platform/ui/format.ts';
import { ListBody, listView, type ListColumn, type ListFilter, type ListView } from '../../../platform/ui/list.tsx';
import { Note, Panel, SectionHead } from '../../../platform/ui/panel.tsx';
import { classes } from '../../../platform/ui/say.ts';
import { Table } from '../../../platform/ui/table.tsx';
import type { Access } from '../actions/access.ts';
import { policyVersions, type PolicyVersion } from '../actions/policies.ts';
import { listStaff } from '../actions/staff.ts';
import { type AccessPolicies, type AccessRule, type Holder, holders, type Right } from '../facts/policies.ts';
import type { StaffMember } from '../tables.ts';
import {
  actionWords,
  authorityWords,
  rightWords,
  roleWords,
  staffCount,
  subjectOf,
  subjectWords,
  versionName,
  type Subject,
} from '../words.ts';
import { exportPage, fileOf } from './exports.tsx';
import { OfficeSheet, speaker, type Request } from './sheet.tsx';

const PATH = '/authority';

const anchorOf = (rule: string): string => `rule-${rule}`;

const holderWord = (holder: Holder) => (holder === 'system' ? authorityWords.system : roleWords[holder].name);

/** The page of one version of the rules. */
export const versionPlace = (version: number): string => `${PATH}/versions/${version}`;

const ruleName = ({ id, name }: AccessRule, lang: Lang): string => name?.[lang] ?? id;

interface Row {
  action: Action;
  rights: Readonly<Record<Holder, Right>>;
}

const bySubject = Object.keys(subjectWords) as Subject[];
const places: readonly Right['says'][] = ['yes', 'depends', 'no'];

const Mark = ({ right, rules, lang }: { right: Right; rules: readonly AccessRule[]; lang: Lang }) => {
  const says = rightWords[right.says][lang];
  if (right.says === 'yes') return <b>{says}</b>;
  if (right.says === 'no') return <span class="mark-no">{says}</span>;
  const on = rules.find(({ id, conditional }) => conditional && right.rules.includes(id))!;
  return <a href={`#${anchorOf(on.id)}`}>{says}</a>;
};

const columnOf = (holder: Holder, rules: readonly AccessRule[]): ListColumn<Row> => ({
  key: holder,
  head: holderWord(holder),
  align: 'center',
  unsearched: true,
  value: ({ rights }, lang) => rightWords[rights[holder].says][lang],
  order: ({ rights }) => places.indexOf(rights[holder].says),
  cell: ({ rights }, lang) => <Mark right={rights[holder]} rules={rules} lang={lang} />,
});

const columnsOf = (rules: readonly AccessRule[]): ListColumn<Row>[] => [
  {
    key: 'subject',
    head: authorityWords.subject,
    nowrap: true,
    value: ({ action }, lang) => subjectWords[subjectOf(action)][lang],
    order: ({ action }) => bySubject.indexOf(subjectOf(action)),
  },
  { key: 'action', head: authorityWords.action, rowHead: true, value: ({ action }, lang) => actionWords[action][lang] },
  ...holders.map((holder) => columnOf(holder, rules)),
  {
    key: 'rules',
    head: authorityWords.rules,
    chosen: true,
    unsearched: true,
    value: ({ rights }, lang) => {
      const ids = holders.flatMap((holder) => rights[holder].rules);
      return listed(
        rules.filter(({ id }) => ids.includes(id)).map((rule) => ruleName(rule, lang)),
        lang,
      );
    },
  },
];

const filters: readonly ListFilter<Row>[] = [
  {
    name: 'subject',
    label: authorityWords.subject,
    options: bySubject.map((value) => ({ value, label: subjectWords[value] })),
    keeps: ({ action }, value) => subjectOf(action) === value,
  },
  {
    name: 'may',
    label: authorityWords.may,
    options: holders.map((value) => ({ value, label: holderWord(value) })),
    keeps: ({ rights }, value) => rights[value as Holder].says !== 'no',
  },
];

const viewOf = ({ rights, rules }: AccessPolicies, c: Request): ListView<Row> =>
  listView(
    {
      path: PATH,
      title: authorityWords.title,
      columns: columnsOf(rules),
      filters,
      rows: actions.map((action) => ({ action, rights: rights[action] })),
      order: 'subject',
      noMatch: authorityWords.noMatch,
      stack: 'inline',
    },
    c.req.url,
    c.get('lang'),
  );

/** The roles, each with the number of staff who have it and a link to them. */
const Roles = ({ members, c }: { members: readonly StaffMember[]; c: Request }) => {
  const t = speaker(c);
  const lang = c.get('lang');
  return (
    <Panel id="roles" title={t(authorityWords.roles)}>
      <Dl
        asked
        items={[
          ...roles.map((role): [string, Child] => {
            const n = members.filter((one) => one.roles.includes(role)).length;
            return [
              t(roleWords[role].name),
              <>
                {t(roleWords[role].does)}
                {lang === 'ja' ? '：' : ': '}
                <a href={`/staff?state=active&role=${role}`}>{staffCount(n, lang)}</a>
              </>,
            ];
          }),
          [
            t(authorityWords.system),
            <>
              {t(authorityWords.systemSays)}
              {lang === 'ja' ? '：' : ': '}
              <a href="/systems">{t(authorityWords.systemTokens)}</a>
            </>,
          ],
        ]}
      />
    </Panel>
  );
};

/** The holders that a rule speaks about, with the actions; holders with the same actions are joined in one line. */
function reachOf({ rights }: AccessPolicies, rule: AccessRule, lang: Lang): [string, string][] {
  const reached = new Map<string, Holder[]>();
  for (const holder of holders) {
    const said = actions.filter((action) => rights[action][holder].rules.includes(rule.id));
    if (said.length === 0) continue;
    const named = listed(
      said.map((action) => actionWords[action][lang]),
      lang,
    );
    reached.set(named, [...(reached.get(named) ?? []), holder]);
  }
  return [...reached].map(([named, to]) => [
    listed(
      to.map((holder) => holderWord(holder)[lang]),
      lang,
    ),
    named,
  ]);
}

/** `policies`: those in force, from which follows what the rule means for whom. A former rule is shown only as it was written. */
const Rule = ({ policies, rule, lang }: { policies?: AccessPolicies; rule: AccessRule; lang: Lang }) => {
  const reach = policies ? reachOf(policies, rule, lang) : [];
  return (
    <Panel
      id={anchorOf(rule.id)}
      title={ruleName(rule, lang)}
      sub={
        <span translate="no" class="num">
          {rule.id}
        </span>
      }
      mark={
        <>
          {rule.forbids && <Chip kind="bad">{authorityWords.forbids[lang]}</Chip>}
          {rule.conditional && <Chip kind="wait">{authorityWords.conditional[lang]}</Chip>}
        </>
      }
    >
      {rule.note && <p class="mb-3">{rule.note[lang]}</p>}
      {policies && (reach.length > 0 ? <Dl asked items={reach} /> : <p>{authorityWords.apart[lang]}</p>)}
      {/* Without a name from its annotations, the rule is read in its source. */}
      <details class={classes('mt-3', rule.name !== null && 'no-print')} open={!policies || rule.name === null}>
        <summary>
          {authorityWords.text[lang]}
          <About>{ruleName(rule, lang)}</About>
        </summary>
        <pre class="small whitespace-pre-wrap wrap-anywhere mt-2" translate="no">
          {rule.text}
        </pre>
      </details>
    </Panel>
  );
};

const Lead = ({ policies, lang }: { policies: AccessPolicies; lang: Lang }) => (
  <Note>
    <p>{authorityWords.law[lang]}</p>
    <p>
      {authorityWords.several[lang]}
      {policies.rules.some(({ forbids }) => forbids) && ` ${authorityWords.severalBut[lang]}`}
    </p>
    <p>{authorityWords.marks[lang]}</p>
  </Note>
);

const kindsOfChange = ['rules_added', 'rules_changed', 'rules_removed'] as const;

/** What a version changed from the one before, by rule names. `names` also has the removed rules. */
function changesIn({ version, changes }: PolicyVersion, names: ReadonlyMap<string, string>, lang: Lang): string {
  if (version === 1) return authorityWords.first[lang];
  if (!changes) return authorityWords.untold[lang];
  const said = kindsOfChange.flatMap((kind) => {
    const ids = changes[kind];
    if (!ids) return [];
    const named = listed(
      ids.map((id) => names.get(id) ?? id),
      lang,
    );
    return [`${authorityWords[kind][lang]}${lang === 'ja' ? '：' : ': '}${named}`];
  });
  return said.join(lang === 'ja' ? '。' : '. ') || authorityWords.elsewhere[lang];
}

const Versions = ({ versions, lang }: { versions: readonly PolicyVersion[]; lang: Lang }) => {
  // A rule is called by the name that the newest version gives it.
  const names = new Map(
    versions.toReversed().flatMap(({ rules }) => rules.map((rule) => [rule.id, ruleName(rule, lang)])),
  );
  return (
    <Table
      lang={lang}
      caption={authorityWords.versions}
      stack="inline"
      columns={[
        { key: 'version', head: authorityWords.version, rowHead: true, nowrap: true },
        { key: 'since', head: authorityWords.since, nowrap: true },
        { key: 'until', head: authorityWords.until, nowrap: true },
        { key: 'changes', head: authorityWords.changes },
      ]}
      rows={versions.map((one) => ({
        cells: {
          version: <a href={versionPlace(one.version)}>{versionName(one.version, lang)}</a>,
          since: stamp(one.since),
          until: one.until === null ? <Chip kind="now">{authorityWords.inForce[lang]}</Chip> : stamp(one.until),
          changes: changesIn(one, names, lang),
        },
      }))}
    />
  );
};

export const showAuthority = (access: Access) => async (c: Request) => {
  const t = speaker(c);
  const lang = c.get('lang');
  const { policies } = access;
  const members = (await listStaff(access)).filter(({ state }) => state === 'active');
  const versions = await policyVersions(access);
  return c.html(
    <OfficeSheet
      c={c}
      title={t(authorityWords.title)}
      path={placeOf(c)}
      crumbs={[{ label: t(authorityWords.title) }]}
      sub={t(authorityWords.sub)}
    >
      {access.beside.inForce && (
        <div class="mb-5">
          <Banner kind="warn" title={t(authorityWords.otherFile)}>
            {t(authorityWords.otherFileHow)}
          </Banner>
        </div>
      )}
      <div class="mb-5">
        <Lead policies={policies} lang={lang} />
      </div>
      <ListBody view={viewOf(policies, c)} />
      <div class="mt-8">
        <Roles members={members} c={c} />
      </div>
      <SectionHead id="rules">{t(authorityWords.rules)}</SectionHead>
      <p class="small muted mb-4">{t(authorityWords.rulesHow)}</p>
      {policies.rules.map((rule) => (
        <div class="mb-5">
          <Rule policies={policies} rule={rule} lang={lang} />
        </div>
      ))}
      <SectionHead id="versions">{t(authorityWords.versions)}</SectionHead>
      <p class="small muted mb-4">{t(authorityWords.versionsHow)}</p>
      <Versions versions={versions} lang={lang} />
    </OfficeSheet>,
  );
};

/** One version of the rules, as written. */
export const showVersion = (access: Access) => async (c: Request) => {
  const t = speaker(c);
  const lang = c.get('lang');
  const one = (await policyVersions(access)).find(({ version }) => String(version) === c.req.param('version'));
  if (!one) return c.notFound();
  const title = lang === 'ja' ? `規則の${versionName(one.version, lang)}` : `Rules, version ${one.version}`;
  const until = one.until === null ? t(authorityWords.inForce) : stamp(one.until);
  return c.html(
    <OfficeSheet
      c={c}
      title={title}
      path={placeOf(c)}
      crumbs={[{ label: t(authorityWords.title), href: PATH }, { label: versionName(one.version, lang) }]}
      sub={`${t(authorityWords.since)} ${stamp(one.since)} · ${t(authorityWords.until)} ${until}`}
    >
      {one.rules.map((rule) => (
        <div class="mb-5">
          <Rule rule={rule} lang={lang} />
        </div>
      ))}
      <Panel title={t(authorityWords.whole)}>
        <pre class="small whitespace-pre-wrap wrap-anywhere" translate="no">
          {one.text}
        </pre>
      </Panel>
    </OfficeSheet>,
  );
};

/** The name of a rule; its id where it no longer exists. */
export function ruleWord({ policies }: Access, id: string, lang: Lang): string {
  const rule = policies.rules.find((one) => one.id === id);
  return rule ? ruleName(rule, lang) : id;
}

/** The files of the table. */
export const authorityFiles = (access: Access): Route =>
  exportPage(access.office, { path: PATH, may: 'staff:read' }, (c) =>
    Promise.resolve(fileOf(viewOf(access.policies, c))),
  );

/**
 * The rules that allowed an act, by name, linked to their text for those who may read it. `then`: the policies in force at the time, where they are
 * on record and differ from the present ones.
 */
export const Authority = (props: {
  access: Access;
  then: PolicyVersion | undefined;
  ids: readonly string[];
  lang: Lang;
  mayOpen: (href: string) => boolean;
}) => {
  const { access, then, ids, lang, mayOpen } = props;
  const place = then ? versionPlace(then.version) : PATH;
  return (
    <ul>
      {ids.map((id) => {
        const rule = (then ?? access.policies).rules.find((one) => one.id === id);
        if (!rule)
          return (
            <li>
              <Chip>{id}</Chip> <span class="muted">{authorityWords.gone[lang]}</span>
            </li>
          );
        const name = ruleName(rule, lang);
        return (
          <li>
            {mayOpen(PATH) ? <a href={`${place}#${anchorOf(id)}`}>{name}</a> : name}
            {then && <span class="muted"> {versionName(then.version, lang)}</span>}
          </li>
        );
      })}
    </ul>
  );
};
