import type { TypingStore } from '../server/hub/typingStore.js'
import { clock } from './chatScript.js'
import { clear, giveBack, settle, take, typists } from './leaseScripts.js'
import { activeChats, hear, noteActive, states } from './recipientScripts.js'

const count = `${clock}
local wait = 0
for i, key in ipairs(KEYS) do
  local calls = redis.call('INCR', key)
  if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, 60000) end
  if calls > tonumber(ARGV[i + 1]) then wait = math.max(wait, redis.call('PTTL', key), 1) end
end
return answer(tostring(wait))
`

const hush = `${clock}
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('SET', KEYS[1], '', 'PX', ARGV[2]) end
return answer('null')
`

const quiet = `${clock}
return answer(tostring(math.max(0, redis.call('PTTL', KEYS[1]))))
`

const remember = `${clock}
local isNew = redis.call('EXISTS', KEYS[1]) == 0
redis.call('SET', KEYS[1], '', 'PX', ARGV[2])
return answer(tostring(isNew))
`

const knows = `${clock}
return answer(tostring(redis.call('EXISTS', KEYS[1]) == 1))
`

/** One script for each command of a store, and one that goes with those that begin a bubble. Redis runs one at a time. */
export const scripts: Readonly<Record<Exclude<keyof TypingStore, 'subscribe'> | 'noteActive', string>> = {
  take,
  giveBack,
  settle,
  clear,
  typists,
  hear,
  states,
  noteActive,
  activeChats,
  count,
  hush,
  quiet,
  remember,
  knows,
}
