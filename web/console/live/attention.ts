import { arrivals, attention } from '../state/arrivals'
import type { CaseLine } from '../state/contract'
import type { State } from '../state/state'
import { words } from '../words'
import { wishes } from './keeping'
import type { Store } from './store'

/** Calls for attention as far as the agent wants it: a number in the title, a short tone, a word of what was passed on. */
export function watchAttention(store: Store): void {
  store.subscribe((state, before) => {
    const wanted = wishes()
    const number = wanted.badge && state.session.kind === 'in' ? attention(state) : 0
    document.title = number > 0 ? `(${number}) ${words.product}` : words.product
    if (state.presence === 'away') return
    const { waiting, answered, passed, taken } = arrivals(before, state)
    // Whoever is writing to somebody hears at once that the case is not theirs any more.
    for (const { person, agent } of taken)
      store.dispatch({
        type: 'notice',
        notice: { text: words.queue.takenOver(person, agent?.name ?? ''), tone: 'quiet' },
      })
    if (wanted.soundWaiting && passed.length > 0) announce(passed, before)
    const isSeen = (id: string) => document.hasFocus() && state.view.selected === id
    if (wanted.soundWaiting && waiting.length + passed.length > 0) beep('waiting')
    else if (wanted.soundAnswers && answered.some((id) => !isSeen(id))) beep('answer')
  })

  function announce(passed: readonly CaseLine[], before: State): void {
    const [only] = passed
    const from = only && before.cases[only.id]?.agent?.name
    const text =
      only && passed.length === 1
        ? words.queue.passedOne(only.person, from ?? '')
        : words.queue.passedMany(passed.length)
    store.dispatch({ type: 'notice', notice: { text, tone: 'quiet', opens: only?.id } })
  }
}

let sound: AudioContext | undefined

/** Two soft notes, up for somebody new, down for an answer. Silent until the page was touched: browsers want it so. */
export function beep(kind: 'waiting' | 'answer'): void {
  if (!navigator.userActivation?.hasBeenActive) return
  sound ??= new AudioContext()
  const context = sound
  void context.resume()
  const [first, second] = kind === 'waiting' ? [660, 880] : [740, 590]
  note(context, first, 0)
  note(context, second, 0.13)
}

function note(context: AudioContext, frequency: number, after: number): void {
  const start = context.currentTime + after
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.08, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.25)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + 0.3)
}
