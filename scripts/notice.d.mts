export function buildNotice(outDir: string): Promise<void>;
