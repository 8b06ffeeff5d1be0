import type { Diagnostic, LeanOptions, Position } from '../../../src/model/index.ts';

/** A Lean object: an address in the wasm memory (even), or a boxed scalar (odd). */
export type Obj = number;

/** A sorry with the goal that it leaves, as the Lean REPL reports it. */
export type Sorry = { readonly pos: Position; readonly endPos: Position; readonly goal: string };

/** The environment of one set of imports; it lives as long as the instance and nobody may change it. */
export type HeaderEnv = {
  /** `environmentKey` of its text. */
  readonly key: string;
  readonly env: Obj;
  /** Its `Kernel.Environment`. */
  readonly kernel: Obj;
  /** The map of imported constants (`constants.map1`): the same object in every environment that extends this one. */
  readonly imported: Obj;
};

/** Where elaboration goes on: the command state and parser position behind `text`. */
export type CommandState = {
  readonly header: HeaderEnv;
  /** `Lean.Elab.Command.State`. */
  readonly command: Obj;
  /** `Lean.Parser.ModuleParserState`. */
  readonly parser: Obj;
  /** The whole text up to here, the header included. */
  readonly text: string;
};

export type Elaborated = {
  readonly state: CommandState;
  /** `Lean.Environment` behind the text. */
  readonly env: Obj;
  /** Of the new commands, in order of position; positions are those of the whole text. */
  readonly messages: readonly Diagnostic[];
  readonly sorries: readonly Sorry[];
  /** A stop was asked for (cancel token): no verdict on the text. */
  readonly stopped: boolean;
  /** Some message is one of a deterministic limit (heartbeats, recursion depth). */
  readonly exhausted: boolean;
};

/** Info trees of a command (borrowed) and the errors that it left. */
export type OnFailure = (trees: readonly Obj[], errors: readonly Diagnostic[]) => void;

export type ElaborateOptions = Pick<LeanOptions, 'heartbeats'> & {
  /** Read sorries with their goals (a few ms). Default true. */
  readonly goals?: boolean;
  /** Called with the syntax of each command (borrowed) before it is elaborated; what it throws ends the elaboration. */
  readonly onCommand?: ((syntax: Obj) => void) | undefined;
  /** Called behind each command that left errors. */
  readonly onFailure?: OnFailure | undefined;
};

/** What `prefix` gives: messages of the trusted context, and the state behind it. */
export type Prefix = { readonly state: CommandState; readonly messages: readonly Diagnostic[] };

/**
 * Real Lean in this thread, over the memory of the wasm module.
 *
 * References: objects are counted. "owned" arguments are consumed, "borrowed" ones are not. `hold` hands an owned
 * reference to the innermost `scope`, which releases it at its end, so the usual form is
 * `const x = lean.hold(lean.W('l_Some_function')(lean.inc(a), lean.inc(b)))`.
 * A request runs in a scope; everything `elaborate` returns is held by the innermost scope.
 *
 * Thrown: `LeanIoError` is Lean's own error. Anything else that comes out of an export (trap, C++ exception,
 * RangeError) means that the instance is dead: let it pass.
 */
export interface LeanRuntime {
  /** An export by its symbol; throws ProofloopError INTERNAL that names it when it is not in the pruned module. */
  W(symbol: string): (...args: number[]) => number;
  /** Value of a constant that the module exports as data, e.g. `l_Lean_Options_empty`. Borrowed. */
  global(symbol: string): Obj;

  /** The memory as 32-bit words; fetched anew after any call of an export, since the memory may have grown. */
  words(): Uint32Array;

  isBox(o: Obj): boolean;
  /** Scalars below 2^31. */
  box(n: number): Obj;
  unbox(o: Obj): number;
  /** Constructor index (also of a boxed enumeration value). */
  tag(o: Obj): number;
  /** Number of object fields. */
  size(o: Obj): number;
  /** Borrowed. */
  field(o: Obj, i: number): Obj;
  /** i-th byte of the scalar area of a constructor object. */
  byte(o: Obj, i: number): number;
  /** Writes it: only into an object of which there is one owner. */
  setByte(o: Obj, i: number, value: number): void;
  /** Takes one more reference and returns the object. */
  inc(o: Obj): Obj;
  /** Gives one reference back. */
  dec(o: Obj): void;
  /** Owned -> released at the end of the innermost scope. Returns the object, from then on borrowed. */
  hold(o: Obj): Obj;
  scope<T>(work: () => T): T;

  /** Fields owned, result owned; `scalars` are the bytes behind the fields. */
  ctor(tag: number, fields: readonly Obj[], scalars?: readonly number[]): Obj;
  /** `{o with field i := value}`: o borrowed, value owned, result owned; scalars are kept. */
  withField(o: Obj, i: number, value: Obj): Obj;
  /** Owned. */
  string(text: string): Obj;
  stringText(o: Obj): string;
  /** Items owned, result owned. */
  array(items: readonly Obj[]): Obj;
  /** Borrowed items of a borrowed `Array`. */
  arrayItems(o: Obj): Obj[];
  /** Borrowed items of a borrowed `PersistentArray`; held by the innermost scope. */
  persistentItems(o: Obj): Obj[];
  /** Items owned, result owned. */
  list(items: readonly Obj[]): Obj;
  listItems(o: Obj): Obj[];
  /** Decimal text of a `Nat`, big ones too. */
  natText(o: Obj): string;
  /** Owned `Name` of its components. */
  name(...parts: readonly (string | number)[]): Obj;
  /** A key that keeps the structure of a `Name` (string and number components differ), equal only for equal names. */
  nameKey(o: Obj): string;
  /** The key that `nameKey` gives for these components. */
  keyOf(...parts: readonly (string | number)[]): string;
  /** Dotted text for people; never compare it. */
  nameText(o: Obj): string;
  /** The value of an `EStateM.Result`/`EIO` result, owned (the result is consumed); throws LeanIoError. */
  io(result: Obj): Obj;

  /** The `Kernel.Environment` behind an `Environment` (waits for asynchronous constants). Held. */
  kernelEnv(env: Obj): Obj;
  /**
   * State behind header and trusted context; kept, so that attempts at one theorem elaborate only their own text.
   * A last command that the context leaves unfinished (`open Nat in`) is not part of it: the state then ends before it.
   */
  prefix(header: HeaderEnv, text: { header: string; context: string }, options: ElaborateOptions): Prefix;
  /** Elaborates the rest of `text`, which has to begin with `from.text`, in a branch of its own. */
  elaborate(from: CommandState, text: string, options: ElaborateOptions): Elaborated;
}

/** An error that Lean itself returned through `IO`. */
export class LeanIoError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LeanIoError';
  }
}
