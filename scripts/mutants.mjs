// Mutants of a source text: every comparison flipped, every condition removed. All of them are written into one text, each behind
// the global `$mutant(id)`, so that the text is compiled and loaded once. It never changes a file.

import ts from 'typescript';

const flipped = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
]);
const joined = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
const tests = new Set([ts.SyntaxKind.InKeyword, ts.SyntaxKind.InstanceOfKeyword]);
/** Methods that test something; the pair of one that quantifies. */
const asking = new Map([
  ['has', undefined],
  ['includes', undefined],
  ['startsWith', undefined],
  ['endsWith', undefined],
  ['test', undefined],
  ['isSafeInteger', undefined],
  ['isInteger', undefined],
  ['some', 'every'],
  ['every', 'some'],
]);

const inChain = (node) => (node.flags & ts.NodeFlags.OptionalChain) !== 0;
/** A chain is left alone but for its whole: a part put in parentheses would no longer end where it meets undefined. */
const isTop = (node) => !(inChain(node.parent) && node.parent.expression === node);

function links(node) {
  const found = [];
  for (let at = node; at && inChain(at); at = at.expression) if (at.questionDotToken) found.push(at);
  return found;
}

function ofBinary(node, text) {
  const { left, right } = node;
  const kind = node.operatorToken.kind;
  const [a, b] = [text(left), text(right)];
  if (flipped.has(kind)) return flipped.get(kind).map((sign) => `${a} ${sign} ${b}`);
  if (joined.has(kind)) return [a, b];
  return tests.has(kind) ? [`!(${text(node)})`] : [];
}

/** `x?.y` loses its question: before a name the dot stays, before an index or a call it goes. */
function ofChain(node, text) {
  return links(node).map((link) => {
    const token = link.questionDotToken;
    const whole = text(node);
    const from = token.getStart() - node.getStart();
    return whole.slice(0, from) + (ts.isPropertyAccessExpression(link) ? '.' : '') + whole.slice(from + 2);
  });
}

function ofCall(node, text) {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const name = callee.name.text;
  if (name === 'filter') return [text(callee.expression)];
  if (!asking.has(name)) return [];
  const pair = asking.get(name);
  const from = callee.name.getStart() - node.getStart();
  const whole = text(node);
  return [`!(${whole})`, ...(pair ? [whole.slice(0, from) + pair + whole.slice(from + name.length)] : [])];
}

const isCondition = ({ parent }, node) =>
  ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node) ||
  ((ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node);

/** What may stand in the place of an expression, as texts. */
function variants(node, text) {
  const found = [];
  if (isCondition(node, node)) {
    found.push('false');
    // A loop that never ends proves nothing.
    if (ts.isIfStatement(node.parent) || ts.isConditionalExpression(node.parent)) found.push('true');
  }
  if (ts.isCaseClause(node.parent) && node.parent.expression === node) found.push('NaN');
  if (ts.isBinaryExpression(node)) found.push(...ofBinary(node, text));
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    found.push(text(node.operand));
  if (isTop(node)) {
    found.push(...ofChain(node, text));
    if (ts.isCallExpression(node)) found.push(...ofCall(node, text));
  }
  return found;
}

const short = (text) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 87)}...` : line;
};

/**
 * The text with all its mutants, numbered from `first`, and what each of them is:
 * `{ id, file, line, was, becomes }`, lines from 1.
 */
export function instrument(file, text, first = 0) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const mutants = [];
  const plain = (node) => text.slice(node.getStart(), node.end);
  const print = (node) => {
    if (ts.isTypeNode(node)) return plain(node);
    const offered = ts.isExpression(node) && isTop(node) ? variants(node, plain) : [];
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const arms = offered.map((becomes) => {
      const id = first + mutants.length;
      mutants.push({ id, file, line, was: short(plain(node)), becomes: short(becomes) });
      return `$mutant(${id}) ? (${becomes}) : `;
    });
    let out = '';
    let at = node.getStart();
    ts.forEachChild(node, (child) => {
      out += text.slice(at, child.getStart()) + print(child);
      at = child.end;
    });
    out += text.slice(at, node.end);
    return arms.length > 0 ? `(${arms.join('')}(${out}))` : out;
  };
  return { code: print(source), mutants };
}
