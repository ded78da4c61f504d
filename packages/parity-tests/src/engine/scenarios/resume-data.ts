import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createStep } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, fields, transform } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, untimed } from './parts/told.js'

const strict = createStep({
  id: 'strict',
  inputSchema: any(),
  outputSchema: any(),
  resumeSchema: fields<{ ok: boolean }>({ ok: (value) => typeof value === 'boolean' }),
  execute: ({ resumeData, suspend }) => resumeData ?? suspend(),
})

export const resumeDataScenarios: readonly Scenario[] = [
  {
    id: 'resume.defaults-of-the-schema',
    shows: ['resume.schema-defaults'],
    async play(stage) {
      const wait = createStep({
        id: 'wait',
        inputSchema: any(),
        outputSchema: any(),
        resumeSchema: transform<{ by?: string } | undefined, { by: string }>((given) => ({
          by: given?.by ?? 'nobody',
        })),
        execute: ({ resumeData, suspend }) => resumeData ?? suspend(),
      })
      const defaults = workflow('defaults').then(wait).commit()
      const engine = await stage.engine(defaults)
      for (const options of [{ resumeData: {} }, {}]) {
        const run = await engine.createRun(defaults)
        await stage.settle(run.start())
        const result = await stage.settle(run.resume(options))
        deepEqual(resultOf(result), { by: 'nobody' })
        deepEqual(untimed(result.steps).wait, {
          status: 'success',
          payload: undefined,
          resumePayload: { by: 'nobody' },
          output: { by: 'nobody' },
        })
      }
    },
  },
  {
    id: 'resume.data-that-does-not-fit',
    shows: ['resume.invalid-data'],
    async play(stage) {
      const { run, engine } = await finish(stage, workflow('strictly').then(strict).commit())
      const error = await refusal(stage, run.resume({ resumeData: { ok: 'yes' } }), 'WF_INVALID_RESUME_DATA')
      match(error.message, /^Invalid resume data: \n- ok: ok does not fit/)
      equal(error.stepId, 'strict')
      deepEqual((error.cause as { readonly issues?: unknown }).issues, [{ path: ['ok'], message: 'ok does not fit' }])
      await refusal(stage, run.resume(), 'WF_INVALID_RESUME_DATA')
      equal(await stage.settle(run.status()), 'suspended')
      const there = await elsewhere(stage, engine, run)
      const result = await stage.settle(there.run.resume({ resumeData: { ok: false, more: 1 } }))
      deepEqual(resultOf(result), { ok: false })
    },
  },
  {
    id: 'resume.data-of-nested-steps-is-checked',
    shows: ['resume.invalid-data'],
    async play(stage) {
      const inner = workflow('inner').then(strict).commit()
      const { run } = await finish(stage, workflow('outer').then(inner).commit())
      const error = await refusal(stage, run.resume({ step: inner, resumeData: 1 }), 'WF_INVALID_RESUME_DATA')
      equal(error.stepId, 'strict')
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: { ok: true } }))), { ok: true })
    },
  },
  {
    id: 'resume.unchecked',
    shows: ['resume.unchecked-data'],
    async play(stage) {
      const flow = workflow('trusting', { options: { validateInputs: false } })
        .then(strict)
        .commit()
      const { run } = await finish(stage, flow)
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'anything' }))), 'anything')
    },
  },
  {
    id: 'resume.false-zero-and-null',
    shows: ['resume.falsy-data'],
    async play(stage) {
      for (const value of [false, 0, '', null, Number.NaN]) {
        const wait = step('wait', ({ resumeData, suspend }) =>
          resumeData === undefined ? suspend() : { got: resumeData },
        )
        const inner = workflow('inner').then(wait).commit()
        for (const flow of [workflow(`top ${value}`).then(wait), workflow(`nested ${value}`).then(inner)]) {
          const { run, engine } = await finish(stage, flow.commit())
          const there = await elsewhere(stage, engine, run)
          const result = await stage.settle(there.run.resume({ resumeData: value }))
          deepEqual(resultOf(result), { got: value })
          const [record] = Object.values(untimed(result.steps)).slice(1)
          deepEqual((record as { readonly resumePayload?: unknown }).resumePayload, value)
        }
      }
    },
  },
  {
    id: 'resume.no-data-at-all',
    shows: ['resume.without-data', 'resume.info'],
    async play(stage) {
      const infos: unknown[] = []
      const wait = step('wait', ({ resume, resumeData, suspend }) => {
        infos.push(resume)
        return resume ? { resumed: resumeData === undefined } : suspend()
      })
      const inner = workflow('inner').then(wait).commit()
      const { run } = await finish(stage, workflow('bare').then(inner).commit())
      deepEqual(resultOf(await stage.settle(run.resume())), { resumed: true })
      deepEqual(infos, [undefined, { steps: ['inner', 'wait'], resumePayload: undefined, runId: run.runId }])
    },
  },
  {
    id: 'resume.data-for-one-step-only',
    shows: ['resume.only-once'],
    async play(stage) {
      const seen: unknown[] = []
      const after = step('after', ({ resumeData, suspendData, resume, inputData }) => {
        seen.push([resumeData, suspendData, resume])
        return inputData
      })
      const flow = workflow('two asks').then(asks('first')).then(after).then(asks('second')).commit()
      const { run } = await finish(stage, flow)
      const between = await stage.settle(run.resume({ resumeData: 'one' }))
      equal(between.status, 'suspended')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'two' }))), 'two')
      deepEqual(seen, [[undefined, undefined, undefined]])
    },
  },
  {
    id: 'resume.behind-a-map',
    shows: ['resume.stored-payload', 'resume.init-data'],
    async play(stage) {
      const seen: unknown[] = []
      const wait = step('wait', ({ inputData, getInitData, resumeData, suspend }) => {
        seen.push([inputData, getInitData()])
        return resumeData ?? suspend()
      })
      let maps = 0
      const flow = workflow('mapped')
        .then(echoes('first'))
        .map(({ inputData }) => {
          maps += 1
          return { mapped: inputData, maps }
        })
        .then(wait)
        .commit()
      const { run, engine } = await finish(stage, flow, { inputData: 'in' })
      const there = await elsewhere(stage, engine, run)
      await stage.settle(there.run.resume({ resumeData: 1 }))
      const expected = [{ mapped: 'in', maps: 1 }, 'in']
      deepEqual(seen, [expected, expected])
      equal(maps, 1)
    },
  },
  {
    id: 'resume.retried-after-it',
    shows: ['resume.retries'],
    async play(stage) {
      const attempts: unknown[] = []
      const flaky = step('flaky', ({ resumeData, retryCount, suspend }) => {
        if (resumeData === undefined) return suspend()
        attempts.push([retryCount, resumeData])
        if (attempts.length < 3) throw new Error('not yet')
        return 'at last'
      })
      const flow = workflow('patient', { retryConfig: { attempts: 2 } })
        .then(flaky)
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      equal(resultOf(await stage.settle(there.run.resume({ resumeData: false }))), 'at last')
      deepEqual(attempts, [
        [0, false],
        [1, false],
        [2, false],
      ])
    },
  },
  {
    id: 'resume.counting-from',
    shows: ['resume.retry-count'],
    async play(stage) {
      const counts: number[] = []
      const failing = step(
        'failing',
        ({ resumeData, retryCount, suspend }) => {
          if (resumeData === undefined) return suspend()
          counts.push(retryCount)
          throw new Error(`attempt ${retryCount}`)
        },
        { retries: 3 },
      )
      const { run } = await finish(stage, workflow('counted').then(failing).commit())
      const result = await stage.settle(run.resume({ resumeData: 1, retryCount: 2 }))
      equal(errorOf(result).message, 'attempt 3')
      deepEqual(counts, [2, 3])
    },
  },
  {
    id: 'resume.request-context',
    shows: ['resume.context'],
    async play(stage) {
      const drops = step('drops', ({ requestContext }) => {
        requestContext.delete('dropped')
        requestContext.set('set', 'by a step')
      })
      const tells = step('tells', ({ requestContext, resume, suspend }) =>
        resume ? requestContext.toJSON() : suspend(),
      )
      const flow = workflow('contextual').then(drops).then(tells).commit()
      const { run, engine } = await finish(stage, flow, { requestContext: { kept: 1, dropped: 2, changed: 3 } })
      const there = await elsewhere(stage, engine, run)
      const result = await stage.settle(there.run.resume({ requestContext: { changed: 4, added: 5 } }))
      deepEqual(resultOf(result), { kept: 1, set: 'by a step', changed: 4, added: 5 })
      ok(!('dropped' in (resultOf(result) as object)))
    },
  },
]
