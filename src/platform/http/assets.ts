// Stylesheet, script and fonts, all from our own origin.

import fs from 'node:fs';
import path from 'node:path';
import { unconnected } from './csp.ts';
import { published, tagOf } from './published.ts';
import { plain, type Route } from './route.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

interface Asset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
  tag: string;
}

/** How long a browser may reuse a file that other sites include, in seconds. */
const FRESH = 600;

/**
 * Serves the files of `folder` under `/assets/`. Each is read once, at its first request; nothing outside the folder can be reached. `shared` are
 * files that pages of other sites may include.
 */
export function assetRoutes(folder: string, shared: readonly string[] = []): Route[] {
  const names = new Set(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && path.extname(entry.name) in TYPES)
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
  );
  const read = new Map<string, Asset>();
  const assetOf = (name: string): Asset | undefined => {
    if (!names.has(name)) return undefined;
    let asset = read.get(name);
    if (!asset) {
      const body = new Uint8Array(fs.readFileSync(path.join(folder, name)));
      asset = { body, type: TYPES[path.extname(name)]!, tag: tagOf(body) };
      read.set(name, asset);
    }
    return asset;
  };
  return [
    plain('/assets/:name{.+}', 'public', (c) => {
      const name = c.req.param('name')!;
      const asset = assetOf(name);
      if (!asset) return c.notFound();
      const { body, type, tag } = asset;
      for (const [header, value] of Object.entries(unconnected)) c.header(header, value);
      if (shared.includes(name)) {
        c.header('Cross-Origin-Resource-Policy', 'cross-origin');
        c.header('Access-Control-Allow-Origin', '*');
        return published(c, body, { type, tag, cache: `public, max-age=${FRESH}` });
      }
      return published(c, body, { type, tag, ...(type === 'font/woff2' ? { cache: 'public, max-age=31536000' } : {}) });
    }),
  ];
}
