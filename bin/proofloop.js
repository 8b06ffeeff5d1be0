#!/usr/bin/env node
// Plain old JavaScript: this file has to run on any Node, to say what is missing or to hand over to a newer one.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants, homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const built = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const entry = existsSync(source) ? source : built;

/** The Node that npm brought with the optional dependencies, or null. */
function bundledNode() {
  const require = nodeModule.createRequire(import.meta.url);
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const name of names) {
    try {
      const path = require.resolve(`${name}/bin/node`);
      if (existsSync(path)) return path;
    } catch {
      // Not installed for this platform: the next name may be.
    }
  }
  return null;
}

/**
 * Node keeps what it has compiled of our files in our cache folder, and the next command is ready in half the time.
 * Not that of `clean`, which would leave anew what it has removed. Where the folder cannot be written, nothing is kept.
 */
function keepCompiled() {
  if (process.argv[2] === 'clean') return;
  const { XDG_CACHE_HOME: given = '', NODE_COMPILE_CACHE: asked } = process.env;
  const caches = isAbsolute(given) ? given : join(homedir(), '.cache');
  nodeModule.enableCompileCache?.(asked || join(caches, 'proofloop', 'node'));
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  keepCompiled();
  process.argv[1] = entry;
  await import(new URL(`file://${entry}`).href);
} else {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write(
      `proofloop: NODE_TOO_OLD: this is Node ${process.versions.node}, and proofloop needs ${NEEDED} or newer. ` +
        'Update Node, or install with optional dependencies so that npm brings one.\n',
    );
    process.exitCode = 1;
  } else {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    // Handed on because it may be sent to us alone; the child counts signals of one key press once.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])
      process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    });
    child.on('error', (error) => {
      process.stderr.write(`proofloop: ${node} does not start: ${error.message}\n`);
      process.exitCode = 1;
    });
  }
}
