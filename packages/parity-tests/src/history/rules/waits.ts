import { formatPath, type Graph, type HistoryEntry, nodeAt, nodesAlong, type Path, type RetryPolicy } from '@wf/core'
import { effective, type Found, found, type HistoryRule, keyOf, type Material } from '../evidence.js'
import type { RecordedRun } from '../recorded-runs.js'

export const consumedOnce: HistoryRule = {
  states: 'Each suspension is resumed once at most, and each resume that was acknowledged has resumed one of its own.',
  check: (material) => material.runs.flatMap((run) => [...resumedTwice(run), ...acknowledgedTwice(run, material)]),
}

function resumedTwice(run: RecordedRun): readonly Found[] {
  const suspended = new Set<string>()
  const wrong: Found[] = []
  for (const entry of effective(run)) {
    if (entry.type === 'step-suspended') suspended.add(keyOf(entry))
    // It enters places anew, also as if they were resumed.
    if (entry.type === 'time-travelled') return wrong
    if (entry.type === 'event-received' || entry.part === 'event') suspended.delete(formatPath(entry.path))
    if (entry.type !== 'run-resumed') continue
    for (const key of new Set(entry.says.steps as readonly string[]))
      if (!suspended.delete(key)) wrong.push(found(run.runId, `${key} was resumed and was not suspended`, entry))
  }
  return wrong
}

function acknowledgedTwice(run: RecordedRun, { calls }: Material): readonly Found[] {
  if (!calls) return []
  const resumes = effective(run).filter(({ type }) => type === 'run-resumed' || type === 'run-continued')
  const ofRun = calls.filter((call) => call.run === run.runId && call.call === 'resume')
  const count = (outcome: string): number => ofRun.filter((call) => call.outcome === outcome).length
  const [ok, info] = [count('ok'), count('info')]
  if (ok > resumes.length)
    return [found(run.runId, `${ok} resumes were acknowledged and ${resumes.length} are recorded`, ...resumes)]
  if (resumes.length > ok + info)
    return [
      found(run.runId, `${resumes.length} resumes are recorded, and ${ok + info} may have had an effect`, ...resumes),
    ]
  return []
}

export const neverEarly: HistoryRule = {
  states:
    'No sleep ends, no retry begins, no wait gives up and no time is up before its moment by the clock of the storage.',
  check: ({ runs }) => runs.flatMap((run) => [...earlyTimers(run), ...earlyRetries(run)]),
}

function earlyTimers(run: RecordedRun): readonly Found[] {
  const due = new Map<string, number>()
  const began = new Map<string, number>()
  const last = new Map<string, number>()
  const wrong: Found[] = []
  for (const entry of effective(run)) {
    const { type, at } = entry
    const place = formatPath(entry.path)
    const moment = momentOf(entry)
    if (moment !== undefined) due.set(`${place}/${isWait(entry) ? 'event' : 'wake'}`, moment)
    if (type === 'timer-fired') {
      const earliest = due.get(keyOf(entry)) ?? fixedMoment(run, entry, { began, last })
      if (earliest !== undefined && at < earliest)
        wrong.push(found(run.runId, `${keyOf(entry)} fired at ${at}, ${earliest - at} ms before its moment`, entry))
    }
    for (let depth = 0; depth <= entry.path.length; depth += 1) {
      const around = formatPath(entry.path.slice(0, depth))
      last.set(around, at)
      if (!began.has(around)) began.set(around, at)
    }
  }
  return wrong
}

/** Computed by user code, or said by whoever started the run. */
function momentOf({ type, at, says }: Pick<HistoryEntry, 'type' | 'at' | 'says'>): number | undefined {
  if (type === 'step-suspended')
    return momentOf({ type: 'event-awaited', at, says: (says.awaits ?? {}) as typeof says })
  if (type !== 'sleep-computed' && type !== 'run-started' && type !== 'event-awaited') return undefined
  if (typeof says.until === 'number') return says.until
  return typeof says.forMs === 'number' ? at + says.forMs : undefined
}

const isWait = ({ type }: HistoryEntry): boolean => type === 'event-awaited' || type === 'step-suspended'

interface Moments {
  readonly began: ReadonlyMap<string, number>
  readonly last: ReadonlyMap<string, number>
}

/** By the graph: a sleep begins when what is before it is over, and the time of a workflow with its first fact. */
function fixedMoment(run: RecordedRun, { path, part, generation }: HistoryEntry, moments: Moments): number | undefined {
  const { graph } = run.history
  if (generation > 0) return undefined
  const node = path.length === 0 ? undefined : nodeAt(graph, path)
  if (part === 'timeout') {
    const { timeoutMs } = node?.kind === 'workflow' ? node.graph : graph
    return sum(moments.began.get(formatPath(path)), timeoutMs)
  }
  if (node?.kind === 'sleepUntil') return node.date
  return node?.kind === 'sleep' ? sum(endOfPrevious(graph, path, moments), node.durationMs) : undefined
}

const sum = (from: number | undefined, ms: number | undefined): number | undefined =>
  from === undefined || ms === undefined ? undefined : from + ms

function endOfPrevious(graph: Graph, path: Path, { last }: Moments): number | undefined {
  const index = path.at(-1) ?? 0
  const around = nodesAlong(graph, path.slice(0, -1)).at(-1)
  const isBehind = index > 0 && (!around || around.kind === 'sequence' || around.kind === 'workflow')
  return isBehind ? last.get(formatPath([...path.slice(0, -1), index - 1])) : undefined
}

function earlyRetries(run: RecordedRun): readonly Found[] {
  const due = new Map<string, number>()
  const wrong: Found[] = []
  for (const entry of effective(run)) {
    if (entry.part !== 'body') continue
    const name = `${keyOf(entry)} ${entry.generation} ${entry.leg}`
    if (entry.type === 'step-failed') due.set(name, entry.at + delayMs(run, entry))
    const earliest = entry.type === 'step-claimed' ? due.get(name) : undefined
    if (earliest !== undefined && entry.at < earliest)
      wrong.push(
        found(
          run.runId,
          `attempt ${entry.attempt} of ${keyOf(entry)} began ${earliest - entry.at} ms too early`,
          entry,
        ),
      )
  }
  return wrong
}

/** Each delay is the one before times the factor, and chance takes away up to the share of the jitter. */
function delayMs({ history }: RecordedRun, { path, attempt = 0, says }: HistoryEntry): number {
  const nodes = nodesAlong(history.graph, path)
  const node = nodes.at(-1)
  const workflow = nodes.slice(0, -1).findLast((around) => around.kind === 'workflow')
  const own = node?.kind === 'step' ? node.retry : undefined
  const policy: RetryPolicy = own ?? (workflow?.kind === 'workflow' ? workflow.graph : history.graph).retry
  const delay = Math.min(policy.delayMs * policy.factor ** attempt, policy.maxDelayMs)
  return Math.round(delay * (1 - policy.jitter * Number(says.chance ?? 0)))
}
