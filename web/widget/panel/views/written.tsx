import { parseMarkdown, parsePlain, type Block, type Inline } from '../state/markdown'

/** Words with the few marks we know. What is drawn is made of these elements and text, whatever the words were. */
export const Written = ({ text }: { readonly text: string }) => (
  <>{parseMarkdown(text).map(block)}</>
)

/** One line of the same, as in a step. */
export const WrittenLine = ({ text }: { readonly text: string }) => {
  const [only, ...more] = parseMarkdown(text)
  return only?.kind === 'paragraph' && more.length === 0 ? (
    <>{inLines(only.lines)}</>
  ) : (
    <Written text={text} />
  )
}

/** What was typed by hand: text, with addresses as links. */
export const Typed = ({ text }: { readonly text: string }) => <>{parsePlain(text).map(inline)}</>

function block(each: Block, index: number) {
  if (each.kind === 'paragraph') return <p key={index}>{inLines(each.lines)}</p>
  const items = each.items.map((parts, at) => <li key={at}>{parts.map(inline)}</li>)
  return each.isOrdered ? (
    <ol key={index} start={each.start}>
      {items}
    </ol>
  ) : (
    <ul key={index}>{items}</ul>
  )
}

const inLines = (lines: readonly (readonly Inline[])[]) =>
  lines.flatMap((parts, at) => [at > 0 && <br key={`break ${at}`} />, ...parts.map(inline)])

function inline(part: Inline, index: number) {
  if (part.kind === 'text') return part.text
  if (part.kind === 'code') return <code key={index}>{part.text}</code>
  if (part.kind === 'strong') return <strong key={index}>{part.parts.map(inline)}</strong>
  if (part.kind === 'em') return <em key={index}>{part.parts.map(inline)}</em>
  return (
    <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
      {part.parts.map(inline)}
    </a>
  )
}
