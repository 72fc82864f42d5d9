import { index, route } from '@react-router/dev/routes'

export default [
  index('routes/home.jsx'),
  route('api/linq/*', 'routes/linq.js'),
  route('api/mounted/*', 'routes/mounted.js'),
  route('api/messages', 'routes/messages.js'),
  route('api/calls', 'routes/calls.js'),
]
