// What somebody signs in with: passwords, one-time codes, recovery codes, and the name and address of their account. Pure.

import { timingSafeEqual } from 'node:crypto';
import { generateSync, ScureBase32Plugin } from 'otplib';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { isAddress } from '../../../platform/mail.ts';

const MIN_PASSWORD = 12;

export const MAX_PASSWORD = 200;

const overused =
  /^(?:(?:my|the)?(?:pass ?word|passphrase|passwort|passcode|qwerty|qwertz|azerty|letmein|welcome|admin|administrator|root|user|login|secret|changeme|default|test|guest|master|monkey|dragon|iloveyou|football|baseball|sunshine|princess|company|sekisho|kanri|himitsu|nihon|japan|tokyo|sakura|samurai|arigatou?|konnichiwa|privacy|officer|kaisha|spring|summer|autumn|winter|haru|natsu|aki|fuyu))+$/;

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '012345678901234567890',
  'あいうえおかきくけこさしすせそたちつてと',
];

const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const backwards = (text: string): string => [...text].reverse().join('');

/** True when the text is an overused password, once digits at its ends and usual character replacements are undone. */
function isOverused(text: string): boolean {
  const bare = text.replace(/[^\p{L}\p{N}@$!]+/gu, '');
  const core = bare.replace(/^[\d!@$]+|[\d!@$]+$/g, '');
  const undone = (t: string): string => t.replace(/[013457@$!]/g, (c) => LOOKALIKES[c]!);
  return [core, undone(core), undone(bare), backwards(core)].some((t) => t === '' || overused.test(t));
}

/** True when at least two thirds of the text runs along the alphabet, the digits or a keyboard. */
function runsAlong(text: string): boolean {
  const chars = [...text];
  const pairs = new Set(
    rows.flatMap((row) => [row, backwards(row)]).flatMap((row) => [...row].map((c, i, all) => c + (all[i + 1] ?? ''))),
  );
  const running = chars.filter((c, i) => i > 0 && pairs.has(chars[i - 1]! + c)).length;
  return running >= (chars.length - 1) * (2 / 3);
}

/** The form in which a password is hashed, so that the same keys give the same password on every machine. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Why a new password is too weak, and what to do about it; null when it is good. `about`: the person's name and e-mail. */
export function passwordProblem(password: string, about: readonly string[]): Bilingual | null {
  const text = normalPassword(password).toLowerCase();
  const chars = [...text];
  if (chars.length < MIN_PASSWORD) return both('12文字以上にしてください', 'Use at least 12 characters');
  if (chars.length > MAX_PASSWORD) return both('200文字以下にしてください', 'Use at most 200 characters');
  if (new Set(chars).size < 6 || /^(.{1,6}?)\1+$/u.test(text)) {
    return both('同じ文字の繰り返しを減らしてください', 'Use more different characters');
  }
  if (runsAlong(text)) return both('並んだ文字や数字を避けてください', 'Avoid letters or digits in sequence');
  if (isOverused(text)) return both('よく使われる言葉を避けてください', 'Avoid commonly used words');
  const own = about
    .flatMap((part) =>
      part
        .normalize('NFKC')
        .toLowerCase()
        .split(/[\s@.　]+/),
    )
    .filter((part) => [...part].length >= 3);
  const left = own.reduce((rest, part) => rest.replaceAll(part, ''), text);
  if ([...left].length < MIN_PASSWORD / 2) {
    return both('名前やメールアドレス以外の文字も使ってください', 'Use more than your name or e-mail address');
  }
  return null;
}

/** Problems of a new password typed twice. `about` as above. */
export function newPasswordProblems(password: string, again: string, about: readonly string[]): FieldProblem[] {
  const weak = passwordProblem(password, about);
  if (weak) return [{ field: 'password', says: weak }];
  return password === again
    ? []
    : [
        {
          field: 'password-again',
          says: both('上と同じパスワードを入れてください', 'Enter the same password as above'),
        },
      ];
}

/** The form in which an e-mail is checked, kept, looked up and written to: one spelling per mailbox. */
export const normalEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** Problems of the name and the e-mail of a person to be added. */
export function personProblems(p: { name: string; email: string }): FieldProblem[] {
  const name = p.name.trim();
  const problems: FieldProblem[] = [];
  if (name === '') problems.push({ field: 'name', says: both('名前を入れてください', 'Enter the name') });
  else if ([...name].length > 100 || /\p{Cc}/u.test(name)) {
    problems.push({
      field: 'name',
      says: both('名前は100文字までの1行にしてください', 'Use one line of at most 100 characters'),
    });
  }
  if (!isAddress(normalEmail(p.email))) {
    problems.push({
      field: 'email',
      says: both(
        'メールアドレスを name@example.jp の形で入れてください',
        'Enter an e-mail address such as name@example.jp',
      ),
    });
  }
  return problems;
}

const STEP_S = 30;

/** The time step (RFC 6238, 30 s, SHA-1, six digits) of a code, allowing one step of drift; null when the code fits no step later than `lastStep`. */
export function stepOfCode(secret: Uint8Array, code: string, now: number, lastStep: number): number | null {
  const typed = Buffer.from(code.normalize('NFKC').replace(/[\s-]/g, ''));
  const step = Math.floor(now / 1000 / STEP_S);
  const fits = [step - 1, step, step + 1].filter((s) => {
    const right = Buffer.from(generateSync({ secret, epoch: s * STEP_S }));
    return s > lastStep && typed.length === right.length && timingSafeEqual(typed, right);
  });
  return fits[0] ?? null;
}

/** A recovery code in the form in which it is compared: `abcde-fghij`, `ABCDE FGHIJ` and full-width letters are the same. */
export const normalRecoveryCode = (code: string): string =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const plugin = new ScureBase32Plugin();

/** RFC 4648 base32 without padding, as authenticator apps take a secret. */
export const base32 = (secret: Uint8Array): string => plugin.encode(secret, { padding: false });
