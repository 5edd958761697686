import { helloWithinMs, listenToPage } from './live/page'
import { makeLine, wakeWithBrowser } from './live/make-line'
import { mountPanel } from './mount'
import './style/index.css'

const page = listenToPage()
const line = makeLine(undefined)
// Takes the link out of the address as well, which the line is to open before it begins anything.
mountPanel({ line, page })

let isStarted = false
function start() {
  if (isStarted) return
  isStarted = true
  line.setUser(page.state.userToken)
  line.start()
  wakeWithBrowser(line)
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
