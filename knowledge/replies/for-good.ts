/** True when a plain reply that cannot do a fix says that this will not change: no such button, no computer, forbidden. */
export const isForGood = (plain: string): boolean =>
  always.some((pattern) => pattern.test(plain)) ||
  (lasting.some((pattern) => pattern.test(plain)) && !passing.test(plain))

const things =
  '(?:button|switch|option|setting|settings|menu|entry|toggle|thing|page|tab|field|section|icon|profile)'
const machines =
  '(?:mac|macbook|computer|pc|laptop|desktop|ipad|iphone|ipod|watch|apple tv|(?:other |another |second )device|cable)'

/** What holds whenever it is said. */
const always: readonly RegExp[] = [
  // There is no such thing, or it cannot be touched.
  /\b(?:grey|gray)(?:ed)?\b/,
  new RegExp(
    `\\b(?:no|not (?:a|an|any|the|that|this|such)|not (?:have|see|find|got)(?: got)? (?:a|an|any|the|that|this|such)) (?:(?:a|an|such|like|that|other|shared|albums?) ){0,3}${things}\\b`,
  ),
  new RegExp(
    `\\b${things} (?:\\w+ ){0,3}(?:missing|gone|unavailable|not (?:there|available|exist|visible|react|work))\\b`,
  ),
  /\bdoes not exist\b|\bno such\b|\bnothing (?:like that|by that name|called)\b|\bnowhere to be found\b/,
  /\bnot (?:in|on) (?:the|my|this) (?:list|menu|settings|phone|iphone|ipad|mac|device|version|\w+ app)\b/,
  /\bnot an option\b|\bnot (?:clickable|visible)\b/,
  /\b(?:mine|(?:my|this) (?:phone|iphone|ipad|mac|version|settings|model)) (?:does|do) not (?:have|support|show|offer|get)\b/,
  /\b(?:too|so) old\b|\bnot (?:\w+ )?updated? (?:it )?any ?more\b|\blast (?:update|version) it gets\b/,
  // Somebody forbids it.
  /\b(?:blocked|locked|restricted|managed|forbidden|prohibited|disabled by)\b/,
  /\b(?:company|school|work|employer|boss|admin|administrator|it|organi[sz]ation|parents?|mdm|screen time|parental controls?)(?: department| team)? (?:does not|do not|will not|never) (?:allow|let|permit|want)\b/,
  /\b(?:company|school|employer|boss|admin|administrator|mdm|screen time|parental controls?)(?: department| team)? (?:is |are |has |have )?(?:blocks?|blocking|stops?|forbids?|prevents?|disables?)\b/,
  /\bnot (?:allowed|permitted)\b|\bno (?:permission|rights|admin rights)\b|\bnot (?:the|an) admin\b|\bnot have (?:the )?(?:permission|rights|admin rights)\b/,
  /\bnever (?:be able|possible|will|owned|had an?)\b|\bcan never\b/,
]

/** What holds unless it is said of the moment. */
const lasting: readonly RegExp[] = [
  new RegExp(
    `\\b(?:not (?:own|have)|not got|no|without|sold)(?: got)? (?:a |an |any |my |the |that |own )*(?:\\w+ )?${machines}\\b`,
  ),
  /\bnot own (?:one|any)\b|\bonly (?:have|own|got) (?:a|an|one|my|this) (?:\w+ )?(?:phone|iphone|ipad|tablet)\b|\bhave only (?:a|an|one|my|this)\b/,
  /\b(?:not (?:there|available)|unavailable|is (?:missing|hidden)|there is (?:none|not (?:one|any)))\b|^missing\b/,
  /\bimpossible\b|\bnot possible\b|\bno way (?:to|i can)\b/,
  /\b(?:can|could|did|do) not (?:find|see) (?:it|that|this|one|any|such|the|where|shared)\b|^(?:can|could|did) not find$/,
  /\bnot let me\b/,
]

/** What will pass: a place, a time. */
const passing =
  /\b(?:now|at the moment|today|tonight|tomorrow|later|yet|at (?:work|school|the office|home)|when i|until|with me|around|at hand|here|in (?:a|the) (?:meeting|car|train|bus|class)|on (?:the|a) (?:bus|train|road|go|call|plane)|driving|busy|this (?:week|evening|afternoon)|(?<!screen )time|next week)\b/
