/** "1 case", "3 cases". */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`
