import type { GenerateContentConfig } from '@google/genai';

/** Appended to a prompt that asks for a code block, since the words of all variants do. */
export const STRUCTURED_NOTE = `Form of this answer: instead of text with a code block, one JSON object with the fields "plan" (the idea of the proof, a few lines) and "code" (what the code block would hold, as plain Lean text without fences).`;

/** The part of a request that makes Gemini answer so. `clean` reads JSON answers as it reads blocks. */
export const STRUCTURED_CONFIG = {
  responseMimeType: 'application/json',
  responseJsonSchema: {
    type: 'object',
    properties: { plan: { type: 'string' }, code: { type: 'string' } },
    required: ['plan', 'code'],
    // The plan comes before the code, so that it can guide it.
    propertyOrdering: ['plan', 'code'],
  },
} as const satisfies GenerateContentConfig;
