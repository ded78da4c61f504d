import { scenarios } from '@wf/parity-tests'
import { afterAll, describe, it, vi } from 'vitest'
import { type Combination, siteOf } from '../src/combination.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
process.env.WF_PARITY_TIME_SCALE = '5'

const [engine, pubsub, storage] = (process.env.TRY ?? 'default++sqlite').split('+')
const only = process.env.ONLY
const combination = { engine, ...(pubsub && { pubsub }), ...(storage && { storage }) } as Combination
const { suite, remove } = await siteOf(
  combination,
  only ? scenarios.filter(({ id }) => new RegExp(only).test(id)) : undefined,
)
suite.register({ describe, it })
afterAll(remove)
