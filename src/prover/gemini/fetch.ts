import { ModelFault } from '../fault.ts';
import { patientFetch } from '../http/patient-fetch.ts';
import { redact } from '../redact.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The body with each candidate's `finishMessage` in its `content` too: what the SDK makes of an answer of the Developer
 * API leaves the message out (3.1.0, `candidateFromMldev`), and takes the content over as it is.
 */
export const keepFinishMessages = (text: string): string => {
  if (!text.includes('"finishMessage"')) return text;
  try {
    return JSON.stringify(
      JSON.parse(text, (_, value: unknown) =>
        isObject(value) && typeof value.finishMessage === 'string' && 'finishReason' in value
          ? {
              ...value,
              content: {
                ...(isObject(value.content) ? value.content : {}),
                finishMessage: value.finishMessage,
              },
            }
          : value,
      ),
    );
  } catch {
    // No JSON: that is the SDK's to say.
    return text;
  }
};

/**
 * The `fetch` of the SDK's client. A redirect, which would take prompt and key to another place, is not followed but a
 * fault, MODEL_REFUSED.
 */
export const geminiFetch: typeof fetch = async (input, init) => {
  const response = await patientFetch(input, init);
  if (response.status >= 300 && response.status < 400) {
    const to = redact(response.headers.get('location') ?? 'another address');
    throw new ModelFault('MODEL_REFUSED', `Gemini's address redirects to ${to}, which is not followed.`, {
      retryable: false,
      fix: 'Put the address that answers into base_url.',
    });
  }
  const kind = response.headers.get('content-type') ?? '';
  if (!response.ok || !/\bjson\b/i.test(kind)) return response;
  const { status, statusText, headers } = response;
  return new Response(keepFinishMessages(await response.text()), { status, statusText, headers });
};
