import type { Rule } from '../rule'

/** Plain yes and no, and talk around the question. */
export const plainRules: readonly Rule[] = [
  // Ways to ask for nothing.
  { label: 'no', strength: 3, pattern: /\bno (?:thanks|thank you|need|thx)\b/ },
  {
    label: 'no',
    strength: 2,
    pattern:
      /\b(?:rather not|do not (?:want|do|send|ask|bother|think)|please do not|better not|would not|not (?:yet|this|that|these|those|send)|leave (?:it|me)|do not)\b/,
    at: ['consent', 'later', 'send', 'needed', 'choice', 'found'],
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
    at: ['consent', 'later', 'send', 'needed', 'found'],
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
