// Whether what is decided can be carried out. The rooms that will do it are asked before the decision, so that nobody waits for what never comes
// (34(3), 35(7), 36). A problem names its place in the plan.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { emailHolders, itemProblems } from '../../../vault/index.ts';
import { sharingProblems, standing, type KnownHolding } from '../../checkpoint/index.ts';
import { recipientOf } from '../../recipients/index.ts';
import { ownerIn, placed, withPlaces } from '../facts/place.ts';
import type { HoldingItems } from '../facts/event.ts';
import type { Request } from '../facts/request.ts';
import type { Result } from '../facts/result.ts';
import type { EffectRow } from '../tables.ts';
import { isUntold, measuresOf } from './measures.ts';
import { abroadOnSystem, keptAboutAll } from './there.ts';
import type { Plan } from './decide.ts';

const says = {
  changes: both('直す項目と内容を書いてください', 'Write what is to be changed'),
  strange: both('集めた情報にない台帳です', 'This is not among what was collected'),
  unheld: both('この人の情報に、この項目はありません', 'No such item is held about this person'),
  taken: both('消去では、新しい内容を書けません', 'An erasure cannot set new content'),
  twice: both('同じ項目に、違う内容が書かれています', 'Two different values are given for this item'),
  emptied: both(
    'この台帳の項目がすべてなくなります。すべてをなくすには、消去の請求として受け付けて決めてください',
    'Nothing would be left in this holding. To remove everything, register and decide it as a request for erasure',
  ),
  allGone: both(
    'この人の情報がすべてなくなります。すべて消去するときは、「調べて分かったこと」で、一部だけではないと答えてください',
    'Nothing about the person would be left. To erase everything, answer under “What was found out” that it is not only a part',
  ),
  email: both(
    'このメールアドレスを使う人が、この台帳にほかにもいます。同じ人かを確かめ、別の人なら、アドレスを共に使う別の人だと示してください',
    'Somebody else in this holding has this e-mail address. Make sure whether it is the same person; if not, state that it is another person who shares it',
  ),
  sharing: both(
    'このメールアドレスを使う人が、示された人と違います。いま使っている全員について、別の人かを確かめてください',
    'The people who use this e-mail address are not those you named. Check, for everybody who uses it now, that it is a different person',
  ),
  purposes: both(
    '止める利用目的を、方針にあるものから選んでください',
    'Choose the purposes to stop from those of the policy',
  ),
  recipients: both(
    '止める提供先を、登録されたものから選んでください',
    'Choose the recipients to stop from the register',
  ),
  measures: both('代わりの措置を書いてください', 'Write the measures taken instead'),
  untold: both(
    '知らせない項目を、知らせるもののなかから選んでください。すべてを知らせないときは、「調べて分かったこと」で、一部だけではないと答えてください',
    'Choose what is not told from what there is to tell. To tell nothing, answer under “What was found out” that it is not only a part',
  ),
  done: both(
    '前の決定のうち、すでに実施したものは外せません。同じ内容で含めてください',
    'What was already carried out under the earlier decision cannot be left out. Include it with the same content',
  ),
} satisfies Record<string, Bilingual>;

type Changes = NonNullable<Plan['changes']>;

/** The changes merged into one for each holding, as they are carried out. */
export function mergedChanges(changes: Changes): Changes {
  const merged = new Map<string, Changes[number]>();
  for (const change of changes) {
    const before = merged.get(change.holding);
    merged.set(change.holding, { ...before, ...change, items: { ...before?.items, ...change.items } });
  }
  return [...merged.values()];
}

/** Items that are given two different contents. */
const twice = (changes: Changes): FieldProblem[] =>
  changes.flatMap(({ holding, items }, i) =>
    Object.entries(items)
      .filter(([code, value]) =>
        changes.slice(0, i).some((one) => one.holding === holding && code in one.items && one.items[code] !== value),
      )
      .map(([code]) => ({ field: `changes.${i}.items.${code}`, says: says.twice })),
  );

interface Changing {
  office: Office;
  request: Request;
  place: string;
  holding: KnownHolding;
  /** Codes of what is held about the person in it. */
  held: readonly string[];
  change: Changes[number];
  /** Path of the change, for its problems. */
  at: string;
}

/** The problem of a new e-mail address that others have, unless each of them is said to be somebody else; `at` is its place. */
async function sharedProblems({ office, request, place, holding, change, at }: Changing): Promise<FieldProblem[]> {
  const stray = sharingProblems(change).map(({ says: why }) => ({ field: `${at}.sharesEmailWith`, says: why }));
  const { items, sharesEmailWith } = change;
  if (stray.length > 0 || typeof items.email !== 'string') return stray;
  const having = await emailHolders(office.database, office.vault, { holding: holding.id, email: items.email });
  const others = having.filter((one) => one !== ownerIn(request, place));
  const named = new Set(sharesEmailWith);
  if (named.size === others.length && others.every((one) => named.has(one))) return [];
  return [{ field: `${at}.items.email`, says: says[sharesEmailWith ? 'sharing' : 'email'] }];
}

async function itemsProblems(changing: Changing): Promise<FieldProblem[]> {
  const { office, request, holding, held, change } = changing;
  const { items } = change;
  const at = `${changing.at}.items`;
  const given = Object.fromEntries(Object.entries(items).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
  const out = Object.keys(items).filter((code) => items[code] === null);
  const strange = out
    .filter((code) => !held.includes(code))
    .map((code) => ({ field: `${at}.${code}`, says: says.unheld }));
  if (request.kind === 'erasure' && Object.keys(given).length > 0) return [{ field: at, says: says.taken }];
  const wrong = Object.keys(given).length > 0 ? itemProblems(given, holding.items, at, office.clock.today()) : [];
  if (strange.length + wrong.length > 0) return [...strange, ...wrong];
  const left = new Set([...held.filter((code) => !out.includes(code)), ...Object.keys(given)]);
  // An erasure may remove whole holdings (`goneProblems`).
  if (left.size === 0 && request.kind !== 'erasure') return [{ field: at, says: says.emptied }];
  return sharedProblems(changing);
}

/** The problem of an erasure in part that would leave nothing of an id of the person: that is an erasure of everything. */
function goneProblems(kept: readonly HoldingItems[], changes: Changes): FieldProblem[] {
  const taken = mergedChanges(changes);
  const isGone = ({ holding, items }: HoldingItems): boolean => {
    const change = taken.find((one) => one.holding === holding);
    return change !== undefined && items.every((code) => change.items[code] === null);
  };
  const gone = (principal: string | undefined): boolean =>
    kept.filter((one) => one.principal === principal).every(isGone);
  return changes.flatMap(({ holding }, i) => {
    const place = kept.find((one) => one.holding === holding);
    return place && gone(place.principal) ? [{ field: `changes.${i}.items`, says: says.allGone }] : [];
  });
}

async function changeProblems(
  office: Office,
  request: Request,
  { changes = [], done }: { changes: Changes | undefined; done: ReadonlySet<string> },
): Promise<FieldProblem[]> {
  if (!changes.some(({ items }) => Object.keys(items).length > 0)) return [{ field: 'changes', says: says.changes }];
  const doubled = twice(changes);
  if (doubled.length > 0) return doubled;
  const { holdings } = withPlaces(await standing(office), request);
  const kept = placed(await keptAboutAll(office, request.specified?.principals ?? []), request.collected);
  const problems: FieldProblem[] = [];
  for (const change of mergedChanges(changes)) {
    const { holding: id } = change;
    if (done.has(`correct:${id}`)) continue;
    const i = changes.findIndex((one) => one.holding === id);
    const holding = holdings.get(id);
    const held = kept.find((one) => one.holding === id && one.principal === ownerIn(request, id))?.items;
    const collected = request.collected?.holdings.some((one) => one.holding === id) ?? false;
    problems.push(
      ...(holding && held && collected
        ? await itemsProblems({ office, request, place: id, holding, held, change, at: `changes.${i}` })
        : [{ field: `changes.${i}.holding`, says: says.strange }]),
    );
  }
  return problems.length === 0 && request.kind === 'erasure' ? goneProblems(kept, changes) : problems;
}

async function purposeProblems(office: Office, ids: readonly string[] = []): Promise<FieldProblem[]> {
  const { purposes } = await standing(office);
  return ids.length > 0 && ids.every((id) => purposes.has(id)) ? [] : [{ field: 'purposes', says: says.purposes }];
}

async function recipientProblems(office: Office, ids: readonly string[] = []): Promise<FieldProblem[]> {
  const found = await Promise.all(ids.map((id) => recipientOf(office, id)));
  return ids.length > 0 && found.every(({ ok }) => ok) ? [] : [{ field: 'recipients', says: says.recipients }];
}

/** Of what is to be told of measures abroad, only a part that is named may be kept back (Rules 18(3)). */
async function untoldProblems(office: Office, request: Request, plan: Plan): Promise<FieldProblem[]> {
  const abroad = await abroadOnSystem(office, request.specified?.principals ?? []);
  const all = await measuresOf(office, abroad);
  const named = (plan.untold ?? []).flatMap(({ recipient, items }) => items.map((item) => ({ recipient, item })));
  const known = named.every((one) => all.some((of) => of.recipient === one.recipient && of.item === one.item));
  const left = all.filter((one) => !isUntold(plan, one)).length;
  return known && named.length > 0 && left > 0 ? [] : [{ field: 'untold', says: says.untold }];
}

/** Whether other measures are taken as the substitute of 35, and not because a law requires the data to be kept. */
const isSubstitute = (finding: Finding): boolean =>
  finding.answer === 'no' && finding.duties.some((duty) => duty.do === 'take-alternative-measures');

/** The parts of a plan that cannot be carried out; `done` are the steps done already. */
export async function planProblems(
  office: Office,
  request: Request,
  { result, finding }: { result: Result; finding: Finding },
  { plan, done }: { plan: Plan; done: ReadonlySet<string> },
): Promise<FieldProblem[]> {
  const { kind } = request;
  if (isSubstitute(finding) && !plan.measures?.trim()) return [{ field: 'measures', says: says.measures }];
  if (result !== 'granted' && result !== 'partly') return [];
  const part = result === 'partly';
  if (kind === 'correction' || (kind === 'erasure' && part))
    return changeProblems(office, request, { changes: plan.changes, done });
  if (kind === 'foreign-information' && part) return untoldProblems(office, request, plan);
  if (kind === 'stop-use' && part) return purposeProblems(office, plan.purposes);
  return kind === 'stop-provision' && part ? recipientProblems(office, plan.recipients) : [];
}

const sameItems = (a: Changes[number]['items'] = {}, b: Changes[number]['items'] = {}): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((code) => a[code] === b[code]);

/** What was done under the earlier decision and is not in the new one. The person is told of what was done, so it must stay decided. */
export function doneProblems(
  effects: readonly Pick<EffectRow, 'step'>[],
  before: Plan,
  { plan, acts }: { plan: Plan; acts: boolean },
): FieldProblem[] {
  const itemsIn = ({ changes = [] }: Plan, id: string) => changes.find(({ holding }) => holding === id)?.items;
  const stays = (step: string): [boolean, string] => {
    const [what, of = '', id = ''] = step.split(/[:/@]/);
    const place = step.slice(`${what}:`.length);
    if (what === 'correct') return [sameItems(itemsIn(before, place), itemsIn(plan, place)), 'changes'];
    if (what === 'tell') return [plan.tell?.includes(of) === true, 'tell'];
    if (of === 'purpose') return [plan.purposes?.includes(id) === true, 'purposes'];
    if (of === 'recipient') return [plan.recipients?.includes(id) === true, 'recipients'];
    // What was erased or stopped as a whole can no longer be decided otherwise.
    return [false, 'event'];
  };
  const gone = effects.map(({ step }) => stays(step)).filter(([is]) => !acts || !is);
  return [...new Set(gone.map(([, field]) => field))].map((field) => ({ field, says: says.done }));
}
