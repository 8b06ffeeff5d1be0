import { backend, UNSTOPPABLE } from './support.ts';

/** Run by a test that kills it: starts Lean, prints the host's pid, and keeps an instance busy. */
const instance = await backend().start();
console.log(instance.pid);
await instance.check(UNSTOPPABLE(600_000));
