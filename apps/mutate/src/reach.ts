import { coverOf } from './cover.ts'
import type { Mutant } from './mutant.ts'
import type { Chosen, Sight } from './orders.ts'
import { type PlayGroup, playGroups } from './proofs/play-groups.ts'

interface Known extends Chosen {
  readonly ms: number
  /** How many mutants it reaches: the fewer, the more it says of each. */
  readonly breadth: number
  readonly isPlay: boolean
}

/** So much longer may a proof take with a mutant, on a machine that has other things to do. */
const SLOWER = 30
const LEAST_MS = 3_000
/** So much more often may a mutant be asked for than without it. */
const MORE_HITS = 200
const LEAST_HITS = 20_000
const REMEMBERED = 12
const LONG_MS = 80
/** Tests come before plays. */
const PLAYS = 1e6
/** So many plays that go different ways through a file come before all others. */
const WAYS_THROUGH = 60

const plays: ReadonlySet<string> = new Set(playGroups)

/** Knows which proofs reach which mutants, and which ones have lately killed their neighbours. */
export class Reach {
  private readonly reaching = new Map<number, Known[]>()
  private readonly whole = new Map<string, Known[]>()
  private readonly loading = new Map<number, string[]>()
  private readonly hits = new Map<number, number>()
  private readonly killers = new Map<string, string[]>()
  /** By file: what each play reaches of it. */
  private readonly through = new Map<string, Map<Known, number[]>>()
  private readonly covers = new Map<string, ReadonlyMap<Known, number>>()
  private readonly fileOf: ReadonlyMap<number, string>
  /** Proofs that fail without any mutant, and so prove nothing. */
  readonly unfit: string[] = []

  constructor(mutants: readonly Mutant[]) {
    this.fileOf = new Map(mutants.map(({ id, file }) => [id, file]))
  }

  add(group: string, { proofs, loading }: Sight): void {
    const all: Known[] = []
    for (const { name, ms, failed, reached, hits } of proofs) {
      if (failed !== undefined) {
        this.unfit.push(`${group} > ${name}`)
        continue
      }
      const mostMs = Math.max(LEAST_MS, ms * SLOWER)
      const known: Known = { group, name, ms, mostMs, breadth: reached.length, isPlay: plays.has(group) }
      all.push(known)
      if (known.isPlay && ms < LONG_MS) this.walk(known, reached)
      reached.forEach((id, index) => {
        listIn(this.reaching, id).push(known)
        this.hits.set(id, Math.max(this.hits.get(id) ?? 0, hits[index] ?? 0))
      })
    }
    this.whole.set(group, all)
    for (const id of loading) listIn(this.loading, id).push(group)
  }

  private walk(play: Known, reached: readonly number[]): void {
    for (const id of reached) {
      const file = this.fileOf.get(id) ?? ''
      const plays = this.through.get(file) ?? new Map<Known, number[]>()
      this.through.set(file, plays)
      listIn(plays, play).push(id)
    }
  }

  private coverOf(file: string): ReadonlyMap<Known, number> {
    const known = this.covers.get(file)
    if (known) return known
    const cover = coverOf(this.through.get(file) ?? new Map<Known, number[]>(), WAYS_THROUGH)
    const places = new Map(cover.map((play, nth) => [play, nth]))
    this.covers.set(file, places)
    return places
  }

  /** It is reached already when modules are loaded. */
  isAtLoad({ id }: Mutant): boolean {
    return this.loading.has(id)
  }

  mostHits({ id }: Mutant): number {
    return Math.max(LEAST_HITS, (this.hits.get(id) ?? 0) * MORE_HITS)
  }

  /** The most promising first: all tests, and so many plays. */
  proofsFor({ id, file }: Mutant, most: number): readonly Chosen[] {
    const atLoad = (this.loading.get(id) ?? []).flatMap((group) => this.whole.get(group) ?? [])
    const killers = new Map((this.killers.get(file) ?? []).map((name, nth) => [name, nth]))
    const all = [...new Set([...(this.reaching.get(id) ?? []), ...atLoad])]
    const cover = this.coverOf(file)
    const ranks = new Map(all.map((one) => [one, rank(one, { killers, cover })]))
    const ranked = all.sort((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0))
    const plays = ranked.filter(({ isPlay }) => isPlay)
    return [...ranked.filter(({ isPlay }) => !isPlay), ...spread(plays, most)]
  }

  /** A neighbour is tried with the same proof first. */
  killed({ file }: Mutant, by: string): void {
    const rest = (this.killers.get(file) ?? []).filter((one) => one !== by)
    this.killers.set(file, [by, ...rest].slice(0, REMEMBERED))
  }
}

interface Order {
  readonly killers: ReadonlyMap<string, number>
  readonly cover: ReadonlyMap<Known, number>
}

function rank(known: Known, { killers, cover }: Order): number {
  const { group, name, isPlay, breadth } = known
  const nth = killers.get(`${group} > ${name}`)
  if (nth !== undefined) return nth
  if (!isPlay) return REMEMBERED + breadth
  const way = playGroups.indexOf(group as PlayGroup)
  return PLAYS * (cover.has(known) ? 1 : 2 + way) + (cover.get(known) ?? breadth)
}

function listIn<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** Where not all can be played: those at the front, and of the others each so-manyth that takes no longer than most. */
function spread(plays: readonly Known[], most: number): readonly Known[] {
  if (plays.length <= most) return plays
  const first = plays.slice(0, Math.floor((2 * most) / 3))
  const others = plays.slice(first.length).filter(({ ms }) => ms < LONG_MS)
  const step = others.length / (most - first.length)
  return [...first, ...others.filter((_, nth) => Math.floor(nth / step) !== Math.floor((nth - 1) / step))]
}
