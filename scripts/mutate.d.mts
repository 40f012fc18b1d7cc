export interface Mutant {
  id: number;
  file: string;
  line: number;
  was: string;
  becomes: string;
  /** True when any test executes the place. */
  reached: boolean;
  /** The name of the test that failed, or null. */
  caught: string | null;
}

export function mutate(options: {
  root: string;
  folder: string;
  chosen?: (file: string) => boolean;
  out: string;
  lanes?: number;
  progress?: (taken: number, of: number) => void;
}): Promise<{ tests: number; mutants: Mutant[] }>;

export function report(mutants: readonly Mutant[], print: (line: string) => void): boolean;
