// Files that open with a code only: PDF encrypted as ISO 32000-2 has it (AES-256, revision 6), anything else in a ZIP encrypted with AES-256
// (WinZip AE-2). Whoever has the file without the code has nothing.

/** The PDF, which asks for the code when it is opened; its tags, language and title stay. */
export async function encryptPdf(bytes: Uint8Array, code: string): Promise<Uint8Array> {
  const { PDF } = await import('@libpdf/core');
  const pdf = await PDF.load(bytes);
  pdf.setProtection({ userPassword: code, algorithm: 'AES-256' });
  return pdf.save();
}

/** WinZip AES: 3 = 256 bits. */
const AES_256 = 3;

/** A ZIP with one file in it. The name and the length of the file can be read without the code, so the name says nothing of a person. */
export async function encryptZip(
  file: { name: string; bytes: Uint8Array; at: Date },
  code: string,
): Promise<Uint8Array> {
  const { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js');
  // Everything stays in this process: there are no workers to hand clear text to.
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: code, encryptionStrength: AES_256 });
  await zip.add(file.name, new Uint8ArrayReader(file.bytes), { lastModDate: file.at });
  return zip.close();
}
