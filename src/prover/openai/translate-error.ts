import { isModelFault, ModelFault } from '../fault.ts';
import { causeOf, isRefusedPort, networkCode, REFUSED_PORT, thrownOf, wasSent } from '../http/network.ts';
import { isPage, pageText } from '../http/page.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { redact } from '../redact.ts';
import { explainStatus } from './explain.ts';
import type { Place } from './place.ts';

export type ErrorContext = {
  readonly place: Place;
  readonly model: string;
  readonly timeoutMs: number;
  /** Our own clock ran out. */
  readonly timedOut: boolean;
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const headerOf =
  (error: unknown) =>
  (name: string): string | null => {
    const headers = (error as { headers?: { get?: (name: string) => string | null } }).headers;
    return headers?.get?.(name) ?? null;
  };

/** The innermost message: the SDK wraps a failed connection as `Connection error.` */
const rootMessage = (error: unknown): string => {
  const cause = causeOf(error);
  return cause === undefined ? thrownOf(error).message : rootMessage(cause);
};

/** Whatever the SDK threw, as a fault of the catalogue. Never called for the caller's own cancellation. */
export function translateError(error: unknown, context: ErrorContext): ModelFault {
  if (isModelFault(error)) return error;
  const { place, secrets, timeoutMs } = context;
  const where = redact(place.baseUrl, secrets);
  const { name, message, status } = thrownOf(error);
  const late = () =>
    new ModelFault('MODEL_TIMEOUT', `${where} did not answer within ${timeoutMs} ms.`, { retryable: true });
  if (context.timedOut) return late();
  if (status !== null) {
    const e = error as { code?: unknown; type?: unknown };
    const text = isPage(message) || /<html/i.test(message) ? `a page: ${pageText(message)}` : message;
    return explainStatus({
      http: status,
      // The SDK begins its message with the status.
      message: redact(text.replace(/^\d{3} /, '').slice(0, 1_000), secrets),
      code: `${e.code ?? ''} ${e.type ?? ''}`,
      location: redact(headerOf(error)('location') ?? '', secrets),
      retryAfterMs: retryAfterMs(headerOf(error), context.now),
      place: { ...place, baseUrl: where },
      model: context.model,
    });
  }
  if (/timed out/i.test(message) || name === 'AbortError' || name === 'TimeoutError') return late();
  if (name === 'SyntaxError')
    return new ModelFault(
      'MODEL_BAD_ANSWER',
      `The answer of ${where} is no JSON: ${redact(message, secrets)}`,
      { retryable: true },
    );
  if (isRefusedPort(error))
    return new ModelFault('MODEL_REFUSED', `Nothing was sent to ${where}: ${REFUSED_PORT.what}.`, {
      retryable: false,
      fix: REFUSED_PORT.fix,
    });
  const code = networkCode(error);
  const root = rootMessage(error);
  if (
    code !== null ||
    /fetch failed|terminated|connection error|other side closed/i.test(`${message} ${root}`)
  ) {
    const detail = redact(`${root}${code === null || root.includes(code) ? '' : ` (${code})`}`, secrets);
    return new ModelFault('MODEL_UNAVAILABLE', `The connection to ${where} failed: ${detail}`, {
      retryable: true,
      mayBill: wasSent(code),
      ...(code === 'ECONNREFUSED'
        ? { fix: `Start the server that is to listen there, or mend base_url.` }
        : {}),
    });
  }
  return new ModelFault('MODEL_REFUSED', `The request could not be sent: ${redact(root, secrets)}`, {
    retryable: false,
  });
}
