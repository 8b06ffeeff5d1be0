/**
 * Flags of the host's Node. Validation of the module costs 0.4 s; its bytes are checked by hash instead. The permission model
 * does not hold SQLite back from writing files.
 */
export const NODE_FLAGS = [
  '--wasm-lazy-validation',
  '--expose-gc',
  '--no-warnings',
  '--no-experimental-sqlite',
];
