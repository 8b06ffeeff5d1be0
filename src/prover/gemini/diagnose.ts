import { type Access, accessOf, type Env } from './access.ts';
import { COMMANDS } from './commands.ts';
import { detectProject, findAdc } from './credentials.ts';
import type { GeminiProfile } from './profile.ts';

export type Finding = { readonly ok: boolean; readonly what: string; readonly fix: string };

const good = (what: string): Finding => ({ ok: true, what, fix: '' });
const bad = (what: string, fix: string): Finding => ({ ok: false, what, fix });

/** `us-central1`, `europe-west4`, `global`, `us`, `eu`: what a Vertex location looks like. */
const LOCATION = /^(global|us|eu|[a-z]+-[a-z]+\d{1,2})$/;

function placeOf({ baseUrl, vertex }: Access): Finding[] {
  if (baseUrl === null) return [];
  const name = vertex ? 'GOOGLE_VERTEX_BASE_URL' : 'GOOGLE_GEMINI_BASE_URL';
  return URL.canParse(baseUrl)
    ? [good(`requests go to ${new URL(baseUrl).origin}`)]
    : [bad(`the base URL "${baseUrl}" is no URL`, `export ${name}=https://…, or unset it`)];
}

async function vertexFindings(access: Access): Promise<Finding[]> {
  if (access.key !== null) return [good(`Vertex AI with the API key in ${access.keyVariable}`)];
  const [adc, project] = await Promise.all([findAdc(), access.project ?? detectProject()]);
  const location = access.location ?? 'global';
  return [
    adc.ok
      ? good(`Application Default Credentials found (${adc.kind})`)
      : bad(`no usable Application Default Credentials: ${adc.why}`, COMMANDS.login),
    project !== null
      ? good(`Vertex AI in the project "${project}"`)
      : access.baseUrl !== null
        ? good('no project id; the base URL is asked without one')
        : bad('Vertex AI needs a project id and none is set', COMMANDS.setProject),
    LOCATION.test(location)
      ? good(`location "${location}"`)
      : bad(`"${location}" is no Vertex location`, COMMANDS.setLocation),
  ];
}

/**
 * What can be seen of credentials and configuration without asking the model; what only a call can tell
 * (a refused key, a region that does not serve the model) is explained by `explain` when it happens.
 */
export async function diagnose(profile: GeminiProfile, env: Env): Promise<readonly Finding[]> {
  const access = accessOf(profile, env);
  const findings = placeOf(access);
  if (access.vertex) return [...findings, ...(await vertexFindings(access))];
  if (profile.project !== null || profile.location !== null) {
    findings.push(
      bad(
        'project and location belong to Vertex AI, and this profile asks the Developer API',
        'Set vertex = true in the profile, or: export GOOGLE_GENAI_USE_VERTEXAI=true',
      ),
    );
  }
  if (access.key === null) {
    findings.push(
      bad(`no API key: ${access.keyVariable} is not set`, COMMANDS.exportKey(access.keyVariable)),
    );
  } else {
    findings.push(good(`Gemini Developer API with the API key in ${access.keyVariable}`));
  }
  return findings;
}
