import { hostileBinaries } from './binaries.js'
import { hostileCollections } from './collections.js'
import { crossed } from './crossed.js'
import { hostileErrors, longestErrors } from './errors.js'
import type { HostileValue } from './hostile-value.js'
import { hostileLeaves } from './leaves.js'
import { hostileObjects } from './objects.js'
import { hostileShapes } from './shapes.js'
import { gatheredTexts, singleTexts } from './texts.js'

/** Of every sort, without what is long or deep. */
const sorts: readonly HostileValue[] = [
  ...gatheredTexts,
  ...hostileLeaves,
  ...hostileBinaries,
  ...hostileCollections,
  ...hostileObjects,
  ...hostileErrors,
]

/** Everything that user code may try to send, but for what is merely huge. */
export const hostileValues: readonly HostileValue[] = [...singleTexts, ...sorts, ...hostileShapes, ...longestErrors]

const crossing = sorts.filter(({ refused }) => !refused)

/** One of each sort that crosses, as one value; for ways on which each by itself would show nothing more. */
const bundle: HostileValue = {
  name: 'all sorts at once',
  make: () => crossing.map(({ make }) => make()),
  check(got) {
    const parts = got as readonly unknown[]
    for (const [index, value] of crossing.entries()) crossed(value, parts[index])
  },
}

export const bundledValues: readonly HostileValue[] = [bundle, ...hostileValues.filter(({ refused }) => refused)]

const HANDS = 8

/** All of them, dealt out to so many scenarios that each takes its moment also on a machine that has others to serve. */
export const dealtValues: readonly (readonly HostileValue[])[] = [...Array(HANDS).keys()].map((hand) =>
  hostileValues.filter((_, index) => index % HANDS === hand),
)
