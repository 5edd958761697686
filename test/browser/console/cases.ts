import type { CaseDetail, CaseLine, Line, Rating } from '../../../web/console/state/contract'

/** A dozen cases as a desk sees them on a weekday morning. */

const minute = 60_000

export const symptoms = [
  { id: 'stuck-updating-waiting', title: 'Photos are stuck on “waiting” or “updating”' },
  { id: 'cannot-add-photos', title: 'I (or others) can’t add photos to the album' },
  { id: 'invite-not-received', title: 'The invitation never arrived' },
  { id: 'new-photos-not-appearing', title: 'New photos don’t appear' },
  { id: 'shared-albums-switch', title: 'The Shared Albums switch is grey or turns itself off' },
  { id: 'video-problem', title: 'A video doesn’t play or upload' },
]

export const canned = [
  {
    id: 'hello',
    title: 'Hello',
    text: 'Hello, I am with you now and read what you tried. One moment.',
  },
  { id: 'system', title: 'Which system', text: 'Which iOS version does Settings > General show?' },
  {
    id: 'thanks',
    title: 'Thanks and goodbye',
    text: 'Glad it works. Write here if it comes back.',
  },
  {
    id: 'status',
    title: 'System status',
    text: 'Please look at https://www.apple.com/support/systemstatus/ whether Photos is green.',
  },
]

interface Sketch {
  readonly id: string
  readonly person: string
  readonly waited: number
  readonly symptom?: string
  readonly short?: string
  readonly device?: string
  readonly lastWords?: string
  readonly more?: Partial<CaseLine>
}

const sketches: readonly Sketch[] = [
  {
    id: 'c-anna',
    person: 'Anna Lindqvist',
    waited: 6.2,
    symptom: 'cannot-add-photos',
    short: 'can’t add photos',
    device: 'iPhone',
    lastWords: 'still the same, the plus is grey',
    more: { isHere: true },
  },
  {
    id: 'c-ben',
    person: 'Ben',
    waited: 2.8,
    symptom: 'invite-not-received',
    short: 'invitation not there',
    device: 'iPad',
    lastWords: 'my sister sent it twice',
    more: { isHere: true, viewers: [{ id: 'a-omar', name: 'Omar Haddad' }] },
  },
  {
    id: 'c-visitor',
    person: 'Visitor',
    waited: 0.4,
    symptom: 'stuck-updating-waiting',
    short: 'stuck on waiting',
    device: 'Mac',
    more: { isHere: true },
  },
  {
    id: 'c-long',
    person: 'Maximiliane-Theodora von Hohenstein-Wallersdorf zu Rabenau',
    waited: 1.1,
    device: 'Windows PC',
    lastWords: 'I don’t know what it is called, the small folder with our holiday pictures in it',
    more: { channel: 'teams', isHere: undefined },
  },
  {
    id: 'c-night',
    person: 'Priya Raman',
    waited: 540,
    symptom: 'new-photos-not-appearing',
    short: 'new photos missing',
    device: 'iPhone',
    more: { replyTo: 'priya.raman@example.org', isHere: false },
  },
  {
    id: 'c-carl',
    person: 'Carl Jansen',
    waited: 22,
    symptom: 'stuck-updating-waiting',
    short: 'stuck on waiting',
    device: 'iPhone',
    lastWords: 'it says updating since breakfast',
    more: { state: 'held', agent: { id: 'a-maria', name: 'Maria Conti' }, isHere: true },
  },
  {
    id: 'c-dora',
    person: 'Dora Eze',
    waited: 31,
    symptom: 'shared-albums-switch',
    short: 'switch is grey',
    device: 'iPad',
    lastWords: 'thank you, I will try that tonight',
    more: { state: 'held', agent: { id: 'a-maria', name: 'Maria Conti' }, isHere: false },
  },
  {
    id: 'c-emil',
    person: 'Emil Sørensen',
    waited: 14,
    symptom: 'video-problem',
    short: 'video won’t upload',
    device: 'iPhone',
    more: { state: 'held', agent: { id: 'a-omar', name: 'Omar Haddad' }, isHere: true },
  },
  {
    id: 'c-faye',
    person: 'Faye O’Connor',
    waited: 9,
    symptom: 'cannot-add-photos',
    short: 'can’t add photos',
    device: 'Mac',
    lastWords: 'hello? anybody there',
    more: { state: 'held', agent: { id: 'a-omar', name: 'Omar Haddad' }, isHere: true },
  },
  {
    id: 'c-gus',
    person: 'Gus',
    waited: 55,
    symptom: 'invite-not-received',
    short: 'invitation not there',
    device: 'iPhone',
    more: { state: 'closed', agent: { id: 'a-maria', name: 'Maria Conti' } },
  },
  {
    id: 'c-hana',
    person: 'Hana Novak',
    waited: 48,
    symptom: 'stuck-updating-waiting',
    short: 'stuck on waiting',
    device: 'Mac',
    more: { state: 'helped' },
  },
]

export function lines(now: number): CaseLine[] {
  return sketches.map(({ id, person, waited, symptom, short, device, lastWords, more }) => {
    const state = more?.state ?? 'queued'
    const createdAt = now - waited * minute
    const title = symptoms.find((each) => each.id === symptom)?.title ?? ''
    return {
      id,
      version: 1,
      state,
      person,
      channel: 'direct-line',
      ...(symptom && { symptom: { id: symptom, title, short: short ?? '', confidence: 0.82 } }),
      reason: 'asked for a person',
      device,
      lastWords,
      createdAt,
      viewers: [],
      ...(state === 'held' && { claimedAt: createdAt + minute }),
      ...(id === 'c-carl' && { awaitedSince: now - 3.2 * minute }),
      ...(id === 'c-faye' && { awaitedSince: now - 7 * minute }),
      ...(state !== 'queued' && state !== 'held' && { endedAt: now - 12 * minute }),
      ...more,
    }
  })
}

const keepOpen = {
  fix: 'keep-photos-open',
  title: 'Keep Photos open on the charger and Wi-Fi',
  number: 2,
  minutes: 5,
  steps: ['Plug in the charger.', 'Stay on Wi-Fi.', 'Open the album in Photos and keep it open.'],
  question: 'Did that help?',
}

/** What was said in a case so far. */
export function rows(line: CaseLine): Line[] {
  const from = line.createdAt - 4 * minute
  const answers = ['It worked', 'No', 'Tried it']
  const said: Omit<Line, 'seq' | 'at'>[] = [
    { from: 'person', text: 'i cant add photos to our family album' },
    { from: 'bot', text: 'Which device are you using?', buttons: ['iPhone', 'iPad', 'Mac'] },
    { from: 'person', text: line.device ?? 'Something else', isPress: true },
    {
      from: 'bot',
      text: 'First the connection …',
      rung: {
        fix: 'internet',
        title: 'Check the internet connection',
        number: 1,
        minutes: 2,
        steps: ['Open Safari and load any page.', 'If it fails, switch Wi-Fi off and on.'],
        question: 'Did that help?',
      },
      buttons: answers,
    },
    { from: 'person', text: 'No', isPress: true },
    { from: 'bot', text: 'Next, some quiet time …', rung: keepOpen, buttons: answers },
    { from: 'person', text: 'Tried it', isPress: true },
    { from: 'bot', text: 'Then Low Power Mode. Is it on?', buttons: ['It was on', 'No'] },
    { from: 'person', text: line.lastWords ?? 'still the same' },
    { from: 'person', text: 'Talk to a person', isPress: true },
  ]
  const before = said.map((each, index) => ({ ...each, seq: index + 1, at: from + index * 24_000 }))
  const after: Omit<Line, 'seq'>[] = [
    { at: line.createdAt, from: 'system', text: `${line.person} asked for a person` },
    {
      at: line.createdAt + 1000,
      from: 'bot',
      text: 'I’ll bring in a colleague. You are first in line; it usually takes three minutes.',
    },
  ]
  if (line.claimedAt !== undefined) {
    const { claimedAt } = line
    const name = line.agent?.name ?? ''
    after.push(
      { at: claimedAt, from: 'system', text: `${name} claimed the case` },
      {
        at: claimedAt + 20_000,
        from: 'agent',
        name,
        text: 'Hello, I am with you now and read what you tried.',
      },
      {
        at: claimedAt + 50_000,
        from: 'note',
        name,
        text: 'Second case of this household this week, see the earlier one.',
      },
      { at: claimedAt + 70_000, from: 'agent', name, text: keepOpen.title, rung: keepOpen },
      { at: line.awaitedSince ?? claimedAt + 90_000, from: 'person', text: line.lastWords ?? 'ok' },
    )
  }
  return [...before, ...after.map((each, index) => ({ ...each, seq: before.length + 1 + index }))]
}

/** The brief and the ladder of a case. */
export function detail(line: CaseLine): CaseDetail {
  const known = line.symptom
  return {
    line,
    brief: {
      ...(known && { symptom: { id: known.id, title: known.title, confidence: 0.82 } }),
      alternatives: known
        ? [{ id: 'shared-albums-switch', title: 'The switch is grey', confidence: 0.31 }]
        : [],
      device: line.device === 'iPhone' ? 'iPhone with iOS 18' : line.device,
      role: 'member',
      scope: 'me',
      added: 'worked until the update on Sunday',
      lastWords: line.lastWords,
    },
    ...(known && {
      ladder: {
        symptom: { id: known.id, title: known.title },
        rungs: [
          {
            fix: 'internet',
            title: 'Check the internet connection',
            result: 'no_help',
            resultText: 'no help',
            minutes: 2,
          },
          {
            fix: 'subscribers-can-post',
            title: 'Let subscribers post',
            result: 'cannot',
            resultText: 'can’t: not the owner',
          },
          { fix: 'keep-photos-open', title: keepOpen.title, resultText: '' },
        ],
        next: [
          {
            fix: 'check-screen-time',
            title: 'Check Screen Time restrictions',
            chance: 0.42,
            minutes: 3,
            why: 'the plus is grey',
          },
          {
            fix: 'sign-out-in',
            title: 'Sign out of iCloud and in again',
            chance: 0.2,
            minutes: 10,
            why: 'it worked until an update',
            loses: 'photos that were not uploaded yet',
          },
          { fix: 'restart', title: 'Restart the device', chance: 0.1, minutes: 3, why: 'cheap' },
        ],
        ruledOut: [
          {
            fix: 'system-photo-library',
            title: 'Use the System Photo Library',
            why: 'on a Mac only',
          },
          {
            fix: 'stay-within-limits',
            title: 'Stay within the limits',
            why: 'the album has 214 photos',
          },
        ],
      },
    }),
    incidents:
      line.id === 'c-carl'
        ? [
            {
              title: 'iCloud Photos is slow',
              text: 'Apple works on it; uploads arrive hours late.',
              since: line.createdAt - 50 * minute,
            },
          ]
        : [],
    history:
      line.id === 'c-anna' || line.id === 'c-carl'
        ? [
            {
              id: 'c-old',
              createdAt: line.createdAt - 5 * 24 * 60 * minute,
              state: 'closed',
              symptom: 'Invitation never arrived',
            },
          ]
        : [],
  }
}

/** What people said of two cases, one with words and one without. */
export const ratings = (now: number): Rating[] => [
  {
    case: 'c-gus',
    person: 'Gus',
    score: 5,
    words: 'Quick, and she had read everything I tried before.',
    agent: { id: 'a-maria', name: 'Maria Conti' },
    at: now - 40 * 60_000,
  },
  {
    case: 'c-hana',
    person: 'Hana Novak',
    score: 2,
    agent: { id: 'a-omar', name: 'Omar Haddad' },
    at: now - 26 * 60 * 60_000,
  },
]
