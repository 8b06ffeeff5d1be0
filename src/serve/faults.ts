import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { HttpFault } from './http-fault.ts';
import type { Fault } from './schemas.ts';

type Answer = {
  readonly status: number;
  readonly body: Fault;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Every error of a request as its answer. `bodyMiB` is for the text. */
export const createErrorHandler =
  (bodyMiB: number, say: (line: string) => void) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body, headers = {} } = answerTo(error as FastifyError, request, bodyMiB);
    if (status === 500) say(`${request.method} ${request.url}: ${(error as Error).stack ?? error}`);
    // What is left of a body that nobody reads would be taken for the next request.
    if (status === 413 || status === 429) reply.header('connection', 'close');
    void reply.code(status).headers(headers).send(body);
  };

function answerTo(error: FastifyError, request: FastifyRequest, bodyMiB: number): Answer {
  if (error instanceof HttpFault)
    return {
      status: error.status,
      body: { detail: error.message, code: error.code },
      headers: error.headers,
    };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const detail = error.validation.map(({ instancePath, message, keyword }) => ({
      loc: [
        'body',
        ...instancePath
          .split('/')
          .slice(1)
          .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      ],
      msg: message ?? 'not valid',
      type: keyword,
    }));
    return { status: 422, body: { detail, code: 'invalid_body' } };
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        status: 413,
        body: { detail: `the body is larger than ${bodyMiB} MiB`, code: 'body_too_large' },
      };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const type = request.headers['content-type'] ?? 'none';
      const detail = `the body has to be JSON with \`Content-Type: application/json\`, not ${type}`;
      return { status: 415, body: { detail, code: 'not_json' } };
    }
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, body: { detail: error.message, code: 'bad_request' } };
  return { status: 500, body: { detail: 'a defect of the server; see its log', code: 'internal' } };
}
