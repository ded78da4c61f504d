import { defineScript } from './script.js'

/**
 * Adds hints to the streams of all groups of a topic, and sends them to those without a group (`*`). A stream that has
 * expired is not made again: nobody has read it for long. KEYS: topic. ARGV: how many may wait, hints.
 */
export const publishScript = defineScript(`
for _, group in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if group == '*' then
    redis.call('PUBLISH', KEYS[1], table.concat(ARGV, '\\1', 2))
  else
    local stream = KEYS[1] .. '/' .. group
    for i = 2, #ARGV do
      if not redis.call('XADD', stream, 'NOMKSTREAM', 'MAXLEN', '~', ARGV[1], '*', 'h', ARGV[i]) then
        redis.call('SREM', KEYS[1], group)
        break
      end
    end
  end
end
`)
