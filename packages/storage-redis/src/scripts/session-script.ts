import { defineScript } from './script.js'

/** So many expired ids are remembered; ids are made once and at random, so older ones do not come back. */
const REMEMBERED = 10_000
/** How many that nobody asks about are let go of in one call. */
const SWEPT = 100

/** Whoever has been found expired once stays so, even when the clock goes back. The first session beats; it may be empty. */
export const sessionScript = defineScript(`
local living, expired = KEYS[1], KEYS[2]

local function bury(session)
  redis.call('ZREM', living, session)
  redis.call('ZADD', expired, now, session)
end

local function stateOf(session)
  if redis.call('ZSCORE', expired, session) then return 'expired' end
  local untilWhen = redis.call('ZSCORE', living, session)
  if not untilWhen then return 'unknown' end
  if now < tonumber(untilWhen) then return 'lives' end
  bury(session)
  return 'expired'
end

local session, ttl, alive = argument(), tonumber(argument()), 1
if session ~= '' then
  if stateOf(session) == 'expired' then alive = 0
  else redis.call('ZADD', living, string.format('%.17g', now + ttl), session) end
  for _, other in ipairs(redis.call('ZRANGEBYSCORE', living, '-inf', now, 'LIMIT', 0, ${SWEPT})) do
    if other ~= session then bury(other) end
  end
  redis.call('ZREMRANGEBYRANK', expired, 0, -${REMEMBERED + 1})
end
local answers = { alive, now }
for index = 1, #ARGV - 3 do answers[index + 2] = stateOf(argument()) == 'lives' and 1 or 0 end
return answers
`)
