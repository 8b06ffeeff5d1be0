import type { Canary } from '../model/index.ts';

/** A canary in one line. */
export const canaryLine = ({ outcome, cheats, truth, checker, lean, backend }: Canary): string => {
  const by = `checker ${checker}, Lean ${lean} (${backend})`;
  const taken = cheats.filter((cheat) => cheat.status === 'accepted').map((cheat) => cheat.name);
  switch (outcome) {
    case 'passed':
      return `passed: ${cheats.length} cheats refused, the truth accepted (${by})`;
    case 'accepted the false':
      return `ACCEPTED A FALSE STATEMENT: ${taken.join(', ')} (${by})`;
    case 'refused the true':
      return `did not accept a true statement: ${truth} (${by})`;
  }
};
