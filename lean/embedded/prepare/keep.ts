import { readFileSync } from 'node:fs';

/** One symbol a line: what the runtime calls, and what Lean asks for by name while it imports Init, Std and Lean. */
const LISTED = readFileSync(new URL('./keep-exports.txt', import.meta.url), 'utf8');

const PREFIXES = ['initialize_', 'lean_', 'l_inst', '__em_js__', '__start_em', '__stop_em'];

/** Namespaces whose functions user code (`#eval`, macros, deriving) calls through Lean's interpreter. */
const NAMESPACES = new Set(
  `Nat Int List Array String Char Bool BitVec Fin UInt8 UInt16 UInt32 UInt64 USize Int8 Int16 Int32 Int64 ISize
   Option Prod Sum Except ExceptT StateT ReaderT OptionT EStateM Id ByteArray FloatArray Substring Subarray Vector
   Function Ordering Float Float32 Subtype Sigma PSigma Decidable Rat IO BaseIO EIO ST Thunk Task Functor Monad
   MonadExcept Bind Ord Lean_Syntax Lean_TSyntax Lean_Macro Lean_SourceInfo Lean_Name Lean_MonadRef Lean_Json
   Std_Format Std_HashMap Std_HashSet Std_TreeMap Std_TreeSet Std_Range`.split(/\s+/),
);

/**
 * What the code of a `macro` or `notation` calls besides: functions of `Lean` itself (Init/Meta) that quotations, their
 * patterns and unexpanders are made of. Without one of them Lean ends when a message shows the notation.
 */
const OF_QUOTATIONS = new RegExp(
  `^l_Lean_(${[
    'replaceRef|withRef|addMacroScope|extractMacroScopes|eval(Opt)?Pr(ec|io)',
    'mk(Atom|CIdent|Ident|Node|NullNode|GroupNode|Hole|SepArray|OptionalNode)[A-Za-z]*',
    '(expand|quote)[A-Z][A-Za-z]*|[a-z][A-Za-z]*Kind|inst(Quote|Coe|MonadRef|MonadQuotation)[A-Za-z0-9]*',
    '(binderIdent|[a-z]*[eE]xplicitBinders|Parser_(Tactic|Term|Command|Attr|Syntax)_[a-z][A-Za-z0-9]*)',
    '(TSyntaxArray|HygieneInfo|MonadQuotation|PrettyPrinter_inst)[A-Za-z0-9_]*',
  ].join('|')})(_x3f|_x21)?(___redArg)?(___boxed)?$`,
);

/** Made by the compiler for other library functions, never called by name from user code. */
const INTERNAL = /__lam__|_spec__|___closed|_lambda_/;

/** Text that changes whenever another set of exports is kept. */
export const KEEP_RECIPE = [
  LISTED,
  PREFIXES.join(),
  [...NAMESPACES].join(),
  OF_QUOTATIONS.source,
  INTERNAL.source,
].join('\n');

const ofNamespace = (symbol: string): boolean => {
  const parts = symbol.split('_', 3);
  return (
    parts[0] === 'l' &&
    !INTERNAL.test(symbol) &&
    (NAMESPACES.has(parts[1]!) || NAMESPACES.has(`${parts[1]}_${parts[2]}`))
  );
};

/** Which of the 201,110 exports stay. The others cost a gigabyte of bookkeeping in every thread. */
export function keptExports(glueSymbols: Iterable<string>): (symbol: string) => boolean {
  const listed = new Set([...LISTED.split('\n'), ...glueSymbols]);
  return (symbol) =>
    listed.has(symbol) ||
    (PREFIXES.some((p) => symbol.startsWith(p)) && !INTERNAL.test(symbol)) ||
    OF_QUOTATIONS.test(symbol) ||
    ofNamespace(symbol);
}
