import { QUEUES } from '../../../workflows/names.ts';
import type { Config } from '../../config/config.ts';
import type { Session } from '../../temporal/session.ts';
import { asFault } from '../fault.ts';
import { type Finding, fail, note, ok, warn } from './finding.ts';

const SERVE =
  'Start one with `proofloop up` or `proofloop worker`; `prove` and `bench` host one if there is none.';

/** Needed only for a server of our own. Nothing is downloaded by asking. */
const cliFinding = async (config: Config): Promise<Finding> => {
  const { findTemporalCli } = await import('../../temporal/cli-binary.ts');
  try {
    const { path, from } = await findTemporalCli(config, () => {}, []);
    return ok('temporal cli', `${path} (from ${from})`);
  } catch (error) {
    if (config.temporal.cli !== null) {
      const fault = asFault(error, () => '');
      return fail('temporal cli', fault.message, fault.fix);
    }
    return note('temporal cli', 'not on this machine yet', 'The first `demo`, `prove` or `up` gets it once.');
  }
};

const sessionFindings = async ({ connection, namespace, address }: Session): Promise<Finding[]> => {
  const [{ missingSearchAttributes }, { queuesWithoutPoller }] = await Promise.all([
    import('../../temporal/search-attributes.ts'),
    import('../../temporal/pollers.ts'),
  ]);
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  const findings = [ok('temporal', `version ${serverVersion} at ${address}, namespace ${namespace}`)];
  try {
    const missing = await missingSearchAttributes(connection, namespace);
    findings.push(
      missing.length === 0
        ? ok('search attributes', 'all registered')
        : warn(
            'search attributes',
            `${missing.join(', ')} not registered; everything works but the filters of the UI`,
            missing
              .map((name) => `temporal operator search-attribute create --name ${name} --type Keyword`)
              .join('; '),
          ),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    findings.push(
      warn(
        'search attributes',
        `cannot be listed (${why}); going on without them`,
        'Ask for the right to list them.',
      ),
    );
  }
  const idle = await queuesWithoutPoller(connection, namespace);
  for (const queue of Object.values(QUEUES))
    findings.push(
      idle.includes(queue)
        ? note('worker', `nobody polls the queue ${queue}`, SERVE)
        : ok('worker', `polls the queue ${queue}`),
    );
  return findings;
};

/** The server that the next command would use. A server of our own that is not running is no fault. */
export const temporalFindings = async (config: Config): Promise<Finding[]> => {
  const [{ namesServer }, { openSession }] = await Promise.all([
    import('../../temporal/connect.ts'),
    import('../../temporal/session.ts'),
  ]);
  const named = namesServer(config.temporal);
  const findings = named ? [] : [await cliFinding(config)];
  let session: Session;
  try {
    session = await openSession(config, { role: 'join-only' }, () => {});
  } catch (error) {
    const fault = asFault(error, () => '');
    if (!named && fault.code === 'TEMPORAL_UNREACHABLE' && fault.cause === undefined)
      return [
        ...findings,
        note('temporal', 'no server of ours is running', 'Commands start one when they need it.'),
      ];
    return [...findings, fail('temporal', fault.message, fault.fix)];
  }
  try {
    return [...findings, ...(await sessionFindings(session))];
  } catch (error) {
    return [
      ...findings,
      fail('temporal', error instanceof Error ? error.message : String(error), 'Check the server.'),
    ];
  } finally {
    await session.close();
  }
};
