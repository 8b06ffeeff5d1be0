import { renderReport } from '../../report/formats/index.ts';
import { reportOf } from '../../report/report/build.ts';
import { readRun } from '../../report/report/read.ts';
import type { Report } from '../../report/report/schema.ts';
import type { Store } from '../../store/store.ts';
import { version } from '../../version.ts';

/** The report on a run as it stands in the store now. Throws RUN_NOT_FOUND. */
export const reportOn = async (store: Store, runId: string): Promise<Report> =>
  reportOf(await readRun(store, runId), { at: Date.now(), by: `proofloop ${version()}` });

/** What `bench -o` writes beside the proofs, for people. */
export const reportFiles = async (
  store: Store,
  runId: string,
): Promise<readonly { readonly name: string; readonly text: string }[]> => {
  const report = await reportOn(store, runId);
  return [
    { name: 'report.html', text: await renderReport(report, 'html') },
    { name: 'report.md', text: await renderReport(report, 'md') },
  ];
};
