import { chat, clock } from './chatScript.js'
import { listTypists } from './leaseScripts.js'

/** Of two signs at the same time, the one with the greater rank counts. */
export const hear: string = `${chat}
local kind, handle, at, age = ARGV[4], ARGV[5], math.floor(tonumber(ARGV[6])), micros(ARGV[7])
local lifetime, id = micros(ARGV[8]), ARGV[9]
local rank = kind == 'typing' and 2 or kind == 'idle' and 1 or 0
local order = at * 3 + rank
local former = recipients[handle]
local endsAll = handle == '' and kind ~= 'typing'
local isNews = endsAll or not former or order > former.order
if order <= everyone.order or not (isNews or kind == 'message') then return finish('false') end

local function whose(who) return who ~= '' and ',"handle":' .. who or '' end
local function note(who, since, endsAt)
  recipients[who] = { order = order, since = since, endsAt = endsAt }
  keep('r' .. who, text(order) .. ' ' .. text(now) .. ' ' .. text(since) .. ' ' .. text(endsAt))
end

if kind == 'typing' then
  if not former and handles >= 50 then return finish('false') end
  local since = former and former.endsAt > now and former.since or now - age
  local endsAt = math.max(now + lifetime - age, former and former.endsAt or 0)
  note(handle, since, endsAt)
  if endsAt > now then
    tell('recipient-typing', whose(handle) .. ',"age":' .. millis(now - since) .. ',"endsIn":' .. millis(endsAt - now))
  end
  return finish('true')
end

local function finishBubble(who)
  local bubble = recipients[who]
  if bubble and bubble.order > order then return end
  if bubble and bubble.endsAt > now then tell('recipient-idle', whose(who)) end
  if endsAll then
    recipients[who] = nil
    forget('r' .. who)
  elseif bubble or who == '' or handles < 50 then note(who, 0, 0) end
end

local isOverall, before = true, version
if endsAll then
  keep('everyone', text(order) .. ' ' .. text(now))
  for who in pairs(recipients) do finishBubble(who) end
  for _, bubble in pairs(recipients) do isOverall = isOverall and bubble.endsAt <= now end
else
  if isNews then finishBubble(handle) end
  -- They may have begun before it was known who they were.
  if kind == 'message' then finishBubble('') end
end
-- Listeners take a message from an unknown sender as the end of all bubbles.
if kind == 'message' and isNews and isOverall then
  tell('recipient-message', whose(handle) .. (id ~= '' and ',"id":' .. id or ''))
end
return finish(tostring(isNews or version > before))
`

/** The version lies after all changes so far, and before the next. */
export const states: string = `${chat}${listTypists}
local theirs = {}
for who, bubble in pairs(recipients) do
  if bubble.endsAt > now then
    theirs[#theirs + 1] = '{' .. (who ~= '' and '"handle":' .. who .. ',' or '') ..
      '"age":' .. millis(now - bubble.since) .. ',"endsIn":' .. millis(bubble.endsAt - now) .. '}'
  end
end
return answer('{"chatId":' .. chatId .. ',"version":' .. text(math.max(version, now - 1)) .. '.5' ..
  ',"agents":[' .. table.concat(list, ',') .. '],"recipients":[' .. table.concat(theirs, ',') .. ']}')
`

/** Keeps a tenant's active chats, by the time at which their typing ends. */
export const noteActive: string = `${clock}
local key = KEYS[1]
local chatId, endsAt = ARGV[2], now + micros(ARGV[3])
redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now))
-- Nobody's bubble lasts that long. It is from before the clock was set back.
redis.call('ZREMRANGEBYSCORE', key, text(now + 120000000), '+inf')
local known = tonumber(redis.call('ZSCORE', key, chatId) or 0)
if endsAt > known then redis.call('ZADD', key, text(endsAt), chatId) end
redis.call('ZREMRANGEBYRANK', key, 0, -1001)
redis.call('PEXPIRE', key, 120000)
return answer('null')
`

export const activeChats: string = `${clock}
local chats = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(' .. text(now), 'LIMIT', 0, 1000)
return answer('[' .. table.concat(chats, ',') .. ']')
`
