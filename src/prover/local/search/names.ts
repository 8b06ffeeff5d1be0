import { type GoalView, looksLikeProposition } from './goal-view.ts';

/** Names for the hypotheses that Lean has hidden (`tail_ih✝`), in order; none stands in the goal already. */
export function namesFor(view: GoalView): readonly string[] {
  const taken = new Set([...view.words, ...view.hypotheses.map((h) => h.name)]);
  return view.hypotheses
    .filter((h) => h.hidden)
    .map(({ name, type }) => {
      const said = name.replace(/✝.*$/u, '').replaceAll('.', '_');
      const wish = wished(said, type);
      let fresh = wish;
      for (let n = 1; taken.has(fresh); n += 1) fresh = `${wish}${n}`;
      taken.add(fresh);
      return fresh;
    });
}

function wished(said: string, type: string): string {
  if (/_?ih\d*$/.test(said)) return 'ih';
  if (said === 'head') return 'x';
  if (said === 'tail') return 'xs';
  if (said === 'inst' || said === '') return 'inst';
  const anonymous = /^a\d*$/.test(said);
  if (anonymous && looksLikeProposition(type)) return 'h';
  return /^[\p{L}_][\p{L}\p{N}_']*$/u.test(said) ? said : 'y';
}
