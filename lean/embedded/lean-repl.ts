import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createEmbeddedBackend } from './backend.ts';
import { SOURCE } from './prepare/source.ts';
import { ReplEngine } from './repl/engine.ts';
import { serveRepl } from './repl/server.ts';

export type LeanReplOptions = {
  readonly cacheDir: string;
  readonly input: Readable;
  readonly output: Writable;
  /** Progress of the preparation, for standard error. */
  readonly say?: (line: string) => void;
};

/**
 * The JSON protocol of leanprover-community/repl over the embedded Lean: one answer a request, in order, until the
 * input ends. What the original dies of (bad JSON, unknown shapes) is answered with `{"message": …}`.
 * Resolves with the exit code; rejects with ProofloopError when Lean cannot be started.
 */
export async function runLeanRepl(options: LeanReplOptions): Promise<number> {
  const backend = createEmbeddedBackend({
    cacheDir: options.cacheDir,
    ...(options.say ? { say: options.say } : {}),
  });
  // A reader that goes away ends the program, and the host with it.
  const readerGone = finished(options.output, { readable: false }).then(
    () => 0,
    () => 0,
  );
  try {
    return await Promise.race([readerGone, serve(options, new ReplEngine(backend, SOURCE.lean))]);
  } finally {
    await backend.close();
  }
}

async function serve({ input, output }: LeanReplOptions, engine: ReplEngine): Promise<number> {
  await engine.start();
  await serveRepl(engine, input, output);
  return 0;
}
