import { createHash } from 'node:crypto'
import { drawCard } from './card'
import type { Card } from './card-parts'
import type { DeskCase } from './cases'

/** Two hashes, by which it is known what a card shows: of the card without the last words, and of all of it. */
export function markOf(found: DeskCase, card: Card): string {
  const { lastWords: _words, ...view } = found.view
  return `${hashOf(drawCard({ ...found, view }))} ${hashOf(card)}`
}

/** Whether two cards differ in the last words only. */
export const isSameButWords = (mark: string, shown: string | undefined): boolean =>
  mark.split(' ')[0] === shown?.split(' ')[0]

const hashOf = (card: Card): string =>
  createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22)
