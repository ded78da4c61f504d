import { playRandomCalls } from '@wf/parity-tests'
import { it } from 'vitest'
import { createPostgresStorage } from '../src/index.js'
import { closing, freshSchema, url } from './given.js'

const CALLS = Number(process.env.WF_CALLS ?? 1_000)

it(
  `${CALLS} random calls in namespaces that look alike show and change nothing of another one`,
  async () => {
    await playRandomCalls(closing(createPostgresStorage({ url, schema: freshSchema() })), { calls: CALLS, seed: 7 })
  },
  60_000 + CALLS * 50,
)
