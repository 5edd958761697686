import type { Device, Facts, Role, Scope } from '../words'
import {
  devicePatterns,
  factWords,
  relatives,
  rolePatterns,
  scopePatterns,
  systemNames,
} from './fact-patterns'
import { clausesOf, normalise } from './normalise'
import { createListRepair } from './repair'

/** The question that a message answers, if any: a bare "18" or "mine" means something only as an answer. */
export type FactQuestion = 'device' | 'system' | 'role' | 'scope'

/** Reads device, system version, role and scope out of a message; what is not said is absent. */
export function readFacts(text: string, asked?: FactQuestion): Facts {
  const plain = normalise(text).split(' ').map(repair).join(' ')
  const facts = {
    device: readDevice(plain, asked),
    system: readSystem(plain, asked),
    role: readRole(plain, text, asked),
    scope: readScope(plain, asked),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

/** True when every word names a device or a system or helps to do so: "work iphone ios 17", "on my mac". */
export function isFactsOnly(plain: string): boolean {
  let left = ` ${plain} `
  for (const { pattern } of devicePatterns) left = left.replaceAll(global(pattern), ' ')
  left = left.replaceAll(global(numberedSystem), ' ').replaceAll(global(namedSystem), ' ')
  const words = left.split(' ').filter((word) => word !== '' && word !== ',')
  return (
    left !== ` ${plain} ` &&
    words.every((word) => fillers.has(word) || relative.test(word) || /^[\d.]+$/.test(word))
  )
}

/**
 * The clauses that say more than which device it is, without the system's version: it picks steps, not symptoms.
 * The newest systems stay, since they brought albums of a new style.
 */
export function withoutFacts(plain: string): string {
  return clausesOf(plain)
    .filter((clause) => !isFactsOnly(clause))
    .map((clause) =>
      clause.replaceAll(systemMention, (mention) => (newStyle.test(mention) ? mention : ' ')),
    )
    .map((clause) => clause.replace(/\s+/g, ' ').trim())
    .filter((clause) => clause !== '')
    .join(' , ')
}

function readDevice(plain: string, asked?: FactQuestion): Device | undefined {
  const all = devicePatterns.flatMap(({ device, pattern, mineOnly }) =>
    [...plain.matchAll(global(pattern))]
      .map((match) => ({
        device,
        before: plain.slice(0, match.index),
        after: plain.slice(match.index + match[0].length),
      }))
      .filter(({ before, after }) => !peopleAfter.test(after) && !hasNone.test(before))
      .filter(
        ({ before }) =>
          !mineOnly || asked === 'device' || plain.split(' ').length <= 3 || myDevice.test(before),
      ),
  )
  // "My kids ipad can not join" is about that iPad unless a device of one's own is named too.
  const own = all.filter(({ before }) => !othersDevice.test(before))
  const mentions = own.length > 0 ? own : all.filter(({ before }) => familyDevice.test(before))
  const named = new Set(mentions.map((mention) => mention.device))
  if (named.size <= 1) return mentions[0]?.device
  // "It shows on my ipad but not on my iphone": the trouble is where it does not work.
  const missing = mentions.filter(({ before }) => notOn.test(before))
  if (missing.length === 1) return missing[0]?.device
  // "Not on my iphone" may be said at length; what is left beside "works on my ipad" is the one.
  const left = new Set(
    mentions.filter(({ before }) => !worksOn.test(before)).map(({ device }) => device),
  )
  return left.size === 1 ? [...left][0] : undefined
}

/** "I don't have a Mac", "no iPad here": a device that nobody holds. */
const hasNone =
  /\b(?:(?:do|does|did) not (?:have|own|use)|have not got|(?:have|has|got|there is|we have|i have) no|without|^no)(?: an?| any| the| my)? $/

function readSystem(plain: string, asked?: FactQuestion): string | undefined {
  const numbered = numberedSystem.exec(plain)
  if (numbered?.groups) return numbered.groups['version']
  const named = namedSystem.exec(plain)
  if (named) return systemNames[named[1] ?? '']
  if (asked !== 'system')
    return /\b(?:running|version|on|updated to) (\d{2})\.\d+(?:\.\d+)?\b/.exec(plain)?.[1]
  const bare = /(?:^|[^.\d])(\d{2})(?:\.\d+)*(?=$|[^.\d])/.exec(withoutModel(plain))
  if (bare) return bare[1]
  return unknowing.test(plain) ? 'unknown' : undefined
}

/** "iPhone 14" and "14 pro" are models; their number says nothing about the system. */
const withoutModel = (plain: string): string =>
  plain
    .replace(/\biphone \d{1,2}(?![.\d])/g, ' ')
    .replace(/\b\d{1,2} (?:pro|plus|max|mini)\b/g, ' ')

function readRole(plain: string, text: string, asked?: FactQuestion): Role | undefined {
  const rule = rolePatterns.find(
    (candidate) => (!candidate.asked || asked === 'role') && candidate.pattern.test(plain),
  )
  if (rule) return rule.role
  // "John's": any name with a possessive, which the plain form no longer shows.
  return asked === 'role' &&
    /\p{L}['’]s\b/u.test(text) &&
    !/\b(it|that|he|she|what)['’]s\b/i.test(text)
    ? 'member'
    : undefined
}

function readScope(plain: string, asked?: FactQuestion): Scope | undefined {
  return scopePatterns.find(
    (candidate) => (!candidate.asked || asked === 'scope') && candidate.pattern.test(plain),
  )?.scope
}

const numberedSystem =
  /\b(?:ios|ipados|ipad os|macos|mac os x|mac os|osx|os x|tvos|windows|win) ?(?:version )?(?<version>\d{1,2})(?:\.[\dx]+)*\b/
const namedSystem = new RegExp(`\\b(?:mac ?os )?(${Object.keys(systemNames).join('|')})\\b`)

/** Said of the device; "since ios 18" tells of a cause and stays. */
const systemMention = new RegExp(
  `(?:\\b(?:with|using|running|runs|has|have)|(?<=\\b(?:iphone|ipad|ipod|mac|macbook|imac|phone)(?: (?:\\d{1,2}|se|x|xr|xs|pro|max|plus|mini|air))*)) (?:${numberedSystem.source}|${namedSystem.source})`,
  'g',
)
const newStyle = /\b(?:2[7-9]|[3-9]\d)\b/

const othersDevice =
  /\b(?:her|his|their|hers|theirs|\w{3,}s|friend|sister|brother|wife|husband|mom|mum|dad|people with|someone with|friends with|for|via) (?:an? |old |new )*$/
const familyDevice = new RegExp(
  `\\b(?:my|our|the) (?:\\w+ )?(?:${relatives})s (?:old |new |work )?$`,
)
const peopleAfter = /^ (?:users?|people|friends?|owners?|phones users?)\b/
const myDevice =
  /\b(?:my|i have(?: got)?|i have an?|i use|using|i am on|am on|on) (?:an? |my |new |old |work )*$/
const notOn =
  /\b(?:not|never|nothing|missing|empty|gone)(?: \w+){0,2} (?:on|in|from) (?:my |the |our |this |new |old |other )*$/
const worksOn =
  /(?<!\bnot |\bnot \w+ )\b(?:works?|working|worked|fine|ok|okay|perfect|perfectly|there|shows?|visible|loads?|see (?:it|them|everything))(?: \w+){0,2} (?:on|in) (?:my |the |our |this |new |old |other )*$/
const unknowing =
  /\b(?:not (?:sure|know|certain)|no (?:idea|clue)|unknown|unsure|whatever|latest|newest|up to date|can not (?:say|tell|find)|how (?:do|can) i)\b/

const repair = createListRepair(factWords)

const relative = new RegExp(`^(?:${relatives})s?$`)
const fillers = new Set(
  'i we am is it have has got a an the my our on in with using use used running work works school company personal private new old pro max plus mini air se and both version it generation gen model touch laptop desktop computer phone tablet device this from home too also x os'.split(
    ' ',
  ),
)

const global = (pattern: RegExp): RegExp =>
  new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`)
