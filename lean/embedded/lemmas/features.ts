import { EXPR } from '../../check/expressions.ts';
import type { LeanRuntime, Obj } from '../runtime/types.ts';
import { componentsOf, type NameTable } from './names.ts';

/** Nodes of a type that are looked at; what is larger is no lemma that anybody could use. */
const MOST_NODES = 2_000;
/** Literals are symbols too, beyond the numbers of names. */
const LITERALS = 2 ** 25;
const LARGEST_LITERAL = 1_000;
const PAIR = 2 ** 26;
const NATURAL = 0;
const NONE = -1;

/**
 * What a term is about, as numbers: its constants and literals, and pairs of a function with the head of an argument
 * (`List.length` of `List.reverse`). Instances are left out: the types say what they are.
 */
export function createFeatureReader(lean: LeanRuntime, names: NameTable) {
  const instances = new Map<number, boolean>();
  const isInstance = (id: number): boolean => {
    let known = instances.get(id);
    if (known === undefined) {
      const last = componentsOf(lean, names.objectOf(id)).at(-1);
      known = typeof last === 'string' && /^inst[A-Z]/.test(last);
      instances.set(id, known);
    }
    return known;
  };
  const ofNat = lean.name('OfNat', 'ofNat');
  const numeral = names.idOf(lean, ofNat);

  let left = 0;
  let found = new Set<number>();

  /** Adds what is in a term; gives its head, or -1. */
  const visit = (e: Obj): number => {
    left -= 1;
    if (left < 0) return NONE;
    switch (lean.tag(e)) {
      case EXPR.const: {
        const id = names.idOf(lean, lean.field(e, 0));
        if (id < 0 || isInstance(id)) return NONE;
        found.add(id);
        return id;
      }
      case EXPR.lit: {
        const literal = lean.field(e, 0);
        if (lean.tag(literal) !== NATURAL) return NONE;
        const value = lean.field(literal, 0);
        const id =
          LITERALS + (lean.isBox(value) ? Math.min(lean.unbox(value), LARGEST_LITERAL) : LARGEST_LITERAL);
        found.add(id);
        return id;
      }
      case EXPR.app: {
        const args: Obj[] = [];
        let f = e;
        for (; lean.tag(f) === EXPR.app; f = lean.field(f, 0)) args.push(lean.field(f, 1));
        if (lean.tag(f) === EXPR.const) {
          const id = names.idOf(lean, lean.field(f, 0));
          if (id < 0 || isInstance(id)) return NONE;
        }
        const head = visit(f);
        let literal = NONE;
        for (const arg of args) {
          const inner = visit(arg);
          if (inner >= LITERALS) literal = inner;
          if (head >= 0 && inner >= 0 && head !== numeral) found.add((head + 1) * PAIR + inner);
        }
        return head === numeral && literal >= 0 ? literal : head;
      }
      case EXPR.lam:
        visit(lean.field(e, 1));
        return visit(lean.field(e, 2));
      case EXPR.forall:
        visit(lean.field(e, 1));
        visit(lean.field(e, 2));
        return NONE;
      case EXPR.let:
        visit(lean.field(e, 1));
        visit(lean.field(e, 2));
        return visit(lean.field(e, 3));
      case EXPR.mdata:
        return visit(lean.field(e, 1));
      case EXPR.proj:
        visit(lean.field(e, 2));
        return NONE;
      default:
        return NONE;
    }
  };

  return {
    isInstance,
    of: (e: Obj): Set<number> => {
      left = MOST_NODES;
      found = new Set();
      visit(e);
      // Every type holds one of these.
      found.delete(numeral);
      return found;
    },
  };
}
export type FeatureReader = ReturnType<typeof createFeatureReader>;
