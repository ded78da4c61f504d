import { equal } from 'node:assert/strict'
import type { Run } from '@wf/core'
import type { HostileValue } from '../hostile/hostile-value.js'
import { bundledValues, dealtValues } from '../hostile/hostile-values.js'
import type { Scenario } from '../scenario.js'
import { accepted, refusedOnes, rejectedAt, seenEverywhere, sendAll, starting, stillFresh } from './parts/hostile.js'
import { echoes, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

const waits = step('waits', ({ resume, resumeData, requestContext, suspend }) =>
  resume ? [resumeData, requestContext.get('value')] : suspend(),
)

/** Suspends, and is resumed with what is asked for. */
const waiting = workflow('waiting').then(waits).commit()

const partsOf = (output: unknown): readonly unknown[] => output as readonly unknown[]

export const hostileCallScenarios: readonly Scenario[] = [
  ...dealtValues.map(
    (values, hand): Scenario => ({
      id: hand === 0 ? 'hostile.run-input' : `hostile.run-input-${hand + 1}`,
      shows: ['hostile.input', 'hostile.prototypes'],
      async play(stage) {
        const echo = workflow('echo').then(echoes('echoes')).commit()
        const ask = starting((inputData) => ({ inputData }))
        await sendAll(stage, { workflow: echo, values, ask }, async (sent, engine) => {
          rejectedAt(sent, '$.input')
          await stillFresh(stage, refusedOnes(sent), engine)
          await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => [result.input, resultOf(result)])
        })
      },
    }),
  ),
  {
    id: 'hostile.initial-state',
    shows: ['hostile.state'],
    async play(stage) {
      const sees = step('sees', ({ state, inputData }) => ('value' in state ? state.value : inputData))
      const seeing = workflow('seeing').then(sees).commit()
      const ask = starting((value) => ({ initialState: { value } as never }))
      await sendAll(stage, { workflow: seeing, values: bundledValues, ask }, async (sent, engine) => {
        rejectedAt(sent, '$.state.value')
        await stillFresh(stage, refusedOnes(sent), engine)
        await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => [resultOf(result)])
      })
    },
  },
  {
    id: 'hostile.context-of-a-start',
    shows: ['hostile.context'],
    async play(stage) {
      const sees = step('sees', ({ requestContext, inputData }) =>
        requestContext.has('value') ? requestContext.get('value') : inputData,
      )
      const seeing = workflow('seeing').then(sees).commit()
      const ask = starting((value) => ({ requestContext: { value } }))
      await sendAll(stage, { workflow: seeing, values: bundledValues, ask }, async (sent, engine) => {
        rejectedAt(sent, '$.context.value')
        await stillFresh(stage, refusedOnes(sent), engine)
        await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => [resultOf(result)])
      })
    },
  },
  {
    id: 'hostile.resume-data',
    shows: ['hostile.resume'],
    async play(stage) {
      const ask = async (run: Run, value: HostileValue) => {
        await run.start()
        return run.resume({ resumeData: value.make() })
      }
      await sendAll(stage, { workflow: waiting, values: bundledValues, ask }, async (sent, engine) => {
        rejectedAt(sent, '$.data', { stepId: 'waits' })
        await stage.settle(Promise.all(refusedOnes(sent).map(({ run }) => stillWaits(run))))
        await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => partsOf(resultOf(result)).slice(0, 1))
      })
    },
  },
  {
    id: 'hostile.context-of-a-resume',
    shows: ['hostile.context', 'hostile.resume'],
    async play(stage) {
      const ask = async (run: Run, value: HostileValue) => {
        await run.start()
        return run.resume({ resumeData: 1, requestContext: { value: value.make() } })
      }
      await sendAll(stage, { workflow: waiting, values: bundledValues, ask }, async (sent, engine) => {
        rejectedAt(sent, '$.context.value', { stepId: 'waits' })
        await stage.settle(Promise.all(refusedOnes(sent).map(({ run }) => stillWaits(run))))
        await seenEverywhere(stage, { sent: accepted(sent), engine }, (result) => partsOf(resultOf(result)).slice(1))
      })
    },
  },
]

/** What was refused has left the run as it was: it is suspended, and can be resumed. */
async function stillWaits(run: Run): Promise<void> {
  equal(await run.status(), 'suspended')
  equal(partsOf(resultOf(await run.resume({ resumeData: 'fresh' })))[0], 'fresh')
}
