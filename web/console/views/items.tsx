import type { Item } from '../state/thread'
import { date } from '../state/times'
import { GroupView } from './group'
import { memo } from './memo'

interface ItemsProps {
  readonly items: readonly Item[]
  readonly own: string | undefined
  readonly person: string
}

/** A stretch of the conversation; drawn again only when it changed. */
export const Items = memo(function Items({ items, own, person }: ItemsProps) {
  return (
    <>
      {items.map((item) => {
        if (item.kind === 'day')
          return (
            <p key={`day ${item.at}`} class="day">
              {date(item.at)}
            </p>
          )
        if (item.kind === 'system')
          return (
            <p key={item.line.seq} class="system">
              {item.line.text}
            </p>
          )
        return <GroupView key={item.lines[0]?.seq} group={item} own={own} person={person} />
      })}
    </>
  )
})
