import type { Reading } from './reading'

/** What a message is taken to mean, as it is shown to programs: one JSON object, on the command line and over HTTP. */
export const seen = (
  text: string,
  { verdict, confidence, matches, facts, kind, feelings, names, topic, pointer }: Reading,
) => ({
  text,
  verdict,
  confidence,
  matches,
  facts,
  kind,
  ...(feelings && { feelings }),
  ...(names && { names }),
  ...(topic && { topic }),
  ...(pointer && { pointer }),
})
