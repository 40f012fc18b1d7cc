// People in a test office: the checkpoint open over the real policy and ledger, holdings registered, persons acquired through the real
// actions. Everybody is fictional.

import path from 'node:path';
import type { Actor } from '../src/base/actor.ts';
import type { Outcome } from '../src/base/outcome.ts';
import { recordsKept } from '../src/app/records.ts';
import { acquire } from '../src/features/acquisition/index.ts';
import { partReceipt } from '../src/features/acquisition/facts.ts';
import type { By } from '../src/features/access/index.ts';
import {
  find,
  openCheckpoint,
  recordIn,
  type StandingFacts,
  type StandingHolding,
  type StandingPolicy,
} from '../src/features/checkpoint/index.ts';
import { judge } from '../src/features/consultation/index.ts';
import { recordConsent, useRegister, type RecordAsk } from '../src/features/consent/actions/consents.ts';
import { startText, writeText } from '../src/features/consent/actions/texts.ts';
import type { Shown } from '../src/features/consent/facts/consent.ts';
import { loadTexts, registerRequest, specify, standingStops, type Case } from '../src/features/desk/index.ts';
import { consentsNaming, objectionsTo } from '../src/features/consent/index.ts';
import { changesSpeakingOf, holdings, registerHolding, type HoldingInput } from '../src/features/ledger/index.ts';
import { policyInForce, type RestingOn } from '../src/features/policy/index.ts';
import { assureRecipient } from '../src/features/recipients/actions/assurance.ts';
import { registerRecipient } from '../src/features/recipients/actions/recipient.ts';
import type { AssuranceInput, RecipientInput } from '../src/features/recipients/facts/register.ts';
import { day, type Day } from '../src/base/day.ts';
import { parameters, type ReceiptFacts, type StopArticle } from '../src/law/index.ts';
import { personKeys, sealBeside, type SearchTerm } from '../src/vault/index.ts';
import type { TestDatabase } from './house.ts';
import type { Queryable } from '../src/platform/database/index.ts';
import type { TestOffice } from './office.ts';
import type { Room } from '../src/features/access/index.ts';

/** An office with the ids of its staff by role. */
type House = Pick<TestOffice, 'office' | 'staff'>;

export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

/**
 * Opens the checkpoint with the policy in force, the ledger and the sentences of the letters. The policy may promise more or leave the opt-out
 * open. Returns a function that closes it.
 */
export async function openTestCheckpoint(
  { office }: Pick<TestOffice, 'office'>,
  {
    optOutOpen = false,
    ...more
  }: Pick<StandingPolicy, 'provisionApprovedBy' | 'securityPurposeBy' | 'itemLimits'> & { optOutOpen?: boolean } = {},
): Promise<() => Promise<void>> {
  await loadTexts(office, path.resolve('policies/example'));
  const load = async (on: Queryable): Promise<StandingFacts> => {
    const inForce = await policyInForce(office, office.clock.today(), on);
    const suspensions = await standingStops(on);
    if (!inForce) return { policy: null, holdings: [], suspensions };
    const { operator, purposes } = inForce.policy;
    return {
      policy: {
        version: inForce.version,
        purposes: purposes.map(({ id, clause, label }) => ({ id, clause: String(clause), says: label })),
        channels: operator.acquisition_channels.map(({ id, written }) => ({ id, written })),
        indicationPromisedBy: '17',
        sourcePromisedBy: '8',
        ...(optOutOpen ? {} : { optOutClosedBy: '19' }),
        ...more,
      },
      holdings: await holdings(office, on),
      suspensions,
    };
  };
  return openCheckpoint(office, load, useRegister, recordsKept);
}

/** What rests on the wording of purposes, looked up as the app does. */
export const restingOn: RestingOn = async (on, { policy, purposes }) => ({
  changes: await changesSpeakingOf(on, { policy, purposes }),
  consents: await consentsNaming(on, purposes),
  objections: await objectionsTo(on, purposes),
});

export const officerOf = (house: House): Actor => ({
  kind: 'staff',
  id: house.staff.officer!,
  name: '関口 真理',
  roles: ['officer'],
});

/** Inserts holdings into the ledger as a test states them to the checkpoint: the ledger must know a holding before a person is acquired into it. */
export const registerAsStated = async (
  { owner }: Pick<TestDatabase, 'owner'>,
  stated: readonly StandingHolding[],
): Promise<void> => {
  for (const [i, { id, name, purposes, items, channels, state }] of stated.entries())
    await owner.query(
      `INSERT INTO holdings (id, code, name_ja, name_en, department, manager, purposes, items, place, retention, channels, principals,
         access, state, registered_at, confirmed_at)
       VALUES ($1, $2, $3, $4, '例示部', $1, $5, $6, '東京', '{"years": 1}', $7, '{customer}', '例示部', $8, now(), now())`,
      [id, `L-${String(i + 1).padStart(3, '0')}`, name.ja, name.en, purposes, JSON.stringify(items), channels, state],
    );
};

/** Registers a holding and returns its id. */
export async function addHolding(
  house: House & Pick<TestOffice, 'access'>,
  more: Partial<HoldingInput> = {},
): Promise<string> {
  const by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const input: HoldingInput = {
    name: { ja: 'メールマガジンの読者', en: 'Newsletter readers' },
    department: '営業推進部',
    manager: house.staff.officer!,
    purposes: ['P3'],
    items: ['name', 'name_kana', 'email', 'phone', 'postal_code', 'address', 'company', 'note'],
    place: '会員管理システム（東京）',
    retention: { years: 3, from: '最後の配信' },
    channels: ['web-form', 'oral', 'indirect'],
    principals: ['customer'],
    access: '営業推進部',
    ...more,
  };
  return valueOf(await registerHolding(house, by, input)).id;
}

/**
 * Acquires a person into a holding, or adds to one already kept there; for all its purposes or those given. Returns the ids of the person and of
 * the acquisition.
 */
export async function addPerson(
  house: House,
  holding: string,
  items: Record<string, string>,
  principal?: string,
  purposes?: readonly string[],
): Promise<{ principal: string; acquisition: string }> {
  const seen = principal && (await recordIn(house.office.database, principal, holding))?.version;
  const acquired = valueOf(
    await acquire(house.office, byOfficer(house), {
      holding,
      channel: 'oral',
      source: 'principal',
      purposes: purposes ?? (await holdings(house.office)).find((one) => one.id === holding)!.purposes,
      items,
      ...(principal ? { principal } : {}),
      ...(seen ? { seen } : {}),
    }),
  );
  return { principal: acquired.record.principal, acquisition: acquired.record.id };
}

export const byOfficer = (house: House): By => ({ actor: officerOf(house), authority: ['officer-all-work'] });

/** Registers a recipient in Japan that is a third party, or as `more` says; returns its id. */
export async function addRecipient(
  house: House,
  more: Partial<RecipientInput> = {},
  ...assured: AssuranceInput[]
): Promise<string> {
  const input: RecipientInput = {
    kind: 'corporation',
    name: '株式会社共同企画',
    address: '大阪府例示市中町2-3-4',
    representative: '共同 太郎',
    country: 'JP',
    relations: ['third-party'],
    ...more,
  };
  const { id } = valueOf(await registerRecipient(house.office, byOfficer(house), input));
  for (const one of assured) valueOf(await assureRecipient(house.office, byOfficer(house), id, one));
  return id;
}

/** An entrustment whose every condition is met (APPI 25). */
export const entrusted: AssuranceInput = {
  kind: 'entrustment',
  reference: '業務委託契約 2026-014',
  from: '2026-04-01',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
};

/** An opt-out under which the law allows a provision (27(2)), once the officer has judged that there was time to object. */
export const filedOptOut = {
  announcedOn: day('2026-10-01'),
  listed: parameters.optOutFields.value,
  filedOn: day('2026-10-01'),
  stopsOnRequest: true,
  acquiredUnlawfully: false,
  receivedByOptOut: false,
  coversItems: true,
  objected: false,
};

/** The officer judges that the persons in a holding had time to object to an opt-out. */
export const judgeInTime = ({ office, staff }: House, holding: string): Promise<string> =>
  judge(office, byOfficer({ office, staff }), {
    code: 'timeToObject',
    holding_id: holding,
    purpose: null,
    answer: true,
    why: '知らせてから2か月あった',
    until_day: day('2099-12-31'),
  });

let texts = 0;

/**
 * Adds a consent text in force since spring: these items of a holding to these recipients for a purpose or, without a recipient, their use for it.
 * Abroad with the information shown.
 */
export async function addConsentText(
  house: House,
  of: {
    holding: string;
    recipients: string[];
    items: string[];
    purpose?: string;
    purposes?: string[];
    shown?: Shown;
    code?: string;
  },
): Promise<{ code: string; version: number }> {
  const code = of.code ?? `consent-${++texts}`;
  const written = valueOf(
    await writeText(house.office, byOfficer(house), {
      code,
      kind: of.shown ? 'provision-abroad' : of.recipients.length > 0 ? 'provision' : 'use',
      ...(of.recipients.length > 0
        ? {
            name: { ja: '共催者への提供', en: 'Provision to the partner' },
            wording: {
              ja: '上の項目を共催者に渡すことに同意します。',
              en: 'I consent to the items going to the partner.',
            },
          }
        : {
            name: { ja: '目的の追加', en: 'Another purpose' },
            wording: {
              ja: '上の項目をこの目的にも使うことに同意します。',
              en: 'I consent to the items being used for this too.',
            },
          }),
      purposes: of.purposes ?? [of.purpose ?? 'P3'],
      holding: of.holding,
      items: of.items,
      recipients: of.recipients,
      abroad: of.shown !== undefined,
      shown: of.shown ?? {},
    }),
  );
  const { version } = written;
  valueOf(await startText(house.office, byOfficer(house), { code, version, from: day('2026-04-01') }));
  return { code, version };
}

/** Records that a person consented to a text on a day, on paper; returns the id of the consent. */
export async function addConsent(
  house: House,
  principal: string,
  text: { code: string; version: number },
  on: Day = day('2026-11-20'),
  more: Partial<RecordAsk> = {},
): Promise<string> {
  const asked: RecordAsk = {
    principal,
    text,
    language: 'ja',
    given: { on, at: null },
    givenBy: 'principal',
    representative: null,
    channel: 'web-form',
    method: 'paper',
    note: null,
    evidence: '同意書つづり 2026-3',
    shown: null,
    ...more,
  };
  return valueOf(await recordConsent(house.office, byOfficer(house), asked)).row.id;
}

/**
 * Stops something for a person from a day on, as carrying out a request does in the end: a use for these purposes, or a provision to these
 * recipients only.
 */
export async function addStop(
  { office, access, db, ...house }: Pick<TestOffice, 'office' | 'access' | 'db' | 'staff'>,
  principal: string,
  stops: 'use' | 'provision',
  article: StopArticle,
  reach: { purposes?: string[]; recipients?: string[]; on?: string } = {},
): Promise<void> {
  const on = reach.on ?? '2026-12-01';
  const { case: one } = valueOf(
    await registerRequest({ office, access }, byOfficer({ office, ...house }), {
      kind: stops === 'use' ? 'stop-use' : 'stop-provision',
      scope: 'customer',
      arrivedOn: day(on),
      channel: 'letter',
      lang: 'ja',
      sender: { name: '例示 花子', address: '東京都例示区1-2-3', email: '' },
      says: '',
      another: true,
    }),
  );
  await db.owner.query(
    `INSERT INTO suspensions (request_id, principal_id, stops, purposes, recipients, article, from_day, entry_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [
      one.row.id,
      principal,
      stops,
      reach.purposes ?? null,
      reach.recipients ?? null,
      article,
      on,
      one.events[0]!.entry_id,
    ],
  );
}

/** What the desk checks about a person who asks for themselves, without the day. */
export const askedThemselves = {
  requester: 'principal',
  represents: null,
  documents: ['driving-licence'],
  authority: [],
  checked: ['name', 'address', 'valid'],
  numbersCovered: true,
} as const;

/** Specifies the person a request is about, as a clerk does after looking at the one person who matches the terms. */
export async function specifyFound(
  desk: Room,
  by: By,
  id: string,
  step: { seen: number },
  terms: readonly SearchTerm[],
): Promise<Outcome<Case>> {
  const ask = { terms, holding: null };
  const [only] = valueOf(await find(desk.office, by, ask));
  return specify(desk, by, id, step, { terms, principals: only ? [only.principal] : [] });
}

/** Stores the particulars of a private individual who gave the information as an earlier version did: under the key of the person it is about. */
export async function storeAsFormerly(
  owner: Queryable,
  { vault }: Pick<House['office'], 'vault'>,
  { id, principal, receipt }: { id: string; principal: string; receipt: ReceiptFacts | null },
): Promise<void> {
  const key = (await personKeys(owner, [principal])).get(principal)!;
  const sealed = sealBeside(vault, key, { principal, of: id }, partReceipt(receipt!).particulars!);
  await owner.query('UPDATE acquisitions SET sealed = $2 WHERE id = $1', [id, sealed]);
  await owner.query('DELETE FROM acquisition_providers WHERE id = $1', [id]);
}

/** A collection of what readers of a web site looked at, which can be linked to persons in a holding. */
export const readersSite = (holding: string) => ({
  name: { ja: '読者サイトの閲覧履歴' },
  source: 'site' as const,
  place: '読者サイト',
  searchable: true,
  communications: false,
  holding,
  items: [{ code: 'note', label: { ja: '閲覧の履歴' }, tells: 'nobody' as const }],
});

/** A bought collection, and a receipt from it about a person on a consent that the provider obtained for us. */
export const boughtHistory = (holding: string) => ({
  collection: { ...readersSite(holding), name: { ja: '広告会社の閲覧履歴' }, source: 'third-party' as const },
  facts: {
    provider: {
      kind: 'corporation',
      country: 'JP',
      name: '例示広告株式会社',
      address: '例示町3-3',
      representative: '広告 太郎',
    },
    basis: 'consent',
    links: true,
    substitute: { namesUs: true, namesItems: true, evidenceSeen: true },
    record: { mode: 'each' },
  } as const,
});
