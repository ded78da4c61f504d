import type { Entry } from '../contracts/index.js'
import { graphText } from '../graph/graph-text.js'
import type { Graph } from '../graph/node.js'
import type { RunEvent } from '../machine/index.js'
import type { LiveRun } from './live-run.js'

/** The fact that a run goes by this graph from now on. The same text in every journal, so that it can be looked for. */
export const graphFact = (hash: string): string => JSON.stringify({ type: 'graph-recorded', hash } satisfies RunEvent)

export const isGraphFact = (fact: string): boolean => fact.startsWith('{"type":"graph-recorded"')

/**
 * The entry with which a graph goes into a journal. One that would take too much of a commit is only named: its runs
 * go on as long as the graph stays the same.
 */
export function graphEntry(graph: Graph, hash: string, maxCommitBytes: number | undefined): Entry {
  const fact = graphFact(hash)
  const value = graphText(graph)
  if (maxCommitBytes !== undefined && value.length > maxCommitBytes / 4) return { type: 'event', fact }
  return { type: 'event', fact, value }
}

/** That of the workflow by which a run goes here. */
export function graphEntryOf({ driver, program }: LiveRun): Entry {
  const { graph, hash } = program.workflow
  return graphEntry(graph, hash, driver.settings.storage?.capabilities.maxCommitBytes)
}
