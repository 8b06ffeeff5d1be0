import { ProofloopError } from '../../model/index.ts';
import { type AddCommand, examples } from '../cli.ts';
import { type Finding, fail } from '../doctor/finding.ts';
import { leanFindings } from '../doctor/lean.ts';
import { loadFindings } from '../doctor/load.ts';
import { nodeFinding, storeFindings } from '../doctor/machine.ts';
import { modelFindings } from '../doctor/models.ts';
import { temporalFindings } from '../doctor/temporal.ts';
import { EXIT } from '../exit.ts';
import { configure, withJson, withLean, withTemporal } from '../options.ts';
import type { Paint } from '../render/paint.ts';

const MARK = { ok: ['green', '✓'], note: ['blue', '·'], warn: ['yellow', '!'], fail: ['red', '✗'] } as const;

const lines = (f: Finding, paint: Paint): string[] => {
  const [style, mark] = MARK[f.status];
  const head = `${paint(style, mark)} ${paint('bold', f.check.padEnd(17))} ${f.what}`;
  return f.fix === '' ? [head] : [head, `  ${''.padEnd(17)} ${paint('dim', '→')} ${f.fix}`];
};

export const addDoctor: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withLean(withTemporal(program.command('doctor'))))
    .summary('check what proofloop needs on this machine')
    .description(
      'Checks Node, Temporal, worker, load, memory, Lean, sandbox, store and model credentials; each problem with its fix. ' +
        'Exit code 0 if nothing that is needed is broken, else 1.',
    )
    .option('--provers <names>', 'check the credentials of these provers too')
    .addHelpText('after', examples('doctor', 'doctor --provers local,gemini', 'doctor --json'))
    .action(
      cli.action(async (options) => {
        let broken = 0;
        const tell = (findings: readonly Finding[]) => {
          for (const f of findings) {
            if (f.status === 'fail') broken += 1;
            if (options.json) io.out(JSON.stringify({ type: 'finding', ...f }));
            else for (const line of lines(f, io.paintOut)) io.out(line);
          }
        };
        tell([nodeFinding()]);
        const { config } = await configure(options, io).catch(async (error: unknown) => {
          if (!(error instanceof ProofloopError) || error.code !== 'PROFILE_UNTRUSTED') throw error;
          // A run is refused for that file; all else can be looked at without it.
          const rest = await configure(options, io, { trustedOnly: true }).catch(() => Promise.reject(error));
          tell([fail('configuration', error.message, error.fix)]);
          return rest;
        });
        tell(await storeFindings(config));
        tell(await temporalFindings(config));
        tell(await loadFindings(config));
        tell(await leanFindings(config));
        tell(await modelFindings(config));
        if (options.json)
          io.out(JSON.stringify({ type: 'done', broken, exitCode: broken === 0 ? EXIT.ok : EXIT.fault }));
        else io.say(broken === 0 ? 'Nothing that is needed is broken.' : `${broken} broken.`);
        return broken === 0 ? EXIT.ok : EXIT.fault;
      }),
    );
};
