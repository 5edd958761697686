/** What people read in the list of results. */
export const words = {
  symptom: (says: string) => `Trouble: ${says}`,
  answer: (says: string) => `Good to know: ${says}`,
  fix: (minutes: number, intro: string) => `Fix, ${minutes} min: ${intro}`,
  nothing: (text: string) => `Nothing found for "${text}". Try other words.`,
  tooFast: 'That was a lot at once. Wait a moment, then type on.',
  crisis:
    "This search can't help with that, but please don't stay alone with it. Call your local emergency number or somebody you trust now.",
}
