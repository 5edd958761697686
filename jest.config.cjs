const { availableParallelism } = require('node:os')

/** Packages that are ES modules only, which jest loads as CommonJS on Node before 24.9. */
const esModules = 'openid-client|oauth4webapi|jose'

/** Unit, story and contract tests. Types are checked by `tsc --noEmit`, not here. */
module.exports = {
  testEnvironment: 'node',
  // A changed pack is learnt in some four seconds; on a busy machine, where several files learn at once, in ten or more.
  testTimeout: 30_000,
  // By itself jest leaves one processor idle. Tests wait a good deal, so that two processors have work for three.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/postgres/',
    '<rootDir>/test/chaos/(?!checker/)',
  ],
  globalSetup: '<rootDir>/test/global-setup.cjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
    [`/node_modules/(${esModules})/.+\\.js$`]: [
      '@swc/jest',
      { jsc: { target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // An ES module too; its other build is one file and CommonJS.
  moduleNameMapper: {
    '^adaptivecards$': '<rootDir>/node_modules/adaptivecards/dist/adaptivecards.js',
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules})/)`],
}
