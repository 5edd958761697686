import type { Reply, RungReply } from '../../dialogs'
import {
  cardOfAnswer,
  cardOfFix,
  cardOfSymptom,
  type AdaptiveCard,
  type Drawn,
  type ShownFix,
} from '../../src/channels/teams/cards'

/** Every kind of card that a person in Teams can get, for the gallery and for the tests of the drawing. */
export interface Sample extends Drawn {
  readonly name: string
  readonly reply: Reply
}

const rung: RungReply = {
  kind: 'rung',
  ask: 4,
  case: 'c1',
  fix: 'charge-and-wait',
  title: 'Keep Photos open on the charger',
  number: 3,
  about: 6,
  minutes: 5,
  lead: 'So the web works. Next, some quiet time, as Photos may have a long queue (5 min).',
  steps: ['Plug in the charger.', 'Stay on Wi-Fi.', 'Open the album in Photos and keep it open.'],
  check: "It's best if the screen stays on.",
  worked: 'It worked if the waiting message has gone.',
  question: 'Did that help?',
  buttons: [
    { label: 'Yes', answer: 'yes' },
    { label: 'No', answer: 'no' },
    { label: 'Already tried', answer: 'already_tried' },
  ],
}

const device: Reply = {
  kind: 'ask',
  ask: 2,
  case: 'c1',
  text: 'A shared album is stuck on "Waiting". Which device are you using?',
  buttons: ['iPhone', 'iPad', 'Mac', 'Something else'].map((label) => ({
    label,
    answer: label.toLowerCase(),
  })),
}

const choices: Reply = {
  kind: 'choices',
  ask: 1,
  text: 'Did you mean one of these?',
  buttons: [
    'Several things fail, or everything',
    'Photos are there, but grey or blank',
    "New photos aren't there at all",
    'None of these',
    'Talk to a person',
  ].map((label, index) => ({ label, answer: `choice_${index}` })),
}

const long = (words: string, characters: number): string =>
  `${words} `.repeat(Math.ceil(characters / (words.length + 1))).trim()

const hostile =
  '<at>Everyone</at> {{DATE(2026-01-01T00:00:00Z)}} [click](javascript:alert(1)) <b>bold</b> \u202eevil **not closed'

export const samples: readonly Sample[] = [
  { name: 'A fix', reply: rung },
  {
    name: 'A fix with a warning',
    reply: { ...rung, note: 'Back up first; newer systems move menus.' },
  },
  { name: 'A fix that an agent sends', reply: { ...rung, by: 'Maria' } },
  {
    name: 'Quick checks together',
    reply: {
      ...rung,
      together: ['wifi', 'low-power', 'storage'],
      title: 'Three quick checks',
      lead: 'Three quick checks (5 min).',
    },
  },
  {
    name: 'A fix that helped',
    reply: rung,
    folded: { as: 'result', words: 'helped', isGood: true },
  },
  {
    name: 'A fix without help',
    reply: rung,
    folded: { as: 'result', words: 'no help', isGood: false },
  },
  { name: 'A fix under way', reply: rung, folded: { as: 'chosen', label: 'Yes' } },
  { name: 'A fix that is asked about below', reply: rung, folded: { as: 'over' } },
  { name: 'A question', reply: device },
  {
    name: 'A question that was answered',
    reply: device,
    folded: { as: 'chosen', label: 'iPhone' },
  },
  { name: 'A question that is over', reply: device, folded: { as: 'over' } },
  { name: 'Did you mean', reply: choices },
  {
    name: 'Did you mean, answered',
    reply: choices,
    folded: { as: 'chosen', label: "New photos aren't there at all" },
  },
  {
    name: 'More answers than fit in a row',
    reply: {
      ...device,
      text: 'When shall I ask again?',
      buttons: Array.from({ length: 8 }, (_each, index) => ({
        label: `At ${index + 10}:00`,
        answer: `at_${index}`,
      })),
    },
  },
  {
    name: 'Paragraphs, bold words and a link',
    reply: {
      ...device,
      text: 'Two things to know.\n\nThe album keeps **full** size for 30 days.\nMore: [Apple’s page](https://support.apple.com/photos).',
    },
  },
  {
    name: 'What people write',
    reply: {
      ...device,
      text: hostile,
      buttons: [{ label: hostile, answer: 'x' }],
    },
  },
  {
    name: 'A long title and long steps',
    reply: {
      ...rung,
      title: long('Let subscribers post to the album', 90),
      steps: Array.from({ length: 4 }, () => long('Open Settings, then the next page.', 240)),
    },
  },
]

/** Replies that are too long for Teams as they are. */
export const tooLong: readonly Sample[] = [
  {
    name: 'Long words around the steps',
    reply: { ...rung, lead: long('So it is.', 9_000), note: long('Mind it.', 9_000) },
  },
  {
    name: 'Long steps',
    reply: { ...rung, steps: Array.from({ length: 4 }, () => long('Open Settings.', 4_000)) },
  },
  {
    name: 'endless steps',
    reply: { ...rung, steps: Array.from({ length: 4 }, () => long('Open Settings.', 40_000)) },
  },
  { name: 'one step without an end', reply: { ...rung, steps: ['x'.repeat(40_000)] } },
  { name: 'a long question', reply: { ...device, text: long('And so on.', 40_000) } },
]

/** Cards that "Find a fix" puts into a message of one person to another. */
export interface SentOn {
  readonly name: string
  readonly card: AdaptiveCard
}

const chat = 'https://teams.microsoft.com/l/chat/0/0?users=28:11111111-2222-4333-8444-555555555555'

const vpn: ShownFix = {
  title: 'Turn off VPN or use another network',
  minutes: 3,
  intro: 'VPN, proxy and firewall, which can block iCloud',
  note: 'On a work device, ask its IT team first.',
  places: ['iPhone', 'iPad', 'iPod touch'],
  otherPlaces: ['Mac', 'Windows PC', 'Apple TV'],
  steps: ["Open Settings and search for 'VPN'.", 'Turn off the VPN or proxy.'],
  worked: 'It worked if the album loads on the other connection.',
}

const waiting = {
  title: 'Stuck on "Waiting", "Updating", "Uploading" or "Preparing"',
  says: 'A shared album is stuck on "Waiting".',
  fixes: [
    'Check the internet',
    'Turn off Low Power Mode',
    'Keep Photos open',
    'Restart',
    'VPN',
  ].map((title, index) => ({ title, minutes: index + 1 })),
}

export const sentOn: readonly SentOn[] = [
  { name: 'A trouble, sent on', card: cardOfSymptom(waiting, chat) },
  {
    name: 'A trouble during an incident, sent on',
    card: cardOfSymptom(
      {
        ...waiting,
        incident:
          "There's a problem with iCloud Photos at the moment: Apple says so since 14:00. Nothing on your device can mend that.",
        fixes: [],
      },
      chat,
    ),
  },
  { name: 'A fix, sent on', card: cardOfFix(vpn, chat) },
  {
    name: 'A check with a warning, sent on',
    card: cardOfFix(
      {
        ...{ title: vpn.title, minutes: 3, intro: vpn.intro, steps: vpn.steps },
        ...{ places: [], otherPlaces: [] },
        warning: 'Saved networks are lost.',
        finding: { ask: 'Is a profile listed?', then: 'Only your IT team can change it.' },
      },
      chat,
    ),
  },
  {
    name: 'An explanation, sent on',
    card: cardOfAnswer(
      {
        title: 'Leave a shared album',
        answer: 'Leaving takes the album off **all** your devices.',
        ...{ places: ['Mac'], otherPlaces: ['iPhone'], steps: ['Open Photos.', 'Open the album.'] },
      },
      chat,
    ),
  },
  {
    name: 'What packs may hold, sent on',
    card: cardOfFix({ ...vpn, title: hostile, intro: hostile, steps: [hostile] }, chat),
  },
  {
    name: 'Far too long, sent on',
    card: cardOfFix(
      {
        ...vpn,
        title: long('A title', 9_000),
        intro: long('so it is', 9_000),
        warning: long('"Mind" it.', 9_000),
        steps: Array.from({ length: 4 }, () => long('Open "Settings".', 40_000)),
        worked: 'x'.repeat(40_000),
      },
      chat,
    ),
  },
  {
    name: 'Nothing but marks, sent on',
    card: cardOfFix(
      {
        ...vpn,
        intro: '['.repeat(9_000),
        warning: 'a\n'.repeat(9_000),
        note: '*['.repeat(9_000),
        steps: Array.from({ length: 4 }, () => '['.repeat(9_000)),
      },
      chat,
    ),
  },
  {
    name: 'A trouble with endless titles, sent on',
    card: cardOfSymptom(
      {
        ...waiting,
        says: long('It is "stuck".', 40_000),
        fixes: Array.from({ length: 30 }, () => ({ title: long('"Fix"', 40_000), minutes: 1 })),
      },
      chat,
    ),
  },
]
