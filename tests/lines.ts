// The lines of a PDF as they stand on its pages.

import { getDocumentProxy } from 'unpdf';

/** A line of a page: what stands on it, from left to right, and where it ends, in points. */
export interface Line {
  text: string;
  right: number;
}

/** The lines of a PDF from its first page to its last; columns beside each other are one line. */
export async function linesOn(bytes: Uint8Array): Promise<Line[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const lines = new Map<string, Line>();
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    for (const item of items) {
      if (!('str' in item)) continue;
      const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
      const at = `${page} ${Math.round(y)}`;
      const line = lines.get(at) ?? { text: '', right: 0 };
      lines.set(at, { text: line.text + item.str, right: Math.max(line.right, x + item.width) });
    }
  }
  return [...lines.values()];
}
