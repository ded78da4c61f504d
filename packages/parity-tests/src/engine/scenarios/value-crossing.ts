import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere } from './parts/begin.js'
import { step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

/**
 * Sends a value along every way there is: as input, output, payload and resume data, in state and request context, from
 * one process to another. Gives all that was seen on the way.
 */
async function seenOnTheWay(stage: Stage, value: unknown): Promise<readonly unknown[]> {
  const seen: unknown[] = []
  const sets = step('sets', async ({ inputData, requestContext, setState }) => {
    seen.push(inputData)
    await setState({ value })
    requestContext.set('value', value)
    return value
  })
  const asks = step('asks', (context) => {
    const { inputData, requestContext, resumeData, state, suspend, suspendData } = context
    seen.push(inputData, state.value, requestContext.get('value'), context.getStepResult('sets'))
    if (!context.resume) return suspend(value)
    seen.push(resumeData, suspendData)
    return inputData
  })
  const keeps = workflow('keeps').then(sets).then(asks).commit()
  const { engine, run, started } = await begin(stage, keeps, { inputData: value })
  const suspended = await stage.settle(started)
  seen.push(suspended.input, suspended.status === 'suspended' && suspended.suspendPayload.asks)
  const there = await elsewhere(stage, engine, run)
  const result = await stage.settle(there.run.resume({ resumeData: value }))
  const { sets: record } = result.steps as Record<string, { readonly output?: unknown }>
  seen.push(resultOf(result), record?.output)
  await stage.settle(there.engine.close())
  return seen
}

/** Everything that is seen on the way equals the value. */
async function crosses(stage: Stage, value: unknown): Promise<void> {
  const seen = await seenOnTheWay(stage, value)
  equal(seen.length, 15)
  for (const one of seen) deepEqual(one, value)
}

const text = (length: number): string => 'æ!0'.repeat(length / 3)

export const valueCrossingScenarios: readonly Scenario[] = [
  {
    id: 'value.all-kinds',
    shows: ['value.kinds'],
    async play(stage) {
      const bytes = new Uint8Array([0, 1, 254, 255])
      await crosses(stage, {
        date: new Date(1_234_567_890_123),
        never: new Date(Number.NaN),
        map: new Map<unknown, unknown>([
          ['a', new Map([[1, 2]])],
          [{ key: true }, new Date(0)],
        ]),
        set: new Set([1, 'one', new Set(['inner'])]),
        big: [0n, -1n, 2n ** 200n],
        pattern: /a+\/[^b]/giu,
        url: new URL('https://example.org/a?b=c#d'),
        bytes,
        buffer: bytes.buffer,
        floats: new Float64Array([0.1, -0, Number.NaN]),
        longs: new BigInt64Array([1n, -1n]),
        shorts: new Int16Array([-1, 2]),
      })
    },
  },
  {
    id: 'value.at-the-top',
    shows: ['value.kinds', 'value.nothing'],
    async play(stage) {
      for (const value of [new Date(5), new Map([[1, { a: 1 }]]), 7n, 'text', true, 0, '', false, null, undefined, []])
        await crosses(stage, value)
    },
  },
  {
    id: 'value.numbers-that-json-has-not',
    shows: ['value.special-numbers'],
    async play(stage) {
      const numbers = [Number.NaN, -0, 0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER, 1e-7]
      await crosses(stage, { numbers })
      for (const seen of await seenOnTheWay(stage, -0)) ok(Object.is(seen, -0))
    },
  },
  {
    id: 'value.undefined-inside',
    shows: ['value.nothing'],
    async play(stage) {
      await crosses(stage, { there: undefined, nothing: null, list: [undefined, null, 0], inner: { there: undefined } })
      for (const seen of await seenOnTheWay(stage, { there: undefined }))
        deepEqual(Object.keys(seen as object), ['there'])
    },
  },
  {
    id: 'value.errors-inside',
    shows: ['value.errors'],
    async play(stage) {
      const error = Object.assign(new RangeError('beyond', { cause: new Error('root') }), { code: 7 })
      for (const seen of await seenOnTheWay(stage, { problems: [error] })) {
        const [one] = (seen as { readonly problems: readonly unknown[] }).problems
        ok(one instanceof RangeError && one.cause instanceof Error)
        deepEqual([one.message, one.cause.message, { ...one }], ['beyond', 'root', { code: 7 }])
      }
    },
  },
  {
    id: 'value.that-contains-itself',
    shows: ['value.cycles'],
    async play(stage) {
      const shared = { name: 'shared' }
      const value: Record<string, unknown> = { one: shared, two: shared, list: [] as unknown[] }
      value.self = value
      ;(value.list as unknown[]).push(value.list, new Map([['back', value]]))
      for (const seen of await seenOnTheWay(stage, value)) {
        const got = seen as { one: unknown; two: unknown; self: unknown; list: [unknown, Map<string, unknown>] }
        equal(got.self, got)
        equal(got.one, got.two)
        deepEqual(got.one, { name: 'shared' })
        equal(got.list[0], got.list)
        equal(got.list[1].get('back'), got)
      }
    },
  },
  {
    id: 'value.much-data',
    shows: ['value.bytes'],
    async play(stage) {
      const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 31) % 256)
      const seen = await seenOnTheWay(stage, { bytes, text: text(60_000) })
      for (const one of seen) {
        const got = one as { readonly bytes: Uint8Array; readonly text: string }
        ok(got.bytes instanceof Uint8Array && Buffer.compare(got.bytes, bytes) === 0)
        ok(got.text === text(60_000))
      }
    },
  },
  {
    id: 'value.many-parts',
    shows: ['value.big-data', 'value.key-order'],
    async play(stage) {
      const list = Array.from({ length: 1_000 }, (_, index) => ({ index, name: `n${index}` }))
      const keyed = Object.fromEntries(list.map(({ index, name }) => [name, index]))
      for (const seen of await seenOnTheWay(stage, { list, keyed })) {
        const got = seen as { readonly list: readonly unknown[]; readonly keyed: Record<string, number> }
        equal(got.list.length, 1_000)
        deepEqual(got.list[999], { index: 999, name: 'n999' })
        equal(Object.keys(got.keyed).length, 1_000)
        equal(Object.keys(got.keyed)[998], 'n998')
      }
    },
  },
  {
    id: 'value.any-characters',
    shows: ['value.strings'],
    async play(stage) {
      const texts = ['\0', 'a\0b', '\ud800', 'x\udc00y', '\u2028', '\ufeff', '😀', '"\\\n\t', '\u007f', 'ﷺ', '﷐\uffff']
      await crosses(stage, { texts, keys: Object.fromEntries(texts.map((one, index) => [one, index])) })
    },
  },
  {
    id: 'value.keys-of-prototypes',
    shows: ['value.keys'],
    async play(stage) {
      const hostile: unknown = JSON.parse(
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"a":3}',
      )
      for (const seen of await seenOnTheWay(stage, { hostile, list: [hostile] })) {
        const got = (seen as { readonly hostile: object }).hostile
        deepEqual(Object.keys(got), ['__proto__', 'constructor', 'a'])
        equal(Object.getPrototypeOf(got), Object.prototype)
        deepEqual(Object.getOwnPropertyDescriptor(got, '__proto__')?.value, { polluted: 1 })
      }
      equal(({} as { readonly polluted?: unknown }).polluted, undefined)
    },
  },
  {
    id: 'value.order-of-parts',
    shows: ['value.key-order'],
    async play(stage) {
      const value = {
        object: { z: 1, a: 2, 10: 3, 2: 4, '': 5 },
        map: new Map([
          ['z', 1],
          ['a', 2],
        ]),
        set: new Set(['z', 'a']),
      }
      const orderOf = ({ object, map, set }: typeof value) => [Object.keys(object), [...map.keys()], [...set]]
      for (const seen of await seenOnTheWay(stage, value)) deepEqual(orderOf(seen as typeof value), orderOf(value))
    },
  },
]
