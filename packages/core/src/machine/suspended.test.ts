import { expect, it } from 'vitest'
import type { Activity, RunState } from './state.js'
import { suspendedIn } from './suspended.js'

it('orders what is suspended by place, numbers as numbers', () => {
  const paths = ['2', '0.10.1', '0.9', '0.10.0']
  const suspended = new Map(paths.map((path) => [path, { frame: { path } } as unknown as Activity]))
  const found = suspendedIn({ suspended } as unknown as RunState)
  expect(found.map(({ frame }) => frame.path)).toEqual(['0.9', '0.10.0', '0.10.1', '2'])
})
