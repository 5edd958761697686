import type { WholeMessage } from './small-talk-patterns'

const chat = '(?:chat|conversation|bot|app|service|site|page|window|line)'
const mine =
  '(?:my|our|this|the|these|any of my|any of this|all(?: of)? (?:my|this)|any|what i (?:say|type|write|said|typed|wrote|send|sent|tell you)|everything i (?:say|type|write)|it)'
const matter =
  '(?:data|info|information|messages?|chats?|conversations?|details|name|email|number|address|answers|password|passwords|location|history|words|questions?|stuff)'
const keeps =
  '(?:stor(?:e|es|ing|ed)|keep(?:s|ing)?|kept|sav(?:e|es|ing|ed)|record(?:s|ing|ed)?|log(?:s|ging|ged)?|collect(?:s|ing|ed)?|monitor(?:s|ing|ed)?|track(?:s|ing|ed)?|read(?:s|ing)?|listen(?:ing)?|watch(?:ing)?|spy(?:ing)?|sell(?:ing)?|remember(?:ing)?|shar(?:e|ing)|see(?:ing)?|access(?:ing)?|look(?:ing)?|delet(?:e|ing))'
const opening =
  '^(?:(?:hi|hey|hello|and|but|so|wait|ok|okay|sorry|question|just|first|before we start) )*'
const asks =
  '(?:who(?: else)?|what|which of you|does any ?(?:one|body)|can any ?(?:one|body)|is any ?(?:one|body)|is some ?(?:one|body)|can (?:apple|my (?:boss|employer|company|school|parents)|other people|others))'

/** Questions about the chat and the bot; album and photos in general are questions about sharing. */
export const aboutTheBot: readonly WholeMessage[] = [
  {
    kind: 'privacy',
    pattern: new RegExp(
      `\\b(?:is|are) (?:this|the|our|my|these|all this) (?:${chat}|messages?)?(?: ?(?:being|really|actually|completely|totally|even|all|100 percent))* ?(?:private|confidential|secure|encrypted|anonymous|recorded|logged|monitored|saved|stored|kept|safe(?= ?(?:chat|with you|to (?:tell|write|type|give|share)))|gdpr)\\b(?! (?:album|albums|to|in|on my|photo|photos|for))`,
    ),
  },
  {
    kind: 'privacy',
    pattern: new RegExp(
      `${opening}is (?:this|it|that|everything)(?: all)? (?:private|confidential|recorded|anonymous|secure|monitored|encrypted)(?: here| or not| or public| please)?$`,
    ),
  },
  {
    kind: 'privacy',
    pattern: new RegExp(
      `\\b(?:are|do|will|does|did|have|is|can|could|would) (?:you|this|the|it|apple|they|your company|any ?one|some ?one)(?: ${chat})?(?: guys| people)?(?: (?:being|even|really|actually|also|ever|going to|have|get))* ?${keeps} (?:at |to |on |through |in |me )?(?:${mine} )?(?:personal |private )?${matter}\\b(?! (?:on|in|from) (?:the|my) (?:album|phone|icloud))`,
    ),
  },
  {
    kind: 'privacy',
    pattern:
      /\b(?:(?:are|were) you (?:\w+ )?(?:storing|keeping|saving|seeing|looking (?:at|through)|watching|collecting|recording|copying|using|selling|downloading)|(?:do|will|did) you (?:\w+ )?(?:store|keep|see|look at|look through|copy|collect|sell|have access to|get access to|get to see)|(?:can|could) you (?:\w+ )?(?:see|access|look at|look into|view)|have you (?:got )?access to|has this (?:bot|chat|app) access to) (?:to )?(?:all )?(?:of )?(?:my|our|any|peoples|the) (?:\w+ )?(?:photos?|pictures?|pics?|albums?|phone|account|icloud|files?|screen|things)\b/,
  },
  {
    kind: 'privacy',
    pattern: new RegExp(
      `${opening}${asks} (?:\\w+ )?(?:reads?|reading|sees?|seeing|listens?|listening|watch(?:es|ing)?|gets?|has access|have access|looks?|recording|monitoring|monitors?) ?(?:at |to |in )?(?:this|these|that|it|in|my messages?|${mine} ?${matter}?|what i (?:say|type|write)|(?:this|our|the) ${chat})?(?: ${chat})?(?: here| chat| messages?)?$`,
    ),
  },
  {
    kind: 'privacy',
    pattern:
      /\b(?:what (?:do|will|are|does|happens?) (?:you |it |they |apple )?(?:do(?:ing)? |going to do |happen )?(?:with|to) (?:my|our|this|the|all my) (?:data|info|information|messages?|chats?|conversations?|details|answers)|where (?:is|are|does|do|will) (?:my|this|the|our) (?:data|info|information|messages?|chats?|conversations?)|(?:is|are) my (?:data|info|information|details|messages) (?:\w+ )?(?:safe|private|secure|protected|stored|kept|sold|shared|encrypted|used)|(?:delete|erase|forget|remove) (?:all )?(?:my data|this (?:chat|conversation)|my (?:messages|chat|conversation|details|information)|our (?:chat|conversation))|privacy (?:policy|notice|statement)|data protection|gdpr|who (?:reads|sees|gets|has access to) (?:this|these|my (?:messages|data|chat|words|details|information)|what i (?:say|write|type)))(?! (?:album|albums|photo|photos))\b/,
  },
  {
    kind: 'privacy',
    pattern: new RegExp(
      `${opening}(?:are|do|will|does) (?:you|this ${chat}|some ?one|any ?one) (?:(?:being|even|really|actually|also|ever|going to) )*(?:${keeps} (?:at |to |in )?(?:this|these|it|everything|what i (?:say|type|write|said|wrote|tell you)|on (?:me|us))|us(?:e|ing) (?:my|this|our|the|any) ${matter})(?: ${chat})?$`,
    ),
  },
  {
    kind: 'privacy',
    pattern: /\bare you going to (?:store|keep|save|sell|publish|copy) (?:my|our|the|these)\b/,
  },
  {
    kind: 'privacy',
    pattern:
      /^how (?:private|safe|secure|confidential) is (?:this|this chat|it here)$|^is what i (?:say|write|type|tell you)(?: here)? (?:private|confidential|safe|stored|recorded|saved)$|^(?:is|does|will) this (?:chat|conversation|bot) (?:being |be |get )?(?:recorded|saved|stored|logged|kept)$|^(?:privacy|confidential|what about (?:my )?privacy)$/,
  },
  {
    kind: 'identity',
    pattern:
      /^(?:(?:hi|hey|hello|wait|so|but|and|ok|okay|sorry|no|lol|just|tell me) )*(?:(?:who|what)(?: (?:exactly|the hell|on earth))? (?:are|is) (?:you|this|that)(?: exactly| again| even)?|(?:who|what) am i (?:talking|speaking|chatting|writing) (?:to|with)|(?:who|what) (?:made|built|created|programmed|owns) you|(?:do you have|have you got) a name|what is your name|introduce yourself|what (?:kind|sort|type) of (?:bot|robot|ai|person|thing|assistant) (?:are|is) (?:you|this)|(?:is|are) (?:there|this) (?:a |any |really a )?(?:\w+ )?(?:human|person|people|someone)(?: really)? behind (?:this|it|you|the (?:bot|chat|screen))|(?:bot|robot|human|person|machine|ai) or (?:bot|robot|human|person|machine|ai)|(?:are|r) (?:you|u) (?:really |actually |just |even |only |still )*(?:(?:a|an|the) )?(?:\w+ )?(?:bot|robot|chat ?bot|ai|a i|machine|computer|human|human being|person|man|woman|real|real one|alive|program|software|gpt|chatgpt|chat gpt|copilot|alexa|siri|employee|agent|people)(?: or (?:a |an |not |what |just )*(?:\w+ )?(?:bot|robot|ai|machine|computer|human|person|real|not|what))?|(?:am i|are we|i am) (?:really |actually |just )?(?:talking|speaking|chatting|writing) (?:to|with) (?:a |an |some |some kind of |real )*(?:\w+ )?(?:bot|robot|ai|machine|computer|human|human being|person|chat ?bot|program|someone real|real)(?: or (?:a |an |not )*(?:\w+ )?(?:bot|robot|ai|machine|computer|human|person|not)?)?|(?:is|are) (?:this|that|it|these) (?:really |actually |just |even )?(?:a |an |the )?(?:\w+ )?(?:bot|robot|chat ?bot|ai|machine|human|real person|person|automated|automatic|auto reply|(?:automated|automatic) (?:chat|reply|system|answers?)|real human)(?: or (?:a |an |not )*(?:\w+ )?(?:bot|robot|ai|machine|human|person|not)?)?|you are (?:just )?a (?:bot|robot|machine|computer)(?: right)?)(?: (?:or what|please|here|by the way|right|though))*$/,
  },
]

const before =
  '^(?:(?:no|oh|hi|hey|hello|sorry|actually|hm+|ok|okay|yes|yeah|yep|well|but|and|um|uh|damn|ugh|nope|sadly|unfortunately|wait|so|thanks|now|bad news|guess what) )*'
const after =
  '(?: (?:again|now|today|already|sadly|unfortunately|then|though|i am afraid|sorry|for me|at all|whatsoever|either|thumbsdown|help|this morning))*$'
const it =
  '(?:it|this|that|they|(?:the |my )?(?:same |old )?(?:problem|issue|error|trouble|thing|message|fault)s?)'

/** Whole messages about the trouble of before, and calls for whoever should answer. */
export const talkAround: readonly WholeMessage[] = [
  {
    kind: 'status',
    pattern:
      /^(?:(?:hi|hey|hello+|hallo|so|and|but|ok|okay|sorry|please|um|excuse me|well|thanks) )*(?:how (?:much )?long(?:er)?(?: now| more)?(?: (?:is|will|does|would) (?:it|this|that|the (?:wait|queue)|all this)(?: (?:take|be|last|going to (?:take|be)|normally take|usually take))?| (?:do|must|should|will) i (?:have to |need to )?wait| (?:until|till|before) (?:some ?(?:one|body)|any ?(?:one|body)|you|they|a (?:person|human)|an agent|i (?:get|hear)) .{0,40})?|how much more time|when (?:will|does|do|is|can|are) (?:you|i|some ?(?:one|body)|any ?(?:one|body)|they|the (?:agent|person|human|team)|a (?:person|human)|an agent) (?:\w+ ){0,4}(?:answer|answering|reply|replying|respond|come|coming|call|back|here|write|hear|help)(?: .{0,20})?|are you (?:still )?(?:there|here|alive|awake|listening|with me|working on it)|(?:you )?still (?:there|here)|you there|(?:is )?(?:any ?(?:one|body)|some ?(?:one|body))(?: (?:still )?(?:there|here|home|listening|around|available|coming|reading|alive|out there))?|hello any ?(?:one|body)|and now|what is (?:happening|going on|the status|taking so long)|any (?:news|updates?|progress|response|answer|reply)(?: (?:yet|on this|for me|please))?|no (?:answer|reply|response)(?: yet)?|how is (?:my|the) (?:case|ticket) (?:going|doing|coming along)|knock knock|status|did you (?:forget|leave)(?: me| about me)?|(?:i am )?(?:still )?waiting (?:for (?:an answer|a reply|a response|some ?(?:one|body)|a (?:person|human)|you|the (?:agent|person|human)|an agent)))(?: (?:please|there|yet|now|anyone|anybody|hello))*$/,
  },
  {
    kind: 'back_again',
    pattern: new RegExp(
      `${before}(?!back$)(?:${it} )?(?:(?:is|are|has|have|just|has just|have just) )*(?:back(?: again)?|come back|came back|(?:come|came|gone|went) back (?:again|to (?:how it was|square one|the same|before|not working))|returned|happened again|happening again|happens again|started again|starting again|did it again|doing it again|does it again|broke(?:n)? again|stopped working again|not working (?:again|any ?more)|stopped again)${after}`,
    ),
  },
  {
    kind: 'back_again',
    pattern: new RegExp(
      `${before}(?:${it} )?(?:(?:is|are|does|do|did|has|have|was) )*still (?:is |are |does |do |did |has |have )?(?:not (?:fixed|solved|resolved|sorted|working|work|better|right|gone|ok|okay|good|fine)|broken|nothing|the same(?: (?:problem|issue|thing|error))?|same(?: (?:problem|issue|thing|error))?|no (?:change|luck|difference|better|good|joy)|there|happening|happens|wrong|bad|a problem|an issue)${after}`,
    ),
  },
  {
    kind: 'back_again',
    pattern: new RegExp(
      `${before}(?:there is |i see |it made |made |makes )?(?:no|not any|zero) (?:change|changes|difference|improvement)${after}|${before}(?:nothing (?:has )?(?:changed|changes|helped|happened)|(?:exact |exactly |the )*same (?:problem|issue|thing|error|story|as before)(?: as before)?|(?:it|that|this) (?:did not|has not) (?:help(?:ed)?|work(?:ed)?|change(?:d)? (?:anything|a thing))|did not (?:help|work)|(?:it |that )?(?:is |was )?not fixed)${after}`,
    ),
  },
  {
    kind: 'back_again',
    pattern:
      /^(?:no |oh |sorry |wait |but |well |um |hm+ )*actually (?:no )?(?:it |that |this )?(?:is |does |did |has |are )?(?:still )?not (?:working|work|fixed|worked|solved|ok|fine|better|gone)(?: (?:again|any ?more|after all|now|yet|either))*$|^(?:it |that |this )?(?:is |does |did )?not (?:working|work|fixed) after all$/,
  },
]
