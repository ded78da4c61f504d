import { defineScript, HEADER_ARGUMENTS } from './script.js'

/** Header, checkpoint and the first commits of one moment; what else there is can be read on, because it stays. */
export const readScript = defineScript(`
local header = redis.call('HMGET', KEYS[1], ${HEADER_ARGUMENTS})
if not header[1] then return false end
local after, most, checkpoint = tonumber(ARGV[2]), tonumber(ARGV[3]), {}
if ARGV[4] == '1' then
  local version = tonumber(redis.call('HGET', KEYS[3], 'version') or 0)
  if version > after then
    checkpoint = redis.call('HMGET', KEYS[3], 'version', 'commit', 'kind', 'state')
    after = version
  end
end
local items = most > 0 and redis.call('LRANGE', KEYS[2], after, after + most - 1) or {}
return { header, checkpoint, items, after }
`)
