/** A small window: the panel takes all of it, and the page behind is put aside. */
const small = '(width < 480px), (height < 480px)'

export interface Phone {
  readonly isPhone: boolean
  readonly height: number
  /** Puts the page aside while the panel covers it, and back. */
  cover(isOpen: boolean): void
}

/** Fits the box to what a phone shows of the page, its keyboard taken off; tells of every change. */
export function watchPhone(root: HTMLElement, box: HTMLElement, onChange: () => void): Phone {
  const media = matchMedia(small)
  const view = window.visualViewport
  /** What of the page was put aside. */
  let aside: HTMLElement | undefined
  const { style } = document.documentElement
  let overflow: string | undefined
  const phone: Phone = {
    isPhone: false,
    height: 0,
    cover(isOpen) {
      if (aside) aside.inert = false
      const covers = isOpen && phone.isPhone
      aside = covers && !document.body.inert ? document.body : undefined
      if (aside) aside.inert = true
      if (covers) {
        overflow ??= style.overflow
        style.overflow = 'hidden'
      } else if (overflow !== undefined) {
        style.overflow = overflow
        overflow = undefined
      }
    },
  }
  function fit() {
    // Zoomed in by fingers, a part is seen on purpose.
    if (view && view.scale > 1.01) return
    const isPhone = media.matches
    const height = Math.round(view?.height ?? innerHeight)
    Object.assign(phone, { isPhone, height })
    root.classList.toggle('phone', isPhone)
    box.style.height = isPhone ? `${height}px` : ''
    box.style.top = isPhone ? `${Math.round(view?.offsetTop ?? 0)}px` : ''
    onChange()
  }
  for (const name of ['resize', 'scroll']) view?.addEventListener(name, fit)
  media.onchange = fit
  setTimeout(fit)
  return phone
}
