import type { Candidate, Device, Facts, Fix, PackInfo } from '../knowledge'
import type { Button } from './reply'
import type { SentFiles } from './sent-files'

/**
 * Every sentence of the frame, in one place: what the bot says around the pack's own sentences.
 * They keep to ten rules: one question and it comes last, no blame, no cheering, no promise that is not known.
 */

/** The ways out that stand under "did you mean" and at the end. */
export const talkToAPerson: Button = { label: 'Talk to a person', answer: 'human' }
const yes: Button = { label: 'Yes', answer: 'yes' }
const no: Button = { label: 'No', answer: 'no' }

export const buttons = {
  helped: [yes, no, { label: 'Already tried', answer: 'already_tried' }],
  asked: [yes, no, { label: "Can't now", answer: 'cant_do' }],
  yesNo: [yes, no],
  worksOrGoOn: [
    { label: 'It works', answer: 'yes' },
    { label: 'Go on', answer: 'no' },
  ],
  stillThere: [yes, { label: 'Partly', answer: 'partly' }, no],
  later: [
    yes,
    { label: 'Another time', answer: 'another_time' },
    { label: "It didn't help", answer: 'no' },
  ],
  again: [yes, no, talkToAPerson],
  remains: [
    { label: 'Still coming', answer: 'yes' },
    { label: 'It has stopped', answer: 'no' },
  ],
  notSure: { label: 'Not sure', answer: 'unknown' },
  better: [
    { label: "It's gone", answer: 'yes' },
    { label: 'Partly gone', answer: 'partly' },
    { label: 'Still there', answer: 'no' },
  ],
  finding: [yes, no, { label: "Can't find it", answer: 'cant_do' }],
  consent: [yes, { label: 'Skip it', answer: 'no' }, talkToAPerson],
  needed: [yes, no, talkToAPerson],
  switch: [yes, { label: 'No, go on', answer: 'no' }],
  send: [
    { label: 'Send', answer: 'yes' },
    { label: 'Change', answer: 'change' },
    { label: 'No', answer: 'no' },
  ],
  offerPerson: [talkToAPerson, { label: 'Start over', answer: 'restart' }],
  askLater: [yes, { label: 'Another time', answer: 'another_time' }, talkToAPerson],
  comeBack: [
    { label: 'Continue', answer: 'continue' },
    { label: 'Start over', answer: 'restart' },
    talkToAPerson,
  ],
  rating: [
    ...['1', '2', '3', '4', '5'].map((score): Button => ({
      label: score,
      answer: `rate:${score}`,
    })),
    { label: 'Skip', answer: 'skip' },
  ],
  oneMore: [yes, { label: "No, I'll wait", answer: 'no' }],
  replyAddress: [{ label: "I'll look here", answer: 'here' }],
  ratingWords: [{ label: 'Leave it', answer: 'skip' }],
  incident: [yes, { label: 'No, try anyway', answer: 'no' }, talkToAPerson],
} satisfies Record<string, Button | readonly Button[]>

/** The times that are offered under "another time". */
export const againButtons = {
  hour: { label: 'In an hour', answer: 'again:hour' },
  tonight: { label: 'Tonight', answer: 'again:tonight' },
  tomorrow: { label: 'Tomorrow', answer: 'again:tomorrow' },
  /** Tomorrow, as somebody calls it who is still up. */
  morning: { label: 'In the morning', answer: 'again:tomorrow' },
} satisfies Record<string, Button>

export const noneOfThese: Button = { label: 'None of these', answer: 'none' }
export const somethingElse: Button = { label: 'Something else', answer: 'none' }

export const deviceButtons: readonly Button[] = [
  { label: 'iPhone', answer: 'device:iphone' },
  { label: 'iPad', answer: 'device:ipad' },
  { label: 'Mac', answer: 'device:mac' },
  { label: 'Something else', answer: 'device:else' },
]

export const otherDeviceButtons: readonly Button[] = [
  { label: 'Windows PC', answer: 'device:windows' },
  { label: 'Apple TV', answer: 'device:apple-tv' },
  { label: 'iPod touch', answer: 'device:ipod' },
  { label: 'Another device', answer: 'device:other' },
]

export const roleButtons: readonly Button[] = [
  { label: 'Mine', answer: 'role:owner' },
  { label: "Someone else's", answer: 'role:member' },
]
/** What is taken for granted when the person cannot say: what helps a member, or the only one affected, harms nobody. */
export const unsure: Readonly<Record<'role' | 'scope' | 'system', string>> = {
  role: 'member',
  scope: 'me',
  system: 'unknown',
}

export const scopeButtons: readonly Button[] = [
  { label: 'Only me', answer: 'scope:me' },
  { label: 'Everyone', answer: 'scope:everyone' },
]

export const notSure: Button = { label: 'Not sure', answer: 'system:unknown' }

export const deviceNames: Readonly<Record<Device, string>> = {
  iphone: 'iPhone',
  ipad: 'iPad',
  ipod: 'iPod touch',
  mac: 'Mac',
  windows: 'Windows PC',
  'apple-tv': 'Apple TV',
  other: 'another device',
}

const systemNames: Readonly<Partial<Record<Device, string>>> = {
  iphone: 'iOS',
  ipod: 'iOS',
  ipad: 'iPadOS',
  mac: 'macOS',
}

/** "an iPhone with iOS 18", or undefined when the device is not known. */
export function placeOf({ device, system }: Pick<Facts, 'device' | 'system'>): string | undefined {
  if (device === undefined) return undefined
  const name = deviceNames[device]
  const article = device === 'other' ? '' : /^[aeiou]/i.test(name) ? 'an ' : 'a '
  const family = systemNames[device]
  return `${article}${name}${system && system !== 'unknown' && family ? ` with ${family} ${system}` : ''}`
}

/** What was understood, said back: "You can't add photos to a shared album, on an iPhone with iOS 17." */
export function understood(says: string, facts: Facts): string {
  const place = placeOf(facts)
  return place ? `${says.replace(/\.$/, '')}, on ${place}.` : says
}

export const questions = {
  device: 'Which device are you using?',
  otherDevice: 'Which one is it?',
  role: 'Whose album is it?',
  scope: 'Who is affected: only you, or everyone in the album?',
  system: (where: string) => `Which system is on it? ${where}`,
  helped: 'Did that help?',
  workaround: 'Does that do for today?',
  consent: 'Shall we?',
  later: (minutes: number) => `Shall I ask again in ${minutes} minutes?`,
  needed: 'Is that what you needed?',
  about: (title: string) => `This is about: ${title}.`,
  choice: 'Did you mean one of these?',
  onlyChoice: 'Did you mean this?',
  send: 'Send?',
  partly:
    "Part of it works now, so it isn't finished. Is the rest still coming, or has it stopped?",
  oneHelped: 'Did one of these help?',
  which: 'Good. Which one was it?',
  parked: (titles: readonly string[]) =>
    `Put off so far: ${titles.join('; ')}. Is now a good time for ${titles.length === 1 ? 'it' : 'the first'}?`,
  resume: (says: string) => `One thing is still open: ${says} Shall we go back to it?`,
  onThisOne: ({ device }: Facts) =>
    `And on ${(device && placeOf({ device })?.replace(/^an? /, 'the ')) ?? 'this one'}?`,
  whichOfThree: 'Which one: gone, partly gone, or still there?',
  better: 'How is the trouble now: gone, partly gone, or still there?',
  switch: (says: string) =>
    `That sounds like something else: ${says} Shall we look at that instead?`,
  when: 'When shall I ask? You can also write a time, for example "at 6" or "on Monday".',
  tellWhenOver: "Shall I tell you here when it's over?",
  meanwhile: 'Shall we try something meanwhile?',
  worksNow: 'Does it work now?',
  worksOrGoOn: 'Does it work now, or shall we go on?',
  oneMore: 'Shall we try one more thing meanwhile?',
  placeAgain: 'Shall I bring in a person again?',
  rating: (agent: string) => `How was it with ${agent}, from 1 (bad) to 5 (good)?`,
  replyAddress: 'Where else can we answer: an e-mail address, or a telephone number?',
  ratingWords: 'Noted. What made it so? A sentence is enough.',
}

/** How a rung opens: "First the connection, as nothing moves without it (2 min)." */
export function lead(place: 'first' | 'next' | 'last', intro: string, minutes: number): string {
  const opening = { first: 'First', next: 'Next,', last: 'Last,' }[place]
  return `${opening} ${intro} (${minutes} min).`
}

/** What comes before the next rung, by how the one before ended. */
export const bridges: Readonly<Record<string, string>> = {
  already_tried: 'Then we move on.',
  parked: 'Then we come back to that one at the end.',
  cannot: 'Then we leave that one out.',
  skipped: 'Then we skip that one.',
  declined: 'Then we leave that one out.',
}

export const olderSystems = 'On another system it may look a little different.'

export const say = {
  greeting: ({ subject }: PackInfo) =>
    `Hello. I'm Fixladder, a bot for trouble with ${subject}. A person can take over at any time. What do you see?`,
  /** Said once in a channel or a group chat. */
  groupGreeting: ({ subject }: PackInfo) =>
    `Hello. I'm Fixladder, a bot for trouble with ${subject}. Mention me with what you see; I answer whoever asked. What concerns your own device or account, and talks with a colleague, go on in our own chat.`,
  /** The talk leaves a place where others read along. */
  movedOn: (wants: 'fact' | 'person', isReachable: boolean, link?: string) => {
    const chat = link === undefined ? 'our own chat' : `[our own chat](${link})`
    if (wants === 'person')
      return isReachable
        ? `A colleague can take over, which is between the two of you, so I've gone on in ${chat}.`
        : `A colleague can take over, which is between the two of you: please write "talk to a person" to me in ${chat}.`
    return isReachable
      ? `The next question is about your own device or account, so I've asked it in ${chat}.`
      : `The next question is about your own device or account: please tell me the same in ${chat}, and we go on there.`
  },
  movedHere: "Here it's the two of us, so let's go on.",
  greetingBack: 'Hello. What do you see?',
  help: ({ subject }: PackInfo) =>
    `Tell me in your own words what goes wrong with ${subject}, and we try one fix after another. You can write "back", "skip", "start over", "stop" or "talk to a person".`,
  empty: 'I got no words there. What do you see?',
  onlyFiles: "I can't open files. What do you see, in words?",
  keptFiles: ({ pictures, films }: SentFiles) =>
    pictures + films === 1
      ? `Thank you, I've kept your ${films === 1 ? 'recording' : 'picture'}. I can't look at it myself, but a colleague can.`
      : "Thank you, I've kept what you sent. I can't look at it myself, but a colleague can.",
  inWords: 'What do you see, in words?',
  nonsense: "I couldn't read that. What do you see on the screen?",
  notFound:
    "I don't know that trouble yet. What do you see on the screen, and where? Another way of saying it often helps.",
  /** Names what was recognised, points to where it belongs, and says what can be helped with here. */
  offTopic: (
    { names = [], topic, pointer }: { names?: readonly string[]; topic?: string; pointer?: string },
    { subject }: PackInfo,
  ) =>
    [
      names.length > 0
        ? `That is about ${listed(names)}, which I don't know.`
        : topic !== undefined
          ? `That sounds like ${topic}. ${pointer ?? "That isn't something I can help with."}`
          : "That isn't something I can help with.",
      `I can help with ${subject}.`,
    ].join(' '),
  notUnderstoodTwice: "I still don't have it, and I don't want to keep you.",
  stale: 'That button belongs to an earlier question.',
  hasNoQuestion: 'Nothing is asked at the moment.',
  again: 'I may have missed that.',
  firstRung: 'This is the first step, so there is nothing before it.',
  onDevice: (facts: Facts) => `On ${placeOf(facts) ?? 'that device'}, then.`,
  notedFact: 'Noted.',
  notedForColleague: 'Noted; my colleague sees it here.',
  patience: 'Take your time.',
  welcome: "You're welcome.",
  here: "I'm here.",
  takesAbout: (minutes: number) =>
    `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, as far as I know.`,
  crisis:
    "I'm a bot and can't help with that, but please don't stay alone with it. Call your local emergency number or somebody you trust now. If you write \"talk to a person\", a colleague will see it here.",
  privacy:
    "This chat is kept for a time so that you can come back to it, and our support team can read it. I can't see your photos or your account.",
  identity: `I'm a bot. Write "talk to a person" at any time and a colleague takes over.`,
  language: 'I only understand English so far. A person may help better.',
  solved: (noun: string) =>
    `Good. I've noted that ${noun} helped. If it comes back within 7 days, write here and we'll continue.`,
  solvedOtherwise:
    "Good. I've noted that it works again. If it comes back within 7 days, write here and we'll continue.",
  workaround:
    "Good. The album itself isn't repaired by that, so I've noted it as another way. Write here if you want to go on with the album.",
  answered: 'Good. Write here if anything else turns up.',
  notNeeded: 'Then perhaps one of these?',
  stopped: "Stopped. I've kept what we tried; write here when you want to go on.",
  stoppedAndLeft:
    "Stopped, and nobody is called. I've kept what we tried; write here when you want to go on.",
  rated: 'Thank you. Our team reads it.',
  noRating: 'All right.',
  addressNoted: (address: string) => `Noted: ${address}. The answer comes here as well.`,
  waitsHere: 'All right. Your place in the line stays.',
  answerHere: 'All right, the answer comes here.',
  restarted: 'From the start, then. What do you see?',
  reopened: (says: string, tried: number) =>
    `${says} We tried ${tried === 1 ? 'one thing' : `${tried} things`} before and go on from there.`,
  goodbye: 'Goodbye. What we tried is kept here.',
  nothingOpen: "There's nothing under way. What do you see?",
  anythingElse: 'What do you see?',
  reminderSet: (when: string) => `I'll ask here ${when}. Write sooner if you like.`,
  hasItHelped: 'Has it helped?',
  partlyMoving: 'Then it needs more time.',
  personIsQuicker: ({ title, minutes }: Fix) =>
    `What is left ${minutes < longMinutes ? 'rarely helps here' : 'takes longer'} (${lowered(title)}, ${minutes} min), and a person may be quicker.`,
  goOnWithoutPerson: 'Then we go on.',
  oneByOne: 'One by one, then.',
  solvedBefore: (noun: string) => `Good. I've noted that ${noun} helped.`,
  solvedOtherwiseBefore: "Good. I've noted that it works again.",
  keptOpen: 'It stays open. Write here when you want to go on.',
  notResumed: 'Then we leave it. Write here if it comes up again.',
  ladderEnded: 'That was the last fix I know for this.',
  answerEnded: 'Then a person should look at it.',
  canBring: (sees: string) => ended(`I can bring in a colleague, who will see: ${sees}`),
  bringing: (sees: string) => ended(`I'll bring in a colleague, who will see: ${sees}`),
  sent: (wait: string) => `Sent. ${wait} You can close this chat; the answer comes here.`,
  /** In a line, where the page has to stay open. */
  sentInLine: (wait: string) =>
    `Sent. ${wait} Keep this page open: once it's closed, your place is kept for five minutes.`,
  alreadySent: (wait: string) =>
    `Your case is waiting for a colleague. ${wait} The answer comes here.`,
  answersBy: (words: string) => `We answer ${words}.`,
  nobodyIn: (answersBy: string | undefined) =>
    `Nobody is there right now; your case is kept.${answersBy === undefined ? '' : ` We answer ${answersBy}.`}`,
  closedUntil: (when: string) => `We're closed now and answer from ${when}.`,
  closed: "We're closed now.",
  inLine: (ahead: number, usualMinutes: number | undefined) => {
    const place = ahead === 0 ? "You're next in line" : `You're ${ordinal(ahead + 1)} in line`
    return usualMinutes === undefined
      ? `${place}; I can't see how soon somebody is free.`
      : `${place}, usually about ${usualMinutes} ${usualMinutes === 1 ? 'minute' : 'minutes'}.`
  },
  unknownWait: "I can't see how soon somebody is free.",
  leftQueue: "Then nobody is called. I've kept what we tried.",
  leftAsItWorks: "I've taken your case off my colleagues' list.",
  agentJoined: (name: string) => `${name} has joined. I'll stay quiet.`,
  agentLeft: (name: string) => `${name} has left the chat. I'm here again.`,
  agentChanged: (name: string) => `${name} goes on from here.`,
  fixNeeds: (title: string, fact: string) =>
    `"${title}" was not sent: which way to do it depends on the ${fact}. Ask for it, or note it.`,
  fixIsNotFor: (title: string) =>
    `"${title}" was not sent: it can't be done on this device, or in this album.`,
  fixTooLate: (title: string) => `"${title}" was not sent: the chat had been given back before.`,
  notMarked: 'Not marked: there is no open case with this fix. Choose the symptom first.',
  fixWithoutLadder: 'The fix was not sent: choose the symptom first.',
  agentReleased: (name: string) =>
    `${name} has passed your case on. You're in line for another colleague.`,
  agentLost: "My colleague's connection is gone. You're first in line again.",
  deskUnreachable:
    "I can't reach my colleagues' desk at the moment. I keep your case and keep trying. You can close this chat; the answer comes here.",
  deskDeclined:
    "My colleagues can't take your case right now. I keep it and offer it again. You can close this chat; the answer comes here.",
  meanwhileTell: 'If you tell me what you see, we can try something meanwhile.',
  agentLostInLine: "My colleague's connection is gone. You keep your place in line.",
  agentSilent: (name: string) => `${name} can't answer just now. You're first in line again.`,
  agentSilentInLine: (name: string) =>
    `${name} can't answer just now. You keep your place in line.`,
  placeGivenUp:
    'I gave up your place in line, since this page was closed for more than five minutes.',
  addWords: 'What should I add or change for my colleague?',
  notSent: 'Not sent. Write here if you change your mind.',
  turnFailed:
    'Sorry, something went wrong on our side. Your message is kept. Please write again, or write "talk to a person".',
  /** How a reminder opens; one that comes late says when it was meant to come. */
  timeIs: (clock: string, meant?: string) =>
    meant ? `It's ${clock}; I meant to ask at ${meant}.` : `It's ${clock}.`,
  timePassed: 'Some time has passed.',
  /** Names the fix that a reminder is about. */
  stoppedAt: (noun: string, day: string | undefined) =>
    day ? `${day} we stopped at ${noun}.` : `We stopped at ${noun}.`,
  /** What stands for the fix when several were shown together. */
  quickChecks: 'some quick checks',
  wontAsk: "Then I won't ask.",
  lastTime: (says: string, tried: number) =>
    `Welcome back. Last time it was this: ${says} ${
      tried === 0
        ? 'Nothing was tried yet.'
        : `We tried ${tried === 1 ? 'one thing' : `${tried} things`}.`
    } Continue or start over?`,
  tooLongAgo: "It's more than 30 days since we spoke, so we start fresh.",
  /** A cause that many people share comes before everything else. The text is the operator's. */
  incident: (title: string, text: string) =>
    `There's a problem with ${title} at the moment: ${ended(text)} Nothing on your device can mend that.`,
  incidentPromised: "I'll tell you here when it's over. Write sooner if you like.",
  incidentNotOver: (title: string) =>
    `The problem with ${title} isn't over yet; I'll tell you here when it is.`,
  incidentElsewhere: "What's left works on your device, and the problem isn't there.",
  incidentOver: (title: string) => `The problem with ${title} is over.`,
  /** Its time has run out, and nobody has said that it is over. */
  incidentExpired: (title: string) => `The problem with ${title} should be over.`,
  incidentOverElsewhere: "If it still doesn't work, write here.",
  incidentNotIt: 'Then we look at your device.',
}

/** A fix that is offered after a person is, because of its minutes; a shorter one because of its chance. */
const longMinutes = 15

/** What the agent will see, said to the person in one line. */
export const sees = (parts: readonly string[]): string =>
  parts.length > 0 ? parts.join('; ') : 'this conversation'

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** "2nd", "11th", "23rd". */
function ordinal(number: number): string {
  const tens = number % 100
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')
  return `${number}${ending}`
}

/** A full stop, unless the sentence ends already. */
const ended = (sentence: string): string => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`)

/** A title in the middle of a sentence: "update the system". */
const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)

/** Cases below this say too little to be named. */
const worthNaming = 10

/** Why a rung stands where it stands, as a sentence without numbers that promise something. */
export function whyHere({ place, gain, minutes, belief }: Candidate): string {
  switch (place) {
    case 'pinned':
      return 'Our support team has put it here.'
    case 'workaround':
      return 'It repairs nothing, so it comes last: it gets the pictures across meanwhile.'
    case 'loses':
      return "It loses something, so it comes after everything that doesn't."
    case 'gain':
      return gain ?? ''
    case 'ratio': {
      const time = minutes === 1 ? 'the minute' : `the ${minutes} minutes`
      const known =
        belief.cases >= worthNaming && belief.helped > 0
          ? ` So far it helped ${belief.helped} of ${belief.cases} people with this.`
          : ''
      return `Of what hasn't been tried, it has the best chance for ${time} it takes.${known}`
    }
  }
}
