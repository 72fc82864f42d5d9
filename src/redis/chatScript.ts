/**
 * Texts (actors, names, ids) arrive as JSON and are kept as JSON, so that a script only has to join them. Times are whole
 * microseconds by Redis's own clock; durations come in and go out in milliseconds.
 */
export const clock = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if now > tonumber(ARGV[1]) then
  return redis.error_reply('LATE ' .. string.format('%.0f', now) .. ' this command was meant for an earlier time')
end
local function micros(milliseconds) return math.floor(tonumber(milliseconds) * 1000 + 0.5) end
local function millis(duration) return string.format('%.3f', duration / 1000) end
local function text(number) return string.format('%.0f', number) end
local function answer(json) return '[' .. text(now) .. ',' .. json .. ']' end
`

/**
 * A chat is one hash. Its fields are `l` and an actor for a lease, `a` and an actor for an arrival, `m` and an id for a
 * reported message, `r` and a handle for a recipient, and some with their full name.
 */
export const chat: string = `${clock}
local key, channel, chatId = KEYS[1], ARGV[2], ARGV[3]
local memory = 120000
local leases, arrivals, others, lastEnd, takes = {}, {}, 0, now, 0
local owedSince, owedUntil, version = 0, 0, 0
local messages, recipients, handles = {}, {}, 0
local everyone = { order = -1 }

local function keep(field, value) redis.call('HSET', key, field, value) end
local function forget(field) redis.call('HDEL', key, field) end
local function tell(kind, rest)
  version = math.max(version + 1, now)
  keep('version', text(version))
  redis.call('PUBLISH', channel,
    '{"chatId":' .. chatId .. ',"version":' .. text(version) .. ',"type":"' .. kind .. '"' .. rest .. '}')
end
-- Anything in the future is from before the clock was set back.
local function isKnown(at) return at <= now and at >= now - micros(memory) end
local function finish(json)
  redis.call('PEXPIRE', key, memory)
  return answer(json)
end

local fields = redis.call('HGETALL', key)
for i = 1, #fields, 2 do
  local field, value = fields[i], fields[i + 1]
  local kind, actor = field:sub(1, 1), field:sub(2)
  if field == 'takes' then takes = tonumber(value)
  elseif field == 'version' then version = tonumber(value)
  elseif field == 'owed' then
    local since, till = value:match('^(%S+) (%S+)$')
    owedSince, owedUntil = tonumber(since), tonumber(till)
  elseif field == 'everyone' then
    local order, heardAt = value:match('^(%S+) (%S+)$')
    if isKnown(tonumber(heardAt)) then everyone.order = tonumber(order) end
  elseif kind == 'a' or kind == 'm' then
    local at = tonumber(value)
    if not isKnown(at) then forget(field)
    elseif kind == 'a' then arrivals[actor] = at
    else messages[actor] = true end
  elseif kind == 'r' then
    local order, heardAt, since, endsAt = value:match('^(%S+) (%S+) (%S+) (%S+)$')
    if isKnown(tonumber(heardAt)) then
      recipients[actor] = { order = tonumber(order), since = tonumber(since), endsAt = tonumber(endsAt) }
      handles = handles + 1
    else forget(field) end
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
