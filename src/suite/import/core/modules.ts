import { parseHeader } from '../../../lean-text/imports.ts';

const CORE = new Set(['Init', 'Std', 'Lean']);

const isCore = (module: string): boolean => CORE.has(module.split('.')[0] ?? '');

/** Modules of a header that come with no Lean by itself. */
export const foreignModules = (header: string): string[] =>
  parseHeader(header).modules.filter((module) => !isCore(module));

/** The header with the imports of core Lean alone. */
export function coreHeader(header: string): string {
  const { modules } = parseHeader(header);
  return modules
    .filter((module) => isCore(module) && module !== 'Init')
    .map((module) => `import ${module}\n`)
    .join('');
}
