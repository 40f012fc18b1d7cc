import type { BuildResult } from 'esbuild';

export function buildProgram(entry: string, outfile: string): Promise<BuildResult>;
export function buildAll(): Promise<void>;
