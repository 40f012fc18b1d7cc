// The frame of every page: where its reader may go, and the versions of policy and law in use.

import type { Context } from 'hono';
import type { Action, Actor } from '../base/actor.ts';
import { both, type Bilingual, type Lang } from '../base/bilingual.ts';
import { authorityWords, roleNames, type AccessGate } from '../features/access/index.ts';
import { openCounted } from '../features/desk/index.ts';
import { guideWords } from '../features/guide/index.ts';
import { keyWords } from '../features/keys/index.ts';
import { policyInForce } from '../features/policy/index.ts';
import { LAW_VERSION } from '../law/index.ts';
import { lastCheck } from '../log/index.ts';
import { sharedReading, type Office } from '../office.ts';
import type { Env, Frame } from '../platform/http/index.ts';
import { momentFrom, stamp } from '../platform/ui/format.ts';

export interface Way {
  href: string;
  label: Bilingual;
}

/** Who may do what. Also shown to readers who are refused and may see it. */
export const AUTHORITY: Way = { href: '/authority', label: authorityWords.title };

interface Place {
  href: string;
  label: Bilingual;
  may: Action;
  /** Where readers go who may not go there but may do this. */
  or?: { href: string; may: Action };
  /** The number of open items there, and whether any is overdue. */
  open?: (office: Office) => Promise<{ count: number; bad: boolean }>;
}

/** Readers who ask at the same time share the answer. */
const openAtDesk = sharedReading(async (office) => {
  const { count, overdue } = await openCounted({ office });
  return { count, bad: overdue };
});

/** The navigation. */
export const nav: { title?: Bilingual; links: Place[] }[] = [
  {
    links: [
      { href: '/', label: both('ホーム', 'Home'), may: 'home:read' },
      { href: '/ask', label: both('関所に聞く', 'Ask the checkpoint'), may: 'checkpoint:ask' },
      { href: '/living-policy', label: both('生きた方針', 'Living policy'), may: 'policy:read' },
      { href: '/guide', label: guideWords.title, may: 'home:read' },
    ],
  },
  {
    title: both('仕事', 'Work'),
    links: [
      { href: '/ledger', label: both('台帳', 'Ledger'), may: 'ledger:read' },
      { href: '/desk', label: both('窓口', 'Desk'), may: 'requests:read', open: openAtDesk },
      { href: '/people', label: both('本人', 'People'), may: 'people:search' },
      {
        href: '/acquisitions',
        label: both('取得', 'Acquisitions'),
        may: 'records:read',
        or: { href: '/acquisitions/new', may: 'people:acquire' },
      },
      { href: '/provisions', label: both('提供の記録', 'Provisions'), may: 'records:read' },
      { href: '/packages', label: both('提供ファイル', 'Packages'), may: 'packages:read' },
      {
        href: '/consents',
        label: both('同意', 'Consents'),
        may: 'records:read',
        or: { href: '/consents/new', may: 'consents:write' },
      },
      { href: '/related', label: both('個人関連情報', 'Related information'), may: 'ledger:read' },
      { href: '/recipients', label: both('提供先', 'Recipients'), may: 'ledger:read' },
      { href: '/joint-uses', label: both('共同利用', 'Joint uses'), may: 'ledger:read' },
      { href: '/countries', label: both('外国の制度', 'Foreign systems'), may: 'ledger:read' },
      { href: '/transmissions', label: both('外部送信', 'Transmissions'), may: 'ledger:read' },
      { href: '/judgements', label: both('管理者の判断', 'Judgements'), may: 'records:read' },
    ],
  },
  {
    title: both('体制', 'Organisation'),
    links: [
      { href: '/staff', label: both('従業者', 'Staff'), may: 'staff:read' },
      { href: '/systems', label: both('システム', 'Systems'), may: 'staff:read' },
      { ...AUTHORITY, may: 'staff:read' },
      { href: '/log', label: both('記録の検証', 'Log'), may: 'log:read' },
      { href: '/keys', label: keyWords.title, may: 'keys:read' },
    ],
  },
];

/** Where a place leads for this actor; null when they may not go there at all. */
function placeFor(gate: AccessGate, actor: Actor, { href, may, or }: Place): string | null {
  if (gate.authorise(actor, may).allowed) return href;
  return or && gate.authorise(actor, or.may).allowed ? or.href : null;
}

const linkTo = async (office: Office, { label, open }: Place, href: string, lang: Lang) => ({
  href,
  label: label[lang],
  ...(open ? await open(office) : {}),
});

/** The frame of a page: only the places its reader may go to, and the versions in use. */
export async function frameOf(
  office: Office,
  gate: AccessGate,
  c: Context<Env>,
): Promise<Omit<Frame, 'may' | 'typed'>> {
  const lang = c.get('lang');
  const actor = c.get('actor');
  const inForce = await policyInForce(office, office.clock.today());
  const company = inForce?.policy.operator.short_name[lang] ?? '';
  const staff = actor.kind === 'staff';
  const groups = await Promise.all(
    nav.map(async ({ title, links }) => ({
      ...(title ? { title: title[lang] } : {}),
      links: await Promise.all(
        links.flatMap((place) => {
          const href = placeFor(gate, actor, place);
          return href === null ? [] : [linkTo(office, place, href, lang)];
        }),
      ),
    })),
  );
  return {
    lang,
    company,
    ...(staff ? { user: { name: actor.name, role: roleNames(actor.roles, lang), links: [accountLink(lang)] } } : {}),
    nav: { groups: groups.filter(({ links }) => links.length > 0) },
    footer: staff ? [...(await footerOf(office, lang, inForce?.version)), printedBy(office, actor.name)] : [],
    csrf: c.get('csrf'),
  };
}

const accountLink = (lang: Lang) => ({ label: both('アカウント', 'Account')[lang], href: '/account' });

/** When a sheet was printed, and by whom. */
const printedBy = ({ clock }: Office, name: string) => ({ label: `${stamp(clock.now())}　${name}`, paper: true });

async function footerOf(office: Office, lang: Lang, version: number | undefined): Promise<Frame['footer']> {
  const last = await lastCheck(office.database);
  const today = office.clock.today();
  const verified = last
    ? both(
        `記録の検証 ${momentFrom(today, last.at.getTime(), 'ja')} ${last.check.ok ? '一致' : '不一致'}`,
        `Log checked ${momentFrom(today, last.at.getTime(), 'en')}: ${last.check.ok ? 'intact' : 'does not agree'}`,
      )
    : both('記録の検証 まだ', 'Log not checked yet');
  return [
    {
      label:
        version === undefined
          ? both('施行中の方針なし', 'No policy in force')[lang]
          : both(`方針 第${version}版`, `Policy version ${version}`)[lang],
    },
    { label: both(`法令データ ${LAW_VERSION}`, `Law data ${LAW_VERSION}`)[lang] },
    { label: verified[lang] },
    { label: both('公表している方針', 'Published policy')[lang], href: '/policy' },
  ];
}
