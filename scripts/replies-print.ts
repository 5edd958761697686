import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { englishFile } from '../knowledge'
import type { Lesson } from '../knowledge/replies/guess'

/** What a table of replies depends on besides the lessons: how it is learnt, and the table of English. */
const learning = [
  'replies/guess.ts',
  'matching/classifier.ts',
  'matching/features.ts',
  'matching/hash.ts',
]

/** A print (SHA-256) of all that a table of replies is made of; `root` is the project's folder. */
export function printOf(lessons: readonly Lesson[], root: string): Buffer {
  const hash = createHash('sha256').update(JSON.stringify(lessons))
  hash.update(readFileSync(englishFile))
  for (const file of learning) hash.update(readFileSync(join(root, 'knowledge', file)))
  return hash.digest()
}
