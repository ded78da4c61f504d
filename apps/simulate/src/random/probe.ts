import { playPlan, calmEvented } from './play.ts'
import type { Flow, StepPlan } from './plan.ts'
let n = 0
const s = (id: string, more: Partial<StepPlan> = {}): StepPlan => ({ kind: 'step', id, end: 'gives', asks: 0, fails: 0, takesMs: 1, sets: 'a key of its own', looks: false, chunks: 0, ...more })
const par = (members: Flow[], allowFailure = false) => ({ kind: 'parallel' as const, id: `p${n++}`, members, allowFailure })
const each = (count: number, concurrency: number, body: Flow) => ({ kind: 'items' as const, id: `e${n++}`, count, concurrency, says: 'number' as const, body })
const inner = (body: Flow) => ({ kind: 'inner' as const, id: `i${n++}`, retries: 0, body })
const plans: Record<string, [Flow, number[]]> = {
  'failed member after set, other suspended': [[s('before'), par([[s('a'), s('throws', { end: 'throws' })], [s('b'), s('asks', { asks: 1 })]])], []],
  'failed member after set, other done': [[par([[s('a'), s('throws', { end: 'throws' })], [s('b')]])], []],
  'nested suspended then cancel': [[inner([s('asks', { asks: 1 })])], [99]],
  'foreach suspended then cancel': [[each(2, 2, [s('asks', { asks: 1 })])], [99]],
  'foreach flow suspended then cancel': [[each(2, 2, [s('x'), s('asks', { asks: 1 })])], [99]],
  'member nested suspended, other aborts': [[par([[inner([s('asks', { asks: 1 })])], [s('late', { takesMs: 30, end: 'aborts', sets: 'nothing' })]])], []],
  'member foreach suspended, other throws': [[par([[each(2, 2, [s('asks', { asks: 1 })])], [s('late', { takesMs: 30, end: 'throws' })]])], []],
  'member nested suspended, other throws': [[par([[inner([s('asks', { asks: 1 })])], [s('late', { takesMs: 30, end: 'throws' })]])], []],
}
for (const [name, [flow, moves]] of Object.entries(plans)) {
  const j = await playPlan({ flow, retries: 0, moves }, calmEvented)
  console.log('##', name, j.verdict, j.verdict === 'passed' ? '' : j.why?.split('\n')[0])
  console.log(JSON.stringify(j.driven?.outcomes.at(-1)))
}
