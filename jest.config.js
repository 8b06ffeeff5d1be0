/** Tests run as ESM TypeScript through swc; the real Temporal server is started once by tests that need it (tests/support). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, experimental: {} },
      },
    ],
  },
  setupFiles: ['<rootDir>/tests/support/scrub-env.ts', '<rootDir>/tests/support/undici.ts'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 120_000,
};
