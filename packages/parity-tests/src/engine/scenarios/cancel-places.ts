import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { begin } from './parts/begin.js'
import { asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { statuses, told, untimed } from './parts/told.js'

/** A step that waits for its signal and then gives the reason to whoever asks. */
function obedient(id: string) {
  const gate = createGate()
  const reasons: unknown[] = []
  gate.open()
  const body = step(id, async ({ abortSignal }) => {
    await gate.pass()
    reasons.push(await aborted(abortSignal))
    return 'too late'
  })
  return { body, gate, reasons }
}

export const cancelPlaceScenarios: readonly Scenario[] = [
  {
    id: 'cancel.three-levels-deep',
    shows: ['cancel.nested', 'cancel.signal', 'cancel.records'],
    async play(stage) {
      const { body, gate, reasons } = obedient('leaf')
      const inner = workflow('inner').then(echoes('done')).then(body).then(fails('never')).commit()
      const middle = workflow('middle').then(inner).commit()
      const flow = workflow('outer').then(middle).then(fails('after')).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1 })
      await stage.settle(gate.reached())
      await stage.settle(run.cancel())
      deepEqual(told(await stage.settle(started)), {
        status: 'canceled',
        input: 1,
        stepExecutionPath: ['middle'],
        steps: { input: 1, middle: { status: 'canceled', payload: 1 } },
      })
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
  {
    id: 'cancel.all-members',
    shows: ['cancel.parallel', 'cancel.signal'],
    async play(stage) {
      const one = obedient('one')
      const two = obedient('two')
      const flow = workflow('members')
        .parallel([one.body, gives('quick', 1), two.body])
        .then(fails('never'))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(Promise.all([one.gate.reached(), two.gate.reached()]))
      await stage.quiet()
      await stage.settle(run.cancel())
      deepEqual(untimed((await stage.settle(started)).steps), {
        input: undefined,
        one: { status: 'canceled', payload: undefined },
        quick: { status: 'success', payload: undefined, output: 1 },
        two: { status: 'canceled', payload: undefined },
      })
      await stage.quiet()
      deepEqual([one.reasons, two.reasons], [['canceled'], ['canceled']])
    },
  },
  {
    id: 'cancel.suspended-beside-running',
    shows: ['cancel.beside-a-suspension'],
    async play(stage) {
      const { body, gate, reasons } = obedient('busy')
      const flow = workflow('mixed')
        .parallel([asks('wait'), body])
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      await stage.settle(run.cancel())
      deepEqual(statuses(await stage.settle(started)), { wait: 'suspended', busy: 'canceled' })
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
  {
    id: 'cancel.items-of-a-foreach',
    shows: ['cancel.foreach', 'cancel.nothing-begins'],
    async play(stage) {
      const gate = createGate()
      const seen: unknown[] = []
      const each = step('each', async ({ inputData }) => {
        seen.push(inputData)
        await gate.pass()
      })
      const flow = workflow('items')
        .then(lists('list', [1, 2, 3, 4, 5]))
        .foreach(each, { concurrency: 2 })
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached(2))
      await stage.settle(run.cancel())
      gate.open()
      deepEqual(statuses(await stage.settle(started)), { list: 'success', each: 'canceled' })
      await stage.quiet()
      deepEqual(seen.sort(), [1, 2])
    },
  },
  {
    id: 'cancel.by-abort',
    shows: ['cancel.abort', 'cancel.signal', 'cancel.records'],
    async play(stage) {
      const reasons: unknown[] = []
      const aborts = step('aborts', async ({ abort, abortSignal }) => {
        abort()
        reasons.push(await aborted(abortSignal))
        return 'dropped'
      })
      const flow = workflow('self').then(echoes('first')).then(aborts).then(fails('never')).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1 })
      deepEqual(told(await stage.settle(started)), {
        status: 'canceled',
        input: 1,
        stepExecutionPath: ['first', 'aborts'],
        steps: {
          input: 1,
          first: { status: 'success', payload: 1, output: 1 },
          aborts: { status: 'canceled', payload: 1 },
        },
      })
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
      equal(await stage.settle(run.cancel()), 'canceled')
    },
  },
  {
    id: 'cancel.by-abort-that-does-not-wait',
    shows: ['cancel.abort', 'cancel.late-result'],
    async play(stage) {
      const aborts = step('aborts', ({ abort }) => {
        abort()
        return 'dropped'
      })
      const { started } = await begin(stage, workflow('hasty').then(aborts).then(fails('never')).commit())
      deepEqual(statuses(await stage.settle(started)), { aborts: 'canceled' })
    },
  },
  {
    id: 'cancel.by-abort-inside',
    shows: ['cancel.abort-nested', 'cancel.parallel'],
    async play(stage) {
      const other = obedient('other')
      const aborts = step('aborts', async ({ abort }) => {
        await other.gate.reached()
        abort()
      })
      const inner = workflow('inner').then(aborts).then(fails('never')).commit()
      const flow = workflow('outer').parallel([inner, other.body]).then(fails('after')).commit()
      const { started } = await begin(stage, flow)
      deepEqual(statuses(await stage.settle(started)), { inner: 'canceled', other: 'canceled' })
      await stage.quiet()
      deepEqual(other.reasons, ['canceled'])
    },
  },
  {
    id: 'cancel.while-a-condition-is-asked',
    shows: ['cancel.in-functions', 'cancel.signal'],
    async play(stage) {
      const gate = createGate()
      const reasons: unknown[] = []
      const hold = async (signal: AbortSignal) => {
        void aborted(signal).then((reason) => reasons.push(reason))
        await gate.pass()
        return true
      }
      const asking = workflow('asking')
        .branch([[({ abortSignal }) => hold(abortSignal), fails('never')]])
        .commit()
      const mapping = workflow('mapping')
        .map(({ abortSignal }) => hold(abortSignal))
        .then(fails('never'))
        .commit()
      for (const [count, flow] of [asking, mapping].entries()) {
        const { run, started } = await begin(stage, flow)
        await stage.settle(gate.reached(count + 1))
        await stage.settle(run.cancel())
        equal((await stage.settle(started)).status, 'canceled')
        await stage.quiet()
      }
      deepEqual(reasons, ['canceled', 'canceled'])
      gate.open()
      await stage.quiet()
    },
  },
  {
    id: 'cancel.while-it-begins',
    shows: ['cancel.before-the-first-step'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('beginning', { options: { onStart: () => gate.pass() } })
        .then(fails('never'))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      equal(await stage.settle(run.cancel()), 'canceled')
      const result = await stage.settle(started)
      gate.open()
      await stage.quiet()
      equal(result.status, 'canceled')
      deepEqual(await stage.settle(run.result()), result)
    },
  },
  {
    id: 'cancel.a-busy-loop',
    shows: ['cancel.busy', 'cancel.nothing-begins'],
    async play(stage) {
      const canceled = Promise.withResolvers<string>()
      let count = 0
      const body = step('spin', async () => {
        count += 1
        if (count === 5) run.cancel().then(canceled.resolve, canceled.reject)
        return count
      })
      const flow = workflow('busy')
        .dountil(body, () => false)
        .commit()
      const { run, started } = await begin(stage, flow)
      equal(await stage.settle(canceled.promise), 'canceled')
      equal((await stage.settle(started)).status, 'canceled')
      await stage.quiet()
      const after = count
      await stage.quiet()
      equal(count, after)
    },
  },
]
