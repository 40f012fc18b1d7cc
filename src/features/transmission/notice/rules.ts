// What may run: the register of the site, what this visitor chose, and what their browser asks for, put together. Unknown is never yes.

import type { PublicRegister } from '../facts.ts';
import type { Kept } from './memory.ts';

/** What is known so far. */
export interface Known {
  /** Undefined until it has arrived. */
  register?: PublicRegister;
  kept?: Kept | undefined;
  /** The browser asks by Global Privacy Control. */
  gpc: boolean;
}

/** The tags a visitor has a say in. */
export const choosable = ({ tags }: PublicRegister): string[] =>
  tags.filter(({ choice }) => choice !== 'notice').map(({ code }) => code);

/** Whether what is kept answers what is asked now. */
export const answers = ({ register, kept, gpc }: Known): boolean =>
  register !== undefined &&
  kept !== undefined &&
  kept.notice === register.notice &&
  kept.gpc === gpc &&
  choosable(register).every((code) => kept.allowed.includes(code) || kept.refused.includes(code));

/** Whether a tag may run now. A refusal outlives a new version of what is told; a permission does not, nor does one that is not recorded. */
export function mayRun({ register, kept, gpc }: Known, code: string): boolean {
  const tag = register?.tags.find((one) => one.code === code);
  if (!register || !tag) return false;
  if (tag.choice === 'notice') return true;
  if (gpc || kept?.refused.includes(code)) return false;
  return tag.choice === 'opt-out' || (!!kept?.sent && kept.notice === register.notice && kept.allowed.includes(code));
}

/** `*.ads.example.com/tag` against an address: the host, those below it after `*.`, and the beginning of the path. */
function matches({ host, pathname }: URL, pattern: string): boolean {
  const [, below, name, path = ''] = /^(\*\.)?([^/]+)(\/.*)?$/.exec(pattern)!;
  return (host === name || (!!below && host.endsWith(`.${name}`))) && pathname.startsWith(path);
}

/** The tag an address belongs to. */
export const codeOf = ({ tags, blocked }: PublicRegister, url: URL): string | undefined =>
  [...blocked, ...tags].find(({ patterns }) => patterns.some((pattern) => matches(url, pattern)))?.code;
