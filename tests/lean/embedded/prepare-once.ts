import { prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { isProofloopError } from '../../../src/model/errors.ts';

/** Run by tests in a process of its own: prepares Lean in the folder that is named, and prints what came of it as JSON. */
const said: string[] = [];
try {
  const { folder } = await prepareLean({ cacheDir: process.argv[2]!, say: (line) => said.push(line) });
  console.log(JSON.stringify({ folder, said: said.length }));
} catch (error) {
  if (!isProofloopError(error)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message, fix: error.fix }));
}
