/** Of some proofs, which of the places of one file each of them reaches. */
export type Reaching<Of> = ReadonlyMap<Of, readonly number[]>

/**
 * Those first that reach most of what none before has reached, again and again until there are so many: each of them
 * goes another way through the file, and a mutant of it shows where a way is taken that should not be.
 */
export function coverOf<Of>(reaching: Reaching<Of>, most: number): readonly Of[] {
  const left = new Map(reaching)
  const chosen: Of[] = []
  let missing = new Set<number>()
  while (left.size > 0 && chosen.length < most) {
    let [best, gained] = widest(left, missing)
    if (gained === 0) {
      missing = new Set([...left.values()].flat())
      ;[best, gained] = widest(left, missing)
    }
    if (best === undefined || gained === 0) break
    for (const id of left.get(best) ?? []) missing.delete(id)
    left.delete(best)
    chosen.push(best)
  }
  return chosen
}

function widest<Of>(left: Reaching<Of>, missing: ReadonlySet<number>): readonly [Of | undefined, number] {
  let best: Of | undefined
  let most = 0
  for (const [one, ids] of left) {
    let gained = 0
    for (const id of ids) if (missing.has(id)) gained += 1
    if (gained > most) {
      best = one
      most = gained
    }
  }
  return [best, most]
}
