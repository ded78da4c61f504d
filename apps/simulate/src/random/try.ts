import fc from 'fast-check'
import { plans } from './arbitrary.ts'
import { calmEvented, playPlan } from './play.ts'

const [from, count] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 20)]
const t0 = performance.now()
let bad = 0
for (let seed = from; seed < from + count; seed++) {
  const [plan] = fc.sample(plans, { seed, numRuns: 1 })
  if (!plan) continue
  const j = await playPlan(plan, { ...calmEvented, seed })
  if (j.verdict !== 'passed') {
    bad++
    if (bad <= 5) {
      console.log('SEED', seed, JSON.stringify(plan))
      console.log(
        j.why
          ?.split('\n')
          .slice(0, Number(process.argv[4] ?? 3))
          .join('\n'),
      )
    }
  }
}
console.log({ bad, count, ms: performance.now() - t0 })
