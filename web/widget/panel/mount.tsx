import { render } from 'preact'
import type { Line } from '../line'
import { createKeep } from './live/keep'
import type { Page } from './live/page'
import { App } from './views/app'

/** Draws the panel for a line, within a page or alone. */
export function mountPanel({ line, page }: { readonly line: Line; readonly page: Page }): void {
  const root = document.getElementById('panel')
  if (!root) throw new Error('The page has no place for the panel.')
  render(<App line={line} page={page} keep={createKeep(() => localStorage)} />, root)
}
