import { create } from 'xmlbuilder2';
import type { Report, Row } from '../report/schema.ts';

/** Characters that XML 1.0 cannot hold, not even escaped; model texts have them. Lone surrogates are among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that have to go.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;
const xml = (text: string): string => text.replace(NOT_XML, '\ufffd');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/**
 * JUnit XML as CI servers read it: one test case a theorem, a failure for what is not solved (its type is the outcome), an
 * error for what ended in one, skipped for what did not come to an end.
 */
export const reportJunit = (report: Report): string => {
  const { run, outcomes, finished, total } = report;
  const counts = {
    tests: total,
    failures: outcomes.unsolved + outcomes.refuted + outcomes.conditional,
    errors: outcomes.error,
    skipped: total - finished,
    time: seconds(run.wallMs),
  };
  const suites = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'proofloop',
    ...counts,
  });
  const suite = suites.ele('testsuite', {
    name: xml(run.label),
    ...counts,
    timestamp: new Date(run.startedAt).toISOString().replace(/Z$/, ''),
  });
  const properties = suite.ele('properties');
  for (const [name, value] of Object.entries({ run: run.runId, state: run.state, ...report.provenance }))
    properties.ele('property', { name: xml(name), value: xml(value) });
  for (const row of report.theorems) {
    const test = suite.ele('testcase', {
      classname: xml([run.label, row.category].filter((part) => part !== null).join('.')),
      name: xml(row.id),
      time: seconds(row.totalMs),
    });
    const bad = complaint(row);
    if (bad !== null)
      test
        .ele(bad.element, { type: xml(bad.type), message: xml(bad.message) })
        .txt(xml(row.notes.join('\n')));
    if (row.proof !== null) test.ele('system-out').txt(xml(row.proof));
  }
  if (total > finished)
    for (const id of report.unfinished)
      suite
        .ele('testcase', { classname: xml(run.label), name: xml(id), time: '0.000' })
        .ele('skipped', { message: 'it has not come to a result' });
  return `${suites.end({ prettyPrint: true })}\n`;
};

const complaint = ({
  outcome,
  why,
  error,
}: Row): {
  readonly element: 'failure' | 'error';
  readonly type: string;
  readonly message: string;
} | null => {
  if (outcome === 'solved') return null;
  if (outcome === 'error') return { element: 'error', type: error?.code ?? 'error', message: why };
  return { element: 'failure', type: outcome, message: why };
};
