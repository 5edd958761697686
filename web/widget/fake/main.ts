import { alone, type Page } from '../panel/live/page'
import { mountPanel } from '../panel/mount'
import '../panel/style/index.css'
import { fakeLine, type FakeLine } from './fake-line'

/** The panel over a line that tests move by hand: `line.set({…})`. */
const line = fakeLine()
const wishes = new URLSearchParams(location.search)
const page: Page = {
  ...alone,
  state: {
    isFramed: wishes.has('framed'),
    isShown: true,
    options: {
      ...(wishes.has('language') && { language: wishes.get('language') ?? '' }),
      ...(wishes.has('accent') && { accent: wishes.get('accent') ?? '' }),
      ...(wishes.has('title') && { title: wishes.get('title') ?? '' }),
      ...(wishes.has('theme') && { theme: wishes.get('theme') === 'dark' ? 'dark' : 'light' }),
    },
  },
}
declare global {
  var line: FakeLine
}
globalThis.line = line
mountPanel({ line, page })
line.start()
