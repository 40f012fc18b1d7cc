import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { encryptPdf, encryptZip } from './encrypt.ts';
import { makePdf } from './pdf.ts';

const CODE = '7K3QW-X02MB';
const SECRET = '髙橋の電話は 03-0000-0000';

const plain = makePdf({
  template: `#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: "例示", date: none)
#set text(font: ("BIZ UDPGothic", "Noto Sans JP"), lang: sys.inputs.lang)
= #data.title
#data.says
#table(columns: 2, table.header([項目], [内容]), [電話], [03-0000-0000])`,
  data: { title: '開示書', says: SECRET },
  lang: 'ja',
});

interface Node {
  role?: string;
  lang?: string;
  alt?: string;
  children?: Node[];
}

/** Only the tags: the file numbers their contents. */
const tagsOf = (node: Node): unknown[] => [
  node.role ?? 'content',
  ...(node.lang ? [node.lang] : []),
  ...(node.children ?? []).map(tagsOf),
];

async function read(bytes: Uint8Array, password?: string) {
  const options = { verbosity: 0, ...(password === undefined ? {} : { password }) };
  const pdf = await getDocumentProxy(new Uint8Array(bytes), options);
  const page = await pdf.getPage(1);
  const { info } = await pdf.getMetadata();
  const { Language, Title } = info as Record<string, unknown>;
  const text = (await page.getTextContent()).items.map(({ str = '' }: { str?: string }) => str).join('');
  const tags = tagsOf((await page.getStructTree()) as Node);
  return { text, tags, Language, Title, marked: (await pdf.getMarkInfo())?.Marked };
}

test('an encrypted PDF opens with its code alone, and says the same with the same tags', async () => {
  const file = await encryptPdf(plain, CODE);
  await expect(read(file)).rejects.toThrow('No password given');
  await expect(read(file, '7K3QW-X02MC')).rejects.toThrow('Incorrect Password');
  const before = await read(plain);
  expect(before).toMatchObject({ Language: 'ja', Title: '開示書', marked: true });
  expect(before.text).toContain('03-0000-0000');
  expect(JSON.stringify(before.tags)).toMatch(/"H1".*"Table".*"TH"/);
  expect(await read(file, CODE)).toEqual(before);
});

test('it is AES with 256 bits, and nothing of it stands in clear', async () => {
  const raw = Buffer.from(await encryptPdf(plain, CODE)).toString('latin1');
  expect(raw).toMatch(/\/Filter \/Standard\s\/V 5\s\/R 6\s\/Length 256/);
  expect(raw).toMatch(/\/CFM \/AESV3/);
  // An incremental update would keep the old file inside.
  expect(raw.match(/%%EOF/g)).toHaveLength(1);
  const title = Buffer.from('開示書', 'utf16le').swap16().toString('latin1');
  for (const clear of [title, '<dc:title>', CODE]) expect(raw.includes(clear)).toBe(false);
});

test('two files of one content are not the same', async () => {
  const [a, b] = [await encryptPdf(plain, CODE), await encryptPdf(plain, CODE)];
  expect(Buffer.compare(a, b)).not.toBe(0);
});

test('a ZIP shows its name alone and opens with its code', async () => {
  const bytes = Buffer.from(JSON.stringify({ says: SECRET }));
  const zip = await encryptZip({ name: 'R-2026-031.json', bytes, at: new Date('2026-12-07T01:00:00Z') }, CODE);
  expect(Buffer.from(zip).includes(SECRET)).toBe(false);
  const open = async (password?: string) => {
    const [entry] = await new ZipReader(new Uint8ArrayReader(zip)).getEntries();
    if (!entry || entry.directory) throw new Error('no file in it');
    // 0x9901, the field of AES: version 2, AE, strength 3 = 256 bits.
    expect([...entry.extraField!.get(0x9901)!.data]).toEqual([2, 0, 0x41, 0x45, 3, 8, 0]);
    expect([entry.filename, entry.encrypted]).toEqual(['R-2026-031.json', true]);
    const options = password === undefined ? {} : { password, checkPasswordOnly: false };
    return Buffer.from(await entry.getData(new Uint8ArrayWriter(), options)).toString('utf8');
  };
  await expect(open()).rejects.toThrow('contains encrypted entry');
  await expect(open('7K3QW-X02MC')).rejects.toThrow('Invalid password');
  expect(JSON.parse(await open(CODE))).toEqual({ says: SECRET });
});
