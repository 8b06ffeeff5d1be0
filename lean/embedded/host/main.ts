import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { ModuleInput } from '../instance/boot.ts';
import { checkFile, checkHash, type Hashes } from './check-file.ts';
import { InstanceThread, startThread } from './instances.ts';
import type { FromHost, ToHost } from './protocol.ts';

/** The host process: compiles the module once and runs instances as threads. It lives as long as its channel. */
const instances = new Map<number, InstanceThread>();
let opened: { readonly folder: string; readonly sha256: Hashes; readonly module: ModuleInput } | null = null;
/** The first instance's thread, which loads its code and checks its snapshot while the module is compiled. */
let waiting: { readonly worker: Worker; readonly snapshot: string } | null = null;

// A thread may be deep in wasm, so nothing softer ends the process for certain.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
if (!process.connected) process.exit(1);
process.on('message', (message: ToHost) => {
  receive(message).catch((error: unknown) =>
    send({ type: 'refused', detail: error instanceof Error ? error.message : String(error) }),
  );
});

const send = (message: FromHost) => {
  if (process.connected) process.send!(message, undefined, undefined, () => {});
};

async function receive(message: ToHost): Promise<void> {
  switch (message.type) {
    case 'open':
      return await open(message);
    case 'start':
      return start(message.instance, message.snapshot);
    case 'ask':
      instances.get(message.instance)?.ask(message.id, message.job);
      return;
    case 'stop':
      instances.get(message.instance)?.stop(message.id);
      return;
    case 'end':
      await instances.get(message.instance)?.end();
  }
}

/** Reads what was prepared and checks the very bytes that are run. */
async function open({ folder, sha256, memoryMiB, snapshot }: Extract<ToHost, { type: 'open' }>) {
  waiting = { worker: startThread({ folder, sha256, snapshot }), snapshot };
  const module = await compiled(folder, sha256);
  checkFile(folder, 'lean.cjs', sha256);
  opened = { folder, sha256, module: { module, memoryMiB } };
  send({ type: 'open', pid: process.pid });
}

/** V8 compiles in threads of its own while the bytes are hashed here. */
async function compiled(folder: string, sha256: Hashes): Promise<WebAssembly.Module> {
  const bytes = readFileSync(join(folder, 'lean.wasm'));
  const compiling = WebAssembly.compile(bytes);
  checkHash(bytes, 'lean.wasm', sha256);
  const module = await compiling;
  // V8 has its own copy; this one need not wait for a collection.
  bytes.buffer.transfer(0);
  return module;
}

function start(instance: number, snapshot: string): void {
  const { folder, sha256, module } = opened!;
  const tell = (told: FromHost) => {
    if (told.type === 'gone') instances.delete(instance);
    send(told);
  };
  const worker = waiting?.snapshot === snapshot ? waiting.worker : startThread({ folder, sha256, snapshot });
  if (waiting?.snapshot === snapshot) waiting = null;
  instances.set(instance, new InstanceThread(instance, worker, module, tell));
}
