/** No test may spend money or reach a server that it did not start: credentials and addresses of the caller are removed. */
for (const name of Object.keys(process.env)) {
  if (/^(GEMINI|GOOGLE|OPENAI|TEMPORAL|PROOFLOOP)_/.test(name) && !name.startsWith('PROOFLOOP_TEST_'))
    delete process.env[name];
}
