import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Line } from '../../line'
import { chooseLocale, chooseWords } from '../../words'
import type { Keep } from '../live/keep'
import type { Page } from '../live/page'
import { beep } from '../live/sound'
import { createClock } from '../state/clock'
import { headerState } from '../state/header'
import { itemsOf, openPrompt } from '../state/transcript'
import { Aloud } from './aloud'
import { Composer } from './composer'
import { Header } from './header'
import type { Sheet } from './menu'
import { Notice } from './notice'
import { PanelContext, type Panel } from './panel-context'
import { Sheets } from './sheets'
import { Talk } from './talk'
import { useChanging } from './use-changing'
import { useLook } from './use-look'
import { useLink } from './use-link'
import { useNews } from './use-news'
import { usePromptFocus } from './use-prompt-focus'
import { useSeen } from './use-seen'
import { Ways } from './ways'

interface AppProps {
  readonly line: Line
  readonly page: Page
  readonly wishes: Keep
  readonly drafts: Keep
}

/** The panel. */
export function App({ line, page, wishes, drafts }: AppProps) {
  const state = useChanging(line)
  const { isFramed, isShown, keepsFocus, options, height } = useChanging(page)
  const packLanguage = state.standing?.language ?? wishes.read('language')
  const words = chooseWords(options.language, packLanguage)
  const packWords = chooseWords(packLanguage, undefined)
  const clock = useMemo(
    () => createClock(chooseLocale(words, navigator.languages), () => Date.now()),
    [words],
  )
  const title = options.title ?? (state.standing?.title || words.header.title)
  const holder = state.standing?.holder ?? 'bot'
  const items = useMemo(
    () => itemsOf(state.activities, state.outbox, holder),
    [state.activities, state.outbox, holder],
  )
  const prompt = useMemo(() => openPrompt(items), [items])

  const [sheet, setSheet] = useState<Sheet>()
  const [notice, setNotice] = useState<string>()
  const [hasSound, setSound] = useState(wishes.read('sound') === 'on')
  const [showsTimes, setTimes] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const menuButton = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const log = useRef<HTMLDivElement>(null)
  const awaitPrompt = usePromptFocus(log, prompt)

  // So that the next visit begins in the right language, before the server has answered.
  useEffect(() => {
    if (state.standing) wishes.write('language', state.standing.language)
  }, [state.standing?.language])
  useLook({ words, options, height })
  const isSeen = useSeen(isShown)
  useLink(line, (result) => setNotice(words.link[result]))
  const { aloud, unread } = useNews({
    items,
    state,
    isSeen,
    onFresh: (fresh) => hasSound && fresh.some(({ kind }) => kind !== 'system') && beep(),
  })
  useEffect(() => {
    document.title = unread > 0 ? `(${clock.number(unread)}) ${title}` : title
    page.tell({ type: 'unread', count: unread })
    page.tell({ type: 'badge', count: unread })
  }, [unread, title, isFramed])
  useLayoutEffect(() => {
    if (!isShown || keepsFocus) return
    // On a phone the keyboard would jump up and cover what is to be read.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus()
    else heading.current?.focus()
  }, [isShown, keepsFocus])

  const panel: Panel = useMemo(
    () => ({
      line,
      words,
      clock,
      say: (text, files = []) => void line.send({ text, ...(files.length > 0 && { files }) }),
      press({ question }, { label, answer }) {
        const value = {
          ...(question.case !== undefined && { case: question.case }),
          ask: question.ask,
          answer,
        }
        awaitPrompt()
        line.send({ text: label, value })
      },
    }),
    [line, words, clock],
  )

  const close = isFramed ? () => page.tell({ type: 'close' }) : undefined
  function closeSheet() {
    setSheet(undefined)
    menuButton.current?.focus()
  }
  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.isComposing) return
    if (sheet) closeSheet()
    else close?.()
  }

  return (
    <PanelContext.Provider value={panel}>
      <div class="panel" onKeyDown={onKey}>
        <Header
          title={title}
          state={headerState(state, words, clock)}
          isMenuOpen={sheet === 'menu'}
          onMenu={() => (sheet ? closeSheet() : setSheet('menu'))}
          {...(close && { onClose: close })}
          heading={heading}
          menuButton={menuButton}
        />
        <main>
          <Sheets
            sheet={sheet}
            hasSound={hasSound}
            showsTimes={showsTimes}
            retentionDays={state.standing?.retentionDays}
            onOpen={setSheet}
            onClose={closeSheet}
            onNotice={setNotice}
            onSound={() => {
              wishes.write('sound', hasSound ? undefined : 'on')
              if (!hasSound) beep()
              setSound(!hasSound)
            }}
            onTimes={() => setTimes(!showsTimes)}
          />
          <Notice text={notice} onDismiss={() => (setNotice(undefined), field.current?.focus())} />
          <Talk
            items={items}
            state={state}
            greeting={options.greeting}
            showsTimes={showsTimes}
            log={log}
          />
          <div class="foot">
            <Ways
              prompt={prompt}
              holder={holder}
              personText={packWords.person.ask}
              againText={packWords.rung.askAgain}
            />
            <Composer drafts={drafts} field={field} uploads={state.standing?.uploads} />
          </div>
        </main>
        <Aloud items={aloud} />
      </div>
    </PanelContext.Provider>
  )
}
