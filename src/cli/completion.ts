import { type Command, Help, type Option } from 'commander';

type Suggestion = { readonly value: string; readonly description: string };

/** The directive numbers of the script's protocol: let the shell offer files, or not. */
const FILES = 0;
const NO_FILES = 4;

const help = new Help();
help.showGlobalOptions = true;
const optionOf = (command: Command, word: string): Option | undefined =>
  [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].find(
    (o) => o.long === word || o.short === word,
  );
const takesValue = (option: Option | undefined): boolean =>
  option !== undefined && (option.required || option.optional);

/** The command that the words before the cursor lead to, and how many of its arguments are given. */
const locate = (program: Command, words: readonly string[]): { command: Command; given: number } => {
  let command = program;
  let given = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    if (word.startsWith('-') && word !== '-') {
      if (takesValue(optionOf(command, word))) i += 1;
      continue;
    }
    const next = given === 0 ? command.commands.find((c) => c.name() === word) : undefined;
    if (next === undefined) given += 1;
    else command = next;
  }
  return { command, given };
};

const choices = (values: readonly string[] | undefined): Suggestion[] =>
  (values ?? []).map((value) => ({ value, description: '' }));

/**
 * What may stand at the cursor, in the protocol of the completion scripts: a line `value<TAB>description` each,
 * then `:` and a directive. The last of `words` is the one under the cursor, '' if it has not begun.
 */
export const suggestions = (program: Command, words: readonly string[]): string => {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const { command, given } = locate(program, before);
  const pending = optionOf(command, before.at(-1) ?? '');

  let found: Suggestion[];
  let files = NO_FILES;
  if (takesValue(pending)) {
    found = choices(pending!.argChoices);
    if (found.length === 0) files = FILES;
  } else if (current.startsWith('-')) {
    found = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].flatMap((o) =>
      o.long == null ? [] : [{ value: o.long, description: o.description }],
    );
  } else {
    const argument = command.registeredArguments[given] ?? command.registeredArguments.at(-1);
    const subcommands = given > 0 ? [] : help.visibleCommands(command);
    found = subcommands.map((c) => ({ value: c.name(), description: c.summary() || c.description() }));
    found.push(...choices(argument?.argChoices));
    if (argument !== undefined && (argument.argChoices?.length ?? 0) === 0) files = FILES;
  }
  const lines = found
    .filter((s) => s.value.startsWith(current))
    .map((s) => `${s.value}\t${s.description.split('\n')[0]}`);
  return `${[...lines, `:${files}`].join('\n')}\n`;
};
