import { nearest } from './nearest'

/** One thing wrong in a pack, told so that its author can mend it: which file, which field, what to do. */
export interface Fault {
  readonly file: string
  /** Path of the field, such as `fixes.3.fix`; empty for the file as a whole. */
  readonly field: string
  readonly problem: string
}

/** Thrown when a pack cannot be used; carries every fault at once. */
export class PackError extends Error {
  readonly code = 'pack_invalid'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(
      `The knowledge pack has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n${faults.map(told).join('\n')}`,
    )
    this.name = 'PackError'
    this.faults = faults
  }
}

const told = ({ file, field, problem }: Fault): string =>
  `  ${file}${field ? ` (${field})` : ''}: ${problem}`

/** 'No fix "reset-netwrok". Did you mean "reset-network-settings"?' */
export function unknownName(kind: string, name: string, known: Iterable<string>): string {
  const close = nearest(name, known)
  return `No ${kind} "${name}".${close ? ` Did you mean "${close}"?` : ''}`
}
