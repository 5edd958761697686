const path = require('node:path')

/** Builds the server, and beside it the driver, which finds the storage worker there. */
module.exports = async () => {
  await require('../global-setup.cjs')()
  const { bundle } = await import('../../scripts/bundle.mjs')
  await bundle(
    [{ in: path.join(__dirname, 'driver.ts'), out: 'kill-driver' }],
    path.join(__dirname, '../../dist'),
  )
}
