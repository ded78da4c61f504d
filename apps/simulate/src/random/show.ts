import fc from 'fast-check'
import { plans } from './arbitrary.ts'
import { playPlan } from './play.ts'
import { placesOf } from './places.ts'
const seed = Number(process.argv[2]), w = process.argv[3] ?? 'disturbed'
const d = await fc.check(fc.asyncProperty(plans, async (p) => { const j = await playPlan(p, placesOf(seed)[w as 'alone']); if (j.verdict !== 'passed') throw Object.assign(new Error(j.why), { j }) }), { seed, numRuns: 1, unbiased: true, endOnFailure: !process.argv[4], interruptAfterTimeLimit: 6000 } as never)
const e = d.errorInstance as any
console.log(e?.message)
for (const o of e?.j.driven.outcomes.slice(-2) ?? []) { console.log(o.status, JSON.stringify(o.state)); for (const [k, v] of Object.entries(o.steps)) console.log(k, JSON.stringify(v)) }

for (const l of e?.j.logs ?? []) for (const x of l.entries) if (/state-set|succeeded|resumed|suspended/.test(x.text)) console.log(x.text.slice(0, 150))
