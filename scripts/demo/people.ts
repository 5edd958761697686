/** A dozen people with a trouble, as they might come to a desk: what they said to the bot, and what they will say to an agent. */
export interface DemoPerson {
  readonly name?: string
  /** Minutes before now at which they asked for a person. */
  readonly minutesAgo: number
  /** What they write to the bot, in order; `[Label]` presses a button. */
  readonly says: readonly string[]
  /** Who has taken the case already, and what they said. */
  readonly with?: { readonly agent: 'Maria' | 'Ben'; readonly says: readonly string[] }
  /** How the case ended before the demo began. */
  readonly ended?: 'closed' | 'returned'
  /** What they say once it has ended, as `says`. */
  readonly after?: readonly string[]
  /** What they answer to agents, one after another. */
  readonly answers: readonly string[]
}

export const people: readonly DemoPerson[] = [
  {
    name: 'Anna Lindqvist',
    minutesAgo: 7,
    says: [
      'waiting for photos on my iphone, ios 18',
      'page loads, still waiting',
      'was off already',
      "[It didn't help]",
      'can i please talk to a person',
    ],
    answers: [
      'hi, thanks for looking at it',
      'no change, sorry',
      'ok trying that now',
      'oh! they are coming in now',
    ],
  },
  {
    name: 'Ben Okafor',
    minutesAgo: 4,
    says: [
      'the invitation to the shared album never came',
      "someone else's",
      'no not in the album either',
      'agent',
    ],
    answers: [
      'it was my sister who invited me',
      'she used my gmail address i think',
      'yes that was it, thank you!',
    ],
  },
  {
    minutesAgo: 3,
    says: ['i need a human being please'],
    answers: ['my photos are gone from the album', 'on an ipad', 'ios 17 i believe'],
  },
  {
    name: 'Chiara de la Fontaine-Montgomery',
    minutesAgo: 2,
    says: [
      'cant uplod to shared albm, work iphone ios 17',
      "someone else's",
      'she says its on already',
      'its grey, cant tap it',
      'yes contoso',
      'send',
    ],
    answers: ['it is my work phone, yes', 'i will ask them', 'do you know how long that takes?'],
  },
  {
    name: 'Dev',
    minutesAgo: 2,
    says: ['videos wont play in the shared album', 'iphone', 'no', 'person please'],
    answers: ['just the long ones', 'about 20 minutes each', 'ah ok, that explains it'],
  },
  {
    name: 'Elif Yılmaz',
    minutesAgo: 1,
    says: ['new photos not showing up in the shared album', '[iPad]', '[No]', 'talk to someone'],
    answers: ['since yesterday', 'the others see them', 'no, nothing'],
  },
  {
    name: 'Farid',
    minutesAgo: 0.5,
    says: ['my icloud storage is full', 'i want to talk to somebody'],
    answers: ['50 GB', 'i did not know that, thanks'],
  },
  {
    name: 'Grace Hopper-Smythe',
    minutesAgo: 9,
    says: ['cannot find the shared albums tab', 'iphone', 'ios 18', 'no', 'human'],
    with: {
      agent: 'Maria',
      says: ["Hello Grace, I've read what you tried. Give me a minute to look."],
    },
    answers: ['sure, take your time', 'yes i see Photos', 'it is there now!'],
  },
  {
    name: 'Hiroshi',
    minutesAgo: 12,
    says: ['comments on shared photos give no notification', 'iphone', 'no', 'agent please'],
    with: {
      agent: 'Ben',
      says: ['Hi, Ben here. Which version of iOS does the phone have?'],
    },
    answers: ['18.1', 'they are allowed', 'still nothing'],
  },
  {
    name: 'Ines',
    minutesAgo: 35,
    says: ['photos are blurry in the shared album', 'agent'],
    with: {
      agent: 'Maria',
      says: ['Shared albums keep a smaller copy; the original stays with its owner.'],
    },
    ended: 'closed',
    after: ['[5]', 'quick and clear, thank you'],
    answers: [],
  },
  {
    name: 'Jonas',
    minutesAgo: 50,
    says: ['the shared album is stuck on updating', 'mac', 'no', 'person'],
    with: { agent: 'Ben', says: ["I've noted it. The bot goes on with you from the next step."] },
    ended: 'returned',
    answers: [],
  },
  {
    name: '<b>Kim</b> & "Co"',
    minutesAgo: 1.5,
    says: ['low power mode stops my shared album', '[iPhone]', 'no', 'talk to a person'],
    answers: ['what else can i try', 'no', 'ok'],
  },
]
