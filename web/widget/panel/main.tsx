import { listenToPage } from './live/page'
import { makeLine, wakeWithBrowser } from './live/make-line'
import { mountPanel } from './mount'
import './style/index.css'

/** In a frame whose page says nothing (it was framed without our loader), the panel goes on alone. */
const helloWithinMs = 1500

const page = listenToPage()
const line = makeLine(undefined)
mountPanel({ line, page })
wakeWithBrowser(line)

let isStarted = false
function start() {
  if (isStarted) return
  isStarted = true
  line.setUser(page.state.userToken)
  line.start()
}
if (window.parent === window) start()
else {
  // The page's hello and the user's token come in one go, right after each other.
  const stop = page.subscribe(() => page.state.isFramed && setTimeout(start))
  setTimeout(() => {
    stop()
    start()
  }, helloWithinMs)
  let token: string | undefined
  page.subscribe(() => {
    if (isStarted && page.state.userToken !== token) line.setUser(page.state.userToken)
    token = page.state.userToken
  })
}
