import type { Diagnostic, Position } from '../../../src/model/index.ts';
import type { LeanRuntime, Obj } from '../runtime/types.ts';

/** What `Lean.Message.toJson` makes. Read without zod, which every thread would have to load. */
type MessageJson = {
  readonly severity: 'information' | 'info' | 'warning' | 'error';
  readonly pos: Position;
  readonly endPos?: Position | null;
  readonly data: string;
  readonly kind?: string;
};

export type LeanMessage = Diagnostic & { readonly kind: string };

type Core = Pick<LeanRuntime, 'W' | 'inc' | 'dec' | 'arrayItems' | 'stringText' | 'box'>;

/** The messages of a `MessageLog` (borrowed). */
export function readMessages(lean: Core, log: Obj): LeanMessage[] {
  const array = lean.W('l_Lean_MessageLog_toArray___boxed')(lean.inc(log));
  const messages = lean.arrayItems(array).map((message) => {
    const json = lean.W('l_Lean_Message_toJson___boxed')(lean.inc(message), lean.box(0));
    const text = lean.W('l_Lean_Json_compress')(json);
    const parsed: MessageJson = JSON.parse(lean.stringText(text));
    lean.dec(text);
    return {
      severity: parsed.severity === 'information' ? ('info' as const) : parsed.severity,
      pos: parsed.pos,
      endPos: parsed.endPos ?? null,
      text: parsed.data.trim(),
      kind: parsed.kind ?? '',
    };
  });
  lean.dec(array);
  return messages;
}

/** Deterministic limits of Lean's, by the tags that its exceptions carry, or where a tactic reworded them by their text. */
const LIMIT_KINDS = new Set(['runtime.maxHeartbeats', 'runtime.maxRecDepth']);
const LIMIT_TEXTS = [
  /\(deterministic\) timeout at/,
  /maximum recursion depth has been reached/,
  /maximum number of heartbeats \(\d+\) has been reached/,
  /\(kernel\) (deterministic timeout|deep recursion detected)/,
];

export const isLimit = (message: LeanMessage): boolean =>
  message.severity === 'error' &&
  (LIMIT_KINDS.has(message.kind) || LIMIT_TEXTS.some((text) => text.test(message.text)));

export const byPosition = (a: Diagnostic, b: Diagnostic): number =>
  a.pos.line - b.pos.line || a.pos.column - b.pos.column;
