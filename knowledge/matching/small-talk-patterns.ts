import type { ReadingKind } from './reading'

export type SmallTalk = Exclude<ReadingKind, 'symptom' | 'off_topic' | 'unknown'>

/** A pattern for a whole message, without please and without clause marks. */
export interface WholeMessage {
  readonly kind: SmallTalk
  readonly pattern: RegExp
}

export const wholeMessages: readonly WholeMessage[] = [
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
      /^(?:(?:ok|okay|thanks|thank you|cheers|all good|good) )*(?:good ?bye|bye+|bye bye|see (?:you|ya)(?: later)?|cya|later|good ?night|have a (?:nice|good|great) (?:day|one|evening|weekend)|take care|ciao)$/,
  },
  {
    kind: 'help',
    pattern:
      /^(?:(?:i need |can you |could you |i want |need |some |give )*(?:help|support|assistance)(?: me)?(?: out)?|what can (?:you|i) (?:do|ask)(?: for me)?|what do you do|how does this work|how do you work|menu|commands?|options?|info|i have a (?:problem|question|issue)|i have got a (?:problem|question|issue)|sos|start|get started|begin)$/,
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

/** How people ask for a human being. */
export const personWishes: readonly RegExp[] = [
  /\b(?:talk|speak|chat|connect|transfer|put|get|give|want|need|call|let|reach|contact|have|like|prefer|through|is there)\b(?: \w+){0,5} (?:human(?: being)?|live agent|agent|real (?:person|human|one)|actual (?:person|human)|operator|representative|rep|advis[oe]r|customer (?:service|care|support)|support (?:agent|team|person|staff)|(?:your|a) colleague|(?:your|a|the) (?:team|supervisor|staff|technician))\b/,
  /\b(?:talk|speak|chat|connect|transfer)(?: me)?(?: \w+)? (?:to|with) (?:(?:some|any)(?:one|body)|(?:a|an|another|some) \w*\s?(?:person|people|human|man|woman|expert)|you guys|support|it)\b/,
  /^(?:a |an |real |live |the |actual |get |want |need |i )*(?:human(?: being)?|agent|person|operator|representative|real person|live chat|someone real|customer (?:service|care|support)|support agent|helpdesk|help desk)(?: please| now| help| , please)?$/,
  /\b(?:not|no|instead of|rather than|hate|stop) (?:a |an |this |talking to a |want a |stupid )*(?:bot|robot|machine|chatbot)\b/,
  /\bhuman (?:please|now|support|help|being)\b/,
  /\b(?:call me|phone me|ring me|phone number|ticket|escalate|complaint)\b.{0,20}$/,
]
/** A greeting before what a message says. */
export const openings =
  /^(?:(?:hi+|hey+|hello+|hiya|dear|good (?:morning|afternoon|evening|day)|thumbsup|morning|thanks|there|all|team|guys|everyone|bot|support|sorry|so|ok|okay|well|um|please|help|can you help(?: me)?|could you help(?: me)?|i need help(?: with)?|i have a (?:problem|question)(?: with| about)?)\b[ ,]*)+(?=\w)/
/** Thanks, begging and despair after it. */
export const closings =
  /(?:[ ,]+\b(?:thanks?|thank you|please|please help(?: me)?|help(?: me)?(?: please)?|any (?:ideas|help|advice|suggestions)(?: please)?|can you help(?: me)?|what (?:can|should|do) i do(?: now)?|cheers|thumbsup|in advance|so much|very much))+$/

/** What tells how the person feels: it says nothing of the trouble and everything else would be read into it. */
export const feelings =
  /\b(?:(?:i am |so |very |really |getting |absolutely )+(?:angry|mad|sad|cross|upset|frustrated|annoyed|disappointed)(?: and (?:so )?(?:angry|mad|sad|upset|frustrated|annoyed))?(?! (?:about|of|that|the|for|with|at))|(?:i am |so |very |really |getting |absolutely )*(?:desperate|devastated|heartbroken|furious|fuming|panicking|freaking out|going (?:mad|crazy|insane)|losing my mind|at my wits end|fed up|sick of (?:it|this|that))(?: now| here)?|(?:this |it )?(?:is |has been )?driving me (?:mad|crazy|nuts|insane|up the wall)|(?:this |it )is (?:so |really |very )?(?:annoying|frustrating|ridiculous|a joke|a nightmare|killing me)|(?:this |that |your |the )?(?:useless |stupid )?(?:piece|pile|load) of (?:crap|shit|junk|rubbish|garbage)|for (?:fucks?|gods?|heavens?|petes?) sake|(?:what|why|how) the (?:hell|fuck|heck)|fuck(?:ing|in|en)?|bloody|effing|frigging?|freaking|goddamn|damn(?:ed)?|stupid|shitty|crappy|omg|wtf|ffs|ugh+|argh+|aargh+|oh (?:my god|no)|i beg you|i am begging you|i am (?:so |really |very )?(?:upset|sad|angry|frustrated|annoyed|crying|worried|scared)(?! (?:about|of|that|the|for)))\b/g
