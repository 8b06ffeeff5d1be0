import type { Config } from '../../config/config.ts';
import { isLocal } from '../../prover/index.ts';
import { type Finding, fail, note, ok } from './finding.ts';

/** Only of provers that the user named: a key that happens to be in the environment is nobody's wish. */
export const modelFindings = async (config: Config): Promise<Finding[]> => {
  const names = config.provers.use.filter((name) => !isLocal(config, name));
  if (names.length === 0)
    return [
      note(
        'model',
        'no model configured; the local prover needs none',
        'Name one with --provers local,gemini.',
      ),
    ];
  const { createProvers } = await import('../../prover/index.ts');
  const provers = createProvers(config);
  const findings: Finding[] = [];
  for (const name of names) {
    const prover = provers.get(name);
    if (prover === undefined) {
      findings.push(fail(`model ${name}`, 'there is no such prover', 'See `proofloop config show`.'));
      continue;
    }
    findings.push(
      ok(`model ${name}`, prover.storedOnly === true ? `replays ${prover.model}` : `asks ${prover.model}`),
    );
    for (const found of await prover.diagnose())
      findings.push(
        found.ok ? ok(`model ${name}`, found.what) : fail(`model ${name}`, found.what, found.fix),
      );
  }
  return findings;
};
