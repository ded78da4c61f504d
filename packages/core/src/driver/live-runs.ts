import { WorkflowError } from '../errors/index.js'
import type { LiveRun } from './live-run.js'

/** What has ended is kept for a moment only: where many runs come and go, the garbage collector would carry all of them along. */
const ENDED_AT_MOST = 32

/** So many that rest, and of which nobody else knows, stay as they are: somebody may go on with them at once. */
const RESTING_AT_MOST = 32

/**
 * The runs that this process has to do with. Those that have nothing to do and could be read again, or are of no
 * further use, stay for a while in the order in which they were last needed.
 */
export class LiveRuns {
  private readonly known = new Map<string, LiveRun>()
  private readonly idle = new Set<string>()
  /** Of these nothing is to be expected but that somebody asks how they have ended. */
  private readonly ended = new Set<string>()
  /** They cannot be let go, but made small. */
  private readonly resting = new Set<string>()

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
      if (this.wakes(runId)) there.known.leaves()
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
    const isIdle = this.idle.has(runId) || this.ended.has(runId)
    if (!isIdle || !there.writer.isCurrent) throw ofAnother(there, workflowId)
    this.drop(runId)
  }

  /** A run that was let go has something to do again. */
  adopt(run: LiveRun): void {
    this.wakes(run.runId)
    if (!this.known.has(run.runId)) this.known.set(run.runId, run)
  }

  /** A run has nothing to do right now. Of those that could not be read again only those are let go that cannot go on anyway. */
  rest(run: LiveRun): void {
    if (this.known.get(run.runId) !== run || !run.idle) return
    if (!run.writer.isCurrent && !run.known.over) return this.keep(run)
    this.wakes(run.runId)
    // Without a storage nobody else can tell how it has ended.
    const isRecorded = run.known.hasEnded && run.writer.isCurrent
    const like = isRecorded ? this.ended : this.idle
    like.add(run.runId)
    if (like.size <= (isRecorded ? Math.min(ENDED_AT_MOST, this.keepsIdle) : this.keepsIdle)) return
    for (const oldest of like) return this.drop(oldest)
  }

  private keep({ runId, writer }: LiveRun): void {
    if (writer.home) return
    const { resting } = this
    resting.delete(runId)
    resting.add(runId)
    if (resting.size <= Math.min(RESTING_AT_MOST, this.keepsIdle)) return
    const [oldest = runId] = resting
    resting.delete(oldest)
    this.known.get(oldest)?.putAway()
  }

  drop(runId: string): void {
    this.wakes(runId)
    this.known.delete(runId)
  }

  clear(): void {
    this.idle.clear()
    this.ended.clear()
    this.resting.clear()
    this.known.clear()
  }

  /** Whether it was idle. */
  private wakes(runId: string): boolean {
    this.resting.delete(runId)
    return this.idle.delete(runId) || this.ended.delete(runId)
  }
}

function ofAnother({ runId, program }: LiveRun, workflowId: string): WorkflowError {
  const text = `run "${runId}" belongs to workflow "${program.workflow.id}", not to "${workflowId}"; give the workflow that it was started with`
  return new WorkflowError('WF_CONFLICT', text, { workflowId, runId })
}
