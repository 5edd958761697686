import type { Brief } from '../state/contract'
import { words } from '../words'
import { Button } from './button'

/** What the matching thought of besides, one a line; whoever has the case chooses one with one press. */
export const Alternatives = ({
  list,
  onChoose,
}: {
  readonly list: Brief['alternatives']
  readonly onChoose: ((id: string) => void) | undefined
}) => (
  <div class="alternatives">
    <p id="alternatives">{words.ladder.instead}</p>
    <ul aria-labelledby="alternatives">
      {list.map(({ id, title, confidence }) => {
        const parts = (
          <>
            <span class="alternative-title">{title}</span>{' '}
            <span class="alternative-chance">{words.ladder.percent(confidence)}</span>
          </>
        )
        return (
          <li key={id}>
            {onChoose ? (
              <Button kind="plain" class="alternative" onClick={() => onChoose(id)}>
                {parts}
              </Button>
            ) : (
              <span class="alternative">{parts}</span>
            )}
          </li>
        )
      })}
    </ul>
  </div>
)
