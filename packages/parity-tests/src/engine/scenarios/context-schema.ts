import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { RequestContext, type Schema, type Services, type WorkflowResult } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any, fields, transform } from '../schemas.js'
import { policed } from './parts/attempts.js'
import { elsewhere, finish } from './parts/begin.js'
import { held, looks } from './parts/carrying.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { asks, lists, step, workflow } from './parts/loose.js'
import { allOf, listeningCodec } from './parts/recorded.js'
import { refusal } from './parts/refusal.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

const isText = (value: unknown): boolean => typeof value === 'string'
const isAbsentOrText = (value: unknown): boolean => value === undefined || isText(value)

/** Makes a date of a text, and adds what is missing. */
const converts: Schema = transform(({ since, ...rest }: { readonly since?: unknown }) => ({
  plan: 'free',
  ...rest,
  since: new Date(since as string | Date),
}))

export const contextSchemaScenarios: readonly Scenario[] = [
  {
    id: 'context.schema-that-converts',
    shows: ['context.schema-parsed'],
    async play(stage) {
      const flow = checkedWorkflow('converts', { requestContextSchema: converts })
        .then(asks('asks'))
        .then(looks('looks'))
        .commit()
      const given = { since: '2030-01-01', map: new Map([[1, new Set(['a'])]]) }
      const { engine, run } = await finish(stage, flow, { requestContext: given })
      const there = await elsewhere(stage, engine, run)
      const resumed = there.run.resume({
        resumeData: 1,
        requestContext: { since: '2031-01-01', bytes: new Uint8Array([1]) },
      })
      deepEqual(resultOf(await stage.settle(resumed)), {
        plan: 'free',
        since: new Date('2031-01-01'),
        map: given.map,
        bytes: new Uint8Array([1]),
      })
      equal(given.since, '2030-01-01')
      const travelled = there.run.timeTravel({ step: 'looks', requestContext: { since: '2032-01-01' } })
      const { since } = resultOf(await stage.settle(travelled)) as { readonly since: unknown }
      deepEqual(since, new Date('2032-01-01'))
    },
  },
  {
    id: 'context.schema-of-a-step-that-converts',
    shows: ['context.schema-of-a-step'],
    async play(stage) {
      const seen: unknown[] = []
      const sees = checkedStep(
        'sees',
        { requestContextSchema: converts, retries: 1 },
        ({ requestContext, retryCount }) => {
          seen.push(held(requestContext))
          requestContext.set('seen', retryCount)
          if (retryCount === 0) throw new Error('once more')
        },
      )
      const { result } = await finish(stage, workflow('flow').then(sees).then(looks('looks')).commit(), {
        requestContext: { since: '2030-01-01' },
      })
      const converted = { plan: 'free', since: new Date('2030-01-01') }
      deepEqual(seen, [converted, converted])
      deepEqual(resultOf(result), { since: '2030-01-01', seen: 1 })
    },
  },
  {
    id: 'context.set-against-a-schema',
    shows: ['context.schema-set'],
    async play(stage) {
      const requestContextSchema = fields<{ user: string; plan?: string }>({ user: isText, plan: isAbsentOrText })
      const calls: string[] = []
      const sets = (id: string, change: (context: RequestContext) => unknown) =>
        policed(id, { retries: 2 }, ({ requestContext }) => {
          calls.push(id)
          change(requestContext)
        })
      const start = { requestContext: new RequestContext({ user: 'me' }) }
      const strict = () => checkedWorkflow('strict', { requestContextSchema })
      const wrong = strict()
        .then(sets('wrong', (context) => context.set('plan', 7)))
        .then(sets('never', () => undefined))
        .commit()
      const error = withCode(errorOf((await finish(stage, wrong, start)).result), 'WF_STEP_REQUEST_CONTEXT_INVALID')
      match(error.message, /- plan: plan does not fit/)
      deepEqual([error.workflowId, error.stepId, calls], ['strict', 'wrong', ['wrong']])

      const inner = workflow('inner')
        .then(sets('inside', (context) => context.set('user', null)))
        .commit()
      const around = await finish(stage, strict().then(inner).commit(), start)
      withCode(errorOf(around.result), 'WF_STEP_REQUEST_CONTEXT_INVALID')

      const own = checkedStep(
        'own',
        { requestContextSchema: fields({ level: isAbsentOrText }) },
        ({ requestContext }) => requestContext.set('level', 1),
      )
      withCode(
        errorOf((await finish(stage, workflow('open').then(own).commit())).result),
        'WF_STEP_REQUEST_CONTEXT_INVALID',
      )

      const sleeps = strict()
        .sleep(async ({ requestContext }) => {
          requestContext.set('plan', 7)
          return 1
        })
        .commit()
      withCode(errorOf((await finish(stage, sleeps, start)).result), 'WF_STEP_REQUEST_CONTEXT_INVALID')

      const right = strict()
        .then(sets('deletes', (context) => context.delete('user')))
        .then(sets('sets', (context) => context.set('plan', 'paid').set('more', 1)))
        .then(looks('looks'))
        .commit()
      deepEqual(resultOf((await finish(stage, right, start)).result), { plan: 'paid', more: 1 })

      const trusting = checkedWorkflow('trusting', { requestContextSchema, options: { validateInputs: false } })
        .then(sets('anything', (context) => context.set('plan', 7)))
        .then(looks('looks'))
        .commit()
      deepEqual(resultOf((await finish(stage, trusting)).result), { plan: 7 })
    },
  },
  {
    id: 'context.schema-that-refuses-what-it-makes',
    shows: ['context.schema-again'],
    async play(stage) {
      const onlyTexts: Schema = {
        '~standard': {
          version: 1,
          vendor: 'wf-parity-tests',
          validate: (value) => {
            const { since } = value as { readonly since: unknown }
            return isText(since)
              ? { value: { since: new Date(String(since)) } }
              : { issues: [{ message: 'no text', path: ['since'] }] }
          },
        },
      }
      const flow = checkedWorkflow('once', { requestContextSchema: onlyTexts }).then(looks('looks')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const error = await refusal(stage, run.start({ requestContext: { since: '2030-01-01' } }), 'WF_INVALID_OPTION')
      match(error.message, /schema of workflow "once" does not accept what it made itself of "since"/)
      equal(error.field, 'requestContextSchema')
    },
  },
  {
    id: 'context.keys-of-any-name',
    shows: ['context.keys-of-any-name'],
    async play(stage) {
      const odd = (value: string) =>
        JSON.parse(
          `{ "__proto__": { "polluted": "${value}" }, "constructor": "${value}", "toString": "${value}", "": "${value}" }`,
        )
      const sees = step('sees', ({ requestContext }) => [
        [...requestContext.keys()].sort(),
        requestContext.get('__proto__'),
        Object.getPrototypeOf(requestContext.toJSON()) === Object.prototype,
      ])
      const flow = checkedWorkflow('odd', { requestContextSchema: any() }).then(asks('asks')).then(sees).commit()
      const { engine, run } = await finish(stage, flow, { requestContext: odd('first') })
      const there = await elsewhere(stage, engine, run)
      const resumed = await stage.settle(there.run.resume({ resumeData: 1, requestContext: odd('second') }))
      deepEqual(resultOf(resumed), [['', '__proto__', 'constructor', 'toString'], { polluted: 'second' }, true])
      ok(!('polluted' in {}))
    },
  },
  {
    id: 'context.runs-and-items-apart',
    shows: ['context.never-mixed'],
    async play(stage) {
      const gate = createGate()
      const each = step('each', async ({ inputData, requestContext }) => {
        requestContext.set('item', inputData)
        requestContext.set(`of ${inputData}`, requestContext.get('run'))
        await gate.pass()
        return [requestContext.get('item'), requestContext.get('run'), requestContext.size]
      })
      const flow = workflow('items')
        .then(lists('lists', [0, 1, 2]))
        .foreach(each, { concurrency: 3 })
        .then(step('both', ({ inputData, requestContext }) => [inputData, held(requestContext)]))
        .commit()
      const engine = await stage.engine(flow)
      const runs = await Promise.all(['a', 'b'].map(() => engine.createRun(flow)))
      const started = runs.map((run, at) => run.start({ requestContext: { run: 'ab'[at] } }))
      await stage.settle(gate.reached(6))
      gate.open()
      const results = await stage.settle(Promise.all(started))
      for (const [at, run] of ['a', 'b'].entries()) {
        const [seen, context] = resultOf(results[at] as WorkflowResult) as readonly [unknown, Record<string, unknown>]
        deepEqual(
          seen,
          [0, 1, 2].map((item) => [item, run, 3]),
        )
        const { item, ...rest } = context
        deepEqual(rest, { run, 'of 0': run, 'of 1': run, 'of 2': run })
        ok([0, 1, 2].includes(item as number))
      }
    },
  },
  {
    id: 'context.services-of-each-process',
    shows: ['context.services-of-each-process'],
    async play(stage) {
      const codec = listeningCodec()
      const offers = (name: string) => ({ services: { name, client: () => 'live-client' } as Services, codec })
      const tells = (id: string) => step(id, ({ services }) => Reflect.get(services, 'name'))
      const flow = workflow('served').then(tells('first')).then(asks('asks')).then(tells('last')).commit()
      const one = await stage.engine(flow, offers('one'))
      const run = await one.createRun(flow)
      const suspended = await stage.settle(run.start())
      equal((suspended.steps.first as { readonly output?: unknown }).output, 'one')
      if (stage.keepsRuns) await stage.settle(one.close())
      const other = stage.keepsRuns ? await stage.engine(flow, offers('other')) : one
      const result = await stage.settle((await other.createRun(flow, { runId: run.runId })).resume({ resumeData: 1 }))
      equal(resultOf(result), stage.keepsRuns ? 'other' : 'one')
      const all = await allOf(stage, {
        engine: other,
        run: await other.createRun(flow, { runId: run.runId }),
        result,
        heard: codec.heard,
      })
      ok(!all.includes('live-client') && !all.includes('services'))
    },
  },
]
