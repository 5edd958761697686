/** Every sentence of the panel in English; the shape that every other language has too. */
export const en = {
  /** As in BCP 47. */
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',

  header: {
    /** Where the pack names no title. */
    title: 'Support chat',
    menu: 'Menu',
    close: 'Close the chat',
  },

  state: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    offline: 'You’re offline. What you write waits',
    unreachable: 'No connection. Trying again…',
    busy: 'Busy. Trying again in a moment…',
    busyUntil: (time: string) => `Busy. Trying again at ${time}`,
    refused: 'The chat can’t be opened on this page',
    /** Something waits to be sent. */
    refusedKept: 'The chat can’t be opened on this page. What you wrote is kept',
    ended: 'This conversation has ended. Your next message starts a new one',
    /** Messages arrive, and the person's own do not get away. */
    stuck: 'Your message isn’t sent yet. Trying again…',
    bot: 'We answer at once',
    agent: (name: string) => `${name} is here`,
    /** Whose name is not known. */
    person: 'A person is here',
    queue: 'Waiting for a person',
    queuePlace: (place: number) =>
      `Waiting for a person, ${place === 1 ? 'you’re next' : nth(place)}`,
    aboutMinutes: (minutes: number) => `about ${minutes} min`,
    /** As the operator put it: "within two hours on working days". */
    answers: (when: string) => `we answer ${when}`,
    opensAt: (time: string) => `people answer from ${time}`,
  },

  menu: {
    renew: 'Start a new conversation',
    link: 'Continue on another device',
    forget: 'Delete my data',
    sound: 'Sound for new messages',
    times: 'Show times',
  },

  renew: {
    question: 'Start a new conversation? This one closes on this device.',
    yes: 'Start a new one',
    no: 'Keep this one',
    failed: 'A new conversation can’t be started now. This one is kept. Please try again later.',
  },

  forget: {
    question:
      'Delete this conversation and everything kept about it? It can’t be brought back. If a person is helping you, that ends too.',
    yes: 'Delete my data',
    no: 'Keep it',
    done: 'Your data is deleted. Your next message starts a new conversation.',
    failed: 'We could not tell whether it was deleted. Please try again.',
  },

  link: {
    title: 'Continue on another device',
    hint: 'Open this link there. Anybody who has it can read this conversation and write in it.',
    address: 'Link to this conversation',
    copy: 'Copy',
    mail: 'Send by mail',
    close: 'Done',
    copied: 'Copied.',
    notCopied: 'Please select the link and copy it.',
    subject: 'My support conversation',
    body: (link: string) =>
      `Open this link to go on with the conversation:\n\n${link}\n\nAnybody who has the link can read the conversation and write in it.`,
    none: 'There is nothing to continue yet. Write a message first.',
    opened: 'This conversation was opened with a link. Whoever has the link can read it too.',
    failed: 'That link doesn’t work any more, or a part of it is missing.',
  },

  empty: {
    hello: 'Tell us what goes wrong, in your own words.',
    examples: 'For example',
    /** Under a greeting of the page's own, which does not say so. */
    bot: 'You’re talking to a bot. A person can take over at any time.',
  },

  talk: {
    label: 'Conversation',
    you: 'You',
    bot: 'Support',
    newer: 'New messages',
    typing: (name: string) => `${name} is writing…`,
    earlier: (count: number) =>
      count === 1 ? 'Show one earlier message' : `Show ${count} earlier messages`,
    dismiss: 'Dismiss',
  },

  sent: {
    sending: 'Sending…',
    sent: 'Sent',
    waiting: 'Waiting for network',
    /** The network is there, and the server is not. */
    later: 'Not sent yet. It goes by itself',
    failed: 'Not sent',
    again: 'Try again',
    drop: 'Remove',
    /** Why it was refused. */
    refused: {
      tooLong: 'It is too long. Please send it in parts.',
      ended: 'That question is closed: its conversation has ended.',
      other: 'The server did not take it.',
    },
  },

  files: {
    attach: 'Send a picture or a recording',
    chosen: 'Goes with your message',
    remove: (name: string) => `Remove ${name}`,
    size: (megabytes: string) => `${megabytes} MB`,
    unfit: {
      kind: (name: string) => `${name} can’t be sent. Pictures and screen recordings can.`,
      size: (name: string, most: string) => `${name} is too large. A file has at most ${most}.`,
      empty: (name: string) => `${name} is empty.`,
      count: (most: number) =>
        most === 1 ? 'One message takes one file.' : `One message takes ${most} files at most.`,
    },
    picture: (name: string) => `Picture: ${name}`,
    film: (name: string) => `Recording: ${name}`,
    broken: (name: string) => `${name} can’t be shown now. Reload the page to try again.`,
    /** What is said of a message with files that is not sent yet. */
    waiting: 'Keep this page open: files are lost when it is closed or reloaded.',
    refused: {
      FileTooLarge: 'The file is too large.',
      BodyTooLarge: 'The files are too large together.',
      TooManyFiles: 'Those are too many files at once.',
      UnknownKind: 'Only pictures and screen recordings can be sent.',
      FileDamaged: 'The file is damaged.',
      EnoughForToday: 'That is as much as can be sent in a day.',
      UploadsFull: 'There is no room for files just now. Please say it in words.',
      UploadsOff: 'Files are not taken here. Please say it in words.',
      UploadFailed: 'The file does not get through from here.',
    } as Readonly<Record<string, string>>,
  },

  rung: {
    fix: (number: number, about: number | undefined) =>
      (about ?? 1) > 1 ? `Fix ${number} of about ${about}` : `Fix ${number}`,
    minutes: (minutes: number) => `${minutes} min`,
    careful: 'Before you start',
    answers: 'Your answer',
    by: (name: string) => `From ${name}`,
    /** How a fix went, on its folded line. */
    results: {
      helped: 'helped',
      noHelp: 'no help',
      partly: 'partly',
      tried: 'already tried',
      later: 'later',
      skipped: 'skipped',
      cannot: 'not possible',
      found: 'found',
      notFound: 'not found',
    },
    /** What is shown, and what it sends. */
    again: 'Ask again in an hour',
    askAgain: 'Ask me again in an hour',
  },

  rating: {
    label: 'How was it?',
    bad: 'Bad',
    good: 'Good',
    score: (score: number) => `${score} of 5`,
  },

  person: {
    ask: 'Talk to a person',
    /** While one waits in line: what is shown, and what it sends. */
    leave: 'Leave the line',
    noLonger: 'I don’t need a person any more',
  },

  write: {
    label: 'Your message',
    hint: 'Write what you see…',
    send: 'Send',
    left: (count: string) => `${count} characters left`,
  },
}

/** "2nd", "11th", "23rd". */
function nth(number: number): string {
  const endings = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }
  return `${number}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`
}

/** What a language file holds. */
export type Words = typeof en

/** What the button on the page says: the only words that every page loads. */
export const launcherEn = {
  open: 'Open the chat',
  close: 'Close the chat',
  /** The name of the frame, where the page gives no title. */
  title: 'Support chat',
  unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  /** Where the frame is refused: a link. */
  failed: 'Open the chat in its own window',
}

/** What each language has of these. */
export type LauncherWords = typeof launcherEn
