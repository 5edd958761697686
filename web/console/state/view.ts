import type { ViewAction } from './actions'
import { sectionsOf } from './queue'
import type { State, View } from './state'

/** What is open and chosen, after something was opened or chosen. */
export function reduceView(state: State, action: ViewAction): State {
  return { ...state, view: viewAfter(state, action) }
}

function viewAfter(state: State, action: ViewAction): View {
  const { view } = state
  switch (action.type) {
    case 'select':
      return select(state, action.id)
    case 'tab':
      return { ...view, tab: action.tab, search: '', found: [], page: 'desk' }
    case 'search':
      return { ...view, search: action.search, found: action.search ? view.found : [] }
    case 'found':
      return action.search === view.search ? { ...view, found: action.cases } : view
    case 'mode':
      return { ...view, mode: action.mode, tray: undefined }
    case 'tray':
      return {
        ...view,
        tray: action.tray,
        isMarking: false,
        armed: undefined,
        // Where the ladder lies over the conversation, it would lie over the question.
        drawer: action.tray ? undefined : view.drawer,
      }
    case 'overlay':
      return { ...view, overlay: action.overlay }
    case 'marking':
      return { ...view, isMarking: action.isMarking, armed: undefined }
    case 'arm':
      return { ...view, armed: action.fix, isMarking: false }
    case 'drawer':
      return { ...view, drawer: action.drawer }
    case 'page':
      return { ...view, page: action.page, overlay: undefined, drawer: undefined }
    case 'notice':
      return { ...view, notice: action.notice }
  }
}

/** Another case: whatever was half open for the one before is put away. */
function select(state: State, id: string | undefined): View {
  const { view } = state
  const shown = sectionsOf(state).flatMap(({ lines }) => lines)
  const position = shown.findIndex((line) => line.id === id)
  return {
    ...view,
    page: 'desk',
    selected: id,
    position: position < 0 ? view.position : position,
    mode: 'reply',
    tray: undefined,
    isMarking: false,
    armed: undefined,
    drawer: undefined,
  }
}
