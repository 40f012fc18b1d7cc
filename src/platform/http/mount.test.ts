// What the operator hears of a failure, and what the caller of one that passes.

import { expect, test } from 'vitest';
import { QueueFull } from '../batch.ts';
import { api, createRoute, mountRoutes, plain, type Frame, type Route } from './index.ts';

const frame = (): Promise<Frame> => Promise.reject(new Error('no page is asked for'));

const mounted = (route: Route, lines: string[]) =>
  mountRoutes([route], {
    gate: {
      identify: () => Promise.resolve({ actor: { kind: 'public' }, csrf: '' }),
      authorise: () => ({ allowed: false, policies: [] }),
    },
    publicUrl: 'https://sekisho.example.jp',
    frame,
    refusalPage: (c, status) => c.text('', status as 500),
    report: (line) => lines.push(line),
  });

test('a full queue is no failure: page and call say when to ask again, and the operator hears nothing', async () => {
  const full = (): never => {
    throw new QueueFull('the queue is full');
  };
  const declared = createRoute({
    method: 'get',
    path: '/api/v1/full',
    operationId: 'full',
    responses: { 200: { description: 'Never' } },
  });
  const lines: string[] = [];
  for (const route of [plain('/full', 'public', full), api('public', declared, full)]) {
    const { status, headers } = await mounted(route, lines).request(route.path);
    expect([route.path, status, headers.get('retry-after')]).toEqual([route.path, 503, '1']);
  }
  expect(lines).toEqual([]);
});

test('the operator hears where it failed, and no line of what the failure says', async () => {
  const lines: string[] = [];
  const failing = plain('/failing', 'public', () => {
    throw new TypeError('not JSON: "\n    at 秘密の値\n    at 東京都"');
  });
  const app = mounted(failing, lines);
  expect((await app.request('/failing')).status).toBe(500);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/ GET \/failing TypeError at .*mount\.test\.ts/);
  expect(lines[0]).not.toMatch(/秘密|東京都/);
});
