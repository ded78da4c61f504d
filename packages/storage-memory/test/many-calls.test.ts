import { playAppends, playRandomCalls } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { createMemoryStorage } from '../src/index.js'

const [APPENDS, CALLS] = [Number(process.env.WF_APPENDS ?? 50), Number(process.env.WF_CALLS ?? 2_000)]
const MOST_MS = 600_000

it(
  `64 who append ${APPENDS} commits each to one journal get dense versions and true answers`,
  async () => {
    expect(await playAppends([createMemoryStorage()], { appenders: 64, each: APPENDS })).toBe(0)
  },
  MOST_MS,
)

it(
  `${CALLS} random calls in namespaces that look alike show and change nothing of another one`,
  async () => {
    await playRandomCalls(createMemoryStorage(), { calls: CALLS, seed: 7 })
  },
  MOST_MS,
)
