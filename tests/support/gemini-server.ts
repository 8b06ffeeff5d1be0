import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import { geminiBatches } from './gemini-batches.ts';
import { answer, billOf, DEFAULT_STEP, json, metadata, type Step } from './gemini-wire.ts';

export type { Step, Usage } from './gemini-wire.ts';

export type Seen = {
  /** 1-based. */
  readonly n: number;
  readonly at: number;
  readonly path: string;
  readonly model: string;
  readonly vertex: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly system: string;
  readonly user: string;
  readonly body: unknown;
  /** When the client closed the connection before the answer was out (ms since the epoch), else null. */
  abortedAt: number | null;
  /** The step that answered. */
  readonly step: Step;
};

export type GeminiServer = {
  readonly url: string;
  readonly port: number;
  /** Requests for answers, in the order of arrival. */
  readonly requests: readonly Seen[];
  /** Batch jobs, in the order of their creation; `setDelay` says how long the next ones take. */
  readonly batches: ReturnType<typeof geminiBatches>;
  /**
   * US dollars that all requests so far cost at `price` a million tokens: what each was answered with, also where the
   * client was gone by then. One that is never answered costs its whole output limit.
   */
  billed(price: { readonly input: number; readonly output: number }): number;
  /** Tokens that the metadata server part has given out. */
  readonly tokensGiven: () => number;
  /** Adds steps to the script. */
  push(...steps: Step[]): void;
  /** Resolves with request number `n` as soon as it has arrived. */
  arrived(n: number): Promise<Seen>;
  /** Resolves when request `n` was given up by its client. */
  aborted(n: number): Promise<Seen>;
  /** Forgets requests and script; `otherwise` is answered when the script is at its end. */
  reset(script?: readonly Step[], otherwise?: Step): void;
  /** The environment that points the unmodified SDK here: Developer API, or Vertex AI with ADC. */
  env(kind?: 'developer' | 'vertex'): Record<string, string>;
  close(): Promise<void>;
};

const textOf = (content: unknown): string => {
  const parts = (content as { parts?: { text?: string }[] } | undefined)?.parts ?? [];
  return parts.map((p) => p.text ?? '').join('');
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const PATH =
  /^\/(?:v1beta|v1|v1beta1)(\/projects\/[^/]+\/locations\/[^/]+)?(\/publishers\/google)?\/models\/([^/:]+):generateContent$/;

/**
 * A local server that speaks the wire format of Gemini's generateContent (Developer API and Vertex AI paths)
 * and of Google's metadata server, which hands out Vertex credentials. It answers from a script.
 *
 * As a process: `node tests/support/gemini-server.ts --script FILE` prints one JSON line `{"url": …}`; FILE
 * holds `{"script": [step, …], "otherwise": step}`. `GET /__stats` answers what it has seen.
 *
 * Starts on a free port of 127.0.0.1.
 */
export async function startGeminiServer(
  script: readonly Step[] = [],
  otherwise: Step = DEFAULT_STEP,
): Promise<GeminiServer> {
  let steps = [...script];
  let fallback = otherwise;
  let requests: Seen[] = [];
  let tokens = 0;
  let waiting: { when: (seen: readonly Seen[]) => Seen | undefined; tell: (s: Seen) => void }[] = [];
  const notify = (): void => {
    waiting = waiting.filter(({ when, tell }) => {
      const seen = when(requests);
      if (seen !== undefined) tell(seen);
      return seen === undefined;
    });
  };
  const until = (when: (seen: readonly Seen[]) => Seen | undefined): Promise<Seen> =>
    new Promise((tell) => {
      waiting.push({ when, tell });
      notify();
    });
  const take = (body: string): Step => {
    const at = steps.findIndex((s) => s.match === undefined || body.includes(s.match));
    return at < 0 ? fallback : steps.splice(at, 1)[0]!;
  };

  const inBatches: { step: Step; body: unknown }[] = [];
  const batches = geminiBatches(take, (step, body) => inBatches.push({ step, body }));

  async function generate(request: IncomingMessage, response: ServerResponse, path: RegExpExecArray) {
    const text = await bodyOf(request);
    const body = JSON.parse(text) as { systemInstruction?: unknown; contents?: unknown[] };
    const step = take(JSON.stringify(body));
    const seen: Seen = {
      n: requests.length + 1,
      at: Date.now(),
      path: path[0],
      model: path[3]!,
      vertex: path[2] !== undefined,
      headers: Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)])),
      system: textOf(body.systemInstruction),
      user: (body.contents ?? []).map(textOf).join('\n'),
      body,
      abortedAt: null,
      step,
    };
    requests.push(seen);
    response.on('close', () => {
      if (response.writableFinished) return;
      seen.abortedAt = Date.now();
      notify();
    });
    notify();
    const timer = setTimeout(() => answer(step, seen.model, response), step.delayMs ?? 0);
    response.on('close', () => clearTimeout(timer));
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    const match = PATH.exec(decodeURIComponent(path));
    if (request.method === 'POST' && match !== null) {
      generate(request, response, match).catch(() => response.destroy());
    } else if (batches.handle(request, response, decodeURIComponent(path))) {
      // Answered there.
    } else if (path === '/__stats') {
      json(response, 200, { requests: requests.length, seen: requests });
    } else if (path.startsWith('/computeMetadata/') || path === '/') {
      if (path.endsWith('/token')) tokens += 1;
      metadata(path, tokens, response);
    } else {
      json(response, 404, { error: { code: 404, message: `no such path: ${path}`, status: 'NOT_FOUND' } });
    }
  });
  // A client that a busy machine has kept waiting would send on a connection that is just being closed.
  server.keepAliveTimeout = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    get requests() {
      return requests;
    },
    batches,
    billed: (price) =>
      requests.reduce((sum, { step, body }) => sum + billOf(step, body, price), 0) +
      inBatches.reduce((sum, { step, body }) => sum + billOf(step, body, price) / 2, 0),
    tokensGiven: () => tokens,
    push: (...more) => void steps.push(...more),
    arrived: (n) => until((seen) => seen[n - 1]),
    aborted: (n) => until((seen) => (seen[n - 1]?.abortedAt == null ? undefined : seen[n - 1])),
    reset: (next = [], other = DEFAULT_STEP) => {
      steps = [...next];
      fallback = other;
      requests = [];
    },
    env: (kind = 'developer') =>
      kind === 'developer'
        ? { GEMINI_API_KEY: 'AIzaScriptedKey0123456789', GOOGLE_GEMINI_BASE_URL: url }
        : {
            GOOGLE_GENAI_USE_VERTEXAI: 'true',
            GOOGLE_CLOUD_PROJECT: 'scripted-project',
            GOOGLE_CLOUD_LOCATION: 'us-central1',
            GOOGLE_VERTEX_BASE_URL: url,
            GCE_METADATA_HOST: `127.0.0.1:${port}`,
            METADATA_SERVER_DETECTION: 'assume-present',
          },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--script');
  const file = at < 0 ? undefined : args[at + 1];
  const given =
    file === undefined
      ? {}
      : (JSON.parse(await readFile(file, 'utf8')) as { script?: Step[]; otherwise?: Step });
  const server = await startGeminiServer(given.script, given.otherwise);
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => void server.close().then(() => process.exit(0)));
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
