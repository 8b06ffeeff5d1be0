import { isModelFault, ModelFault } from '../fault.ts';
import { causeOf, isRefusedPort, networkCode, REFUSED_PORT, thrownOf, wasSent } from '../http/network.ts';
import { redact } from '../redact.ts';
import type { Access } from './access.ts';
import { COMMANDS } from './commands.ts';
import { readErrorBody } from './error-body.ts';
import { explain } from './explain.ts';

export type ErrorContext = {
  readonly access: Access;
  readonly model: string;
  readonly timeoutMs: number;
  /** Our own clock ran out; the SDK's abort error does not say who aborted. */
  readonly timedOut: boolean;
  readonly secrets: readonly string[];
};

function fromStatus(status: number, raw: string, context: ErrorContext): ModelFault {
  const { access, model, secrets } = context;
  const body = readErrorBody(raw);
  const detail = redact(body.html ? `a page instead of an answer: ${body.message}` : body.message, secrets);
  const said = `HTTP ${status}${body.status === null || body.status === '' ? '' : ` ${body.status}`}: ${detail}`;
  const { retryAfterMs } = body;
  if (status === 429) {
    return new ModelFault('MODEL_RATE_LIMIT', `Gemini limits the rate (${said})`, {
      retryable: true,
      retryAfterMs,
    });
  }
  if (status === 408 || status === 504) {
    return new ModelFault('MODEL_TIMEOUT', `Gemini gave up the request (${said})`, {
      retryable: true,
      retryAfterMs,
    });
  }
  if (status === 409 || status >= 500) {
    return new ModelFault('MODEL_UNAVAILABLE', `Gemini cannot answer now (${said})`, {
      retryable: true,
      retryAfterMs,
      // Requests that end in an error of the server are not billed (ai.google.dev, billing).
      mayBill: false,
    });
  }
  const { code, cause, fix } = explain({ ...access, http: status, model, body });
  return new ModelFault(code, `${cause} (${said})`, {
    retryable: false,
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Faults of google-auth-library before a request is sent; they carry no class of their own. */
function fromCredentials(message: string, secrets: readonly string[]): ModelFault | null {
  const refused = (cause: string, fix: string) =>
    new ModelFault('MODEL_CREDENTIALS', `${cause} (${redact(message, secrets)})`, { retryable: false, fix });
  if (/could not load the default credentials/i.test(message))
    return refused('There are no Application Default Credentials.', COMMANDS.login);
  if (/GOOGLE_APPLICATION_CREDENTIALS|\b(ENOENT|EACCES|EISDIR)\b|invalid_grant|invalid_rapt/i.test(message))
    return refused('The Application Default Credentials cannot be used.', COMMANDS.login);
  if (/unable to detect a project id/i.test(message))
    return refused('Vertex AI needs a project id and none is set.', COMMANDS.setProject);
  return null;
}

const isWrapped = (error: unknown): boolean =>
  causeOf(error) !== undefined && /^exception .* sending request$/s.test(thrownOf(error).message);

/** Whatever the SDK threw, as a fault of the catalogue. Never called for the caller's own cancellation. */
export function translateError(error: unknown, context: ErrorContext): ModelFault {
  // The SDK wraps what is no Error of its realm; the cause is then the thing itself.
  const thrown = isWrapped(error) ? causeOf(error) : error;
  if (isModelFault(thrown)) return thrown;
  const { secrets, timeoutMs } = context;
  const { name, message, status } = thrownOf(thrown);
  if (context.timedOut || name === 'AbortError' || name === 'TimeoutError') {
    return new ModelFault('MODEL_TIMEOUT', `Gemini did not answer within ${timeoutMs} ms.`, {
      retryable: true,
    });
  }
  if (name === 'ApiError' && status !== null) return fromStatus(status, message, context);
  if (name === 'SyntaxError') {
    return new ModelFault('MODEL_BAD_ANSWER', `Gemini's answer is no JSON: ${redact(message, secrets)}`, {
      retryable: true,
    });
  }
  const credentials = fromCredentials(message, secrets);
  if (credentials !== null) return credentials;
  if (isRefusedPort(error))
    return new ModelFault(
      'MODEL_REFUSED',
      `Nothing was sent to ${redact(context.access.baseUrl ?? 'Gemini', secrets)}: ${REFUSED_PORT.what}.`,
      { retryable: false, fix: REFUSED_PORT.fix },
    );
  const code = networkCode(error);
  if (code !== null || (name === 'TypeError' && /fetch failed|terminated/.test(message))) {
    const where = context.access.baseUrl === null ? '' : ` at ${context.access.baseUrl}`;
    return new ModelFault(
      'MODEL_UNAVAILABLE',
      redact(
        `The connection to Gemini${where} failed: ${message}${code === null ? '' : ` (${code})`}`,
        secrets,
      ),
      { retryable: true, mayBill: wasSent(code) },
    );
  }
  return new ModelFault('MODEL_REFUSED', `The request could not be sent: ${redact(message, secrets)}`, {
    retryable: false,
  });
}
