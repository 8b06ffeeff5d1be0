import type { ModelProver } from '../prover.ts';
import type { Place } from './place.ts';

type Findings = Awaited<ReturnType<ModelProver['diagnose']>>;

const PATIENCE_MS = 3_000;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What can be seen without asking the model. A server on this machine is asked for its list of models, which costs
 * nothing; another one is not asked at all.
 */
export async function diagnose(place: Place, model: string): Promise<Findings> {
  const { baseUrl, key, keyVariable, needsKey } = place;
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '')
    return [
      {
        ok: false,
        what: 'base_url holds user and password, which no request can carry',
        fix: 'Name the variable that holds the key with api_key_env.',
      },
    ];
  const findings = [{ ok: true, what: `requests go to ${url.origin}${url.pathname}`, fix: '' }];
  if (keyVariable === null) findings.push({ ok: true, what: 'no key is sent', fix: '' });
  else if (key !== null) findings.push({ ok: true, what: `with the key in ${keyVariable}`, fix: '' });
  else if (needsKey)
    findings.push({
      ok: false,
      what: `no API key: ${keyVariable} is not set`,
      fix: `export ${keyVariable}=…`,
    });
  return LOCAL.test(url.hostname) ? [...findings, await lookAt(place, model)] : findings;
}

async function lookAt({ baseUrl, key }: Place, model: string): Promise<Findings[number]> {
  const fail = (what: string, fix: string) => ({ ok: false, what, fix });
  try {
    const response = await fetch(`${baseUrl}/models`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
    });
    if (!response.ok)
      return fail(`${baseUrl}/models answers HTTP ${response.status}`, 'base_url mostly ends in /v1.');
    const body = (await response.json()) as { data?: { id?: unknown }[] };
    const served = (body.data ?? []).map(({ id }) => String(id));
    if (served.includes(model) || served.length === 0)
      return { ok: true, what: `it serves ${model}`, fix: '' };
    return fail(`it does not serve "${model}"`, `It serves: ${served.slice(0, 10).join(', ')}.`);
  } catch (error) {
    const timedOut = (error as Error).name === 'TimeoutError';
    return fail(
      `${baseUrl} ${timedOut ? `does not answer within ${PATIENCE_MS} ms` : 'cannot be reached'}`,
      'Start the server that is to listen there, or mend base_url.',
    );
  }
}
