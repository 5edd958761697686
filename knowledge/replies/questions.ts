import { normalise } from '../matching'
import { questionKinds, type QuestionKind } from './understood'

/** The kind of a question that is given by its kind or by its text; without one, or with one that tells nothing, whether it helped. */
export function kindOf(question = 'helped'): QuestionKind {
  const kind = questionKinds.find((each) => each === question.trim().toLowerCase())
  if (kind) return kind
  // A message ends with its question; what stands before it are steps.
  const plain = normalise(question)
  const last = normalise(
    question
      .trim()
      .split(/(?<=[.!\n])\s+/)
      .at(-1) ?? '',
  )
  return told(last) ?? told(plain) ?? 'helped'
}

const told = (plain: string): QuestionKind | undefined =>
  sayings.find(({ pattern }) => pattern.test(plain))?.kind

/** How questions are worded, those that would be taken for another one first. */
const sayings: readonly { readonly kind: QuestionKind; readonly pattern: RegExp }[] = [
  {
    kind: 'later',
    pattern:
      /\b(?:ask|check|come back|look|write|remind)(?: \w+){0,2} (?:again|back|later|in (?:an?|\d+|half)|tomorrow|tonight)\b|\bremind(?:er)?\b|\bwhen (?:shall|should|can|may) i (?:ask|write|come)\b/,
  },
  {
    kind: 'role',
    pattern:
      /\bwhose\b|\bwho (?:made|owns|created|started|set up)\b|\b(?:is it|is this|is the album) (?:your|yours)\b|\b(?:did|have) you (?:make|made|create|created|start) (?:the|this|it)\b|\bare you the owner\b|\byour own album\b/,
  },
  {
    kind: 'scope',
    pattern:
      /\b(?:who (?:is|else)|anyone else|everyone|everybody|only you|just you)\b.*\b(?:affected|album|see|sees|too|you|everyone|problem|trouble)\b|\bonly you\b|\bjust you\b/,
  },
  {
    kind: 'system',
    pattern:
      /\b(?:which|what) (?:system|version|ios|ipados|macos|software|windows|os)\b|\bversion (?:of|is|do)\b|\bsystem (?:is|version)\b/,
  },
  {
    kind: 'device',
    pattern:
      /\b(?:which|what)(?: \w+)? (?:device|phone|computer|machine|gadget)\b|\bwhich (?:one|of them) (?:is it|do you use|are you using)\b|\bwhat are you using\b|\biphone ipad\b|\b(?:iphone|ipad|mac) or\b|\bon (?:which|what) device\b/,
  },
  {
    kind: 'choice',
    pattern:
      /\bdid you mean\b|\bdo you mean\b|\bone of these\b|\bwhich of (?:these|them)\b|\bis one of these\b|\bwhat do you see\b|\bwhat is (?:wrong|it about)\b|\bcloser\b|\bwhich (?:fits|is it|one)\b/,
  },
  {
    kind: 'needed',
    pattern:
      /\bwhat you (?:needed|need|wanted|want|meant|were looking for|asked)\b|\banswer(?:s|ed)? (?:your|the) question\b|\bis that clear\b|\bwas that (?:useful|helpful)\b/,
  },
  {
    kind: 'send',
    pattern:
      /^send\b|\b(?:shall i|should i|may i|ok to|can i) (?:send|pass|forward|hand)\b|\bsend (?:it|this|that|your case)\b|\bbring in (?:a )?(?:colleague|person)\b|\bpass (?:it|this) on\b/,
  },
  {
    kind: 'helped',
    pattern:
      /\b(?:help|helped|helps|work|works|worked|working|fixed|solved|gone|better|back|any change|for today|how did (?:it|that) go)\b/,
  },
  {
    kind: 'consent',
    pattern:
      /\b(?:shall|should|may|can|could) (?:we|i)\b|\b(?:do|would) you (?:want|like|agree|mind)\b|\bis that (?:ok|okay|fine|all right|alright)\b|\bok(?:ay)? with you\b|\bready\b|\bgo (?:ahead|on)\b|\bstill coming\b|\bare more\b|\bproceed\b|\bcontinue\b|\bsure\b/,
  },
  {
    kind: 'found',
    pattern:
      /^(?:is|are|does|do you (?:see|find|have)|can you (?:see|find)|is there|are there)\b|\b(?:listed|not green|red|yellow)\b/,
  },
]
