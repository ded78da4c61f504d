import type { Header, Slice, StoredCommit } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import type { Graph } from '../graph/node.js'
import { obstaclesBetween } from './compare-graphs.js'
import { type JournalStore, runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'
import { COMMITS_PER_READ, type Readable } from './load-run.js'

/** By which graph a run is folded, and why it cannot go on by the one of today, if it cannot. */
interface GraphOfRun {
  readonly graph: Graph
  readonly outdated: WorkflowError | undefined
}

/** A run keeps its workflow for life. */
export function checkOwner({ program, runId }: Readable, { header }: Slice): void {
  const { workflow } = program
  if (header.workflowId === workflow.id) return
  const text = `run "${runId}" belongs to workflow "${header.workflowId}", not to "${workflow.id}"; give the workflow that it was started with`
  throw new WorkflowError('WF_CONFLICT', text, { workflowId: workflow.id, runId })
}

/** To tell of a run takes no code, only the graph that it has. */
export async function graphToRead(run: Readable, { graphHash, head }: Header): Promise<Graph> {
  const { workflow } = run.program
  if (graphHash === workflow.hash) return workflow.graph
  const recorded = await run.driver.graphs.find(run, graphHash, head.version)
  if (recorded) return recorded
  throw changed(run, [`the graph that it was started with was not recorded (${graphHash}, now ${workflow.hash})`])
}

/** The graph of today, where the run has it or can go on by it; otherwise the one that it was started with. */
export async function graphToGoOn(run: LiveRun, store: JournalStore, header: Header): Promise<GraphOfRun> {
  const { graph } = run.program.workflow
  const recorded = await graphToRead(run, header)
  if (recorded === graph) return { graph, outdated: undefined }
  const obstacles = run.writer.isOurs
    ? ['others have gone on with it by another one since']
    : obstaclesBetween({ before: recorded, after: graph }, await factsOf(run, store, header.head.version))
  if (obstacles.length === 0) return { graph, outdated: undefined }
  return { graph: recorded, outdated: changed(run, obstacles) }
}

/** All of them: on some of them another graph might look the same. */
async function factsOf(
  { driver, runId }: Readable,
  store: JournalStore,
  atLeast: number,
): Promise<readonly StoredCommit[]> {
  const journal = runJournal(driver.settings.namespace, runId)
  const commits: StoredCommit[] = []
  for (;;) {
    const slice = await store.load({ journal, after: commits.length, atLeast, limit: COMMITS_PER_READ })
    commits.push(...(slice?.commits ?? []))
    if (!slice?.more) return commits
  }
}

function changed({ program, runId }: Readable, obstacles: readonly string[]): WorkflowError {
  const { id } = program.workflow
  const text = `run "${runId}" cannot go on by the graph that workflow "${id}" has now: ${obstacles.join(', ')}; let a process that has the workflow as it was go on with it, or begin a new run`
  return new WorkflowError('WF_GRAPH_CHANGED', text, { workflowId: id, runId })
}
