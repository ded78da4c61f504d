import type { Interpretation } from './interpreter/interpretation.ts'

/** What bodies said of themselves, in its order. */
export interface Line {
  readonly what: 'begins' | 'ends'
  readonly name: string
}

/**
 * What is wrong with the bodies that ran. Each begins behind all that precede it; each runs as often as it is entered, and where
 * processes are lost perhaps more often.
 */
export function wrongInLedger(
  lines: readonly Line[],
  expected: Interpretation['begins'],
  may: { readonly repeat: boolean; readonly beLeftOut: boolean },
): string | undefined {
  const begins = counted(lines.flatMap(({ what, name }) => (what === 'begins' ? [name] : [])))
  const wanted = counted(expected.map(({ name }) => name))
  for (const name of new Set([...begins.keys(), ...wanted.keys()])) {
    const [did, should] = [begins.get(name) ?? 0, wanted.get(name) ?? 0]
    const isRight = may.beLeftOut || did === should || (may.repeat && should > 0 && did > should)
    if (!isRight) return `the body ${name} should begin ${should} times, and began ${did} times`
  }
  return wrongOrder(lines, expected, wanted)
}

function wrongOrder(
  lines: readonly Line[],
  expected: Interpretation['begins'],
  wanted: ReadonlyMap<string, number>,
): string | undefined {
  const first = new Map<string, number>()
  lines.forEach(({ what, name }, at) => {
    if (!first.has(`${what} ${name}`)) first.set(`${what} ${name}`, at)
  })
  for (const { name, after } of expected) {
    const began = first.get(`begins ${name}`)
    // Bodies of one name stand in several places: which of them began first is not known.
    if (began === undefined || wanted.get(name) !== 1) continue
    const early = after.find((before) => (first.get(`ends ${before}`) ?? Number.POSITIVE_INFINITY) > began)
    if (early !== undefined) return `the body ${name} began before ${early} had ended`
  }
  return undefined
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
