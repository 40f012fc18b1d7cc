// The address under which people reach the office: what is made of HOST, PORT and SEKISHO_URL, and what is refused before anything is kept.

import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { StartProblem } from './start-problem.ts';

const addressWith = (env: Parameters<typeof readConfig>[0]): string =>
  readConfig(env, { dataFolder: '/nowhere' }).publicUrl;

const problemWith = (env: Parameters<typeof readConfig>[0]): { ja: string; en: string } => {
  try {
    throw new Error(addressWith(env));
  } catch (error) {
    if (error instanceof StartProblem) return error.says;
    throw error;
  }
};

describe('the address of the office', () => {
  test.each([
    [{}, 'http://127.0.0.1:8080'],
    [{ HOST: '', PORT: '', SEKISHO_URL: '' }, 'http://127.0.0.1:8080'],
    [{ HOST: '192.0.2.7', PORT: '80' }, 'http://192.0.2.7'],
    [{ HOST: '::1', PORT: '4000' }, 'http://[::1]:4000'],
    [{ HOST: '2001:DB8:0::7' }, 'http://[2001:db8::7]:8080'],
    [{ HOST: 'Sekisho.Example.JP' }, 'http://sekisho.example.jp:8080'],
    [{ SEKISHO_URL: 'https://sekisho.example.jp' }, 'https://sekisho.example.jp'],
    [{ SEKISHO_URL: 'HTTPS://Sekisho.Example.JP:443/' }, 'https://sekisho.example.jp'],
    [{ SEKISHO_URL: 'http://sekisho.example.jp:8080//' }, 'http://sekisho.example.jp:8080'],
    [{ SEKISHO_URL: 'https://関所.example.jp/' }, 'https://xn--8ous75i.example.jp'],
    [{ SEKISHO_URL: 'https://[2001:db8::7]:8443' }, 'https://[2001:db8::7]:8443'],
    // Behind a proxy the office listens on every address, or on one that has no URL.
    [{ HOST: '0.0.0.0', SEKISHO_URL: 'https://sekisho.example.jp' }, 'https://sekisho.example.jp'],
    [{ HOST: '::', SEKISHO_URL: 'http://sekisho.example.jp:8080' }, 'http://sekisho.example.jp:8080'],
    [{ HOST: 'fe80::1%eth0', SEKISHO_URL: 'https://sekisho.example.jp' }, 'https://sekisho.example.jp'],
  ])('%j is %s', (env, address) => {
    expect(addressWith(env)).toBe(address);
  });

  test.each(['0.0.0.0', '0', '0x0', '::', '0:0:0:0:0:0:0:0', '::0.0.0.0', '::ffff:0.0.0.0', 'fe80::1%eth0', 'a b'])(
    'HOST at %s, under which nobody reaches it, wants SEKISHO_URL',
    (HOST) => {
      for (const SEKISHO_URL of [{}, { SEKISHO_URL: '' }])
        expect(problemWith({ HOST, ...SEKISHO_URL })).toEqual({
          ja: `HOST を ${HOST} にするときは、関所を開くアドレスを SEKISHO_URL に指定してください（例：https://sekisho.example.jp）。リンクと、記録の名前に使います。`,
          en: `With HOST at ${HOST}, set SEKISHO_URL to the address under which people reach Sekisho, such as https://sekisho.example.jp: links and the name of the log are made of it.`,
        });
    },
  );

  test.each([
    'sekisho.example.jp',
    'ftp://sekisho.example.jp',
    'https://',
    'https://example.jp/sekisho',
    'https://example.jp/?sekisho',
    'https://example.jp/#sekisho',
    'https://user:secret@example.jp',
    'https://0.0.0.0',
    'http://0:8080',
    'http://[::]:8080',
  ])('SEKISHO_URL may not be %s', (SEKISHO_URL) => {
    const { ja, en } = problemWith({ SEKISHO_URL });
    expect(ja).toMatch(/^SEKISHO_URL は .*パスなしで指定してください。$/);
    expect(en).toMatch(/^SEKISHO_URL must look like .*, without a path\.$/);
    expect(ja + en).not.toContain('secret');
  });
});
