import { defineScript, HEADER_ARGUMENTS, ROWS } from './script.js'

/** No script enumerates more queues than this. */
export const MOST_QUEUES = 200

/**
 * A queue holds the wake-ups of one workflow and graph. Each jump goes to the first row behind the queue before; the
 * answer ends with where to go on, or with nothing.
 */
export const queuesScript = defineScript(`
local prefix, from, queues = ARGV[2], ARGV[3], {}
local function skip(row, at)
  local colon = string.find(row, ':', at, true)
  return colon + tonumber(string.sub(row, at, colon - 1)) + 1
end
for _ = 1, ${MOST_QUEUES} do
  local row = redis.call('ZRANGEBYLEX', KEYS[1], from, '+', 'LIMIT', 0, 1)[1]
  if not row or string.sub(row, 1, #prefix) ~= prefix then return { queues } end
  local queue = string.sub(row, 1, skip(row, skip(row, 1)) - 1)
  queues[#queues + 1] = queue
  from = '[' .. queue .. ':'
end
return { queues, from }
`)

/** What is due in some queues, the oldest of each first; nothing is taken. */
export const peekScript = defineScript(`
local limit, found = tonumber(argument()), {}
for index = 1, #ARGV - 2 do
  local queue = argument()
  found[index] = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. queue, '(' .. queue .. sortable(now + 1), 'LIMIT', 0, limit)
end
return found
`)

/** Takes those of the rows that nobody has taken or moved meanwhile, and answers with their headers as they are then. */
export const takeScript = defineScript(`${ROWS}
local wakes, wake, taken = key(), string.format('%.17g', now + tonumber(argument())), {}
for index = 1, #KEYS - 1 do
  local header, row, id = key(), argument(), argument()
  taken[index] = false
  if redis.call('ZREM', wakes, row) == 1 and redis.call('EXISTS', header) == 1 then
    redis.call('HSET', header, 'wake', wake)
    redis.call('ZADD', wakes, 0, wakeRow(fieldsOf(header), id))
    taken[index] = redis.call('HMGET', header, ${HEADER_ARGUMENTS})
  end
end
return { now, taken }
`)
