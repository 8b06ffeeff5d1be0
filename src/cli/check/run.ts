import type { Config } from '../../config/config.ts';
import { leanText } from '../../lean-text/assemble.ts';
import { ProofloopError } from '../../model/index.ts';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import { writeRecord } from '../run/records.ts';
import { readSource, STANDARD_INPUT } from '../source/read.ts';
import { checkFiles, targetsIn } from './files.ts';
import { exitFor } from './judgement.ts';
import { doneRecord, summaryLines, targetLines, targetRecord } from './render.ts';

export type CheckOptions = {
  readonly challenge: string;
  readonly submission: string;
  readonly wallMs: number;
  readonly json: boolean;
};

/** `check CHALLENGE SUBMISSION`: reads, judges, prints. */
export const runCheck = async ({ io }: Cli, config: Config, options: CheckOptions): Promise<ExitCode> => {
  if (options.challenge === STANDARD_INPUT && options.submission === STANDARD_INPUT)
    throw new ProofloopError('USAGE', 'standard input can be only one of the two files');
  const challenge = await readSource(options.challenge, io.stdin, io.cwd);
  const submission = await readSource(options.submission, io.stdin, io.cwd);
  targetsIn(challenge);

  const { createLeanService } = await import('../../../lean/index.ts');
  const one = { ...config, lean: { ...config.lean, slots: 1 } };
  const lean = await createLeanService(one, (line) => io.say(io.paintErr('dim', line)));
  try {
    const limits = { wallMs: options.wallMs, heartbeats: config.lean.heartbeats };
    const targets = await checkFiles(lean, challenge, submission, limits);
    const identity = await lean.identity();
    const exitCode = exitFor(targets.map((t) => t.verdict));
    if (options.json) {
      for (const target of targets) writeRecord(io, 'target', targetRecord(target));
      writeRecord(io, 'done', doneRecord(targets, identity, exitCode));
      return exitCode;
    }
    const sources = {
      [challenge.name]: leanText(challenge.text),
      [submission.name]: leanText(submission.text),
    };
    for (const target of targets) for (const line of targetLines(target, sources, io.paintOut)) io.out(line);
    for (const line of summaryLines(targets, identity, io.paintOut)) io.out(line);
    return exitCode;
  } finally {
    await lean.close();
  }
};
