import { defineScript } from './script.js'

/** Of a head that is in the history, and not older than what is stored. One of the same head replaces it. */
export const checkpointScript = defineScript(`
local version, tag = tonumber(ARGV[2]), ARGV[3]
local item = version > 0 and redis.call('LINDEX', KEYS[1], version - 1)
if not item or string.sub(item, 16, 15 + #tag) ~= tag then return 0 end
if tonumber(redis.call('HGET', KEYS[2], 'version') or 0) > version then return 0 end
redis.call('HSET', KEYS[2], 'version', version, 'commit', tag, 'kind', ARGV[4], 'state', ARGV[5])
return 1
`)
