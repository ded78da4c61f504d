import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createDefaultEngine } from '@wf/engine-default'
import { openStorage } from '../ground.ts'
import { type SiteName, sites } from '../site.ts'
import { Crew } from './crew.ts'
import { Reader, type Seen } from './reader.ts'
import { storyOf } from './story.ts'

export interface Asked {
  readonly on: SiteName
  readonly readers: number
  readonly disconnects: number
  readonly kills: number
  readonly leaseMs: number
  /** So often each body writes. */
  readonly everyMs: number
  /** So often at least that many runs are watched. */
  readonly rounds: number
}

interface Spread {
  readonly median: number
  readonly p99: number
  readonly max: number
}

export interface Told {
  readonly runs: number
  readonly events: number
  readonly connections: number
  readonly kills: number
  /** From a body's write to the reader. */
  readonly delayMs: Spread
  /** Of each reader, the longest time in which it heard nothing. */
  readonly silenceMs: Spread
  readonly wrong: readonly string[]
}

const WORKERS = 4
/** So many runs are watched at one time, each by several readers. */
const RUNS_AT_ONCE = 5

/** Processes that have just begun are slow at everything; what they do then is checked, and not measured. */
const ROUNDS_TO_WARM_UP = 2

/** Readers follow runs over HTTP while they are cut off and workers are killed; then each is compared with the journal. */
export async function watching({ on, readers, disconnects, kills, rounds, ...given }: Asked): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-watching-'))
  const site = await sites[on](folder)
  const crew = new Crew({ ground: site.ground, ...given })
  try {
    const port = await crew.begin(WORKERS)
    const party = new Party(port, readers)
    let runs = 0
    const round = (): Promise<void> => party.watch(Array.from({ length: RUNS_AT_ONCE }, () => `story-${++runs}`))
    for (let n = 0; n < ROUNDS_TO_WARM_UP; n += 1) await round()
    party.measure()
    const trouble = [...crew.kill(kills), ...party.cutOff(disconnects)]
    const isOver = (): boolean => crew.killed >= kills && party.cuts >= disconnects
    for (let n = 0; n < rounds || !isOver(); n += 1) await round()
    party.stop()
    crew.stop()
    await Promise.all(trouble)
    const storage = openStorage(site.ground)
    const story = storyOf(given.everyMs)
    const engine = createDefaultEngine({ workflows: [story], storage })
    const truth = new Map<string, readonly string[]>()
    for (const runId of party.runs) {
      const run = await engine.run(story, runId)
      const positions: string[] = []
      for await (const { position } of run?.observe() ?? []) if (position !== undefined) positions.push(position)
      truth.set(runId, positions)
    }
    await engine.close()
    await storage.close()
    return { ...party.figures(truth), kills: crew.killed, runs }
  } finally {
    await crew.end()
    await site.end()
    rmSync(folder, { recursive: true })
  }
}

interface Followed {
  readonly runId: string
  readonly reader: Reader
}

/** All who read. */
class Party {
  readonly runs: string[] = []
  cuts = 0
  private isOver = false
  private readonly all: Followed[] = []
  private unmeasured = 0
  private current: readonly Followed[] = []
  private readonly port: number
  private readonly readers: number

  constructor(port: number, readers: number) {
    this.port = port
    this.readers = readers
  }

  /** Resolves when each of these runs has ended and all who read one know it. */
  async watch(runIds: readonly string[]): Promise<void> {
    this.runs.push(...runIds)
    for (const runId of runIds) await fetch(this.url(runId), { method: 'POST' })
    this.current = Array.from({ length: this.readers }, (_, n) => {
      const runId = runIds[n % runIds.length] ?? ''
      return { runId, reader: new Reader(this.url(runId)) }
    })
    this.all.push(...this.current)
    await Promise.all(this.current.map(({ reader }) => reader.follow()))
  }

  /** Who reads from now on counts. */
  measure(): void {
    this.unmeasured = this.all.length
  }

  /** Somebody is cut off every few milliseconds, at whatever it reads. */
  cutOff(times: number): readonly Promise<void>[] {
    if (times === 0) return []
    const cut = async (): Promise<void> => {
      while (!this.isOver) {
        await pause(Math.random() * 30)
        const connected = this.current.filter(({ reader }) => reader.isConnected)
        const one = connected[Math.floor(Math.random() * connected.length)]
        if (!one || this.cuts >= times) continue
        one.reader.cutOff()
        this.cuts += 1
      }
    }
    return [cut()]
  }

  stop(): void {
    this.isOver = true
  }

  figures(truth: ReadonlyMap<string, readonly string[]>): Omit<Told, 'kills' | 'runs'> {
    const readers = this.all.slice(this.unmeasured).map(({ reader }) => reader)
    const seen = readers.flatMap((reader) => reader.seen)
    return {
      events: seen.length,
      connections: readers.reduce((sum, reader) => sum + reader.connections, 0),
      delayMs: spread(seen.flatMap(delayOf)),
      silenceMs: spread(readers.map((reader) => longestSilence(reader.seen))),
      wrong: this.all.flatMap(({ runId, reader }) => whatIsWrong(runId, reader.seen, truth.get(runId) ?? [])),
    }
  }

  private url(runId: string): string {
    return `http://127.0.0.1:${this.port}/${runId}`
  }
}

function delayOf({ at, data }: Seen): readonly number[] {
  const written = data.payload?.output?.at
  return written === undefined ? [] : [at - written]
}

function longestSilence(seen: readonly Seen[]): number {
  let longest = 0
  for (const [index, { at }] of seen.entries()) longest = Math.max(longest, at - (seen[index - 1]?.at ?? at))
  return longest
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { median: at(0.5), p99: at(0.99), max: at(1) }
}

function whatIsWrong(runId: string, seen: readonly Seen[], truth: readonly string[]): readonly string[] {
  const wrong: string[] = []
  for (const { type } of seen) if (type === 'workflow-gap') wrong.push(`a reader of ${runId} was told of a gap`)
  const got = seen.flatMap(({ id }) => (id === undefined ? [] : [id]))
  const missing = truth.filter((id) => !got.includes(id))
  const twice = got.filter((id, index) => got.indexOf(id) !== index)
  const foreign = got.filter((id) => !truth.includes(id))
  if (missing.length > 0) wrong.push(`a reader of ${runId} missed ${missing.join(' ')}`)
  if (twice.length > 0) wrong.push(`a reader of ${runId} got twice ${twice.join(' ')}`)
  if (foreign.length > 0) wrong.push(`a reader of ${runId} got what is in no journal: ${foreign.join(' ')}`)
  if (wrong.length === 0 && got.join() !== truth.join()) wrong.push(`a reader of ${runId} got things in another order`)
  return wrong
}
