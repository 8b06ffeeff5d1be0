/**
 * Jest runs tests in a realm of their own, where Node's global HTTP dispatcher is missing; @google/genai looks
 * for it there when a time-out is set. `fetch` belongs to the outer realm, so its constructor reaches that one.
 */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
const outer = fetch.constructor('return globalThis')() as Record<symbol, unknown>;
new Headers();
Object.defineProperty(globalThis, DISPATCHER, { configurable: true, get: () => outer[DISPATCHER] });
