import { render } from 'preact'
import type { Line } from '../line'
import { createKeep } from './live/keep'
import type { Page } from './live/page'
import { findStorage } from './live/storage'
import { App } from './views/app'

/** Draws the panel for a line, within a page or alone. */
export function mountPanel({ line, page }: { readonly line: Line; readonly page: Page }): void {
  const root = document.getElementById('panel')
  const keep = createKeep(() => localStorage)
  // Small enough for where the line keeps its own, if there is no better place; a draft is not.
  const { storage } = findStorage()
  const marks = createKeep(() => storage ?? localStorage)
  if (!root) throw new Error('The page has no place for the panel.')
  render(<App {...{ line, page, keep, marks }} />, root)
}
