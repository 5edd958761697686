import { relatives } from './fact-patterns'

/**
 * True when a normalised message speaks of killing or harming oneself, or of somebody in danger.
 * A false alarm costs one sentence and a miss may cost more, so doubtful wording counts.
 */
export const isCrisis = (plain: string): boolean => {
  const said = plain.replaceAll(' ,', '')
  return signs.some((sign) => sign.test(said))
}

const people = `(?:some ?one|some ?body|he|she|they|a (?:man|guy|woman|stranger)|my (?:\\w+ )?(?:ex|step ?dad|step ?mom|step ?mum|${relatives}))`
const us = `(?:me|us|him|her|them|my ?self|a (?:child|kid|girl|boy|woman)|(?:my|our|the) (?:kids|children|baby|${relatives}))`
const harming =
  '(?:hurt(?:s|ing)?|hit(?:s|ting)?|beat(?:s|ing|en)?|abus(?:es?|ed|ing)|threaten(?:s|ed|ing)?|rap(?:es?|ed|ing)|molest(?:s|ed|ing)?|attack(?:s|ed|ing)?|stalk(?:s|ed|ing)?|strangl(?:es?|ed|ing)|chok(?:es?|ed|ing)|assault(?:s|ed|ing)?|kidnap(?:s|ped|ping)?)'
const to = '(?:to|too|2)'

const signs: readonly RegExp[] = [
  // Oneself.
  /\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|shoot(?:ing)?|hang(?:ing)?|drown|poison|stab|end|off) ?my ?self\b(?! (?:off|out))/,
  /\b(?:suicid\w*|sucid\w*|suiside|kms|unalive|self ?harm(?:ing)?|overdos(?:e|ed|ing))\b/,
  /\b(?:end(?:ing)?|tak(?:e|ing)) (?:my (?:own )?life|it all)\b|\bwant (?:it|this|everything) (?:all )?to (?:end|be over)\b|\b(?:no ?one|no ?body) would (?:miss me|care if i)\b/,
  new RegExp(
    `\\b(?:want|wants|wanting|wish|ready|plan|planning|rather|like|better off) ?(?:(?:${to} )?die|${to} be dead|i (?:was|were|am) (?:dead|never born)|be dead|dying|dead)\\b`,
  ),
  /\b(?:i wish i could die|i (?:just )?wanna die|i am (?:going to die|dying)$|better off without me|cut my wrists?|jump off (?:a|the) (?:bridge|roof|building))\b/,
  new RegExp(
    `\\b(?:not|no longer) want ${to} (?:live(?! (?:in|photo|on|with))|be alive|exist|wake up|be here any ?more)\\b`,
  ),
  /\b(?:no (?:reason|point|will) (?:to live|(?:in )?living|to go on)|nothing (?:left )?to live for|tired of (?:living|life|being alive)|life is not worth|can not go on (?:living|any ?more)|can not live any ?more)\b/,
  /\b(?:took|swallowed|taken) (?:too many|all (?:of )?(?:my|the)|a lot of|a bottle of|loads of) (?:pills|tablets|meds|medication|paracetamol)\b/,

  // Others, and danger from others. "My wife will kill me" is a way of speaking, "tries to kill me" is not.
  new RegExp(`\\b${people} (?:\\w+ ){0,3}?${harming} ${us}\\b(?! (?:to it|up with))`),
  /\b(?:some ?one|some ?body|he|she|they|a man|a guy) (?:is |are )?(?:going to|will|about to) (?:kill|hurt|harm|shoot|stab|rape|beat) (?:me|us|him|her|them|my)\b|\b(?:some ?one|some ?body|a (?:man|guy|stranger|burglar)) (?:is )?(?:in|broke into|breaking into|inside) (?:my|our|the) (?:house|home|flat|apartment|room)\b/,
  new RegExp(
    `\\b(?:threaten(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|wants?) ${to} (?:kill|hurt|harm|rape|shoot|stab) ${us}\\b`,
  ),
  new RegExp(
    `\\bi (?:\\w+ ){0,2}(?:want|going|need|plan|planning|feel like) ?(?:${to} )?(?:kill|hurt|hurting|killing|harm|shoot|stab|murder) (?:him|her|them|some ?(?:one|body)|people|every(?:one|body)|my (?:${relatives}))\\b`,
  ),
  new RegExp(
    `\\b(?:i am|we are|${people} (?:is|are)|(?:my|her|his) (?:life|baby|kids|children) (?:is|are)|(?:kid|child|children|baby) (?:is|are)) in (?:\\w+ )?danger\\b`,
  ),
  new RegExp(`\\b${people} (?:has|have|got|is holding|pulled) (?:got )?a (?:gun|knife|weapon)\\b`),
  /\b(?:i am|we are) (?:not safe|unsafe|being (?:abused|attacked|followed|stalked|beaten|held))\b|\bi (?:do not|never) feel safe\b|\b(?:domestic violence|child abuse|sexual(?:ly)? (?:abuse|assault)\w*|call (?:911|999|112|the police|an ambulance))\b/,

  // The commonest ways to say it in other languages, which would else only be told that we speak English.
  /\b(?:selbstmord|umbringen|nicht mehr leben|will sterben|zelfmoord|wil (?:dood|sterven)|je veux mourir|me tuer|quiero morir(?:me)?|matarme|voglio morire|uccidermi|quero morrer|me matar)\b/,
]
