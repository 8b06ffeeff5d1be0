import { parseHeader } from '../../src/lean-text/imports.ts';

const PLAIN_IMPORTS = /^import \S+(; import \S+)*$/;

/**
 * Key of the environment that a header makes. The package has the data that a `module` imports and nothing else, so that
 * word changes nothing where imports have no modifiers.
 */
export function environmentKey(header: string): string {
  const { key } = parseHeader(header);
  const plain = key.replace(/^module; /, '');
  return PLAIN_IMPORTS.test(plain) ? plain : key;
}
