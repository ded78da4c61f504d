import { deepEqual, equal, ok } from 'node:assert/strict'
import { isWorkflowError, mapVariable, RequestContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { echoes, fails, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

const person = gives('person', { name: 'Ada', born: { year: 1815 }, languages: ['en', 'fr'] })

export const mapScenarios: readonly Scenario[] = [
  {
    id: 'map.two-functions',
    shows: ['map.function', 'map.record', 'map.ids'],
    async play(stage) {
      const mapped = workflow('mapped')
        .map(({ inputData }) => [inputData])
        .map(async ({ inputData }) => ({ wrapped: inputData }), { id: 'wrap' })
        .map(({ inputData }) => inputData.wrapped)
        .commit()
      const { result } = await finish(stage, mapped, { inputData: 1 })
      deepEqual(told(result), {
        status: 'success',
        result: [1],
        input: 1,
        stepExecutionPath: ['mapping_mapped_0', 'wrap', 'mapping_mapped_2'],
        steps: {
          input: 1,
          mapping_mapped_0: { status: 'success', payload: 1, output: [1] },
          wrap: { status: 'success', payload: [1], output: { wrapped: [1] } },
          mapping_mapped_2: { status: 'success', payload: { wrapped: [1] }, output: [1] },
        },
      })
    },
  },
  {
    id: 'map.function-sees-the-run',
    shows: ['map.function-context'],
    async play(stage) {
      const mapped = workflow('mapped')
        .then(person)
        .map(async (context) => {
          const { state, requestContext, retryCount, workflowId } = context
          await context.setState({ seen: true })
          const tenant = requestContext.get('tenant')
          return {
            state,
            tenant,
            retryCount,
            workflowId,
            init: context.getInitData(),
            ada: context.getStepResult(person),
          }
        })
        .map(({ inputData, state }) => [inputData.ada !== null, inputData.init, inputData.tenant, state])
        .commit()
      const requestContext = new RequestContext().set('tenant', 'acme')
      const { result } = await finish(stage, mapped, {
        inputData: 'start',
        requestContext,
        initialState: { colour: 'red' },
      })
      deepEqual(resultOf(result), [true, 'start', 'acme', { colour: 'red', seen: true }])
    },
  },
  {
    id: 'map.sources',
    shows: ['map.object', 'map.value', 'map.fn', 'map.step', 'map.init-data', 'map.request-context'],
    async play(stage) {
      const mapped = workflow('mapped')
        .then(person)
        .map({
          constant: { value: { deep: [1] } },
          computed: { fn: async ({ inputData }) => Object.keys(inputData as object) },
          whole: { step: person, path: '.' },
          alsoWhole: { step: person, path: '' },
          withoutPath: { step: person },
          year: { step: person, path: 'born.year' },
          second: { step: person, path: 'languages.1' },
          input: { initData: true, path: 'id' },
          wholeInput: { initData: true },
          tenant: { requestContextPath: 'tenant' },
          city: { requestContextPath: 'address.city' },
        })
        .commit()
      const requestContext = new RequestContext().set('tenant', 'acme').set('address', { city: 'Ulm' })
      const { result } = await finish(stage, mapped, { inputData: { id: 7 }, requestContext })
      const ada = { name: 'Ada', born: { year: 1815 }, languages: ['en', 'fr'] }
      deepEqual(resultOf(result), {
        constant: { deep: [1] },
        computed: ['name', 'born', 'languages'],
        whole: ada,
        alsoWhole: ada,
        withoutPath: ada,
        year: 1815,
        second: 'fr',
        input: 7,
        wholeInput: { id: 7 },
        tenant: 'acme',
        city: 'Ulm',
      })
    },
  },
  {
    id: 'map.nowhere',
    shows: ['map.missing-path'],
    async play(stage) {
      const mapped = workflow('mapped')
        .then(person)
        .map({
          gone: { step: person, path: 'died.year' },
          tooFar: { step: person, path: 'languages.7' },
          inherited: { step: person, path: 'constructor.name' },
          prototype: { step: person, path: '__proto__' },
          length: { step: person, path: 'languages.length' },
          noEntry: { requestContextPath: 'nobody' },
        })
        .map(({ inputData }) => Object.entries(inputData))
        .commit()
      const { result } = await finish(stage, mapped)
      deepEqual(resultOf(result), [
        ['gone', undefined],
        ['tooFar', undefined],
        ['inherited', undefined],
        ['prototype', undefined],
        ['length', undefined],
        ['noEntry', undefined],
      ])
    },
  },
  {
    id: 'map.constants-are-copies',
    shows: ['map.value'],
    async play(stage) {
      const list: number[] = []
      const spoils = step('spoils', ({ inputData }) => {
        const given = (inputData as { list: number[] }).list
        given.push(1)
        return given
      })
      const mapped = workflow('mapped')
        .map({ list: { value: list } })
        .then(spoils)
        .commit()
      const engine = await stage.engine(mapped)
      for (const _run of [1, 2]) {
        const run = await engine.createRun(mapped)
        deepEqual(resultOf(await stage.settle(run.start())), [1])
      }
      deepEqual(list, [])
    },
  },
  {
    id: 'map.step-that-did-not-run',
    shows: ['map.step-without-result'],
    async play(stage) {
      const skipped = gives('skipped', 1)
      const mapped = workflow('mapped')
        .branch([[() => false, skipped]])
        .map({ size: { step: skipped, path: 'size' } }, { id: 'sizes' })
        .commit()
      const { result } = await finish(stage, mapped)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
      for (const part of ['"sizes"', '"size"', '"skipped"']) ok(error.message.includes(part), error.message)
      deepEqual(statuses(result), { sizes: 'failed' })
    },
  },
  {
    id: 'map.join-after-a-branch',
    shows: ['map.first-of-several'],
    async play(stage) {
      const small = gives('small', { label: 'small' })
      const large = gives('large', { label: 'large' })
      const joined = workflow('joined')
        .branch([
          [({ inputData }) => inputData !== 'large', small],
          [({ inputData }) => inputData !== 'small', large],
        ])
        .map({ label: { step: [small, large], path: 'label' } })
        .commit()
      const engine = await stage.engine(joined)
      const labels: unknown[] = []
      for (const inputData of ['small', 'large', 'both']) {
        const run = await engine.createRun(joined)
        labels.push(resultOf(await stage.settle(run.start({ inputData }))))
      }
      deepEqual(labels, [{ label: 'small' }, { label: 'large' }, { label: 'small' }])
    },
  },
  {
    id: 'map.first-of-several-after-a-failure',
    shows: ['map.first-of-several'],
    async play(stage) {
      const broken = fails('broken')
      const sound = gives('sound', 5)
      const joined = workflow('joined')
        .parallel([broken, sound], { allowFailure: true })
        .map({ first: { step: [broken, sound] } })
        .commit()
      deepEqual(resultOf((await finish(stage, joined)).result), { first: 5 })
    },
  },
  {
    id: 'map.init-data-of-a-nested-workflow',
    shows: ['map.init-data'],
    async play(stage) {
      const inner = workflow('inner')
        .then(gives('other', 'other'))
        .map({ mine: { initData: true } })
        .commit()
      const outer = workflow('outer').then(gives('between', 'inner input')).then(inner).commit()
      const { result } = await finish(stage, outer, { inputData: 'outer input' })
      deepEqual(resultOf(result), { mine: 'inner input' })
    },
  },
  {
    id: 'map.init-data-by-workflow',
    shows: ['map.init-data'],
    async play(stage) {
      const named = workflow('named').then(echoes('a')).commit()
      const mapped = workflow('mapped')
        .then(gives('other', 'other'))
        .map({ start: { initData: named, path: 'a.0' } })
        .commit()
      const { result } = await finish(stage, mapped, { inputData: { a: ['first'] } })
      deepEqual(resultOf(result), { start: 'first' })
    },
  },
  {
    id: 'map.source-in-a-variable',
    shows: ['map.variable'],
    async play(stage) {
      const source = { step: person, path: 'name' } as const
      equal(mapVariable(source), source)
      const mapped = workflow('mapped')
        .then(person)
        .map({ name: mapVariable(source) })
        .commit()
      deepEqual(resultOf((await finish(stage, mapped)).result), { name: 'Ada' })
    },
  },
]
