import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { LeanIdentity, LeanService } from '../../lean/service.ts';
import type { ServeConfig } from '../config/serve.ts';
import { checkOrigin, createKeyCheck } from './access.ts';
import { Admission } from './admission.ts';
import { createChecker } from './checker.ts';
import { createErrorHandler } from './faults.ts';
import { createHealth } from './health.ts';
import { HttpFault } from './http-fault.ts';
import { parseJson } from './json.ts';
import { routes } from './routes.ts';
import { Stops } from './stops.ts';

export type ServerOptions = {
  readonly config: ServeConfig;
  readonly lean: LeanService;
  readonly identity: LeanIdentity;
  readonly slots: number;
  readonly heartbeats: number;
  readonly keys: readonly string[];
  readonly version: string;
  readonly say: (line: string) => void;
};

export type Server = {
  /** Where it listens, e.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Answers what runs (at most `graceMs` long), turns away the rest, and closes. Lean is the caller's. */
  end(): Promise<void>;
};

/** A client that is slower than this in sending its request is cut off. */
const REQUEST_MS = 60_000;
/** How long the stopped snippets have to be answered when the server ends. */
const ANSWER_MS = 3_000;

/** Starts to listen. Rejects with the error of the system when it cannot. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, say, version } = options;
  const stops = new Stops();
  const admission = new Admission({ ...config, slots: options.slots });
  const check = createChecker({ ...options, ...config, admission, stops });
  const health = createHealth({ ...options, ...config, admission, stops });

  const app = fastify({
    bodyLimit: config.bodyMiB << 20,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
  });
  app.withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(createErrorHandler(config.bodyMiB, say));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJson);
  guard(app, options, admission, stops);
  await app.register(swagger, {
    openapi: {
      info: { title: 'proofloop serve', description: 'Lean 4 over HTTP', version },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  await app.register(routes, { check, health, version });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());

  const url = await app.listen({ host: config.host, port: config.port });
  return {
    url,
    end: async () => {
      stops.announceEnd();
      const late = setTimeout(() => stops.endAll(), config.graceMs);
      const last = setTimeout(() => app.server.closeAllConnections(), config.graceMs + ANSWER_MS);
      await app.close();
      clearTimeout(late);
      clearTimeout(last);
    },
  };
}

/** What is looked at before a body is read: where the request comes from, its key, and whether there is room. */
function guard(
  app: FastifyInstance,
  { config, keys }: ServerOptions,
  admission: Admission,
  stops: Stops,
): void {
  const checkKey = createKeyCheck(keys);
  app.addHook('onRequest', async (request, reply) => {
    checkOrigin(request.headers, config.host, config.allowedHosts ?? []);
    if (request.method === 'POST') {
      checkKey(request.headers);
      if (stops.ending) throw new HttpFault(503, 'ending', 'the server is ending', { 'retry-after': '5' });
      const leave = admission.enterRequest();
      reply.raw.once('close', leave);
    }
  });
  // A connection that its client keeps open would keep the server from its end.
  app.addHook('onSend', async (_, reply) => {
    if (stops.ending) reply.header('connection', 'close');
  });
  app.setNotFoundHandler((request) => {
    const detail = `there is no ${request.method} ${request.url.split('?')[0]}; see /docs`;
    throw new HttpFault(404, 'not_found', detail);
  });
}
