/** A file or an argument that the benchmark cannot use; the message says which, and what it should be. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
