import type { RunEvent } from '../../model/index.ts';
import type { Utilisation } from '../../report/utilisation.ts';
import type { Paint } from './paint.ts';
import { duration } from './units.ts';

const WHAT: Record<RunEvent['what'], string> = {
  lanes: 'lanes',
  slots: 'Lean slots',
  'model-lanes': 'model requests at once',
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `utilisation  74 % of the Lean slots in use; CPU 81 % on average, 97 % at most`. */
export const utilisationLine = ({ share, cpu, workers }: Utilisation): string => {
  const used = `${percent(share)} of the Lean slots in use`;
  const load = cpu === null ? '' : `; CPU ${percent(cpu.mean)} on average, ${percent(cpu.highest)} at most`;
  return `${used}${load}${workers > 1 ? `; ${workers} workers` : ''}`;
};

/** What the product changed by itself while a run went on, a line each, with the time since the run's start. */
export const eventLines = (events: readonly RunEvent[], startedAt: number, paint: Paint): string[] =>
  events.map(({ at, what, from, to, reason, by }) => {
    const time = paint('dim', `+${duration(Math.max(0, at - startedAt))}`.padStart(9));
    return `${time} ${WHAT[what]} ${from} → ${paint('bold', String(to))}: ${reason} ${paint('dim', `(${by})`)}`;
  });
