// What the operator hears of a failure.

import { expect, test } from 'vitest';
import { mountRoutes, plain, type Frame } from './index.ts';

const frame = (): Promise<Frame> => Promise.reject(new Error('no page is asked for'));

test('the operator hears where it failed, and no line of what the failure says', async () => {
  const lines: string[] = [];
  const failing = plain('/failing', 'public', () => {
    throw new TypeError('not JSON: "\n    at 秘密の値\n    at 東京都"');
  });
  const app = mountRoutes([failing], {
    gate: {
      identify: () => Promise.resolve({ actor: { kind: 'public' }, csrf: '' }),
      authorise: () => ({ allowed: false, policies: [] }),
    },
    publicUrl: 'https://sekisho.example.jp',
    frame,
    refusalPage: (c, status) => c.text('', status as 500),
    report: (line) => lines.push(line),
  });
  expect((await app.request('/failing')).status).toBe(500);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/ GET \/failing TypeError at .*mount\.test\.ts/);
  expect(lines[0]).not.toMatch(/秘密|東京都/);
});
