import { ProofloopError } from '../../../src/model/errors.ts';

/** What the glue hands to its loader (globalThis.LeanModule) beside Emscripten's own Module fields. */
const HANDED_OUT = ['wasmExports', 'wasmMemory', 'addFunction', 'FS', 'NODEFS', 'ENV', 'PThread'];

/** Prefixes of the 200,000 exports that Lean code defines; the rest is the C runtime, which the glue itself uses. */
const LEAN_EXPORTS = ['_l_', '_lean_', '_initialize', '_runtime_initialize', '_meta_initialize', '__Z'];

/**
 * Emscripten's glue without its bookkeeping over all exports: 89 MB become 0.9 MB, and symbol look-up is O(1)
 * where it scanned 200,000 keys. Every edit has to match exactly once, so another package is refused loudly.
 * Throws LEAN_ASSET_INVALID.
 */
export function slimGlue(glue: string): string {
  let text = glue;
  const once = (old: string, replacement: string) => {
    const at = text.indexOf(old);
    if (at < 0 || text.indexOf(old, at + 1) >= 0)
      throw new ProofloopError(
        'LEAN_ASSET_INVALID',
        `lean.js: ${JSON.stringify(old)} was expected exactly once`,
      );
    text = text.slice(0, at) + replacement + text.slice(at + old.length);
  };
  text = withoutExportAssignments(text);

  const index =
    'lib.names||(lib.names=Object.keys(lib.exports),lib.index=new Map(lib.names.map((k,i)=>[k,i])));';
  once(
    'newSymIndex=Object.keys(lib.exports).indexOf(symbol);',
    `${index}newSymIndex=lib.index.get(symbol)??-1;`,
  );
  once('var symName=Object.keys(symDict)[symbolIndex];', `${index}var symName=lib.names[symbolIndex];`);
  once('newDSO("__main__",0,wasmImports)', 'newDSO("__main__",0,wasmExports)');
  once('mergeLibSymbols(wasmExports,"main");', '');
  once(
    'if(isSymbolDefined(symName)){sym=wasmImports[symName]}else if',
    'if(isSymbolDefined(symName)){sym=wasmImports[symName]}else if(wasmExports[symName]){sym=wasmExports[symName]}else if',
  );
  // Function table slots have to agree between threads, so every thread fills them all, in export order.
  once(
    'updateGOT(origExports);',
    'for(const k in origExports){const v=origExports[k];if(typeof v=="function"&&!isInternalSym(k)){const a=addFunction(v);if(GOT[k])GOT[k].value=a}else if(GOT[k]&&typeof v.value=="number")GOT[k].value=v.value}',
  );
  // Data symbols are WebAssembly.Global objects here: dlsym has to answer their address.
  once(
    '}}return result};__dlsym_js.sig',
    '}}else if(typeof result=="object")result=result.value;return result};__dlsym_js.sig',
  );
  // Node's permission model refuses process.binding.
  once('process.binding("constants")["fs"]', 'require("fs").constants');
  once('var pthreadPoolSize=4;', 'var pthreadPoolSize=0;');

  const module = 'var Module=typeof Module!="undefined"?Module:{}';
  once(module, 'var Module=globalThis.LeanModule??{}');
  const getters = HANDED_OUT.map((name) => `get ${name}(){return ${name}}`).join(',');
  once(
    'var wasmExports;if(!ENVIRONMENT_IS_PTHREAD){createWasm();run()}',
    `var wasmExports;Module.glue={${getters}};if(!ENVIRONMENT_IS_PTHREAD){createWasm();run()}`,
  );
  return text;
}

/** The exports that the glue names: they have to stay in the module. */
export function glueSymbols(glue: string): string[] {
  const named = glue.matchAll(/wasmExports(?:\["([^"]+)"\]|\.([A-Za-z_$][\w$]*))/g);
  return [...named].map((m) => m[1] ?? m[2]!);
}

function withoutExportAssignments(glue: string): string {
  const start = glue.indexOf('function assignWasmExports(');
  const end = glue.indexOf('}', start);
  const declarations = glue.lastIndexOf('var ', start);
  if (start < 0 || end < 0 || declarations < 0)
    throw new ProofloopError('LEAN_ASSET_INVALID', 'lean.js: assignWasmExports was expected');
  const rest = glue.slice(0, declarations) + glue.slice(end + 1);
  const used = new Set([...rest.matchAll(/(?<![\w$."])_[A-Za-z0-9_$]+/g)].map((m) => m[0]));
  const kept = glue
    .slice(glue.indexOf('{', start) + 1, end)
    .split(';')
    .map((statement) => ({ statement, name: statement.split('=', 1)[0]!.trim() }))
    .filter(({ name }) => !LEAN_EXPORTS.some((p) => name.startsWith(p)) || used.has(name));
  const names = kept.filter(({ statement }) => statement.includes('=')).map(({ name }) => name);
  return (
    `${glue.slice(0, declarations)}var ${names.join(',')};function assignWasmExports(wasmExports){` +
    `${kept.map(({ statement }) => statement).join(';')}}${glue.slice(end + 1)}`
  );
}
