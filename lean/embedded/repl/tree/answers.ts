import { findSorries } from '../../elaborate/sorries.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';
import type { createContextInfos } from '../proof/context-info.ts';
import type { createProofStates, ProofState } from '../proof/proof-state.ts';
import type { ReplSorry, ReplTactic } from '../protocol.ts';
import { usedConstants } from './constants.ts';
import type { Printer } from './print.ts';
import { createTacticFinder } from './tactics.ts';

/** Gives a proof state (owned) its id. */
export type Record = (state: ProofState) => number;

/** What is answered of a command's info trees (borrowed); each item gets a proof state to run tactics on. */
export function createTreeAnswers(
  lean: InstanceRuntime,
  contexts: ReturnType<typeof createContextInfos>,
  proofs: ReturnType<typeof createProofStates>,
  print: Printer,
) {
  const finder = createTacticFinder(lean);
  /** The context at a tactic, with names of its own to make. */
  const before = (context: Obj, mctx: Obj) => contexts.withChildNames(contexts.withMctx(context, mctx));

  return {
    /** `env`, `rootGoals`: as in `proofs.create`. Positions of line 0 (tactic mode has no text) are left out. */
    sorries: (tree: Obj, env: Obj | null, rootGoals: readonly Obj[] | null, record: Record): ReplSorry[] =>
      findSorries(lean, tree).map((sorry) => {
        const state =
          sorry.kind === 'tactic'
            ? proofs.create({
                context: before(sorry.context, sorry.mctx),
                localContext: null,
                env,
                goals: [sorry.mvar],
                rootGoals,
                types: [],
              })
            : proofs.create({
                context: sorry.context,
                localContext: sorry.localContext,
                env,
                goals: [],
                rootGoals,
                types: [sorry.type],
              });
        const goal = proofs.goalTexts(state).join('\n');
        const { pos, endPos } = print.range(sorry.context, sorry.syntax);
        return {
          proofState: record(state),
          goal,
          ...(pos.line === 0 ? {} : { pos }),
          ...(endPos.line === 0 ? {} : { endPos }),
        };
      }),

    rootGoals: (tree: Obj, env: Obj, record: Record): ReplSorry[] =>
      finder.blocks(tree).map(({ context, syntax, mctxBefore, goalsBefore }) => {
        const at = before(context, mctxBefore);
        const goals = lean.listItems(goalsBefore);
        const state = proofs.create({
          context: at,
          localContext: null,
          env,
          goals,
          rootGoals: goals,
          types: [],
        });
        const { pos } = print.range(context, syntax);
        const goal = print.goals(at, goalsBefore);
        return { proofState: record(state), goal, pos, endPos: pos };
      }),

    tactics: (tree: Obj, env: Obj, record: Record): ReplTactic[] =>
      finder.tactics(tree).map(({ context, syntax, mctxBefore, goalsBefore, mctxAfter }) => {
        const at = before(context, mctxBefore);
        const goals = lean.listItems(goalsBefore);
        const state = proofs.create({
          context: at,
          localContext: null,
          env,
          goals,
          rootGoals: goals,
          types: [],
        });
        return {
          goals: print.goals(at, goalsBefore),
          tactic: print.tactic(at, syntax),
          proofState: record(state),
          ...print.range(context, syntax),
          usedConstants: usedConstants(lean, mctxAfter, goalsBefore).map(print.name),
        };
      }),
  };
}
