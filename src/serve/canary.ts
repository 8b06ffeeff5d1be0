import type { LeanService } from '../../lean/service.ts';
import { ProofloopError } from '../model/index.ts';

const TRUE = 'theorem canary : 2 + 2 = 4 := by decide';
const FALSE = 'theorem canary : 2 + 2 = 5 := by decide';

/**
 * Asks every instance something true and something false, which also starts them all. Rejects with ProofloopError
 * when Lean does not start, or does not tell the two apart.
 * Throws LEAN_PROTOCOL.
 */
export async function askCanaries(lean: LeanService, slots: number, signal?: AbortSignal): Promise<void> {
  const ask = async (text: string, errors: boolean) => {
    const options = { wallMs: 60_000, heartbeats: 200_000 };
    const answer = await lean.snippet({ text, options, infotree: null }, { signal });
    const found = answer.status === 'done' && answer.messages.some(({ severity }) => severity === 'error');
    if (answer.status === 'done' && found === errors) return;
    throw new ProofloopError(
      'LEAN_PROTOCOL',
      `Lean answers \`${text}\` with ${JSON.stringify(answer).slice(0, 500)}`,
    );
  };
  await Promise.all(Array.from({ length: slots }, () => ask(TRUE, false)));
  await ask(FALSE, true);
}
