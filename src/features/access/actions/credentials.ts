// Makes passwords, tokens and recovery codes. None of them is ever kept: the database gets hashes only.

import { randomBytes, randomInt } from 'node:crypto';
import { hash as hashPassword } from '@node-rs/argon2';
import { turns } from '../../../platform/turns.ts';
import * as facts from '../facts/credentials.ts';

/** argon2id with the first of OWASP's recommended parameters (19 MiB, 2 passes, 1 lane). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * A place to hash a password in. Hashing holds a thread of Node's pool for a tenth of a second, and files, names of hosts and compression need the
 * same threads: two of the four stay free for them. Those who wait are through in seconds, whoever would wait longer is refused.
 */
export const hashing = turns({ atOnce: 2, places: 50 });

export const newPassword = (password: string): Promise<string> =>
  hashing((turn) => turn(() => hashPassword(facts.normalPassword(password), ARGON2ID)));

export const newToken = (): string => randomBytes(32).toString('base64url');

/** 160 bits, as RFC 4226 recommends. */
export const newAuthenticator = (): Buffer => randomBytes(20);

const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes of ten letters, 49 bits each, without letters that look alike. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = Array.from({ length: 10 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });

/** Makes an API token. The prefix lets scanners recognise one that was published by mistake. */
export const newApiToken = (): string => `sks_${newToken()}`;

/** The API token of an Authorization header; undefined when there is none. */
export const apiTokenOf = (authorization: string): string | undefined =>
  /^Bearer +(sks_[A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1];
