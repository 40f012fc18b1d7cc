// Compiles the stylesheet and puts the files it refers to (fonts, the select arrow) beside it, so that pages need no other origin. It must never
// leave a url() that points outside /assets.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, optimize } from '@tailwindcss/node';
import { Scanner } from '@tailwindcss/oxide';

const source = fileURLToPath(new URL('../src/platform/ui/look.css', import.meta.url));

/** Where a referenced file is served from. Fonts have a folder of their own because there are 124 of them. */
const place = (file) => (file.endsWith('.woff2') ? `fonts/${basename(file)}` : basename(file));

/** Writes `look.css` (minified), `fonts/*.woff2` and the images of the pages into `outDir`, which is served as `/assets`. */
export async function buildCss(outDir) {
  const base = dirname(source);
  const compiler = await compile(await readFile(source, 'utf8'), {
    base,
    from: source,
    onDependency: () => {},
    shouldRewriteUrls: true,
  });
  const scanner = new Scanner({ sources: compiler.sources });
  const css = compiler.build(scanner.scan());

  const files = new Set();
  const rewritten = css.replace(/url\((['"]?)([^'")]+)\1\)/g, (_, __, url) => {
    if (/^[a-z]+:/.test(url)) throw new Error(`look.css refers outside the house: ${url.slice(0, 60)}`);
    files.add(resolve(base, url));
    return `url(/assets/${place(url)})`;
  });

  await mkdir(join(outDir, 'fonts'), { recursive: true });
  files.add(join(base, 'mark.svg'));
  await Promise.all([...files].map((file) => copyFile(file, join(outDir, place(file)))));
  await writeFile(join(outDir, 'look.css'), optimize(rewritten, { file: 'look.css', minify: true }).code);
}
