// Writes dist/client.d.ts for users of the client, with every type spelled out, because the sources it is inferred from need the server's own
// packages and compiler settings. Runs before the package is packed.

import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ensureBuilt } from './built.mjs';

const root = path.resolve(import.meta.dirname, '..');
const entry = path.join(root, 'src', 'client.ts');
/** No type of ours is this deep; one that is must refer to itself. */
const DEEPEST = 60;

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [entry] }, ts.sys, root);
const program = ts.createProgram([entry], options);
const checker = program.getTypeChecker();

const has = (flags, flag) => (flags & flag) !== 0;
const fileOf = (symbol) => symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
const isOurs = (symbol) => fileOf(symbol).startsWith(path.join(root, 'src') + path.sep);
const isOfLanguage = (symbol) => /\/(typescript\/lib\/lib\.|@types\/node\/)/.test(fileOf(symbol));
const list = (types) => (types?.length ? `<${types.map(print).join(', ')}>` : '');

/** Names of the members of a feature's exchange types: `LedgerJson["holding"]`. */
const members = new Map();
/** Declarations by name, in the order in which they are first needed. */
const declared = new Map();

/** The name of a type of ours; its declaration is then written too. */
function nameOf(type) {
  const isInterface = type.symbol && has(type.symbol.flags, ts.SymbolFlags.Interface);
  const symbol = type.aliasSymbol ?? (isInterface ? type.symbol : undefined);
  if (!symbol || !isOurs(symbol)) return undefined;
  declare(symbol);
  return symbol.name + list(type.aliasSymbol ? type.aliasTypeArguments : checker.getTypeArguments(type));
}

function declare(symbol) {
  const { name } = symbol;
  const before = declared.get(name);
  if (before && before.symbol !== symbol) throw new Error(`two types are named ${name}`);
  if (before) return;
  const declaration = { symbol, text: '' };
  declared.set(name, declaration);
  const generics = symbol.declarations.flatMap(({ typeParameters = [] }) => typeParameters.map((one) => one.getText()));
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  declaration.text = `export type ${name}${generics.length ? `<${generics.join(', ')}>` : ''} = ${spell(type, name)};`;
}

const print = (type) => members.get(type) ?? nameOf(type) ?? spell(type);

/**
 * A union such as `A
 * B`, from its original members so that their names are kept.
 */
function union(type) {
  const types = type.origin?.types ?? type.types;
  const booleans = types.filter((one) => has(one.flags, ts.TypeFlags.BooleanLiteral));
  if (booleans.length < 2) return types.map(print).join(' | ');
  return [...types.filter((one) => !booleans.includes(one)).map(print), 'boolean'].join(' | ');
}

const arrayOf = (text) => (/^\w+$/.test(text) ? `${text}[]` : `(${text})[]`);

function property(symbol, within) {
  const optional = has(symbol.flags, ts.SymbolFlags.Optional);
  const type = checker.getTypeOfSymbol(symbol);
  const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(symbol.name) ? symbol.name : JSON.stringify(symbol.name);
  const said = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll('\n', ' ');
  // Where a member is declared, its type cannot be given by the member's own name.
  const text = members.get(type) === memberName(within, symbol) ? spell(type) : print(type);
  return `\n${said ? `/** ${said} */\n` : ''}${name}${optional ? '?' : ''}: ${text};`;
}

const memberName = (of, { name }) => `${of}[${JSON.stringify(name)}]`;

function signature(of) {
  const generics = of.typeParameters?.map((one) => `${one.symbol.name} extends ${print(one.getConstraint())}`) ?? [];
  const given = of.parameters.map((one, i) => {
    const { name, questionToken, initializer } = one.valueDeclaration;
    const text = ts.isIdentifier(name) ? name.text : `given${i}`;
    return `${text}${questionToken || initializer ? '?' : ''}: ${print(checker.getTypeOfSymbol(one))}`;
  });
  return `(${generics.length ? `<${generics.join(', ')}>` : ''}(${given.join(', ')}) => ${print(of.getReturnType())})`;
}

function tuple(type) {
  const parts = checker.getTypeArguments(type).map((one, i) => {
    return has(type.target.elementFlags[i], ts.ElementFlags.Rest) ? `...${arrayOf(print(one))}` : print(one);
  });
  return `[${parts.join(', ')}]`;
}

/** An object type. `within`: the name under which it is declared. */
function object(type, within) {
  if (checker.isTupleType(type)) return tuple(type);
  const { symbol } = type;
  if (checker.isArrayType(type)) {
    const text = arrayOf(print(checker.getTypeArguments(type)[0]));
    return symbol.name === 'ReadonlyArray' ? `(readonly ${text})` : text;
  }
  if (symbol && isOfLanguage(symbol)) {
    if (has(symbol.flags, ts.SymbolFlags.Function)) return `typeof ${symbol.name}`;
    // Older compilers have no type parameter on this one.
    if (symbol.name === 'Uint8Array') return symbol.name;
    if (has(symbol.flags, ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) {
      const given = checker.getTypeArguments(type);
      const told = given.findLastIndex((one) => !has(one.flags, ts.TypeFlags.Any)) + 1;
      return symbol.name + list(given.slice(0, told));
    }
  }
  const [call] = type.getCallSignatures();
  if (call) return signature(call);
  const index = checker.getIndexInfosOfType(type).map((one) => `[of: ${print(one.keyType)}]: ${print(one.type)};`);
  return `{ ${[...index, ...type.getProperties().map((one) => property(one, within))].join(' ')} }`;
}

let depth = 0;

/** A type spelled out, whatever its name. */
function spell(type, within = '') {
  if (depth > DEEPEST) throw new Error('a type that has no name refers to itself');
  depth += 1;
  try {
    if (has(type.flags, ts.TypeFlags.IndexedAccess)) return `${print(type.objectType)}[${print(type.indexType)}]`;
    if (type.isUnion() && !has(type.flags, ts.TypeFlags.Boolean)) return union(type);
    // To users of the client, a branded string is a string.
    if (type.isIntersection() && type.types.some((one) => has(one.flags, ts.TypeFlags.String))) return 'string';
    const isObject = type.isIntersection() || has(type.flags, ts.TypeFlags.Object);
    return isObject ? object(type, within) : checker.typeToString(type);
  } finally {
    depth -= 1;
  }
}

/** The declarations of everything the client exports. */
function clientTypes() {
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))
    .map((one) => (has(one.flags, ts.SymbolFlags.Alias) ? checker.getAliasedSymbol(one) : one));
  for (const symbol of exported.filter(({ name }) => name.endsWith('Json'))) {
    for (const member of checker.getDeclaredTypeOfSymbol(symbol).getProperties()) {
      const type = checker.getTypeOfSymbol(member);
      if (has(type.flags, ts.TypeFlags.Object) && !type.aliasSymbol && !members.has(type))
        members.set(type, memberName(symbol.name, member));
    }
  }
  const functions = exported.filter(({ flags }) => has(flags, ts.SymbolFlags.Function));
  for (const symbol of exported) if (!functions.includes(symbol)) declare(symbol);
  members.set(checker.getDeclaredTypeOfSymbol(declared.get('Sekisho').symbol), 'Sekisho');
  const text = [
    '// Made from src/client.ts by scripts/client-types.mjs.',
    ...[...declared.values()].map(({ text }) => text),
    ...functions.map((one) => `export declare const ${one.name}: ${spell(checker.getTypeOfSymbol(one))};`),
  ].join('\n');
  return ts.createPrinter().printFile(ts.createSourceFile('client.d.ts', text, ts.ScriptTarget.Latest));
}

await ensureBuilt();
fs.writeFileSync(path.join(root, 'dist', 'client.d.ts'), clientTypes());
