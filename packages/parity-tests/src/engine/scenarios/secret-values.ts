import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { StepContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { policed } from './parts/attempts.js'
import { step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'
import { isClean, played } from './secret.js'

type Body = (context: StepContext, token: string) => unknown

/** Everything that a body can have recorded or told. */
const leaks: Readonly<Record<string, Body>> = {
  output: (_, token) => ({ list: [1, { header: `Bearer ${token}` }] }),
  key: (_, token) => ({ [token]: 1 }),
  map: (_, token) => new Map([['token', token]]),
  error: (_, token) => new Error(token),
  address: (_, token) => new URL(`https://bank/?key=${encodeURIComponent(token)}`),
  bail: ({ bail }, token) => bail({ token }),
  suspend: ({ suspend }, token) => suspend({ token }),
  label: ({ suspend }, token) => suspend({}, { resumeLabel: token }),
  setState: ({ setState }, token) => setState({ token }),
  late: async ({ setState }, token) => {
    const held = { token: '' }
    await setState({ held })
    held.token = token
  },
  requestContext: ({ requestContext }, token) => void requestContext.set('token', { token }),
  write: ({ writer }, token) => writer.write(token),
  custom: ({ writer }, token) => writer.custom({ type: 'data-token', data: [token] }),
}

export const secretValueScenarios: readonly Scenario[] = [
  {
    id: 'secret.in-a-value',
    shows: ['secret.refused'],
    async play(stage) {
      const calls: string[] = []
      const members = Object.entries(leaks).map(([name, leak]) =>
        policed(name, { retries: 3 }, async (context) => {
          calls.push(name)
          return leak(context, await context.secret('bank'))
        }),
      )
      const flow = workflow('leaking').parallel(members, { allowFailure: true }).commit()
      const { result, all } = await played(stage, flow)
      const names = Object.keys(leaks)
      deepEqual(resultOf(result), Object.fromEntries(names.map((name) => [name, null])))
      for (const name of names) {
        const error = withCode((result.steps[name] as { readonly error?: unknown }).error, 'WF_SECRET_EXPOSED')
        match(error.message, /of step "\w+" of workflow "leaking" holds the secret "bank"/)
        deepEqual([error.workflowId, error.stepId], ['leaking', name])
      }
      deepEqual(calls.sort(), names.sort())
      isClean(all)
    },
  },
  {
    id: 'secret.refusal-that-is-caught',
    shows: ['secret.caught'],
    async play(stage) {
      const asks = step('asks', async ({ secret, setState, suspend, writer }) => {
        const token = await secret('bank')
        const calls = [() => setState({ token }), () => suspend(token), () => writer.write(token)]
        const codes: unknown[] = []
        for (const call of calls) await call().catch((error) => codes.push(error.code))
        return codes
      })
      const { result, all } = await played(stage, workflow('careful').then(asks).commit())
      deepEqual(resultOf(result), ['WF_SECRET_EXPOSED', 'WF_SECRET_EXPOSED', 'WF_SECRET_EXPOSED'])
      isClean(all)
    },
  },
  {
    id: 'secret.in-a-value-that-may',
    shows: ['secret.allowed', 'secret.masked'],
    async play(stage) {
      const asks = step('asks', async ({ secret, setState }) => {
        const token = await secret('bank')
        await setState({ token })
        return token
      })
      const fails = step('fails', async ({ inputData, secret, state }) => {
        const token = await secret('bank')
        throw new Error(String([token === inputData, token === state.token, token]))
      })
      const flow = workflow('careless').then(asks).then(fails).commit()
      const { result } = await played(stage, flow, { secretsInValues: 'allow' })
      equal(errorOf(result).message, 'true,true,[secret bank]')
    },
  },
  {
    id: 'secret.that-is-short',
    shows: ['secret.short'],
    async play(stage) {
      const secrets: Readonly<Record<string, string>> = { none: '', one: 'a', seven: 'abcdefg', eight: 'abcdefgh' }
      const asks = step('asks', async ({ secret }) => {
        const all = await Promise.all(Object.keys(secrets).map(secret))
        return all.slice(0, 3)
      })
      const fails = step('fails', async ({ secret }) => {
        const all = await Promise.all(Object.keys(secrets).map(secret))
        throw new Error(all.join('-'))
      })
      const flow = workflow('short').then(asks).then(fails).commit()
      const { result } = await played(stage, flow, { secret: async (name) => String(secrets[name]) })
      equal(errorOf(result).message, '-a-abcdefg-[secret eight]')
      deepEqual((result.steps.asks as { readonly output?: unknown }).output, ['', 'a', 'abcdefg'])
    },
  },
  {
    id: 'secret.of-another-step',
    shows: ['secret.apart'],
    async play(stage) {
      const asks = step('asks', async ({ secret }) => (await secret('word')).length)
      const tells = step('tells', () => 'production')
      const flow = workflow('apart').parallel([asks, tells]).commit()
      const { result } = await played(stage, flow, { secret: async () => 'production' })
      deepEqual(resultOf(result), { asks: 10, tells: 'production' })
      ok(result.status === 'success')
    },
  },
]
