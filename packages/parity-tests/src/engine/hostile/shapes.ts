import { equal, ok } from 'node:assert/strict'
import { beyond, type HostileValue, looked, same } from './hostile-value.js'

type Wrap = (part: unknown) => unknown

function nested(levels: number, wrap: Wrap): unknown {
  let value: unknown = 'core'
  for (let level = 0; level < levels; level += 1) value = wrap(value)
  return value
}

const wraps: Readonly<Record<string, Wrap>> = {
  objects: (part) => ({ a: part }),
  lists: (part) => [part],
  maps: (part) => new Map([['k', part]]),
  keys: (part) => new Map([[part, 1]]),
  sets: (part) => new Set([part]),
}

/** How many levels down it goes on being an object. */
function depthOf(value: unknown): number {
  let levels = 0
  for (let at = value; typeof at === 'object' && at !== null; at = Object.values(at)[0]) levels += 1
  return levels
}

/** Each level holds the one below twice: as a tree it would be larger than anything. */
function doubling(levels: number): unknown {
  let value: unknown = ['bottom']
  for (let level = 0; level < levels; level += 1) value = [value, value]
  return value
}

/** So deep that it still crosses inside of what an engine puts around it. */
const CROSSES = 900

export const hostileShapes: readonly HostileValue[] = [
  looked(
    `${CROSSES} levels of objects`,
    () => nested(CROSSES, (part) => ({ a: part })),
    (got) => equal(depthOf(got), CROSSES),
  ),
  looked(
    `${CROSSES} levels of lists`,
    () => nested(CROSSES, (part) => [part]),
    (got) => equal(depthOf(got), CROSSES),
  ),
  same('60 levels of everything', () =>
    nested(12, (part) => nested(1, (inner) => new Map([['k', [{ a: new Set([inner, 1n]) }]]])) && [part]),
  ),
  ...Object.entries(wraps).map(([name, wrap]) => beyond(`10,000 levels of ${name}`, () => nested(10_000, wrap))),
  beyond('100,000 levels of objects', () => nested(100_000, (part) => ({ a: part }))),
  looked(
    'a list that doubles at each of 50 levels',
    () => new Set([doubling(50)]),
    (got) => {
      let [at] = got as Set<unknown>
      for (let level = 0; level < 50; level += 1) {
        const pair = at as readonly unknown[]
        ok(pair.length === 2 && pair[0] === pair[1])
        at = pair[0]
      }
    },
  ),
]
