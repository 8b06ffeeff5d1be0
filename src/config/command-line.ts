import type { LeanProfile } from './config.ts';
import { badValue } from './issues.ts';
import type { Named } from './named.ts';
import type { Found, Resolved } from './settings.ts';

/** The name of the Lean profile that `--lean-command` makes. */
export const COMMAND_LINE_PROFILE = 'command-line';

/** Adds the anonymous profile of `--lean-command` (and its like in environment and file), and says which profile is chosen. */
export const withCommandLine = (
  profiles: Named<LeanProfile>,
  settings: Resolved,
  cwd: string,
): { readonly profiles: Named<LeanProfile>; readonly chosen: Found<string> } => {
  const command = settings['lean.command'];
  const folder = settings['lean.cwd'];
  const unsandboxed = settings['lean.allowUnsandboxed'];
  const chosen = settings['lean.profile'];
  if (command.value === null) {
    if (folder.value !== null)
      throw badValue(folder.from, 'lean.cwd', folder.value, 'it needs a --lean-command that runs there');
    const profile = profiles[chosen.value]?.value;
    if (!unsandboxed.value || profile?.kind !== 'command') return { profiles, chosen };
    const value: LeanProfile = { ...profile, allowUnsandboxed: true };
    return { profiles: { ...profiles, [chosen.value]: { value, from: unsandboxed.from } }, chosen };
  }
  if (chosen.rank === command.rank)
    throw badValue(chosen.from, 'lean.profile', chosen.value, `${command.from} names another Lean`);
  const value: LeanProfile = {
    kind: 'command',
    command: command.value,
    cwd: folder.value ?? cwd,
    env: {},
    allowUnsandboxed: unsandboxed.value,
  };
  return {
    profiles: { ...profiles, [COMMAND_LINE_PROFILE]: { value, from: command.from } },
    chosen: chosen.rank > command.rank ? chosen : { ...command, value: COMMAND_LINE_PROFILE },
  };
};
