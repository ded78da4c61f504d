import { expect, it } from 'vitest'
import type { CallFrame } from './hot-functions.ts'
import { partsOfProfile } from './parts-of-profile.ts'

const FRAMES: readonly (readonly [functionName: string, file?: string])[] = [
  ['(idle)'],
  ['(garbage collector)'],
  ['fold', '/wf/packages/core/src/machine/turn.ts'],
  ['fold', '/wf/packages/core/src/machine/kinds/step.ts'],
  ['commit', '/wf/packages/storage-memory/src/commit.ts'],
  ['query', '/wf/node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js'],
  ['parse', '/wf/node_modules/@some/thing/index.js'],
  ['stringify'],
  ['execute', '/wf/apps/bench/src/ours/measured-workflows.ts'],
]

const frameOf = (functionName: string, url = ''): CallFrame => ({ functionName, url, lineNumber: 0, columnNumber: 0 })

it('says which part took which share, waiting included', () => {
  const profile = {
    nodes: FRAMES.map(([name, file], id) => ({ id, callFrame: frameOf(name, file) })),
    samples: FRAMES.map((_, id) => id),
    timeDeltas: [500, 100, 90, 90, 80, 60, 40, 30, 10],
  }
  const told = partsOfProfile(profile, ({ url }) => (url === '' ? undefined : { file: url, line: 1 }))
  expect(told.map(({ part, share }) => [part, Math.round(share * 100)])).toEqual([
    ['waiting', 50],
    ['core: machine', 18],
    ['garbage collection', 10],
    ['storage-memory', 8],
    ['pg', 6],
    ['@some/thing', 4],
    ['Node and V8', 3],
    ['the workflow and the bench', 1],
  ])
})
