// Uploads recognised by their bytes: what is accepted, what is refused by name, what claims to be something else, what would expand too far.

import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_UPLOAD_BYTES, readUpload } from './upload.ts';

const text = (one: string): Buffer => Buffer.from(one, 'latin1');
const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const u16 = (n: number): Buffer => u32(n).subarray(2);

/** A single-colour picture in its format; checksums are not checked. */
const chunk = (type: string, data: Buffer): Buffer => Buffer.concat([u32(data.length), text(type), data, u32(0)]);
const png = (width: number, height: number): Buffer =>
  Buffer.concat([
    text('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

const segment = (marker: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(data.length + 2), data]);
const jpeg = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    segment(0xdb, Buffer.alloc(65)),
    segment(0xc2, Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.from([1, 1, 0x11, 0])])),
    segment(0xda, Buffer.alloc(6)),
    Buffer.from([0xff, 0xd9]),
  ]);

const box = (type: string, ...content: Buffer[]): Buffer => {
  const inside = Buffer.concat(content);
  return Buffer.concat([u32(inside.length + 8), text(type), inside]);
};
const heic = (width: number, height: number, brands = ['heic', 'mif1', 'heic']): Buffer => {
  const [main, ...others] = brands.map(text);
  const extents = (w: number, h: number) => box('ispe', u32(0), u32(w), u32(h));
  return Buffer.concat([
    box('ftyp', main!, u32(0), ...others),
    box(
      'meta',
      u32(0),
      box('hdlr', Buffer.alloc(20)),
      box('iprp', box('ipco', extents(160, 120), extents(width, height))),
    ),
    Buffer.concat([u32(1), text('mdat'), u32(0), u32(20), Buffer.alloc(4)]),
  ]);
};

const pdf = text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n');

const file = (bytes: Uint8Array, name = '', type = ''): File => new File([new Uint8Array(bytes)], name, { type });

test.each<[string, string, File]>([
  ['pdf', 'a PDF', file(pdf, 'request.pdf', 'application/pdf')],
  ['pdf', 'a PDF without a name', file(pdf)],
  ['png', 'a PNG', file(png(640, 480), 'page.PNG', 'image/png')],
  ['jpeg', 'a JPEG with other segments before its frame', file(jpeg(640, 480), 'page.jpg', 'image/jpeg')],
  ['jpeg', 'a JPEG as old browsers call it', file(jpeg(640, 480), 'page.jfif', 'image/pjpeg')],
  ['heic', 'a HEIC', file(heic(4032, 3024), 'IMG_0001.HEIC', 'image/heic')],
  ['heic', 'a HEIC under the name of its family', file(heic(4032, 3024, ['mif1', 'heic']), 'a.heif', 'image/heif')],
  ['heic', 'a HEIC that the browser does not know', file(heic(4032, 3024), 'a.heic', 'application/octet-stream')],
])('takes %s: %s', async (kind, _, one) => {
  const read = await readUpload(one);
  expect(read.ok && read.value.kind).toBe(kind);
  expect(read.ok && Buffer.from(read.value.bytes).equals(Buffer.from(await one.arrayBuffer()))).toBe(true);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>';

test.each<[string, RegExp, RegExp, Uint8Array]>([
  ['an SVG', /^SVGは/, /an SVG/, text(svg)],
  ['an SVG behind a declaration', /^SVGは/, /an SVG/, text(`<?xml version="1.0"?>\n<!-- a -->\n${svg}`)],
  ['an SVG behind a byte order mark', /^SVGは/, /an SVG/, Buffer.from(`\uFEFF${svg}`)],
  ['an SVG behind many comments', /^SVGは/, /an SVG/, text(`${'<!---->\n'.repeat(100)}${svg}`)],
  ['HTML', /^HTMLは/, /This is HTML/, text('<!DOCTYPE html><p>hello')],
  ['HTML behind comments that hold others', /^HTMLは/, /This is HTML/, text('<!-- <!-- <p> --> <!-->-->\n<p>hello')],
  ['HTML without a doctype', /^HTMLは/, /This is HTML/, text('\n<script>1</script>')],
  ['XML', /^XMLは/, /This is XML/, text('<?xml version="1.0"?><a/>')],
  ['a ZIP', /^ZIP（WordやExcel/, /a ZIP file \(which Word/, text('PK\x03\x04\x14\0\0\0')],
  ['an empty ZIP', /^ZIP（WordやExcel/, /a ZIP file \(which Word/, text('PK\x05\x06\0\0\0\0')],
  ['a GIF', /^GIFは/, /a GIF/, text('GIF89a\x01\0\x01\0')],
  ['a WebP', /^WebPは/, /a WebP/, text('RIFF\x10\0\0\0WEBPVP8 ')],
  ['an AVIF', /^AVIFは/, /an AVIF/, heic(10, 10, ['avif', 'mif1'])],
  ['a video', /^動画は/, /a video/, heic(10, 10, ['isom', 'mp42'])],
  ['a program', /^プログラムは/, /a program/, text('MZ\x90\0')],
  ['an old Word file', /^古いWord/, /an old Word or Excel file/, text('\xd0\xcf\x11\xe0\xa1\xb1')],
  ['a PDF behind something else', /^この形式/, /This kind of file/, Buffer.concat([text('GET / HTTP'), pdf])],
  ['text', /^この形式/, /This kind of file/, Buffer.from('運転免許証の写し')],
  ['a comment that does not end', /^この形式/, /This kind of file/, text(`<!-- ${svg}`)],
])('refuses %s by its name, whatever it is called', async (_, ja, en, bytes) => {
  for (const one of [
    file(bytes, 'license.pdf', 'application/pdf'),
    file(bytes, 'photo.png', 'image/png'),
    file(bytes),
  ]) {
    const read = await readUpload(one);
    if (read.ok) throw new Error('it was taken');
    expect(read.says.ja).toMatch(ja);
    // The message does not ask for a format that the desk would then refuse.
    expect(read.says.ja).toContain('。JPEGかPNGの画像にしてください');
    expect(read.says.en).toMatch(en);
  }
});

// Trying every way of dividing it into comments would take longer than a test may.
test('passes many comments with nothing behind them at once', async () => {
  const read = await readUpload(file(text('<!---->'.repeat(32))));
  expect(read.ok ? 'taken' : read.says.ja).toMatch(/^この形式/);
});

test.each<[string, RegExp, File]>([
  ['a PNG sent as a PDF', /^PDFとして送られましたが、中身はPNGです/, file(png(4, 4), 'a.png', 'application/pdf')],
  ['a PDF under the name of a JPEG', /^JPEGとして送られましたが、中身はPDFです/, file(pdf, 'a.jpeg')],
  ['a PDF sent as a page', /^中身はPDFですが、別の種類/, file(pdf, 'a.pdf', 'text/html')],
  ['a JPEG sent as an SVG', /^中身はJPEGですが、別の種類/, file(jpeg(4, 4), 'a.jpg', 'image/svg+xml; charset=utf-8')],
  ['nothing', /^ファイルが空です/, file(Buffer.alloc(0), 'a.pdf', 'application/pdf')],
  ['a PNG that was cut off', /^PNGとして読めません/, file(png(4, 4).subarray(0, 20))],
  ['a JPEG that was cut off', /^JPEGとして読めません/, file(jpeg(4, 4).subarray(0, 30))],
  ['a JPEG without a frame', /^JPEGとして読めません/, file(text('\xff\xd8\xff\xd9 and nothing more'))],
  ['a HEIC without a picture', /^HEICとして読めません/, file(heic(4, 4).subarray(0, 24))],
  ['a PDF that was cut off', /^PDFとして読めません/, file(pdf.subarray(0, 40))],
  ['a PNG of no height', /^PNGとして読めません/, file(png(4, 0))],
  ['a PNG too wide', /^画像が大きすぎます/, file(png(16_385, 1))],
  ['a PNG that unfolds to gigabytes', /^画像が大きすぎます/, file(png(0x7fffffff, 0x7fffffff))],
  ['a JPEG that unfolds too far', /^画像が大きすぎます/, file(jpeg(65_535, 65_535))],
  ['a HEIC that unfolds too far', /^画像が大きすぎます/, file(heic(16_000, 16_000))],
  ['more than 10 MB', /^10MBまで/, file(Buffer.concat([pdf, Buffer.alloc(MOST_UPLOAD_BYTES)]))],
])('refuses %s', async (_, says, one) => {
  const read = await readUpload(one);
  expect(read.ok ? 'taken' : read.says.ja).toMatch(says);
});

test('takes a picture of exactly the most pixels, and a file of exactly 10 MB', async () => {
  expect((await readUpload(file(png(10_000, 10_000)))).ok).toBe(true);
  expect((await readUpload(file(png(10_000, 10_001)))).ok).toBe(false);
  const full = Buffer.concat([text('%PDF-1.7'), Buffer.alloc(MOST_UPLOAD_BYTES - 13), text('%%EOF')]);
  expect([full.length, (await readUpload(file(full))).ok]).toEqual([MOST_UPLOAD_BYTES, true]);
});

test('answers about any bytes, and never repeats what a file is called', async () => {
  const heads = [pdf, png(4, 4), jpeg(4, 4), heic(4, 4), Buffer.alloc(0)];
  const damaged = fc
    .tuple(fc.constantFrom(...heads), fc.nat(120), fc.uint8Array({ maxLength: 60 }))
    .map(([head, keep, rest]) => Buffer.concat([head.subarray(0, keep), rest]));
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      const read = await readUpload(file(bytes, '例示花子の免許証.gif', 'image/gif'));
      expect(read.ok).toBe(false);
      expect(JSON.stringify(read)).not.toContain('花子');
    }),
    { numRuns: 2_000 },
  );
});
