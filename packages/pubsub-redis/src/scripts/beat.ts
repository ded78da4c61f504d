import { now } from './now.js'
import { defineScript } from './script.js'

/**
 * Says that a process lives and what it is subscribed to, and makes what of that does not exist; nothing that somebody
 * says this of expires. Answers who has not said so for long. KEYS: alive, wake, streams of the process.
 * ARGV: process, how long keys are kept, after how long one is dead, then topic key and group, again and again.
 */
export const beatScript = defineScript(
  now,
  `
local function keep(stream)
  local made = redis.pcall('XGROUP', 'CREATE', stream, 'wf', '0', 'MKSTREAM')
  if made.err and not string.find(made.err, 'BUSYGROUP') then error(made.err) end
  redis.call('PEXPIRE', stream, ARGV[2])
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
keep(KEYS[2])
for i = 4, #ARGV, 2 do
  redis.call('SADD', ARGV[i], ARGV[i + 1])
  redis.call('PEXPIRE', ARGV[i], ARGV[2])
  if ARGV[i + 1] ~= '*' then
    local stream = ARGV[i] .. '/' .. ARGV[i + 1]
    keep(stream)
    redis.call('SADD', KEYS[3], stream)
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[2])
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3], 'LIMIT', 0, 10)
`,
)
