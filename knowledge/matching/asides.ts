/**
 * What a message says besides its trouble: fixes that were tried, things that are fine, causes that it rules out.
 * They name batteries and Wi-Fi as loudly as a trouble does, so they must not vote on the symptom.
 */
export interface Asides {
  /** The message without its asides; empty when it has nothing else. */
  without(plain: string): string
  /** Fixes that the message says were tried, by id. */
  tried(plain: string): readonly string[]
}

/** `readTried` reads the fixes that one clause says were tried. */
export function createAsides(readTried: (plain: string) => readonly string[]): Asides {
  const isAside = (part: string): boolean =>
    part === '' ||
    fine.test(part) ||
    ruledOut.test(part) ||
    triedAll.test(part) ||
    (part.split(' ').length <= SHORT && !goesOn.test(part) && readTried(part).length > 0)

  function withoutAsides(clause: string): string {
    if (isAside(clause)) return ''
    const [first = '', ...rest] = clause.split(/ (and|but|though) /)
    const kept = isAside(first) ? [] : [first]
    for (let at = 0; at < rest.length; at += 2) {
      const part = rest[at + 1] ?? ''
      if (!isAside(part)) kept.push(...(kept.length > 0 ? [rest[at] ?? ''] : []), part)
    }
    return kept.join(' ')
  }

  return {
    without(plain) {
      const clauses = claimsOf(plain)
      const kept = clauses
        .map(({ clause, listed }) => (listed ? '' : withoutAsides(clause)))
        .filter((clause) => clause !== '')
      const isWhole =
        kept.length === clauses.length && kept.every((clause, at) => clause === clauses[at]?.clause)
      return isWhole ? plain : kept.join(' , ')
    },
    tried(plain) {
      const told = claimsOf(plain).map(({ clause, listed }) =>
        listed ? `tried ${clause}` : clause,
      )
      return [...new Set([...readTried(plain), ...readTried(told.join(' , '))])]
    },
  }
}

interface Clause {
  readonly clause: string
  /** An item of a list of tried things: "tried everything: restart, wifi, reset network". */
  readonly listed: boolean
}

/** The clauses of a message, with a cut before each claim ("… since monday already restarted"). */
function claimsOf(plain: string): Clause[] {
  const clauses = plain.replace(claimStart, ' , ').split(/ ?, /)
  let inList = false
  return clauses
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map((clause) => {
      const isItem = clause.split(' ').length <= LONGEST_ITEM && !trouble.test(clause)
      const listed = inList && isItem
      inList = listHead.test(clause) || listed
      return { clause, listed }
    })
}

/** "Restarted twice already": so few words that name a fix say nothing else. */
const SHORT = 7
const LONGEST_ITEM = 3
/** "Rebooted still waiting": after the deed comes the trouble. */
const goesOn =
  /\w still (?:\w+ )*(?:waiting|stuck|not|no|updating|missing|gone|empty|blank|nothing)\b/

const claimStart =
  / (?=(?:i |we |have |i have |we have )?already (?:restarted|rebooted|tried|turned|switched|updated|reset|checked|signed|logged|toggled|reinstalled|closed)\b|(?:i |we |i have |we have )(?:tried|restarted|rebooted|reinstalled|toggled)\b)/g

const listHead = /^(?:(?:i|we|and|but|have|had|has|already|also|so|far) )*(?:tried|did|done)\b/
const trouble =
  /\b(?:not|no|never|nothing|stuck|still|missing|gone|empty|waiting|updating|blank|frozen|album|albums|photo|photos|pics|pictures|invite|invitation)\b/

const triedAll =
  /^(?:(?:i|we|and|but|have|had|has|already|also|literally|just|so|far) )*(?:tried|did|done) (?:everything|it all|all (?:that|this|of (?:that|it|this)|the (?:usual|steps|fixes|tricks))|lots|a lot|loads|most things|many things)(?: (?:already|else|i (?:can|could) think of|on (?:the|your) (?:list|page|internet)|twice))*$/

const good =
  '(?:fine|ok|okay|good|great|perfect|strong|charged|working|not the (?:problem|issue|cause|reason))'
const fine = new RegExp(
  `^(?!.*\\b(?:nothing|nobody|none|never|not (?!the))\\b)(?:\\w+ ){1,5}(?:is|are|was|were|seems?|looks?|works?) (?:(?:all|both|totally|perfectly|completely|absolutely|definitely|just|working|also) )*${good}(?: (?:too|though|here|now|everywhere|otherwise|for (?:me|everything else|other things|other apps)))?$|^(?:\\w+ ){0,2}(?:wifi|internet|connection|network|data|everything else|other apps?|safari|web ?sites?) works?$`,
)

const causes =
  '(?:battery|power|low power mode|charger|wifi|wi fi|internet|network|connection|signal|router|mobile data|data|vpn|storage|space|memory|account|apple id|password|phone|device|ipad|iphone|mac|screen time|settings?|update|version|icloud|apple|server|servers|outage|firewall)'
const ruledOut = new RegExp(
  `^(?:(?:and|but|so|i (?:am sure|know|think|do not think)|that|it|this|the (?:problem|issue|cause)|is|are|was|its|has|definitely|certainly) )*(?:not|nothing to do with|not (?:because|about)(?: of)?) (?:(?:because|about|due|down|of|to|the|my|our|a|an|any|in|on|low|with) )*${causes}(?: (?:mode|problem|issue|either|or|nor|the|my|at|all|${causes}))*$`,
)
