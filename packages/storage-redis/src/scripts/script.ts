import { createHash } from 'node:crypto'

/** Runs in the server in one go: all of it happens, or nothing. */
export interface Script {
  readonly source: string
  readonly sha: string
}

/**
 * The clock of the server in milliseconds, to which the first argument is added; times as text that sorts as they do,
 * rounded down; and a way to take keys and arguments one by one.
 */
const PRELUDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
local keyAt, argumentAt = 0, 1
local function key()
  keyAt = keyAt + 1
  return KEYS[keyAt]
end
local function argument()
  argumentAt = argumentAt + 1
  return ARGV[argumentAt]
end
local function sortable(ms)
  return string.format('%015.0f', math.max(0, math.min(999999999999999, math.floor(ms))))
end
`

export function defineScript(source: string): Script {
  const whole = `${PRELUDE}${source}`
  return { source: whole, sha: createHash('sha1').update(whole).digest('hex') }
}

const DIGITS = 15
const MOST = 10 ** DIGITS - 1

/** A time as scripts write it where it is sorted. */
export function sortable(ms: number): string {
  return String(Math.max(0, Math.min(MOST, Math.floor(ms) || 0))).padStart(DIGITS, '0')
}

/** The fields of a header, in the order in which they are asked for. */
export const HEADER_FIELDS = [
  'version',
  'commit',
  'at',
  'created',
  'wake',
  'sealed',
  'status',
  'workflow',
  'graph',
  'workflowVersion',
  'resource',
  'tags',
] as const

export const HEADER_ARGUMENTS = HEADER_FIELDS.map((name) => `'${name}'`).join(', ')

/**
 * All ways in which the row of a journal is found, each with its creation and id behind it: by nothing, workflow,
 * status, both, resource, each tag; and, when it has ended, by when that was.
 */
export const ROWS = `
local function rowsOf(f, id)
  local tail = f.created .. id
  local rows = {
    'a' .. tail, 'w' .. f.workflow .. tail, 's' .. f.status .. tail, 'b' .. f.workflow .. f.status .. tail
  }
  if f.resource ~= '' then rows[#rows + 1] = 'r' .. f.resource .. tail end
  local from = 1
  while from <= #f.tags do
    local colon = string.find(f.tags, ':', from, true)
    local last = colon + tonumber(string.sub(f.tags, from, colon - 1))
    rows[#rows + 1] = 't' .. string.sub(f.tags, from, last) .. tail
    from = last + 1
  end
  if f.ended ~= '' then rows[#rows + 1] = 'e' .. f.ended .. id end
  return rows
end
local function wakeRow(f, id)
  return f.workflow .. f.graph .. sortable(tonumber(f.wake)) .. id
end
local FIELDS = { 'created', 'wake', 'ended', 'status', 'workflow', 'graph', 'resource', 'tags' }
local function fieldsOf(header)
  local found, f = redis.call('HMGET', header, unpack(FIELDS)), {}
  for index, name in ipairs(FIELDS) do f[name] = found[index] or '' end
  return f
end
`
