// A CSV file as somebody hands one in: UTF-8 with a BOM, every cell in quotes.

export const csvUtf8 = (head: readonly string[], rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    `\uFEFF${[head, ...rows].map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')}`,
  );
