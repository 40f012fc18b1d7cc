// Decides what may run, from the site's register, the visitor's choice and the browser's GPC signal. Unknown is never yes.

import type { PublicRegister } from '../facts.ts';
import type { Kept } from './memory.ts';

/** What is known so far. */
export interface Known {
  /** Undefined until it arrives. */
  register?: PublicRegister;
  kept?: Kept | undefined;
  /** True when the browser sends Global Privacy Control. */
  gpc: boolean;
}

/** Codes of the tags that a visitor can choose about. */
export const choosable = ({ tags }: PublicRegister): string[] =>
  tags.filter(({ choice }) => choice !== 'notice').map(({ code }) => code);

/** True when the stored choice answers what the visitor would be asked now. */
export const answers = ({ register, kept, gpc }: Known): boolean =>
  register !== undefined &&
  kept !== undefined &&
  kept.notice === register.notice &&
  kept.gpc === gpc &&
  choosable(register).every((code) => kept.allowed.includes(code) || kept.refused.includes(code));

/** True when a tag may run now. A refusal outlives a new version of the notice; a permission does not, and counts only once it is on record. */
export function mayRun({ register, kept, gpc }: Known, code: string): boolean {
  const tag = register?.tags.find((one) => one.code === code);
  if (!register || !tag) return false;
  if (tag.choice === 'notice') return true;
  if (gpc || kept?.refused.includes(code)) return false;
  return tag.choice === 'opt-out' || (!!kept?.sent && kept.notice === register.notice && kept.allowed.includes(code));
}

/** Matches an address against a pattern such as `*.ads.example.com/tag`: the host, with `*.` also hosts below it, and the beginning of the path. */
function matches({ host, pathname }: URL, pattern: string): boolean {
  const [, below, name, path = ''] = /^(\*\.)?([^/]+)(\/.*)?$/.exec(pattern)!;
  return (host === name || (!!below && host.endsWith(`.${name}`))) && pathname.startsWith(path);
}

/** Returns the code of the tag that an address belongs to. */
export const codeOf = ({ tags, blocked }: PublicRegister, url: URL): string | undefined =>
  [...blocked, ...tags].find(({ patterns }) => patterns.some((pattern) => matches(url, pattern)))?.code;
