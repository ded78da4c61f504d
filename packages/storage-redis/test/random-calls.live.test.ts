import { playRandomCalls } from '@wf/parity-tests'
import { it } from 'vitest'
import { freshPrefix, opened } from './given.js'

const CALLS = Number(process.env.WF_CALLS ?? 1_000)

it(
  `${CALLS} random calls in namespaces that look alike show and change nothing of another one`,
  async () => {
    const storage = opened({ url: process.env.REDIS_URL ?? '', prefix: freshPrefix() })
    await playRandomCalls(storage, { calls: CALLS, seed: 7 })
  },
  60_000 + CALLS * 50,
)
