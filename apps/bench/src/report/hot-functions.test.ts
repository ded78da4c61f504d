import { expect, it } from 'vitest'
import { hotFunctions } from './hot-functions.ts'

const node = (id: number, functionName: string) => ({
  id,
  callFrame: { functionName, url: 'file:///a.js', lineNumber: 0, columnNumber: 0 },
})

it('adds up what each function took itself, as shares of the time that was not waited', () => {
  const profile = {
    nodes: [node(1, '(idle)'), node(2, 'fold'), node(3, '(garbage collector)'), node(4, 'fold')],
    samples: [1, 2, 3, 4, 2],
    timeDeltas: [9_000, 1_000, 2_000, 3_000, 2_000],
  }
  expect(hotFunctions(profile, ({ functionName }) => functionName)).toEqual({
    busyMs: 8,
    gcShare: 0.25,
    functions: [
      { name: 'fold', share: 0.75 },
      { name: '(garbage collector)', share: 0.25 },
    ],
  })
})
