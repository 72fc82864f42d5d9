import { http } from 'msw'
import { setupWorker } from 'msw/browser'
import { createLinqEmulator, createLinqHandlers } from 'react-linq-typing/testing'

export const linq = createLinqEmulator({ inactive: 'shown' })
export const worker = setupWorker(...createLinqHandlers(linq, { http, baseUrl: '/api/linq' }))
