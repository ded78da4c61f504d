import { WorkflowError } from '../errors/index.js'
import type { LiveRun } from './live-run.js'

/**
 * The runs that this process has to do with. Those that have nothing to do and could be read again, or are of no
 * further use, stay for a while in the order in which they were last needed.
 */
export class LiveRuns {
  private readonly known = new Map<string, LiveRun>()
  private readonly idle = new Set<string>()

  constructor(private readonly keepsIdle: number) {}

  get(runId: string): LiveRun | undefined {
    return this.known.get(runId)
  }

  all(): Iterable<LiveRun> {
    return this.known.values()
  }

  /** The run, made when it is not there. Others may have written into one that was idle. */
  take(runId: string, workflowId: string, make: () => LiveRun): LiveRun {
    this.doubt(runId, workflowId)
    const there = this.known.get(runId)
    if (there) {
      if (this.idle.delete(runId)) there.known.leaves()
      return there
    }
    const run = make()
    this.known.set(runId, run)
    return run
  }

  /** Somebody may have named a wrong workflow before, or the run was deleted since: where it can be read, its journal tells. */
  private doubt(runId: string, workflowId: string): void {
    const there = this.known.get(runId)
    if (!there || there.program.workflow.id === workflowId) return
    if (!this.idle.has(runId) || !there.writer.isCurrent) throw ofAnother(there, workflowId)
    this.drop(runId)
  }

  /** A run that was let go has something to do again. */
  adopt(run: LiveRun): void {
    this.idle.delete(run.runId)
    if (!this.known.has(run.runId)) this.known.set(run.runId, run)
  }

  /** A run has nothing to do right now. Of those that could not be read again only those are let go that cannot go on anyway. */
  rest(run: LiveRun): void {
    if (this.known.get(run.runId) !== run || !run.idle || !(run.writer.isCurrent || run.known.over)) return
    this.idle.delete(run.runId)
    this.idle.add(run.runId)
    if (this.idle.size <= this.keepsIdle) return
    for (const oldest of this.idle) return this.drop(oldest)
  }

  drop(runId: string): void {
    this.idle.delete(runId)
    this.known.delete(runId)
  }

  clear(): void {
    this.idle.clear()
    this.known.clear()
  }
}

function ofAnother({ runId, program }: LiveRun, workflowId: string): WorkflowError {
  const text = `run "${runId}" belongs to workflow "${program.workflow.id}", not to "${workflowId}"; give the workflow that it was started with`
  return new WorkflowError('WF_CONFLICT', text, { workflowId, runId })
}
