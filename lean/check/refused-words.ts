/**
 * The one table of what a submission may not say. It binds submissions, never the user's own text.
 *
 * It is an early, clear answer for whoever wrote the proof and keeps programs from running while Lean elaborates: those
 * could change what the later layers look at. It is never the judge: what a text means is decided by the kernel and the
 * comparison (judgement.ts), so whatever those see through anyway is not in it.
 * A word here is a whole token outside of comments and strings; `«word»` is an identifier and passes.
 */
export type RefusedWord = {
  readonly words: readonly string[];
  readonly reason: string;
};

const PROGRAM = 'runs a program inside Lean while the proof is elaborated; a proof may not';
const COMPILED = 'trusts compiled code instead of the kernel; try `decide`, `omega` or `simp`';
const REPLACES = 'replaces code by other code that the kernel never sees';
const UNCHECKED = 'leaves the logic: the kernel does not check unsafe code';

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Refused for every backend. */
export const REFUSED_WORDS: readonly RefusedWord[] = [
  {
    words:
      list(`run_cmd run_elab run_meta run_tac run_conv run_io by_elab eval_suggest_tactic initialize builtin_initialize
      show_panel_widgets with_panel_widgets widget_module builtin_widget_module`),
    reason: PROGRAM,
  },
  {
    words:
      list(`elab elab_rules elab_stx_quot declare_config_elab declare_command_config_elab declare_config_getter
      declare_simp_like_tactic`),
    reason:
      'defines an elaborator, which is a program; `macro` or `notation` with a plain quotation may stand',
  },
  {
    words: list(`simproc dsimproc cbv_simproc simproc_decl dsimproc_decl cbv_simproc_decl simproc_pattern%
      builtin_simproc builtin_dsimproc builtin_cbv_simproc builtin_simproc_decl builtin_dsimproc_decl
      builtin_cbv_simproc_decl builtin_simproc_pattern% declare_uint_simprocs declare_sint_simprocs
      grind_propagator builtin_grind_propagator`),
    reason: 'defines a simplification procedure, which is a program; `@[simp]` lemmas may stand',
  },
  {
    words:
      list(`register_option register_builtin_option register_simp_attr register_sym_simp_attr register_label_attr
      register_grind_attr register_linter_set register_parser_alias register_tactic_tag register_error_explanation`),
    reason: 'registers something with Lean itself; a proof may not',
  },
  {
    words: ['axiom'],
    reason:
      'adds an axiom; a proof rests on propext, Quot.sound, Classical.choice and the axioms of the challenge only',
  },
  { words: ['native_decide', 'native_decide!'], reason: COMPILED },
  { words: ['bv_check'], reason: 'reads a certificate from a file' },
  { words: ['include_str', 'include_bytes'], reason: 'reads a file' },
  {
    words: ['import', 'prelude'],
    reason: 'imports belong to the header of the file, not to the proof',
  },
  { words: ['dbg_trace', 'dbgTrace'], reason: 'prints while programs run' },
];

/**
 * Refused where Lean itself has read a keyword that no string of the text has introduced (identifiers may begin like
 * that): what the lists above would miss in another version of Lean.
 */
export const REFUSED_KEYWORDS = {
  pattern: /^(builtin_|register_|run_|eval_(?!pr(ec|io)$)|elab|declare_(?!syntax_cat))/,
  reason: PROGRAM,
};

/** Refused as a component of any name, also in guillemets and behind a backquote. */
export const REFUSED_NAMES: readonly RefusedWord[] = [
  {
    words: list('unsafeCast unsafeIO unsafeEIO unsafeBaseIO ptrAddrUnsafe lcProof lcUnreachable lcAny'),
    reason: UNCHECKED,
  },
  { words: list('ofReduceBool ofReduceNat trustCompiler reduceBool reduceNat'), reason: COMPILED },
];

/** What a name that begins with `Lean` may go on with: lemmas, algebra, and the grammar that macros are made of. */
export const ALLOWED_BELOW_LEAN = new Set(
  list(`Omega Grind Order RArray Parser binderIdent explicitBinders bracketedExplicitBinders
    unbracketedExplicitBinders`),
);
export const LEAN_NAMESPACE =
  'belongs to the namespace `Lean`, the programs that Lean itself is made of; lemmas below `Lean.Grind`, `Lean.Omega` and `Lean.Order` and grammar below `Lean.Parser` may be named';

/** Refused besides where no replay is possible: there a message or a printed type is all there is to go by. */
export const STRICT_WORDS: readonly RefusedWord[] = [
  {
    words:
      list(`macro macro_rules syntax declare_syntax_cat notation notation3 infix infixl infixr prefix postfix
      binder_predicate binop% unif_hint app_unexpander`),
    reason: 'changes how text is read; this Lean backend compares printed statements, so it is refused here',
  },
  {
    words: list('instance attribute variable universe export alias include omit unseal seal'),
    reason:
      'changes what a statement means; this Lean backend compares printed statements, so it is refused here',
  },
  {
    words: ['namespace', 'section', 'end'],
    reason: 'leaves the place where the statement stands; this Lean backend can not follow that',
  },
  {
    words: ['partial', 'opaque', 'meta', 'unsafe'],
    reason: 'defines code that this Lean backend can not check',
  },
];

/** Refused besides where plain terms may be evaluated: they are what could make a term more than plain. */
export const EVALUATION_WORDS: readonly RefusedWord[] = [{ words: ['unsafe'], reason: UNCHECKED }];

/**
 * `#` commands that print, or compare what is printed; every other one is refused, and all of them where messages are
 * the evidence. What `#guard_msgs` hides is found all the same: nothing is read from messages here.
 */
export const HARMLESS_HASH = new Set(
  list(`check check_failure print synth where version reduce help guard_msgs guard_expr check_simp check_tactic
    check_tactic_failure discr_tree_key discr_tree_simp_key info_trees`),
);

/** Attributes (inside `@[…]` or `attribute […]`) that bind a constant to code or make it a program of Lean's. */
export const REFUSED_ATTRIBUTES: readonly (RefusedWord & { readonly pattern?: RegExp })[] = [
  {
    words: list('implemented_by extern csimp export computed_field builtin_init'),
    reason: REPLACES,
  },
  { words: ['init'], reason: PROGRAM },
  {
    words:
      list(`macro tactic delab app_delab app_unexpander unexpander formatter parenthesizer category_formatter
      category_parenthesizer combinator_formatter combinator_parenthesizer quot_precheck incremental server_rpc_method
      widget widget_module missing_docs_handler linter env_linter norm_num positivity unused_variables_ignore_fn
      code_action_provider command_code_action tactic_code_action hole_code_action deriving_handler try_suggestion
      run_builtin_parser_attribute_hooks run_parser_attribute_hooks parser_alias doc_role doc_code_block doc_directive
      doc_command doc_code_suggestions export_native mvcgen_invariant_type error_explanation`),
    pattern: /^builtin_|_(elab|parser|proc|simproc|propagator|handler)$|^(simproc|sevalproc|dsimproc)$/,
    reason: PROGRAM,
  },
];

/**
 * Options that a submission may not set (exact name, or every name below a prefix that ends with a dot): those that skip
 * the kernel or hide a `sorry`, write files or name a program to run, and the inner ones of Lean's own development.
 */
export const REFUSED_OPTIONS: readonly string[] =
  list(`debug. warn. compiler. interpreter. internal. bootstrap. server.
  experimental. weak. profiler. trace.profiler trace.profiler. sat.solver stderrAsMessages Elab.inServer`);

/** Configuration of a tactic is a term that Lean runs: these tokens may stand in it besides literals and `.name`. */
export const CONFIGURATION = new Set(list('( ) { } [ ] ⟨ ⟩ , : := . .. - + true false none some with'));
