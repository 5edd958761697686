import type { Rule } from './rule'
import { commandRules } from './rules/commands'
import { exceptionRules } from './rules/exceptions'
import { foundRules } from './rules/found'
import { hindranceRules } from './rules/hindrances'
import { outrightRules } from './rules/outright'
import { outcomeRules } from './rules/outcomes'
import { plainRules } from './rules/plain'
import { successRules } from './rules/successes'

/**
 * How people answer. Rules are tried from top to bottom; a rule that fits takes its words away from the rules below
 * it, so "no more spinning" is a yes before anything can see the "no". What they hear is weighed with the words (`judge.ts`).
 */
export const rules: readonly Rule[] = [
  ...outrightRules,
  ...exceptionRules,
  ...foundRules,
  ...commandRules,
  ...outcomeRules,
  ...hindranceRules,
  ...successRules,
  ...plainRules,
]
