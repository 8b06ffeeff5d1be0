import { ProofloopError } from '../../model/errors.ts';
import { version } from '../../version.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { aborted, catchInterrupts } from '../interrupt.ts';
import { configure, withConfig, withJson, withLean } from '../options.ts';

/** `serve`: the Lean engine alone over HTTP, in the form of Kimina Lean Server. */
export const addServe: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withLean(withConfig(program.command('serve'))))
    .option('--host <address>', 'where to listen (default: 127.0.0.1)')
    .option('-p, --port <n>', 'port (default: 8000; 0: one that is free)')
    .option('--allowed-hosts <names>', 'names by which clients may call it, besides its own address')
    .option('--api-key-file <file>', 'file with the API keys, one a line (or LEAN_SERVER_API_KEY)')
    .option('--allow-no-key', 'no key although others can reach it')
    .option('--queue <n>', 'snippets that wait or run at once; more are told 429')
    .option('--max-requests <n>', 'HTTP requests at once; more are told 429')
    .option('--max-body <mib>', 'largest request body; larger ones are told 413')
    .option('--max-timeout <time>', 'the most that a request may ask for a snippet, e.g. 5m')
    .option('--max-wait <time>', 'how long a snippet may wait for a Lean instance')
    .option('--grace <time>', 'how long what runs may take at the end')
    .summary('check Lean files over HTTP, for clients of Kimina Lean Server')
    .description(
      'Serves the Lean engine alone: POST /api/check and /verify in the form of Kimina Lean Server, GET /health, and the ' +
        'OpenAPI page /docs. What is not an honest proof comes back with an error among its messages.',
    )
    .addHelpText(
      'after',
      examples(
        'serve',
        'serve --port 0 --slots 4 --json',
        'serve --host 0.0.0.0 --api-key-file serve.key --allowed-hosts lean.example',
        'serve --lean-command "lake exe repl" --lean-cwd ../mathlib-project',
      ),
    )
    .action(
      cli.action(async (options) => {
        const { config } = await configure(options, io);
        const { readKeys } = await import('../../serve/keys.ts');
        const keys = await readKeys(config.serve, io.env);
        const interrupt = catchInterrupts();
        interrupt.hard.addEventListener('abort', () => process.exit(EXIT.interrupted));
        const { createLeanService } = await import('../../../lean/index.ts');
        const lean = await createLeanService(config, io.say);
        try {
          const { askCanaries } = await import('../../serve/canary.ts');
          const { slots, heartbeats } = config.lean;
          const identity = await lean.identity();
          await Promise.race([askCanaries(lean, slots, interrupt.soft), aborted(interrupt.soft)]);
          if (interrupt.soft.aborted) return EXIT.interrupted;
          const { startServer } = await import('../../serve/server.ts');
          const server = await startServer({
            config: config.serve,
            lean,
            identity,
            slots,
            heartbeats,
            keys,
            version: version(),
            say: io.say,
          }).catch((cause: Error) => {
            throw new ProofloopError('USAGE', `cannot listen: ${cause.message}`, {
              fix: 'Choose another --port or --host.',
              cause,
            });
          });
          const { url } = server;
          const ready = `Lean ${identity.version} (${identity.backend}), ${slots} instances, sandbox: ${identity.sandbox}`;
          io.out(
            options.json
              ? JSON.stringify({
                  type: 'listening',
                  url,
                  port: Number(new URL(url).port),
                  slots,
                  lean: identity,
                })
              : `Listening on ${url} · ${ready} · ${keys.length > 0 ? 'with an API key' : 'no API key'} · Ctrl-C ends it`,
          );
          await aborted(interrupt.soft);
          io.say('Ending: what Lean is at is answered first. Ctrl-C again ends at once.');
          await server.end();
          return EXIT.ok;
        } finally {
          await lean.close();
          interrupt.release();
        }
      }),
    );
};
