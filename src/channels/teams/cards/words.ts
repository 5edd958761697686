/** Every sentence on a person's card that is not the bot's own. */
export const words = {
  fix: (number: number, about = 1) =>
    about > 1 ? `Fix ${number} of about ${about}` : `Fix ${number}`,
  minutes: (minutes: number) => `${minutes} min`,
  by: (name: string) => `From ${name}`,
  chosen: (label: string) => `You chose: ${label}`,
  /** Under the first half of a fix that is too long for one card. */
  goesOn: 'The rest follows.',

  // On cards that somebody sends to somebody else.
  symptom: (fixes: number) =>
    fixes === 0 ? 'Known trouble' : `Known trouble · ${fixes} ${fixes === 1 ? 'fix' : 'fixes'}`,
  first: 'What to try, in this order:',
  more: (fixes: number) => `And ${fixes} more.`,
  oneFix: (minutes: number) => `A fix · ${minutes} min`,
  answer: 'Good to know',
  ifSo: (then: string) => `If so: ${then}`,
  on: (places: readonly string[]) => `On ${either(places)}:`,
  otherSteps: (places: readonly string[]) =>
    `The steps differ on ${either(places)}; the bot has them.`,
  askTheBot: 'Ask the bot',
}

const either = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
