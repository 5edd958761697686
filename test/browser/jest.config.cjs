const base = require('../../jest.config.cjs')

/** Tests of the pages in a real browser: `npm run test:browser`. They build what changed, then start the built server. */
module.exports = {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 90_000,
  // Each is a browser with a server of its own, and waits for moments: more of them than processors miss some.
  maxWorkers: 2,
}
