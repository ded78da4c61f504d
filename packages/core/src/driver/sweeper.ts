import { toError } from '../errors/index.js'
import type { Driver } from './driver.js'
import type { LiveRun } from './live-run.js'

/** What one sweep came upon. */
export interface Swept {
  /** Runs that the storage handed out, and those whose owners have died since it did. */
  readonly runs: readonly LiveRun[]
  /** There may be more. */
  readonly full: boolean
}

interface Watched {
  readonly workflowId: string
  /** Until then the storage hands the run to nobody else. */
  readonly until: number
}

/** Finds runs that nobody serves. Those that are served it keeps an eye on for as long as it has them in its hold. */
export class Sweeper {
  /** By session, the runs in which it holds claims. */
  private readonly watched = new Map<string, Map<string, Watched>>()

  constructor(private readonly driver: Driver) {}

  /** Takes up what is due. What it finds ready is claimed when this resolves. */
  async sweep(limit: number): Promise<Swept> {
    const swept = await this.takeUpDue(limit)
    await this.driver.settings.tidy?.(this.driver)
    return swept
  }

  private async takeUpDue(limit: number): Promise<Swept> {
    const { driver } = this
    const { storage, namespace, leaseMs } = driver.settings
    if (!storage || driver.closed) return { runs: [], full: false }
    const due = await storage.due({ namespace, serves: driver.served(), kinds: ['run'], limit, holdMs: leaseMs })
    for (const { now } of due) driver.tellTime(now)
    const runs = new Map<string, LiveRun>()
    await Promise.all(
      due.map(async ({ journal, header }) => {
        const run = await this.takeUp(journal.id, header.workflowId)
        if (run) runs.set(run.runId, run)
      }),
    )
    for (const run of await this.takeOver()) runs.set(run.runId, run)
    return { runs: [...runs.values()], full: due.length >= limit }
  }

  /** Reads on in a run that somebody waits for while others are at work on it, and takes over from those that are gone. */
  async look(run: LiveRun): Promise<void> {
    try {
      const holders = await holdersIn(run)
      if (holders.size > 0) await this.driver.learnExpired([...holders])
    } catch {
      // Who waits looks again.
    }
    run.poke()
  }

  /** One run that cannot go on here must not keep the others from it. */
  private async takeUp(runId: string, workflowId: string): Promise<LiveRun | undefined> {
    const { driver } = this
    const { clock, leaseMs, logger } = driver.settings
    try {
      const run = driver.live(runId, workflowId)
      const until = clock.now() + leaseMs
      for (const session of await holdersIn(run)) this.watch(session, runId, { workflowId, until })
      return run
    } catch (error) {
      if (!driver.closed)
        logger.error(`run "${runId}" cannot be taken up here: ${toError(error).message}`, { runId, error })
      return undefined
    }
  }

  private watch(session: string, runId: string, watched: Watched): void {
    const runs = this.watched.get(session) ?? new Map<string, Watched>()
    this.watched.set(session, runs.set(runId, watched))
  }

  /** Supersedes claims of sessions that have expired by now. */
  private async takeOver(): Promise<readonly LiveRun[]> {
    this.forgetOld()
    if (this.watched.size === 0) return []
    const expired = await this.driver.learnExpired([...this.watched.keys()])
    const lost = new Map<string, Watched>()
    for (const session of expired) {
      for (const [runId, watched] of this.watched.get(session) ?? []) lost.set(runId, watched)
      this.watched.delete(session)
    }
    const taken = await Promise.all([...lost].map(([runId, { workflowId }]) => this.takeUp(runId, workflowId)))
    return taken.filter((run) => run !== undefined)
  }

  private forgetOld(): void {
    const now = this.driver.settings.clock.now()
    for (const [session, runs] of this.watched) {
      for (const [runId, { until }] of runs) if (until < now) runs.delete(runId)
      if (runs.size === 0) this.watched.delete(session)
    }
  }
}

/** Sessions of others that hold claims in a run, as it is now. */
const holdersIn = (run: LiveRun): Promise<ReadonlySet<string>> =>
  run.read(({ state }) => {
    const { session, expired } = run.driver
    const holders = new Set<string>()
    for (const { claim } of state.activities.values())
      if (claim && claim.session !== session && !expired.has(claim.session)) holders.add(claim.session)
    return holders
  })
