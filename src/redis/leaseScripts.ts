import { chat } from './chatScript.js'

export const take: string = `${chat}
local actor, age, lifetime, max, name = ARGV[4], micros(ARGV[5]), micros(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
if not isNewest(actor, now - age) then return finish('"stale"') end
local former = leases[actor]
if not former and others >= max then return finish('false') end
local since = former and former.since or now
keep('l' .. actor, text(since) .. ' ' .. text(now) .. ' ' .. text(now + lifetime) .. ' ' .. name)
keep('takes', text(takes + 1))
tell('typing', ',"actor":' .. actor .. (name ~= '' and ',"name":' .. name or '') ..
  ',"age":' .. millis(now - since) .. ',"endsIn":' .. millis(lifetime))
return finish('true')
`

export const giveBack: string = `${chat}
local actor, age, owes = ARGV[4], micros(ARGV[5]), micros(ARGV[6])
local isStale = actor ~= '' and not isNewest(actor, now - age)
if not isStale then
  if actor ~= '' then endLease(actor) end
  if owes > 0 and others > 0 then
    owedUntil = now + owes
    keep('owed', text(now) .. ' ' .. text(owedUntil))
  end
end
for _, lease in pairs(leases) do lastEnd = math.max(lastEnd, lease.endsAt) end
return finish(
  '{"isStale":' .. tostring(isStale) .. ',"others":' .. others .. ',"lapsesIn":' .. millis(lastEnd - now) ..
  ',"isOwed":' .. tostring(owedUntil > now) .. ',"takes":' .. text(takes) .. '}'
)
`

export const settle: string = `${chat}
forget('owed')
return finish(tostring(takes > tonumber(ARGV[4]) and others > 0))
`

export const clear: string = `${chat}
local actor, sentAt, id = ARGV[4], now - micros(ARGV[5]), ARGV[6]
if id ~= '' then
  if messages[id] then return finish('null') end
  keep('m' .. id, text(now))
end
-- A start since then brought the bubble back.
local isOnAgain = false
for _, lease in pairs(leases) do isOnAgain = isOnAgain or lease.takenAt > sentAt end
if owedSince <= sentAt and not isOnAgain then forget('owed') end
for holder, lease in pairs(leases) do
  if (actor == '' or actor == holder) and lease.takenAt <= sentAt then endLease(holder) end
end
tell('message', (actor ~= '' and ',"actor":' .. actor or '') .. (id ~= '' and ',"id":' .. id or ''))
return finish('null')
`

/** Who of us types, as JSON. */
export const listTypists = `
local list = {}
for actor, lease in pairs(leases) do
  list[#list + 1] = '{"chatId":' .. chatId .. ',"actor":' .. actor ..
    (lease.name ~= '' and ',"name":' .. lease.name or '') ..
    ',"age":' .. millis(now - lease.since) .. ',"endsIn":' .. millis(lease.endsAt - now) .. '}'
end
`

export const typists: string = `${chat}${listTypists}
return answer('[' .. table.concat(list, ',') .. ']')
`
