import { compareRecordedLogs } from '@wf/parity-tests'
import fc from 'fast-check'
import { plans } from './arbitrary.ts'
import { placesOf } from './places.ts'
import { playPlan } from './play.ts'

const wh = (process.argv[6] ?? 'evented').split(',')

import { tellPlan } from './tell.ts'

const [from, count, most] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 20), Number(process.argv[4] ?? 3)]
const only = process.argv[5] ? process.argv[5].split(',').map(Number) : undefined
const t0 = performance.now()
let bad = 0
let bodies = 0,
  rests = 0,
  orders: Record<string, number> = {},
  statuses: Record<string, number> = {},
  plays = 0
for (const seed of only ?? Array.from({ length: count }, (_, i) => from + i)) {
  const shown = ''
  const d = await fc.check(
    fc.asyncProperty(plans, async (p) => {
      const js = []
      for (const w of wh) {
        const j = await playPlan(p, placesOf(seed)[w as 'alone'])
        js.push(j)
        bodies += j.bodies
        rests += j.driven?.outcomes.length ?? 0
        plays++
        orders[j.orders > 1 ? 'more' : j.orders] = (orders[j.orders > 1 ? 'more' : j.orders] ?? 0) + 1
        const st = String(j.driven?.outcomes.at(-1)?.status)
        statuses[st] = (statuses[st] ?? 0) + 1
        if (j.verdict !== 'passed')
          throw new Error(
            w +
              ': ' +
              j.why
                ?.split('\n')
                .slice(0, Number(process.env.LINES ?? 1))
                .join('\n'),
          )
      }
      if (wh.includes('alone') && wh.includes('evented') && js.every((j) => j.orders === 1)) {
        const c = compareRecordedLogs(js[0]!.logs, js[1]!.logs)
        if (!c.equal) throw new Error('LOGS ' + c.difference)
      }
    }),
    {
      seed,
      numRuns: 1,
      unbiased: true,
      interruptAfterTimeLimit: Number(process.env.SHRINK ?? 20_000),
      endOnFailure: bad >= most,
    },
  )
  if (d.failed) {
    bad++
    console.log('SEED', seed)
    if (bad <= most && d.counterexample)
      console.log(tellPlan(d.counterexample[0] as never), '\n', (d.errorInstance as Error)?.message, d.numShrinks)
  }
}
console.log({ bad, count, plays, bodies, rests, orders, statuses, ms: performance.now() - t0 })
