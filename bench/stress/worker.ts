/** A worker process with the product's activities over the fast judge and the simulated model; to be killed. */
import { activitiesByQueue } from '../../activities/index.ts';
import { openStore } from '../../src/store/index.ts';
import { connectOwn } from '../../src/temporal/connect.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { startWorkers } from '../../src/temporal/worker.ts';
import { fastJudge } from './judge.ts';
import { SIMULATED, simulatedModel } from './model.ts';

const [address, storePath, bundle, log] = process.argv.slice(2) as [string, string, string, string];
installRuntime(log);
const store = await openStore(storePath);
const { connection } = await connectOwn(address, 'default');
const { main, lean, llm } = activitiesByQueue({
  provers: new Map([[SIMULATED, simulatedModel()]]),
  local: { name: 'local', candidates: () => [] },
  lean: fastJudge(),
  store,
  clock: Date,
});
const worker = await startWorkers({
  ...{ bundle, connection, main, lean, llm },
  namespace: 'default',
  slots: { lean: 8, llm: 8 },
});
await worker.run;
