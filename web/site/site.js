import { copy } from './copy.js'
import { startPlayground } from './playground.js'
import { wishesIn } from './tag.js'

/** A return link that was made when the chat stood here still opens it; its secret never leaves the address. */
const link = /^#(resume=|[\w-]{43})/

if (link.test(location.hash)) location.replace(`/chat${location.hash}`)

// The widget's tag waits for the whole page, so there is time to tell it what the address wishes.
const wishes = wishesIn(new URLSearchParams(location.search))
Object.assign(document.getElementById('widget').dataset, wishes)

addEventListener('DOMContentLoaded', () => {
  const at = (id) => document.getElementById(id)
  startPlayground({ form: at('wishes'), line: at('line'), wishes })
  at('open').addEventListener('click', () => {
    // Where the widget did not load, its page still does.
    if (window.Fixladder) window.Fixladder.open()
    else location.assign('/chat')
  })
  at('copy').addEventListener('click', () => {
    void copy(at('line')).then((isCopied) => {
      at('copied').textContent = isCopied ? 'Copied.' : 'Marked. Copy it with the keyboard.'
    })
  })
})
