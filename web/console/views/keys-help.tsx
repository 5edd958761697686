import { deeds } from '../live/deeds'
import type { State } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { Overlay } from './overlay'
import { useDesk } from './use-desk'

const groups = ['queue', 'case', 'ladder', 'console'] as const

/** Keys that are no deeds of their own. */
const more: Readonly<Record<(typeof groups)[number], readonly (readonly [string, string])[]>> = {
  queue: [],
  case: [
    ['Enter', words.keys.send],
    ['/', words.keys.canned],
    ['Esc', words.keys.leave],
  ],
  ladder: [
    ['1 – 9', words.keys.numbers],
    ['T 1 – 9', words.keys.markThen],
  ],
  console: [['Ctrl K', words.actions.palette]],
}

/** "?": every key, by what it is for. */
export function KeysHelp({ state }: { readonly state: State }) {
  const { store } = useDesk()
  const keysOf = (group: (typeof groups)[number]) => [
    ...deeds
      .filter((deed) => deed.group === group && deed.key && (deed.isFor?.(state) ?? true))
      .map(({ key, title }) => [key ?? '', title] as const),
    ...more[group],
  ]
  return (
    <Overlay label={words.keys.title} class="keys">
      <div class="keys-head">
        <h2>{words.keys.title}</h2>
        <Button kind="plain" onClick={() => store.dispatch({ type: 'overlay' })}>
          {words.keys.close}
        </Button>
      </div>
      <div class="keys-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{words.keys.groups[group]}</h3>
            <dl>
              {keysOf(group).map(([key, title]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="quiet-words">{words.keys.offHint}</p>
    </Overlay>
  )
}
