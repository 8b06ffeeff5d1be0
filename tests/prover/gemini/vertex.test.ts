import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ModelFault } from '../../../src/prover/fault.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../../support/gemini-server.ts';
import { faultOf, proverOf, requestOf, useEnvironment } from '../support.ts';

let server: GeminiServer;
let home: string;
/** A metadata server that knows nothing. */
let nowhere: Server;
let restore: () => void;
beforeAll(async () => {
  server = await startGeminiServer();
  home = await mkdtemp(join(tmpdir(), 'proofloop-home-'));
  nowhere = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => nowhere.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await server.close();
  nowhere.closeAllConnections();
  await new Promise((resolve) => nowhere.close(resolve));
  await rm(home, { recursive: true });
});
beforeEach(() => {
  server.reset();
  restore = useEnvironment(server.env('vertex'));
});
afterEach(() => restore());

const never = new AbortController().signal;
const ask = (prover = proverOf()) => prover.ask(prover.prompt(requestOf()), requestOf(), { signal: never });
const fault = async (step: Step) => {
  server.reset([step]);
  return (await faultOf(ask())) as ModelFault;
};
/** No credentials anywhere: no file, no metadata server, no gcloud. */
const bare = () => ({
  HOME: home,
  CLOUDSDK_CONFIG: home,
  PATH: home,
  METADATA_SERVER_DETECTION: 'none',
  GCE_METADATA_HOST: `127.0.0.1:${(nowhere.address() as AddressInfo).port}`,
  GOOGLE_VERTEX_BASE_URL: server.url,
});

describe('Vertex AI by Application Default Credentials', () => {
  test('project and location of the environment are asked with the token of the credentials', async () => {
    expect(await ask()).toMatchObject({ submission: { form: 'proof', text: 'by omega' } });
    const [seen] = server.requests;
    expect(seen!.path).toBe(
      '/v1beta1/projects/scripted-project/locations/us-central1/publishers/google/models/gemini-3.8-flash:generateContent',
    );
    expect(seen!.headers.authorization).toMatch(/^Bearer ya29\.scripted-token-\d+$/);
    expect(seen!.headers).not.toHaveProperty('x-goog-api-key');
  });

  test('values of the profile win over the environment, and a key in it is then not used', async () => {
    process.env.GOOGLE_API_KEY = 'AIzaNotToBeUsed0123456789';
    await ask(proverOf({ project: 'mine', location: 'europe-west4', baseUrl: server.url }));
    expect(server.requests[0]!.path).toContain('/projects/mine/locations/europe-west4/');
    expect(server.requests[0]!.headers).not.toHaveProperty('x-goog-api-key');
  });

  test.each<[string, Step, string, RegExp, string]>([
    [
      'credentials that have expired',
      { kind: 'status', status: 401, rpc: 'UNAUTHENTICATED' },
      'MODEL_CREDENTIALS',
      /refused or have expired/,
      'gcloud auth application-default login',
    ],
    [
      'an API that is not enabled',
      {
        kind: 'status',
        status: 403,
        reason: 'SERVICE_DISABLED',
        message: 'Vertex AI API has not been used in project scripted-project before or it is disabled.',
      },
      'MODEL_CREDENTIALS',
      /not enabled in the project "scripted-project"/,
      'gcloud services enable aiplatform.googleapis.com --project scripted-project',
    ],
    [
      'a project that is not there',
      {
        kind: 'status',
        status: 403,
        reason: 'CONSUMER_INVALID',
        message: 'Permission denied on resource project scripted-project.',
      },
      'MODEL_CREDENTIALS',
      /"scripted-project" does not exist/,
      'gcloud config set project',
    ],
    [
      'a project without billing',
      { kind: 'status', status: 403, reason: 'BILLING_DISABLED' },
      'MODEL_CREDENTIALS',
      /no billing/,
      'gcloud billing projects link scripted-project',
    ],
    [
      'an account without the role',
      {
        kind: 'status',
        status: 403,
        reason: 'IAM_PERMISSION_DENIED',
        message: "Permission 'aiplatform.endpoints.predict' denied",
      },
      'MODEL_CREDENTIALS',
      /may not use Vertex AI/,
      'roles/aiplatform.user',
    ],
    [
      'a region that does not serve the model',
      { kind: 'status', status: 404, message: 'Publisher Model was not found or no access to it.' },
      'MODEL_REFUSED',
      /"us-central1" does not serve the model "gemini-3.8-flash"/,
      'export GOOGLE_CLOUD_LOCATION=global',
    ],
  ])('%s are named with the command that mends it', async (_, step, code, cause, command) => {
    const error = await fault(step);
    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toMatch(cause);
    expect(error.fix).toContain(command);
  });

  test('missing credentials are found before anything is sent', async () => {
    restore();
    restore = useEnvironment({
      ...bare(),
      GOOGLE_GENAI_USE_VERTEXAI: 'true',
      GOOGLE_CLOUD_PROJECT: 'scripted-project',
    });
    const error = (await faultOf(ask())) as ModelFault;
    expect(error).toMatchObject({
      code: 'MODEL_CREDENTIALS',
      retryable: false,
      fix: 'gcloud auth application-default login',
    });
    expect(server.requests).toHaveLength(0);
  });

  test('a credentials file that is not there is named', async () => {
    restore();
    const file = join(home, 'no-such-file.json');
    restore = useEnvironment({
      ...bare(),
      GOOGLE_GENAI_USE_VERTEXAI: 'true',
      GOOGLE_CLOUD_PROJECT: 'scripted-project',
      GOOGLE_APPLICATION_CREDENTIALS: file,
    });
    const error = (await faultOf(ask())) as ModelFault;
    expect(error).toMatchObject({ code: 'MODEL_CREDENTIALS', retryable: false });
    expect(error.message).toContain(file);
  });

  test('a missing project id is named with the command that sets it', async () => {
    restore();
    restore = useEnvironment({ ...bare(), GOOGLE_GENAI_USE_VERTEXAI: 'true' });
    delete process.env.GOOGLE_VERTEX_BASE_URL;
    const error = (await faultOf(ask())) as ModelFault;
    expect(error).toMatchObject({ code: 'MODEL_CREDENTIALS', retryable: false });
    expect(error.message).toMatch(/project id/);
    expect(error.fix).toContain('gcloud config set project');
  });
});

describe('diagnose, offline', () => {
  const findings = async (env: Record<string, string>, part = {}) => {
    restore();
    restore = useEnvironment(env);
    return proverOf(part).diagnose();
  };
  const faults = async (env: Record<string, string>, part = {}) =>
    (await findings(env, part)).filter((f) => !f.ok);

  test('all is well with a key, and the variable that holds it is named but not its value', async () => {
    const found = await findings({ GOOGLE_API_KEY: 'AIzaOneKey0123456789', GEMINI_API_KEY: 'AIzaOther' });
    expect(found).toEqual([
      { ok: true, what: 'Gemini Developer API with the API key in GOOGLE_API_KEY', fix: '' },
    ]);
  });

  test.each([
    [{}, {}, /GEMINI_API_KEY is not set/, 'export GEMINI_API_KEY='],
    [{ GEMINI_API_KEY: '  ' }, {}, /GEMINI_API_KEY is not set/, 'export GEMINI_API_KEY='],
    [{ GEMINI_API_KEY: 'x' }, { apiKeyEnv: 'MY_KEY' }, /MY_KEY is not set/, 'export MY_KEY='],
    [{ GEMINI_API_KEY: 'AIzaKey00' }, { project: 'p' }, /belong to Vertex AI/, 'USE_VERTEXAI=true'],
    [
      { GEMINI_API_KEY: 'AIzaKey00', GOOGLE_GEMINI_BASE_URL: 'localhost' },
      {},
      /"localhost" is no URL/,
      'GOOGLE_GEMINI_BASE_URL',
    ],
  ])('%j %j is found to be wrong', async (env, part, what, fix) => {
    const [found, ...more] = await faults(env as Record<string, string>, part);
    expect(more).toEqual([]);
    expect(found!.what).toMatch(what);
    expect(found!.fix).toContain(fix);
  });

  test('Vertex AI without anything lacks credentials and a project, each with its command', async () => {
    const { GOOGLE_VERTEX_BASE_URL: _, ...env } = bare();
    const found = await faults({ ...env, GOOGLE_GENAI_USE_VERTEXAI: 'true' });
    expect(found.map((f) => f.fix)).toEqual([
      'gcloud auth application-default login',
      expect.stringContaining('gcloud config set project'),
    ]);
  });

  test('a location that is none is named', async () => {
    const found = await faults({ ...server.env('vertex'), GOOGLE_CLOUD_LOCATION: 'Frankfurt am Main' });
    expect(found).toEqual([
      {
        ok: false,
        what: '"Frankfurt am Main" is no Vertex location',
        fix: expect.stringContaining('export GOOGLE_CLOUD_LOCATION='),
      },
    ]);
    expect(server.requests).toHaveLength(0);
  });
});
