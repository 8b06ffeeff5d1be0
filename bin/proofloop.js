#!/usr/bin/env node
// Plain old JavaScript: this file has to run on any Node, to say what is missing or to hand over to a newer one.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const built = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const entry = existsSync(source) ? source : built;

/** The Node that npm brought with the optional dependencies, or null. */
function bundledNode() {
  const require = createRequire(import.meta.url);
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

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
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
    const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
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
