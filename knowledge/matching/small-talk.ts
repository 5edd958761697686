import { ordinaryWords } from './ordinary-words'
import type { ReadingKind } from './reading'

type SmallTalk = Exclude<ReadingKind, 'symptom' | 'off_topic' | 'unknown'>

/** The kind of a message that describes nothing: a greeting, a command, a wish for a person, only marks such as "??". */
export function smallTalkOf(
  plain: string,
  isKnown: (word: string) => boolean,
): SmallTalk | undefined {
  const bare = plain.replaceAll(' ,', '').replace(politeness, ' ').replace(/\s+/g, ' ').trim()
  if (plain === '') return 'nonsense'
  if (wantsPerson(plain)) return 'human'
  const whole = wholeMessages.find(({ pattern }) =>
    pattern.test(bare || plain.replaceAll(' ,', '')),
  )
  if (whole) return whole.kind
  return isNonsense(plain, isKnown) ? 'nonsense' : undefined
}

/** True when the message asks for a human being. */
export const wantsPerson = (plain: string): boolean =>
  personWishes.some((wish) => wish.test(plain)) &&
  !aboutOthers.test(plain) &&
  !wantsNone.test(plain)

/** "I don't want to talk to a person", "no human please". */
const wantsNone =
  /\b(?:do not|not) (?:want|need|wish|like) (?:to )?(?:\w+ ){0,3}(?:person|people|human|agent|someone|anyone|anybody|somebody)\b|^no (?:human|person|people|agents?)\b/

/** The message without a greeting before or thanks after what it says. */
export const withoutManners = (plain: string): string =>
  plain.replace(openings, '').replace(closings, '') || plain

const politeness =
  /\b(?:please|there|bot|fixladder|everyone|team|all|guys|so much|very much|a lot|a million|again|now)\b/g

const wholeMessages: readonly { kind: SmallTalk; pattern: RegExp }[] = [
  {
    kind: 'greeting',
    pattern:
      /^(?:hi+|hey+|hello+|helo|hallo|hiya|yo|good ?(?:morning|afternoon|evening|day)|morning|evening|greetings|howdy|sup|what is up|how are you(?: doing| today)?|(?:hi|hey|hello) (?:hi|hey|hello|how are you|good (?:morning|afternoon|evening)))$/,
  },
  {
    kind: 'thanks',
    pattern:
      /^(?:(?:ok|okay|great|perfect|cool|nice|good|oh|awesome|brilliant|super|many|big|no) )*(?:thanks?(?: you)?|thankyou|cheers|much appreciated|appreciated|thumbsup|ta|that is (?:great|kind|nice|helpful)|you are (?:great|the best|awesome)|great|perfect|cool|nice|awesome|brilliant|ok|okay|k)(?: (?:mate|for (?:your|the|all)(?: your| the)? help|for helping|for that|bye|thumbsup|you))*$/,
  },
  {
    kind: 'goodbye',
    pattern:
      /^(?:(?:ok|okay|thanks|good) )*(?:good ?bye|bye+|bye bye|see (?:you|ya)(?: later)?|cya|later|good ?night|have a (?:nice|good|great) (?:day|one|evening|weekend)|take care|ciao)$/,
  },
  {
    kind: 'help',
    pattern:
      /^(?:(?:i need |can you |could you |i want |need |some |give )*(?:help|support|assistance)(?: me)?(?: out)?|what can (?:you|i) (?:do|ask)(?: for me)?|what do you do|who are you|what are you|are you (?:a |an )?(?:ro)?bot|are you (?:a )?(?:human|real)(?: person)?|how does this work|how do you work|menu|commands?|options?|info|i have a (?:problem|question|issue)|i have got a (?:problem|question|issue)|sos|start|get started|begin)$/,
  },
  {
    kind: 'stop',
    pattern:
      /^(?:stop(?: it| this| bot| messaging me)?|cancel(?: it| this| that)?|quit|exit|end(?: chat| conversation| it| this)?|close(?: chat| this| it)?|forget(?: about)? it|never ?mind|leave it|enough|shut up|go away|abort|i give up|no more questions)$/,
  },
  {
    kind: 'restart',
    pattern:
      /^(?:start (?:over|again|anew|new|from the (?:start|beginning|top))|restart(?: chat| conversation| the (?:chat|conversation))?|begin again|start a new (?:chat|conversation|case)|new (?:chat|conversation|problem|question|case|topic)|from the beginning|reset(?: chat| conversation)?|another (?:problem|question|issue)|something else|main menu|home)$/,
  },
]

const personWishes: readonly RegExp[] = [
  /\b(?:talk|speak|chat|connect|transfer|put|get|give|want|need|call|let|reach|contact|have|like|prefer|through|is there)\b(?: \w+){0,5} (?:human(?: being)?|live agent|agent|real (?:person|human|one)|actual (?:person|human)|operator|representative|rep|advis[oe]r|customer (?:service|care|support)|support (?:agent|team|person|staff)|(?:your|a) colleague|(?:your|a|the) (?:team|supervisor|staff|technician))\b/,
  /\b(?:talk|speak|chat|connect|transfer)(?: me)?(?: \w+)? (?:to|with) (?:(?:some|any)(?:one|body)|(?:a|an|another|some) \w*\s?(?:person|people|human|man|woman|expert)|you guys|support|it)\b/,
  /^(?:a |an |real |live |the |actual |get |want |need |i )*(?:human(?: being)?|agent|person|operator|representative|real person|live chat|someone real|customer (?:service|care|support)|support agent|helpdesk|help desk)(?: please| now| help| , please)?$/,
  /\b(?:not|no|instead of|rather than|hate|stop) (?:a |an |this |talking to a |want a |stupid )*(?:bot|robot|machine|chatbot)\b/,
  /\bhuman (?:please|now|support|help|being)\b/,
  /\b(?:call me|phone me|ring me|phone number|ticket|escalate|complaint)\b.{0,20}$/,
]
/** "Can not get my friend to ..." and the like are about other people, not about us. */
const aboutOthers =
  /\b(?:album|albums|photo|photos|invite|invitation|invited|picture|pictures|subscriber)\b/

const openings =
  /^(?:(?:hi+|hey+|hello+|hiya|dear|good (?:morning|afternoon|evening|day)|thumbsup|morning|thanks|there|all|team|guys|everyone|bot|support|sorry|so|ok|okay|well|um|please|help|can you help(?: me)?|could you help(?: me)?|i need help(?: with)?|i have a (?:problem|question)(?: with| about)?)\b[ ,]*)+(?=\w)/
const closings =
  /(?:[ ,]+\b(?:thanks?|thank you|please|please help(?: me)?|help(?: me)?(?: please)?|any (?:ideas|help|advice|suggestions)(?: please)?|can you help(?: me)?|what (?:can|should|do) i do(?: now)?|cheers|thumbsup|in advance|so much|very much))+$/

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
