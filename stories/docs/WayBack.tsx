import type { ReactNode } from 'react'
import { ArrowTip } from './ArrowTip.js'
import './wayBack.css'

interface Station {
  name: string
  /** What it does, in a few words. */
  does: readonly string[]
  x: number
  y: number
}

const width = 168
const height = 62

const stations: readonly Station[] = [
  { name: 'The phone', does: ['Ada types'], x: 6, y: 20 },
  { name: 'Linq', does: ['knows it first'], x: 252, y: 20 },
  { name: 'Your webhook', does: ['checks the signature'], x: 498, y: 20 },
  { name: 'The hub', does: ['memory, or Redis'], x: 498, y: 142 },
  { name: 'The stream', does: ['to those who may see'], x: 252, y: 142 },
  { name: 'The page', does: ['shows three dots'], x: 6, y: 142 },
]

/** The arrows between them, and what goes over each. */
const ways: readonly { path: string; says: string; x: number; y: number }[] = [
  { path: 'M176 51H248', says: 'iMessage', x: 213, y: 42 },
  { path: 'M422 51H494', says: 'HTTP', x: 459, y: 42 },
  { path: 'M582 84V138', says: 'an event', x: 618, y: 116 },
  { path: 'M496 173H424', says: 'a change', x: 459, y: 164 },
  { path: 'M250 173H178', says: 'SSE', x: 213, y: 164 },
]

/** The way from the recipient's phone to the page. The text below says the same. */
export function WayBack(): ReactNode {
  return (
    <figure className="way-back">
      <svg viewBox="0 0 672 224" role="img" aria-label={description}>
        <ArrowTip id="way-back-tip" refX={6} />
        {ways.map(({ path, says, x, y }) => (
          <g key={path}>
            <path className="way-back-way" d={path} markerEnd="url(#way-back-tip)" />
            <text className="way-back-says" x={x} y={y}>
              {says}
            </text>
          </g>
        ))}
        {stations.map(({ name, does, x, y }) => (
          <g key={name} className="way-back-station">
            <rect x={x} y={y} width={width} height={height} rx="12" />
            <text className="way-back-name" x={x + width / 2} y={y + 26}>
              {name}
            </text>
            {does.map((line, index) => (
              <text key={line} className="way-back-does" x={x + width / 2} y={y + 46 + index * 16}>
                {line}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </figure>
  )
}

const description =
  'The way from the phone to the page. Ada types on her phone; Linq knows it first, and calls your webhook, which checks the ' +
  'signature. The hub notes it, in memory or in Redis, and the stream tells the page, which shows three dots.'
