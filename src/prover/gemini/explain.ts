import type { ModelFaultCode } from '../fault.ts';
import type { Access } from './access.ts';
import { COMMANDS } from './commands.ts';
import type { ErrorBody } from './error-body.ts';

export type Explanation = {
  readonly code: ModelFaultCode;
  readonly cause: string;
  /** Undefined: the catalogue's own words. */
  readonly fix?: string;
};

type Case = Pick<Access, 'vertex' | 'keyVariable' | 'project' | 'location' | 'key'> & {
  readonly http: number;
  readonly model: string;
  readonly body: ErrorBody;
};

/** Refusals that mean credentials, project or region rather than the request; first match wins. */
const RULES: readonly ((c: Case) => Explanation | null)[] = [
  ({ body, keyVariable }) =>
    /API_KEY_(INVALID|SERVICE_BLOCKED|HTTP_REFERRER_BLOCKED|IP_ADDRESS_BLOCKED)/.test(body.reason ?? '') ||
    /api key (not valid|expired|not found|was reported as leaked)/i.test(body.message)
      ? {
          code: 'MODEL_CREDENTIALS',
          cause: `The API key in ${keyVariable} was refused.`,
          fix: COMMANDS.exportKey(keyVariable),
        }
      : null,
  ({ body }) =>
    /user location is not supported/i.test(body.message)
      ? {
          code: 'MODEL_CREDENTIALS',
          cause: 'The Gemini Developer API does not serve the place that this request comes from.',
          fix: `Use Vertex AI: export GOOGLE_GENAI_USE_VERTEXAI=true, ${COMMANDS.login}, and ${COMMANDS.setProject}`,
        }
      : null,
  ({ body, project }) =>
    body.reason === 'SERVICE_DISABLED' || /has not been used in project|it is disabled/i.test(body.message)
      ? {
          code: 'MODEL_CREDENTIALS',
          cause: `The API is not enabled in the project ${quote(project)}.`,
          fix: COMMANDS.enableApi(project),
        }
      : null,
  ({ body, project }) =>
    body.reason === 'BILLING_DISABLED' || /requires billing|billing account/i.test(body.message)
      ? {
          code: 'MODEL_CREDENTIALS',
          cause: `The project ${quote(project)} has no billing.`,
          fix: COMMANDS.billing(project),
        }
      : null,
  ({ body, project }) =>
    body.reason === 'CONSUMER_INVALID' || /permission denied on resource project/i.test(body.message)
      ? {
          code: 'MODEL_CREDENTIALS',
          cause: `The project ${quote(project)} does not exist or is not yours.`,
          fix: COMMANDS.setProject,
        }
      : null,
  ({ http, vertex, key, keyVariable }) =>
    http !== 401
      ? null
      : vertex && key === null
        ? {
            code: 'MODEL_CREDENTIALS',
            cause: 'The Application Default Credentials were refused or have expired.',
            fix: COMMANDS.login,
          }
        : {
            code: 'MODEL_CREDENTIALS',
            cause: `The API key in ${keyVariable} was refused.`,
            fix: COMMANDS.exportKey(keyVariable),
          },
  ({ http, vertex, key, keyVariable, project }) =>
    http !== 403
      ? null
      : vertex && key === null
        ? {
            code: 'MODEL_CREDENTIALS',
            cause: `The account may not use Vertex AI in the project ${quote(project)}.`,
            fix: COMMANDS.grantUser(project),
          }
        : {
            code: 'MODEL_CREDENTIALS',
            cause: `The API key in ${keyVariable} may not use this model.`,
            fix: COMMANDS.exportKey(keyVariable),
          },
  ({ http, vertex, model, location, body }) =>
    vertex &&
    (http === 404 || (http === 400 && /not (supported|available) in|invalid location/i.test(body.message)))
      ? {
          code: 'MODEL_REFUSED',
          cause: `The location ${quote(location)} does not serve the model "${model}".`,
          fix: `${COMMANDS.setLocation}; or: ${COMMANDS.model}`,
        }
      : null,
  ({ http, model }) =>
    http === 404
      ? { code: 'MODEL_REFUSED', cause: `There is no model "${model}" for this key.`, fix: COMMANDS.model }
      : null,
];

const quote = (value: string | null): string => (value === null ? '(none set)' : `"${value}"`);

/** What a refusal (HTTP 4xx that is not retried) means, with the command that mends it. */
export function explain(c: Case): Explanation {
  for (const rule of RULES) {
    const found = rule(c);
    if (found !== null) return found;
  }
  return { code: 'MODEL_REFUSED', cause: `The provider refused the request with HTTP ${c.http}.` };
}
