import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '../ground.ts'
import { sites } from '../site.ts'
import { check, type Found } from './check.ts'
import { Crew, type Member } from './crew.ts'
import { expectedSlots, type Slot } from './expected-slots.ts'
import { World } from './world.ts'

/** When the clocks of Berlin are set. */
const changes = { spring: Date.UTC(2026, 2, 29, 1), autumn: Date.UTC(2026, 9, 25, 1) } as const

export type Season = keyof typeof changes

export const isSeason = (name: string): name is Season => Object.hasOwn(changes, name)

export interface Asked {
  readonly season: Season
  /** The period; the change is in the midst of it. */
  readonly hours: number
  readonly kills: number
  /** When all are stopped and others come half an hour later: over the change, or two hours after it. */
  readonly away: 'over' | 'later'
}

export interface Told extends Found {
  readonly season: Season
  readonly away: Asked['away']
  readonly hours: number
  readonly kills: number
  /** How many of those who were killed were in a body. */
  readonly inBodies: number
  readonly restarts: number
  readonly seconds: number
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const AWAY_MS = 30 * MINUTE
const LEASE_MS = 5 * MINUTE
/** As far as sessions go without a beat, and not much further. */
const STEP_MS = LEASE_MS / 3
/** When nothing happens for so long, it is for time to pass. */
const PATIENCE_MS = 2 * SECOND

/** By then whatever a dead process had was free for long, and some have looked. */
const GIVE_UP_MS = 5 * MINUTE

/** Processes that fire schedules while the clocks are set, and some of them are killed; then their journals are read. */
export async function changeover(asked: Asked): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-schedules-'))
  const site = await sites['postgres+redis']()
  const begunAt = Date.now()
  try {
    const path = join(folder, 'world')
    const world = new World(path, 'make')
    const story = new Story(asked, world, (inBody) => {
      return new Crew({ ground: site.ground, world: path, leaseMs: LEASE_MS }, inBody)
    })
    const slots = await story.play()
    const storage = openStorage(site.ground, () => world.offsetMs())
    const found = await check({ storage, slots, begins: story.begins, disturbed: story.disturbed })
    await storage.close()
    const { season, away, hours } = asked
    const { kills, inBodies, restarts } = story
    const seconds = Math.round((Date.now() - begunAt) / SECOND)
    return { season, away, hours, kills, inBodies, restarts, seconds, ...found }
  } finally {
    await site.end()
    rmSync(folder, { recursive: true })
  }
}

interface KillsAround {
  readonly change: number
  readonly backAt: number
}

class Story {
  kills = 0
  inBodies = 0
  restarts = 0
  /** By run, whoever began its body. */
  readonly begins = new Map<string, Member[]>()
  /** Slots at whose moment somebody was killed, or nobody was there. */
  readonly disturbed = new Set<number>()
  private readonly gone = new Set<string>()
  private wake: () => void = () => undefined
  /** What is to be done to the next one who is in a body. */
  private strike: ((member: Member) => void) | undefined
  private readonly crew: Crew
  private readonly asked: Asked
  private readonly world: World

  constructor(asked: Asked, world: World, hire: (inBody: (member: Member, run: string) => void) => Crew) {
    this.asked = asked
    this.world = world
    this.crew = hire((member, run) => this.inBody(member, run))
  }

  /** The slots that there should be. */
  async play(): Promise<readonly Slot[]> {
    const { season, hours, away } = this.asked
    const change = changes[season]
    const awayFrom = away === 'over' ? change - 15 * MINUTE : change + 2 * HOUR - 15 * MINUTE
    // Between two slots, so that it does not matter how long the first processes take to put theirs.
    const from = change - (hours / 2) * HOUR - 5 * MINUTE
    const until = change + (hours / 2) * HOUR + 5 * MINUTE
    const slots = expectedSlots(from, until)
    this.world.moveTo(from)
    await this.crew.begin()
    const moments = [...new Set(slots.map(({ at }) => at))]
    const killAt = this.killsAt(moments, { change, backAt: awayFrom + AWAY_MS })
    for (const moment of moments) {
      if (this.restarts === 0 && moment > awayFrom) await this.restart(awayFrom)
      if (moment > this.world.now()) await this.passTo(moment, killAt.has(moment))
      else this.disturbed.add(moment)
      const due = slots.filter(({ at }) => at <= this.world.now()).map(({ run }) => run)
      await this.untilGone(due)
    }
    await this.stepTo(until)
    await this.crew.end()
    return slots
  }

  /** Spread over all of them, one at the change itself, or at the first slot for which somebody is there again. */
  private killsAt(moments: readonly number[], { change, backAt }: KillsAround): ReadonlySet<number> {
    const { kills, away } = this.asked
    const first = away === 'over' ? moments.find((moment) => moment > backAt) : change
    const others = Array.from(
      { length: kills - 1 },
      (_, n) => moments[Math.floor(((n + 0.5) * moments.length) / kills)],
    )
    return new Set([first, ...others].filter((moment) => moment !== undefined))
  }

  /** On to a slot. Half of the kills strike whoever is in its body, the other half anybody at about its moment. */
  private async passTo(moment: number, isToKill: boolean): Promise<void> {
    await this.stepTo(moment - STEP_MS)
    const isInBody = this.kills % 2 === 1
    const struck = isToKill && isInBody ? this.killInBody() : undefined
    this.world.moveTo(moment)
    if (!isToKill) return this.crew.look()
    this.kills += 1
    this.disturbed.add(moment)
    if (!struck) await this.crew.killAny()
    else await Promise.all([this.crew.look(), struck])
    // What the dead one had is free for others when its lease has passed.
    await this.stepTo(moment + LEASE_MS + MINUTE / 2)
  }

  private async killInBody(): Promise<void> {
    const victim = await new Promise<Member>((resolve) => {
      this.strike = resolve
    })
    this.inBodies += 1
    await this.crew.kill(victim)
  }

  private async restart(awayFrom: number): Promise<void> {
    await this.stepTo(awayFrom)
    await this.crew.end()
    this.world.moveTo(awayFrom + AWAY_MS)
    await this.crew.begin()
    this.restarts += 1
  }

  private async stepTo(moment: number): Promise<void> {
    while (this.world.now() < moment) {
      this.world.moveTo(Math.min(moment, this.world.now() + STEP_MS))
      await this.crew.look()
    }
  }

  /** Gives up on those that do not come: they are found missing in the end. */
  private async untilGone(runs: readonly string[]): Promise<void> {
    const until = this.world.now() + GIVE_UP_MS
    while (!runs.every((run) => this.gone.has(run))) {
      const news = new Promise<'news'>((resolve) => {
        this.wake = () => resolve('news')
      })
      const patience = AbortSignal.timeout(PATIENCE_MS)
      const over = new Promise<'over'>((resolve) => patience.addEventListener('abort', () => resolve('over')))
      if ((await Promise.race([news, over])) === 'news') continue
      if (this.world.now() > until) for (const run of runs) this.gone.add(run)
      else await this.stepTo(this.world.now() + MINUTE / 2)
    }
  }

  private inBody(member: Member, run: string): void {
    this.begins.set(run, [...(this.begins.get(run) ?? []), member])
    const { strike } = this
    this.strike = undefined
    if (strike) return strike(member)
    this.crew.goOn(member, run)
    this.gone.add(run)
    this.wake()
  }
}
