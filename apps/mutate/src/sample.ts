import { createHash } from 'node:crypto'
import type { Mutant } from './mutant.ts'

/** So many of them, by the hash of their keys: the same ones each time, and no file is preferred. 0: all. */
export function sampleOf(mutants: readonly Mutant[], size: number): readonly Mutant[] {
  if (size === 0) return mutants
  const hashed = mutants.map((mutant) => ({ mutant, hash: createHash('sha256').update(mutant.key).digest('hex') }))
  hashed.sort((one, other) => (one.hash < other.hash ? -1 : 1))
  return hashed.slice(0, size).map(({ mutant }) => mutant)
}
