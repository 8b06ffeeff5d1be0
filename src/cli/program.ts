import { Command, CommanderError, Help } from 'commander';
import { version } from '../version.ts';
import type { Cli } from './cli.ts';
import { examples } from './cli.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { asFault, renderFault } from './fault.ts';
import type { Io } from './io.ts';

const EXIT_CODES = `
Exit codes:
  0    all solved, or the command did what was asked
  1    usage or infrastructure error
  2    the run ended, but not everything is solved
  130  interrupted`;

const OWN = 'Options:';

/** What is a command's own stands before what it shares with others. */
const ownOptionsFirst: Help['groupItems'] = (items, visible, groupOf) => {
  const groups = new Help().groupItems(items, visible, groupOf);
  const own = groups.get(OWN);
  return own === undefined ? groups : new Map([[OWN, own], ...groups]);
};

/** The whole command line; nothing runs until it is parsed. */
export const buildProgram = (cli: Cli): Command => {
  const { io } = cli;
  const program = new Command('proofloop')
    .description('Proves Lean 4 theorems in a durable loop on Temporal, and measures how well that goes.')
    .version(version(), '-V, --version')
    .option('--verbose', 'print stack traces and more of what happens')
    .addHelpCommand(
      new Command('help').argument('[command]').description('the help of a command').helpGroup('Set up:'),
    )
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: Math.min(io.stdout.columns ?? 80, 100),
      groupItems: ownOptionsFirst,
    })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => {}, // Said once, by `runCli`, in the form of all our faults.
    })
    .exitOverride()
    .addHelpText(
      'after',
      `${EXIT_CODES}\n${examples(
        'demo                              # a first run: no key, no model, a minute',
        'prove Sums.lean --write           # fill the sorrys of a file',
        'bench medium --provers local,gemini --max-cost 2',
        'doctor                            # what is missing on this machine',
      )}`,
    );
  for (const [heading, commands] of COMMANDS) {
    program.commandsGroup(heading);
    for (const add of commands) add(program, cli);
  }
  return program;
};

/** The command that a usage error belongs to, for the hint that follows it. */
const helpHint = (program: Command, args: readonly string[]): string => {
  let at: Command = program;
  for (const arg of args) {
    const next = at.commands.find((c) => c.name() === arg);
    if (next === undefined) break;
    at = next;
  }
  const names: string[] = [];
  for (let c: Command | null = at; c !== null; c = c.parent) names.unshift(c.name());
  return `See \`${names.join(' ')} --help\`.`;
};

/** Runs one command and answers its exit code; every error ends here, printed once. */
export const runCli = async (args: readonly string[], io: Io): Promise<ExitCode> => {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram({
    io,
    action:
      (run) =>
      async (...actionArgs) => {
        code = await run(...actionArgs);
      },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // `help` without a command has been printed; it is an error only where a command was needed.
      if (error.exitCode === 0) return EXIT.ok;
      if (error.code === 'commander.help') return EXIT.fault;
    }
    const fault = asFault(error, () => helpHint(program, args));
    const verbose = args.includes('--verbose') || io.env.PROOFLOOP_VERBOSE === '1';
    for (const line of renderFault(fault, verbose)) io.say(line);
    return EXIT.fault;
  }
};
