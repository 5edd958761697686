import { render } from 'preact'
import { createDesk } from './live/desk'
import { listenForKeys } from './live/keys'
import { App } from './views/app'
import { DeskContext } from './views/use-desk'
import './style/index.css'

const desk = createDesk()
const root = document.getElementById('console')
if (!root) throw new Error('The page has no place for the console.')

render(
  <DeskContext.Provider value={desk}>
    <App />
  </DeskContext.Provider>,
  root,
)
listenForKeys(desk)
desk.begin()
