import { playAppends, playRandomCalls } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { createSqliteStorage } from '../src/index.js'
import { closing, freshPath } from './given.js'

const [APPENDS, CALLS] = [Number(process.env.WF_APPENDS ?? 50), Number(process.env.WF_CALLS ?? 2_000)]
const MOST_MS = 600_000

it(
  `64 who append ${APPENDS} commits each to one journal get dense versions and true answers`,
  async () => {
    const path = freshPath()
    const open = () => closing(createSqliteStorage({ path, synchronous: 'normal' }))
    expect(await playAppends([open(), open()], { appenders: 64, each: APPENDS })).toBe(0)
  },
  MOST_MS,
)

it(
  `${CALLS} random calls in namespaces that look alike show and change nothing of another one`,
  async () => {
    const storage = closing(createSqliteStorage({ path: freshPath(), synchronous: 'normal' }))
    await playRandomCalls(storage, { calls: CALLS, seed: 7 })
  },
  MOST_MS,
)
