import type { Config } from '../../config/config.ts';
import type { Theorem } from '../../model/index.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { renderTable } from '../render/table.ts';
import { plural } from '../render/units.ts';
import { boundLine, boundOf } from './bound.ts';
import { proversOf } from './identify.ts';

/** What a run would do: the order, the calls and the most that it can cost. Nothing is asked or started. */
export const dryRun = async (
  { io }: Cli,
  config: Config,
  label: string,
  theorems: readonly Theorem[],
  json: boolean,
): Promise<ExitCode> => {
  const bound = boundOf(config, await proversOf(config), theorems);
  if (json) {
    for (const [i, t] of theorems.entries())
      io.out(
        JSON.stringify({
          type: 'planned',
          n: i + 1,
          theoremId: t.id,
          difficulty: t.difficulty ?? null,
          category: t.category ?? null,
        }),
      );
    io.out(
      JSON.stringify({ type: 'plan', label, total: theorems.length, provers: config.provers.use, ...bound }),
    );
    return EXIT.ok;
  }
  const head = [{ head: 'theorem' }, { head: 'difficulty' }, { head: 'category' }] as const;
  const rows = theorems.map((t) => [t.id, t.difficulty ?? '-', t.category ?? '-']);
  for (const line of renderTable(head, rows, io.stdout.columns ?? 100, io.paintOut)) io.out(line);
  io.out('');
  io.out(
    `${plural(theorems.length, 'theorem')} of ${label} in this order, ${config.run.lanes} at once; provers: ${config.provers.use.join(', ')}`,
  );
  io.out(boundLine(bound) ?? 'No model is asked: 0 calls, $0.00.');
  return EXIT.ok;
};
