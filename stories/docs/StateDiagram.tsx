import type { ReactNode } from 'react'
import type { TypingStatus } from 'react-linq-typing'
import { ArrowTip } from './ArrowTip.js'
import './stateDiagram.css'

export interface StateDiagramProps {
  /** The state that is lit. */
  current?: TypingStatus | undefined
}

const places: Record<TypingStatus, readonly [x: number, y: number]> = {
  idle: [196, 42],
  starting: [196, 152],
  active: [196, 292],
  stopping: [196, 412],
  waiting: [384, 212],
  unavailable: [384, 42],
}

/** A path, what makes a session go it, and where that stands. */
const ways: readonly { path: string; says: readonly string[]; x: number; y: number }[] = [
  { path: 'M196 64V128', says: ['an edit'], x: 204, y: 100 },
  { path: 'M196 174V268', says: ['accepted'], x: 116, y: 228 },
  { path: 'M196 314V388', says: ['10 s idle,', 'emptied'], x: 204, y: 346 },
  { path: 'M136 412H54Q24 412 24 382V64Q24 34 54 34H134', says: ['accepted'], x: 56, y: 404 },
  { path: 'M136 292H108Q80 292 80 264V78Q80 50 108 50H134', says: ['sent'], x: 88, y: 168 },
  { path: 'M256 282C302 268 302 316 257 302', says: ['an edit, 48 s on'], x: 298, y: 297 },
  { path: 'M256 160C330 160 366 166 366 186', says: ['fails'], x: 372, y: 178 },
  { path: 'M324 214C270 214 232 204 232 178', says: ['an edit, later'], x: 270, y: 252 },
  { path: 'M256 142C320 142 366 122 366 70', says: ['refused'], x: 372, y: 112 },
  { path: 'M324 42H258', says: ['reset()'], x: 268, y: 34 },
]

/** The states of a session, and what leads from one to another. The page says the same in words. */
export function StateDiagram({ current }: StateDiagramProps): ReactNode {
  return (
    <figure className="state-diagram">
      <svg viewBox="0 0 460 452" role="img" aria-label={description}>
        <ArrowTip id="state-diagram-tip" refX={4} />
        {ways.map(({ path, says, x, y }) => (
          <g key={path}>
            <path className="state-diagram-way" d={path} markerEnd="url(#state-diagram-tip)" />
            {says.map((line, index) => (
              <text key={line} className="state-diagram-says" x={x} y={y + index * 16}>
                {line}
              </text>
            ))}
          </g>
        ))}
        {Object.entries(places).map(([status, [x, y]]) => (
          <g key={status} className="state-diagram-state" data-current={status === current ? '' : undefined}>
            <rect x={x - 60} y={y - 22} width="120" height="44" rx="22" />
            <text x={x} y={y + 5}>
              {status}
            </text>
          </g>
        ))}
      </svg>
      {current !== undefined && (
        <figcaption>
          <code>typing.status</code> is <b>{current}</b>
        </figcaption>
      )}
    </figure>
  )
}

const description =
  'The states of a session. From idle, an edit leads to starting. When the start is accepted, the session is active. ' +
  'After ten idle seconds, or when the box is emptied, it is stopping, and when the stop is accepted, idle. Sending leads ' +
  'from active to idle. An edit after 48 seconds keeps it active. If a start fails for now, starting leads to waiting, and ' +
  'a later edit leads back. If it is refused for good, it leads to unavailable, and reset leads from there to idle.'
