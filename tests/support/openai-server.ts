import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json } from './gemini-wire.ts';
import { answerOpenAi, type OpenAiStep } from './openai-wire.ts';

export type { OpenAiStep } from './openai-wire.ts';

export type OpenAiSeen = {
  /** 1-based. */
  readonly n: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** All that the model would read. */
  readonly text: string;
  /** When the client closed the connection before the answer was out (ms since the epoch), else null. */
  abortedAt: number | null;
};

export type OpenAiServer = {
  /** Ends in /v1. */
  readonly url: string;
  /** Requests for answers, in the order of arrival. */
  readonly requests: readonly OpenAiSeen[];
  push(...steps: OpenAiStep[]): void;
  /** Resolves with request number `n` as soon as it has arrived. */
  arrived(n: number): Promise<OpenAiSeen>;
  /** Resolves when request `n` was given up by its client. */
  aborted(n: number): Promise<OpenAiSeen>;
  /** Forgets requests and script; `otherwise` is answered when the script is at its end. */
  reset(script?: readonly OpenAiStep[], otherwise?: OpenAiStep): void;
  close(): Promise<void>;
};

const DEFAULT: OpenAiStep = { kind: 'proof', proof: 'by omega' };

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

const textOf = (body: Record<string, unknown>): string =>
  typeof body.prompt === 'string'
    ? body.prompt
    : ((body.messages ?? []) as { content: string }[]).map(({ content }) => content).join('\n');

/**
 * A local server that speaks the wire format of OpenAI's /v1/chat/completions, /v1/completions and /v1/models, as vLLM,
 * Ollama and llama.cpp do. It answers from a script, on a free port of 127.0.0.1.
 */
export async function startOpenAiServer(models: readonly string[] = ['prover']): Promise<OpenAiServer> {
  let steps: OpenAiStep[] = [];
  let fallback = DEFAULT;
  let requests: OpenAiSeen[] = [];
  let waiting: { when: () => OpenAiSeen | undefined; tell: (s: OpenAiSeen) => void }[] = [];
  const notify = (): void => {
    waiting = waiting.filter(({ when, tell }) => {
      const seen = when();
      if (seen !== undefined) tell(seen);
      return seen === undefined;
    });
  };
  const until = (when: () => OpenAiSeen | undefined): Promise<OpenAiSeen> =>
    new Promise((tell) => {
      waiting.push({ when, tell });
      notify();
    });
  const take = (text: string): OpenAiStep => {
    const at = steps.findIndex((s) => s.match === undefined || text.includes(s.match));
    return at < 0 ? fallback : steps.splice(at, 1)[0]!;
  };

  const complete = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const path = request.url ?? '';
    const step = take(JSON.stringify(body));
    const seen: OpenAiSeen = {
      n: requests.length + 1,
      path,
      headers: Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)])),
      body,
      text: textOf(body),
      abortedAt: null,
    };
    requests.push(seen);
    const timer = setTimeout(
      () => answerOpenAi(step, path.includes('/chat/'), String(body.model), response),
      step.delayMs ?? 0,
    );
    response.on('close', () => {
      clearTimeout(timer);
      if (response.writableFinished) return;
      seen.abortedAt = Date.now();
      notify();
    });
    notify();
  };

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'POST' && /^\/v1\/(chat\/)?completions$/.test(path))
      complete(request, response).catch(() => response.destroy());
    else if (path === '/v1/models')
      json(response, 200, { object: 'list', data: models.map((id) => ({ id })) });
    else json(response, 404, { detail: 'Not Found' });
  });
  // A client that a busy machine has kept waiting would send on a connection that is just being closed.
  server.keepAliveTimeout = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get requests() {
      return requests;
    },
    push: (...more) => void steps.push(...more),
    arrived: (n) => until(() => requests[n - 1]),
    aborted: (n) => until(() => (requests[n - 1]?.abortedAt == null ? undefined : requests[n - 1])),
    reset: (next = [], otherwise = DEFAULT) => {
      steps = [...next];
      fallback = otherwise;
      requests = [];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
