import type { StoredCommit } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import { eventsOf } from '../driver/fold.js'
import { isGraphFact } from '../driver/graph-entry.js'
import { checkOwner, graphToRead } from '../driver/graph-of-run.js'
import { runJournal } from '../driver/journal-store.js'
import { COMMITS_PER_READ } from '../driver/load-run.js'
import { WorkflowError } from '../errors/index.js'
import { graphFromText } from '../graph/graph-text.js'
import type { Graph } from '../graph/node.js'
import { answered } from './answered.js'
import { checkRunId } from './check-options.js'
import type { History, HistoryEntry } from './history.js'
import { HistoryTeller } from './history-teller.js'

/**
 * What the commits of one run mean, from its first one on: each fact with its place, its claim and whether it had an
 * effect. Without a graph the one counts that is recorded in them, which takes its value.
 */
export function tellHistory(commits: readonly StoredCommit[], graph: Graph = recordedIn(commits)): History {
  const teller = new HistoryTeller(graph)
  const next = eventsOf(commits)
  for (const commit of commits) teller.add(commit, next)
  return teller.told()
}

function recordedIn(commits: readonly StoredCommit[]): Graph {
  const entries = commits.flatMap((commit) => commit.entries)
  const value = entries.findLast(({ fact }) => isGraphFact(fact))?.value
  if (value !== undefined) return graphFromText(typeof value === 'string' ? value : new TextDecoder().decode(value))
  throw new WorkflowError(
    'WF_INVALID_OPTION',
    'these commits do not have the graph of their run; read them with their values, or give the graph',
    { field: 'graph' },
  )
}

/** From the journal alone: nothing is told of what no storage has. */
export async function historyOf(driver: Driver, runId: string): Promise<readonly HistoryEntry[] | undefined> {
  checkRunId(runId)
  driver.checkOpen(runId)
  return answered(() => readHistory(driver, runId), { runId })
}

async function readHistory(driver: Driver, runId: string): Promise<readonly HistoryEntry[] | undefined> {
  const { storage, namespace } = driver.settings
  const journal = runJournal(namespace, runId)
  const atLeast = driver.seen(runId)
  let teller: HistoryTeller | undefined
  for (let after = 0; ; ) {
    const [slice] = (await storage?.load([{ journal, after, atLeast, limit: COMMITS_PER_READ }])) ?? []
    if (!slice) return undefined
    if (!teller) {
      const run = { driver, runId, program: driver.program(slice.header.workflowId) }
      checkOwner(run, slice)
      teller = new HistoryTeller(await graphToRead(run, slice.header))
    }
    const next = eventsOf(slice.commits)
    for (const commit of slice.commits) teller.add(commit, next)
    if (!slice.more) return teller.told().entries
    after = slice.commits.at(-1)?.version ?? after
  }
}
