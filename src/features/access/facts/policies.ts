// The company's access policies (Cedar): reading and checking the file, asking it, and the table of what each role may do. Pure.

import {
  type DetailedError,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { type Action, actions, type Actor, roles } from '../../../base/actor.ts';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import { StartProblem } from '../../../platform/start-problem.ts';

export interface Authority {
  allowed: boolean;
  /** Ids of the policies that determined the answer. */
  policies: readonly string[];
}

/** An access policy in the form in which people read it. */
export interface AccessRule {
  id: string;
  /** Name and note from its annotations, in both languages even where only one is written; null where there are none. */
  name: Bilingual | null;
  note: Bilingual | null;
  forbids: boolean;
  /** It has conditions (`when`, `unless`). */
  conditional: boolean;
  /** Its Cedar source. */
  text: string;
}

/** The columns of the table of authority: a member of staff with this role alone, or a system whose token names every action. */
export const holders = [...roles, 'system'] as const;

export type Holder = (typeof holders)[number];

/** What the policies say about a holder and an action. */
export interface Right {
  says: 'yes' | 'depends' | 'no';
  /** Ids of the rules that say so, or on whose conditions it depends. */
  rules: readonly string[];
}

export type Rights = Readonly<Record<Action, Readonly<Record<Holder, Right>>>>;

export interface AccessPolicies {
  /** The source of the file. */
  text: string;
  /** Asks the policies. `openAccess` makes it remember the answers. */
  decide(actor: Actor, action: Action, purpose?: string): Authority;
  /** The actions a token may carry: those that the policies would allow to some system. */
  systemActions: readonly Action[];
  /** In file order. */
  rules: readonly AccessRule[];
  /** The table of authority: the answers of the policies for every holder and action. */
  rights: Rights;
}

const quoted = (texts: readonly string[]): string => texts.map((t) => JSON.stringify(t)).join(', ');

/** The Cedar schema that the policies are checked against. Built from the code's own roles and actions, so that it cannot differ from them. */
const schema = `
  entity Role enum [${quoted(roles)}];
  entity Staff in [Role];
  entity System;
  entity Office;
  action ${quoted(actions)} appliesTo {
    principal: [Staff, System], resource: [Office],
    context: { action: String, actions: Set<String>, purposes: Set<String>, purpose?: String }
  };`;

/** Line number of an offset, which Cedar gives in bytes of UTF-8. */
const lineAt = (text: string, byte: number | undefined): number =>
  Buffer.from(text)
    .subarray(0, byte ?? 0)
    .toString()
    .split('\n').length;

function refusePolicies(file: string, line: number, reason: string): never {
  throw new StartProblem(
    `アクセスの方針 ${file} の${line}行目を直してください：${reason}`,
    `Correct line ${line} of the access policies ${file}: ${reason}`,
  );
}

function refuseFirst(file: string, text: string, errors: readonly DetailedError[]): void {
  const first = errors
    .map((e) => ({ e, line: lineAt(text, e.sourceLocations?.[0]?.start) }))
    .toSorted((a, b) => a.line - b.line)[0];
  if (!first) return;
  const { message, help, sourceLocations } = first.e;
  const more = help ?? sourceLocations?.[0]?.label;
  const plain = message.replace(/^for policy `policy\d+`[,:] /, '');
  refusePolicies(file, first.line, more ? `${plain} (${more})` : plain);
}

let loaded = 0;

/** Has Cedar keep the policies, parsed and under their ids. Returns the name under which it keeps them. */
function keep(named: Readonly<Record<string, string | PolicyJson>>, refuse: (errors: DetailedError[]) => void): string {
  const name = `access-${(loaded += 1)}`;
  const kept = preparsePolicySet(name, { staticPolicies: { ...named } });
  if (kept.type === 'failure') refuse(kept.errors);
  return name;
}

interface Written {
  rule: AccessRule;
  json: PolicyJson;
}

/** The text of the annotations `…_ja` and `…_en`. */
function annotated({ annotations = {} }: PolicyJson, key: string): Bilingual | null {
  const [ja, en] = [annotations[`${key}_ja`], annotations[`${key}_en`]];
  const text = ja || en;
  return text ? both(ja || text, en || text) : null;
}

/** Refuses policies that name unknown roles or actions. */
function checkWords(text: string, file: string): void {
  const checked = validate({ schema, policies: { staticPolicies: text } });
  refuseFirst(file, text, checked.type === 'failure' ? checked.errors : checked.validationErrors.map((v) => v.error));
}

/** The policies of a file in file order, each with its own `@id`. `check`: an additional check of the text. */
function prepare(text: string, file: string, check?: typeof checkWords): Written[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') refuseFirst(file, text, parts.errors);
  if (parts.type === 'failure' || parts.policy_templates.length > 0) {
    refusePolicies(file, 1, 'templates are not used here');
  }
  check?.(text, file);
  // Cedar returns them in no particular order.
  const placed = parts.policies.map((policy) => ({ policy, at: Math.max(0, text.indexOf(policy)) }));
  const written: Written[] = [];
  for (const { policy, at } of placed.toSorted((a, b) => a.at - b.at)) {
    const read = policyToJson(policy);
    const line = text.slice(0, at).split('\n').length;
    const id = read.type === 'success' ? read.json.annotations?.id : undefined;
    if (read.type === 'failure' || !id || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
      refusePolicies(file, line, 'a policy needs an @id such as @id("desk-answers")');
    if (written.some(({ rule }) => rule.id === id)) refusePolicies(file, line, `@id("${id}") is given twice`);
    const { json } = read;
    const [name, note] = [annotated(json, 'name'), annotated(json, 'note')];
    const conditional = json.conditions.length > 0;
    written.push({ json, rule: { id, name, note, forbids: json.effect === 'forbid', conditional, text: policy } });
  }
  return written;
}

/** Asks the policies that Cedar keeps under a name. */
function ask(preparsedPolicySetId: string, actor: Actor, action: Action, purpose?: string): Authority {
  if (actor.kind !== 'staff' && actor.kind !== 'system') return { allowed: false, policies: [] };
  const staff = actor.kind === 'staff';
  const principal = { type: staff ? 'Staff' : 'System', id: actor.id };
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource: { type: 'Office', id: 'sekisho' },
    context: {
      action,
      actions: staff ? [] : [...actor.actions],
      purposes: staff ? [] : [...actor.purposes],
      ...(purpose === undefined ? {} : { purpose }),
    },
    preparsedPolicySetId,
    entities: [{ uid: principal, attrs: {}, parents: staff ? actor.roles.map((id) => ({ type: 'Role', id })) : [] }],
  });
  if (answer.type === 'failure') throw new Error('Cedar could not read its question');
  const { decision, diagnostics } = answer.response;
  // A policy that failed to evaluate might have forbidden the act, so nothing is allowed then.
  return {
    allowed: decision === 'allow' && diagnostics.errors.length === 0,
    policies: diagnostics.reason.toSorted(),
  };
}

const anySystem: Actor = { kind: 'system', id: 'any', name: '', token: '', purposes: [], actions };

const actorOf = (holder: Holder): Actor =>
  holder === 'system' ? anySystem : { kind: 'staff', id: '', name: '', roles: [holder] };

/** The right that follows from the rules about a holder and an action, whatever their conditions. A forbidding rule wins, as in Cedar. */
function rightOf(speaking: readonly AccessRule[]): Right {
  const forbids = speaking.filter((rule) => rule.forbids);
  const permits = speaking.filter((rule) => !rule.forbids);
  const always = (rules: readonly AccessRule[]) => rules.filter(({ conditional }) => !conditional);
  const said = (says: Right['says'], rules: readonly AccessRule[]): Right => ({
    says,
    rules: rules.map(({ id }) => id),
  });
  if (always(forbids).length > 0) return said('no', always(forbids));
  if (permits.length === 0) return said('no', []);
  return said(always(permits).length > 0 && forbids.length === 0 ? 'yes' : 'depends', speaking);
}

/** Finds out which rules apply to which holder and action by asking Cedar with the conditions removed. */
function readRights(written: readonly Written[]): Rights {
  const scope = (json: PolicyJson): PolicyJson => ({ ...json, effect: 'permit', conditions: [] });
  const scopes = keep(Object.fromEntries(written.map(({ rule, json }) => [rule.id, scope(json)])), () => {
    throw new Error('Cedar could not read its own policies');
  });
  const right = (holder: Holder, action: Action): Right => {
    const spoken = ask(scopes, actorOf(holder), action).policies;
    return rightOf(written.flatMap(({ rule }) => (spoken.includes(rule.id) ? [rule] : [])));
  };
  return Object.fromEntries(
    actions.map((action) => [action, Object.fromEntries(holders.map((holder) => [holder, right(holder, action)]))]),
  ) as Rights;
}

/** Reads and checks policies written in Cedar. Throws StartProblem with the line and the reason when they cannot be relied on. */
export function readAccessPolicies(text: string, file: string): AccessPolicies {
  const written = prepare(text, file, checkWords);
  const named = Object.fromEntries(written.map(({ rule }) => [rule.id, rule.text]));
  const kept = keep(named, (errors) => refuseFirst(file, text, errors));
  const decide: AccessPolicies['decide'] = (...asked) => ask(kept, ...asked);
  let open: readonly Action[] | undefined;
  let rights: Rights | undefined;
  return {
    text,
    decide,
    rules: written.map(({ rule }) => rule),
    // Computed on first use: asking so many questions would delay every start.
    get systemActions() {
      return (open ??= actions.filter((action) => decide(anySystem, action).allowed));
    },
    get rights() {
      return (rights ??= readRights(written));
    },
  };
}

/** The rules of former policies, which may name roles or actions that no longer exist; null where Cedar no longer reads them. */
export function rulesOnce(text: string): readonly AccessRule[] | null {
  try {
    return prepare(text, '').map(({ rule }) => rule);
  } catch (error) {
    if (error instanceof StartProblem) return null;
    throw error;
  }
}

/** The ids of the rules that later policies added, changed and removed; empty lists are left out. */
export type PolicyChanges = Partial<Record<'rules_added' | 'rules_changed' | 'rules_removed', string[]>>;

export function changesOf(before: readonly AccessRule[], after: readonly AccessRule[]): PolicyChanges {
  const textOf = (rules: readonly AccessRule[]) => new Map(rules.map(({ id, text }) => [id, text]));
  const [had, has] = [textOf(before), textOf(after)];
  const changes = {
    rules_added: [...has.keys()].filter((id) => !had.has(id)),
    rules_changed: [...has].flatMap(([id, text]) => (had.has(id) && had.get(id) !== text ? [id] : [])),
    rules_removed: [...had.keys()].filter((id) => !has.has(id)),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, ids]) => ids.length > 0));
}
