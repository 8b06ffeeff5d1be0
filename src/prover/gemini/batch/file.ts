import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GenerateContentConfig, GoogleGenAI } from '@google/genai';
import type { BatchItem } from '../../batch.ts';
import { ModelFault } from '../../fault.ts';
import type { PromptSpec } from '../../prover.ts';
import type { Response } from './outcome.ts';

type Options = { readonly abortSignal: AbortSignal; readonly httpOptions: { readonly timeout: number } };
const MIME_TYPE = 'application/jsonl';

/** A request as a line of the file has it: the wire form, which the SDK makes of inlined requests itself. */
const lineOf = ({ id, prompt }: BatchItem, config: GenerateContentConfig): string => {
  const { systemInstruction, ...generationConfig } = config;
  const text = (of: unknown) => ({ role: 'user', parts: [{ text: of }] });
  const request = {
    contents: [text(prompt.user)],
    systemInstruction: text(systemInstruction),
    generationConfig,
  };
  return `${JSON.stringify({ key: id, request })}\n`;
};

/** Uploads the requests as a file of JSON lines; returns its name. The provider removes it after two days. */
export const uploadRequests = async (
  ai: GoogleGenAI,
  displayName: string,
  items: readonly BatchItem[],
  config: (prompt: PromptSpec) => GenerateContentConfig,
  options: Options,
): Promise<string> => {
  const file = new Blob(
    items.map((item) => lineOf(item, config(item.prompt))),
    { type: MIME_TYPE },
  );
  const uploaded = await ai.files.upload({
    file,
    config: { displayName, mimeType: MIME_TYPE, ...options },
  });
  if (uploaded.name === undefined)
    throw new ModelFault('MODEL_BAD_ANSWER', 'Gemini took the file of a batch job without a name for it.', {
      retryable: true,
    });
  return uploaded.name;
};

/** The answers in the file of a job that is at its end. A line that is no JSON is an answer for nobody. */
export const downloadResponses = async (
  ai: GoogleGenAI,
  fileName: string,
  options: Options,
): Promise<readonly Response[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-batch-'));
  try {
    const path = join(folder, 'answers.jsonl');
    await ai.files.download({ file: fileName, downloadPath: path, config: options });
    const responses: Response[] = [];
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const read = parsed(line);
      if (read !== null) responses.push(read);
    }
    return responses;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const parsed = (line: string): Response | null => {
  try {
    const { key, response, error } = JSON.parse(line) as Record<string, unknown>;
    return {
      id: typeof key === 'string' ? key : undefined,
      response: response ?? undefined,
      error: (error ?? undefined) as Response['error'],
    };
  } catch {
    return null;
  }
};
