// A quarter of an hour off, and most of a day ahead: what takes the local time for UTC is seen wherever the tests run.
process.env.TZ = 'Pacific/Chatham'

export default {
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  setupFiles: ['<rootDir>/test/support/setup.js'],
  testEnvironment: 'node',
  reporters: ['<rootDir>/test/support/closing-reporter.js'],
  testTimeout: 60_000,
  maxWorkers: '100%',
  // V8 keeps the pages of a worker's peak, 5 GB after some hundred files; a fresh worker needs a fifth of that.
  workerIdleMemoryLimit: '150MB'
}
