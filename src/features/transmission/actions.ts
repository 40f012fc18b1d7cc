// Actions on the registers of external transmissions: register a site, change it or one of its tags, record a visitor's choice. Each tag is put to
// the law as it is written; without a yes, the site may not run it. Each act writes one version, or one choice, with its log entry.

import { actorRef } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { dayOf, addDays, type Day } from '../../base/day.ts';
import { isId, newId } from '../../base/id.ts';
import { conflict, done, fieldOutcome, invalid, notFound, type Outcome } from '../../base/outcome.ts';
import { decideTransmission, LAW_VERSION } from '../../law/index.ts';
import { appending, contentHash, decisionOf, logEntry, type LogEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { entryBy, type By } from '../access/index.ts';
import { numberToday } from '../policy/index.ts';
import {
  factsOf,
  MOST_TAGS,
  offeredProblems,
  publicOf,
  readSite,
  readTag,
  same,
  tagTold,
  toldTheSame,
  type Act,
  type ChoiceAsk,
  type ChoiceDay,
  type PublicRegister,
  type Register,
  type SiteContent,
  type SiteInput,
  type Tag,
  type TagContent,
  type TagInput,
} from './facts.ts';
import {
  allRegisters,
  allSites,
  answeredSites,
  choicesOf,
  choicesSince,
  countChoices,
  findRegister,
  findRegisterByCode,
  freeNotice,
  insertChoice,
  insertRegister,
  insertSite,
  namedSites,
  taggedSites,
  registerVersions,
  type AnsweredSite,
  type NamedSite,
  type SiteLine,
} from './store.ts';
import type { ChoiceRow } from './tables.ts';

const says = {
  code: both('この符号のサイトがあります', 'There is already a site with this code'),
  tagCode: both('この符号のタグがあります', 'The site already has a tag with this code'),
  version: both(
    'ほかの人が先に変えました。内容を確かめてから、もう一度保存してください',
    'Somebody else changed it first. Check what it says now, then save again',
  ),
  tags: both(`1つのサイトのタグは${MOST_TAGS}個までです`, `A site has at most ${MOST_TAGS} tags`),
  notice: both('お知らせの内容が変わりました。もう一度お選びください', 'The notice has changed. Please choose again'),
  n: both('この番号の選択は、別の内容で記録されています', 'A different choice is already recorded under this number'),
} satisfies Record<string, Bilingual>;

const noSite = notFound(both('このサイトはありません', 'There is no such site'));
const noTag = notFound(both('このタグはありません', 'There is no such tag'));

/** Returns the current register of every site, by code, including retired ones. */
export const registers = (office: Office): Promise<Register[]> => allRegisters(office.database);

/** Returns what the list of sites shows of every site, by code, including retired ones. */
export const sitesAnswered = (office: Office): Promise<AnsweredSite[]> => answeredSites(office.database);

/** Returns every current site, with its tags as a list shows them. */
export const tagsListed = (office: Office): ReturnType<typeof taggedSites> => taggedSites(office.database);

/** Returns what the search finds of every site and its tags. */
export const sitesNamed = (office: Office): Promise<NamedSite[]> => namedSites(office.database);

/** Returns the sites in use, by code. */
export const sitesInUse = async (office: Office): Promise<SiteLine[]> =>
  (await allSites(office.database)).filter(({ site }) => site.state === 'active');

export async function registerOf(office: Office, id: string): Promise<Outcome<Register>> {
  const found = isId(id) ? await findRegister(office.database, id) : null;
  return found ? done(found) : noSite;
}

/** Returns every version of a register, newest first. */
export const versionsOf = (office: Office, id: string): Promise<Register[]> => registerVersions(office.database, id);

/** Returns a site's register and what the public sees of it today; null when no site with this code is in use. */
export async function publicRegister(
  office: Office,
  code: string,
): Promise<{ register: Register; seen: PublicRegister } | null> {
  const register = await findRegisterByCode(office.database, code);
  if (!register || register.site.state !== 'active') return null;
  return { register, seen: publicOf(register, office.clock.today(), office.config.publicUrl) };
}

/** Puts a tag to the law and returns it with the decision. */
function decided(site: SiteContent, tag: TagContent & { publishedOn: Day }, on: Day, policy: number): Tag {
  const finding = decideTransmission(factsOf(site, tag, on), on);
  return { ...tag, decision: { finding, on, law: LAW_VERSION, policy } };
}

/** The contents of a version, beside the register's own numbers. */
type Next = Pick<Register, 'site' | 'tags'>;

/** Members of the log entry of a version. */
export const registerSaid = ({ id, code, version, notice, site, tags }: Register) => ({
  site: id,
  code,
  version,
  notice,
  answers: tags.map((one) => `${one.code}:${one.decision.finding.answer}`),
  sha256: contentHash({ site, tags }),
});

const entryOf = (office: Office, by: By, register: Register, tag?: Tag): LogEntry =>
  entryBy(
    by,
    office.clock.now(),
    `transmission:${tag ? 'tag' : register.act}`,
    {
      ...registerSaid(register),
      ...(tag ? { tag: tag.code, decision: decisionOf(tag.decision.finding, LAW_VERSION, tag.decision.policy) } : {}),
    },
    register.entryId,
  );

/** Registers a site without tags. `conflict` on `code`: it is already in use. */
export async function registerSite(office: Office, by: By, input: SiteInput): Promise<Outcome<Register>> {
  const { code, content, problems } = readSite(input);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const now = office.clock.now();
  const register: Register = {
    id: newId(now),
    code,
    version: 1,
    notice: await freeNotice(office.database, code),
    changedOn: dayOf(now),
    act: 'register',
    at: new Date(now),
    actor: actorRef(by.actor),
    site: content,
    tags: [],
    entryId: newId(now),
  };
  const logging = appending([{ key: register.entryId, entry: entryOf(office, by, register) }]);
  if (await insertSite(office.database, register, logging)) return done(register);
  const existing = await findRegisterByCode(office.database, code);
  return conflict('code', says.code, existing?.id);
}

const overtaken = (id: string) => conflict('version', says.version, id);

/** Returns the register; a conflict where its version is not `version`, the one that the caller has seen. */
async function current(office: Office, id: string, version: number): Promise<Outcome<Register>> {
  const found = await registerOf(office, id);
  return found.ok && found.value.version !== version ? overtaken(id) : found;
}

/** Writes the next version. Visitors are asked again when what they are told has changed. */
async function write(office: Office, by: By, before: Register, next: Next, tag?: Tag): Promise<Outcome<Register>> {
  const now = office.clock.now();
  const act: Act = same(contentOf(before), contentOf(next)) ? 'confirm' : 'change';
  const plain: Register = {
    ...before,
    ...next,
    version: before.version + 1,
    act,
    at: new Date(now),
    actor: actorRef(by.actor),
    entryId: newId(now),
  };
  const today = dayOf(now);
  const register = toldTheSame(before, plain, today)
    ? plain
    : {
        ...plain,
        notice: Math.max(before.notice + 1, await freeNotice(office.database, before.code)),
        changedOn: today,
      };
  const logging = appending([{ key: register.entryId, entry: entryOf(office, by, register, tag) }]);
  return (await insertRegister(office.database, register, logging)) ? done(register) : overtaken(before.id);
}

/** What people described, without the law's answer to it. */
const contentOf = ({ site, tags }: Next) => ({ site, tags: tags.map((tag) => ({ ...tag, decision: null })) });

/** Changes the description of a site and puts each of its tags to the law again. The code stays. */
export async function changeSite(
  office: Office,
  by: By,
  { id, version, input }: { id: string; version: number; input: Omit<SiteInput, 'code'> },
): Promise<Outcome<Register>> {
  const found = await current(office, id, version);
  if (!found.ok) return found;
  const { content, problems } = readSite({ ...input, code: found.value.code });
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const policy = await numberToday(office);
  const today = office.clock.today();
  const tags = found.value.tags.map((tag) => decided(content, tag, today, policy));
  return write(office, by, found.value, { site: content, tags });
}

export interface TagChange {
  /** Id of the site. */
  id: string;
  /** The version of the register that the caller has seen. */
  version: number;
  /** Code of the tag that is changed; absent for a new one. */
  tag?: string | undefined;
  input: TagInput;
}

/** Writes a new tag or changes one, and puts it to the law. The tag is kept whatever the answer; only a yes lets the site run it. */
export async function putTag(
  office: Office,
  by: By,
  { id, version, tag: code, input }: TagChange,
): Promise<Outcome<{ register: Register; tag: Tag }>> {
  const found = await current(office, id, version);
  if (!found.ok) return found;
  const { tags, site } = found.value;
  const before = tags.find((tag) => tag.code === code);
  if (code !== undefined && !before) return noTag;
  const { content, problems } = readTag(code === undefined ? input : { ...input, code });
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  if (!before && tags.some((tag) => tag.code === content.code)) return conflict('code', says.tagCode, id);
  if (!before && tags.length >= MOST_TAGS) return invalid('code', says.tags);
  const today = office.clock.today();
  const publishedOn = before && same(tagTold(before), tagTold(content)) ? before.publishedOn : today;
  const tag = decided(site, { ...content, publishedOn }, today, await numberToday(office));
  const next = before ? tags.map((one) => (one === before ? tag : one)) : [...tags, tag];
  const written = await write(office, by, found.value, { site, tags: next }, tag);
  return written.ok ? done({ register: written.value, tag }) : written;
}

/** The outcome of recording a choice. `full`: the site has already taken as many choices today as it may. */
export type Chosen = Outcome<ChoiceRow> | 'full';

const sameChoice = (a: ChoiceRow, b: ChoiceRow): boolean =>
  same(
    [a.site_id, a.notice, [...a.allowed].sort(), [...a.refused].sort(), a.gpc],
    [b.site_id, b.notice, [...b.allowed].sort(), [...b.refused].sort(), b.gpc],
  );

/**
 * Records a visitor's choice. `conflict` on `notice`: what the visitor was shown has changed since; on `n`: this browser has already made another
 * choice under this number. The same choice sent again is recorded once.
 */
export async function recordChoice(
  office: Office,
  { register, seen }: { register: Register; seen: PublicRegister },
  ask: ChoiceAsk,
): Promise<Chosen> {
  const stale = ask.notice !== register.notice;
  if (stale) return conflict('notice', says.notice);
  const wrong = fieldOutcome(offeredProblems(seen, ask));
  if (wrong) return wrong;
  const now = office.clock.now();
  const { id, n, notice, allowed, refused, language, gpc } = ask;
  const row: ChoiceRow = {
    id,
    n,
    entry_id: newId(now),
    site_id: register.id,
    at: new Date(now),
    on_day: dayOf(now),
    notice,
    allowed,
    refused,
    language,
    gpc,
  };
  const entry = logEntry(
    now,
    { kind: 'public' },
    'transmission:choose',
    { site: register.id, choice: id, n, notice, allowed, refused, gpc },
    row.entry_id,
  );
  const logging = appending([{ key: row.entry_id, entry }]);
  if (await insertChoice(office.database, row, register.site.choicesADay, logging)) return done(row);
  const earlier = (await choicesOf(office.database, id)).find((one) => one.n === n);
  if (!earlier) return 'full';
  return sameChoice(earlier, row) ? done(earlier) : conflict('n', says.n);
}

/** Returns the number of recorded choices of each kind by day, newest first, without days that have none; `from` and `to` are included. */
export const choicesByDay = (office: Office, site: string, from: Day, to: Day): Promise<ChoiceDay[]> =>
  countChoices(office.database, site, from, to);

/** Returns how many choices each site recorded in the last 30 days, by site id. */
export const recentChoices = (office: Office): Promise<Map<string, number>> =>
  choicesSince(office.database, addDays(office.clock.today(), -29));
