import { equal, ok, rejects } from 'node:assert/strict'
import type { Run, Workflow, WorkflowResult } from '@wf/core'
import { hostileValues } from '../hostile/hostile-values.js'
import { singleTexts } from '../hostile/texts.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { finish } from './parts/begin.js'
import { type Sent, sendAll } from './parts/hostile.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

const thrown = (values: typeof hostileValues, index: unknown): never => {
  throw values[Number(index)]?.make()
}

/** One run for each value, which is thrown somewhere in it; answers with the errors of the runs. */
async function throwAll(stage: Stage, owner: Workflow, values = hostileValues): Promise<readonly Sent[]> {
  const ask = (run: Run, _value: unknown, index: number): Promise<WorkflowResult> => run.start({ inputData: index })
  let all: readonly Sent[] = []
  await sendAll(stage, { workflow: owner, values, ask }, async (sent) => {
    all = sent
    for (const { value, result, error } of sent) {
      // What `onStart` throws rejects the start.
      const told = result ? errorOf(result) : error
      ok(told instanceof Error, value.name)
      equal(typeof told.message, 'string', value.name)
    }
  })
  return all
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

export const hostileThrownScenarios: readonly Scenario[] = [
  {
    id: 'hostile.thrown-by-a-body',
    shows: ['hostile.thrown', 'hostile.prototypes'],
    async play(stage) {
      const throws = step('throws', ({ inputData }) => thrown(hostileValues, inputData))
      const sent = await throwAll(stage, workflow('throwing').then(throws).commit())
      const plain = sent.find(({ value }) => value.name === 'an error')
      ok(plain?.result)
      equal(errorOf(plain.result).message, 'plain')
    },
  },
  {
    id: 'hostile.thrown-by-other-functions',
    shows: ['hostile.thrown'],
    async play(stage) {
      const values = hostileValues.filter(({ name }) => /error|proxy|getter|promise|symbol/.test(name))
      const broken = async ({ inputData }: { readonly inputData: unknown }): Promise<never> => thrown(values, inputData)
      const onStart = ({ getInitData }: { getInitData(): unknown }): Promise<never> =>
        broken({ inputData: getInitData() })
      const owners = [
        workflow('branches')
          .branch([[broken, echoes('never')]])
          .commit(),
        workflow('loops').dowhile(echoes('echoes'), broken).commit(),
        workflow('sleeps').sleep(broken).commit(),
        workflow('maps').map(broken, { id: 'maps' }).commit(),
        workflow('begins', { options: { onStart } }).then(echoes('never')).commit(),
      ]
      for (const owner of owners) await throwAll(stage, owner, values)
    },
  },
  {
    id: 'hostile.keys-of-state-and-context',
    shows: ['hostile.keys'],
    async play(stage) {
      const keys = [...new Set(singleTexts.map(({ make }) => make()).filter((one) => typeof one === 'string'))]
      const entries = () => Object.fromEntries(keys.map((key, index) => [key, index]))
      const sets = step('sets', async ({ setState, requestContext }) => {
        await setState(entries())
        for (const [index, key] of keys.entries()) requestContext.set(key, index)
      })
      const sees = step('sees', ({ state, requestContext }) => [Object.entries(state), [...requestContext]])
      const setting = workflow('setting').then(sets).then(sees).commit()
      const expected = [Object.entries(entries()), keys.map((key, index) => [key, index])]
      const looks = workflow('looking').then(sees).commit()
      const sorted = (parts: unknown): string =>
        JSON.stringify((parts as [string, number][][]).map((list) => list.map((one) => JSON.stringify(one)).sort()))
      const { result } = await finish(stage, setting)
      equal(sorted(resultOf(result)), sorted(expected))
      const started = await finish(stage, looks, { initialState: entries() as never, requestContext: entries() })
      equal(sorted(resultOf(started.result)), sorted([Object.entries(entries()), Object.entries(entries())]))
    },
  },
  {
    id: 'hostile.options-that-throw',
    shows: ['hostile.unreadable'],
    async play(stage) {
      const trap = {
        get value(): never {
          throw new Error('trapped')
        },
      }
      const echo = workflow('echo').then(echoes('echoes')).commit()
      const engine = await stage.engine(echo)
      const run = await engine.createRun(echo)
      for (const one of [trap, revoked()]) {
        const state = await stage.settle(refused(run.start({ initialState: one as never }), 'WF_NOT_SERIALIZABLE'))
        equal(`${state.workflowId} ${state.field}`, 'echo initialState')
      }
      const context = await stage.settle(refused(run.start({ requestContext: trap }), 'WF_NOT_SERIALIZABLE'))
      equal(`${context.workflowId} ${context.field}`, 'echo requestContext')
      await stage.settle(refused(run.start({ requestContext: revoked() as never }), 'WF_INVALID_OPTION'))
      equal(resultOf(await stage.settle(run.start({ inputData: 'fresh' }))), 'fresh')
      for (const [index, one] of [trap, revoked()].entries()) {
        const sets = step('sets', ({ setState }) => setState(one as never))
        const { result } = await finish(stage, workflow(`setting-${index}`).then(sets).commit())
        await rejects(Promise.reject(errorOf(result)), {
          code: 'WF_NOT_SERIALIZABLE',
          field: 'setState',
          stepId: 'sets',
        })
      }
    },
  },
  {
    id: 'hostile.promises-at-the-top',
    shows: ['hostile.awaited'],
    async play(stage) {
      const never = (): Promise<never> => new Promise(() => undefined)
      const asking = workflow('asking').then(asks('asks')).commit()
      const engine = await stage.engine(asking)
      const run = await engine.createRun(asking)
      for (const inputData of [never(), Promise.resolve(1), { then: () => undefined }]) {
        const error = await stage.settle(refused(run.start({ inputData }), 'WF_NOT_SERIALIZABLE'))
        ok(error.field?.startsWith('$.input'))
      }
      await stage.settle(run.start())
      for (const resumeData of [never(), Promise.resolve(1), { then: () => undefined }]) {
        const error = await stage.settle(refused(run.resume({ resumeData }), 'WF_NOT_SERIALIZABLE'))
        ok(error.field?.startsWith('$.data'))
      }
      equal(await run.status(), 'suspended')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 1 }))), 1)
    },
  },
]
