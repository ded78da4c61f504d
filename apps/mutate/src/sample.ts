import { createHash } from 'node:crypto'
import type { Mutant } from './mutant.ts'

/**
 * In the order of the hashes of their keys: the same each time, and no file before another, so that what is tried first
 * is a fair sample of all. So many of them; 0: all.
 */
export function sampleOf(mutants: readonly Mutant[], size: number): readonly Mutant[] {
  const hashed = mutants.map((mutant) => ({ mutant, hash: createHash('sha256').update(mutant.key).digest('hex') }))
  hashed.sort((one, other) => (one.hash < other.hash ? -1 : 1))
  return hashed.slice(0, size || undefined).map(({ mutant }) => mutant)
}
