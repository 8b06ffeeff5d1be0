import { z } from 'zod';
import { pageText } from '../http/page.ts';

const detailSchema = z
  .object({
    '@type': z.string().optional(),
    reason: z.string().optional(),
    retryDelay: z.string().optional(),
  })
  .loose();
const statusSchema = z.object({
  error: z.object({
    code: z.number().optional(),
    message: z.string().optional(),
    status: z.string().optional(),
    details: z.array(detailSchema).optional(),
  }),
});

/** google.rpc.Status as far as it decides something; `reason` is that of its ErrorInfo. */
export type ErrorBody = {
  readonly message: string;
  readonly status: string | null;
  readonly reason: string | null;
  /** Milliseconds, from google.rpc.RetryInfo. */
  readonly retryAfterMs: number | null;
  /** The body was no JSON: a proxy or load balancer answered. */
  readonly html: boolean;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A protobuf Duration in JSON form (`37s`, `1.5s`) in milliseconds, or null. */
export function durationMs(text: string | undefined): number | null {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
}

/**
 * Reads the text that the SDK's `ApiError` carries: the body's JSON, or a JSON shell around a body that was
 * not (HTML, or JSON sent under another content type). A Vertex body may be an array of one.
 */
export function readErrorBody(text: string): ErrorBody {
  const outer = parse(text);
  const status = statusSchema.safeParse(Array.isArray(outer) ? outer[0] : outer);
  if (!status.success) {
    return {
      message: pageText(text).slice(0, 500),
      status: null,
      reason: null,
      retryAfterMs: null,
      html: true,
    };
  }
  const error = status.data.error;
  const message = error.message ?? '';
  const inner = parse(message);
  if (inner !== null && typeof inner === 'object') {
    const body = readErrorBody(message);
    if (!body.html) return body;
  }
  const html = /^\s*</.test(message);
  const details = error.details ?? [];
  return {
    message: (html ? pageText(message) : message).slice(0, 2_000),
    status: error.status ?? null,
    reason: details.find((d) => d.reason !== undefined)?.reason ?? null,
    retryAfterMs: details.map((d) => durationMs(d.retryDelay)).find((ms) => ms !== null) ?? null,
    html,
  };
}
