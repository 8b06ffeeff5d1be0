import type { RunEvent } from '../../model/index.ts';
import { eventWords } from '../../report/formats/events.ts';
import type { Utilisation } from '../../report/utilisation.ts';
import { duration } from '../../words/units.ts';
import type { Paint } from './paint.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `utilisation  74 % of the Lean slots in use; CPU 81 % on average, 97 % at most`. */
export const utilisationLine = ({ share, cpu, workers }: Utilisation): string => {
  const used = `${percent(share)} of the Lean slots in use`;
  const load = cpu === null ? '' : `; CPU ${percent(cpu.mean)} on average, ${percent(cpu.highest)} at most`;
  return `${used}${load}${workers > 1 ? `; ${workers} workers` : ''}`;
};

/** What was changed while a run went on, by the product or by people, a line each, with the time since the run's start. */
export const eventLines = (events: readonly RunEvent[], startedAt: number, paint: Paint): string[] =>
  events.map((event) => {
    const { what, from, to } = eventWords(event);
    // A run that was asked for again starts anew, and has events of before.
    const since = event.at < startedAt ? 'earlier' : `+${duration(event.at - startedAt)}`;
    const time = paint('dim', since.padStart(9));
    return `${time} ${what} ${from} → ${paint('bold', to)}: ${event.reason} ${paint('dim', `(${event.by})`)}`;
  });
