import { index, route } from '@react-router/dev/routes'

export default [
  index('routes/home.jsx'),
  route('api/linq/*', 'routes/linq.js'),
  route('api/mounted/*', 'routes/mounted.js'),
  route('api/linq-webhook', 'routes/linqWebhook.js'),
  route('api/typing/stream', 'routes/typingStream.js'),
  route('api/messages', 'routes/messages.js'),
  route('api/calls', 'routes/calls.js'),
]
