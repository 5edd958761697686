/** The contract tests once more, on a real PostgreSQL, and what is of PostgreSQL alone. */
const contracts = [
  'agents/{joining,oidc,transactions,who-may-what}',
  'console/*',
  'conversations/{old-state,presence,timers,turns}',
  'direct-line/{app,client,greeting,protocol,standing,user-token}',
  'handoff/{absences,attendance,handoffs,queue}',
  'incidents/*',
  'insights/unmatched',
  'ledger/{beliefs,fixes,ledger,silence}',
  'postgres/*',
  'teams/{door,folded,groups,heard,in-place,presses,talk,typing}',
  'teams-desk/{erased,faults,presses,who-may,whole-case}',
  'webhook-desk/{erased,incoming,outgoing}',
]

module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test'],
  testMatch: contracts.map((name) => `<rootDir>/test/${name}.test.ts`),
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.ts',
}
