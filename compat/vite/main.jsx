import { createRoot, hydrateRoot } from 'react-dom/client'
// The stylesheets of one kind of app, in its order.
import 'virtual:styles'
import { App } from './App.jsx'

const root = document.getElementById('root')
const app = <App {...Object.fromEntries(new URLSearchParams(location.search))} />

if (root.hasChildNodes()) hydrateRoot(root, app)
else createRoot(root).render(app)
