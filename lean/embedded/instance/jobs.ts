import { parseHeader } from '../../../src/lean-text/imports.ts';
import { judgeFile } from '../../check/file/judge-file.ts';
import { checkSubmission } from '../../check/judge.ts';
import { Refused, Stopped } from '../../check/refused.ts';
import { type HeaderResult, importHeader } from '../elaborate/headers.ts';
import { environmentKey } from '../environment-key.ts';
import type { Job, Outcome } from '../host/protocol.ts';
import { createHints, declared, namespacesIn } from '../lemmas/hints.ts';
import { Libraries } from '../lemmas/libraries.ts';
import { relevantLemmas } from '../lemmas/relevant.ts';
import { readStatement } from '../lemmas/statement.ts';
import { nearExisting } from '../lemmas/unknown.ts';
import { createReplSession } from '../repl/session.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import { type HeaderEnv, LeanIoError } from '../runtime/types.ts';
import { createProofSession } from '../search/session.ts';
import { createSnippets } from './snippet.ts';

/** All but `reset`, which is no job of a runtime's: it makes another one. */
export type LeanJob = Exclude<Job, { kind: 'reset' }>;

/**
 * Does the jobs of one instance; `known` is the header that its memory began with.
 * What it throws besides LeanIoError and ProofloopError means that Lean is dead.
 */
export function createJobs(
  lean: InstanceRuntime,
  known: HeaderEnv,
  begun: Libraries = new Libraries(),
): (job: LeanJob) => Outcome {
  const headers = new Map<string, HeaderResult>([[known.key, { ok: true, header: known }]]);
  const headerOf = (text: string): HeaderResult => {
    const key = environmentKey(text);
    let result = headers.get(key);
    if (!result) {
      result = importHeader(lean, key);
      if (result.ok) headers.set(key, result);
    }
    return result;
  };
  const libraries = new Libraries();
  /** What is imported later is gone with a reset, what the memory began with is not. */
  const librariesOf = (header: HeaderEnv) => (header === known ? begun : libraries);
  const session = createReplSession(lean, headerOf);
  const snippet = createSnippets(lean);
  const proof = createProofSession(lean, () => {
    const empty = headerOf('prelude');
    if (!empty.ok) throw new LeanIoError(empty.errors.join('\n'));
    return lean.first(empty.header, 0, '');
  });

  const howTo = ({ fresh }: { readonly fresh: boolean }, header: HeaderEnv) => ({
    fresh,
    cancelToken: lean.stopToken ?? undefined,
    hints: createHints(lean, header, () =>
      librariesOf(header).declarations(lean, header, () => stopWhenAsked(lean)),
    ),
  });

  const work = (job: LeanJob): Outcome => {
    switch (job.kind) {
      case 'warm': {
        const found = headerOf(job.header);
        return found.ok ? { kind: 'warm' } : { kind: 'badHeader', errors: found.errors };
      }
      case 'check': {
        const found = headerOf(job.request.challenge.header);
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        const { header } = found;
        const how = howTo(job, header);
        return { kind: 'check', verdict: checkSubmission(lean, header, job.request, how) };
      }
      case 'checkFile': {
        const found = headerOf(job.request.challenge);
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        const how = howTo(job, found.header);
        return { kind: 'checkFile', verdicts: judgeFile(lean, found.header, job.request, how) };
      }
      case 'elaborate': {
        const { end } = parseHeader(job.text);
        const found = headerOf(job.text.slice(0, end));
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        const from = lean.first(found.header, job.options.heartbeats, job.text.slice(0, end));
        const done = lean.elaborate(from, job.text, job.options);
        if (done.stopped) return { kind: 'stopped' };
        return {
          kind: 'elaborate',
          messages: done.messages,
          sorries: done.sorries,
          exhausted: done.exhausted,
        };
      }
      case 'snippet': {
        const { text } = job.snippet;
        const found = headerOf(text.slice(0, parseHeader(text).end));
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        return { kind: 'snippet', ...snippet(found.header, job.snippet) };
      }
      case 'relevant': {
        const found = headerOf(job.job.challenge.header);
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        const { header } = found;
        const stopped = () => stopWhenAsked(lean);
        const asked = { ...job.options, job: job.job, stopped };
        return {
          kind: 'relevant',
          lemmas: relevantLemmas(lean, header, librariesOf(header).of(lean, header, stopped), asked),
        };
      }
      case 'nearest': {
        const found = headerOf(job.job.challenge.header);
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        const { header } = found;
        const declarations = librariesOf(header).declarations(lean, header, () => stopWhenAsked(lean));
        const statement = readStatement(lean, header, job.job);
        if (statement === null) return { kind: 'nearest', unknown: [] };
        const { names, limit } = job;
        const around = {
          header,
          declarations,
          own: declared(lean, statement.context.values()),
          info: statement.info,
          about: namespacesIn(lean, statement.type),
          limit,
        };
        return { kind: 'nearest', unknown: nearExisting(lean, names, around) };
      }
      case 'proof': {
        if (job.request.kind !== 'open') return { kind: 'proof', answer: proof(null, job.request) };
        const found = headerOf(job.request.challenge.header);
        if (!found.ok) return { kind: 'badHeader', errors: found.errors };
        return { kind: 'proof', answer: proof(found.header, job.request) };
      }
      case 'repl':
        return session(job.request);
    }
  };

  return (job) => {
    try {
      return lean.scope(() => work(job));
    } catch (error) {
      if (error instanceof Stopped) return { kind: 'stopped' };
      // Only a hint says no more than that: a foreign text that is refused has no lemmas.
      if (error instanceof Refused && job.kind === 'relevant') return { kind: 'relevant', lemmas: [] };
      if (error instanceof Refused && job.kind === 'nearest') return { kind: 'nearest', unknown: [] };
      throw error;
    }
  };
}

/** For work of our own in JavaScript, which no token of Lean's reaches. */
function stopWhenAsked(lean: InstanceRuntime): void {
  if (lean.stopToken !== null && lean.field(lean.stopToken, 0) === lean.box(1)) throw new Stopped();
}
