import type { Reading } from './reading'

/** What a message is taken to mean, as it is shown to programs: one JSON object, on the command line and over HTTP. */
export const seen = (
  text: string,
  { verdict, confidence, matches, facts, kind, names, pointer }: Reading,
) => ({
  text,
  verdict,
  confidence,
  matches,
  facts,
  kind,
  ...(names && { names }),
  ...(pointer && { pointer }),
})
