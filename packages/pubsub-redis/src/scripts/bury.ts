import { now } from './now.js'
import { putBackEntry } from './put-back.js'
import { defineScript } from './script.js'

/**
 * Removes a process that has not been heard of for long, or its own caller, and puts back what it holds. What it held
 * when it died counts as failed, so that a hint that kills whoever takes it does not go round for ever. Answers whether
 * it did. KEYS: alive, wake and streams of the process. ARGV: process, after how long one is dead or '' for the caller, tries.
 */
export const buryScript = defineScript(
  now,
  putBackEntry,
  `
local failures = 0
if ARGV[2] ~= '' then
  local seen = redis.call('ZSCORE', KEYS[1], ARGV[1])
  if not seen or tonumber(seen) > now - ARGV[2] then return 0 end
  failures = 1
end
redis.call('ZREM', KEYS[1], ARGV[1])
for _, stream in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  repeat
    local held = redis.pcall('XPENDING', stream, 'wf', '-', '+', 500, ARGV[1])
    if held.err then held = {} end
    for _, entry in ipairs(held) do
      putBack(stream, entry[1], failures, tonumber(ARGV[3]))
    end
  until #held < 500
  redis.pcall('XGROUP', 'DELCONSUMER', stream, 'wf', ARGV[1])
end
redis.call('DEL', KEYS[2], KEYS[3])
return 1
`,
)
