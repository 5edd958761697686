import { hideLink, noteVisitor, watchLink } from './link.js'
import { styleOptions } from './look.js'
import { watchPolls } from './polls.js'
import { watchSockets } from './sockets.js'
import { askForToken, takeLink } from './visitor.js'

/** Statuses of the stock client that it does not leave by itself. */
const dead = { expired: 3, failed: 4, ended: 5 }

const words = {
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Reconnecting…',
  offline: 'You’re offline',
  unreachable: 'Can’t be reached. Trying again…',
  busy: 'Busy. Trying again in a moment…',
  refused: 'This page can’t open a chat here',
}
const marks = {
  connected: 'connected',
  reconnecting: 'waiting',
  offline: 'waiting',
  unreachable: 'waiting',
  busy: 'waiting',
  refused: 'failed',
}

const element = (id) => document.getElementById(id)
const { nonce, files } = document.querySelector('script[data-nonce]').dataset
const chat = {
  line: undefined,
  store: undefined,
  visitor: undefined,
  run: 0,
  isOpen: false,
  closedAt: 0,
  /** Streams in a row that never opened. */
  unopened: 0,
  isPolling: false,
  /** True once the bot knows that somebody has come back to a conversation. */
  hasSaidBack: false,
}

function show(state) {
  const line = element('state')
  // Same words again would make screen readers repeat them.
  if (line.textContent === words[state]) return
  line.textContent = words[state]
  line.dataset.state = marks[state] ?? 'connecting'
}

/**
 * Longer than the stock client needs to come back by itself (3 to 15 s, then 20 s for the request). It gives up
 * without a word when a proxy answers 404 meanwhile, and calls itself connected.
 */
const givenUpMs = 45_000

/** One that does not open may be bad luck; after two, something between here and the server lets no WebSocket through. */
const mostUnopened = 2

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/** Opens the chat, trying until it can; a later call takes over from an earlier one. */
async function open({ startAnew = false } = {}) {
  const run = ++chat.run
  chat.line?.end()
  chat.line = undefined
  show(navigator.onLine ? 'connecting' : 'offline')
  let visitor = await askForToken({ startAnew })
  while (run === chat.run && !visitor.token) {
    show(navigator.onLine ? visitor.reason : 'offline')
    if (visitor.waitSeconds === undefined) return
    await wait(visitor.waitSeconds)
    visitor = await askForToken({ startAnew })
  }
  if (run !== chat.run) return
  // A reconnect says nothing new, and leaves an open panel alone.
  if (visitor.link || chat.visitor?.conversationId !== visitor.conversationId) noteVisitor(visitor)
  connect(visitor, run)
}

function connect(visitor, run) {
  // The same conversation keeps its transcript on screen; what is replayed falls onto itself, id by id.
  if (chat.visitor?.conversationId !== visitor.conversationId || !chat.store)
    chat.store = window.WebChat.createStore()
  chat.visitor = visitor
  chat.closedAt = Date.now()
  chat.line = window.WebChat.createDirectLine({
    domain: new URL('/v3/directline', location.href).href,
    token: visitor.token,
    conversationId: visitor.conversationId,
    watermark: '0',
    webSocket: !chat.isPolling,
  })
  chat.line.connectionStatus$.subscribe({
    next: (status) => {
      const isDead = Object.values(dead).includes(status)
      // Once dead it stays dead: a new client with a new token goes on where this one stopped.
      if (isDead && run === chat.run) void revive(run)
    },
  })
  render()
  sayBack()
}

/** Tells the bot that somebody opened a conversation again, once for each visit, so that it can ask where to go on. */
function sayBack() {
  if (chat.hasSaidBack || !chat.visitor.isBack) return
  chat.hasSaidBack = true
  chat.line
    .postActivity({
      type: 'event',
      name: 'webchat/join',
      from: { id: chat.visitor.userId },
      localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
    // It is a courtesy: without it the bot asks at the first message.
    .subscribe({ error() {} })
}

async function revive(run) {
  await wait(1)
  if (run === chat.run) await open()
}

function render() {
  if (!chat.line) return
  window.WebChat.renderWebChat(
    {
      directLine: chat.line,
      store: chat.store,
      userID: chat.visitor.userId,
      locale: 'en-US',
      nonce,
      role: 'main',
      // So that an agent sees that an answer is on its way.
      sendTypingIndicator: true,
      styleOptions: styleOptions({ takesFiles: files === 'on' }),
      overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: 'Write what you see…' },
    },
    element('chat'),
  )
}

/** A person is always one press away: the same message as if it were typed. */
function askForPerson() {
  chat.store?.dispatch({
    type: 'WEB_CHAT/SEND_MESSAGE',
    payload: { method: 'keyboard', text: 'Talk to a person' },
  })
}

function askBeforeRenewing() {
  hideLink()
  element('sure').hidden = false
  element('sure-yes').focus()
}

function closeQuestion() {
  element('sure').hidden = true
  element('renew').focus()
}

function showConnection() {
  if (chat.isOpen) show('connected')
  else show(navigator.onLine ? 'reconnecting' : 'offline')
}

function noteConnection(isOpen) {
  chat.isOpen = isOpen
  if (!isOpen) chat.closedAt = Date.now()
  showConnection()
}

watchSockets({
  onOpen() {
    chat.unopened = 0
    noteConnection(true)
  },
  onClose(wasOpen) {
    if (chat.isPolling) return
    noteConnection(false)
    chat.unopened = wasOpen ? 0 : chat.unopened + 1
    if (chat.unopened < mostUnopened) return
    chat.isPolling = true
    void open()
  },
})
watchPolls({
  onAnswer: () => noteConnection(true),
  onFailure() {
    noteConnection(false)
    void revive(chat.run)
  },
})
setInterval(() => {
  if (!chat.line || chat.isOpen || !navigator.onLine || Date.now() - chat.closedAt < givenUpMs)
    return
  chat.closedAt = Date.now()
  void open()
}, 5000)
addEventListener('offline', () => show('offline'))
addEventListener('online', showConnection)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render)
element('person').addEventListener('click', askForPerson)
element('renew').addEventListener('click', askBeforeRenewing)
element('sure-no').addEventListener('click', closeQuestion)
element('sure').addEventListener('keydown', ({ key }) => key === 'Escape' && closeQuestion())
element('sure-yes').addEventListener('click', () => {
  element('sure').hidden = true
  void open({ startAnew: true })
})
watchLink()
takeLink()
// A link pasted into the address bar of the open page changes the part behind the "#" only.
addEventListener('hashchange', () => {
  if (!takeLink()) return
  chat.hasSaidBack = false
  void open()
})
void open()
