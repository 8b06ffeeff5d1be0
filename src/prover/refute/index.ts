export { constructorsOf } from './constructors.ts';
export { type Instance, instancesOf } from './instances.ts';
export { batch, byInstance, closersFor, picked, SHOW, shown } from './proofs.ts';
export { telescope } from './telescope.ts';
