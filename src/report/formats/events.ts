import type { RunEvent } from '../../model/index.ts';
import { count, dollars, duration } from '../../words/units.ts';

type Kind = { readonly name: string; readonly unit?: (value: number) => string };

const KINDS: Record<RunEvent['what'], Kind> = {
  lanes: { name: 'lanes' },
  slots: { name: 'Lean slots' },
  worker: { name: 'Lean slots of a worker' },
  'model-lanes': { name: 'model requests at once' },
  state: { name: 'state' },
  'auto-lanes': { name: 'lanes tuned up to' },
  'max-cost': { name: 'money of the run', unit: dollars },
  'run-max-tokens': { name: 'tokens of the run' },
  'run-timeout': { name: 'time of the run', unit: duration },
  'max-rounds': { name: 'rounds' },
  samples: { name: 'samples a round' },
  'max-samples': { name: 'samples of a theorem' },
  'max-tokens': { name: 'tokens of a theorem' },
  'theorem-max-cost': { name: 'money of a theorem', unit: dollars },
  timeout: { name: 'time of a theorem', unit: duration },
};

/** What a section with events is called, in each format. */
export const EVENTS_TITLE = 'Changes while it went on';

/** An event in words: what changed, from what, to what, with units. */
export const eventWords = ({
  what,
  from,
  to,
}: RunEvent): { readonly what: string; readonly from: string; readonly to: string } => {
  const { name, unit = count } = KINDS[what];
  const words = (value: RunEvent['from']) =>
    value === null ? 'no limit' : typeof value === 'number' ? unit(value) : value;
  return {
    what: name,
    from: what === 'auto-lanes' && from === null ? 'fixed' : words(from),
    to: what === 'auto-lanes' && to === null ? 'fixed' : words(to),
  };
};
