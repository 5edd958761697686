/** What people and admins read of the app in Teams, in one language. Teams cuts nothing: what is too long is a fault. */
export interface AppTexts {
  /** At most 80 characters; it stands beside the icon in lists. */
  readonly short: (subject: string) => string
  /** At most 4,000 characters; blank lines part the paragraphs. */
  readonly full: (subject: string) => string
  /** What can be said at any moment, as the bot understands it. */
  readonly commands: readonly Command[]
  /** Below each of the pack's examples. */
  readonly example: string
  /** The search in the compose box: titles of at most 32 characters, descriptions of at most 128. */
  readonly find: Command & { readonly words: Command }
}

export interface Command {
  /** A command of the bot is put into the compose box as it stands, so it has to be a message that the bot understands. */
  readonly title: string
  readonly description: string
}

/** By the language of a pack. A pack in another language needs its texts here. */
export const appTexts: Readonly<Record<string, AppTexts>> = {
  en: {
    short: (subject) => `Mends trouble with ${subject}, one fix at a time.`,
    full: (subject) =>
      [
        `Say in your own words what goes wrong with ${subject}. You get one fix at a time, with numbered steps and the minutes it takes, and say how it went. What you have tried already is not asked of you again.`,
        'Where a fix needs time, the bot offers to ask again later. If nothing helps, or whenever you ask, it brings in a person, who can read what was tried.',
        "Write in the bot's own chat, or mention it in a group chat or a channel. Without a mention nothing said there reaches it.",
        'To help somebody else, choose "Find a fix" below a message you write: type what is wrong, and send a trouble or a fix as a card.',
        'This is a program and says so. It asks for no password and opens no files.',
      ].join('\n\n'),
    commands: [
      {
        title: 'Talk to a person',
        description: 'A colleague, who can read what was tried',
      },
      { title: 'Start over', description: 'Leaves this trouble and begins anew' },
      { title: 'Help', description: 'Says what can be asked and said here' },
    ],
    example: 'One fix after another for this',
    find: {
      title: 'Find a fix',
      description: 'Looks up what helps, to send it to a colleague',
      words: { title: 'What is wrong', description: 'In your own words, or the name of a fix' },
    },
  },
}
