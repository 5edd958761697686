import { useEffect, useState } from 'preact/hooks'
import { read } from '../live/api'
import type { Rating, Ratings } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Said } from './said'
import { Moment } from './time'
import { useDesk } from './use-desk'

/** As many as the server gives: there may be older ones. */
const atMost = 100

/** How people rate what became of their cases, newest first; an agent sees their own. */
export function RatingsPage({ isOwnOnly }: { readonly isOwnOnly: boolean }) {
  const desk = useDesk()
  const [known, setKnown] = useState<Ratings>()
  useEffect(() => void read<Ratings>('ratings').then(setKnown).catch(desk.report), [])
  return (
    <div class="sheet">
      <h1>{words.ratings.title}</h1>
      {known ? (
        <List {...known} isOwnOnly={isOwnOnly} />
      ) : (
        <p class="quiet-words">{words.ratings.loading}</p>
      )}
    </div>
  )
}

function List({ ratings, month, isOwnOnly }: Ratings & { readonly isOwnOnly: boolean }) {
  if (ratings.length === 0)
    return <p class="quiet-words">{isOwnOnly ? words.ratings.noneOwn : words.ratings.none}</p>
  return (
    <>
      <p>
        {month.average === undefined
          ? words.ratings.monthEmpty
          : words.ratings.month(month.count, month.average)}
      </p>
      <div class="table-place" tabIndex={0} role="group" aria-label={words.ratings.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.ratings.when}</th>
              <th scope="col">{words.ratings.score}</th>
              <th scope="col">{words.ratings.said}</th>
              <th scope="col">{words.ratings.case}</th>
              {!isOwnOnly && <th scope="col">{words.ratings.agent}</th>}
            </tr>
          </thead>
          <tbody>
            {ratings.map((rating) => (
              <Row key={rating.case} rating={rating} isOwnOnly={isOwnOnly} />
            ))}
          </tbody>
        </table>
      </div>
      {ratings.length === atMost && <p class="hint">{words.ratings.newest(atMost)}</p>}
    </>
  )
}

function Row({ rating, isOwnOnly }: { readonly rating: Rating; readonly isOwnOnly: boolean }) {
  const { store } = useDesk()
  return (
    <tr>
      <td class="moment">
        <Moment at={rating.at} />
      </td>
      <td class="score">{words.ratings.ofFive(rating.score)}</td>
      <td class="rating-words">{rating.words !== undefined && <Said text={rating.words} />}</td>
      <td class="about">
        <Button kind="plain" onClick={() => store.dispatch({ type: 'select', id: rating.case })}>
          {rating.person}
        </Button>
      </td>
      {!isOwnOnly && <td>{rating.agent?.name}</td>}
    </tr>
  )
}
