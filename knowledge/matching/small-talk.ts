import { aboutTheBot, talkAround } from './bot-talk-patterns'
import { isCrisis } from './crisis'
import { isOtherLanguage } from './language'
import { ordinaryWords } from './ordinary-words'
import {
  closings,
  feelings,
  openings,
  personWishes,
  wholeMessages,
  type SmallTalk,
} from './small-talk-patterns'

/** The kind of a message that describes nothing: a greeting, a command, a wish for a person, only marks such as "??". */
export function smallTalkOf(
  text: string,
  plain: string,
  isKnown: (word: string) => boolean,
): SmallTalk | undefined {
  if (text.trim() === '') return 'empty'
  if (isCrisis(plain)) return 'crisis'
  if (isOtherLanguage(text, isKnown)) return 'language'
  if (plain === '') return 'nonsense'
  const said = plain.replaceAll(' ,', '')
  const aboutBot = aboutTheBot.find(({ pattern }) => pattern.test(said))
  if (aboutBot) return aboutBot.kind
  if (wantsPerson(plain)) return 'human'
  if (calledAgain.test(text.trim())) return 'status'
  const around = talkAround.find(({ pattern }) => pattern.test(said))
  if (around) return around.kind
  const bare = said.replace(politeness, ' ').replace(/\s+/g, ' ').trim()
  const whole = wholeMessages.find(({ pattern }) => pattern.test(bare || said))
  if (whole) return whole.kind
  return isNonsense(plain, isKnown) ? 'nonsense' : undefined
}

/** "Hello?" calls somebody who does not answer; "hello" greets. */
const calledAgain = /^(?:hell?o+|hallo|hey)[\s.]*(?:\?[\s?!.]*|!*\?[\s?!.]*)$/i

/** True when the message asks for a human being. */
export const wantsPerson = (plain: string): boolean =>
  personWishes.some((wish) => wish.test(plain)) && !aboutOthers.test(plain) && !wantsNobody(plain)

/** True when it says that none is wanted. */
export const wantsNobody = (plain: string): boolean => wantsNone.test(plain)

/** "I don't want to talk to a person", "no human please". */
const wantsNone =
  /\b(?:do not|not) (?:want|need|wish|like) (?:to )?(?:\w+ ){0,3}(?:person|people|human|agent|someone|anyone|anybody|somebody)\b|^no (?:human|person|people|agents?)\b|\bno (?:more )?need (?:for|of) (?:a |an |any )?(?:person|people|human|agent|someone|anyone|anybody|somebody)\b/

/** What the message says of how the person feels, as said: "driving me mad". */
export const feelingsIn = (plain: string): string[] => [
  ...new Set([...plain.matchAll(feelings)].map(([said]) => said.trim()).filter(Boolean)),
]

/** The message without a greeting before, thanks after and feelings about what it says. */
export const withoutManners = (plain: string): string =>
  tidy(plain.replace(feelings, ' ')).replace(openings, '').replace(closings, '') || plain

const tidy = (plain: string): string =>
  plain
    .replace(/\s+/g, ' ')
    .replace(/^[ ,]+|[ ,]+$/g, '')
    .replace(/(?: ,)+/g, ' ,')

const politeness =
  /\b(?:please|there|bot|fixladder|everyone|team|all|guys|so much|very much|a lot|a million|again|now)\b/g

/** "Can not get my friend to ..." and the like are about other people, not about us. */
const aboutOthers =
  /\b(?:album|albums|photo|photos|invite|invitation|invited|picture|pictures|subscriber)\b/

/** No letters at all, or only words that no language would have. Other alphabets are not judged. */
function isNonsense(plain: string, isKnown: (word: string) => boolean): boolean {
  if (!/\p{L}/u.test(plain)) return !/\d/.test(plain) || plain.length > 12
  const words = plain.split(' ').filter((word) => word !== ',' && /[a-z]/.test(word))
  if (words.length === 0 || words.length > 3) return false
  return words.every((word) => !isKnown(word) && !ordinaryWords.has(word) && looksMashed(word))
}

const keyRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'poiuytrewq', 'lkjhgfdsa', 'mnbvcxz']

function looksMashed(word: string): boolean {
  if (word.length === 1) return true
  if (/^(.{1,3})\1{2,}$/.test(word)) return true
  if (word.length >= 4 && !/[aeiouy]/.test(word)) return true
  if (/[bcdfghjklmnpqrstvwxz]{5,}/.test(word)) return true
  return keyRows.some((row) =>
    Array.from({ length: row.length - 3 }, (_, at) => row.slice(at, at + 4)).some((run) =>
      word.includes(run),
    ),
  )
}
