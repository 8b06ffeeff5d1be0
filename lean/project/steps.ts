import type { LakeProject } from './project.ts';

/** In the order in which they are done; each needs those before it. */
export const STEP_IDS = [
  'elan',
  'project',
  'toolchain',
  'packages',
  'mathlib-cache',
  'repl-source',
  'repl-build',
  'imports',
  'profile',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What a step does when something is missing: a command for a shell, or work of our own that `shown` describes. */
export type Remedy =
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly kind: 'own'; readonly shown: string; readonly run: () => Promise<void> };

export type Look =
  /** `detail` is what is there. */
  | { readonly state: 'ok'; readonly detail: string }
  /** `detail` is what is missing. */
  | { readonly state: 'missing'; readonly detail: string; readonly remedy: Remedy }
  /** Nothing that we can do; `detail` says what the user has to. */
  | { readonly state: 'blocked'; readonly detail: string };

export type Step = { readonly id: StepId; readonly title: string; look(): Promise<Look> };

export type StepReport = {
  readonly id: StepId;
  readonly title: string;
  /** `ok`: was there; `done`: is there now; `waiting`: a step before it has to be done first. */
  readonly state: 'ok' | 'done' | 'missing' | 'blocked' | 'failed' | 'waiting';
  readonly detail: string;
  /** What mends it, as one would type it; null where nothing is missing. */
  readonly command: string | null;
};

export type SetupPlan = {
  readonly projectDir: string;
  /** Name of the profile that is written. */
  readonly profile: string;
  /** The configuration file that gets it. */
  readonly configFile: string;
  /** Where checkouts of the repl are kept, one folder a tag. */
  readonly replsDir: string;
  /** Modules that have to be there as .olean; with Mathlib `['Mathlib']`. */
  readonly imports: readonly string[];
  /** For a project that does not exist yet. */
  readonly toolchain: string;
  readonly elanUrl: string;
  readonly replUrl: string;
  /** The environment that programs are run in. */
  readonly env: Readonly<Record<string, string>>;
};

export const needsMathlib = (project: LakeProject): boolean => project.requires.includes('mathlib');

/** One word of a shell command. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

export const shown = (remedy: Remedy): string =>
  remedy.kind === 'own' ? remedy.shown : `cd ${word(remedy.cwd)} && ${remedy.argv.map(word).join(' ')}`;
