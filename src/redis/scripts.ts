import type { TypingStore } from '../server/hub/typingStore.js'

/**
 * Texts (actors, names, ids) come as JSON and are kept as JSON, so that a script only puts them together. Times are
 * whole microseconds of Redis's own clock, durations come and go in milliseconds.
 */
const clock = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if now > tonumber(ARGV[1]) then return redis.error_reply('LATE this command was meant for an earlier time') end
local function micros(milliseconds) return math.floor(tonumber(milliseconds) * 1000 + 0.5) end
local function millis(duration) return string.format('%.3f', duration / 1000) end
local function text(number) return string.format('%.0f', number) end
local function answer(json) return '[' .. text(now) .. ',' .. json .. ']' end
`

/** A chat is one hash: `l` and an actor for a lease, `a` and an actor for an arrival, `takes`, `owed`. */
const chat = `${clock}
local key, channel, chatId = KEYS[1], ARGV[2], ARGV[3]
local memory = 120000
local leases, arrivals, others, lastEnd, takes, owedUntil = {}, {}, 0, now, 0, 0

local function keep(field, value) redis.call('HSET', key, field, value) end
local function forget(field) redis.call('HDEL', key, field) end
local function tell(kind, rest)
  redis.call('PUBLISH', channel, '{"chatId":' .. chatId .. ',"type":"' .. kind .. '"' .. rest .. '}')
end
local function finish(json)
  redis.call('PEXPIRE', key, memory)
  return answer(json)
end

local fields = redis.call('HGETALL', key)
for i = 1, #fields, 2 do
  local field, value = fields[i], fields[i + 1]
  local kind, actor = field:sub(1, 1), field:sub(2)
  if field == 'takes' then takes = tonumber(value)
  elseif field == 'owed' then owedUntil = tonumber(value)
  elseif kind == 'a' then
    local at = tonumber(value)
    -- What lies ahead is from before the clock was set back.
    if at > now or at < now - micros(memory) then forget(field) else arrivals[actor] = at end
  else
    local since, takenAt, endsAt, name = value:match('^(%S+) (%S+) (%S+) (.*)$')
    if tonumber(endsAt) <= now or tonumber(takenAt) > now then forget(field)
    else
      leases[actor] = { since = tonumber(since), takenAt = tonumber(takenAt), endsAt = tonumber(endsAt), name = name }
      others = others + 1
    end
  end
end

local function isNewest(actor, at)
  if arrivals[actor] and at < arrivals[actor] then return false end
  keep('a' .. actor, text(at))
  return true
end
local function endLease(actor)
  if not leases[actor] then return end
  leases[actor] = nil
  others = others - 1
  forget('l' .. actor)
  tell('idle', ',"actor":' .. actor)
end
`

const take = `${chat}
local actor, age, lifetime, max, name = ARGV[4], micros(ARGV[5]), micros(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
if not isNewest(actor, now - age) then return finish('"stale"') end
local former = leases[actor]
if not former and others >= max then return finish('false') end
local since = former and former.since or now
keep('l' .. actor, text(since) .. ' ' .. text(now) .. ' ' .. text(now + lifetime) .. ' ' .. name)
keep('takes', text(takes + 1))
tell('typing', ',"actor":' .. actor .. (name ~= '' and ',"name":' .. name or '') .. ',"endsIn":' .. millis(lifetime))
return finish('true')
`

const giveBack = `${chat}
local actor, age, owes = ARGV[4], micros(ARGV[5]), micros(ARGV[6])
local isStale = actor ~= '' and not isNewest(actor, now - age)
if not isStale then
  if actor ~= '' then endLease(actor) end
  if owes > 0 and others > 0 then
    owedUntil = now + owes
    keep('owed', text(owedUntil))
  end
end
for _, lease in pairs(leases) do lastEnd = math.max(lastEnd, lease.endsAt) end
return finish(
  '{"isStale":' .. tostring(isStale) .. ',"others":' .. others .. ',"lapsesIn":' .. millis(lastEnd - now) ..
  ',"isOwed":' .. tostring(owedUntil > now) .. ',"takes":' .. text(takes) .. '}'
)
`

const settle = `${chat}
forget('owed')
return finish(tostring(takes > tonumber(ARGV[4]) and others > 0))
`

const clear = `${chat}
local actor, age, id = ARGV[4], micros(ARGV[5]), ARGV[6]
forget('owed')
for holder, lease in pairs(leases) do
  if (actor == '' or actor == holder) and lease.takenAt <= now - age then endLease(holder) end
end
tell('message', (actor ~= '' and ',"actor":' .. actor or '') .. (id ~= '' and ',"id":' .. id or ''))
return finish('null')
`

const typists = `${chat}
local list = {}
for actor, lease in pairs(leases) do
  list[#list + 1] = '{"chatId":' .. chatId .. ',"actor":' .. actor ..
    (lease.name ~= '' and ',"name":' .. lease.name or '') ..
    ',"age":' .. millis(now - lease.since) .. ',"endsIn":' .. millis(lease.endsAt - now) .. '}'
end
return answer('[' .. table.concat(list, ',') .. ']')
`

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

/** One script for each command of a store: Redis runs nothing else meanwhile. */
export const scripts: Readonly<Record<Exclude<keyof TypingStore, 'subscribe'>, string>> = {
  take,
  giveBack,
  settle,
  clear,
  typists,
  count,
  hush,
  quiet,
  remember,
  knows,
}
