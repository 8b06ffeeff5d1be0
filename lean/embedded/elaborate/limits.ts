import type { CommandState, HeaderEnv, LeanRuntime } from '../runtime/types.ts';
import { runCommands } from './commands.ts';
import { withNoncomputable } from './compile.ts';

const FRESH_PARSER = 0;

/**
 * The state before the first command of a file, with the limits of a request set. They are set by the command that a
 * user would write, in a text of its own, so that positions in the file stay what they are.
 */
export function firstState(lean: LeanRuntime, header: HeaderEnv, heartbeats: number): CommandState {
  const { W, inc, hold } = lean;
  const command = hold(
    W('l_Lean_Elab_Command_mkState')(
      inc(header.env),
      inc(lean.global('l_Lean_MessageLog_empty')),
      inc(lean.global('l_Lean_Options_empty')),
    ),
  );
  const parser = parserAt(lean, 0);
  const limited = withHeartbeats(lean, { header, command, parser, text: '' }, heartbeats);
  const open = withNoncomputable(lean, inc(limited.command), true);
  return { ...limited, command: hold(open), parser, text: '' };
}

/** A state with another `maxHeartbeats` (thousands), also for what is elaborated behind it later. Held. */
export const withHeartbeats = (lean: LeanRuntime, from: CommandState, heartbeats: number): CommandState =>
  runCommands(lean, from, `set_option maxHeartbeats ${heartbeats}\n`, { goals: false, token: null }).state;

/** `Lean.Parser.ModuleParserState {pos, recovering}`. Held. */
export const parserAt = (lean: LeanRuntime, byte: number) =>
  lean.hold(lean.ctor(0, [lean.box(byte)], [FRESH_PARSER]));
