import { join, resolve } from 'node:path';
import type { StepReport } from '../../../lean/project/steps.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { configure, withJson } from '../options.ts';
import type { Paint } from '../render/paint.ts';

type Options = {
  config?: string;
  profile: string;
  toolchain?: string;
  import?: string[];
  dryRun?: boolean;
  json?: boolean;
};

const MARK: Record<StepReport['state'], readonly [Parameters<Paint>[0], string]> = {
  ok: ['green', '✓'],
  done: ['green', '✓'],
  missing: ['yellow', '!'],
  blocked: ['red', '✗'],
  failed: ['red', '✗'],
  waiting: ['dim', '·'],
};

const lines = (report: StepReport, paint: Paint): string[] => {
  const [style, mark] = MARK[report.state];
  const head = `${paint(style, mark)} ${paint('bold', report.title.padEnd(28))} ${report.detail}`;
  const open = report.state === 'missing' || report.state === 'failed';
  return open && report.command !== null
    ? [head, `  ${''.padEnd(28)} ${paint('dim', '→')} ${report.command}`]
    : [head];
};

/** `lean setup`: a native Lean with Mathlib, for those whose theorems need more than core Lean. */
export const addLeanSetup: AddCommand = (program, cli) => {
  const { io } = cli;
  const lean = program
    .command('lean')
    .summary('prepare a native Lean with Mathlib')
    .addHelpText('after', examples('lean setup ./mathlib-project', 'lean setup --dry-run'));

  withJson(lean.command('setup [folder]'))
    .description(
      'Goes through what a native Lean needs, in order: elan, a Lake project, its toolchain and packages, the Mathlib ' +
        'cache, the repl at the tag of the toolchain, built imports, and a profile in the configuration. What is there ' +
        'stays as it is; what is missing is fetched (some gigabytes with Mathlib). Exit code 0 if all is in place.',
    )
    .option('--config <file>', "the configuration file that gets the profile (default: the user's own)")
    .option('--profile <name>', 'name of the profile', 'mathlib')
    .option('--toolchain <name>', 'for a folder that is no Lake project yet, e.g. leanprover/lean4:v4.28.0')
    .option('--import <module...>', 'modules that have to be built (default: Mathlib)')
    .option('--dry-run', 'only say what is missing and the command that brings it')
    .addHelpText(
      'after',
      examples(
        'lean setup ./mathlib-project',
        'lean setup . --profile mine --import Mine',
        'lean setup --dry-run',
      ),
    )
    .action(
      cli.action(async (folder: string | undefined, options: Options) => {
        const { config } = await configure({}, io);
        const { setUpNativeLean } = await import('../../../lean/project/setup.ts');
        const reports = await setUpNativeLean({
          projectDir: resolve(io.cwd, folder ?? '.'),
          profile: options.profile,
          configFile:
            options.config === undefined
              ? join(config.dirs.config, 'config.toml')
              : resolve(io.cwd, options.config),
          replsDir: join(config.dirs.cache, 'repl'),
          ...(options.toolchain === undefined ? {} : { toolchain: options.toolchain }),
          ...(options.import === undefined ? {} : { imports: options.import }),
          apply: options.dryRun !== true,
          onStep: (report) => {
            if (options.json) io.out(JSON.stringify({ type: 'step', ...report }));
            else for (const line of lines(report, io.paintOut)) io.out(line);
          },
          onLine: (line) => io.say(line),
        });
        const complete = reports.every(({ state }) => state === 'ok' || state === 'done');
        if (options.json)
          io.out(JSON.stringify({ type: 'done', complete, exitCode: complete ? EXIT.ok : EXIT.fault }));
        else if (complete) io.say(`Use it with --lean-profile ${options.profile}.`);
        return complete ? EXIT.ok : EXIT.fault;
      }),
    );
};
