import { hostileBinaries } from './binaries.js'
import { hostileCollections } from './collections.js'
import { hostileErrors } from './errors.js'
import type { HostileValue } from './hostile-value.js'
import { hostileLeaves } from './leaves.js'
import { hostileObjects } from './objects.js'
import { hostileShapes } from './shapes.js'
import { hostileTexts } from './texts.js'

/** Everything that user code may try to send, but for what is merely huge. */
export const hostileValues: readonly HostileValue[] = [
  ...hostileTexts,
  ...hostileLeaves,
  ...hostileBinaries,
  ...hostileCollections,
  ...hostileObjects,
  ...hostileShapes,
  ...hostileErrors,
]
