import type { evaluator } from './instance.ts'
import type { Attempt, Chosen, Order } from './orders.ts'
import type { Proof } from './proofs/proof.ts'
import { Stopwatch } from './stopwatch.ts'

type TryOrder = Extract<Order, { do: 'try' }>

/** Plays proofs with one mutant until one fails. */
export async function attempt(
  evaluate: ReturnType<typeof evaluator>,
  { mutant, mostHits, proofs }: TryOrder,
  alive: () => void,
): Promise<Attempt> {
  const active = String(mutant)
  let hits = 0
  const isActive = (id: string): boolean => {
    if (id !== active) return false
    hits += 1
    if (hits > mostHits) throw new Error('the mutant goes round and round')
    return true
  }
  const groups = evaluate({ isActive, cover: () => undefined })
  const loaded = new Map<string, ReadonlyMap<string, Proof>>()
  let played = 0
  for (const chosen of proofs) {
    alive()
    played += 1
    hits = 0
    const why = await failureOf(async () => {
      if (!loaded.has(chosen.group)) loaded.set(chosen.group, byName((await groups[chosen.group]?.()) ?? []))
      await within(chosen, loaded.get(chosen.group)?.get(chosen.name))
    })
    const by = `${chosen.group} > ${chosen.name}`
    if (hits > mostHits || why === LATE) return { verdict: 'timed out', by, played }
    if (why !== undefined) return { verdict: 'killed', by, why, played }
  }
  return { verdict: 'survived', played }
}

const LATE = 'it does not end'
const SHOWN = 300
const LOOK_MS = 200
/** Proofs wait for next to nothing but their own work. */
const MOST_WAITED_MS = 1_500

const byName = (proofs: readonly Proof[]) => new Map(proofs.map((proof) => [proof.name, proof]))

async function failureOf(play: () => Promise<void>): Promise<string | undefined> {
  try {
    await play()
    return undefined
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, SHOWN)
  }
}

async function within({ name, mostMs }: Chosen, proof: Proof | undefined): Promise<void> {
  if (!proof) throw new Error(`${name} is not there any more`)
  const stopwatch = new Stopwatch()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (stopwatch.workedMs > mostMs || stopwatch.waitedMs > MOST_WAITED_MS) reject(new Error(LATE))
    }, LOOK_MS)
  })
  try {
    await Promise.race([proof.run(), late])
  } finally {
    clearInterval(timer)
  }
}
