import type { ServerResponse } from 'node:http';

export type Usage = { prompt?: number; cached?: number; output?: number; thoughts?: number };

/** One answer. `delayMs` holds it back; `match` limits the step to requests whose body holds that text. */
export type Step = { delayMs?: number; match?: string } & (
  | { kind: 'text'; text: string; finish?: string; usage?: Usage; modelVersion?: string }
  /** A proof in a closed block, the plainest right form of an answer. */
  | { kind: 'proof'; proof: string; usage?: Usage }
  /** Candidate without text: the output limit was spent on thinking. */
  | { kind: 'empty'; finish: string; message?: string; usage?: Usage }
  | { kind: 'blocked'; reason: string; message?: string }
  | { kind: 'status'; status: number; message?: string; rpc?: string; retryDelay?: string; reason?: string }
  | { kind: 'html'; status: number; body?: string }
  /** HTTP 307 to another address. */
  | { kind: 'redirect'; to: string }
  /** Any body under 200. */
  | { kind: 'raw'; body: string; status?: number; contentType?: string }
  /** Headers at once, then the body byte by byte, one each `everyMs`. */
  | { kind: 'drip'; body: string; everyMs: number }
  /** Never answers; ends when the client goes away. */
  | { kind: 'hang' }
  /** Closes the socket with RST: at once, or in the middle of a body. */
  | { kind: 'reset'; midBody?: boolean }
);

export const DEFAULT_STEP: Step = { kind: 'proof', proof: 'by omega' };
const USAGE: Required<Usage> = { prompt: 400, cached: 0, output: 50, thoughts: 100 };

const usageJson = (usage: Usage = {}): object => {
  const u = { ...USAGE, ...usage };
  return {
    promptTokenCount: u.prompt,
    cachedContentTokenCount: u.cached,
    candidatesTokenCount: u.output,
    thoughtsTokenCount: u.thoughts,
    totalTokenCount: u.prompt + u.output + u.thoughts,
    trafficType: 'ON_DEMAND',
  };
};

const candidate = (finish: string, text: string | null, message?: string): object => ({
  ...(text === null
    ? { content: { role: 'model' } }
    : {
        content: {
          role: 'model',
          parts: [{ text: 'private thoughts: by sorry', thought: true }, { text }],
        },
      }),
  finishReason: finish,
  ...(message === undefined ? {} : { finishMessage: message }),
  index: 0,
});

const errorJson = (step: Extract<Step, { kind: 'status' }>): object => ({
  error: {
    code: step.status,
    message: step.message ?? `scripted ${step.status}`,
    status: step.rpc ?? 'UNKNOWN',
    details: [
      ...(step.reason === undefined
        ? []
        : [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: step.reason,
              domain: 'googleapis.com',
            },
          ]),
      ...(step.retryDelay === undefined
        ? []
        : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: step.retryDelay }]),
    ],
  },
});

export function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
export const json = (response: ServerResponse, status: number, value: object): void =>
  send(response, status, 'application/json; charset=UTF-8', JSON.stringify(value));

export function drip(response: ServerResponse, body: string, everyMs: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const rest = [...body];
  const timer = setInterval(() => {
    const next = rest.shift();
    if (next !== undefined) return void response.write(next);
    clearInterval(timer);
    response.end();
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

export function answer(step: Step, model: string, response: ServerResponse): void {
  const whole = (candidates: object[], usage?: Usage, modelVersion = model): void =>
    json(response, 200, {
      candidates,
      usageMetadata: usageJson(usage),
      modelVersion,
      responseId: 'scripted',
    });
  switch (step.kind) {
    case 'text':
      whole([candidate(step.finish ?? 'STOP', step.text)], step.usage, step.modelVersion);
      break;
    case 'proof':
      whole([candidate('STOP', `\`\`\`lean4\n${step.proof}\n\`\`\`\n`)], step.usage);
      break;
    case 'empty':
      whole([candidate(step.finish, null, step.message)], { output: 0, ...step.usage });
      break;
    case 'blocked':
      json(response, 200, {
        promptFeedback: { blockReason: step.reason, blockReasonMessage: step.message },
        usageMetadata: { promptTokenCount: USAGE.prompt, totalTokenCount: USAGE.prompt },
        modelVersion: model,
      });
      break;
    case 'status':
      json(response, step.status, errorJson(step));
      break;
    case 'html':
      send(response, step.status, 'text/html', step.body ?? '<html><body><h1>Bad Gateway</h1></body></html>');
      break;
    case 'redirect':
      response.setHeader('location', step.to);
      send(response, 307, 'text/plain', '');
      break;
    case 'raw':
      send(response, step.status ?? 200, step.contentType ?? 'application/json', step.body);
      break;
    case 'reset':
      if (step.midBody === true) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
        response.write('{"candidates":[', () => response.socket?.resetAndDestroy());
      } else response.socket?.resetAndDestroy();
      break;
    case 'drip':
      drip(response, step.body, step.everyMs);
      break;
    case 'hang':
      break;
  }
}

/** What google-auth-library asks of a metadata server; `token` is the number of the access token to give out. */
export function metadata(path: string, token: number, response: ServerResponse): void {
  response.setHeader('metadata-flavor', 'Google');
  if (path.endsWith('/token')) {
    json(response, 200, {
      access_token: `ya29.scripted-token-${token}`,
      expires_in: 3600,
      token_type: 'Bearer',
    });
  } else if (/universe[-_]domain$/.test(path)) send(response, 200, 'text/plain', 'googleapis.com');
  else if (path.endsWith('/project-id')) send(response, 200, 'text/plain', 'metadata-project');
  else send(response, 200, 'text/plain', 'ok');
}

/** US dollars that a provider bills for a request that it met with `step`. */
export function billOf(step: Step, body: unknown, price: { input: number; output: number }): number {
  const usage = 'usage' in step ? { ...USAGE, ...step.usage } : USAGE;
  const dollars = (input: number, output: number) => (input * price.input + output * price.output) / 1e6;
  switch (step.kind) {
    case 'text':
    case 'proof':
      return dollars(usage.prompt, usage.output + usage.thoughts);
    case 'empty':
      return dollars(usage.prompt, usage.thoughts);
    case 'blocked':
      return dollars(usage.prompt, 0);
    case 'hang':
    case 'reset':
    case 'raw': {
      // Generated to the end, and nobody has it.
      const config = (body as { generationConfig?: { maxOutputTokens?: number } }).generationConfig;
      return dollars(usage.prompt, config?.maxOutputTokens ?? 0);
    }
    default:
      // An error is not billed.
      return 0;
  }
}
