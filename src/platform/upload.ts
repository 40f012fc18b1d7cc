// Recognises an uploaded file by its own bytes: PDF, PNG, JPEG or HEIC, of a bounded size. Its name and the type the browser states are only
// compared. Nothing is decoded here.

import { both, type Bilingual } from '../base/bilingual.ts';
import { ascii, barePicture, viewOf } from './picture.ts';

export const uploadKinds = ['pdf', 'png', 'jpeg', 'heic'] as const;
export type UploadKind = (typeof uploadKinds)[number];

/**
 * How a picture comes to show nothing that must not be seen: covered here (`here`), nothing to cover (`none-seen`), or stated by the uploader to be
 * covered already (`stated`).
 */
export const coverings = ['here', 'none-seen', 'stated'] as const;
export type Covering = (typeof coverings)[number];

const MIB = 1024 * 1024;
/** Most bytes of one file. */
export const MOST_UPLOAD_BYTES = 10 * MIB;
/** Most bytes of a form with one file: the file and what is typed beside it. */
export const MOST_UPLOAD_FORM_BYTES = 11 * MIB;
/** Most pixels per side and in total: a small file may expand to more than a screen or memory can hold. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 100_000_000;

export interface Uploaded {
  kind: UploadKind;
  bytes: Uint8Array<ArrayBuffer>;
}

export type UploadRead = { ok: true; value: Uploaded } | { ok: false; says: Bilingual };

const names: Record<UploadKind, string> = { pdf: 'PDF', png: 'PNG', jpeg: 'JPEG', heic: 'HEIC' };

/** For PDF and HEIC, which are recognised, the desk gives its own reason for refusing them. */
const accepted = both('JPEGかPNGの画像にしてください', 'Use a JPEG or PNG picture');

const refused = (ja: string, en: string): UploadRead => ({ ok: false, says: both(ja, en) });

const HEIC_BRANDS = /^(heic|heix|heim|heis|hevc|hevx)$/;

/** The brands of a file in ISO boxes, the main one first; empty for any other file. */
function brandsOf(bytes: Uint8Array): string[] {
  if (ascii(bytes, 4, 4) !== 'ftyp') return [];
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, 256);
  const brands = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, 4));
  return brands;
}

const isHeic = (bytes: Uint8Array): boolean => {
  const [main = '', ...others] = brandsOf(bytes);
  return HEIC_BRANDS.test(main) || (/^(mif1|msf1)$/.test(main) && others.some((one) => HEIC_BRANDS.test(one)));
};

function kindOf(bytes: Uint8Array): UploadKind | null {
  if (ascii(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return 'jpeg';
  return bytes.length >= 12 && isHeic(bytes) ? 'heic' : null;
}

/** Formats refused by name, recognised by their beginning once comments are removed; the first match counts. */
const strangers: [name: Bilingual, begins: RegExp][] = [
  [
    both('ZIP（WordやExcelのファイルもこの形です）', 'a ZIP file (which Word and Excel files are, too)'),
    /^PK[^ -~]{2}/,
  ],
  [both('SVG', 'an SVG'), /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i],
  [both('HTML', 'HTML'), /^\s*<(!DOCTYPE html|html|head|body|script|iframe|div|p|a)[\s>/]/i],
  [both('XML', 'XML'), /^\s*<\?xml/i],
  [both('GIF', 'a GIF'), /^GIF8/],
  [both('WebP', 'a WebP'), /^RIFF.{4}WEBP/s],
  [both('TIFF', 'a TIFF'), /^(II\*\0|MM\0\*)/],
  [both('BMP', 'a BMP'), /^BM.{4}\0{4}/s],
  [both('AVIF', 'an AVIF'), /^.{4}ftypavi[fs]/s],
  [both('動画', 'a video'), /^.{4}ftyp/s],
  [both('古いWordやExcelのファイル', 'an old Word or Excel file'), /^\xd0\xcf[^ -~]\xe0/],
  [both('圧縮されたファイル', 'a compressed file'), /^([^ -~]\x8b|Rar!|7z\xbc\xaf)/],
  [both('プログラム', 'a program'), /^(MZ|\x7fELF|#!)/],
];

const HEAD_BYTES = 1024;

/** Visits each comment once, so that no file can make this slow. A comment that does not end hides the rest. */
function withoutComments(text: string): string {
  const [before = '', ...parts] = text.split('<!--');
  const behind = parts.map((part) => {
    const end = part.indexOf('-->');
    return end < 0 ? '' : part.slice(end + 3);
  });
  return before + behind.join('');
}

function strangerSays(bytes: Uint8Array): UploadRead {
  const head = withoutComments(ascii(bytes, 0, HEAD_BYTES).replace(/^\xef\xbb\xbf/, ''));
  const known = strangers.find(([, begins]) => begins.test(head));
  if (known) {
    const [{ ja, en }] = known;
    return refused(`${ja}は受け取れません。${accepted.ja}`, `This is ${en}, which is not accepted. ${accepted.en}`);
  }
  return refused(
    `この形式のファイルは受け取れません。${accepted.ja}`,
    `This kind of file is not accepted. ${accepted.en}`,
  );
}

interface Size {
  width: number;
  height: number;
}

/** Size from the IHDR chunk. */
function pngSize(bytes: Uint8Array): Size | null {
  if (bytes.length < 33 || ascii(bytes, 12, 4) !== 'IHDR') return null;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Size from the first frame header, found by walking the segments before it. */
function jpegSize(bytes: Uint8Array): Size | null {
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

interface Box {
  type: string;
  /** Offsets of its content. */
  from: number;
  to: number;
}

function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const length = view.getUint32(at);
    const end = length === 0 ? to : at + length;
    // A length of 1 announces a 64-bit length. Such boxes hold the picture's data; what is needed here is in small boxes before or after.
    if (length === 1) {
      const long = at + 16 > to ? 0 : Number(view.getBigUint64(at + 8));
      if (long < 16) break;
      at += long;
      continue;
    }
    if (length !== 0 && length < 8) break;
    boxes.push({ type: ascii(bytes, at + 4, 4), from: at + 8, to: Math.min(end, to) });
    at = end;
  }
  return boxes;
}

/** The largest of the picture sizes in the file: meta, item properties, their container, spatial extents. */
function heicSize(bytes: Uint8Array): Size | null {
  const inside = (boxes: readonly Box[], type: string, skip = 0): Box[] =>
    boxes.filter((box) => box.type === type).flatMap((box) => boxesIn(bytes, box.from + skip, box.to));
  const meta = inside(boxesIn(bytes, 0, bytes.length), 'meta', 4);
  const extents = inside(inside(meta, 'iprp'), 'ipco').filter(
    ({ type, from, to }) => type === 'ispe' && from + 12 <= to,
  );
  const view = viewOf(bytes);
  const sizes = extents.map(({ from }) => ({ width: view.getUint32(from + 4), height: view.getUint32(from + 8) }));
  return sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

const sizes = { png: pngSize, jpeg: jpegSize, heic: heicSize };

/** A PDF ends with a marker; a truncated one lacks it. */
const pdfEnds = (bytes: Uint8Array): boolean =>
  ascii(bytes, Math.max(0, bytes.length - HEAD_BYTES), HEAD_BYTES).includes('%%EOF');

function lacks(kind: UploadKind, bytes: Uint8Array): UploadRead | null {
  const broken = refused(
    `${names[kind]}として読めません。ファイルが途中で切れていないか確かめてください`,
    `It cannot be read as ${names[kind]}. Check that the file is complete`,
  );
  if (kind === 'pdf') return pdfEnds(bytes) ? null : broken;
  const size = sizes[kind](bytes);
  if (!size || size.width === 0 || size.height === 0) return broken;
  if (size.width > MOST_SIDE || size.height > MOST_SIDE || size.width * size.height > MOST_PIXELS) {
    return refused(
      '画像が大きすぎます。縦横それぞれ16,384画素、全体で1億画素までにしてください',
      'The picture is too large. At most 16,384 pixels a side and 100 million in all',
    );
  }
  return null;
}

const claims: [RegExp, UploadKind | 'other'][] = [
  [/^application\/pdf$/, 'pdf'],
  [/^image\/png$/, 'png'],
  [/^image\/(jpeg|jpg|pjpeg)$/, 'jpeg'],
  [/^image\/hei[cf]$/, 'heic'],
  [/^(|application\/octet-stream)$/, 'other'],
];

const endings: [RegExp, UploadKind][] = [
  [/\.pdf$/i, 'pdf'],
  [/\.png$/i, 'png'],
  [/\.(jpe?g|jpe|jfif)$/i, 'jpeg'],
  [/\.hei[cf]$/i, 'heic'],
];

/** The type a file is announced as, if that is not what it is. */
function lie(file: { name: string; type: string }, kind: UploadKind): string | null {
  const type = file.type.split(';')[0]!.trim().toLowerCase();
  const claimed = claims.find(([pattern]) => pattern.test(type))?.[1];
  if (claimed === undefined) return 'other';
  if (claimed !== 'other' && claimed !== kind) return names[claimed];
  const ending = endings.find(([pattern]) => pattern.test(file.name))?.[1];
  return ending !== undefined && ending !== kind ? names[ending] : null;
}

/**
 * Reads an uploaded file; of a picture, only the picture itself is kept. The file name is compared and never repeated, because it can contain a
 * person's name.
 */
export async function readUpload(file: File): Promise<UploadRead> {
  if (file.size === 0) return refused('ファイルが空です', 'The file is empty');
  if (file.size > MOST_UPLOAD_BYTES) {
    return refused('10MBまでのファイルにしてください', 'The file may be at most 10 MB');
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  if (!kind) return strangerSays(bytes);
  const said = lie(file, kind);
  if (said === 'other') {
    return refused(
      `中身は${names[kind]}ですが、別の種類のファイルとして送られました。${names[kind]}として送り直してください`,
      `Its content is ${names[kind]}, but it was sent as another kind of file. Send it again as ${names[kind]}`,
    );
  }
  if (said !== null) {
    return refused(
      `${said}として送られましたが、中身は${names[kind]}です。中身を確かめてから、正しい名前で送り直してください`,
      `It was sent as ${said}, but its content is ${names[kind]}. Check the content and send it again under the right name`,
    );
  }
  const bare = kind === 'jpeg' || kind === 'png' ? barePicture(kind, bytes) : bytes;
  return lacks(kind, bytes) ?? { ok: true, value: { kind, bytes: bare } };
}
