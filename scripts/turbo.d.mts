export function buildTurbo(outDir: string): Promise<void>;
