import type { Theorem } from '../model/index.ts';

/** What has to be known of theorems before anybody reads rates from them; a sentence each. */
export function suiteNotes(theorems: readonly Theorem[]): string[] {
  const unchecked = theorems.filter((t) => t.unchecked).length;
  const mapped = theorems.filter((t) => t.mapped === 'core').length;
  return [
    ...(unchecked > 0
      ? [
          `${unchecked} of ${theorems.length} theorems are unchecked: the Lean that imported them lacks what their headers import. ` +
            'Where this one does as well they end as errors (badHeader), which say nothing of any prover.',
        ]
      : []),
    ...(mapped > 0 ? [MAPPED_NOTE] : []),
  ];
}

export const MAPPED_NOTE =
  'This suite is stated in core Lean with definitions of our own (--map-core): its rates are not comparable with published ones of the original.';
