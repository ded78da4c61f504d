import type { RunHere } from './dispatch.js'
import type { LiveRun } from './live-run.js'

/** What an engine is told of a run, and what it keeps about it. */
export class Here implements RunHere {
  handed = 0
  streak = 0
  offered = 0
  private next = 0

  constructor(private readonly run: LiveRun) {}

  get runId(): string {
    return this.run.runId
  }

  get workflowId(): string {
    return this.run.program.workflow.id
  }

  get graphHash(): string {
    return this.run.known.storedHash ?? this.run.program.workflow.hash
  }

  get open(): number {
    return this.run.known.open
  }

  /** The turns from the next one on, until one has come to its end, are those of a process that was handed the run. */
  handOver(times = 1): void {
    this.next += times
    this.streak = 0
  }

  /** Others were faster with what was claimed here: what the run was handed over for is still to be found. */
  misses(claims: number): void {
    this.next += claims
  }

  turnBegins(): void {
    this.handed += this.next
    this.next = 0
  }

  /** One that waits for something goes on in the next. */
  turnEnds(waits: boolean): void {
    if (!waits) this.handed = 0
  }
}
