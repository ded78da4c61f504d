import { deepEqual, equal, ok } from 'node:assert/strict'
import { createWorkflow, type Run, type StepContext, type Workflow } from '@wf/core'
import { bundledValues, dealtValues, type hostileValues } from '../hostile/hostile-values.js'
import type { Scenario } from '../scenario.js'
import { any, transform } from '../schemas.js'
import type { Stage } from '../stage.js'
import { checkedStep } from './parts/checked.js'
import { accepted, failedAt, refusedOnes, seenEverywhere, sendAll } from './parts/hostile.js'
import { over } from './parts/items.js'
import { echoes, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

type Values = typeof hostileValues

interface Way {
  /** Starts with the index of a value. */
  readonly workflow: Workflow
  readonly values: Values
  /** Where the value begins in what is recorded. */
  readonly root: string
  /** The step that fails with what cannot cross. */
  readonly stepId: string
  readonly inputOf?: (index: number) => unknown
}

/** Sends each value along a way within a run: it comes out at the end, or the step that sent it fails and says why. */
async function play(stage: Stage, { workflow: owner, values, root, stepId, inputOf }: Way): Promise<void> {
  const ask = (run: Run, _value: unknown, index: number) =>
    run.start({ inputData: inputOf ? inputOf(index) : index, outputOptions: { includeState: true } })
  await sendAll(stage, { workflow: owner, values, ask }, async (sent, engine) => {
    failedAt(sent, root, stepId)
    for (const { result, value } of refusedOnes(sent)) deepEqual(result?.state, {}, value.name)
    await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => [resultOf(result)])
  })
}

const made = (values: Values, { inputData }: Pick<StepContext, 'inputData'>): unknown =>
  values[Number(inputData)]?.make()

const gives = (values: Values) => step('gives', (context) => made(values, context))

export const hostileBodyScenarios: readonly Scenario[] = [
  ...dealtValues.map(
    (values, hand): Scenario => ({
      id: hand === 0 ? 'hostile.step-output' : `hostile.step-output-${hand + 1}`,
      shows: ['hostile.output', 'hostile.prototypes'],
      async play(stage) {
        const giving = workflow('giving').then(gives(values)).then(echoes('echoes')).commit()
        await play(stage, { workflow: giving, values, root: '$', stepId: 'gives' })
      },
    }),
  ),
  {
    id: 'hostile.output-of-a-nested-workflow',
    shows: ['hostile.output'],
    async play(stage) {
      const inner = workflow('inner').then(gives(bundledValues)).commit()
      const outer = workflow('inner').then(inner).then(echoes('echoes')).commit()
      await play(stage, { workflow: outer, values: bundledValues, root: '$', stepId: 'gives' })
    },
  },
  {
    id: 'hostile.output-of-a-map',
    shows: ['hostile.output'],
    async play(stage) {
      const mapping = workflow('mapping')
        .then(echoes('echoes'))
        .map(async (context) => made(bundledValues, context), { id: 'maps' })
        .then(echoes('after'))
        .commit()
      await play(stage, { workflow: mapping, values: bundledValues, root: '$', stepId: 'maps' })
    },
  },
  {
    id: 'hostile.output-of-an-item',
    shows: ['hostile.output'],
    async play(stage) {
      const takes = step('takes', ({ inputData }) => (inputData as readonly unknown[])[0])
      const items = over('items').foreach(gives(bundledValues)).then(takes).commit()
      const inputOf = (index: number) => [index]
      await play(stage, { workflow: items, values: bundledValues, root: '$', stepId: 'gives', inputOf })
    },
  },
  {
    id: 'hostile.state-of-a-step',
    shows: ['hostile.state'],
    async play(stage) {
      const sets = step('sets', (context) => context.setState({ value: made(bundledValues, context) }))
      const setting = workflow('setting')
        .then(sets)
        .then(step('sees', ({ state }) => state.value))
        .commit()
      await play(stage, { workflow: setting, values: bundledValues, root: '$.value', stepId: 'sets' })
    },
  },
  {
    id: 'hostile.context-of-a-step',
    shows: ['hostile.context'],
    async play(stage) {
      const sets = step('sets', (context) => void context.requestContext.set('value', made(bundledValues, context)))
      const setting = workflow('setting')
        .then(sets)
        .then(step('sees', ({ requestContext }) => requestContext.get('value')))
        .commit()
      await play(stage, { workflow: setting, values: bundledValues, root: '$.value', stepId: 'sets' })
    },
  },
  {
    id: 'hostile.bail',
    shows: ['hostile.output'],
    async play(stage) {
      const bails = step('bails', (context) => context.bail(made(bundledValues, context)))
      const bailing = workflow('bailing').then(bails).then(echoes('never')).commit()
      await play(stage, { workflow: bailing, values: bundledValues, root: '$', stepId: 'bails' })
    },
  },
  {
    id: 'hostile.suspend-payload',
    shows: ['hostile.suspend'],
    async play(stage) {
      const asks = step('asks', (context) =>
        context.resume ? context.suspendData : context.suspend(made(bundledValues, context)),
      )
      const asking = workflow('asking').then(asks).commit()
      const ask = (run: Run, _value: unknown, inputData: number) => run.start({ inputData })
      await sendAll(stage, { workflow: asking, values: bundledValues, ask }, async (sent, engine) => {
        failedAt(sent, '$.payload', 'asks')
        const suspended = accepted(sent)
        await seenEverywhere(stage, { sent: suspended, engine }, (result) => {
          ok(result.status === 'suspended')
          return [result.suspendPayload.asks]
        })
      })
    },
  },
  {
    id: 'hostile.input-of-a-schema',
    shows: ['hostile.parsed'],
    async play(stage) {
      let ran = 0
      const inputSchema = transform<number, unknown>((index) => made(bundledValues, { inputData: index }))
      const takes = checkedStep('takes', { inputSchema }, ({ inputData }) => {
        ran += 1
        return inputData
      })
      const taking = createWorkflow({ id: 'taking', inputSchema: any<number>(), outputSchema: any() })
        .then(takes)
        .commit()
      await play(stage, { workflow: taking, values: bundledValues, root: '$', stepId: 'takes' })
      equal(ran, 1)
    },
  },
]
