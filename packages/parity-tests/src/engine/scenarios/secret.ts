import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import { type EngineOptions, isWorkflowError, type Run, type StepContext, type Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { policed } from './parts/attempts.js'
import { step, workflow } from './parts/loose.js'
import { allOf, listeningCodec } from './parts/recorded.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

const TOKEN = 'tok-4f9a"81/c2e7'

type Options = Pick<EngineOptions, 'secret' | 'secretsInValues'>

/** Runs one flow with secrets, and tells all that can be seen of it. */
export async function played(stage: Stage, flow: Workflow, given: Options = {}) {
  const codec = listeningCodec()
  const engine = await stage.engine(flow, { secret: async () => TOKEN, codec, ...given })
  const run: Run = await engine.createRun(flow, { resourceId: 'tenant-1' })
  const result = await stage.settle(run.start())
  const all = await allOf(stage, { engine, run, result, heard: codec.heard })
  // The next one is not to take what is for this one, nor this one what is for the next.
  await stage.settle(engine.close())
  return { run, result, all }
}

const fail = (message: string): never => {
  throw new Error(message)
}

const forms = [TOKEN, JSON.stringify(TOKEN).slice(1, -1), encodeURIComponent(TOKEN)]

export const isClean = (all: string): void => {
  for (const form of forms)
    ok(!all.includes(form) && !all.includes(inspect(form).slice(1, -1)), 'the secret is nowhere')
}

class Refused extends Error {
  readonly code = 'E_REFUSED'
}

/** What an HTTP client may throw. */
function ofClient(token: string): Error {
  const cause = Object.assign(new TypeError(`bad header: Bearer ${token}`), { self: {} as object })
  cause.self = cause
  return Object.assign(new Refused(`GET https://bank/?key=${encodeURIComponent(token)} was refused`, { cause }), {
    config: { headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ token }), [token]: 1 },
    seen: new Map([['tokens', new Set([token])]]),
    url: new URL(`https://bank/?key=${encodeURIComponent(token)}`),
    status: 401,
  })
}

export const secretScenarios: readonly Scenario[] = [
  {
    id: 'secret.asked-anew',
    shows: ['secret.asked'],
    async play(stage) {
      const asked: unknown[] = []
      const secret: Options['secret'] = (name, asker) => {
        asked.push([name, asker])
        return `secret-number-${asked.length}`
      }
      const asks = policed('asks', { retries: 1 }, async ({ secret, retryCount }) => {
        const both = [await secret('bank'), await secret('bank')]
        if (retryCount === 0) throw new Error('once more')
        return both.map((one) => one.at(-1))
      })
      const { result, run } = await played(stage, workflow('asking').then(asks).commit(), { secret })
      deepEqual(resultOf(result), ['3', '4'])
      const asker = { workflowId: 'asking', stepId: 'asks', runId: run.runId, resourceId: 'tenant-1' }
      deepEqual(
        asked,
        Array.from({ length: 4 }, () => ['bank', asker]),
      )
    },
  },
  {
    id: 'secret.not-to-be-had',
    shows: ['secret.unavailable', 'secret.masked'],
    async play(stage) {
      const answers: Readonly<Record<string, readonly [answer: () => unknown, says: RegExp]>> = {
        throws: [() => fail(`vault is sealed for ${TOKEN}`), /threw: vault is sealed for \[secret bank\]/],
        undefined: [() => undefined, /gave undefined/],
        null: [() => null, /gave null/],
        number: [() => 7, /gave number/],
      }
      const secret = async (name: string) => (name === 'bank' ? TOKEN : answers[name]?.[0]()) as string
      const calls: string[] = []
      const asks = (name: string) =>
        policed(name, { retries: 1 }, async ({ secret }) => {
          calls.push(name)
          await secret('bank')
          await secret(name)
        })
      const flow = workflow('asking').parallel(Object.keys(answers).map(asks), { allowFailure: true }).commit()
      const { result, run, all } = await played(stage, flow, { secret })
      for (const [name, [, says]] of Object.entries(answers)) {
        const error = withCode((result.steps[name] as { readonly error?: unknown }).error, 'WF_SECRET_UNAVAILABLE')
        match(error.message, says)
        ok(error.message.startsWith(`step "${name}" of workflow "asking" asked for the secret "${name}"`))
        deepEqual([error.workflowId, error.stepId, error.runId], ['asking', name, run.runId])
      }
      equal(calls.length, 2 * Object.keys(answers).length)
      isClean(all)
      const none = await played(stage, workflow('none').then(asks('bank')).commit(), { secret: undefined as never })
      match(
        withCode(errorOf(none.result), 'WF_SECRET_UNAVAILABLE').message,
        /`secret` function of the engine is missing/,
      )
    },
  },
  {
    id: 'secret.in-an-error',
    shows: ['secret.masked', 'secret.masked-class'],
    async play(stage) {
      let thrown: Error | undefined
      const asks = step('asks', async ({ secret }) => {
        thrown = ofClient(await secret('bank'))
        throw thrown
      })
      const { result, all } = await played(stage, workflow('asking').then(asks).commit())
      const error = errorOf(result) as ReturnType<typeof ofClient> & Record<string, unknown>
      equal(error.message, 'GET https://bank/?key=[secret bank] was refused')
      match(String(error.stack), /key=\[secret bank\] was refused\n {4}at /)
      deepEqual([error.name, error.code, error.status], ['Error', 'E_REFUSED', 401])
      deepEqual(error.config, {
        headers: { authorization: 'Bearer [secret bank]' },
        body: '{"token":"[secret bank]"}',
        '[secret bank]': 1,
      })
      deepEqual(error.seen, new Map([['tokens', new Set(['[secret bank]'])]]))
      const cause = error.cause as Error & { readonly self: unknown }
      ok(cause instanceof TypeError && cause.self === cause)
      equal(cause.message, 'bad header: Bearer [secret bank]')
      isClean(all)
      ok(thrown?.message.includes(encodeURIComponent(TOKEN)), 'what the body has thrown is its own')
    },
  },
  {
    id: 'secret.of-functions',
    shows: ['secret.functions', 'secret.masked'],
    async play(stage) {
      const fails = async ({ secret }: Pick<StepContext, 'secret'>): Promise<never> => {
        throw new Error(`not with ${await secret('bank')}`)
      }
      const flow = workflow('functions')
        .parallel(
          {
            maps: (start) => start.map(fails),
            branches: (start) => start.branch([[fails, step('arm', () => 1)]]),
            sleeps: (start) => start.sleep(fails),
            loops: (start) =>
              start.dountil(
                step('body', () => 1),
                fails,
              ),
          },
          { allowFailure: true },
        )
        .commit()
      const failed = await played(stage, flow)
      equal(failed.all.split('not with [secret bank]').length > 4, true)
      isClean(failed.all)
      const sets = workflow('sets')
        .sleep(async ({ secret, setState }) => {
          const token = await secret('bank')
          await setState({ token })
          return 1
        })
        .commit()
      const { result, all } = await played(stage, sets)
      ok(isWorkflowError(errorOf(result).cause, 'WF_SECRET_EXPOSED'))
      isClean(all)
    },
  },
]
