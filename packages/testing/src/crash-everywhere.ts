import { assertWorkflow, type Workflow } from '@wf/core'
import { type CrashOptions, checkCrashOptions } from './crash-options.js'
import { type CrashedPoint, CrashReport, type Difference, type Verdict } from './crash-report.js'
import { isSame } from './outcome.js'
import { type Played, play } from './play.js'
import { pointText } from './point-text.js'
import type { RecordedCall } from './step-call.js'
import { stepPathsOf } from './step-paths.js'

/**
 * Plays a workflow once, and then again with a crash at each moment at which its process could die: around each of its
 * writes and each of its bodies. Another process goes on each time.
 */
export async function crashEverywhere<Owner extends Workflow>(
  workflow: Owner,
  options: CrashOptions<NoInfer<Owner>> = {},
): Promise<CrashReport> {
  assertWorkflow(workflow)
  checkCrashOptions(workflow, options)
  const whole = await play(workflow, options)
  const points: CrashedPoint[] = []
  const differences: Difference[] = []
  const twice = new Twice()
  for (const [index, moment] of whole.moments.entries()) {
    const played = await play(workflow, options, index)
    const point = pointText(workflow, played.moments[index] ?? moment)
    const same = isSame(whole.outcome, played.outcome)
    if (!same) differences.push({ point, expected: whole.outcome, got: played.outcome })
    points.push({ point, calledTwice: twice.add(played), isSame: same })
  }
  const called = new Set(whole.calls.map(({ path }) => path))
  const verdictOf = (path: string): Verdict => {
    if (!called.has(path)) return 'unreached'
    return options.repeatable?.some((one) => one === path) ? 'safe' : twice.verdict(path)
  }
  const verdicts = Object.fromEntries(stepPathsOf(workflow).map((path) => [path, verdictOf(path)]))
  return new CrashReport({ workflowId: workflow.id, points, differences, verdicts })
}

/** Which bodies were called twice for one attempt, and whether they knew. */
class Twice {
  private readonly keyed = new Map<string, boolean>()

  /** Paths of those in this play. */
  add({ calls }: Played): readonly string[] {
    const found = new Set<string>()
    for (const group of Map.groupBy(calls, ({ attemptKey }) => attemptKey).values()) {
      const [call] = group
      if (!call || group.length < 2) continue
      found.add(call.path)
      this.keyed.set(call.path, this.keyed.get(call.path) !== false && group.every(looked))
    }
    return [...found]
  }

  verdict(path: string): Verdict {
    const keyed = this.keyed.get(path)
    if (keyed === undefined) return 'safe'
    return keyed ? 'keyed' : 'exposed'
  }
}

const looked = ({ usedKey }: RecordedCall): boolean => usedKey
