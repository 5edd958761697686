import { tagFor, wishesIn } from './tag.js'

/** The form that says how the chat looks, and the line that makes it so on any page. */
export function startPlayground({ form, line, wishes }) {
  for (const [name, value] of Object.entries(wishes)) {
    const field = form.elements[name]
    if (field.type === 'checkbox') field.checked = true
    else field.value = value
  }
  const write = () => {
    line.textContent = tagFor(`${location.origin}/widget.js`, wishesOf(form))
  }
  write()
  form.addEventListener('input', write)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    // The chat reads its tag once, so the page comes anew with another. The conversation stays.
    const query = new URLSearchParams(wishesOf(form))
    location.assign(`${location.pathname}?${query}#tag`)
    // The same address would only scroll.
    if (location.search.slice(1) === String(query)) location.reload()
  })
}

/** What differs from how the chat looks anyway. */
function wishesOf(form) {
  const isWished = ([name, value]) => value !== form.elements[name].dataset.usual
  return wishesIn([...new FormData(form)].filter(isWished))
}
