import type { ServerResponse } from 'node:http';
import { drip, json, send } from './gemini-wire.ts';

export type OpenAiUsage = { prompt?: number; cached?: number; output?: number; thoughts?: number };

/** One answer of a server that speaks OpenAI's API. `match` limits the step to requests whose body holds that text. */
export type OpenAiStep = { delayMs?: number; match?: string } & (
  | {
      kind: 'text';
      text: string | null;
      finish?: string | null;
      /** Thoughts in a field of their own, by its name. */
      reasoning?: { field: 'reasoning_content' | 'reasoning'; text: string };
      refusal?: string;
      /** Null: the server does not count. */
      usage?: OpenAiUsage | null;
      model?: string;
    }
  /** A proof in a closed block. */
  | { kind: 'proof'; proof: string; usage?: OpenAiUsage }
  | { kind: 'status'; status: number; error?: object; headers?: Record<string, string> }
  | { kind: 'html'; status: number; body?: string }
  | { kind: 'raw'; body: string; status?: number; contentType?: string }
  /** Headers at once, then the body byte by byte. */
  | { kind: 'drip'; body: string; everyMs: number }
  | { kind: 'hang' }
  /** Closes the socket with RST: at once, or in the middle of a body. */
  | { kind: 'reset'; midBody?: boolean }
);

const usageJson = (usage: OpenAiUsage = {}): object => {
  const u = { prompt: 400, cached: 0, output: 150, thoughts: 0, ...usage };
  return {
    prompt_tokens: u.prompt,
    completion_tokens: u.output,
    total_tokens: u.prompt + u.output,
    prompt_tokens_details: { cached_tokens: u.cached },
    ...(u.thoughts === 0 ? {} : { completion_tokens_details: { reasoning_tokens: u.thoughts } }),
  };
};

/** The body of a whole answer in the form of the path that was asked. */
export const completionJson = (
  step: Extract<OpenAiStep, { kind: 'text' }>,
  chat: boolean,
  model: string,
): object => ({
  id: 'scripted',
  object: chat ? 'chat.completion' : 'text_completion',
  created: 0,
  model: step.model ?? model,
  choices: [
    {
      index: 0,
      finish_reason: step.finish === undefined ? 'stop' : step.finish,
      ...(chat
        ? {
            message: {
              role: 'assistant',
              content: step.text,
              ...(step.refusal === undefined ? {} : { refusal: step.refusal }),
              ...(step.reasoning === undefined ? {} : { [step.reasoning.field]: step.reasoning.text }),
            },
          }
        : { text: step.text }),
    },
  ],
  ...(step.usage === null ? {} : { usage: usageJson(step.usage) }),
});

export function answerOpenAi(step: OpenAiStep, chat: boolean, model: string, response: ServerResponse): void {
  switch (step.kind) {
    case 'text':
      json(response, 200, completionJson(step, chat, model));
      break;
    case 'proof': {
      const text = `\`\`\`lean4\n${step.proof}\n\`\`\`\n`;
      json(
        response,
        200,
        completionJson({ kind: 'text', text, ...(step.usage && { usage: step.usage }) }, chat, model),
      );
      break;
    }
    case 'status':
      for (const [name, value] of Object.entries(step.headers ?? {})) response.setHeader(name, value);
      json(response, step.status, { error: step.error ?? { message: `scripted ${step.status}`, type: 'x' } });
      break;
    case 'html':
      send(response, step.status, 'text/html', step.body ?? '<html><body><h1>Bad Gateway</h1></body></html>');
      break;
    case 'raw':
      send(response, step.status ?? 200, step.contentType ?? 'application/json', step.body);
      break;
    case 'drip':
      drip(response, step.body, step.everyMs);
      break;
    case 'reset':
      if (step.midBody === true) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
        response.write('{"choices":[', () => response.socket?.resetAndDestroy());
      } else response.socket?.resetAndDestroy();
      break;
    case 'hang':
      break;
  }
}
