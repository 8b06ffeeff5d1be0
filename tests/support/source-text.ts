import { type SourceText, sha256 } from '../../src/cli/source/read.ts';

/** A file as `readSource` gives it. */
export const sourceText = (name: string, text: string): SourceText => {
  const bytes = Buffer.from(text);
  return { name, path: `/${name}`, bytes, text, sha256: sha256(bytes) };
};
