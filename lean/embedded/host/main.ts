import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { BootInput } from '../instance/boot.ts';
import { InstanceThread, startThread } from './instances.ts';
import type { FromHost, ToHost } from './protocol.ts';

/** The host process: compiles the module once and runs instances as threads. It lives as long as its channel. */
const instances = new Map<number, InstanceThread>();
let boot: BootInput | null = null;
/** The first instance's thread, which loads its code while the module is compiled. */
let waiting: Worker | null = null;

// A thread may be deep in wasm, so nothing softer ends the process for certain.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
if (!process.connected) process.exit(1);
process.on('message', (message: ToHost) => void receive(message));

const send = (message: FromHost) => {
  if (process.connected) process.send!(message, undefined, undefined, () => {});
};

async function receive(message: ToHost): Promise<void> {
  switch (message.type) {
    case 'open':
      return await open(message);
    case 'start': {
      const { instance } = message;
      const tell = (told: FromHost) => {
        if (told.type === 'gone') instances.delete(instance);
        send(told);
      };
      instances.set(instance, new InstanceThread(instance, waiting ?? startThread(), boot!, tell));
      waiting = null;
      return;
    }
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
async function open({ folder, sha256, memoryMiB }: Extract<ToHost, { type: 'open' }>): Promise<void> {
  waiting = startThread();
  try {
    let wasm: Buffer | null = readFileSync(join(folder, 'lean.wasm'));
    const compiling = WebAssembly.compile(wasm);
    const found = {
      glue: hash('sha256', readFileSync(join(folder, 'lean.cjs'))),
      wasm: hash('sha256', wasm),
    };
    for (const part of ['glue', 'wasm'] as const)
      if (found[part] !== sha256[part]) throw new Error(`${part} has sha256 ${found[part]}`);
    const module = await compiling;
    wasm = null;
    globalThis.gc?.();
    boot = { folder, module, memoryMiB };
    send({ type: 'open', pid: process.pid });
  } catch (error) {
    send({ type: 'refused', detail: error instanceof Error ? error.message : String(error) });
  }
}
