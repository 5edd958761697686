import { Component, type ComponentType, h } from 'preact'

/** Draws again only when something given to it changed: a list of hundreds then costs little. */
export function memo<P extends object>(
  view: ComponentType<P>,
  isSame: (a: P, b: P) => boolean = shallowSame,
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

function shallowSame(a: object, b: object): boolean {
  const [before, after] = [Object.entries(a), new Map(Object.entries(b))]
  return before.length === after.size && before.every(([name, value]) => after.get(name) === value)
}
