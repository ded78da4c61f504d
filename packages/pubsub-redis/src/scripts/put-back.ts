import { defineScript } from './script.js'

/** Part of scripts: an entry that somebody has read goes to the end of its stream, as if it had just come. */
export const putBackEntry = `
local function putBack(stream, id, failures, tries)
  local entry = redis.call('XRANGE', stream, id, id)[1]
  redis.call('XACK', stream, 'wf', id)
  if not entry then return end
  redis.call('XDEL', stream, id)
  local failed = tonumber(entry[2][4] or '0') + failures
  if failed < tries then
    redis.call('XADD', stream, '*', 'h', entry[2][2], 'n', failed)
  end
end
`

/** Puts entries back for others. KEYS: stream. ARGV: what is added to their failures, tries, ids. */
export const putBackScript = defineScript(
  putBackEntry,
  `
for i = 3, #ARGV do
  putBack(KEYS[1], ARGV[i], tonumber(ARGV[1]), tonumber(ARGV[2]))
end
`,
)
