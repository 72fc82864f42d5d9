import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import express from 'express'
import { createTypingProxy } from 'react-linq-typing/server'
import { mayWrite } from './session.js' // yours

const proxy = createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite })

const app = express()
app.use('/api/linq', getRequestListener(proxy)) // before express.json()
app.listen(Number(process.env.PORT ?? 3000))
