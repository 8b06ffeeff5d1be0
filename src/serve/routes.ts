import type { FastifyReply } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Checker } from './checker.ts';
import { type Health, healthSchema } from './health.ts';
import { HttpFault } from './http-fault.ts';
import {
  checkRequestSchema,
  checkResponseSchema,
  faultSchema,
  verifyRequestSchema,
  verifyResponseSchema,
} from './schemas.ts';

export type RouteOptions = {
  readonly check: Checker;
  readonly health: () => Promise<Health>;
  readonly version: string;
};

const faults = Object.fromEntries(
  [400, 401, 403, 413, 415, 422, 429, 503].map((status) => [status, faultSchema]),
);
const security = [{ key: [] }];

/** What can be asked of the server; the forms are in schemas.ts. */
export const routes: FastifyPluginCallbackZod<RouteOptions> = (app, { check, health, version }, done) => {
  const checkRoute = {
    schema: {
      summary: 'Checks a batch of Lean files',
      description:
        'Each snippet is a whole file, elaborated by itself and audited: what is not an honest proof has an error among ' +
        'its messages. The form is that of Kimina Lean Server.',
      tags: ['check'],
      security,
      body: checkRequestSchema,
      response: { 200: checkResponseSchema, ...faults },
    },
  };
  for (const url of ['/api/check', '/api/check/'])
    app.post(url, { schema: { ...checkRoute.schema, hide: url.endsWith('/') } }, async (request, reply) => {
      const { snippets, timeout, debug, reuse, infotree } = request.body;
      const options = { timeoutS: timeout, debug, reuse, infotree, gone: goneSignal(reply) };
      return { results: await check(snippets, options) };
    });

  for (const url of ['/verify', '/one_pass_verify_batch'])
    app.post(
      url,
      {
        schema: {
          summary: 'The same for older clients',
          tags: ['check'],
          security,
          body: verifyRequestSchema,
          response: { 200: verifyResponseSchema, ...faults },
        },
      },
      async (request, reply) => {
        const { codes, timeout, infotree_type: infotree, disable_cache } = request.body;
        const snippets = codes.map(({ custom_id, proof, code }) => ({
          id: String(custom_id),
          code: proof ?? code ?? null,
        }));
        const gone = goneSignal(reply);
        const results = await check(snippets, {
          timeoutS: timeout,
          debug: false,
          reuse: !disable_cache,
          infotree,
          gone,
        });
        return {
          results: results.map(({ id, time, error, response }) => ({
            custom_id: id,
            error: error ?? null,
            response: response ? { ...response, time } : null,
          })),
        };
      },
    );

  app.get(
    '/health',
    {
      schema: {
        summary: 'Whether snippets will be answered',
        tags: ['server'],
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_, reply) => {
      const now = await health();
      return await reply.code(now.status === 'ok' ? 200 : 503).send(now);
    },
  );

  const aboutSchema = z.object({
    status: z.literal('ok'),
    name: z.string(),
    version: z.string(),
    docs: z.string(),
  });
  app.get(
    '/',
    { schema: { summary: 'What this is', tags: ['server'], response: { 200: aboutSchema } } },
    () => ({ status: 'ok' as const, name: 'proofloop serve', version, docs: '/docs' }),
  );
  done();
};

/** Aborted when the connection closes before the answer was written. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new HttpFault(499, 'client_gone', 'the client went away'));
  });
  return gone.signal;
}
