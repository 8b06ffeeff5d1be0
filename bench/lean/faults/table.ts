import type { Observation } from './observe.ts';

/** What the bench writes; `docs/faults.md` is made from it. */
export type FaultReport = {
  readonly at: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly loadBefore: number;
    readonly sandbox: string;
    /** Resident set of the hosts with both slots at work over `import Init`, before the first fault, in MiB. */
    readonly slotsMiB: number;
    readonly spareMiB: number;
  };
  /** What was left out, and why. */
  readonly skipped: readonly string[];
  readonly rows: readonly Observation[];
};

const TITLES: Readonly<Record<Observation['group'], string>> = {
  kill: 'Processes that are killed or frozen',
  loop: 'Elaboration without end: wall clock',
  limit: 'Deterministic limits of Lean',
  text: 'Texts that break Lean or its channel',
  schedule: 'Cancellation',
  repl: 'A repl command that misbehaves (`command` backend)',
  machine: 'Disk',
};

const happened = ({ happened: outcomes }: Observation): string => {
  const entries = Object.entries(outcomes).map(([name, n]) => (n === 1 ? name : `${n} × ${name}`));
  return entries.length === 0 ? 'nothing was at work' : entries.join(', ');
};
const ms = (value: number | null): string => (value === null ? '' : `${value}`);
const failed = (row: Observation): string =>
  row.rightClass && row.wrong.length === 0 ? '' : ` **wrong: ${row.wrong.join('; ') || 'class'}**`;

const line = (row: Observation): string =>
  [
    '',
    row.done,
    happened(row) + failed(row),
    ms(row.overMs),
    ms(row.nextMs),
    ms(row.wholeMs),
    row.instance,
    row.strength,
    '',
  ]
    .join(' | ')
    .trim();

function section(group: Observation['group'], all: readonly Observation[]): string {
  const rows = all.filter((row) => row.group === group);
  if (rows.length === 0) return '';
  const head = ['What was done', 'outcome', 'over', 'next answer', 'whole', 'instance', 'pool after'];
  return [
    `## ${TITLES[group]}`,
    '',
    `| ${head.join(' | ')} |`,
    `| --- | --- | ---: | ---: | ---: | --- | --- |`,
    ...rows.map(line),
    '',
    '',
  ].join('\n');
}

/** The page of the documentation, whole: nobody edits it by hand. */
export function page({ at, machine, skipped, rows }: FaultReport): string {
  return `# Faults of the Lean engine

Made by \`bench/lean/faults.ts\` from [lean-faults.json](../bench/results/lean-faults.json); do not edit. Each row is a fault that was
played for real on the built package: two slots in one host process and a spare instance in another (rows on the disk: one slot and
a spare). \`tests/lean/faults\` plays the same faults and fails where an outcome is of the wrong class, an answer is lost or another
request's, or the pool is not whole again.

- **outcome**: the verdict of the request at fault, the code of its error, or \`cancelled\`. A crash is tried once more in a fresh
  instance before it is the verdict \`crashed\`. \`timeout\` (wall clock) is never stored; a stopped request is no verdict on the proof.
- **over**: how long after its wall clock ran out (or it was cancelled) the request had really ended, in ms. A cancel token in the
  shared memory is set first; where Lean listens, the instance and its environments stay (\`the same\`). A thread that has spent 0.75 s
  of processor time since then without leaving its request is ended.
- **next answer**: from the kill, or from that outcome, to the answer of the next request, in ms (behind two killed requests it waits
  for a slot); **whole**: until all slots and the
  spare are there again.

${rows[0] === undefined ? '' : `${at.slice(0, 10)}, ${machine.cores} × ${machine.cpu}, Node ${machine.node}, load before ${machine.loadBefore.toFixed(2)}, sandbox: ${machine.sandbox}.`}
The spare costs a host process of its own: ${Math.round(machine.spareMiB)} MiB resident here, beside ${Math.round(machine.slotsMiB)} MiB of the host with two slots (\`import Init\`). \`--no-spare\`, or
\`spare = false\` in \`[lean]\`, does without; by default it is kept where the machine has 0.5 GiB (embedded) for each slot and for it.

${(['kill', 'loop', 'limit', 'text', 'schedule', 'repl', 'machine'] as const).map((group) => section(group, rows)).join('')}${skipped.map((why) => `Not played: ${why}.\n`).join('')}`;
}
