import { script } from '@bomb.sh/tab';
import { Argument } from 'commander';
import { type AddCommand, examples } from '../cli.ts';
import { suggestions } from '../completion.ts';
import { EXIT } from '../exit.ts';

/** `completion SHELL` prints the script; the script calls the hidden `complete -- words…` at each Tab. */
export const addCompletion: AddCommand = (program, cli) => {
  program
    .command('completion')
    .summary('print the completion script of a shell')
    .description('Prints the completion script of a shell; put it where the shell reads it.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        'completion bash > ~/.local/share/bash-completion/completions/proofloop',
        'completion zsh > "$' + '{fpath[1]}/_proofloop"',
        'completion fish > ~/.config/fish/completions/proofloop.fish',
      ),
    )
    .action(
      cli.action(async (shell: string) => {
        script(shell, 'proofloop', 'proofloop');
        return EXIT.ok;
      }),
    );
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(
      cli.action(async (words: string[]) => {
        cli.io.stdout.write(suggestions(program, words));
        return EXIT.ok;
      }),
    );
};
