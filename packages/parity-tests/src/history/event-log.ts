import { type Codec, createCodec, formatPath, type Graph, type HistoryEntry, type Path, parsePath } from '@wf/core'
import { isCallback } from './evidence.js'
import { type Names, namesOf, normalValue, rename } from './normal-value.js'
import type { RecordedRun } from './recorded-runs.js'

/** One effective fact, without anything that may differ between two engines. */
export interface LogEntry {
  /** The places in the run that it is about. None: the run itself. */
  readonly places: readonly Path[]
  /** Two entries are the same if these texts are. */
  readonly text: string
  /** What is done in a callback, beside what follows the rest that it is told of. */
  readonly isCallback?: true
}

/** What has happened in a run, as far as engines must agree on it. */
export interface EventLog {
  readonly workflowId: string
  readonly runId: string
  readonly graph: Graph
  readonly entries: readonly LogEntry[]
}

export interface LogOptions {
  /** Default: a codec of the plain kind. */
  readonly codec?: Codec
  /** Ids of runs that values may speak of. Default: that of the run. */
  readonly names?: Names
  /**
   * Leaves out claims that were given back or superseded, and that they were: what differs between an undisturbed run
   * and one whose processes were lost.
   */
  readonly withoutLosses?: boolean
}

/**
 * The log of a run. Decisions, beyond "ids and times may be renamed":
 * - facts without effect are not in it: an engine may write what turns out to mean nothing;
 * - how facts are grouped into commits is not in it: it decides what is lost together, not what has happened;
 * - a claim is "attempt n behind m resumes" of its place; who has it and over whom is not told;
 * - chance (jitter) and moments that user code computed from its clock count as times; delays and fixed dates do not;
 * - what a schema made of the input of a step is told behind the first claim that brings it, or that it was looked at for;
 * - that a graph was recorded is not in it; by which graph the run was started is;
 * - when a mailbox was told of a wait is not in it; of an event that came what it brought, not its id;
 * - that a ticket lies in a gate is not in it: it depends on how busy others are; that the gate let the run through is;
 * - which entry suspended a step that is resumed, and what a time travel carries along, follow from what precedes them.
 */
export async function eventLogOf(run: RecordedRun, options: LogOptions = {}): Promise<EventLog> {
  const { history, header, runId } = run
  const lost = options.withoutLosses ? lostClaims(history.entries) : new Set<string>()
  const names = options.names ?? namesOf([runId], runId)
  const codec = options.codec ?? createCodec()
  const entries: LogEntry[] = []
  const parsed = new Set<string>()
  for (const entry of history.entries) {
    if (!entry.hasEffect || untold.has(entry.type)) continue
    if (entry.claim && lost.has(nameOf(entry.claim))) continue
    const value = await recordedValue(run, entry, { codec, names })
    entries.push(
      ...(takesInput(entry) ? inputEntries(entry, value, parsed) : [logEntry(entry, textOf(entry, names) + value)]),
    )
  }
  return { workflowId: header.workflowId, runId, graph: history.graph, entries }
}

/** What says nothing of what has happened, but of who knows of it. */
const untold: ReadonlySet<string> = new Set(['graph-recorded', 'wait-placed', 'run-queued'])

const logEntry = (entry: HistoryEntry, text: string): LogEntry => ({
  places: placesOf(entry),
  text,
  ...(isCallback(entry) && { isCallback: true }),
})

const takesInput = ({ type, part }: HistoryEntry): boolean =>
  type === 'step-claimed' || (type === 'input-parsed' && part === 'body')

/** A claim and what a schema made of the input; the two may be recorded together or one after the other. */
function inputEntries(entry: HistoryEntry, value: string, parsed: Set<string>): readonly LogEntry[] {
  const claims = entry.type === 'step-claimed' ? [logEntry(entry, textOf(entry, []))] : []
  const activity = activityOf(entry)
  if (value === '' || parsed.has(activity)) return claims
  parsed.add(activity)
  return [...claims, logEntry(entry, `parsed input of ${activity}${value}`)]
}

const nameOf = ({ version, index }: { readonly version: number; readonly index: number }): string =>
  `${version}.${index}`

function lostClaims(entries: readonly HistoryEntry[]): ReadonlySet<string> {
  const lost = new Set<string>()
  for (const { hasEffect, type, over, claim } of entries) {
    if (!hasEffect) continue
    if (over) lost.add(nameOf(over))
    if (type === 'step-released' && claim) lost.add(nameOf(claim))
  }
  return lost
}

function placesOf({ type, path, part, says }: HistoryEntry): readonly Path[] {
  if (type !== 'run-resumed') return part === 'run' || path.length === 0 ? [] : [path]
  return (says.steps as readonly string[]).map((key) => parsePath(key.split('/')[0] ?? '') ?? [])
}

/** What the schema made of its input is recorded once for all its attempts. */
const activityOf = (entry: HistoryEntry): string => `${keyOf(entry)} in generation ${entry.generation}`

async function recordedValue(
  { commits, namespace, runId }: RecordedRun,
  entry: HistoryEntry,
  { codec, names }: { readonly codec: Codec; readonly names: Names },
): Promise<string> {
  const encoded = commits[entry.version - 1]?.entries[entry.index]?.value
  if (encoded === undefined) return ''
  const path = entry.type === 'time-travelled' || entry.type === 'run-resumed' ? '' : keyOf(entry)
  return ` = ${await normalValue(encoded, { codec, owner: { namespace, runId, path }, names })}`
}

function textOf(entry: HistoryEntry, names: Names): string {
  const { attempt, leg, step, type } = entry
  const course = attempt === undefined ? '' : ` attempt ${attempt}${leg ? ` behind ${leg} resumes` : ''}`
  const ids = step.length > 0 ? ` of ${step.join('.')}` : ''
  const says = rename(JSON.stringify(saying(entry)), names)
  return `${type} ${keyOf(entry)}${ids}${course}${says === '{}' ? '' : ` ${says}`}`
}

function keyOf({ path, part, type }: HistoryEntry): string {
  if (part === 'run' || type === 'run-resumed') return ''
  return part === 'body' ? formatPath(path) : `${formatPath(path)}/${part}`
}

function saying({ type, says, claim }: HistoryEntry): Readonly<Record<string, unknown>> {
  const { chance: _, alone: __, of: ___, seq: ____, mail: _____, within, until, ...rest } = says
  if (type === 'step-claimed') return {}
  const isComputed = until !== undefined && (claim !== undefined || type === 'run-started')
  return {
    ...rest,
    ...(within !== undefined && { within: Object.keys(within as object) }),
    ...(until !== undefined && { until: isComputed ? 'a moment' : until }),
  }
}
