import { type Outcome, tellOutcome } from './outcome.js'

/**
 * `safe`: never called twice, or allowed to. `keyed`: called twice, and each time it looked at its key. `exposed`: called
 * twice without that. `unreached`: not called at all.
 */
export type Verdict = 'safe' | 'keyed' | 'exposed' | 'unreached'

/** A moment at which the process died in one of the plays. */
export interface CrashedPoint {
  /** In words, such as `after the body of "charge"`. */
  readonly point: string
  /** Paths of steps whose bodies were called twice for one attempt. */
  readonly calledTwice: readonly string[]
  /** Whether the run came to the same as without a crash. */
  readonly isSame: boolean
}

/** A crash behind which the run came to something else. */
export interface Difference {
  readonly point: string
  readonly expected: Outcome
  readonly got: Outcome
}

interface ReportParts {
  readonly workflowId: string
  readonly points: readonly CrashedPoint[]
  readonly differences: readonly Difference[]
  /** By the path of the step, in the order of the graph. */
  readonly verdicts: Readonly<Record<string, Verdict>>
}

/** What crashes at each point of a workflow have shown. */
export class CrashReport {
  readonly workflowId: string
  readonly points: readonly CrashedPoint[]
  readonly differences: readonly Difference[]
  readonly verdicts: Readonly<Record<string, Verdict>>

  constructor({ workflowId, points, differences, verdicts }: ReportParts) {
    this.workflowId = workflowId
    this.points = points
    this.differences = differences
    this.verdicts = verdicts
  }

  get safe(): readonly string[] {
    return this.with('safe')
  }

  get keyed(): readonly string[] {
    return this.with('keyed')
  }

  get exposed(): readonly string[] {
    return this.with('exposed')
  }

  get unreached(): readonly string[] {
    return this.with('unreached')
  }

  toString(): string {
    const { points, differences } = this
    const same = differences.length === 0 ? 'the same outcome each time' : `${differences.length} other outcomes`
    const head = `workflow "${this.workflowId}": ${points.length} crashes, ${same}`
    return [head, ...this.table(), ...differences.flatMap(differenceText)].join('\n')
  }

  private with(verdict: Verdict): readonly string[] {
    return Object.keys(this.verdicts).filter((path) => this.verdicts[path] === verdict)
  }

  private table(): readonly string[] {
    const rows = Object.entries(this.verdicts).map(([path, verdict]) => [path, verdict, this.twiceText(path)] as const)
    const width = Math.max(4, ...rows.map(([path]) => path.length))
    return [['step', 'verdict', 'called twice'] as const, ...rows].map(
      ([path, verdict, twice]) => `  ${path.padEnd(width)}  ${verdict.padEnd(9)}  ${twice}`,
    )
  }

  private twiceText(path: string): string {
    const [first, ...others] = this.points.filter(({ calledTwice }) => calledTwice.includes(path))
    if (!first) return 'never'
    return others.length === 0 ? first.point : `${first.point}; and ${others.length} more`
  }
}

const differenceText = ({ point, expected, got }: Difference): readonly string[] => [
  `  a crash ${point} leads to`,
  `    ${tellOutcome(got)}`,
  `  and not to`,
  `    ${tellOutcome(expected)}`,
]
