/** A return link that was made when the chat stood here still opens it; its secret never leaves the address. */
const link = /^#(resume=|[\w-]{43})/

if (link.test(location.hash)) location.replace(`/chat${location.hash}`)

addEventListener('DOMContentLoaded', () => {
  const at = (id) => document.getElementById(id)
  const line = at('line')
  line.textContent = `<script src="${location.origin}/widget.js" async></script>`
  at('open').addEventListener('click', () => {
    // Where the widget did not load, its page still does.
    if (window.Fixladder) window.Fixladder.open()
    else location.assign('/chat')
  })
  at('copy').addEventListener('click', () => {
    void copy(line).then((isCopied) => {
      at('copied').textContent = isCopied ? 'Copied.' : 'Marked. Copy it with the keyboard.'
    })
  })
})

/** Copies, or marks what is to be copied where the browser does not let us. */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    return true
  } catch {
    getSelection().selectAllChildren(element)
    return false
  }
}
