import { useState } from 'preact/hooks'
import { Refused, Unreachable } from '../live/api'

/** Sends a form: once at a time, with what went wrong to show beside it. */
export function useForm(act: () => Promise<void>) {
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  async function go() {
    if (isBusy) return
    setBusy(true)
    setProblem('')
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error
      setProblem(error.message)
    } finally {
      setBusy(false)
    }
  }

  return {
    problem,
    setProblem,
    isBusy,
    submit: (event: Event) => {
      event.preventDefault()
      void go()
    },
  }
}
