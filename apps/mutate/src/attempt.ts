import { Bench, type Evaluate } from './bench.ts'
import type { Attempt, Chosen, TryOrder } from './orders.ts'
import type { Proof } from './proofs/proof.ts'
import { Stopwatch } from './stopwatch.ts'

const NO_MUTANT = -1
const LATE = 'it does not end'
const SHOWN = 300
const LOOK_MS = 200
/** Most proofs wait for next to nothing but their own work. */
const MOST_WAITED_MS = 1_500

/**
 * Plays proofs with one mutant until one fails. What is warm runs many times as fast, so that one bench serves many mutants; but
 * a kill counts only if the proof passes there right after it without the mutant, or else where nothing has left anything behind.
 */
export class Attempts {
  private readonly evaluate: Evaluate
  private readonly alive: () => void
  private warm: Bench | undefined

  constructor(evaluate: Evaluate, alive: () => void) {
    this.evaluate = evaluate
    this.alive = alive
  }

  async attempt(order: TryOrder): Promise<Attempt> {
    const { isFresh, mutant } = order
    const bench = (!isFresh && this.warm) || new Bench(this.evaluate, isFresh ? String(mutant) : undefined)
    this.warm = isFresh ? this.warm : bench
    const first = await this.on(bench, order, order.proofs)
    const last = order.proofs[first.played - 1]
    if (first.verdict === 'survived' || !last) return first
    if (isFresh)
      return (await this.passes(new Bench(this.evaluate), order, last)) ? first : this.goOn(order, first.played)
    if (first.verdict === 'killed' && (await this.passes(bench, order, last))) return first
    this.warm = undefined
    const again = await this.on(new Bench(this.evaluate, String(mutant)), order, [last])
    const counts = again.verdict !== 'survived' && (await this.passes(new Bench(this.evaluate), order, last))
    return counts ? { ...again, played: first.played } : this.goOn(order, first.played)
  }

  /** With the proofs behind one that says nothing. */
  private async goOn(order: TryOrder, played: number): Promise<Attempt> {
    const rest = await this.attempt({ ...order, proofs: order.proofs.slice(played) })
    return { ...rest, played: played + rest.played }
  }

  /** Without any mutant. */
  private async passes(bench: Bench, order: TryOrder, proof: Chosen): Promise<boolean> {
    const { verdict } = await this.on(bench, { ...order, mutant: NO_MUTANT }, [proof])
    return verdict === 'survived'
  }

  private async on(bench: Bench, { mutant, mostHits }: TryOrder, proofs: readonly Chosen[]): Promise<Attempt> {
    let played = 0
    for (const chosen of proofs) {
      this.alive()
      played += 1
      bench.activate(String(mutant), mostHits)
      const why = await failureOf(async () => within(chosen, await bench.find(chosen.group, chosen.name)))
      const by = `${chosen.group} > ${chosen.name}`
      if (bench.isCircling || why === LATE) return { verdict: 'timed out', by, played }
      if (why !== undefined) return { verdict: 'killed', by, why, played }
    }
    return { verdict: 'survived', played }
  }
}

async function failureOf(play: () => Promise<void>): Promise<string | undefined> {
  try {
    await play()
    return undefined
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, SHOWN)
  }
}

async function within({ mostMs }: Chosen, proof: Proof): Promise<void> {
  const stopwatch = new Stopwatch()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (stopwatch.workedMs > mostMs || stopwatch.waitedMs > Math.max(MOST_WAITED_MS, mostMs / 10))
        reject(new Error(LATE))
    }, LOOK_MS)
  })
  try {
    await Promise.race([proof.run(), late])
  } finally {
    clearInterval(timer)
  }
}
