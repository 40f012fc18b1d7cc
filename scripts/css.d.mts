export function buildCss(outDir: string): Promise<void>;
