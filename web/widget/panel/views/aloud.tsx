import { spoken } from '../state/news'
import type { Item } from '../state/transcript'
import { usePanel } from './panel-context'

/** What a screen reader says of new messages. Nobody sees it. */
export function Aloud({ items }: { readonly items: readonly Item[] }) {
  const { words } = usePanel()
  return (
    <div class="unseen" aria-live="polite" aria-relevant="additions">
      {items.map((item) => (
        <Once key={item.key} text={spoken(item, words)} />
      ))}
    </div>
  )
}

const Once = ({ text }: { readonly text: string }) => <p dir="auto">{text}</p>
