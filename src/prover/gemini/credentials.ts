const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
/** Asking a metadata server that is not there, or `gcloud`, takes seconds; what is late is left behind. */
const PATIENCE_MS = 15_000;

const googleAuth = async () => {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: [SCOPE] });
};

async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The project that Application Default Credentials, `gcloud` or the metadata server name; null if none does. */
export async function detectProject(): Promise<string | null> {
  const found = (await googleAuth()).getProjectId().catch(() => null);
  return within(PATIENCE_MS, found);
}

export type Adc = { readonly ok: true; readonly kind: string } | { readonly ok: false; readonly why: string };

/** Whether Application Default Credentials are at hand. Reads files and the metadata server; asks Google nothing. */
export async function findAdc(): Promise<Adc> {
  const client = (await googleAuth()).getClient().then(
    (c): Adc => ({ ok: true, kind: c.constructor.name }),
    (e: unknown): Adc => ({ ok: false, why: e instanceof Error ? e.message : String(e) }),
  );
  return (await within(PATIENCE_MS, client)) ?? { ok: false, why: 'the look-up did not end in time' };
}
