import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outgoing } from '../../line'
import { kindOf, sift, type Unfit, type Uploads } from '../state/files'

/** Files chosen for the next message. They are in this page's memory: a reload loses them. */
export interface Files {
  readonly chosen: readonly Outgoing[]
  /** What could not be taken of what was given last. */
  readonly unfit: readonly { readonly file: { readonly name: string }; readonly why: Unfit }[]
  readonly add: (files: readonly File[]) => void
  readonly remove: (file: Outgoing) => void
  /** They are on their way. */
  readonly clear: () => void
}

/** Undefined while the server takes none. Files that are dropped anywhere on the panel are taken too; they are of who sits there. */
export function useFiles(
  uploads: Uploads | undefined,
  subject: string | undefined,
): Files | undefined {
  const [chosen, setChosen] = useState<Files['chosen']>([])
  const [unfit, setUnfit] = useState<Files['unfit']>([])

  function clear(): void {
    setChosen([])
    setUnfit([])
  }
  function add(given: readonly File[]): void {
    if (!uploads || given.length === 0) return
    const sifted = sift(given, chosen.length, uploads)
    setChosen([...chosen, ...sifted.fit.map(outgoing)])
    setUnfit(sifted.unfit)
  }
  useDrop(uploads && add)
  useEffect(clear, [subject])

  if (!uploads) return undefined
  return {
    chosen,
    unfit,
    add,
    remove(file) {
      if (file.preview) URL.revokeObjectURL(file.preview)
      setChosen(chosen.filter((each) => each !== file))
      setUnfit([])
    },
    clear,
  }
}

const outgoing = (file: File): Outgoing => ({
  name: file.name,
  blob: file,
  ...(kindOf(file.type) === 'picture' && { preview: URL.createObjectURL(file) }),
})

/** Otherwise the browser would leave the chat and open the file. */
function useDrop(add: ((files: readonly File[]) => void) | undefined): void {
  const taking = useRef(add)
  taking.current = add
  const isOn = add !== undefined
  useEffect(() => {
    if (!isOn) return
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      taking.current?.(files)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [isOn])
}
