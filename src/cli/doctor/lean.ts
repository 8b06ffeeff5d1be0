import type { LeanJob } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import type { Submission } from '../../model/index.ts';
import { duration } from '../../words/units.ts';
import { verdictLine } from '../../words/verdict.ts';
import { asFault } from '../fault.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const claim = (statement: string): Pick<LeanJob, 'challenge'> => ({
  challenge: { name: 'doctor', header: '', context: '', statement },
});
const RFL: Submission = { form: 'proof', text: 'by rfl' };
const REPORT =
  'Run `proofloop doctor --verbose`; if the configuration is right this is a defect, please report it.';

/** Levels: lean/embedded/host/sandbox.ts and lean/repl/sandbox.ts. */
export const sandboxFinding = (level: string): Finding => {
  const fix =
    'Install bubblewrap (bwrap), allow unprivileged user namespaces, or run proofloop in a container.';
  if (/^none\b/i.test(level)) return warn('sandbox', level, fix);
  if (!/namespace|bubblewrap/.test(level))
    return warn('sandbox', `${level}; the network is not shut off`, fix);
  return ok('sandbox', level);
};

/** Starts Lean and has it judge a truth and a falsehood. */
export const leanFindings = async (config: Config): Promise<Finding[]> => {
  const { createLeanService } = await import('../../../lean/index.ts');
  const options = { wallMs: Math.max(60_000, config.lean.wallMs), heartbeats: config.lean.heartbeats };
  try {
    const lean = await createLeanService({ ...config, lean: { ...config.lean, slots: 1 } });
    try {
      const started = performance.now();
      const truth = await lean.judge({ ...claim('theorem doctor : 2 + 2 = 4'), options }, RFL);
      const ms = performance.now() - started;
      const falsehood = await lean.judge({ ...claim('theorem doctor : 2 + 2 = 5'), options }, RFL);
      const { version, backend, sandbox } = await lean.identity();
      return [
        truth.status === 'accepted'
          ? ok('lean', `Lean ${version} (${backend}) proves 2 + 2 = 4, first answer after ${duration(ms)}`)
          : fail(
              'lean',
              `Lean ${version} (${backend}) does not prove 2 + 2 = 4: ${verdictLine(truth)}`,
              REPORT,
            ),
        falsehood.status === 'rejected'
          ? ok('lean', 'it refuses 2 + 2 = 5')
          : fail('lean', `it should reject 2 + 2 = 5, and says: ${verdictLine(falsehood)}`, REPORT),
        sandboxFinding(sandbox),
      ];
    } finally {
      await lean.close();
    }
  } catch (error) {
    const fault = asFault(error, () => '');
    return [fail('lean', fault.message, fault.fix)];
  }
};
