import { defineScript, ROWS } from './script.js'

/**
 * Removes one ended journal with everything that belongs to it; the server frees large keys beside its other work. With
 * a time: only one that was not updated since, has no wake-up, and is of that workflow and one of those statuses.
 */
export const deleteScript = defineScript(`${ROWS}
local header, commits, values, checkpoint, rows, wakes = key(), key(), key(), key(), key(), key()
local id, before, workflow = argument(), argument(), argument()
local head = redis.call('HMGET', header, 'sealed', 'at')
if head[1] ~= '1' then return 0 end
local f = fieldsOf(header)
if before ~= '' then
  if f.wake ~= '' or tonumber(head[2]) >= tonumber(before) then return 0 end
  if workflow ~= '' and workflow ~= f.workflow then return 0 end
  local allowed = #ARGV == 4
  for index = 5, #ARGV do allowed = allowed or ARGV[index] == f.status end
  if not allowed then return 0 end
end
for _, row in ipairs(rowsOf(f, id)) do redis.call('ZREM', rows, row) end
if f.wake ~= '' then redis.call('ZREM', wakes, wakeRow(f, id)) end
redis.call('UNLINK', header, commits, values, checkpoint)
return 1
`)
