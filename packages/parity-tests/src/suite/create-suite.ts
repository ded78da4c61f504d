import type { FaultCount } from '../faults/fault.js'
import { withinDeadline } from './deadline.js'
import { failureText } from './failure-text.js'
import { injectedRule } from './injected-rule.js'
import { type RuleReport, resultOf, type SuiteReport, suiteVersion, writeReport } from './report.js'
import type { KnownGap, Rule } from './rule.js'
import type { Runner } from './runner.js'

export interface SuiteParts<Context> {
  readonly suite: string
  readonly contract: number
  /** What is tested, as the report names it. */
  readonly subject: string
  readonly rules: readonly Rule<Context>[]
  readonly knownGaps?: readonly KnownGap[] | undefined
  /** Of the faulty adapters that `around` has made so far: a suite that met no fault fails. */
  readonly faults?: (() => readonly FaultCount[]) | undefined
  /** Calls `check` once with something fresh, and puts away what it made. */
  readonly around: (check: (context: Context) => Promise<void>) => Promise<void>
}

export interface Suite {
  /** One test for each rule. With `WF_PARITY_REPORT` set, what has been found so far is written there after each of them. */
  register(runner: Runner): void
  /** Checks every rule without a runner. */
  run(): Promise<SuiteReport>
  /** What has been found so far. */
  report(): SuiteReport
}

export function createSuite<Context>(parts: SuiteParts<Context>): Suite {
  const { suite, contract, subject, faults } = parts
  const rules = faults ? [...parts.rules, injectedRule(faults)] : parts.rules
  const gaps = gapsByRule(parts)
  const found = new Map<string, RuleReport>()
  const begunAt = new Date().toISOString()

  const checkRule = async (rule: Rule<Context>): Promise<void> => {
    const gap = gaps.get(rule.id)
    const begun = performance.now()
    const failure = await failureOf(rule, parts, gap)
    const ms = Math.round((performance.now() - begun) * 1_000) / 1_000
    // A runner may try again. A promise that is kept now and then is not kept.
    if (found.get(rule.id)?.result !== 'failed') found.set(rule.id, { id: rule.id, ms, ...resultWith(gap, failure) })
    if (failure !== undefined) throw failure
  }

  const report = (): SuiteReport => {
    const lines = rules.map(({ id }): RuleReport => found.get(id) ?? { id, result: 'not-run' })
    return { subject, contract, suite, version: suiteVersion(), begunAt, result: resultOf(lines), rules: lines }
  }

  return {
    report,
    async run() {
      found.clear()
      for (const rule of rules) await checkRule(rule).catch(() => undefined)
      return report()
    },
    register({ describe, it }) {
      const { WF_PARITY_REPORT: target = '' } = process.env
      const save = (): void => {
        if (target !== '') writeReport(target, report())
      }
      // Before anything has run: what an earlier run found must not stand for one that is cut short.
      save()
      describe(`${suite} suite: ${subject}`, () => {
        for (const rule of rules) it(`[${rule.id}] ${rule.states}`, () => checkRule(rule).finally(save))
      })
    },
  }
}

function resultWith(gap: KnownGap | undefined, failure: Error | undefined): Omit<RuleReport, 'id' | 'ms'> {
  if (failure !== undefined) return { result: 'failed', failure: failure.message }
  return gap === undefined ? { result: 'passed' } : { result: 'known-gap', because: gap.because }
}

async function failureOf<Context>(
  rule: Rule<Context>,
  { around }: SuiteParts<Context>,
  gap: KnownGap | undefined,
): Promise<Error | undefined> {
  try {
    await withinDeadline(around((context) => rule.check(context)))
  } catch (failure) {
    return gap === undefined ? new Error(failureText(rule, failure), { cause: failure }) : undefined
  }
  if (gap === undefined) return undefined
  return new Error(`[${rule.id}] holds now: remove it from \`knownGaps\` (it was there because ${gap.because})`)
}

function gapsByRule<Context>({ rules, knownGaps = [], subject }: SuiteParts<Context>): Map<string, KnownGap> {
  const ids = new Set(rules.map(({ id }) => id))
  if (ids.size !== rules.length) throw new TypeError('two rules have the same id')
  for (const { rule } of knownGaps) {
    if (!ids.has(rule)) throw new TypeError(`"knownGaps" of "${subject}" names "${rule}", and there is no such rule`)
  }
  return new Map(knownGaps.map((gap) => [gap.rule, gap]))
}
