import type { LeanService, SnippetAnswer } from '../../lean/service.ts';
import { isProofloopError } from '../model/index.ts';
import type { Admission } from './admission.ts';
import { HttpFault } from './http-fault.ts';
import { badHeaderMessages, replResponse } from './repl-response.ts';
import type { CheckResult, INFOTREES } from './schemas.ts';
import { SnippetStopped, type Stops } from './stops.ts';

/** UTF-8 bytes of one snippet. */
export const MAX_SNIPPET_BYTES = 1_048_576;

/** `code` null: the request has none, which is an error of this snippet alone. */
export type Snippet = { readonly id: string; readonly code: string | null };
export type BatchOptions = {
  /** Of the elaboration of one snippet. */
  readonly timeoutS: number;
  readonly reuse: boolean;
  readonly debug: boolean;
  readonly infotree: (typeof INFOTREES)[number] | null;
  /** Aborted when the client goes away. */
  readonly gone: AbortSignal;
};

export type CheckerOptions = {
  readonly lean: LeanService;
  readonly admission: Admission;
  readonly stops: Stops;
  readonly heartbeats: number;
  /** The most that `timeoutS` may come to. */
  readonly timeoutMs: number;
  /** How long a snippet may wait for an instance. */
  readonly waitMs: number;
  /** Told of faults that are not the client's. */
  readonly say: (line: string) => void;
};

export type Checker = (snippets: readonly Snippet[], options: BatchOptions) => Promise<CheckResult[]>;

/**
 * Checks batches: each snippet by itself, answered in the order given, with Lean's answer or an error of its own.
 * Rejects with HttpFault for a batch that is not let in, or with the reason of `gone`.
 */
export function createChecker(on: CheckerOptions): Checker {
  const one = async (snippet: Snippet, batch: BatchOptions): Promise<CheckResult> => {
    const { id, code } = snippet;
    if (code === null) return { id, time: 0, error: 'the snippet has neither `proof` nor `code`' };
    const wallMs = Math.min(Math.ceil(batch.timeoutS * 1000), on.timeoutMs);
    if (wallMs === 0) return { id, time: 0, error: timedOut(0) };
    const work = on.stops.enter();
    const waiting = setTimeout(() => work.stop(noInstance(on.waitMs)), on.waitMs);
    try {
      const answer = await on.lean.snippet(
        {
          text: withoutMark(code),
          options: { wallMs, heartbeats: on.heartbeats },
          infotree: batch.infotree,
        },
        {
          clean: !batch.reuse,
          signal: AbortSignal.any([batch.gone, work.signal]),
          onStart: () => {
            clearTimeout(waiting);
            work.start();
          },
        },
      );
      return { id, time: answer.ms / 1000, ...told(code, answer, batch) };
    } catch (error) {
      batch.gone.throwIfAborted();
      if (error instanceof SnippetStopped) return { id, time: 0, error: error.message };
      const known = isProofloopError(error);
      on.say(`snippet ${JSON.stringify(id)}: ${(!known && (error as Error).stack) || String(error)}`);
      return { id, time: 0, error: known ? `${error.code}: ${error.message}` : 'INTERNAL: see the log' };
    } finally {
      clearTimeout(waiting);
      work.leave();
    }
  };

  return async (snippets, batch) => {
    const big = snippets.find(({ code }) => bytesOf(code) > MAX_SNIPPET_BYTES);
    if (big)
      throw new HttpFault(
        413,
        'snippet_too_large',
        `snippet ${JSON.stringify(big.id)} has ${bytesOf(big.code)} bytes; ${MAX_SNIPPET_BYTES} are the most`,
      );
    const leave = on.admission.enterSnippets(snippets.length);
    return await Promise.all(
      snippets.map(async (snippet) => {
        let ms = 0;
        try {
          const result = await one(snippet, batch);
          ms = result.time * 1000;
          return result;
        } finally {
          leave(ms);
        }
      }),
    );
  };
}

/** Editors of Windows begin a file with a byte order mark; Lean does not know it. */
const withoutMark = (code: string): string => code.replace(/^\ufeff/, '');
const bytesOf = (code: string | null): number => Buffer.byteLength(code ?? '');

/** Kimina's client knows a time-out by the words "timed out". */
const timedOut = (ms: number): string =>
  `the snippet timed out after ${ms / 1000} s of elaboration; that says nothing of whether it is right`;
const noInstance = (ms: number): string =>
  `no Lean instance was free within ${ms / 1000} s; the snippet was not checked`;

function told(
  code: string,
  answer: SnippetAnswer,
  batch: BatchOptions,
): Pick<CheckResult, 'error' | 'response' | 'diagnostics'> {
  switch (answer.status) {
    case 'done': {
      const { pid, cpuMs, memoryBytes } = answer.ran;
      const diagnostics = {
        repl_uuid: String(pid),
        ...(cpuMs === null || answer.ms === 0 ? {} : { cpu_max: (100 * cpuMs) / answer.ms }),
        ...(memoryBytes === null ? {} : { memory_max: memoryBytes }),
      };
      return { response: replResponse(answer), ...(batch.debug ? { diagnostics } : {}) };
    }
    case 'badHeader':
      return {
        response: replResponse({ messages: badHeaderMessages(code, answer), sorries: [], infotree: [] }),
      };
    case 'timeout':
      return { error: timedOut(answer.limitMs) };
    case 'crashed':
      return { error: `Lean ended under the snippet, twice: ${answer.detail}` };
  }
}
