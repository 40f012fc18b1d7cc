// Checks the parts of a policy against each other: what is named exists, and what is stated as a fact stands in a clause.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { waysToPay } from './desk.ts';
import { type Clause, feeKinds, matters, type Policy, type PolicyFile } from './shape.ts';

export const problem = (field: string, ja: string, en: string): FieldProblem => ({ field, says: both(ja, en) });

export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, p) => (typeof p === 'number' ? `${text}[${p}]` : text ? `${text}.${String(p)}` : String(p)),
    '',
  );

export const at = (file: string, path: readonly PropertyKey[]): string =>
  path.length ? `${file}: ${pathText(path)}` : file;

/** Checks the files against each other: numbers and ids are unique, and everything named exists. */
export function crossCheck(policy: Policy): FieldProblem[] {
  return [
    ...twice(
      'clauses.yaml',
      'clauses',
      'no',
      policy.clauses.map((c) => c.no),
    ),
    ...twice(
      'sections.yaml',
      'sections',
      'id',
      policy.sections.map((s) => s.id),
    ),
    ...twice(
      'purposes.yaml',
      'purposes',
      'id',
      policy.purposes.map((p) => p.id),
    ),
    ...twice(
      'promises.yaml',
      'promises',
      'id',
      policy.promises.map((p) => p.id),
    ),
    ...twice(
      'measures.yaml',
      'measures',
      'group',
      policy.measures.map((m) => m.group),
    ),
    ...checkLimits(policy),
    ...checkSections(policy),
    ...policy.clauses.flatMap((c, i) => checkClause(policy, c, i)),
    ...checkPromises(policy),
    ...checkClauseNumbers(policy),
    ...checkTexts(policy),
    ...checkOptOut(policy),
    ...checkFee(policy),
    ...checkTax(policy),
    ...checkIdentityPapers(policy),
  ];
}

/** Checks the fee: cash requires visits, and where each kind has its own amount, the kinds listed must be those with an amount. */
function checkFee({ operator }: Policy): FieldProblem[] {
  const { amount_yen: amount, kinds } = operator.fee;
  const ways = waysToPay(operator);
  const priced = typeof amount === 'number' ? kinds : feeKinds.filter((kind) => amount[kind] !== undefined);
  const differ = feeKinds.some((kind) => kinds.includes(kind) !== priced.includes(kind));
  return [
    ...(ways.includes('cash') && !operator.desk.visits
      ? [
          problem(
            at('operator.yaml', ['fee', 'paid_by']),
            '窓口で受け取るのは、desk.visits が true のときだけです',
            'Cash can be paid at the desk only where desk.visits is true',
          ),
        ]
      : []),
    ...(new Set(ways).size < ways.length
      ? [problem(at('operator.yaml', ['fee', 'paid_by']), '同じものが2つあります', 'The same one is listed twice')]
      : []),
    ...(differ
      ? [
          problem(
            at('operator.yaml', ['fee', 'amount_yen']),
            '種類ごとに額を書くときは、kinds と同じ種類について書きます',
            'Where each kind has its own amount, write one for exactly the kinds listed in kinds',
          ),
        ]
      : []),
  ];
}

/** Checks that each rule lists every paper once, and at least as many as it requires. */
const checkIdentityPapers = ({ operator }: Policy): FieldProblem[] =>
  (operator.identity_papers ?? []).flatMap(({ count, of }, i) =>
    new Set(of).size === of.length && count <= of.length
      ? []
      : [
          problem(
            at('operator.yaml', ['identity_papers', i, 'of']),
            'count の数以上の書類を、重複なく書きます',
            'List each paper once, and no fewer than count',
          ),
        ],
  );

/** Without opt-out, some clause must say that provision is limited to consent and the like: refusals cite it. */
function checkOptOut({ operator: { provision_bases, stated_in }, clauses }: Policy): FieldProblem[] {
  const closing = ['no-opt-out', 'consent-before-provision'];
  const isStated =
    stated_in['opt-out'].length > 0 || clauses.some((c) => c.promises.some((id) => closing.includes(id)));
  if (provision_bases.includes('27(2)') || isStated) return [];
  return [
    problem(
      at('operator.yaml', ['stated_in', 'opt-out']),
      '第三者への提供を同意のあるときなどに限る条項の番号を書きます。オプトアウトを使うなら、provision_bases に 27(2) を加えます',
      'Name the clause that limits provision to third parties to cases of consent and the like; or, if opt-out is used, add 27(2) to provision_bases',
    ),
  ];
}

function twice(file: PolicyFile, list: string, key: string, values: readonly (string | number)[]): FieldProblem[] {
  return values.flatMap((v, i) =>
    values.indexOf(v) === i
      ? []
      : [problem(at(file, [list, i, key]), '同じものが2つあります', 'The same one is listed twice')],
  );
}

function checkSections(policy: Policy): FieldProblem[] {
  return policy.sections.flatMap((s, i) => {
    if (s.parent === undefined) return [];
    const above = policy.sections.slice(0, i).some((o) => o.id === s.parent);
    const field = at('sections.yaml', ['sections', i, 'parent']);
    return above
      ? []
      : [
          problem(
            field,
            '上の節（parent）が、これより前に書かれていません',
            'Its parent section does not come before it',
          ),
        ];
  });
}

/** The most letters by which an id may differ from the one that was meant. */
const MOST_EDITS = 2;

/** Number of letters to insert, delete or change to turn one text into the other. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const letter of one) {
    const next = [row[0]! + 1];
    for (let i = 0; i < other.length; i++)
      next.push(Math.min(next[i]! + 1, row[i + 1]! + 1, row[i]! + (letter === other[i] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}

function checkClause(policy: Policy, c: Clause, i: number): FieldProblem[] {
  const found: FieldProblem[] = [];
  const here = (...path: PropertyKey[]): string => at('clauses.yaml', ['clauses', i, ...path]);
  if (!policy.sections.some((s) => s.id === c.section))
    found.push(problem(here('section'), 'この節はありません', 'There is no such section'));
  else if (!c.section.startsWith(c.part))
    found.push(problem(here('part'), 'この節は、別の部のものです', 'The section belongs to another part'));
  c.promises.forEach((id, k) => {
    if (policy.promises.some((p) => p.id === id)) return;
    const near = policy.promises.find((p) => edits(p.id, id) <= MOST_EDITS)?.id;
    found.push(
      problem(
        here('promises', k),
        `promises.yaml に「${id}」という約束はありません${near ? `。「${near}」のことですか` : ''}`,
        `promises.yaml has no promise “${id}”${near ? `. Do you mean “${near}”?` : ''}`,
      ),
    );
  });
  c.marks?.forEach((m, k) => {
    if (!c.promises.includes(m.promise))
      found.push(
        problem(here('marks', k, 'promise'), 'この条項の約束ではありません', 'The clause does not make this promise'),
      );
    for (const lang of ['ja', 'en'] as const) {
      if (!c.text[lang].includes(m[lang]))
        found.push(problem(here('marks', k, lang), '本文にない言葉です', 'The text does not contain these words'));
    }
  });
  return found;
}

function checkPromises(policy: Policy): FieldProblem[] {
  const used = new Set(policy.clauses.flatMap((c) => c.promises));
  return policy.promises.flatMap((p, i) =>
    used.has(p.id)
      ? []
      : [
          problem(
            at('promises.yaml', ['promises', i, 'id']),
            'どの条項もこの約束をしていません',
            'No clause makes this promise',
          ),
        ],
  );
}

/** Checks that items are limited to purposes of this policy. */
const checkLimits = ({ operator, purposes }: Policy): FieldProblem[] =>
  (operator.item_limits ?? []).flatMap((limit, i) =>
    limit.purposes.flatMap((id, k) =>
      purposes.some((one) => one.id === id)
        ? []
        : [
            problem(
              at('operator.yaml', ['item_limits', i, 'purposes', k]),
              'この目的は purposes.yaml にありません',
              'purposes.yaml has no such purpose',
            ),
          ],
    ),
  );

/** A place in a file, and the clause number it names. */
type Naming = [field: string, no: number];

/** The clause numbers that the items of a list name. */
const namings = <T>(
  file: PolicyFile,
  path: PropertyKey[],
  items: readonly T[],
  noOf: (item: T) => number,
  key: PropertyKey[] = [],
): Naming[] => items.map((item, i) => [at(file, [...path, i, ...key]), noOf(item)]);

/** Checks every clause number named in another file. */
function checkClauseNumbers(policy: Policy): FieldProblem[] {
  const { operator: o, jointUses: j } = policy;
  const itself = (no: number): number => no;
  const clauseOf = (item: { clause: number }): number => item.clause;
  const named: Naming[] = [
    ...namings('purposes.yaml', ['purposes'], policy.purposes, clauseOf, ['clause']),
    ...namings('operator.yaml', ['forms'], o.forms, clauseOf, ['clause']),
    ...namings('operator.yaml', ['fee', 'clauses'], o.fee.clauses, itself),
    ...namings('operator.yaml', ['fee', 'printed_under'], o.fee.printed_under, itself),
    ...namings('operator.yaml', ['desk', 'clauses'], o.desk.clauses, itself),
    ...namings('operator.yaml', ['item_limits'], o.item_limits ?? [], clauseOf, ['clause']),
    ...matters.flatMap((m) => namings('operator.yaml', ['stated_in', m], o.stated_in[m], itself)),
    ...policy.measures.flatMap((m, i) => namings('measures.yaml', ['measures', i, 'clauses'], m.clauses, itself)),
    ...(j === 'none'
      ? []
      : [
          ...namings('joint-uses.yaml', ['notice_items'], j.notice_items, clauseOf, ['clause']),
          [at('joint-uses.yaml', ['changes', 'clause']), j.changes.clause] satisfies Naming,
        ]),
  ];
  const numbers = new Set(policy.clauses.map((c) => c.no));
  return named
    .filter(([, no]) => !numbers.has(no))
    .map(([field]) => problem(field, 'この番号の条項はありません', 'There is no clause with this number'));
}

/** Facts must appear word for word in the clauses they come from, so that the page, the rules and the forms say the same. */
function checkTexts(policy: Policy): FieldProblem[] {
  const { operator: o, jointUses: j, purposes } = policy;
  const stated: { field: string; clause: number; text: Bilingual }[] = [
    ...purposes.map((p, i) => ({ ...p, field: at('purposes.yaml', ['purposes', i, 'text']) })),
    ...o.forms.map((f, i) => ({ ...f, field: at('operator.yaml', ['forms', i, 'title']), text: f.title })),
    ...(j === 'none' ? [] : j.notice_items).map((n, i) => ({
      ...n,
      field: at('joint-uses.yaml', ['notice_items', i, 'text']),
    })),
    ...o.desk.clauses.flatMap((clause) => [
      { clause, field: at('operator.yaml', ['desk', 'name']), text: o.desk.name },
      { clause, field: at('operator.yaml', ['desk', 'address']), text: o.desk.address },
    ]),
  ];
  return [
    ...checkAmounts(policy),
    ...stated.flatMap(({ field, clause: no, text }) => {
      const clause = policy.clauses.find((c) => c.no === no);
      const same = !clause || (clause.text.ja.includes(text.ja) && clause.text.en.includes(text.en));
      return same
        ? []
        : [
            problem(
              field,
              `条項${no}の本文に、これと同じ文がありません`,
              `The text of clause ${no} does not contain this word for word`,
            ),
          ];
    }),
  ];
}

/** Each clause listed as printing the fee must print one of its amounts, and together these clauses must print every amount. */
function checkAmounts({ operator, clauses }: Policy): FieldProblem[] {
  const { amount_yen: amount, clauses: printing } = operator.fee;
  const amounts = [...new Set(typeof amount === 'number' ? [amount] : Object.values(amount))].map((yen) =>
    yen.toLocaleString('en-US'),
  );
  const prints = (no: number, yen: string): boolean => {
    const clause = clauses.find((one) => one.no === no);
    return !clause || (clause.text.ja.includes(`${yen}円`) && clause.text.en.includes(`${yen} yen`));
  };
  const field = at('operator.yaml', ['fee', 'amount_yen']);
  return [
    ...printing
      .filter((no) => !amounts.some((yen) => prints(no, yen)))
      .map((no) =>
        problem(field, `条項${no}の本文に、この額がありません`, `The text of clause ${no} does not give this amount`),
      ),
    ...amounts
      .filter((yen) => amounts.length > 1 && printing.length > 0 && !printing.some((no) => prints(no, yen)))
      .map((yen) =>
        problem(
          field,
          `fee.clauses の条項の本文に、${yen}円がありません`,
          `No clause of fee.clauses gives ${yen} yen in its text`,
        ),
      ),
  ];
}

const taxOnTop = {
  ja: /税別|税抜|別途.{0,4}税|税.{0,4}別途/,
  en: /plus (?:consumption )?tax|excluding (?:consumption )?tax|tax (?:is )?(?:not included|excluded)|without tax/i,
};

/** A fee is stated in full: no clause that prints it may add a tax, because the amount of the tax is stated nowhere. */
function checkTax({ operator, clauses }: Policy): FieldProblem[] {
  return clauses.flatMap(({ no, text }, i) =>
    (['ja', 'en'] as const)
      .filter((lang) => operator.fee.clauses.includes(no) && taxOnTop[lang].test(text[lang]))
      .map((lang) =>
        problem(
          at('clauses.yaml', ['clauses', i, 'text', lang]),
          '手数料は、請求する人の支払う総額で示します（消費税法第63条）。税を含めた額にして、「1,000円（税込）」のように書きます。fee.amount_yen も同じ額にします',
          'A fee is stated as the total that the requester pays (Consumption Tax Act 63). Write the amount with the tax in it, like “1,000 yen, tax included”, here and in fee.amount_yen',
        ),
      ),
  );
}
