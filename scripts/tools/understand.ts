import { createInterface } from 'node:readline'
import { z } from 'zod'
import { meant, type Meant } from '../../knowledge/replies/meant'
import { kindOf } from '../../knowledge/replies/questions'
import { readSamples } from '../../knowledge/replies/samples'
import { score } from '../../knowledge/replies/score'
import { understand } from '../../knowledge/replies/understand'
import { questionKinds } from '../../knowledge/replies/understood'
import { asReport } from '../replies-report'
import { readArguments, runTool } from '../tool'

const usage = `npm run understand -- [--question QUESTION] ["REPLY"]
Says what a reply means as an answer to a question; without a reply it reads replies, one a line.
--question: what the bot had asked, in its words or as a kind (${questionKinds.join(', ')}); by default helped.
--json: reads one JSON object a line, {"text","question"}, and writes one for each.
--measure FILE: how well the labelled replies in FILE are understood, and what is confused; with --mistakes each mistake.`

const line = z.object({ text: z.string(), question: z.string().nullish() })

/** `npm run understand`: what replies mean, for a person, for a program, and in numbers. */
async function main(): Promise<number> {
  const options = {
    json: { type: 'boolean' },
    question: { type: 'string' },
    measure: { type: 'string' },
    mistakes: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(usage, options, 1)
  if (values.measure !== undefined) return measure(values.measure, values.mistakes ?? false)
  const [reply] = positionals
  if (reply !== undefined) {
    write(values.json ? asJson(reply, values.question) : asLine(reply, values.question))
    return 0
  }
  return values.json ? answerPrograms() : answerPeople(values.question)
}

/** Answers line for line; a line that is no reply is named and left out, and the tool ends with 1. */
async function answerPrograms(): Promise<number> {
  let status = 0
  let number = 0
  for await (const typed of createInterface({ input: process.stdin })) {
    number++
    if (typed.trim() === '') continue
    const read = readLine(typed)
    if ('fault' in read) {
      process.stderr.write(`Line ${number}: ${read.fault}\n`)
      status = 1
    } else {
      write(asJson(read.text, read.question))
    }
  }
  return status
}

function readLine(
  typed: string,
):
  | { readonly text: string; readonly question?: string | null | undefined }
  | { readonly fault: string } {
  const shown = typed.length > MOST_SHOWN ? `${typed.slice(0, MOST_SHOWN)}…` : typed
  let value: unknown
  try {
    value = JSON.parse(typed)
  } catch {
    return { fault: `this is no JSON: ${shown}\nExample: ${example}` }
  }
  const read = line.safeParse(value)
  if (read.success) return read.data
  return {
    fault: `"text" must be a string, and so must "question" where there is one: ${shown}\nExample: ${example}`,
  }
}

const MOST_SHOWN = 120
const example = '{"text":"nope still spinning","question":"Did that help?"}'

async function answerPeople(question: string | undefined): Promise<number> {
  const isTyped = process.stdin.isTTY
  const lines = createInterface({
    input: process.stdin,
    prompt: 'reply: ',
    ...(isTyped && { output: process.stdout }),
  })
  if (isTyped) {
    write(`Type what a person might answer to "${question ?? 'helped'}"; Ctrl+D ends.`)
    lines.prompt()
  }
  for await (const text of lines) {
    if (text.trim() !== '') write(asLine(text, question))
    if (isTyped) lines.prompt()
  }
  return 0
}

function measure(file: string, withMistakes: boolean): number {
  try {
    write(asReport(score(readSamples(file)), withMistakes))
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

function meaningOf(text: string, question: Asked): Meant {
  const kind = kindOf(question ?? undefined)
  return meant(understand(text, { kind }), kind)
}

function asJson(text: string, question: Asked): string {
  const { label, also, confidence } = meaningOf(text, question)
  return JSON.stringify({ text, label, also, confidence: Number(confidence.toFixed(3)) })
}

function asLine(text: string, question: Asked): string {
  const kind = kindOf(question ?? undefined)
  const understood = understand(text, { kind })
  const { label, also, confidence } = meant(understood, kind)
  const facts = Object.entries(understood.facts).map(([name, value]) => `${name} ${String(value)}`)
  const notes = [
    also.length > 0 ? `also ${also.join(', ')}` : '',
    facts.length > 0 ? `facts: ${facts.join(', ')}` : '',
    understood.isForGood ? 'for good' : '',
    understood.label === 'unclear' && confidence <= 0.3 ? 'a guess: the bot would ask again' : '',
  ].filter((note) => note !== '')
  return [
    `${label.padEnd(16)} ${confidence.toFixed(2)}  "${text}" (${kind})`,
    ...notes.map((note) => `                 ${note}`),
  ].join('\n')
}

type Asked = string | null | undefined

const write = (text: string): boolean => process.stdout.write(`${text}\n`)

void runTool(main)
