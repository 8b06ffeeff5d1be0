import type { IncomingMessage, ServerResponse } from 'node:http';
import { geminiFiles } from './gemini-files.ts';
import { answer, json, type Step } from './gemini-wire.ts';

type Inlined = { readonly request: Record<string, unknown>; readonly metadata?: Record<string, string> };

export type BatchSeen = {
  readonly name: string;
  readonly displayName: string;
  readonly model: string;
  readonly requests: readonly Inlined[];
  /** The requests came as a file, and so do the answers. */
  readonly asFile: boolean;
  cancelled: boolean;
  /** When its answers are there, ms since the epoch. */
  readonly readyAt: number;
};

const PATH =
  /^\/(?:v1beta|v1)\/(?:models\/([^/:]+):batchGenerateContent|(batches\/[^/:]+)(:cancel)?|batches)$/;

/** The lines of a file as inlined requests; a line's key is what metadata holds there. */
const requestsOf = (text: string): Inlined[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { key, request } = JSON.parse(line) as { key: string; request: Inlined['request'] };
      return { request, metadata: { id: key } };
    });

/** What the response to one request would be, taken from the wire form of a single one. */
const bodyOf = (step: Step, model: string): { status: number; body: Record<string, unknown> } => {
  let status = 200;
  let text = '{}';
  const sink = {
    writeHead: (code: number) => {
      status = code;
    },
    end: (body: string) => {
      text = body;
    },
  };
  answer(step, model, sink as unknown as ServerResponse);
  return { status, body: JSON.parse(text) as Record<string, unknown> };
};

/**
 * The batch part of the Developer API's wire format: jobs of inlined requests, answered in the order of the requests from
 * the same script as single ones. `onBilled` is told of each request that a job answers.
 */
export const geminiBatches = (
  take: (body: string) => Step,
  onBilled: (step: Step, request: Inlined['request']) => void,
) => {
  const jobs: BatchSeen[] = [];
  const outcomes = new Map<string, { step: Step; one: Inlined }[]>();
  const files = geminiFiles();
  let delayMs = 0;

  const answersFile = (job: BatchSeen, answers: readonly { metadata?: Record<string, string> }[]): string => {
    const lines = answers.map(({ metadata, ...rest }) => JSON.stringify({ key: metadata?.id, ...rest }));
    return files.put(`files/answers-${job.name.slice('batches/'.length)}`, lines.join('\n'));
  };

  const stateOf = (job: BatchSeen): string =>
    job.cancelled
      ? 'BATCH_STATE_CANCELLED'
      : Date.now() < job.readyAt
        ? 'BATCH_STATE_RUNNING'
        : 'BATCH_STATE_SUCCEEDED';

  const operation = (job: BatchSeen): object => {
    const state = stateOf(job);
    const done = state === 'BATCH_STATE_SUCCEEDED';
    if (done && !outcomes.has(job.name)) {
      const all = job.requests.map((one) => ({ one, step: take(JSON.stringify(one.request)) }));
      outcomes.set(job.name, all);
      for (const { step, one } of all) onBilled(step, one.request);
    }
    const answers = (outcomes.get(job.name) ?? []).map(({ one, step }) => {
      const { status, body } = bodyOf(step, job.model);
      const metadata = one.metadata === undefined ? {} : { metadata: one.metadata };
      return status === 200 ? { response: body, ...metadata } : { ...body, ...metadata };
    });
    const output = job.asFile
      ? { responsesFile: answersFile(job, answers) }
      : { inlinedResponses: { inlinedResponses: answers } };
    return {
      name: job.name,
      metadata: {
        '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch',
        model: `models/${job.model}`,
        displayName: job.displayName,
        state,
        createTime: new Date(job.readyAt).toISOString(),
        ...(done && { output }),
      },
      ...(done && { done: true }),
    };
  };

  const create = async (request: IncomingMessage, response: ServerResponse, model: string) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { batch } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      batch: {
        displayName: string;
        inputConfig: { fileName?: string; file_name?: string; requests?: { requests: Inlined[] } };
      };
    };
    const { inputConfig } = batch;
    const file = inputConfig.fileName ?? inputConfig.file_name;
    const job: BatchSeen = {
      name: `batches/b${jobs.length + 1}`,
      displayName: batch.displayName,
      model,
      requests: file === undefined ? (inputConfig.requests?.requests ?? []) : requestsOf(files.read(file)),
      asFile: file !== undefined,
      cancelled: false,
      readyAt: Date.now() + delayMs,
    };
    jobs.push(job);
    json(response, 200, operation(job));
  };

  return {
    jobs,
    files,
    setDelay: (ms: number) => {
      delayMs = ms;
    },
    /** True if the request was one about batches. */
    handle: (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
      if (files.handle(request, response, path)) return true;
      const match = PATH.exec(path);
      if (match === null) return false;
      const [, model, name, cancel] = match;
      const job = jobs.find((j) => j.name === name);
      if (model !== undefined) void create(request, response, model).catch(() => response.destroy());
      else if (name === undefined) json(response, 200, { operations: jobs.map(operation) });
      else if (job === undefined)
        json(response, 404, { error: { code: 404, message: `no ${name}`, status: 'NOT_FOUND' } });
      else if (cancel !== undefined) {
        job.cancelled ||= Date.now() < job.readyAt;
        json(response, 200, {});
      } else json(response, 200, operation(job));
      return true;
    },
  };
};
