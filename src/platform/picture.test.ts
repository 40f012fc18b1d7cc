// Everything that is not the picture is gone from the file, whatever the file holds, and the picture itself is unchanged.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barePicture } from './picture.ts';

const bytesOf = (...parts: (string | readonly number[] | Buffer)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part as number[]))),
  );

const segment = (marker: number, content: string | Buffer): Buffer => {
  const body = Buffer.from(content as string, 'latin1');
  return bytesOf([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff], body);
};

const chunk = (type: string, content: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return bytesOf(length, type, content, 'crc.');
};

const START = [0xff, 0xd8];
const END = [0xff, 0xd9];
const jfif = segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
const table = segment(0xdb, 'table');
const frame = segment(0xc2, 'frame');
/** Two scans, with data that only looks like markers. */
const scan = bytesOf(segment(0xda, 'scan'), [1, 0xff, 0, 2, 0xff, 0xd3, 3]);
const PNG = '\x89PNG\r\n\x1a\n';

describe('a JPEG', () => {
  test.each([
    ['what the camera wrote', segment(0xe1, 'Exif\0\0place and small picture')],
    ['other pictures it points to', segment(0xe2, 'MPF\0')],
    ['a note', segment(0xfe, 'taken at the example inn')],
    ['a small picture in its head', segment(0xe0, 'JFXX\0\x10small')],
    ['a head with a small picture', segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01rgb')],
    ['an edit history', segment(0xed, 'Photoshop 3.0\0')],
    ['what stands where colours are told and tells none', segment(0xee, 'taken at the example inn')],
    ['more behind how its colours are read', segment(0xee, 'Adobe\0d\0\0\0\0\x01 and more')],
    ['what no picture is drawn from', segment(0xf7, 'place and small picture')],
    ['what is kept free for later', segment(0x02, 'place and small picture')],
  ])('loses %s', (_, extra) => {
    const wanted = bytesOf(START, jfif, table, frame, scan, table, scan, END);
    const given = bytesOf(START, jfif, extra, table, frame, scan, extra, table, scan, END, 'behind the end');
    expect(Buffer.from(barePicture('jpeg', given))).toEqual(wanted);
  });

  test('keeps how its colours are read, and its data whole', () => {
    const whole = bytesOf(START, jfif, segment(0xee, 'Adobe\0d\0\0\0\0\x01'), table, frame, scan, END);
    expect(Buffer.from(barePicture('jpeg', whole))).toEqual(whole);
  });
});

describe('a PNG', () => {
  test.each(['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'iCCP', 'acTL', 'fdAT', 'prVt'])('loses %s', (type) => {
    const [head, data, end] = [chunk('IHDR', 'size and depth'), chunk('IDAT', 'data'), chunk('IEND', '')];
    const given = bytesOf(PNG, head, chunk(type, 'more'), data, chunk(type, 'more'), end, 'behind the end');
    expect(Buffer.from(barePicture('png', given))).toEqual(bytesOf(PNG, head, data, end));
  });
});

test('any bytes are answered, and what is bare already stays as it is', () => {
  const any = fc.tuple(
    fc.constantFrom('jpeg' as const, 'png' as const),
    fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(jfif, scan, table, chunk('IDAT', 'x'))), {
      maxLength: 12,
    }),
  );
  fc.assert(
    fc.property(any, ([kind, parts]) => {
      const bare = barePicture(kind, bytesOf(kind === 'jpeg' ? START : PNG, ...parts.map((one) => Buffer.from(one))));
      expect(barePicture(kind, bare)).toEqual(bare);
      expect(Buffer.from(bare).includes('Exif')).toBe(false);
    }),
  );
});
