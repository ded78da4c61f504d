import { MOST_SHRUNK, SHRINK_MS } from '../shrink-play.ts'
import { checkSeed } from './check-seed.ts'
import type { Part } from './play-random.ts'
import { emptyRandomTally } from './random-tally.ts'

/** After so many seeds is told what came of them. */
const SEEDS_AT_ONCE = 20

const [from = 0, to = 0, step = 1] = process.argv.slice(2, 5).map(Number)
const path = process.argv[5]
let failed = 0

for (let next = from; next < to; ) {
  const tally = emptyRandomTally()
  for (let times = 0; times < SEEDS_AT_ONCE && next < to; times += 1, next += step)
    await checkSeed({ seed: next, path, ...(failed < MOST_SHRUNK && { shrinkMs: SHRINK_MS }) }, tally)
  failed += tally.failedSeeds.length
  const part: Part = { next, tally }
  await new Promise((resolve) => process.send?.(part, resolve))
}
process.disconnect?.()
