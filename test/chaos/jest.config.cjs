/** The tests that end processes. They take some minutes, so `npm test` leaves them out. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/chaos'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/chaos/checker/'],
  globalSetup: '<rootDir>/test/chaos/global-setup.cjs',
  testTimeout: 3_600_000,
}
