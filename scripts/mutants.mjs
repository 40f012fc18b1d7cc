// Mutants of a source text: every comparison flipped, every condition removed. All are written into one text, each behind the global `$mutant(id)`,
// so that the text is compiled and loaded only once. No file is changed.

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
/** Methods that ask a question, each with its opposite if it is a quantifier. */
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
/** An optional chain is only mutated as a whole: with a part in parentheses, it would no longer stop at undefined. */
const isTop = (node) => !(inChain(node.parent) && node.parent.expression === node);

function links(node) {
  const found = [];
  for (let at = node; at && inChain(at); at = at.expression) if (at.questionDotToken) found.push(at);
  return found;
}

const within = (node) => (ts.isParenthesizedExpression(node) ? within(node.expression) : node);

/** All operands of `a && b && c`. */
const operands = (node, kind) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === kind ? [...operands(node.left, kind), node.right] : [node];

/** In `x !== undefined && x < y` the first part is only for the compiler, because nothing compares as less or greater than undefined. */
function isOnlyForTheCompiler(part, later, text) {
  const { left, right, operatorToken: sign } = within(part);
  if (sign?.kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken || text(right) !== 'undefined') return false;
  return later.map(within).some(
    (one) =>
      ts.isBinaryExpression(one) && // a flip of two makes an order of days or counts
      flipped.get(one.operatorToken.kind)?.length === 2 &&
      [text(one.left), text(one.right)].includes(text(left)),
  );
}

function ofJoined(node, text) {
  const kind = node.operatorToken.kind;
  // Part of a longer chain, which is mutated as a whole.
  if (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === kind && node.parent.left === node)
    return [];
  const parts = operands(node, kind);
  const sign = ` ${node.operatorToken.getText()} `;
  return parts
    .filter((part, at) => !isOnlyForTheCompiler(part, parts.slice(at + 1), text))
    .map((part) =>
      parts
        .filter((other) => other !== part)
        .map(text)
        .join(sign),
    );
}

function ofBinary(node, text) {
  const { left, right } = node;
  const kind = node.operatorToken.kind;
  if (flipped.has(kind)) return flipped.get(kind).map((sign) => `${text(left)} ${sign} ${text(right)}`);
  if (joined.has(kind)) return ofJoined(node, text);
  return tests.has(kind) ? [`!(${text(node)})`] : [];
}

/** `x?.y` without its question mark: the dot stays before a name and goes before an index or a call. */
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

/** What an expression may be replaced with, as texts. */
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

/** The text with all its mutants, numbered from `first`, and a description of each: `{ id, file, line, was, becomes }`, lines from 1. */
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
