const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long, as people say it: "<1 min", "7 min", "1 h 5 min", "3 days". */
export function span(ms: number): string {
  if (ms < minute) return '<1 min'
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  if (ms < day) {
    const minutes = Math.floor((ms % hour) / minute)
    return `${Math.floor(ms / hour)} h${minutes > 0 ? ` ${minutes} min` : ''}`
  }
  const days = Math.floor(ms / day)
  return days === 1 ? '1 day' : `${days} days`
}

/** The same where there is little room: "<1 min", "7 min", "1 h", "3 d". */
export function shortSpan(ms: number): string {
  if (ms < hour) return span(ms)
  return ms < day ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / day)} d`
}

export const ago = (at: number, now: number): string =>
  now - at < minute ? 'just now' : `${span(now - at)} ago`

/** As the reader's locale tells the time, and no longer: "15:20", "3:20 PM". */
export const clock = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' })

export const date = (at: number): string =>
  new Date(at).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })

/** A moment in a list of many days: "26 Nov, 15:20". */
export const moment = (at: number): string =>
  new Date(at).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })

export const full = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
