import Fuse from 'fuse.js'

/** The known name closest to a misspelt one, if any is close enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const fuse = new Fuse([...known], { threshold: 0.4, ignoreLocation: true })
  return fuse.search(name.slice(0, 32))[0]?.item
}
