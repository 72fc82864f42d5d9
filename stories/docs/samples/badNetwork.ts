import { createLinqEmulator } from 'react-linq-typing/testing'

export const linq = createLinqEmulator({
  lifetime: 90_000, // or 60_000, the default: Linq's documents name both
  deliveryDelay: 2_600,
  network: ({ action }) => {
    if (action === 'stop') return { up: 'lost' } // never arrives
    if (action === 'message') return { answer: { status: 500, code: 3001 } }
    return { up: 200, down: 4_000 } // the bubble is on long before we know
  },
})
