import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'react-linq-typing/styles.css'
import '../stories/recipient/recipient.css'
import { App } from './App.js'
import { agent } from './thisWindow.js'
import './styles/page.css'
import './styles/agents.css'
import './styles/chats.css'
import './styles/conversation.css'
import './styles/switches.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root.')

document.title = `${agent.name} · ${document.title}`

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
