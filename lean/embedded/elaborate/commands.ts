import type { Diagnostic, Position } from '../../../src/model/index.ts';
import type { CommandState, Elaborated, LeanRuntime, Obj, OnFailure, Sorry } from '../runtime/types.ts';
import { needsCode, withNoncomputable } from './compile.ts';
import { isLimit, type LeanMessage, readMessages } from './messages.ts';
import { readSorries } from './sorries.ts';
import { positionsOf } from './source.ts';

/* Fields of `Lean.Elab.Command.State`. */
const ENV = 0;
const MESSAGES = 1;
const SCOPES = 2;
const INFO = 8;
const SNAPSHOT_TASKS = 10;
/* InfoState {assignment, lazyAssignment, trees}. */
const TREES = 2;
/* InputContext {text, fileName, fileMap, end}. */
const FILE_NAME = 1;
const FILE_MAP = 2;
/** `firstFrontendMacroScope`. */
const MACRO_SCOPE = 1;

export type RunOptions = {
  readonly goals: boolean;
  /** `IO.CancelToken` that ends it, borrowed; null = none. */
  readonly token: Obj | null;
  /** Stop before a command that the text leaves unfinished. */
  readonly wholeCommandsOnly?: boolean;
  /** Called with the syntax of each command (borrowed) before it is elaborated; what it throws ends the run. */
  readonly onCommand?: ((syntax: Obj) => void) | undefined;
  /** Called with the info trees of each command (borrowed) behind it. */
  readonly onTrees?: ((trees: readonly Obj[]) => void) | undefined;
  /** Called with the same behind a command that left errors, and with those. */
  readonly onFailure?: OnFailure | undefined;
};

/**
 * Parses and elaborates command by command on this thread, so that Lean needs no other one.
 * The same steps as `Lean.Elab.IO.processCommands`; what it leaves in `snapshotTasks` is collected too.
 */
export function runCommands(
  lean: LeanRuntime,
  from: CommandState,
  text: string,
  options: RunOptions,
): Elaborated {
  const { W, field, inc, dec, box, hold } = lean;
  const emptyLog = () => inc(lean.global('l_Lean_MessageLog_empty'));
  const at = positionsOf(text);
  const input = hold(
    W('l_Lean_Parser_mkInputContext___redArg___boxed')(
      lean.string(text),
      lean.string('<input>'),
      box(1),
      box(Buffer.byteLength(text)),
    ),
  );
  const noInfo = field(from.command, INFO);
  const ref = hold(W('lean_st_mk_ref')(inc(from.command)));
  /** The state (consumed) without what its commands left for the reader. */
  const cleaned = (state: Obj): Obj =>
    (
      [
        [MESSAGES, emptyLog()],
        [INFO, inc(noInfo)],
        [SNAPSHOT_TASKS, lean.array([])],
      ] as const
    ).reduce((old, [i, value]) => {
      const next = lean.withField(old, i, value);
      dec(old);
      return next;
    }, state);

  let parser = inc(from.parser);
  let stopped = false;
  const messages: LeanMessage[] = [];
  const sorries: Sorry[] = [];

  for (;;) {
    const before = W('lean_st_ref_get')(ref);
    const scope = field(field(before, SCOPES), 0);
    const context = lean.ctor(0, [
      inc(field(before, ENV)),
      inc(field(scope, 1)),
      inc(field(scope, 2)),
      inc(field(scope, 3)),
    ]);
    const start = field(parser, 0);
    const parsed = hold(W('l_Lean_Parser_parseCommand')(inc(input), context, inc(parser), emptyLog()));
    const stx = field(parsed, 0);
    const parserBehind = field(field(parsed, 1), 0);
    const parseMessages = readMessages(lean, field(field(parsed, 1), 1));
    const terminal = hold(W('l_Lean_Parser_isTerminalCommand___boxed')(inc(stx))) === box(1);
    if (options.wholeCommandsOnly && (terminal || parseMessages.length > 0)) {
      dec(before);
      break;
    }
    const own = messages.length;
    messages.push(...parseMessages);
    const code = needsCode(lean, stx);
    W('lean_st_ref_set')(ref, code ? withNoncomputable(lean, cleaned(before), false) : cleaned(before));
    try {
      options.onCommand?.(stx);
    } catch (error) {
      dec(parser);
      throw error;
    }
    const commandContext = lean.ctor(
      0,
      [
        inc(field(input, FILE_NAME)),
        inc(field(input, FILE_MAP)),
        box(0),
        inc(start),
        box(0),
        box(0),
        box(MACRO_SCOPE),
        box(0),
        box(0),
        options.token === null ? box(0) : lean.ctor(1, [inc(options.token)]),
      ],
      [0],
    );
    const result = hold(
      W('l_Lean_Elab_Command_elabCommandTopLevel___boxed')(inc(stx), commandContext, inc(ref), box(0)),
    );
    stopped = options.token !== null && field(options.token, 0) === box(1);
    // What a stopped command left says nothing, and to read it may take longer than the stop.
    if (stopped) break;
    lean.scope(() => {
      const after = hold(W('lean_st_ref_get')(ref));
      messages.push(...readMessages(lean, field(after, MESSAGES)));
      for (const task of lean.arrayItems(field(after, SNAPSHOT_TASKS)))
        messages.push(...snapshotMessages(lean, task));
      const errors = options.onFailure ? messages.slice(own).filter((m) => m.severity === 'error') : [];
      if (options.goals || options.onTrees || errors.length > 0) {
        const trees = lean.persistentItems(field(field(after, INFO), TREES));
        if (options.goals) sorries.push(...readSorries(lean, trees, at));
        options.onTrees?.(trees);
        if (errors.length > 0) options.onFailure?.(trees, errors.map(withoutKind));
      }
    });
    if (code) W('lean_st_ref_set')(ref, withNoncomputable(lean, W('lean_st_ref_get')(ref), true));
    dec(parser);
    parser = inc(parserBehind);
    const aborted = lean.tag(result) !== 0;
    if (aborted) messages.push(leftBy(at(lean.unbox(start))));
    if (aborted || terminal) break;
  }

  const state: CommandState = {
    header: from.header,
    command: hold(cleaned(W('lean_st_ref_get')(ref))),
    parser: hold(parser),
    text: Buffer.from(text, 'utf8').toString('utf8', 0, lean.unbox(field(parser, 0))),
  };
  return {
    state,
    env: field(state.command, ENV),
    messages: messages.map(withoutKind),
    sorries,
    stopped,
    exhausted: messages.some(isLimit),
  };
}

/** No message tells of an internal exception, and a text that ends in one is not a whole text. */
const leftBy = (pos: Position): LeanMessage => ({
  severity: 'error',
  pos,
  endPos: null,
  text: 'the elaboration of this command was aborted',
  kind: '',
});

const withoutKind = ({ kind: _, ...message }: LeanMessage): Diagnostic => message;

/** Messages of a `Lean.Language.SnapshotTask` and its children; waits for it. */
function snapshotMessages(lean: LeanRuntime, task: Obj): LeanMessage[] {
  const tree = lean.W('lean_task_get')(lean.field(task, 3));
  const log = lean.field(lean.field(lean.field(tree, 0), 1), 0);
  const children = lean.arrayItems(lean.field(tree, 1));
  return [...readMessages(lean, log), ...children.flatMap((child) => snapshotMessages(lean, child))];
}
