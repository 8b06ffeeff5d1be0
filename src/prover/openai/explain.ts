import { ModelFault, type ModelFaultCode } from '../fault.ts';
import type { Place } from './place.ts';

export type Refusal = {
  readonly http: number;
  /** What the server said, without secrets. */
  readonly message: string;
  /** `code` and `type` of OpenAI's error object. */
  readonly code: string;
  /** Where a redirect points to. */
  readonly location: string;
  readonly retryAfterMs: number | null;
  readonly place: Place;
  readonly model: string;
};

type Meaning = {
  readonly code: ModelFaultCode;
  readonly what: string;
  readonly fix?: string;
  readonly retryable?: true;
};

const TOO_LONG =
  /context[_ ](length|window|size)|maximum context|model's context|prompt is too long|too many (input )?tokens|exceeds? the (available )?context/i;
const NO_MODEL =
  /model_not_found|no such model|model .*(not found|does not exist|not exist)|unknown model|invalid model/i;
const NO_CREDIT = /insufficient_quota|insufficient (balance|credit|funds)|billing/i;

/** What a status means; the first that holds. */
const meaningOf = ({ http, message, code, location, place, model }: Refusal): Meaning => {
  const { baseUrl, keyVariable } = place;
  const said = `${code} ${message}`;
  const refusedKey =
    keyVariable === null
      ? {
          what: `${baseUrl} wants a key and none is sent`,
          fix: 'Name its variable with api_key_env in the profile.',
        }
      : {
          what: `The key in ${keyVariable} was refused`,
          fix: `export ${keyVariable}=…   (a key for ${baseUrl})`,
        };
  if (http >= 300 && http < 400)
    return {
      code: 'MODEL_REFUSED',
      what: `${baseUrl} redirects${location === '' ? '' : ` to ${location}`}, which is not followed`,
      fix: 'Put the address that answers into base_url.',
    };
  if (http === 401) return { code: 'MODEL_CREDENTIALS', ...refusedKey };
  if (http === 402 || (http === 429 && NO_CREDIT.test(said)))
    return {
      code: 'MODEL_CREDENTIALS',
      what: 'The account has no credit left',
      fix: 'Look at the billing of the account that the key belongs to.',
    };
  if (http === 403)
    return {
      code: 'MODEL_CREDENTIALS',
      what: keyVariable === null ? refusedKey.what : `The key in ${keyVariable} may not use "${model}"`,
      fix: refusedKey.fix,
    };
  if (http === 429) return { code: 'MODEL_RATE_LIMIT', what: `${baseUrl} limits the rate`, retryable: true };
  if (http === 408 || http === 504)
    return { code: 'MODEL_TIMEOUT', what: `${baseUrl} gave up the request`, retryable: true };
  if (http === 409 || http === 425 || http >= 500)
    return { code: 'MODEL_UNAVAILABLE', what: `${baseUrl} cannot answer now`, retryable: true };
  if ((http === 404 || http === 400) && NO_MODEL.test(said))
    return {
      code: 'MODEL_REFUSED',
      what: `${baseUrl} serves no model "${model}"`,
      fix: `Name one that it serves; ${baseUrl}/models lists them.`,
    };
  if (http === 404 || http === 405)
    return {
      code: 'MODEL_REFUSED',
      what: `There is nothing at ${baseUrl} that answers this request`,
      fix: 'base_url mostly ends in /v1; a completion template needs a server that has /completions.',
    };
  if (http === 413 || (http === 400 && TOO_LONG.test(said)))
    return {
      code: 'MODEL_REFUSED',
      what: `Prompt and max_output_tokens are more than the context of "${model}" holds`,
      fix: 'Lower max_output_tokens in the profile, or serve the model with a longer context.',
    };
  return { code: 'MODEL_REFUSED', what: `${baseUrl} refused the request` };
};

/** A response with an error status as a fault of the catalogue. */
export const explainStatus = (refusal: Refusal): ModelFault => {
  const { code, what, fix, retryable = false } = meaningOf(refusal);
  const said = refusal.message === '' ? '' : `: ${refusal.message}`;
  return new ModelFault(code, `${what} (HTTP ${refusal.http}${said})`, {
    retryable,
    // A server that cannot answer has generated nothing; one that gave up in the middle may have.
    ...(code === 'MODEL_UNAVAILABLE' ? { mayBill: false } : {}),
    ...(retryable ? { retryAfterMs: refusal.retryAfterMs } : {}),
    ...(fix === undefined ? {} : { fix }),
  });
};
