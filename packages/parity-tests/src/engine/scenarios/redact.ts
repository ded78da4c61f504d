import { deepEqual, equal, ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import {
  type EngineOptions,
  type Logger,
  type Redact,
  type Run,
  redactKeys,
  type StepContext,
  TripWire,
  type Workflow,
} from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { policed } from './parts/attempts.js'
import { step, workflow } from './parts/loose.js'
import { allOf, listeningCodec } from './parts/recorded.js'
import { errorOf, resultOf } from './parts/told.js'

/** A logger, and in `lines` what it was told. */
function listeningLogger(): Logger & { readonly lines: unknown[][] } {
  const lines: unknown[][] = []
  const hear = (...line: unknown[]): void => void lines.push(line)
  return { debug: hear, info: hear, warn: hear, error: hear, lines }
}

async function played(stage: Stage, flow: Workflow, redact: Redact) {
  const codec = listeningCodec()
  const logger = listeningLogger()
  const options: Partial<EngineOptions> = { redact, codec, logger }
  const engine = await stage.engine(flow, options)
  const run: Run = await engine.createRun(flow)
  const result = await stage.settle(run.start())
  const all = await allOf(stage, { engine, run, result, heard: codec.heard })
  // The next one is not to take what is for this one, nor this one what is for the next.
  await stage.settle(engine.close())
  return { run, result, all, lines: logger.lines }
}

/** The numbers of cards, wherever they are in what it is asked about. */
const noCards: Redact = (value) => {
  if (typeof value === 'string') return value.replaceAll(/\d{16}/g, 'CARD')
  if (value instanceof Error) value.message = value.message.replaceAll(/\d{16}/g, 'CARD')
  return value
}

const CARD = '4000123412341234'

class Declined extends Error {
  override name = 'Declined'
  readonly code = 'E_DECLINED'
}

const throws = (error: () => unknown) =>
  step('throws', () => {
    throw error()
  })

export const redactScenarios: readonly Scenario[] = [
  {
    id: 'redact.error-of-a-step',
    shows: ['redact.errors', 'redact.copy', 'redact.class'],
    async play(stage) {
      const places: unknown[] = []
      const thrown = new Declined(`card ${CARD} was declined`)
      const redact: Redact = (value, where) => {
        // What is told of servers that do not answer is nobody's error.
        if (where.kind !== 'log') places.push(where)
        return noCards(value, where)
      }
      const { result, run, all } = await played(
        stage,
        workflow('paying')
          .then(throws(() => thrown))
          .commit(),
        redact,
      )
      const error = errorOf(result) as Declined
      deepEqual([error.name, error.message, error.code], ['Declined', 'card CARD was declined', 'E_DECLINED'])
      ok(!all.includes(CARD))
      deepEqual(places, [{ kind: 'error', workflowId: 'paying', stepId: 'throws', runId: run.runId }])
      ok(thrown.message.includes(CARD) && String(thrown.stack).includes(CARD))
    },
  },
  {
    id: 'redact.whatever-is-answered',
    shows: ['redact.class', 'redact.fails'],
    async play(stage) {
      const answers: readonly (readonly [Redact, string])[] = [
        [() => 'a text', 'a text'],
        [() => undefined, '[redacted]'],
        [() => null, '[redacted]'],
        [() => 7, '[redacted]'],
        [() => ({ message: 'an object', more: 1 }), 'an object'],
        [() => new TypeError('of another class'), 'of another class'],
        [async () => 'late', '[redacted]'],
        [() => Promise.reject(new Error('late')), '[redacted]'],
        [
          () => {
            throw new Error(CARD)
          },
          '[redacted]',
        ],
        [() => new Proxy({}, { get: () => fails() }), '[redacted]'],
      ]
      const members = answers.map((_, at) =>
        step(`answer-${at}`, () => {
          throw new Declined(CARD)
        }),
      )
      const flow = workflow('paying').parallel(members, { allowFailure: true }).commit()
      const hook: Redact = (value, where) => {
        const [redact] = answers[Number(where.stepId?.slice('answer-'.length))] ?? []
        return redact ? redact(value, where) : value
      }
      const { result, all } = await played(stage, flow, hook)
      ok(!all.includes(CARD))
      for (const [at, [, text]] of answers.entries()) {
        const { error } = result.steps[`answer-${at}`] as { readonly error?: Declined }
        ok(error instanceof Error)
        deepEqual([error.name, error.message, error.code], ['Declined', text, 'E_DECLINED'])
      }
      const trips = workflow('tripping')
        .then(throws(() => new TripWire('no', { metadata: 7 })))
        .commit()
      equal((await played(stage, trips, () => undefined)).result.status, 'tripwire')
    },
  },
  {
    id: 'redact.hook-that-throws',
    shows: ['redact.fails'],
    async play(stage) {
      const body = policed('tries', { retries: 9 }, ({ retryCount }: StepContext) => {
        if (retryCount < 9) throw new Error(`attempt ${retryCount}`)
        return 'done'
      })
      const redact: Redact = () => {
        throw new RangeError(CARD)
      }
      const { result, lines } = await played(stage, workflow('trying').then(body).commit(), redact)
      equal(resultOf(result), 'done')
      const said = lines.map(([, text]) => String(text)).filter((text) => text.includes('`redact`'))
      ok(said.length > 0 && said.length < 9, 'each process says so once')
      ok(said[0]?.includes('threw (RangeError)') && !inspect(lines).includes(CARD))
    },
  },
  {
    id: 'redact.line-of-the-logger',
    shows: ['redact.logs', 'redact.errors'],
    async play(stage) {
      const options = {
        onFinish: () => {
          throw new Declined(`card ${CARD} was declined`)
        },
      }
      const kinds = new Set<string>()
      const redact: Redact = (value, where) => {
        kinds.add(where.kind)
        return noCards(value, where)
      }
      const flow = workflow('paying', { options })
        .then(step('pays', () => 1))
        .commit()
      const { lines, run, all } = await played(stage, flow, redact)
      const [line] = lines.filter(([, text]) => String(text).includes('onFinish'))
      equal(line?.[1], 'onFinish of workflow "paying" threw: card CARD was declined')
      const { err: error, runId } = (line ?? [])[0] as { readonly err: Declined; readonly runId: string }
      deepEqual(
        [error.name, error.code, error.message, runId],
        ['Declined', 'E_DECLINED', 'card CARD was declined', run.runId],
      )
      ok(error instanceof Declined && !inspect(lines).includes(CARD) && !all.includes(CARD))
      deepEqual(kinds, new Set(['log', 'error']))
    },
  },
  {
    id: 'redact.keys-at-any-depth',
    shows: ['redact.keys'],
    async play(stage) {
      const headers = JSON.parse('{ "Authorization": "Bearer x", "__proto__": { "password": "p" }, "accept": "a" }')
      const cause = Object.assign(new TypeError('inner'), { authorization: 'Bearer x', kept: 1 })
      const make = (): Error => {
        const error: Error & { [key: string]: unknown } = Object.assign(new Declined('outer', { cause }) as never, {
          headers,
        })
        error.self = error
        error.list = [{ password: 'p' }, new Map([['password', 'p']]), null, undefined, 1n]
        error.deep = Array.from({ length: 300 }).reduce((inner) => ({ inner }), { password: 'p' })
        Object.defineProperty(error, 'getter', { enumerable: true, get: () => fails() })
        return error
      }
      const redact = redactKeys(['authorization', 'PASSWORD', 'code'])
      const { result, all } = await played(stage, workflow('asking').then(throws(make)).commit(), redact)
      const error = errorOf(result) as Error & Record<string, unknown>
      deepEqual([error.name, error.message, error.code], ['Declined', 'outer', 'E_DECLINED'])
      equal(error.self, error)
      deepEqual((error.list as unknown[])[1], new Map([['password', '[redacted]']]))
      deepEqual(Object.keys(error.headers as object), ['Authorization', '__proto__', 'accept'])
      const inner = error.cause as TypeError & Record<string, unknown>
      deepEqual([inner.authorization, inner.kept, inner.message], ['[redacted]', 1, 'inner'])
      ok(!all.includes('Bearer x') && !all.includes("password: 'p'"))
    },
  },
]

function fails(): never {
  throw new Error('nobody may look at this')
}
