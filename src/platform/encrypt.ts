// Files that open only with a code: PDF encrypted by ISO 32000-2 (AES-256, revision 6), anything else in a ZIP with AES-256 (WinZip AE-2). Without
// the code the file reveals nothing.

/** Encrypts a PDF, which asks for the code when opened. Its tags, language and title are kept. */
export async function encryptPdf(bytes: Uint8Array, code: string): Promise<Uint8Array> {
  const { PDF } = await import('@libpdf/core');
  const pdf = await PDF.load(bytes);
  pdf.setProtection({ userPassword: code, algorithm: 'AES-256' });
  return pdf.save();
}

/** WinZip AES: 3 = 256 bits. */
const AES_256 = 3;

/** A ZIP with a single file. Name and length can be read without the code, so the name must not say anything about a person. */
export async function encryptZip(
  file: { name: string; bytes: Uint8Array; at: Date },
  code: string,
): Promise<Uint8Array> {
  const { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js');
  // Workers off: clear text stays in this process.
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: code, encryptionStrength: AES_256 });
  await zip.add(file.name, new Uint8ArrayReader(file.bytes), { lastModDate: file.at });
  return zip.close();
}
