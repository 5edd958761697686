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
}

export interface Command {
  /** Teams puts it into the compose box as it stands, so it has to be a message that the bot understands. */
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
  },
}
