import { z } from 'zod'
import { InputError } from './input-error'
import type { Example } from './matcher'
import { readText } from './read-text'

/** The label of a text that means nothing of ours. */
export const outOfScope = 'out_of_scope'

/** Reads a file of labelled texts, one `{"text": …, "label": …}` a line; blank lines are skipped. */
export function readExamples(file: string): Example[] {
  const examples = readText(file)
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [exampleOf(line, `${file}, line ${index + 1}`)],
    )
  if (examples.length === 0) throw new InputError(`${file} holds no line. ${shape}`)
  return examples
}

function exampleOf(line: string, place: string): Example {
  const read = lineSchema.safeParse(parsed(line, place))
  if (!read.success) {
    const [issue] = read.error.issues
    const field = issue?.path.join('.')
    const problem = field ? `"${field}": ${issue?.message}` : 'this is no object'
    throw new InputError(`${place}: ${problem}. ${shape}`)
  }
  const { text, label } = read.data
  return label === outOfScope ? { text } : { text, label }
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new InputError(`${place}: this is not JSON. ${shape}`, { cause })
  }
}

const lineSchema = z.object({
  text: z.string('a text is needed'),
  label: z.string('a label is needed').min(1, 'a label is needed'),
})

const shape = `A line looks like {"text": "my album is empty", "label": "album_empty"}; the label ${outOfScope} stands for a text that means none of the entries.`
