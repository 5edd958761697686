/** The storage worker runs as plain JavaScript, so the build goes first; it does nothing when nothing changed. */
module.exports = async () => {
  const { build } = await import('../scripts/build.mjs')
  await build({ quiet: true })
}
