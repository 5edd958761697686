import { readFileSync, statSync } from 'node:fs'
import { InputError } from './input-error'

/** The text of a file, without the mark that some editors put in front. */
export function readText(file: string): string {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new InputError(`There is no file ${file}.`)
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
}
