import { type Paint, paintFor } from './render/paint.ts';

/** The world as a command sees it. Standard output carries data, standard error carries talk. */
export type Io = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Colour for what goes to standard output, and for standard error. */
  readonly paintOut: Paint;
  readonly paintErr: Paint;
  /** A line of data. */
  out(line: string): void;
  /** A line of talk. */
  say(line: string): void;
};

export const processIo = (): Io => {
  const { stdin, stdout, stderr } = process;
  return {
    stdin,
    stdout,
    stderr,
    env: process.env,
    cwd: process.cwd(),
    paintOut: paintFor(stdout),
    paintErr: paintFor(stderr),
    out: (line) => void stdout.write(`${line}\n`),
    say: (line) => void stderr.write(`${line}\n`),
  };
};

/** A reader that goes away (`| head`) ends the talk, not the process with a stack trace. */
export const tolerateClosedPipes = (io: Io): void => {
  for (const stream of [io.stdout, io.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
};
