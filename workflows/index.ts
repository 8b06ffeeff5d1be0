export { proveTheorem } from './proveTheorem.ts';
