// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of a map's templates
import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { isWorkflowError, RequestContext, type Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { finish } from './parts/begin.js'
import { gives, workflow } from './parts/loose.js'
import { errorOf, resultOf } from './parts/told.js'

/** One template, behind a step whose output is the input of the map. */
const templated = (template: string, before: unknown = {}): Workflow =>
  workflow('templated').then(gives('before', before)).map({ text: { template } }, { id: 'letter' }).commit()

async function textOf(stage: Stage, template: string, before?: unknown): Promise<unknown> {
  const { engine, result } = await finish(stage, templated(template, before))
  await stage.settle(engine.close())
  return (resultOf(result) as { readonly text: unknown }).text
}

async function failureOf(stage: Stage, template: string, before?: unknown): Promise<Error> {
  const { engine, result } = await finish(stage, templated(template, before))
  await stage.settle(engine.close())
  const error = errorOf(result)
  ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
  ok(error.message.includes('"letter"') && error.message.includes('"text"'), error.message)
  return error
}

const isRefused = (error: unknown): boolean =>
  isWorkflowError(error, 'WF_INVALID_GRAPH') && error.message.includes('.map().text')

export const mapTemplateScenarios: readonly Scenario[] = [
  {
    id: 'map.all-placeholders',
    shows: ['map.template', 'map.template-text'],
    async play(stage) {
      const template =
        'Dear ${inputData.name}, ${initData.order.0} for ${requestContext.tenant} is ${state.status}: ${stepResults.price.total}'
      const mapped = workflow('mapped')
        .then(gives('price', { total: 9.5 }))
        .then(gives('person', { name: 'Ada' }))
        .map({ text: { template }, other: { value: 1 } })
        .commit()
      const { result } = await finish(stage, mapped, {
        inputData: { order: ['tea'] },
        initialState: { status: 'open' },
        requestContext: new RequestContext().set('tenant', 'acme'),
      })
      deepEqual(resultOf(result), { text: 'Dear Ada, tea for acme is open: 9.5', other: 1 })
    },
  },
  {
    id: 'map.whole-values',
    shows: ['map.template'],
    async play(stage) {
      equal(await textOf(stage, '${inputData}/${initData}/${stepResults.before}', 'whole'), 'whole//whole')
    },
  },
  {
    id: 'map.printed-values',
    shows: ['map.template-text'],
    async play(stage) {
      const before = { text: 'a b', zero: 0, minus: -1.5, yes: true, no: false, big: 12345678901234567890n }
      const template =
        '${inputData.text}|${inputData.zero}|${inputData.minus}|${inputData.yes}|${inputData.no}|${inputData.big}'
      equal(await textOf(stage, template, before), 'a b|0|-1.5|true|false|12345678901234567890')
    },
  },
  {
    id: 'map.empty-placeholders',
    shows: ['map.template-empty'],
    async play(stage) {
      const template =
        '<${inputData.null}${inputData.undefined}${inputData.gone.deep}${state.gone}${requestContext.gone}>'
      equal(await textOf(stage, template, { null: null, undefined: undefined }), '<>')
    },
  },
  {
    id: 'map.list-items',
    shows: ['map.template'],
    async play(stage) {
      const before = { rows: [{ cells: ['a', 'b'] }, { cells: ['c', 'd'] }] }
      equal(await textOf(stage, '${inputData.rows.1.cells.0}${inputData.rows.9.cells.0}', before), 'c')
    },
  },
  {
    id: 'map.object-in-a-template',
    shows: ['map.template-object'],
    async play(stage) {
      const error = await failureOf(stage, 'is ${inputData.deep}', { deep: { a: 1 } })
      ok(error.message.includes('inputData.deep'), error.message)
      await failureOf(stage, 'is ${inputData}', [1, 2])
    },
  },
  {
    id: 'map.no-result-in-a-template',
    shows: ['map.template-no-result'],
    async play(stage) {
      const error = await failureOf(stage, 'is ${stepResults.nobody.name}')
      ok(error.message.includes('stepResults.nobody.name'), error.message)
    },
  },
  {
    id: 'map.stray-dollars',
    shows: ['map.template-literal'],
    async play(stage) {
      equal(
        await textOf(stage, '$5, $$ and $inputData, {inputData} ${inputData', 1),
        '$5, $$ and $inputData, {inputData} ${inputData',
      )
      equal(await textOf(stage, '$${inputData}$', 5), '$5$')
    },
  },
  {
    id: 'map.no-placeholder',
    shows: ['map.template-literal'],
    async play(stage) {
      equal(await textOf(stage, ''), '')
      equal(await textOf(stage, 'just text'), 'just text')
    },
  },
  {
    id: 'map.dots-in-step-ids',
    shows: ['map.template-step-ids'],
    async play(stage) {
      const mapped = workflow('dotted')
        .then(gives('a', { b: { c: 'of a' } }))
        .then(gives('a.b', { c: 'of a.b' }))
        .map({ text: { template: '${stepResults.a.b.c}, ${stepResults.a}' } })
        .commit()
      const { result } = await finish(stage, mapped)
      ok(errorOf(result).message.includes('stepResults.a'))
      const sound = workflow('dotted-soundly')
        .then(gives('a', { b: { c: 'of a' }, d: 'only a' }))
        .then(gives('a.b', { c: 'of a.b' }))
        .map({ text: { template: '${stepResults.a.b.c}, ${stepResults.a.d}' } })
        .commit()
      deepEqual(resultOf((await finish(stage, sound)).result), { text: 'of a.b, only a' })
    },
  },
  {
    id: 'map.placeholder-in-a-value',
    shows: ['map.template-once'],
    async play(stage) {
      equal(await textOf(stage, '<${inputData.evil}>', { evil: '${initData.secret}' }), '<${initData.secret}>')
    },
  },
  {
    id: 'map.wrong-templates',
    shows: ['map.definition'],
    async play() {
      const wrong = [
        '${input.a}',
        '${ inputData.a}',
        '${inputData.a }',
        '${}',
        '${inputData..a}',
        '${stepResults}',
        '${constructor}',
      ]
      for (const template of wrong) throws(() => templated(template), isRefused, template)
    },
  },
  {
    id: 'map.wrong-sources',
    shows: ['map.definition'],
    async play() {
      const wrong: unknown[] = [{}, null, 'text', { value: 1, fn: () => 1 }, { step: 'id' }, { step: [] }, { fn: 1 }]
      wrong.push({ initData: false }, { template: 1 }, { step: gives('a', 1), path: 1 }, { requestContextPath: 1 })
      for (const source of wrong) {
        throws(() => workflow('wrong').map({ text: source } as never), isRefused, JSON.stringify(source))
      }
    },
  },
]
