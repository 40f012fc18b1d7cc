// The project as somebody else installs it: packed, unpacked in an empty folder, and used from JavaScript and from strict TypeScript.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../server.ts';

const shop = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-shop-'));
const installed = path.join(shop, 'node_modules', 'sekisho');
/** The files in the package. */
let packed: string[] = [];
beforeAll(() => {
  execFileSync('npm', ['pack', '--pack-destination', shop], { cwd: root, stdio: 'ignore' });
  const filename = fs.readdirSync(shop).find((name) => name.endsWith('.tgz'))!;
  fs.mkdirSync(installed, { recursive: true });
  const archive = path.join(shop, filename);
  execFileSync('tar', ['xzf', archive, '--strip-components=1', '-C', installed]);
  packed = execFileSync('tar', ['tzf', archive], { encoding: 'utf8' })
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
});
afterAll(() => fs.rmSync(shop, { recursive: true }));

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: shop, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};

test('the client needs nothing beside itself', () => {
  const { code, out, err } = node(
    '--input-type=module',
    '-e',
    "console.log(typeof (await import('sekisho/client')).sekisho)",
  );
  expect([code, out.trim(), err]).toEqual([0, 'function', '']);
});

test.each([
  ['NodeNext', 'NodeNext'],
  ['Node16', 'Node16'],
  ['ESNext', 'Bundler'],
])('its types stand by themselves in a strict project, with module %s resolved as %s', (module, moduleResolution) => {
  const source = `
    import { sekisho, type AcquisitionJson, type Answer, type Finding, type Sekisho } from 'sekisho/client';
    const client: Sekisho = sekisho({ url: 'https://sekisho.example.jp', token: 'sks_x', lang: 'en' });
    const ask: AcquisitionJson['ask'] = { holding: 'h', channel: 'web-form', source: 'principal', purposes: ['P3'], items: { name: 'n' } };
    const first = await client.acquire(ask, { key: 'order-1' });
    if (first.ok) {
      const used = await client.use({ principal: first.value.principal, holding: 'h', items: ['name'], purpose: 'P3' });
      const name: string | undefined = used.ok ? used.value.items['name'] : used.problem.fields?.[0]?.says;
      console.log(name);
    } else if (first.problem.finding?.answer === 'unknown') console.log(first.problem.finding.missing[0].fact);
    for await (const answer of client.useMany([])) if (answer.ok) console.log(answer.value.absent.length);
    const happened = await client.requests.happen('r', 'closed', { seen: 3, on: '2026-11-24' });
    const finding: Finding | undefined = happened.ok ? undefined : happened.problem.finding;
    const paper: Answer<Uint8Array> = await client.receipt('p', 'e', { language: 'ja' });
    console.log(finding?.because[0].law === 'APPI', paper.ok && paper.value.byteLength);
    // @ts-expect-error A principal is an id.
    await client.use({ principal: 1, holding: 'h', items: [], purpose: 'P3' });
    // @ts-expect-error There is no such source.
    await client.acquire({ ...ask, source: 'nobody' });
    // @ts-expect-error What is read is there only once it is known that it was.
    console.log(first.value);
    // @ts-expect-error No such event.
    await client.requests.happen('r', 'lost', { seen: 3, on: '2026-11-24' });
  `;
  fs.writeFileSync(path.join(shop, 'shop.mts'), source);
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };
  const lib = ['ES2022', 'DOM', 'DOM.AsyncIterable'];
  const compilerOptions = { module, moduleResolution, target: 'ES2022', lib, types: [], noEmit: true, ...strict };
  fs.writeFileSync(path.join(shop, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['shop.mts'] }));
  expect(node(path.join(root, 'node_modules', 'typescript-7', 'bin', 'tsc'), '-p', '.')).toMatchObject({
    code: 0,
    out: '',
  });
});

test('the command runs as it was packed, and builds nothing', () => {
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(installed, 'node_modules'));
  const before = fs.statSync(path.join(installed, 'dist', 'main.js')).mtimeMs;
  const facts = path.join(installed, 'examples/facts/provide/o-01-seminar-partner-with-consent.json');
  const { code, out, err } = node(
    path.join(installed, 'bin', 'sekisho.mjs'),
    'ask',
    'provide',
    '--facts',
    facts,
    '--json',
  );
  expect([code, (JSON.parse(out) as { answer: string }).answer, err]).toEqual([0, 'yes', '']);
  expect(fs.statSync(path.join(installed, 'dist', 'main.js')).mtimeMs).toBe(before);
});

test('it carries what an office reads, and no tests', () => {
  const has = (name: string): boolean => packed.some((file) => `${file}/`.startsWith(`${name}/`));
  expect(
    [
      'migrations',
      'policies/access.cedar',
      'policies/example',
      'dist/assets',
      'README.md',
      'README.ja.md',
      'docs/glossary.md',
      'docs/ja/operations.md',
      'SECURITY.md',
    ].filter((name) => !has(name)),
  ).toEqual([]);
  expect(['src', 'tests', 'bench', 'dist/bench', 'dist/compiled', 'dist/mutate', 'data'].filter(has)).toEqual([]);
  // The source maps of the program are twice as large as the program.
  expect(packed.filter((name) => name.endsWith('.map'))).toEqual(['dist/client.js.map']);
});
