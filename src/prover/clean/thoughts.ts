/** Marks that reasoning models put round their thoughts; a chat template may have written the first one itself. */
const END = /<\/(?:think|thinking|thought|reasoning)>/gi;
const BEGIN = /<(?:think|thinking|thought|reasoning)>/i;

/** The answer without the thoughts in front of it. Of a cut answer whose thoughts never ended nothing is left behind them. */
export function withoutThoughts(answer: string, whole: boolean): string {
  const last = [...answer.matchAll(END)].at(-1);
  if (last !== undefined) return answer.slice(last.index + last[0].length);
  const begin = BEGIN.exec(answer);
  return begin === null || whole ? answer : answer.slice(0, begin.index);
}
