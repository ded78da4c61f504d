import { defineScript, ROWS } from './script.js'

/** What a commit is answered with. */
export const COMMITTED = 1
/** The base is older. The caller looks for its own commit in what was missed, and then knows what it means. */
export const BEHIND = 2
export const SEALED = 3
export const EXISTS = 4
export const DIVERGED = 5
export const GONE = 6
export const INCOMPLETE = 7
/** Header and commits do not belong together. */
export const DAMAGED = 8

/** No script looks at more of what was missed; the caller reads the rest on, and comes again. */
export const PIECE = 500

/**
 * Any number of commits, one after the other. Each reads all that it depends on before it writes, and writes the journal
 * last: where a foreign key stands in the way, its rows may be there too early, which lists notice. Each command costs
 * several times what it does by itself, so there are few. A list that was evicted is not begun anew by `RPUSHX`.
 */
export const commitScript = defineScript(`${ROWS}
local LETTERS = { s = 'status', w = 'workflow', g = 'graph', v = 'workflowVersion', r = 'resource', t = 'tags' }

local function has(item, tag)
  return item and string.sub(item, 16, 15 + #tag) == tag
end

local function shelve(keys, set, given, journal)
  local old = journal.version > 0 and fieldsOf(keys.header)
  local new = {}
  if old then for name, value in pairs(old) do new[name] = value end
  else new = { created = journal.stamp, wake = '', ended = '', status = '', workflow = '', graph = '', resource = '', tags = '' } end
  if not old then
    set[#set + 1] = 'created'
    set[#set + 1] = journal.stamp
  end
  for letter, name in pairs(LETTERS) do
    if given[letter] then
      new[name] = given[letter]
      set[#set + 1] = name
      set[#set + 1] = given[letter]
    end
  end
  if given.k then
    local how, ms = string.sub(given.k, 1, 1), string.sub(given.k, 2)
    new.wake = how == '+' and string.format('%.17g', journal.at + tonumber(ms)) or ms
    set[#set + 1] = 'wake'
    set[#set + 1] = new.wake
  end
  if given.x then
    if given.x == '' then new.ended = '' elseif new.ended == '' then new.ended = journal.stamp end
    set[#set + 1] = 'sealed'
    set[#set + 1] = given.x
    set[#set + 1] = 'ended'
    set[#set + 1] = new.ended
  end
  if given.names ~= 'k' then
    local rows = {}
    for _, row in ipairs(rowsOf(new, given.id)) do rows[row] = true end
    if old then
      for _, row in ipairs(rowsOf(old, given.id)) do
        if rows[row] then rows[row] = nil else redis.call('ZREM', keys.rows, row) end
      end
    end
    for row in pairs(rows) do redis.call('ZADD', keys.rows, 0, row) end
  end
  local before = old and old.wake ~= '' and wakeRow(old, given.id)
  local after = new.wake ~= '' and wakeRow(new, given.id)
  if before ~= after then
    if before then redis.call('ZREM', keys.wakes, before) end
    if after then redis.call('ZADD', keys.wakes, 0, after) end
  end
end

local function commit()
  local keys = { header = key(), commits = key() }
  local mode, base, baseTag, tag, body, texts, bytes, names = unpack(ARGV, argumentAt + 1, argumentAt + 8)
  argumentAt = argumentAt + 8
  base = tonumber(base)
  if texts ~= '' or bytes ~= '' then keys.values = key() end
  local given = { names = names }
  if names ~= '' then
    keys.rows, keys.wakes, given.id = key(), key(), argument()
    for index = 1, #names do given[string.sub(names, index, index)] = argument() end
  end

  local head = redis.call('HMGET', keys.header, 'version', 'commit', 'at', 'sealed')
  local version, headTag, sealed = tonumber(head[1] or 0), head[2], head[4] == '1'
  local missed
  if version == 0 then
    if base > 0 then return { ${GONE} } end
    for letter in pairs(LETTERS) do if not given[letter] then return { ${INCOMPLETE} } end end
  elseif mode == 'new' then
    local first = redis.call('LINDEX', keys.commits, 0)
    if not first then return { ${DAMAGED} } end
    if not has(first, tag) then return { ${EXISTS}, version, headTag } end
    return { ${COMMITTED}, 1, tonumber(string.sub(first, 1, 15)) }
  elseif base ~= version or baseTag ~= headTag then
    if base >= version then return { ${DIVERGED} } end
    if base > 0 and not has(redis.call('LINDEX', keys.commits, base - 1), baseTag) then return { ${DIVERGED} } end
    missed = redis.call('LRANGE', keys.commits, base, base + ${PIECE} - 1)
    if mode == 'head' or version - base > ${PIECE} then return { ${BEHIND}, version, headTag, missed } end
    for _, item in ipairs(missed) do
      if has(item, tag) then return { ${BEHIND}, version, headTag, missed } end
    end
    if sealed then return { ${SEALED}, version, headTag, missed } end
  elseif sealed and mode == 'any' then
    return { ${SEALED}, version, headTag }
  end

  local at = math.max(now, tonumber(head[3] or 0))
  local stamp = sortable(at)
  local set = { 'HSET', keys.header, 'version', version + 1, 'commit', tag, 'at', stamp }
  if names ~= '' then shelve(keys, set, given, { version = version, at = at, stamp = stamp }) end
  if texts ~= '' then redis.call('HSET', keys.values, (version + 1) .. 't', texts) end
  if bytes ~= '' then redis.call('HSET', keys.values, (version + 1) .. 'b', bytes) end
  local length = redis.call(version == 0 and 'RPUSH' or 'RPUSHX', keys.commits, stamp .. body)
  if length ~= version + 1 then
    if length > 0 then redis.call('RPOP', keys.commits) end
    return { ${DAMAGED} }
  end
  redis.call(unpack(set))
  return { ${COMMITTED}, version + 1, at, missed }
end

local answers = {}
for index = 1, tonumber(argument()) do answers[index] = commit() end
return answers
`)
