import { type Codec, createCodec, formatPath, type Graph, type HistoryEntry, type Path, parsePath } from '@wf/core'
import { type Names, namesOf, normalValue, rename } from './normal-value.js'
import type { RecordedRun } from './recorded-runs.js'

/** One effective fact, without anything that may differ between two engines. */
export interface LogEntry {
  /** The places in the run that it is about. None: the run itself. */
  readonly places: readonly Path[]
  /** Two entries are the same if these texts are. */
  readonly text: string
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
 * - that a graph was recorded is not in it; by which graph the run was started is;
 * - which entry suspended a step that is resumed, and what a time travel carries along, follow from what precedes them.
 */
export async function eventLogOf(run: RecordedRun, options: LogOptions = {}): Promise<EventLog> {
  const { history, header, runId } = run
  const lost = options.withoutLosses ? lostClaims(history.entries) : new Set<string>()
  const names = options.names ?? namesOf([runId])
  const codec = options.codec ?? createCodec()
  const entries: LogEntry[] = []
  for (const entry of history.entries) {
    if (!entry.hasEffect || entry.type === 'graph-recorded') continue
    if (entry.claim && lost.has(nameOf(entry.claim))) continue
    entries.push({ places: placesOf(entry), text: await textOf(run, entry, { codec, names }) })
  }
  return { workflowId: header.workflowId, runId, graph: history.graph, entries }
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

async function textOf(
  { commits, namespace, runId }: RecordedRun,
  entry: HistoryEntry,
  { codec, names }: { readonly codec: Codec; readonly names: Names },
): Promise<string> {
  const key = keyOf(entry)
  const encoded = commits.find(({ version }) => version === entry.version)?.entries[entry.index]?.value
  const owner = { namespace, runId, path: entry.type === 'time-travelled' || entry.type === 'run-resumed' ? '' : key }
  const value = encoded === undefined ? '' : ` = ${await normalValue(encoded, { codec, owner, names })}`
  const { attempt, leg } = entry
  const course = attempt === undefined ? '' : ` attempt ${attempt}${leg ? ` behind ${leg} resumes` : ''}`
  const ids = entry.step.length > 0 ? ` of ${entry.step.join('.')}` : ''
  const says = rename(JSON.stringify(saying(entry)), names)
  return `${entry.type} ${key}${ids}${course}${says === '{}' ? '' : ` ${says}`}${value}`
}

function keyOf({ path, part, type }: HistoryEntry): string {
  if (part === 'run' || type === 'run-resumed') return ''
  return part === 'body' ? formatPath(path) : `${formatPath(path)}/${part}`
}

function saying({ type, says, claim }: HistoryEntry): Readonly<Record<string, unknown>> {
  const { chance: _, alone: __, of: ___, within, until, ...rest } = says
  if (type === 'step-claimed') return {}
  const isComputed = until !== undefined && (claim !== undefined || type === 'run-started')
  return {
    ...rest,
    ...(within !== undefined && { within: Object.keys(within as object) }),
    ...(until !== undefined && { until: isComputed ? 'a moment' : until }),
  }
}
