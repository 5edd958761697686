import type { Label, QuestionKind } from './understood'

/**
 * How people answer, on normalised text (lower case, "can not" written out, " , " between clauses).
 * Rules are tried from top to bottom; a rule that fits takes its words away from the rules below it,
 * so "no more spinning" is a yes before anything can see the "no". The strongest label wins.
 */
export interface Rule {
  readonly label: Label
  /** 3 says it outright, 2 says it, 1 hints at it. */
  readonly strength: number
  readonly pattern: RegExp
  /** The questions at which the rule holds; by default all. */
  readonly at?: readonly QuestionKind[]
}

const trouble =
  'spinning|spinner|stuck|waiting|error|errors|message|grey|greyed|missing|blank|frozen|freezing|crash|crashing|crashes|problem|problems|issue|issues|trouble|wheel|updating|uploading|gone|empty|broken'
const works =
  'works?|worked|working|helps?|helped|fixed|solved|resolved|sorted|cured|(?:that|this|which) did it|did the trick|done the trick|(?:that|this) does it'

export const rules: readonly Rule[] = [
  // "Go on" agrees to an offer; after a rung it asks for the next one.
  {
    label: 'yes',
    strength: 4,
    pattern:
      /^(?:(?:yes|ok|okay|please|sure)(?: ,)? )*(?:go on|go ahead|continue|carry on|keep going|proceed)(?: please)?$/,
    at: ['consent', 'later', 'send'],
  },

  // Commands and wishes that are the whole message.
  {
    label: 'restart',
    strength: 4,
    pattern:
      /^(?:please )?(?:start (?:over|again|anew|from the (?:start|beginning))|restart(?: chat| conversation| please)?|begin again|new (?:chat|conversation))(?: please)?$/,
  },
  {
    label: 'stop',
    strength: 4,
    pattern:
      /^(?:please )?(?:stop(?: it| this| now| please)?|quit|exit|cancel(?: it| this)?|end(?: chat| conversation| it)?|abort|forget (?:about )?it|never ?mind|i give up|enough|leave it|shut up|go away)$/,
  },
  {
    label: 'help',
    strength: 4,
    pattern:
      /^(?:help|help me|help please|please help|i need help|need help|menu|what can you do|what can i (?:say|do|type|write)|options|commands|info)$/,
  },
  {
    label: 'go_back',
    strength: 4,
    pattern:
      /\b(?:go back(?: one| a step| please)?(?! (?:to work|home))|^back(?: please| up)?$|(?:the )?(?:previous|last) (?:step|one|question|fix|thing)|one step back|step back|undo|say (?:that|it) again|repeat(?: that| it| please)*|show (?:me )?(?:that|it|the last one) again)\b/,
  },
  {
    label: 'next',
    strength: 4,
    pattern:
      /^(?:(?:no|ok|okay|yes|yeah|well|just|please|can we|let us|and)(?: ,)? )*(?:next(?: one| step| fix| please| thing| idea)*|skip(?: it| this| that| this one| that one| ahead| please)*|move on|go on|continue|carry on|what (?:else|is next|now|next)|whats next|anything else(?: i can try)?|another (?:one|idea|fix|way)|(?:try )?something (?:else|different)|pass|keep going|proceed to next)(?: please)?$/,
  },

  // Done before: stands above "yes" and "no" since it often holds one of them.
  {
    label: 'already_tried',
    strength: 3,
    pattern:
      /\b(?:already (?:did|tried|done|do|have|had|on|off|set|enabled|disabled|turned|switched|restarted|rebooted|updated|checked|looked|reset|signed|logged|installed|that way|up to date|the (?:latest|newest)|connected|allowed|green|like that|charging|plugged|full|tested|reopened)|(?:did|done|tried|checked|restarted|updated) (?:all )?(?:that|this|it|them|those)? ?(?:all )?(?:already|before|twice|earlier|yesterday|last (?:week|night)|this morning|\d+ times|(?:two|three|several|many|multiple) times|loads of times|a (?:million|hundred|thousand) times)|(?:was|is|are|were|it is|had it|have it) (?:on|off|enabled|disabled|set) (?:already|anyway|all along|the whole time|all the time|before)|(?:on|off|enabled|disabled|green) already|been there done that|been there|was (?:always|never) (?:on|off)|(?:it )?(?:was|is) (?:off|on) (?:anyway|to begin with)|tried (?:that|this|it|them)\b(?! (?:and|now|just))|have (?:tried|done) (?:that|this|it|all)|i have done|had done (?:that|it)|up to date)\b/,
  },
  {
    label: 'already_tried',
    strength: 3,
    pattern:
      /^(?:yes|yeah|yep)?(?: ,)? ?(?:i )?(?:did that|done that|did it|did this|done it|done already|already|already yes|yes already|that is already|it is already|it already is|they already are|is already)$/,
    at: ['helped'],
  },
  {
    label: 'already_tried',
    strength: 2,
    pattern:
      /\b(?:it is|it was|is|was|they are) (?:on|off|turned on|turned off|enabled|disabled|switched on|switched off)$/,
    at: ['helped'],
  },

  // Half a success.
  {
    label: 'partly',
    strength: 4,
    pattern:
      /\b(?:except|apart from|other than|all but|but not (?:all|everything|every|the (?:rest|others)|others))\b/,
    at: ['helped', 'needed'],
  },
  {
    label: 'partly',
    strength: 3,
    pattern:
      /\b(?:yes and no|half|halfway|half way|partly|partially|partial|sort of|kind of|kinda|a (?:little|bit)(?: bit)?(?: (?:better|more|faster|further))?|a (?:few|couple|handful)|only (?:some|one|two|three|\d+)|just (?:some|one|two|three|\d+)|some (?:of (?:them|it|the)|came|come|are|did|have|has|loaded|appeared|arrived|photos?|got|went|moved|showed?|worked|progress|more|but)|but not (?:all|everything|every|the rest|others|the others)|not (?:all|everything|every one|completely|fully|entirely|100 percent|quite all)|most (?:of|are|came|photos|have)|mostly|almost|nearly|better(?! off)|improved|improving|faster|a lot more|more (?:are )?(?:coming|came|appeared)|one of them|two of them|getting there|on and off|sometimes|it comes and goes|(?:\d+|one|two|three|four|five) (?:came|arrived|loaded|appeared|of (?:them|\d+)|out of))\b/,
    at: ['helped', 'needed'],
  },
  {
    label: 'partly',
    strength: 3,
    pattern: /^(?:some|a few|few|partly|partially|half|most|several)(?: did| yes| of them)?$/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\b(?:worked|helped|was (?:ok|fine|good)) (?:for|until|at first|briefly)\b.*\b(?:then|but|again|back)\b/,
    at: ['helped'],
  },
  {
    label: 'no',
    strength: 3,
    pattern: /\b(?:came|come|is|are|went) back (?:to (?:waiting|updating|grey|off)|again)\b/,
    at: ['helped'],
  },

  // A negated trouble is a success.
  {
    label: 'yes',
    strength: 4,
    pattern: new RegExp(
      `\\b(?:no more|no longer|not|no) (?:\\w+ )?(?:${trouble})(?: (?:any ?more|any longer|now))\\b`,
    ),
  },
  {
    label: 'yes',
    strength: 4,
    pattern: new RegExp(`\\b(?:no more|no longer|not any ?more) (?:\\w+ )?(?:${trouble})\\b`),
  },
  {
    label: 'yes',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:waiting|updating|spinner|wheel|error|message|spinning|it|problem|issue) (?:\\w+ )?(?:is |has |have )?(?:gone|went|gone away|went away|stopped|disappeared|vanished)\\b`,
    ),
    at: ['helped', 'later'],
  },

  // Outright failures.
  {
    label: 'no',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:not|never|nothing|none|neither|nor|hardly|without|does no|no) (?:\\w+ ){0,2}?(?:${works}|better|change|changes|changed|difference|luck|joy|success|effect|improvement|good|use|dice|happening|happened|happens|happen|moving|moved|there yet|yet|avail|progress|show(?:ing|ed)?|appear(?:ing|ed)?|load(?:ing|ed)?|come|came|coming|really|at all|fine|okay|ok|sorted)\\b`,
    ),
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\b(?:still (?!ok|fine|good|works|working|there yet)|same (?:thing|problem|issue|as before|result|error|again|message|here|old)|the same|no (?:change|luck|joy|difference|good|success|dice)|unchanged|as before|back to (?:square one|the same)|worse|even worse|made (?:it|things) worse|fails?|failed|failing|useless|in vain|stuck|keeps (?:\w+ing))\b/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\bnothing$|^(?:same|nothing|none|nada|nil|zero|zilch|not yet|no yet|yet no|not quite|not really|hm+ no|sadly no|no sadly|unfortunately(?: not)?|sadly not|not at all|nothing yet|negative|it is not|it did not|it does not|they are not|it has not|did not|does not|i do not think so|do not think so|not that i can (?:see|tell)|afraid not|i wish|wrong|not it|that is not it|none of (?:these|them|those|the above))$/,
  },

  // Cannot do it (now).
  {
    label: 'cant_do',
    strength: 3,
    pattern:
      /\b(?:(?:it |switch |button |option |that |this |all )?(?:is |are |looks? )?(?:grey|greyed|gray|grayed)(?: out)?|can not (?:(?:even|do|find|see|tap|press|click|open|get|change|turn|switch|select|access|scroll|reach|move|use|log|sign|update|restart|remember|plug|connect|ask|because|at the moment|now|right now|today|from here)\b)|could not (?:do|find|see|tap|press|open|change|turn|get)|(?:not|never) (?:able|allowed|possible|permitted) ?(?:to)?|unable to|(?:do|does) not (?:have|see|find|exist|let me|allow|show (?:up )?(?:that|this|the option)|say that|offer|own)|did not find|(?:there is |i see |see |have |has )?no (?:such|option|button|switch|menu|setting|settings|access|time|charger|wifi|battery|computer|mac|permission|longer there)(?: \w+)?|there is not (?:a|an|any|one|such)|is not there|not there|not (?:right )?now|not at (?:home|the moment)|will not let me|ask(?:s|ed|ing)?(?: me)? for (?:\w+ )?(?:password|code|passcode|pin)|(?:do not know|forgot|forgotten|not know) (?:the|my|our|her|his)? ?(?:password|passcode|code|apple id)|no longer have|i am (?:at work|out|driving|on the bus|in a meeting|not home|busy)|(?:is|it is|seems?) (?:locked|blocked|disabled by|restricted|missing|not available|unavailable)|nothing (?:like that|there|to (?:tap|press|click|see))|where i am|(?:have|got) to (?:go|leave|run)|in a hurry)\b/,
    at: ['helped', 'consent', 'choice'],
  },
  {
    label: 'cant_do',
    strength: 3,
    pattern:
      /^(?:can not|i can not|can not now|can not do(?: it| that)?|not possible|impossible|later|maybe later|not today|another time|no time)$/,
    at: ['helped'],
  },

  // Asks before deciding.
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /\b(?:(?:will|would|does|do|can|could) (?:i|it|this|that|we) (?:\w+ )?(?:lose|delete|erase|remove|cost|affect|hurt|break|harm)|is (?:it|this|that) (?:\w+ )?(?:safe|dangerous|necessary|risky))\b/,
    at: ['consent', 'helped', 'send'],
  },

  // Does not understand.
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /\b(?:(?:do|did|does) not (?:understand|get (?:it|that|this|what)|follow|make sense|know (?:how|what|where|which))|no idea (?:how|what|where)|what do you mean|what does (?:that|this|it) mean|what (?:would|will|happens|could|do i|am i)\b|what is (?:that|this|a|an|the|low|airplane|mobile|vpn|icloud|it)\b|what (?:button|switch|setting|menu|settings|step|part)|which (?:button|switch|setting|menu|settings|step|one|part|album|page|person|icon)|where (?:is|are|do|can|exactly|would|to|in)\b|how (?:do|can|to|would|exactly|should|am) ?(?:i|you|we|one)?|can you explain|explain(?: (?:that|it|more|please))?|more (?:detail|details|info|information)|tell me more|i am (?:lost|confused)|confus(?:ed|ing)|unclear|come again|say what|too (?:complicated|technical|difficult|hard)|not clear|in english|simpler|elaborate|please clarify|why)\b/,
    at: [
      'helped',
      'consent',
      'later',
      'needed',
      'send',
      'choice',
      'role',
      'scope',
      'system',
      'device',
    ],
  },
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /^(?:what|huh|eh|hm+|how|where|why|which|pardon|sorry|excuse me|que|wtf|how so|where is it|what now|i am sorry)(?: what)?$/,
  },

  // What sounds like success and is none.
  {
    label: 'no',
    strength: 4,
    pattern:
      /\b(?:(?:stop|stopped|stops|quit|quits|ceased) (?:working|loading|updating|uploading|showing|syncing|moving)|no longer (?:works?|working|loads?|shows?)|(?:it|that|everything|album|upload|photos|wifi|internet) (?:has |have )?(?:stopped|quit)$)\b/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'partly',
    strength: 4,
    pattern:
      /\b(?:works?|working|fine|ok|okay|there) (?:for|on|with) (?:\w+ ){1,3}(?:, )?but not\b/,
    at: ['helped', 'later'],
  },
  {
    label: 'chitchat',
    strength: 4,
    pattern: /\b(?:still |i am )?(?:working|busy) (?:on|with) (?:it|that|this)\b/,
    at: ['helped', 'needed', 'later'],
  },
  { label: 'dont_understand', strength: 3, pattern: /^how (?:long|much time)\b/ },

  // Outright successes.
  {
    label: 'yes',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:${works}|all (?:there|good|fine|done|here|ok|set|sorted|back|came|arrived|showing|well|loaded|in|of them)|all of (?:it|them) (?:came|arrived|are)|(?:it|they|photos|that|everything|album|pictures) (?:is|are|has|have)(?: now| all| finally)? (?:back|fine|good|there|ok|okay|fixed|gone through|normal|come|came|loaded|appeared|here|up|arrived|complete|perfect)|they came|they (?:appeared|loaded|arrived|showed up)|it (?:loaded|appeared|opened|came|arrived)|(?:came|went|got) through|shows? (?:up )?now|there now|back (?:now|again|to normal)|can (?:now )?(?:see|add|open|upload|post|find) (?:it|them|everything|all|the|my|photos)|can see now|i see (?:it|them|everything|all)|see them now|see it now|found (?:it|them)|got it(?: now)?|it is (?:fine|good|ok|okay|normal|moving|going|loading)|finally|success|hooray|yay|woohoo|wow|brilliant|amazing|magic|that was it|you fixed|perfect|great|excellent|fantastic|wonderful|awesome|lovely|super)\\b`,
    ),
    at: ['helped', 'needed', 'later'],
  },

  {
    label: 'yes',
    strength: 3,
    pattern:
      /\b(?:looks? (?:good|fine|ok|okay|right|like it)|seems? (?:so|fine|ok|okay|good|like it)|(?:is|are) (?:loading|coming|moving|showing|playing|appearing|opening|uploading)(?: in| up| through)? (?:now|again))\b/,
    at: ['helped', 'later'],
  },
  {
    label: 'yes',
    strength: 2,
    pattern: /^(?:i (?:think|guess|believe|hope) so|seems so|i guess|apparently|pretty much)$/,
  },
  {
    label: 'yes',
    strength: 3,
    pattern:
      /\b(?:answers? (?:it|that|my question)|makes sense|understood|i (?:see|understand)(?: now)?$|good to know|helpful|clear(?: now)?$|i get it)\b/,
    at: ['needed'],
  },

  // Ways to ask for nothing.
  { label: 'no', strength: 3, pattern: /\bno (?:thanks|thank you|need|thx)\b/ },
  {
    label: 'no',
    strength: 2,
    pattern:
      /\b(?:rather not|do not (?:want|do|send|ask|bother|think)|please do not|better not|would not|not (?:yet|this|that|these|those|send)|leave (?:it|me)|do not)\b/,
    at: ['consent', 'later', 'send', 'needed', 'choice'],
  },
  {
    label: 'unclear',
    strength: 2,
    pattern:
      /\b(?:not (?:sure|certain)|do not know|no (?:idea|clue)|maybe|perhaps|possibly|can not (?:tell|say)|hard to (?:say|tell)|unsure|it depends|how would i know|who knows|we will see|will see|not known)\b|^(?:both|either)$/,
  },

  // Plain yes and no.
  {
    label: 'no',
    strength: 2,
    pattern: /\b(?:no+|nope|nah|naw|nay|noo+|negative|thumbsdown|niet|nein|non|n)\b/,
  },
  {
    label: 'yes',
    strength: 2,
    pattern:
      /\b(?:yes+|yep|yup|yeah+|yea|ya|yh|yessir|aye|si|ja|oui|yas|thumbsup|affirmative|correct|indeed|exactly|right|definitely|absolutely|certainly|of course|true|totally|y|that is (?:it|right|the one|correct|what i (?:needed|meant|wanted))|you got it)\b/,
  },
  {
    label: 'yes',
    strength: 2,
    pattern:
      /\b(?:sure(?: thing)?|ok+|okay|okey|okie|alright|all right|fine|go (?:ahead|for it|on)|do it|do that|let us(?: do (?:it|that)| go| try)?|proceed|please(?: do)?|sounds (?:good|fine)|good|great|send(?: it| that| now| please| them)?|agreed?|deal|i (?:will|can|would)(?: do| try)?|why not|no problem|by all means|kk?|fire away|ready|happy to|with pleasure|confirm(?:ed)?|accept|works for me|continue|that works|cool|perfect)\b/,
    at: ['consent', 'later', 'send', 'needed'],
  },
  {
    label: 'no',
    strength: 2,
    pattern: /\b(?:later|not now|another time|tomorrow|not today|skip|busy|wait)\b/,
    at: ['consent', 'send'],
  },

  // Talk around the question.
  {
    label: 'thanks',
    strength: 1,
    pattern:
      /\b(?:thanks|thank you|thankyou|cheers|much appreciated|appreciate(?:d| it)?|bless you)\b/,
  },
  {
    label: 'chitchat',
    strength: 1,
    pattern:
      /\b(?:lol|haha+|hehe+|rofl|lmao|how are you|who are you|what are you|are you (?:a |an )?(?:\w+ )?(?:bot|robot|human|real|ai|person)|hi|hello|hey|good (?:morning|evening|afternoon)|nice (?:weather|day)|tell me a joke|joke|i love you|i hate (?:you|this|apple|it)|funny|bye|goodbye|good night|oh|omg|hm+|one (?:moment|sec|second|minute|min)|hold on|wait|hang on|brb|(?:give me|need) a (?:moment|sec|second|minute|min)|just a (?:moment|sec|second|minute)|trying(?: (?:it|that|now))*|let me (?:try|check|see|look)|will try|ok|okay|on it|doing it)\b/,
  },
]
