import type { Readable, Writable } from 'node:stream';
import type { EngineAnswer, EngineRequest, ReplEngine } from './engine.ts';
import { type Block, blocks } from './framing.ts';
import { jsonText } from './json-text.ts';
import { type Limits, type RequestId, readRequest } from './request.ts';

/** Requests that are read ahead of the one that runs, so that a `cancel` behind them is seen. */
const READ_AHEAD = 1_000;

type Answer = EngineAnswer | { readonly cancelled: RequestId; readonly found: boolean };
type Work = { readonly request: EngineRequest; readonly limits: Limits };
/** A place in the queue: answers go out in the order of the requests. */
type Entry = {
  readonly id: RequestId | null;
  readonly abort: AbortController;
  readonly work: Work | { readonly answer: Answer };
};

const REFUSED = {
  blank: 'Could not parse JSON:\nthe request is empty: a blank line ends a request',
  'not UTF-8': 'Could not parse the request: it is not UTF-8.',
  'too long': 'Could not parse the request: it is longer than 256 MiB.',
} as const satisfies Record<Exclude<Block['kind'], 'text'>, string>;

/** Answers every request on `input`, in order, until that ends. */
export async function serveRepl(engine: ReplEngine, input: Readable, output: Writable): Promise<void> {
  const queue: Entry[] = [];
  let running: Entry | null = null;
  let ended = false;
  let wakeServer = Promise.withResolvers<void>();
  let wakeReader = Promise.withResolvers<void>();

  const cancel = (id: RequestId): boolean => {
    const found = [...(running ? [running] : []), ...queue].filter(
      (entry) => entry.id === id && 'request' in entry.work,
    );
    for (const entry of found) entry.abort.abort();
    return found.length > 0;
  };

  const entryOf = (block: Block): Entry | null => {
    const abort = new AbortController();
    if (block.kind !== 'text') return { id: null, abort, work: { answer: { message: REFUSED[block.kind] } } };
    const read = readRequest(block.text);
    if (read === null) return null;
    const { id } = read;
    if ('message' in read) return { id, abort, work: { answer: { message: read.message } } };
    const { request, limits } = read;
    if (request.kind !== 'cancel') return { id, abort, work: { request, limits } };
    const cancelled = request.body.cancel;
    return { id, abort, work: { answer: { cancelled, found: cancel(cancelled) } } };
  };

  const read = async () => {
    for await (const block of blocks(input)) {
      const entry = entryOf(block);
      if (entry === null) continue;
      queue.push(entry);
      wakeServer.resolve();
      while (queue.length >= READ_AHEAD) {
        wakeReader = Promise.withResolvers<void>();
        await wakeReader.promise;
      }
    }
  };
  const reading = read().finally(() => {
    ended = true;
    wakeServer.resolve();
  });
  // Awaited below; until then a failing input must not be an unhandled rejection.
  reading.catch(() => {});

  while (queue.length > 0 || !ended) {
    const entry = queue.shift() ?? null;
    if (entry === null) {
      wakeServer = Promise.withResolvers<void>();
      await wakeServer.promise;
      continue;
    }
    wakeReader.resolve();
    running = entry;
    const answer =
      'answer' in entry.work
        ? entry.work.answer
        : await engine.answer(entry.work.request, entry.work.limits, entry.abort.signal);
    running = null;
    const text = jsonText(entry.id === null ? answer : { ...answer, id: entry.id });
    await new Promise<void>((written) => output.write(`${text}\n\n`, () => written()));
  }
  await reading;
}
