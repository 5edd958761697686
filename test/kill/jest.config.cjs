/** The tests that end processes. They take a minute or two, so `npm test` leaves them out. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/kill'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/kill/global-setup.cjs',
  testTimeout: 600_000,
}
