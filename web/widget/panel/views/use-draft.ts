import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Keep } from '../live/keep'

/** Where the draft of a person lies; of one whom the page does not name, where it always did. */
export const draftName = (subject: string | undefined): string =>
  subject === undefined ? 'draft' : `draft:${subject}`

/** What is being written. It outlives the page and the browser, and each person whom the page names has their own. */
export function useDraft(
  drafts: Keep,
  subject: string | undefined,
): readonly [text: string, change: (to: string) => void] {
  const name = draftName(subject)
  const [text, setText] = useState(() => drafts.read(name) ?? '')
  const own = useRef({ name, isWrittenHere: false })

  function put(to: string) {
    setText(to)
    drafts.write(name, to === '' ? undefined : to)
  }
  useLayoutEffect(() => {
    const before = own.current
    if (before.name === name) return
    own.current = { name, isWrittenHere: false }
    // Somebody who writes and then signs in goes on writing; what a known person wrote stays theirs.
    const goesAlong = before.name === draftName(undefined) && before.isWrittenHere && text !== ''
    if (!goesAlong) return setText(drafts.read(name) ?? '')
    drafts.write(before.name, undefined)
    put(text)
  }, [name])
  // Sent or changed in another tab, it is so here too, unless something else was begun here.
  useEffect(
    () =>
      drafts.watch(name, (now = '', before = '') =>
        setText((shown) => (shown === before ? now : shown)),
      ),
    [name],
  )
  return [
    text,
    (to) => {
      own.current.isWrittenHere = true
      put(to)
    },
  ]
}
