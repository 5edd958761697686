/** Every sentence on a person's card that is not the bot's own. */
export const words = {
  fix: (number: number, about = 1) =>
    about > 1 ? `Fix ${number} of about ${about}` : `Fix ${number}`,
  minutes: (minutes: number) => `${minutes} min`,
  by: (name: string) => `From ${name}`,
  chosen: (label: string) => `You chose: ${label}`,
  /** Under the first half of a fix that is too long for one card. */
  goesOn: 'The rest follows.',
}
