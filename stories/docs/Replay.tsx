import { type ReactNode, useEffect, useRef, useState } from 'react'
import { TypingProvider, type TypingStatus, useTypingIndicator } from 'react-linq-typing'
import { Timeline } from '../recipient/Timeline.js'
import { createPlayback, playbackPolicy, playbackSpeed, type Playback } from './createPlayback.js'
import { type SessionScript, sessionScripts, type SessionStep } from './sessionScripts.js'
import { StateDiagram } from './StateDiagram.js'
import './docs.css'

/** Plays what someone types, and shows what becomes of it: in the diagram, in the box, and on the timeline. */
export function Replay(): ReactNode {
  const [playback, setPlayback] = useState<Playback | null>(null)
  const [status, setStatus] = useState<TypingStatus>('idle')
  const root = useRef<HTMLDivElement>(null)
  const play = (script: SessionScript) => setPlayback(createPlayback(script))

  useEffect(() => {
    if (root.current === null || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return
        watch.disconnect()
        setPlayback((current) => current ?? createPlayback(sessionScripts[0]))
      },
      { threshold: 0.5 },
    )
    watch.observe(root.current)
    return () => watch.disconnect()
  }, [])

  return (
    <div ref={root} className="docs-live docs-replay sb-unstyled">
      <StateDiagram current={playback === null ? undefined : status} />
      <div className="docs-replay-played">
        <div role="group" aria-label={`Play at ${playbackSpeed} times the speed`} className="docs-buttons">
          {sessionScripts.map((script) => (
            <button
              key={script.name}
              type="button"
              aria-pressed={playback?.script === script}
              onClick={() => play(script)}
            >
              ▶ {script.name}
            </button>
          ))}
        </div>
        <p className="docs-hint">
          {playback?.script.says ?? 'Choose what to type.'} Played at {playbackSpeed} times the speed.
        </p>
        {playback !== null && (
          <TypingProvider key={playback.begin} fetcher={playback.linq.fetcher} policy={playbackPolicy}>
            <Played playback={playback} onStatus={setStatus} />
          </TypingProvider>
        )}
      </div>
    </div>
  )
}

interface PlayedProps {
  playback: Playback
  onStatus: (status: TypingStatus) => void
}

function Played({ playback, onStatus }: PlayedProps): ReactNode {
  const { linq, begin } = playback
  const { status, keystroke, sent } = useTypingIndicator(linq.chatId)
  const [length, setLength] = useState(0)
  const [now, setNow] = useState(begin)

  useEffect(() => onStatus(status), [status, onStatus])

  useEffect(() => {
    const { steps, end } = playback.script
    const acts: Record<SessionStep['do'], () => void> = {
      key() {
        playback.press()
        keystroke()
        setLength((before) => before + 1)
      },
      empty() {
        keystroke(false)
        setLength(0)
      },
      send() {
        sent(linq.send('…'))
        setLength(0)
      },
    }
    const timers = steps.map((step) => setTimeout(acts[step.do], (step.at * 1_000) / playbackSpeed))
    let frame = requestAnimationFrame(function draw() {
      const time = Math.min(playback.now(), begin + end * 1_000)
      setNow(time)
      if (time < begin + end * 1_000) frame = requestAnimationFrame(draw)
    })
    return () => {
      timers.forEach((timer) => clearTimeout(timer))
      cancelAnimationFrame(frame)
    }
  }, [playback, linq, begin, keystroke, sent])

  return (
    <>
      <p className="docs-written" aria-hidden="true">
        {words.slice(0, length % words.length)}
        <span className="docs-caret" />
      </p>
      <Timeline
        truth={{
          name: 'Ada',
          sees: linq.emulator.recipientSees(linq.chatId),
          messages: linq.emulator.messages(linq.chatId),
          spans: linq.emulator.timeline(linq.chatId),
          calls: linq.emulator.calls,
          keys: playback.keys(),
          now,
        }}
      />
    </>
  )
}

const words =
  'It is as good as new, and it was a pleasure to work on. You can pick it up whenever it suits you: we are here until six every day but Sunday, and the dog would love to see you again. '
