/**
 * Records one history of each scenario (tests/support/scenarios.ts) into tests/histories, from a real server and
 * the workflows as they are now. Run it after a change of the workflows that is meant to change their commands,
 * and raise WORKFLOW_VERSION with it: `npm run proofloop`'s Node, e.g. `npx node scripts/record-histories.ts [NAME …]`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJson } from '../src/temporal/history-json.ts';
import { play, scenarios } from '../tests/support/scenarios.ts';
import { withScriptedServer } from '../tests/support/scripted-server.ts';

const OUT = fileURLToPath(new URL('../tests/histories/', import.meta.url));

/** Machine names, paths and times of recording have no place in the repository. */
const scrubbed = (json: string): string =>
  JSON.stringify(
    JSON.parse(json.replaceAll(hostname(), 'recorder'), (key, value) =>
      key === 'identity' ? 'recorder' : key === 'stackTrace' || key === 'source' ? '' : value,
    ),
  );

await withScriptedServer(async ({ client, script }) => {
  await mkdir(OUT, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const scenario of scenarios()) {
    if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
    script(scenario.name, scenario.replace);
    const { workflowId, runId } = await play(client, scenario);
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    await writeFile(join(OUT, `${scenario.name}.json`), `${scrubbed(historyToJson(history))}\n`);
    console.log(`${scenario.name}: ${history.events?.length} events`);
  }
});
