// Canonical JSON (RFC 8785): each value has exactly one text, so a hash of the text is a hash of the value. A value without a canonical form is
// refused, and no message repeats a value.

/** The values accepted here. Numbers are safe integers only; undefined members are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };

/** The RFC 8785 text of a value. Throws TypeError for a value that has none: fractions, NaN, lone surrogates, class instances. */
export function canonical(value: Json): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON: only safe integers');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as { readonly [member: string]: Json | undefined });
    default:
      throw new TypeError(`canonical JSON: ${typeof value} has no form`);
  }
}

/** Printable ASCII without quote and backslash needs no escaping. Nearly every text of the log is of this kind, and this runs on every access. */
const plain = /^[ !#-[\]-~]*$/;

/** A lone surrogate. `isWellFormed` would find it too, but browsers from before 2023 lack it. */
const lone = /\p{Surrogate}/u;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (lone.test(text)) throw new TypeError('canonical JSON: lone surrogate');
  return JSON.stringify(text);
}

function list(values: readonly Json[]): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i ? ',' : '') + canonical(values[i] as Json);
  return `${out}]`;
}

function members(object: { readonly [member: string]: Json | undefined }): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('canonical JSON: only plain objects');
  let out = '{';
  // The default sort order is by UTF-16 code unit, as RFC 8785 section 3.2.3 requires.
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) out += `${out === '{' ? '' : ','}${quoted(name)}:${canonical(value)}`;
  }
  return `${out}}`;
}
