import { returnLink } from './visitor.js'

const element = (id) => document.getElementById(id)

const words = {
  subject: 'My support chat',
  body: (link) =>
    `Open this link to go on with the chat:\n\n${link}\n\nAnybody who has the link can read the chat and write in it.`,
  copied: 'Copied.',
  notCopied: 'Please select the link and copy it.',
  opened: 'This chat was opened with a link. Whoever has the link can read it too.',
  failedWithOwn:
    'That link doesn’t work any more, or a part of it is missing. Here is the chat that this browser had.',
  failed: 'That link doesn’t work any more, or a part of it is missing. Here is a new chat.',
}

/**
 * "Continue on another device": a panel with the link that opens this conversation anywhere, to copy, or to mail by the
 * person's own mail program. Nothing is sent from here.
 */
export function watchLink() {
  element('elsewhere').addEventListener('click', () => {
    if (element('link').hidden) openPanel()
    else closeLink()
  })
  element('link-close').addEventListener('click', closeLink)
  element('link').addEventListener('keydown', ({ key }) => key === 'Escape' && closeLink())
  element('link-copy').addEventListener('click', () => void copy())
  element('link-address').addEventListener('focus', ({ target }) => target.select())
  element('notice-close').addEventListener('click', () => {
    element('notice').hidden = true
    document.querySelector('[data-id="webchat-sendbox-input"]')?.focus()
  })
}

/** There is a conversation to come back to: says how it was opened, if by a link. */
export function noteVisitor({ link, isBack }) {
  element('elsewhere').hidden = false
  hideLink()
  element('notice').hidden = link === undefined
  element('notice-words').textContent =
    link === undefined
      ? ''
      : words[link === 'opened' ? 'opened' : isBack ? 'failedWithOwn' : 'failed']
}

function openPanel() {
  const link = returnLink()
  element('link-address').value = link
  element('link-mail').href =
    `mailto:?subject=${encodeURIComponent(words.subject)}&body=${encodeURIComponent(words.body(link))}`
  element('link-done').textContent = ''
  element('notice').hidden = true
  element('sure').hidden = true
  element('link').hidden = false
  element('elsewhere').setAttribute('aria-expanded', 'true')
  element('link-copy').focus()
}

/** Puts the panel away, and the link with it. */
export function hideLink() {
  element('link').hidden = true
  element('link-address').value = ''
  element('link-mail').removeAttribute('href')
  element('elsewhere').setAttribute('aria-expanded', 'false')
}

/** The same by the person's wish: the focus goes back to where it came from. */
function closeLink() {
  hideLink()
  element('elsewhere').focus()
}

async function copy() {
  const isCopied = await isWritten(element('link-address').value)
  element('link-done').textContent = isCopied ? words.copied : words.notCopied
}

async function isWritten(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard over plain HTTP or in a foreign frame: the old way asks for no permission.
    element('link-address').focus()
    return document.execCommand('copy')
  }
}
