import type { DueJournal, DueQuery, Header, JournalKind } from '../contracts/index.js'
import { isWorkflowError, toError } from '../errors/index.js'
import type { Driver } from './driver.js'
import type { LiveRun } from './live-run.js'
import { untilAnswered } from './until-answered.js'

/** Every so many sweeps also ask for runs of other graphs. */
const SWEEPS_PER_FOREIGN = 10

/** The same for journals with which this process has nothing to do. */
const SWEEPS_PER_KEPT = 20

/** So many journals that are no runs a process takes on that has no room for runs. */
const KEPT_AT_ONCE = 100

/** So many runs at most are remembered as declined. */
const MOST_DECLINED = 10_000

/** The part of a hold for which a process does not ask after it, when it could do nothing with what it held. */
const LEFT_TO_OTHERS = 1 / 30

/** So often a sweep asks at most whose owners have died, before it leaves that to the next one. */
const TRIES = 4

/** What a sweep looks for besides runs of the graphs that are served here. */
interface Look {
  readonly foreign: boolean
  readonly kept: readonly JournalKind[]
}

/** What one sweep came upon. */
export interface Swept {
  /** Runs that the storage handed out, and those whose owners have died since it did. */
  readonly runs: readonly LiveRun[]
  /** There may be more. */
  readonly full: boolean
}

const NOTHING: Swept = { runs: [], full: false }

type Served = Exclude<DueQuery['serves'], 'all'>[number]

type Asked = Pick<DueQuery, 'kinds' | 'limit' | 'holdMs'>

interface Watched {
  readonly workflowId: string
  /** Until then the storage hands the run to nobody else. */
  readonly until: number
}

/** Finds runs that nobody serves. Those that are served it keeps an eye on for as long as it has them in its hold. */
export class Sweeper {
  /** By session, the runs in which it holds claims. */
  private readonly watched = new Map<string, Map<string, Watched>>()
  /** Runs that cannot go on here, of which somebody was told. */
  private readonly declined = new Set<string>()
  private sweeps = 0
  private readonly left = { from: 0, until: 0 }

  constructor(private readonly driver: Driver) {}

  /** Takes up what is due. What it finds ready is claimed when this resolves. Runs of other graphs are tried now and then. */
  async sweep(limit: number, isThorough = false): Promise<Swept> {
    if (!isThorough && this.leavesToOthers()) return NOTHING
    const foreign = isThorough || this.sweeps % SWEEPS_PER_FOREIGN === 0
    const kept = this.keptKinds(isThorough || this.sweeps % SWEEPS_PER_KEPT === 0)
    this.sweeps += 1
    const swept = await this.takeUpDue(limit, { foreign, kept })
    await this.driver.settings.tidy?.(this.driver)
    for (const caretaker of this.driver.caretakers) await caretaker.tidy?.()
    return swept
  }

  /** Whoever cannot take up a run must not get it again and again, only because it asks at the moment at which its hold ends. */
  private leavesToOthers(): boolean {
    const now = this.driver.settings.clock.now()
    return now >= this.left.from && now < this.left.until
  }

  /** A run cannot go on here, whatever others could do with it: when its hold ends, they may ask first. */
  leave(): void {
    const { clock, leaseMs } = this.driver.settings
    const now = clock.now()
    // A clock that was ahead when that was written down is none to wait for.
    if (now < this.left.until && this.left.from <= now + leaseMs) return
    this.left.from = now + leaseMs
    this.left.until = this.left.from + leaseMs * LEFT_TO_OTHERS
  }

  private async takeUpDue(limit: number, { foreign, kept }: Look): Promise<Swept> {
    const { driver } = this
    if (!driver.settings.storage || driver.closed) return NOTHING
    const failures: unknown[] = []
    const orNone = async <Item>(asked: Promise<readonly Item[]>): Promise<readonly Item[]> => {
      try {
        return await asked
      } catch (error) {
        failures.push(error)
        return []
      }
    }
    const { leaseMs: holdMs } = driver.settings
    const serves = kept.length > 0 ? [...driver.served(), ...this.keptServed()] : driver.served()
    // What is no run takes no room.
    const asked = limit > 0 ? { kinds: ['run' as const, ...kept], limit } : { kinds: kept, limit: KEPT_AT_ONCE }
    const found = asked.kinds.length > 0 ? await this.due(serves, { ...asked, holdMs }) : []
    const due = found.filter(({ journal }) => journal.kind === 'run')
    const waking = Promise.all(found.map((one) => (one.journal.kind === 'run' ? undefined : this.wake(one))))
    if (foreign && found.length < limit) due.push(...(await orNone(this.foreignDue(limit - found.length))))
    const runs = new Map<string, LiveRun>()
    await Promise.all(
      due.map(async ({ journal, header }) => {
        const run = await this.takeUp(journal.id, header.workflowId, header)
        if (run) runs.set(run.runId, run)
      }),
    )
    for (const run of await orNone(this.takeOver())) runs.set(run.runId, run)
    await waking
    for (const run of driver.caretakers.flatMap((one) => one.begun?.() ?? [])) runs.set(run.runId, run)
    // What was handed out is taken up, whatever becomes of the rest of the look; the next one asks again.
    if (failures.length > 0 && runs.size === 0) throw failures[0]
    return { runs: [...runs.values()], full: limit > 0 && found.length >= limit }
  }

  /** Journals of these kinds alone, for whoever knows that something is due in one. */
  async wakeKept(kinds: readonly JournalKind[], limit: number): Promise<readonly DueJournal[]> {
    if (kinds.length === 0) return []
    const due = await this.due(this.keptServed(), { kinds, limit, holdMs: this.driver.settings.leaseMs })
    await Promise.all(due.map((journal) => this.wake(journal)))
    return due
  }

  /** Journals that are no runs have no graph; those of which nobody says whose they are, are anybody's. */
  private keptServed(): readonly Served[] {
    const ids = this.driver.served().map(({ workflowId }) => workflowId)
    return ['', ...ids].map((workflowId) => ({ workflowId, graphHash: '' }))
  }

  /** What this process has nothing to do with it looks for now and then, because somebody has to. */
  private keptKinds(all: boolean): readonly JournalKind[] {
    return this.driver.caretakers.filter(({ isConcerned = true }) => all || isConcerned).map(({ kind }) => kind)
  }

  private async wake(due: DueJournal): Promise<void> {
    const { caretakers, settings } = this.driver
    const { kind, id } = due.journal
    try {
      await caretakers.find((one) => one.kind === kind)?.wake(due)
    } catch (error) {
      if (this.driver.closed) return
      settings.logger.error({ err: error }, `${kind} "${id}" cannot be looked after here: ${toError(error).message}`)
    }
  }

  /**
   * What runs by another graph may be able to go on by the one that is served here, when nobody has served it for a
   * while. Those that cannot are not kept from others for long.
   */
  private async foreignDue(limit: number): Promise<readonly DueJournal[]> {
    const { driver } = this
    const { leaseMs } = driver.settings
    const serves = driver.served().map(({ workflowId }) => ({ workflowId }))
    const due = await this.due(serves, { kinds: ['run'], limit, holdMs: Math.ceil(leaseMs / 10) })
    return due.filter(({ header, now }) => {
      const { hash } = driver.program(header.workflowId).workflow
      return header.graphHash === hash || now - header.updatedAt >= leaseMs
    })
  }

  private async due(serves: readonly Served[], asked: Asked): Promise<readonly DueJournal[]> {
    const { storage, namespace, witness } = this.driver.settings
    const due = (await storage?.due({ namespace, serves, ...asked })) ?? []
    for (const { now, journal } of due) {
      this.driver.tellTime(now)
      witness?.measure('sweep-hit', 1, { journalKind: journal.kind })
    }
    return due
  }

  /** Reads on in a run that somebody waits for while others are at work on it, and takes over from those that are gone. */
  async look(run: LiveRun): Promise<void> {
    try {
      const { holders } = await lookInto(run)
      if (holders.size === 0) return
      const expired = await this.driver.heart.learnExpired([...holders])
      if (expired.length === 0) return
    } catch {
      // Who waits looks again.
    }
    run.poke()
  }

  /** One run that cannot go on here must not keep the others from it. */
  private async takeUp(runId: string, workflowId: string, dueAs?: Header): Promise<LiveRun | undefined> {
    const { driver } = this
    const { clock, leaseMs, logger } = driver.settings
    try {
      const run = driver.live(runId, workflowId)
      const until = clock.now() + leaseMs
      if (dueAs) run.writer.handedOut(dueAs)
      run.here.handOver()
      const { holders, outdated } = await lookInto(run)
      if (outdated) return this.decline({ runId, workflowId }, outdated)
      for (const session of holders) this.watch(session, runId, { workflowId, until })
      return run
    } catch (error) {
      if (isWorkflowError(error, 'WF_GRAPH_CHANGED')) return this.decline({ runId, workflowId }, error)
      this.leave()
      if (!driver.closed)
        logger.error(
          { runId, workflowId, err: error },
          `run "${runId}" cannot be taken up here: ${toError(error).message}`,
        )
      return undefined
    }
  }

  /** Left to others; said once. */
  private decline(run: { readonly runId: string; readonly workflowId: string }, error: Error): undefined {
    const { runId } = run
    if (this.declined.has(runId)) return
    if (this.declined.size >= MOST_DECLINED) this.declined.clear()
    this.declined.add(runId)
    this.driver.settings.logger.warn({ ...run, err: error }, error.message)
  }

  private watch(session: string, runId: string, watched: Watched): void {
    const runs = this.watched.get(session) ?? new Map<string, Watched>()
    this.watched.set(session, runs.set(runId, watched))
  }

  /** Supersedes claims of sessions that have expired by now. */
  private async takeOver(): Promise<readonly LiveRun[]> {
    this.forgetOld()
    if (this.watched.size === 0) return []
    const { driver } = this
    const patience = { clock: driver.settings.clock, closed: () => driver.closed, tries: TRIES }
    // The runs are in our hold, so that nobody else asks.
    const expired = await untilAnswered(patience, () => driver.heart.learnExpired([...this.watched.keys()]))
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

interface Found {
  /** Sessions of others that hold claims in it. */
  readonly holders: ReadonlySet<string>
  /** Why it cannot go on here. */
  readonly outdated: Error | undefined
}

/** What a sweep has to know of a run, as it is now. */
const lookInto = (run: LiveRun): Promise<Found> =>
  run.read(({ state, standsStill, outdated }) => {
    const { session, expired } = run.driver.heart
    const holders = new Set<string>()
    for (const { claim } of state.activities.values())
      if (claim && claim.session !== session && !expired.has(claim.session)) holders.add(claim.session)
    return { holders, outdated: standsStill ? outdated : undefined }
  })
