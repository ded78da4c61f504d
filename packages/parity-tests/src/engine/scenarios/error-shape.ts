import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { isWorkflowError, WorkflowError, type WorkflowResult } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { elsewhere, finish } from './parts/begin.js'
import { echoes, step, workflow } from './parts/loose.js'
import { errorOf, statuses, told } from './parts/told.js'

/** The error of a run that failed with what was thrown, as seen by the process that ran it and by another one. */
async function errorsOf(stage: Stage, thrown: unknown): Promise<readonly Error[]> {
  const throws = step('throws', () => {
    throw thrown
  })
  const { engine, run, result } = await finish(stage, workflow('throwing').then(throws).commit())
  const there = await elsewhere(stage, engine, run)
  const later = await stage.settle(there.run.result())
  await stage.settle(there.engine.close())
  return [result, later].flatMap((seen) => [errorOf(seen), recordedIn(seen)])
}

function recordedIn({ steps }: WorkflowResult): Error {
  const { throws } = steps as Record<string, { readonly error?: unknown }>
  ok(throws?.error instanceof Error, 'the error of the step is an Error')
  return throws.error
}

class PaymentError extends TypeError {
  override readonly name = 'PaymentError'
  readonly code = 'E_PAYMENT'
  readonly statusCode = 402
}

class NamelessError extends Error {}

const propertiesOf = (error: Error): Record<string, unknown> => ({ ...error })

export const errorShapeScenarios: readonly Scenario[] = [
  {
    id: 'error.whole-result',
    shows: ['error.fails-run', 'error.is-error'],
    async play(stage) {
      const throws = step('throws', () => {
        throw new Error('no')
      })
      const { result } = await finish(stage, workflow('throwing').then(throws).then(echoes('after')).commit(), {
        inputData: 7,
      })
      const error = errorOf(result)
      deepEqual(told(result), {
        status: 'failed',
        error,
        input: 7,
        stepExecutionPath: ['throws'],
        steps: { input: 7, throws: { status: 'failed', payload: 7, error } },
      })
      const { throws: record } = result.steps as Record<string, { startedAt: number; endedAt?: number }>
      ok(record && record.startedAt <= Number(record.endedAt))
    },
  },
  {
    id: 'error.rejected-promise',
    shows: ['error.fails-run'],
    async play(stage) {
      const rejects = step('rejects', () => Promise.reject(new Error('later')))
      const { result } = await finish(stage, workflow('rejecting').then(rejects).commit())
      equal(errorOf(result).message, 'later')
    },
  },
  {
    id: 'error.name-message-stack',
    shows: ['error.message', 'error.is-error'],
    async play(stage) {
      const thrown = new RangeError('beyond the end')
      for (const error of await errorsOf(stage, thrown)) {
        deepEqual([error.name, error.message, error.stack], ['RangeError', 'beyond the end', thrown.stack])
        ok(error instanceof RangeError)
        equal(String(error), 'RangeError: beyond the end')
      }
    },
  },
  {
    id: 'error.three-causes',
    shows: ['error.cause'],
    async play(stage) {
      const root = { reason: 'disk', bytes: 0n }
      const thrown = new Error('outer', {
        cause: new TypeError('middle', { cause: new Error('inner', { cause: root }) }),
      })
      for (const error of await errorsOf(stage, thrown)) {
        const middle = error.cause
        ok(middle instanceof TypeError)
        const inner = middle.cause
        ok(inner instanceof Error)
        deepEqual([error.message, middle.message, inner.message, inner.cause], ['outer', 'middle', 'inner', root])
      }
    },
  },
  {
    id: 'error.causes-in-a-circle',
    shows: ['error.cause'],
    async play(stage) {
      const thrown = new Error('snake')
      thrown.cause = new Error('tail', { cause: thrown })
      for (const error of await errorsOf(stage, thrown)) {
        ok(error.cause instanceof Error)
        equal(error.cause.message, 'tail')
        equal(error.cause.cause, error)
      }
    },
  },
  {
    id: 'error.properties-of-its-own',
    shows: ['error.properties', 'error.subclass'],
    async play(stage) {
      const headers = { 'retry-after': '7', seen: new Date(5), list: [1, undefined] }
      const thrown = Object.assign(new PaymentError('declined'), { headers })
      for (const error of await errorsOf(stage, thrown)) {
        ok(error instanceof TypeError)
        deepEqual([error.name, error.message], ['PaymentError', 'declined'])
        deepEqual(propertiesOf(error), { code: 'E_PAYMENT', statusCode: 402, headers })
      }
    },
  },
  {
    id: 'error.class-without-a-name-of-its-own',
    shows: ['error.subclass'],
    async play(stage) {
      for (const error of await errorsOf(stage, new NamelessError('plain')))
        deepEqual([error.name, error.message], ['Error', 'plain'])
      const frozen = Object.freeze(Object.assign(new SyntaxError('cold'), { at: 3 }))
      for (const error of await errorsOf(stage, frozen)) {
        ok(error instanceof SyntaxError)
        deepEqual(propertiesOf(error), { at: 3 })
      }
    },
  },
  {
    id: 'error.of-this-library',
    shows: ['error.own-kind'],
    async play(stage) {
      const thrown = new WorkflowError('WF_LIMIT', 'too much for "shop"', { workflowId: 'shop', field: 'items' })
      for (const error of await errorsOf(stage, thrown)) {
        ok(isWorkflowError(error, 'WF_LIMIT'))
        ok(error instanceof WorkflowError)
        deepEqual([error.workflowId, error.field, error.message], ['shop', 'items', thrown.message])
      }
    },
  },
  {
    id: 'error.several-in-one',
    shows: ['error.aggregate'],
    async play(stage) {
      const thrown = new AggregateError([new Error('one'), 'two'], 'both')
      for (const error of await errorsOf(stage, thrown)) {
        ok(error instanceof AggregateError)
        const [one, two] = error.errors as readonly unknown[]
        ok(one instanceof Error)
        deepEqual([error.message, one.message, two], ['both', 'one', 'two'])
      }
    },
  },
  {
    id: 'error.things-that-are-no-errors',
    shows: ['error.anything-thrown', 'error.is-error'],
    async play(stage) {
      const things = ['a text', '', 42, null, undefined, { code: 7, when: new Date(1) }, ['list'], 10n]
      for (const thrown of things) {
        for (const error of await errorsOf(stage, thrown)) {
          deepEqual(error.cause, thrown)
          equal(typeof error.message, 'string')
        }
      }
      const [text] = await errorsOf(stage, 'a text')
      equal(text?.message, 'a text')
      const [spoken] = await errorsOf(stage, { message: 'spoken' })
      equal(spoken?.message, 'spoken')
    },
  },
  {
    id: 'error.parts-that-cannot-cross',
    shows: ['error.unstorable-parts'],
    async play(stage) {
      const socket = { write: () => undefined }
      const thrown = Object.assign(new Error('lost', { cause: Symbol('cause') }), { socket, port: 80 })
      for (const error of await errorsOf(stage, thrown)) {
        equal(error.message, 'lost')
        equal(propertiesOf(error).port, 80)
        equal(propertiesOf(error).socket, undefined)
      }
      const hostile = Object.defineProperty(new Error('fine'), 'trap', {
        enumerable: true,
        get() {
          throw new Error('trapped')
        },
      })
      for (const error of await errorsOf(stage, hostile)) equal(error.message, 'fine')
      for (const error of await errorsOf(stage, () => 'a function')) match(error.message, /./)
      for (const error of await errorsOf(stage, Symbol('s'))) match(error.message, /Symbol\(s\)/)
    },
  },
  {
    id: 'error.caught-in-the-body',
    shows: ['error.caught'],
    async play(stage) {
      const catches = step('catches', async () => {
        try {
          await Promise.reject(new Error('inside'))
        } catch (error) {
          return (error as Error).message
        }
        return 'not reached'
      })
      const { result } = await finish(stage, workflow('catching').then(catches).commit())
      equal(result.status === 'success' && result.result, 'inside')
    },
  },
  {
    id: 'error.through-nested-workflows',
    shows: ['error.nested'],
    async play(stage) {
      const throws = step('throws', () => {
        throw Object.assign(new PaymentError('declined', { cause: 'card' }), { attempt: 1 })
      })
      const inner = workflow('inner').then(throws).commit()
      const middle = workflow('middle').then(inner).commit()
      const { result } = await finish(stage, workflow('outer').then(middle).then(echoes('after')).commit())
      const error = errorOf(result)
      ok(error instanceof TypeError)
      deepEqual([error.name, error.message, error.cause], ['PaymentError', 'declined', 'card'])
      deepEqual(propertiesOf(error), { code: 'E_PAYMENT', statusCode: 402, attempt: 1 })
      deepEqual(statuses(result), { middle: 'failed' })
    },
  },
]
