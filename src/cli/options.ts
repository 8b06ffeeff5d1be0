import { type Command, Option } from 'commander';
import type { LoadedConfig } from '../config/config.ts';
import type { ConfigFlags } from '../config/settings.ts';
import type { Io } from './io.ts';

/** Values of these flags are read and checked by `src/config`, which names the flag when it refuses one. */
type Add = (command: Command) => Command;

export const withConfig: Add = (command) =>
  command
    .optionsGroup('Configuration:')
    .option('--config <file>', "configuration file (default: ./proofloop.toml, then the user's own)")
    .option('--store <place>', 'verdicts, answers and runs: an SQLite file, or postgres://USER@HOST/DATABASE')
    .optionsGroup('Options:');

export const withTemporal: Add = (command) =>
  withConfig(command)
    .optionsGroup('Temporal:')
    .option('--address <host:port>', 'Temporal server to use instead of one of our own')
    .option('--namespace <name>', 'Temporal namespace')
    .option('--temporal-profile <name>', "profile of Temporal's own configuration (TLS, API key)")
    .option('--temporal-cli <path>', 'the `temporal` program that starts our server')
    .optionsGroup('Options:');

export const withLean: Add = (command) =>
  command
    .optionsGroup('Lean:')
    .option('--lean-profile <name>', 'Lean of the configuration (default: embedded)')
    .option('--lean-command <command>', 'any program that speaks the repl protocol, e.g. "lake exe repl"')
    .option('--lean-cwd <folder>', 'where that program runs: the Lake project')
    .option('--allow-unsandboxed', 'run such a program without a sandbox')
    .option('--slots <n>', 'Lean instances of this worker, or auto: by the load of the machine')
    .option('--spare', 'keep a clean one ready in a process of its own (default: where there is room)')
    .option('--no-spare', 'keep none')
    .option('--check-timeout <time>', 'wall clock of one check, e.g. 20s')
    .option('--memory <mib>', 'the most that one embedded instance may take')
    .option('--heartbeats <n>', "Lean's maxHeartbeats for a declaration")
    .optionsGroup('Options:');

export const withRun: Add = (command) =>
  withLean(withTemporal(command))
    .optionsGroup('Provers and limits:')
    .option(
      '--provers <names>',
      'who proves, in order, e.g. local,gemini or openai:MODEL@http://127.0.0.1:8000/v1',
    )
    .option('--race', 'all models at once; the first accepted proof ends the others')
    .option('-j, --jobs <n>', 'theorems at once, or auto: by backlog and refusals')
    .option('--samples <n>', 'model answers a round, asked in parallel')
    .option('--exhaust', 'all samples of the first round, also when one is right: pass@k is measured')
    .option('--max-rounds <n>', 'rounds of model answers a theorem')
    .option('--max-samples <n>', 'model answers a theorem, in all rounds')
    .option('--max-tokens <n>', 'limit of a theorem in tokens, or none')
    .option('--theorem-max-cost <usd>', 'limit of a theorem in US dollars, or none')
    .option('--timeout <time>', 'limit of a theorem, e.g. 10m, or none')
    .option('--max-cost <usd>', 'limit of the run in US dollars, or none')
    .option('--run-max-tokens <n>', 'limit of the run in tokens, or none')
    .option('--run-timeout <time>', 'limit of the run, e.g. 8h, or none')
    .option('--llm-concurrency <n>', 'model requests at once')
    .option('--batch', 'rounds of a suite as batch jobs of the provider: half price, within a day')
    .option('--rpm <n>', 'model requests a minute, of all workers together, or none')
    .option('--prompt <name>', 'prompt of every request (default: chosen by what won before)')
    .option('--seed <n>', 'of the choice of prompts, which then learns from earlier runs only')
    .addOption(
      new Option('--on-model-failure <what>', 'outcome error, or go on with the local prover').choices([
        'fail',
        'local',
      ]),
    )
    .option('--lemmas <n>', 'theorems of library and context that a model is told of (24; 0: none)')
    .option('--sketch <n>', 'when whole proofs have failed: proofs in steps to ask for (default: 0)')
    .option('--sketch-depth <n>', 'how deep: 2 = steps may be broken down in their turn')
    .option(
      '--refute',
      'look for a counterexample before a model is asked and when nobody proved it (default)',
    )
    .option('--no-refute', 'do not')
    .option('--no-cache', 'a new run that takes neither verdicts nor answers from the store')
    .optionsGroup('Options:');

export const withJson: Add = (command) =>
  command.option('--json', 'JSON lines on standard output, nothing else there');

/** Reads the configuration with the flags of a command on top. */
export const configure = async (
  flags: ConfigFlags,
  io: Io,
  { trustedOnly = false }: { readonly trustedOnly?: boolean } = {},
): Promise<LoadedConfig> => {
  const { loadConfig } = await import('../config/load.ts');
  return loadConfig({ flags, env: io.env, cwd: io.cwd, trustedOnly });
};
