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
export function wrongInLedger(lines: readonly Line[], expected: Begins, may: Allowed): string | undefined {
  const begins = lines.flatMap(({ what, name }) => (what === 'begins' ? [name] : []))
  const names = expected.map(({ name }) => name)
  return wrongCount({ what: 'body', seen: begins, expected: names }, may) ?? wrongOrder(lines, expected, counted(names))
}

type Begins = Interpretation['said']['begins']

export interface Allowed {
  /** Processes may be lost. */
  readonly repeat: boolean
  /** The run was canceled: what was under way then may or may not have come so far. */
  readonly beLeftOut: boolean
}

interface Counts {
  readonly what: string
  readonly seen: readonly string[]
  readonly expected: readonly string[]
}

/** What is not there as often as it should be. */
export function wrongCount({ what, seen, expected }: Counts, may: Allowed): string | undefined {
  if (may.beLeftOut) return undefined
  const [times, wanted] = [counted(seen), counted(expected)]
  for (const name of new Set([...times.keys(), ...wanted.keys()])) {
    const [did, should] = [times.get(name) ?? 0, wanted.get(name) ?? 0]
    const isRight = did === should || (may.repeat && should > 0 && did > should)
    if (!isRight) return `${what} ${name} should be there ${should} times, and is there ${did} times`
  }
  return undefined
}

function wrongOrder(lines: readonly Line[], expected: Begins, wanted: ReadonlyMap<string, number>): string | undefined {
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
