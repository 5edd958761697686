import { Component, type ComponentType, h } from 'preact'

/** Draws again only when something given to it changed: a long conversation then costs little. */
export function memo<P extends object>(
  view: ComponentType<P>,
  isSame: (a: P, b: P) => boolean,
): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return !isSame(this.props as P, next)
    }
    override render() {
      return h(view as ComponentType<object>, this.props)
    }
  }
}
