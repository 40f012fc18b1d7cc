// The page on which anybody checks a file of the log in their browser: it answers the same as the program, for any file, and the browser sends
// nothing.

import { generateKeyPairSync } from 'node:crypto';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  canonical,
  ERASURE,
  erasureCertificate,
  logEntry,
  proofFile,
  sealPdf,
  sealPlaceholder,
  verifyFile,
  vkeyOf,
  type LogEntry,
  type Receipt,
  type Signer,
} from '../../src/log/index.ts';
import {
  consistencySpans,
  foldRoots,
  grow,
  inclusionSpans,
  leafHash,
  type Frontier,
  type Span,
} from '../../src/log/merkle.ts';
import { signCheckpoint } from '../../src/log/sign.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { makePdf } from '../../src/platform/pdf.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';
import { faultsBothWays, openTab, type Lang, type Tab } from './inspect.ts';

const now = Date.parse('2026-12-07T10:00:00+09:00');
const principal = '0190f8a0-1234-7abc-8def-0123456789ab';
const entries: LogEntry[] = ['people:use', ERASURE, 'people:use', 'people:provide', 'people:use'].map((action, i) =>
  logEntry(now + i, { kind: 'sekisho' }, action, { principal }),
);
const texts = entries.map(canonical);

let house: BrowserOffice;
beforeAll(async () => {
  house = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'));
});
afterAll(() => house.close());

const rootOf = ({ from, to }: Span): Uint8Array => {
  const edge: Frontier = { size: 0, roots: [] };
  for (const text of texts.slice(from, to)) grow(edge, leafHash(text));
  return foldRoots(edge.roots);
};
const hashes = (spans: readonly Span[]): string[] => spans.map((span) => Buffer.from(rootOf(span)).toString('base64'));

type Files = Record<'receipt' | 'certificate' | 'consistency' | 'export' | 'checkpoint' | 'pdf' | 'held', Buffer>;

/** Every kind of file from a log of five entries, and a receipt from when it had three. */
function filesOf(signer: Signer): Files {
  const vkey = vkeyOf(signer);
  const checkpointAt = (size: number): string => signCheckpoint(size, rootOf({ from: 0, to: size }), signer);
  const receiptAt = (position: number, size: number): Receipt => ({
    kind: 'sekisho-receipt',
    v: 1,
    entry: entries[position]!,
    position,
    size,
    proof: hashes(inclusionSpans(position, size)),
    checkpoint: checkpointAt(size),
    vkey,
  });
  const template =
    '#let data = json(bytes(sys.inputs.data))\n#set document(title: "控え", keywords: (data.seal,))\n控えです。';
  const receipt = proofFile(receiptAt(1, 5));
  const attachment = { name: 'receipt.json', bytes: Buffer.from(receipt), mime: 'application/json', says: 'receipt' };
  const pdf = makePdf({ template, data: { seal: sealPlaceholder }, lang: 'ja', attachments: [attachment] });
  const proof = hashes(consistencySpans(3, 5));
  const lines = [
    canonical({ kind: 'sekisho-log', size: 5, v: 1, vkey }),
    ...texts.slice(0, 3),
    canonical({ checkpoint: checkpointAt(3) }),
    ...texts.slice(3),
    canonical({ checkpoint: checkpointAt(5) }),
  ];
  const files: Record<keyof Files, string | Uint8Array> = {
    receipt,
    certificate: proofFile(erasureCertificate(receiptAt(1, 5))!),
    consistency: proofFile({ kind: 'sekisho-consistency', v: 1, from: 3, proof, checkpoint: checkpointAt(5), vkey }),
    export: `${lines.join('\n')}\n`,
    checkpoint: checkpointAt(5),
    pdf: sealPdf(pdf, signer.privateKey),
    held: proofFile(receiptAt(2, 3)),
  };
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, Buffer.from(file)])) as Files;
}

/** The log of another office, which can use any name. */
const stranger: Signer = { name: 'kanri.example.com/log', privateKey: generateKeyPairSync('ed25519').privateKey };

async function open(lang: Lang, options: { width?: number; script?: boolean } = {}): Promise<Tab> {
  const tab = await openTab(house.browser, { lang, ...options });
  await tab.page.goto(house.url(`/verify?lang=${lang}`));
  await tab.page.waitForLoadState('networkidle');
  return tab;
}

interface Asked {
  file: Buffer;
  key?: string;
  since?: Buffer;
}

const asFile = (buffer: Buffer, name = 'file') => ({ name, mimeType: 'application/octet-stream', buffer });

/** Gives the page a file; returns what is shown once it is checked. */
async function check(page: Page, { file, key, since }: Asked, name?: string): Promise<{ word: string; says: string }> {
  await page.evaluate("document.querySelector('details').open = true");
  await page.setInputFiles('[name=since]', since ? asFile(since) : []);
  await page.fill('[name=key]', key ?? '');
  await page.setInputFiles('[name=file]', asFile(file, name));
  const answer = page.locator('[data-answer]:visible');
  await answer.waitFor();
  return { word: (await answer.locator('h2').textContent())!, says: (await answer.locator('p').textContent())! };
}

test.each(['ja', 'en'] as const)(
  'in %s, without a network, it says of each file what the program says',
  async (lang) => {
    const { page, context, complaints } = await open(lang);
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    await context.setOffline(true);
    const own = filesOf(house.office.signer);
    const vkey = vkeyOf(house.office.signer);
    const [good, bad, unchecked] =
      lang === 'ja' ? ['一致', '不一致', '確かめられません'] : ['Good', 'Not good', 'Could not be checked'];
    const turned = (file: Buffer): Buffer =>
      file.map((byte, i) => (i === file.length >> 1 ? byte ^ 1 : byte)) as Buffer;
    const asked: [word: string | undefined, asked: Asked][] = [
      [good, { file: own.receipt }],
      [good, { file: own.certificate }],
      [good, { file: own.pdf }],
      [good, { file: own.export }],
      [good, { file: own.export, since: own.held }],
      [good, { file: own.consistency, since: own.held, key: vkey }],
      [good, { file: own.checkpoint, key: `${vkey}\n` }],
      [bad, { file: turned(own.receipt) }],
      [bad, { file: turned(own.pdf) }],
      [bad, { file: turned(own.export) }],
      [bad, { file: own.receipt, key: vkeyOf(stranger) }],
      [bad, { file: own.export, since: turned(own.held) }],
      [unchecked, { file: own.consistency }],
      [unchecked, { file: own.checkpoint }],
      [unchecked, { file: own.receipt, since: own.held }],
      [unchecked, { file: Buffer.from('写真') }],
      [unchecked, { file: Buffer.alloc(0) }],
    ];
    for (const [word, { key, ...files }] of asked) {
      const said = await check(page, { ...files, ...(key ? { key } : {}) });
      expect(said).toEqual({ word, says: verifyFile(files.file, key?.trim(), files.since).says[lang] });
    }
    expect([requests.map((request) => request.url()), complaints]).toEqual([[], []]);
    await context.close();
  },
);

test('whose key it is, it says no further than it can tell', async () => {
  const { page, context } = await open('ja');
  const [own, other] = [filesOf(house.office.signer), filesOf(stranger)];
  const told = async (asked: Asked): Promise<string[]> => {
    await check(page, asked, '控え.json');
    return page
      .locator('[data-key]:visible, [data-part=facts] dd:visible, [data-part=further]:visible a')
      .allInnerTexts();
  };
  const vkey = vkeyOf(house.office.signer);
  const kind = '記録の証明';
  const ours = [
    '署名の鍵は、当社の記録の鍵で、/log/key で公表しているものです。',
    '控え.json',
    kind,
    house.office.signer.name,
    vkey,
    '続きの証明',
  ];
  expect(await told({ file: own.receipt })).toEqual(ours);
  expect(await page.locator('[data-part=consistency]').getAttribute('href')).toBe('/log/consistency/5');
  expect(await told({ file: own.receipt, key: vkey })).toEqual(ours);
  expect(await told({ file: other.receipt })).toEqual([
    expect.stringMatching(
      /当社の記録の鍵ではありません\s+署名の鍵は「kanri\.example\.com\/log」と名乗っていますが、.*だれの鍵かはここでは分かりません/,
    ),
    '控え.json',
    kind,
    stranger.name,
    vkeyOf(stranger),
  ]);
  expect((await told({ file: other.receipt, key: vkeyOf(stranger) }))[0]).toMatch(/^入力した検証鍵の記録のものです/);
  expect(await told({ file: other.receipt, key: vkey })).toEqual(['控え.json', kind]);
  await context.close();
});

/** One file with many kinds of damage that a person or program could have caused. */
function* altered(file: Buffer, most: number): Generator<Buffer> {
  const step = Math.max(1, file.length / most);
  for (let place = 0; place < file.length; place += step) {
    const at = Math.floor(place);
    const turned = Buffer.from(file);
    turned[at] = turned[at]! ^ (1 << (at % 8));
    yield turned;
    yield Buffer.concat([file.subarray(0, at), file.subarray(at + 1)]);
  }
  const inserted = (text: string): Buffer =>
    Buffer.concat([file.subarray(0, 200), Buffer.from(text, 'latin1'), file.subarray(200)]);
  for (const text of [
    '\u00ff\u00fe',
    '\u00e3\u0081',
    '\u00ed\u00a0\u0080',
    '\u00f0\u00a0\u00ae\u00b7',
    '\u0000',
    '\r',
    '\\ud800',
  ])
    yield inserted(text);
  for (const text of ['\ufeff', ' ', '\n']) {
    yield Buffer.concat([Buffer.from(text), file]);
    yield Buffer.concat([file, Buffer.from(text)]);
  }
  for (const length of [0, 1, 5, 64, file.length >> 1, file.length - 1]) yield file.subarray(0, length);
  yield Buffer.concat([file, file]);
  yield Buffer.from(file.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  yield Buffer.from(file.toString('utf8'));
  // What a PDF states about its attached file: longer, shorter, more than there is, and not compressed.
  const letters = file.toString('latin1');
  for (const length of ['/Length 1', '/Length 99999999', '/Length 0 ', '/Length 10 0 R'])
    yield Buffer.from(letters.replaceAll(/\/Length \d+/g, length), 'latin1');
  yield Buffer.from(letters.replaceAll('/FlateDecode', '/FlateEncode'), 'latin1');
  yield Buffer.from(letters.replaceAll('sekisho-seal:', 'sekisho_seal:'), 'latin1');
}

/** Asks the worker of the page, which returns the whole answer. */
const inWorker = (page: Page, asked: readonly Asked[]): Promise<unknown[]> =>
  page.evaluate(
    `(async (asked) => {
      const worker = new Worker('/assets/check-worker.js');
      const blob = (text) => text === undefined ? undefined : new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]);
      const answers = [];
      for (const { file, key, since } of asked) {
        const answer = new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data.found), { once: true }));
        worker.postMessage({ turn: 1, file: blob(file), key, since: blob(since) });
        const found = await answer;
        answers.push({ ...found, ...(found.root ? { root: [...found.root] } : {}) });
      }
      worker.terminate();
      return answers;
    })(${JSON.stringify(asked.map(({ file, key, since }) => ({ file: file.toString('base64'), key, since: since?.toString('base64') })))})`,
  );

test.each<[name: keyof Files, most: number]>([
  ['receipt', 300],
  ['certificate', 60],
  ['consistency', 60],
  ['export', 150],
  ['checkpoint', 100],
  ['pdf', 80],
])('of %s in whatever state, the page finds all that the program finds', async (name, most) => {
  const { page, context } = await open('ja');
  const own = filesOf(house.office.signer);
  const vkey = vkeyOf(house.office.signer);
  const ways = name === 'consistency' || name === 'export' ? [{ since: own.held }, {}] : [{ key: vkey }];
  const asked = [...altered(own[name], most), own[name]].flatMap((file) =>
    ways.map((way): Asked => ({ file, ...way })),
  );
  const program = asked.map(({ file, key, since }) => {
    const { root, ...found } = verifyFile(file, key, since);
    return { ...found, ...(root ? { root: [...root] } : {}) };
  });
  const answers = await inWorker(page, asked);
  const apart = answers.flatMap((answer, i) =>
    canonical(answer as never) === canonical(program[i] as never) ? [] : [[i, answer, program[i]]],
  );
  expect(apart).toEqual([]);
  expect(program.some(({ ok }) => ok) && program.some(({ ok }) => !ok)).toBe(true);
  await context.close();
});

/** Features added to browsers after December 2022: a phone of that age has none of them. */
const later: Readonly<Record<string, readonly string[]>> = {
  Object: ['groupBy'],
  Map: ['groupBy'],
  Promise: ['withResolvers', 'try'],
  Uint8Array: ['fromBase64', 'fromHex'],
  'String.prototype': ['isWellFormed', 'toWellFormed'],
  'Array.prototype': ['toReversed', 'toSorted', 'toSpliced', 'with'],
  'Object.getPrototypeOf(Uint8Array.prototype)': ['toReversed', 'toSorted', 'with'],
  'Uint8Array.prototype': ['toBase64', 'toHex', 'setFromBase64', 'setFromHex'],
  'ArrayBuffer.prototype': ['transfer', 'transferToFixedLength', 'resize'],
};

test('a phone of December 2022 finds what every other browser finds', async () => {
  const { page, context } = await openTab(house.browser, { lang: 'ja', width: 390 });
  const without = Object.entries(later)
    .flatMap(([from, names]) => names.map((name) => `delete ${from}.${name};`))
    .join('');
  for (const script of ['check', 'check-worker']) {
    await context.route(`**/assets/${script}.js`, async (route) => {
      const served = await route.fetch();
      await route.fulfill({ response: served, body: without + (await served.text()) });
    });
  }
  await page.goto(house.url('/verify?lang=ja'));
  const own = filesOf(house.office.signer);
  const vkey = vkeyOf(house.office.signer);
  for (const asked of [
    ...Object.values(own).map((file): Asked => ({ file, key: vkey })),
    { file: own.export, since: own.held },
    { file: own.receipt.map((byte, i) => (i === 300 ? byte ^ 1 : byte)) as Buffer },
    { file: Buffer.from('写真') },
  ]) {
    const { ok, says } = verifyFile(asked.file, asked.key, asked.since);
    expect([ok, await check(page, asked)]).toEqual([ok, expect.objectContaining({ says: says.ja })]);
  }
  expect(await page.evaluate(`'x'.isWellFormed`)).toBeUndefined();
  await context.close();
});

/** An export of `size` entries, with a checkpoint after every `every` entries. */
function longLog(size: number, every: number): Buffer {
  const { signer } = house.office;
  const edge: Frontier = { size: 0, roots: [] };
  const lines = [canonical({ kind: 'sekisho-log', size, v: 1, vkey: vkeyOf(signer) })];
  for (let i = 0; i < size; i++) {
    const line = canonical({ ...entries[0]!, number: i });
    grow(edge, leafHash(line));
    lines.push(line);
    if (edge.size % every === 0)
      lines.push(canonical({ checkpoint: signCheckpoint(edge.size, foldRoots(edge.roots), signer) }));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

test('a large log stops nothing: the page says that it is at work, and takes another file meanwhile', async () => {
  const { page, context } = await open('ja');
  const own = filesOf(house.office.signer);
  const large = longLog(30_000, 30_000);
  await page.evaluate(`window.worked = 0; new MutationObserver(() => {
    if (!document.querySelector('[data-part=busy]').hidden) window.worked++;
  }).observe(document.querySelector('main'), { subtree: true, attributes: true }); 0`);
  expect(await check(page, { file: large })).toEqual({ word: '一致', says: verifyFile(large).says.ja });
  expect(await page.evaluate<number>('window.worked')).toBeGreaterThan(0);
  await page.setInputFiles('[name=file]', asFile(large, 'large'));
  await check(page, { file: own.receipt }, 'small');
  const name = page.locator('[data-fill=name]');
  expect(await name.textContent()).toBe('small');
  expect(await page.locator('[data-fill=says]:visible').textContent()).toBe(verifyFile(own.receipt).says.ja);
  await context.close();
});

test.each(['ja', 'en'] as const)(
  'a log of many checkpoints shows how far it is checked, and says so aloud once a quarter (%s)',
  async (lang) => {
    const { page, context, complaints } = await open(lang, { width: 390 });
    const large = longLog(1200, 1);
    await page.evaluate(`(() => {
      const heard = window.heard = { step: [], heard: [], shown: [] };
      new MutationObserver(() => {
        for (const name of ['step', 'heard']) {
          const text = document.querySelector('[data-fill=' + name + ']').textContent;
          if (text !== '' && heard[name].at(-1) !== text) heard[name].push(text);
        }
        const bar = document.querySelector('[role=progressbar]');
        if (bar.checkVisibility()) heard.shown.push(Number(bar.getAttribute('aria-valuenow')));
      }).observe(document.querySelector('main'), { subtree: true, attributes: true, childList: true });
    })()`);
    const { says } = await check(page, { file: large });
    expect(says).toBe(verifyFile(large).says[lang]);
    const { step, heard, shown } = await page.evaluate<{ step: string[]; heard: string[]; shown: number[] }>('heard');
    const figures = step.map((text) => {
      const [, a, b] = (lang === 'ja' ? /る(.+)件の記録のうち、(.+)件まで/ : /^(.+) of (.+) entries/).exec(text)!;
      const [n, of] = (lang === 'ja' ? [b!, a!] : [a!, b!]).map((figure) => Number(figure.replace(',', '')));
      expect(of).toBe(1200);
      return n!;
    });
    expect(figures.length).toBeGreaterThan(0);
    expect(figures).toEqual([...new Set(figures)].sort((a, b) => a - b));
    expect([figures.at(-1)! <= 1200, shown.at(-1)! <= 100]).toEqual([true, true]);
    expect([heard.length <= 4, heard.filter((text) => !step.includes(text))]).toEqual([true, []]);
    expect(await page.locator('[data-part=progress]').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test.each(['ja', 'en'] as const)(
  'a long check can be stopped, and says nothing of the file then (%s)',
  async (lang) => {
    const { page, context, complaints } = await open(lang, { width: 390 });
    const own = filesOf(house.office.signer);
    const large = asFile(longLog(4000, 1));
    await page.setInputFiles('[name=file]', large);
    const stop = page.locator('[data-part=stop]');
    await stop.waitFor();
    expect(await faultsBothWays(page, lang)).toEqual([]);
    await stop.press('Enter');
    await page.locator('[data-part=stopped]').waitFor();
    const shown = page.locator('[data-answer]:visible, [data-part=progress]:visible, [data-part=busy]:visible');
    expect([await shown.count(), await page.inputValue('[name=file]')]).toEqual([0, '']);
    expect(await page.evaluate('document.activeElement.name')).toBe('file');
    expect(await faultsBothWays(page, lang)).toEqual([]);
    expect((await check(page, { file: own.receipt })).says).toBe(verifyFile(own.receipt).says[lang]);
    expect([await page.locator('[data-part=stopped]').isVisible(), complaints]).toEqual([false, []]);
    await context.close();
  },
);

test('a newer question ends the check of an older one', async () => {
  const { page, context } = await open('ja');
  const text = {
    large: longLog(4000, 1).toString('base64'),
    small: filesOf(house.office.signer).receipt.toString('base64'),
  };
  const told = await page.evaluate(`(async ({ large, small }) => {
    const worker = new Worker('/assets/check-worker.js');
    const blob = (text) => new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]);
    const told = [];
    const next = (turn, what) => new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => {
        told.push([data.turn, Object.keys(data).at(-1)].join(' '));
        if (data.turn === turn && what in data) resolve();
      });
    });
    worker.postMessage({ turn: 1, file: blob(large) });
    await next(1, 'step');
    worker.postMessage({ turn: 2 });
    worker.postMessage({ turn: 3, file: blob(small) });
    await next(3, 'found');
    told.length = 0;
    worker.postMessage({ turn: 4, file: blob(large) });
    await next(4, 'step');
    worker.terminate();
    return [...new Set(told)];
  })(${JSON.stringify(text)})`);
  expect(told).toEqual(['4 step']);
  await context.close();
});

test('a file is dropped anywhere on the page, and an earlier one in its place', async () => {
  const { page, context } = await open('en');
  const own = filesOf(house.office.signer);
  const drop = (on: string, file: Buffer, name: string) =>
    page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob('${file.toString('base64')}'), (one) => one.charCodeAt(0))], '${name}'));
      const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector('${on}').dispatchEvent(event);
      return event.defaultPrevented;
    })()`);
  expect(await drop('footer', own.consistency, 'log.json')).toBe(true);
  const answer = page.locator('[data-answer]:visible');
  await answer.waitFor();
  expect(await answer.textContent()).toContain('Could not be checked');
  await page.evaluate("document.querySelector('details').open = true");
  await drop('[name=since]', own.held, 'receipt.json');
  await page.locator('[data-answer=good]').waitFor();
  expect(await answer.textContent()).toContain('It continues the log of 3 entries that you hold.');
  await context.close();
});

test('the browser lets the page send nothing, by whatever way it was come to', async () => {
  const tab = await house.enter('officer', 'ja');
  const { page, context } = tab;
  const cannotSend = async (): Promise<void> => {
    await page.locator('file-check').waitFor();
    await page.waitForLoadState('networkidle');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    const tried = await page.evaluate<[boolean, boolean, string[]]>(`(async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      const fetched = await fetch('/healthz').then(() => true, () => false);
      const beacon = navigator.sendBeacon('/healthz', 'x');
      const form = document.createElement('form');
      form.method = 'post';
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return [fetched, beacon, [...new Set(refused)].sort()];
    })()`);
    expect([tried[0], tried[2], sent]).toEqual([false, ['connect-src', 'form-action'], []]);
  };
  await page.goto(house.url('/verify'));
  await cannotSend();
  // Turbo would show it inside a page that is allowed to send.
  const proof = await page.context().newPage();
  await proof.goto(house.url('/policy'));
  await proof.waitForLoadState('networkidle');
  await proof.locator('main a[href="/verify"]').click();
  await proof.waitForURL(house.url('/verify'));
  await proof.locator('file-check').waitFor();
  expect(await proof.evaluate("fetch('/healthz').then(() => true, () => false)")).toBe(false);
  const worker = await fetch(house.url('/assets/check-worker.js'));
  expect(worker.headers.get('content-security-policy')).toContain("connect-src 'none'");
  await context.close();
});

test.each(['ja', 'en'] as const)('without script, in %s, it says how to check with the program', async (lang) => {
  const { page, context } = await open(lang, { script: false });
  expect(await page.locator('[data-part=tool]').isVisible()).toBe(false);
  expect(await page.locator('[data-part=without]').textContent()).toContain('JavaScript');
  expect(await page.locator('main a[href="/assets/verify.mjs"]').isVisible()).toBe(true);
  await context.close();
});
