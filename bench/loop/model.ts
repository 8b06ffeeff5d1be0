import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { variantOf } from '../../src/prover/prompts/variants.ts';

/**
 * A simulated model, spoken to in Gemini's wire format. It knows the proof of every theorem (`by omega`) and gives it when it
 * has made progress enough: one step for an answer, `repairStep` for one to a repair. Nothing about it is like a real model
 * but the protocol; what is measured with it is what the loop asks, never what a model proves.
 */
export type Behaviour = {
  /** Steps that theorem number `i` takes. */
  readonly steps: (i: number) => number;
  readonly repairStep?: number;
  /** The name of a prompt variant that is answered right at once. */
  readonly likes?: string;
  /** Every second wrong answer repeats the one before, in other spacing. */
  readonly repeats?: boolean;
  /** Milliseconds of an answer, by how many requests of the theorem came before it. */
  readonly delayMs?: (nth: number) => number;
};

export type Counts = { requests: number; completed: number; inputTokens: number; outputTokens: number };

const OUTPUT = 400;

export const simulatedModel = async (behaviour: Behaviour) => {
  const counts: Counts = { requests: 0, completed: 0, inputTokens: 0, outputTokens: 0 };
  const progress = new Map<string, number>();
  const nth = new Map<string, number>();
  const liked = behaviour.likes === undefined ? null : variantOf(behaviour.likes);

  const proofFor = (name: string, user: string): string => {
    const likes = liked !== null && (user.endsWith(liked.ask) || user.endsWith(liked.askRepair));
    const step = user.includes('wrong_') ? (behaviour.repairStep ?? 1) : 1;
    const made = (progress.get(name) ?? 0) + step;
    progress.set(name, made);
    if (likes || made >= behaviour.steps(Number(/\d+$/.exec(name)?.[0] ?? 0))) return 'by omega';
    const n = nth.get(name) ?? 0;
    const same = behaviour.repeats === true ? n - (n % 2) : n;
    return n === same ? `by exact wrong_${same}` : `by  exact wrong_${same} -- once more`;
  };

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const body = JSON.parse(text) as { contents: { parts: { text: string }[] }[] };
      const user = body.contents.flatMap(({ parts }) => parts.map((part) => part.text)).join('\n');
      const name = /theorem (\w+)/.exec(user)?.[1] ?? '';
      const proof = proofFor(name, user);
      const before = nth.get(name) ?? 0;
      nth.set(name, before + 1);
      // A token is four bytes here, on both sides of every comparison.
      const input = Math.ceil(text.length / 4);
      counts.requests += 1;
      counts.inputTokens += input;
      const timer = setTimeout(() => {
        counts.completed += 1;
        counts.outputTokens += OUTPUT;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            candidates: [
              {
                content: { role: 'model', parts: [{ text: `\`\`\`lean4\n${proof}\n\`\`\`\n` }] },
                finishReason: 'STOP',
              },
            ],
            usageMetadata: { promptTokenCount: input, candidatesTokenCount: OUTPUT },
            modelVersion: 'gemini-3.8-flash',
          }),
        );
      }, behaviour.delayMs?.(before) ?? 100);
      response.on('close', () => clearTimeout(timer));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** What it was asked since the last call. */
    take: (): Counts => {
      const taken = { ...counts };
      Object.assign(counts, { requests: 0, completed: 0, inputTokens: 0, outputTokens: 0 });
      progress.clear();
      nth.clear();
      return taken;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
