import { usePanel } from './panel-context'

/** When something was said: seen on demand, and said in full to who points at it. */
export function Time({ at }: { readonly at: number }) {
  const { clock } = usePanel()
  return (
    <time class="time" dateTime={new Date(at).toISOString()} title={clock.full(at)}>
      {clock.time(at)}
    </time>
  )
}
