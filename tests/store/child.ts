import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/store/index.ts';
import { rejected, result } from './samples.ts';

/** A process of its own on a store: `child.ts id | pay | write  STORE  [LOG COUNT]`. Talks on standard output. */
const [, , what, path, log, count] = process.argv as string[];
const store = await openStore(path as string);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (what === 'id') say(store.id);

// Gets each answer from the store or, with the lease, "pays" for it: one line in the log.
if (what === 'pay') {
  const keys = Array.from({ length: Number(count) }, (_, i) => `key ${i}`);
  const seen: Record<string, string> = {};
  for (const key of keys)
    for (;;) {
      const lease = await store.leaseResponse(key, `process ${process.pid}`, 60_000);
      if (lease.status === 'ready') {
        seen[key] = lease.value;
        break;
      }
      if (lease.status === 'mine') {
        appendFileSync(log as string, `${key}\n`);
        await store.putResponse(key, `process ${process.pid}`, `${key} by ${process.pid}`);
      } else await sleep(1);
    }
  say(JSON.stringify(seen));
}

// Writes without end, and says what was committed, until it is killed.
if (what === 'write') {
  await store.leaseResponse('held', 'the killed one', 60_000);
  for (let i = 0; ; i++) {
    await store.putResponse(`answer ${i}`, 'the killed one', `value ${i}`);
    await store.putVerdict(`verdict ${i}`, rejected);
    await store.putResult('run', result(`t${i}`));
    say(String(i));
  }
}

await store.close();
