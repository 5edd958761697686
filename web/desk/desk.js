/** The desk's page: sends answers, gives the chat back to the bot, and keeps the conversation fresh. */

const form = document.getElementById('answer')
const list = document.getElementById('conversation')
const base = location.pathname
/** The answer being written; sending it twice writes it once. */
let draft = crypto.randomUUID()

async function post(action, body) {
  const response = await fetch(`${base}/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
}

function tell(problem) {
  document.getElementById('problem').textContent = problem
}

async function refresh() {
  if (!list || document.hidden) return
  try {
    const response = await fetch(`${base}/conversation`)
    const fresh = response.ok ? await response.text() : ''
    if (fresh && fresh !== list.dataset.last) {
      list.dataset.last = fresh
      // The server escapes every word of it.
      list.innerHTML = fresh
      list.lastElementChild?.scrollIntoView({ block: 'nearest' })
    }
  } catch {
    // The server is away for a moment; the next round tries again.
  }
}

form?.addEventListener('submit', (event) => {
  event.preventDefault()
  void send()
})

async function send() {
  const field = document.getElementById('text')
  try {
    await post('answer', { text: field.value, key: draft })
    draft = crypto.randomUUID()
    field.value = ''
    tell('')
    await refresh()
  } catch (error) {
    tell(`Not sent: ${error.message}. Your answer is still in the field; press Send again.`)
  }
}

document.getElementById('return')?.addEventListener('click', () => void giveBack())

async function giveBack() {
  try {
    await post('return')
    location.reload()
  } catch (error) {
    tell(`Not returned: ${error.message}. Try again.`)
  }
}

if (list) setInterval(() => void refresh(), 3000)
