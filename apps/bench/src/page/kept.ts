import type { Verdict } from '../measure/judge.ts'
import type { MeasuredCurve, MeasuredLine, Results, Session } from '../measure/results.ts'

/** A row as the page shows it. */
export interface KeptRow extends Pick<Verdict, 'says' | 'unit' | 'target' | 'spread' | 'sides' | 'met'> {}

export interface KeptLine extends Pick<MeasuredLine, 'id' | 'title' | 'parts'> {
  /** By which of the sessions it was measured. */
  readonly session: number
  readonly rows: readonly KeptRow[]
  readonly limits: readonly KeptRow[]
}

export interface KeptCurve extends Omit<MeasuredCurve, 'rounds'> {
  readonly session: number
}

/** What the page is made of: results without what it does not show, of one call of the bench or of several. */
export interface Kept {
  readonly sessions: readonly Session[]
  readonly lines: readonly KeptLine[]
  readonly curves: readonly KeptCurve[]
}

/** From a file of results, or from one that was kept. */
export const keptFrom = (read: Results | Kept): Kept => ('sessions' in read ? read : trimmed(read))

function trimmed({ session, lines, curves }: Results): Kept {
  return rounded({
    sessions: [session],
    lines: lines.map(({ id, title, verdicts, limits, parts }) => ({
      id,
      title,
      session: 0,
      rows: verdicts.map(rowOf),
      limits: limits.map(rowOf),
      ...(parts && { parts }),
    })),
    curves: curves.map(({ rounds: _, ...curve }) => ({ session: 0, ...curve })),
  })
}

const rowOf = ({ says, unit, target, spread, sides, met }: Verdict): KeptRow => ({
  says,
  unit,
  ...(target && { target }),
  ...(spread && { spread }),
  ...(sides && { sides }),
  ...(met !== undefined && { met }),
})

/** Four digits are more than any measurement has. */
const rounded = (kept: Kept): Kept =>
  JSON.parse(JSON.stringify(kept), (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value))

/** What was measured later takes the place of what was measured before, but a profile stays until there is another; sessions of which nothing is left go. */
export function mergedKept(all: readonly Kept[]): Kept {
  const sessions: Session[] = []
  const lines = new Map<string, KeptLine>()
  const curves = new Map<string, KeptCurve>()
  for (const kept of all) {
    const first = sessions.length
    sessions.push(...kept.sessions)
    for (const line of kept.lines) {
      const parts = line.parts ?? lines.get(line.id)?.parts
      lines.set(line.id, { ...line, session: first + line.session, ...(parts && { parts }) })
    }
    for (const curve of kept.curves) curves.set(curve.id, { ...curve, session: first + curve.session })
  }
  return withoutUnused({ sessions, lines: [...lines.values()], curves: [...curves.values()] })
}

function withoutUnused({ sessions, lines, curves }: Kept): Kept {
  const used = sessions
    .map((_, index) => index)
    .filter((index) => [...lines, ...curves].some(({ session }) => session === index))
  const moved = <One extends { readonly session: number }>(one: One): One => ({
    ...one,
    session: used.indexOf(one.session),
  })
  return {
    sessions: used.flatMap((index) => sessions[index] ?? []),
    lines: lines.map(moved),
    curves: curves.map(moved),
  }
}
