import { proverKind } from '../kind.ts';
import { type CommandProfile, commandTable } from './profile.ts';
import { CommandProver } from './prover.ts';

export const command = proverKind<CommandProfile>({
  kind: 'command',
  table: commandTable,
  ready: {},
  guarded: ['command'],
  with: () => null,
  make: (name, profile) => new CommandProver(name, profile),
});
