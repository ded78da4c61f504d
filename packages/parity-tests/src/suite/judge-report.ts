import { scenarios } from '../engine/scenarios/index.js'
import { pubsubRules } from '../pubsub/pub-sub-rules.js'
import { storageRules } from '../storage/storage-rules.js'
import { type SuiteReport, suiteVersion } from './report.js'

/** What a report proves. */
export interface Verdict {
  /** `complete`: every rule passed. `partial`: but for known gaps. `incomplete`: some did not run, so nobody knows. */
  readonly result: 'complete' | 'partial' | 'incomplete' | 'failed'
  /** How many rules the suite has. */
  readonly rules: number
  readonly ran: number
  readonly gaps: number
  readonly failed: number
}

const idsOf: Readonly<Record<string, readonly { readonly id: string }[]>> = {
  storage: storageRules,
  pubsub: pubsubRules,
  engine: scenarios,
}

/**
 * Counts what ran and how it went, against the rules of this release: neither what the report says about itself nor
 * rules that it leaves out make it better. Throws when it was written by another release, whose rules are not known here.
 */
export function judgeReport(report: SuiteReport): Verdict {
  const { suite, version } = report
  const known = idsOf[suite]
  if (known === undefined) throw new Error(`There is no suite "${suite}", only ${Object.keys(idsOf).join(', ')}.`)
  if (version !== suiteVersion()) {
    throw new Error(
      `The report was written by @wf/parity-tests ${version}, and this is ${suiteVersion()}: run the suite again.`,
    )
  }
  const found = new Map(report.rules.map((rule) => [rule.id, rule.result]))
  // A suite over faulty adapters has a rule more than the contract.
  for (const { id } of known) if (!found.has(id)) found.set(id, 'not-run')
  const count = (result: string): number => [...found.values()].filter((one) => one === result).length
  const [passed, gaps, failed] = [count('passed'), count('known-gap'), count('failed')]
  const counts = { rules: found.size, ran: passed + gaps + failed, gaps, failed }
  return { result: resultOf(counts), ...counts }
}

function resultOf({ rules, ran, gaps, failed }: Omit<Verdict, 'result'>): Verdict['result'] {
  if (failed > 0) return 'failed'
  if (ran < rules) return 'incomplete'
  return gaps > 0 ? 'partial' : 'complete'
}
