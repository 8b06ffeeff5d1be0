import { leaveOnInterrupt } from './interrupt.ts';
import { processIo, tolerateClosedPipes } from './io.ts';
import { runCli } from './program.ts';

/** Handles of a library may outlive the work; nobody waits for them longer than this. */
const LINGER_MS = 3000;

const io = processIo();
tolerateClosedPipes(io);
leaveOnInterrupt();
process.exitCode = await runCli(process.argv.slice(2), io);
setTimeout(() => process.exit(), LINGER_MS).unref();
