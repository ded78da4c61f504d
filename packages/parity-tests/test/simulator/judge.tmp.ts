import { scenarios } from '../../src/engine/scenarios/index.js'
import { createMemoryStorage } from '@wf/storage-memory'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createEventedEngine } from '@wf/engine-evented'
import { createDefaultEngine } from '@wf/engine-default'
import { faultKinds, harmlessKinds, mixedPlan, noFaults, planOf, type FaultKind } from '../../src/simulator/index.js'
import { playJudged } from '../../src/simulator/judged-play.js'
const [kind = 'none', workers = '4', seeds = '1', filter = '', dispatch = 'local-first', mode = ''] = process.argv.slice(2)
const plan = kind === 'none' ? noFaults : kind === 'mixed' ? mixedPlan : planOf(kind === 'harmless' ? harmlessKinds : (kind.split(',') as FaultKind[]))
const [from, to] = seeds.includes('-') ? seeds.split('-').map(Number) : [1, Number(seeds)]
const opts = (o: any, p: any) => ({ ...o, pubsub: p.pubsub, drain: false, dispatch })
const clientOf = (id: string) => (o: any, p: any) => createEventedEngine({ ...opts(o, p), work: workers === '0' || id.startsWith('durability.') ? {everyMs: 600000} : false })
const eworker = (o: any, p: any) => createEventedEngine({ ...opts(o, p), work: { everyMs: Number(process.env.EVERY ?? 60000) } , ...(mode === 'cold' ? { cacheRuns: 0, checkpointBytes: 100 } : {}) })
const dworker = (o: any, p: any) => { const e = createDefaultEngine(o); void e.work({ everyMs: 500 }); return e }
const worker = mode === 'to-evented' ? (o: any, p: any) => p.name.endsWith('w1') ? dworker(o, p) : eworker(o, p) : mode === 'to-default' ? (o: any, p: any) => p.name.endsWith('w1') ? eworker(o, p) : dworker(o, p) : eworker
let occ = 0, n = 0, bodies = 0
const verdicts: any = {}, injected: any = {}
const began = performance.now()
process.on('unhandledRejection', (e) => console.log('UNHANDLED', e))
for (const scenario of scenarios.filter(({ id }) => filter.startsWith('=') ? id === filter.slice(1) : id.includes(filter))) {
  for (let seed = from!; seed <= to!; seed += 1) {
    const t0 = performance.now()
    const j: any = await Promise.race([playJudged(scenario, { seed, plan, workers: Number(workers), createClient: clientOf(scenario.id), createWorker: worker, createStorage: createMemoryStorage, createPubSub: ({ clock }: any) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }), settlingMs: Number(process.env.SETTLE ?? (kind === 'none' ? 0 : 400)) } as any).catch((e) => ({ verdict: 'threw', why: e.stack, played: { occurrences: 0, injected: {} }, bodies: 0 })),
      new Promise((r) => setTimeout(() => r({ verdict: 'stuck', why: 'WATCHDOG', played: { occurrences: 0, injected: {} }, bodies: 0 }), 10000).unref())])
    n++; occ += j.played.occurrences; bodies += j.bodies
    verdicts[j.verdict] = (verdicts[j.verdict] ?? 0) + 1
    for (const [k, c] of Object.entries(j.played.injected)) injected[k] = (injected[k] ?? 0) + (c as number)
    const ms = performance.now() - t0
    if (ms > 1000) console.log('slow', scenario.id, seed, ms | 0, j.played.elapsed)
    if (j.verdict !== 'passed' && j.verdict !== 'noticed') console.log(j.verdict, scenario.id, seed, process.env.V ? j.why : j.why.split('\n').slice(0, 2).join(' | ').slice(0, 400))
    else if (process.env.V && j.why) console.log(j.verdict, scenario.id, seed, j.why.split('\n').slice(0, 12).join('\n').slice(0, 1500))
  }
}
const s = (performance.now() - began) / 1000
console.log({ kind, workers, dispatch, mode, plays: n, perSecond: n / s, verdicts, occ, bodies, injected })
process.exit(0)
