import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { subjectOf, type Line } from '../../line'
import { chooseLocale, chooseWords } from '../../words'
import type { Keep } from '../live/keep'
import type { Page } from '../live/page'
import { beep } from '../live/sound'
import { createClock } from '../state/clock'
import { headerState, waitingWords } from '../state/header'
import { isMessage } from '../state/news'
import { isPast, itemsOf, openPrompt } from '../state/transcript'
import { Aloud } from './aloud'
import { Composer } from './composer'
import { Header } from './header'
import type { Sheet } from './menu'
import { Notice } from './notice'
import { PanelContext, type Panel } from './panel-context'
import { Sheets } from './sheets'
import { Talk } from './talk'
import { useChanging } from './use-changing'
import { draftName } from './use-draft'
import { useLook } from './use-look'
import { useLink } from './use-link'
import { seenName, useNews } from './use-news'
import { usePromptFocus } from './use-prompt-focus'
import { useSeen } from './use-seen'
import { Ways } from './ways'

interface AppProps {
  readonly line: Line
  readonly page: Page
  readonly keep: Keep
  /** Of how far the conversation was read. */
  readonly marks: Keep
}

/** The panel. */
export function App({ line, page, keep, marks }: AppProps) {
  const state = useChanging(line)
  const { isFramed, isShown, keepsFocus, options, height, userToken } = useChanging(page)
  const subject = subjectOf(userToken)
  const packLanguage = state.standing?.language ?? keep.read('language')
  const words = chooseWords(packLanguage, options.language)
  const { skewMs = 0 } = state
  const clock = useMemo(() => {
    const tags = [options.language ?? '', ...navigator.languages]
    return createClock(chooseLocale(words, tags), () => Date.now() + skewMs)
  }, [words, options.language, skewMs])
  const packTitle = state.standing?.title || keep.read('title')
  const title = options.title ?? packTitle ?? words.header.title
  const holder = state.standing?.holder ?? 'bot'
  const { greeting } = options
  const items = useMemo(
    () => itemsOf(state.activities, state.outbox, { holder, greeting, skewMs }),
    [state.activities, state.outbox, holder, greeting, skewMs],
  )
  const isOver = state.connection === 'ended' || isPast(state)
  const prompt = useMemo(() => (isOver ? undefined : openPrompt(items)), [items, isOver])

  const [sheet, setSheet] = useState<Sheet>()
  const [notice, setNotice] = useState<string>()
  const [hasSound, setSound] = useState(keep.read('sound') === 'on')
  const [erased, setErased] = useState(0)
  const [showsTimes, setTimes] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const menuButton = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const log = useRef<HTMLDivElement>(null)
  const awaitPrompt = usePromptFocus(log, items, isOver)

  // So that the next visit begins with the right name and in the right language, before the server has answered.
  useEffect(() => {
    if (!state.standing) return
    keep.write('language', state.standing.language)
    keep.write('title', state.standing.title || undefined)
  }, [state.standing?.language, state.standing?.title])
  useLook({ words, options, height })
  const isSeen = useSeen(isShown)
  useLink(line, (result) => setNotice(words.link[result]))
  const { aloud, unread } = useNews({
    items,
    state,
    isSeen,
    keep: marks,
    subject,
    onFresh: (fresh) => hasSound && fresh.some(isMessage) && beep(),
  })
  useEffect(() => {
    document.title = unread > 0 ? `(${clock.number(unread)}) ${title}` : title
    page.tell({ type: 'unread', count: unread })
  }, [unread, title, isFramed])
  useLayoutEffect(() => {
    if (!isShown || keepsFocus) return
    // On a phone the keyboard would jump up and cover what is to be read.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus()
    else heading.current?.focus()
  }, [isShown, keepsFocus])

  const waiting = waitingWords(state.connection, words)
  const panel: Panel = useMemo(
    () => ({
      line,
      words,
      clock,
      waiting,
      isOver,
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
    [line, words, clock, waiting, isOver],
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

  const ways = () => <Ways prompt={prompt} holder={holder} botWords={chooseWords(packLanguage)} />
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
            onOpen={setSheet}
            onClose={closeSheet}
            onNotice={setNotice}
            onForgotten={() => {
              keep.write(draftName(subject), undefined)
              marks.write(seenName(subject), undefined)
              setErased(erased + 1)
            }}
            onSound={() => {
              keep.write('sound', hasSound ? undefined : 'on')
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
            ways={ways()}
            log={log}
          />
          <div class="foot">
            {ways()}
            <Composer
              key={erased}
              drafts={keep}
              subject={subject}
              field={field}
              uploads={state.standing?.uploads}
            />
          </div>
        </main>
        <Aloud items={aloud} />
      </div>
    </PanelContext.Provider>
  )
}
