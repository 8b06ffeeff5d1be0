/**
 * The one table of what a submission may not say. It binds submissions, never the user's own context.
 *
 * It is an early, clear answer for whoever wrote the proof and keeps programs from running while Lean
 * elaborates; it is never the judge: what a text means is decided by the kernel comparison (judge.ts).
 * A word here is a whole token outside of comments and strings; `«word»` is an identifier and passes.
 */
export type RefusedWord = { readonly words: readonly string[]; readonly reason: string };

const PROGRAM = 'runs a program inside Lean while the proof is elaborated; a proof may not';
const COMPILED = 'trusts compiled code instead of the kernel; try `decide`, `omega` or `simp`';
const REPLACES = 'replaces code by other code that the kernel never sees';

/** Refused for every backend. */
export const REFUSED_WORDS: readonly RefusedWord[] = [
  {
    words: ['run_cmd', 'run_elab', 'run_meta', 'run_tac', 'run_conv', 'by_elab', 'eval_suggest_tactic'],
    reason: PROGRAM,
  },
  {
    words: ['elab', 'elab_rules', 'elab_stx_quot', 'declare_config_elab', 'declare_command_config_elab'],
    reason:
      'defines an elaborator, which is a program; `macro` or `notation` with a plain quotation may stand',
  },
  {
    words: [
      'simproc',
      'dsimproc',
      'cbv_simproc',
      'simproc_decl',
      'dsimproc_decl',
      'cbv_simproc_decl',
      'grind_propagator',
    ],
    reason: 'defines a simplification procedure, which is a program',
  },
  {
    words: ['binder_predicate'],
    reason: 'defines notation by a program; `macro` or `notation` with a plain quotation may stand',
  },
  {
    words: ['initialize', 'builtin_initialize', 'show_panel_widgets', 'with_panel_widgets', 'widget_module'],
    reason: PROGRAM,
  },
  {
    words: [
      'register_option',
      'register_builtin_option',
      'register_simp_attr',
      'register_label_attr',
      'register_grind_attr',
      'register_linter_set',
      'register_parser_alias',
      'register_tactic_tag',
      'register_error_explanation',
    ],
    reason: 'registers something with Lean itself; a proof may not',
  },
  { words: ['unsafe'], reason: 'leaves the logic: the kernel does not check unsafe code' },
  {
    words: ['axiom'],
    reason: 'adds an axiom; a proof rests on propext, Quot.sound and Classical.choice only',
  },
  {
    words: ['native_decide', 'native_decide!'],
    reason: COMPILED,
  },
  { words: ['bv_check'], reason: 'reads a certificate from a file' },
  { words: ['include_str', 'include_bytes'], reason: 'reads a file' },
  {
    words: ['import', 'prelude'],
    reason: 'imports belong to the header of the file, not to the proof',
  },
  { words: ['dbg_trace', 'dbgTrace'], reason: 'prints while programs run' },
];

/** Refused where Lean itself has read a keyword (identifiers may begin like that). */
export const REFUSED_KEYWORDS = {
  pattern: /^(builtin_|register_|run_|eval_|elab|declare_(?!syntax_cat))/,
  reason: PROGRAM,
};

/** Refused as a component of any name, also in guillemets and behind a backquote. */
export const REFUSED_NAMES: readonly RefusedWord[] = [
  {
    words: [
      'unsafeCast',
      'unsafeIO',
      'unsafeEIO',
      'unsafeBaseIO',
      'ptrAddrUnsafe',
      'lcProof',
      'lcUnreachable',
    ],
    reason: 'leaves the logic: the kernel does not check unsafe code',
  },
  {
    words: ['ofReduceBool', 'ofReduceNat', 'trustCompiler', 'reduceBool', 'reduceNat'],
    reason: COMPILED,
  },
];

/** Namespaces below `Lean` that hold lemmas, not programs. */
export const LEMMAS_BELOW_LEAN = new Set(['Omega', 'Grind', 'Order', 'RArray']);
export const LEAN_NAMESPACE = 'belongs to the namespace `Lean`, the programs that Lean itself is made of';

/** Refused besides where no replay is possible: there a message or a printed type is all there is to go by. */
export const STRICT_WORDS: readonly RefusedWord[] = [
  {
    words: [
      'macro',
      'macro_rules',
      'syntax',
      'declare_syntax_cat',
      'notation',
      'notation3',
      'infix',
      'infixl',
      'infixr',
      'prefix',
      'postfix',
      'binop%',
      'unif_hint',
      'app_unexpander',
    ],
    reason: 'changes how text is read; this Lean backend compares printed statements, so it is refused here',
  },
  {
    words: [
      'instance',
      'attribute',
      'variable',
      'universe',
      'export',
      'alias',
      'include',
      'omit',
      'unseal',
      'seal',
    ],
    reason:
      'changes what a statement means; this Lean backend compares printed statements, so it is refused here',
  },
  {
    words: ['namespace', 'section', 'end'],
    reason: 'leaves the place where the statement stands; this Lean backend can not follow that',
  },
  { words: ['partial', 'opaque', 'meta'], reason: 'defines code that this Lean backend can not check' },
];

/** `#` commands that only print; every other one is refused, and all of them where messages are the evidence. */
export const HARMLESS_HASH = new Set([
  'check',
  'check_failure',
  'print',
  'synth',
  'where',
  'version',
  'reduce',
  'help',
]);

/** Attributes (inside `@[…]` or `attribute […]`) that bind a constant to code or make it a program of Lean's. */
export const REFUSED_ATTRIBUTES: readonly (RefusedWord & { readonly pattern?: RegExp })[] = [
  {
    words: ['implemented_by', 'extern', 'csimp', 'export', 'computed_field', 'builtin_init'],
    reason: REPLACES,
  },
  { words: ['init'], reason: PROGRAM },
  {
    words: [
      'macro',
      'tactic',
      'delab',
      'app_delab',
      'app_unexpander',
      'unexpander',
      'formatter',
      'parenthesizer',
      'category_formatter',
      'category_parenthesizer',
      'combinator_formatter',
      'combinator_parenthesizer',
      'quot_precheck',
      'incremental',
      'server_rpc_method',
      'widget',
      'widget_module',
      'missing_docs_handler',
      'linter',
      'env_linter',
      'norm_num',
      'positivity',
      'unused_variables_ignore_fn',
      'code_action_provider',
      'command_code_action',
      'tactic_code_action',
      'hole_code_action',
      'deriving_handler',
      'try_suggestion',
    ],
    pattern: /^builtin_|_(elab|parser|proc|simproc|propagator|handler)$|^(simproc|sevalproc|dsimproc)$/,
    reason: PROGRAM,
  },
];

/**
 * Options that a submission may set (exact name, or every name below a prefix that ends with a dot).
 * All others are refused: among them are debug.* (skips the kernel), Elab.*, compiler.*, warn.* (hides sorry),
 * profiler.* and trace.profiler.* (write files), sat.solver (names a program to run).
 */
export const ALLOWED_OPTIONS: readonly string[] = [
  'maxHeartbeats',
  'maxRecDepth',
  'maxSynthPendingDepth',
  'autoImplicit',
  'relaxedAutoImplicit',
  'autoLift',
  'pp.',
  'linter.',
  'synthInstance.',
  'tactic.',
  'simp.',
  'simprocs',
  'grind.',
  'backward.',
  'smartUnfolding',
  'exponentiation.threshold',
  'hygiene',
  'quotPrecheck',
  'quotPrecheck.',
  'diagnostics',
  'diagnostics.',
  'format.',
  'trace.Meta.',
  'trace.Elab.',
  'trace.simp.',
  'trace.grind.',
  'trace.split.',
  'match.',
  'structureDiamondWarning',
  'inductive.',
  'bv.',
  'sat.timeout',
  'showInferredTerminationBy',
  'push_cast',
  'aesop.',
  'ring.',
  'says.',
];
