import type { HistoryRuleId } from './check-history.js'

/** What is held against histories: the rules of `historyRules`, and two that are no matter of journals. */
export type HeldRuleId = HistoryRuleId | 'R1' | 'D1'

/** How far a rule is held in worlds of the simulator, and where real processes are killed. */
export interface RulePlace {
  readonly says: string
  readonly simulator: string
  readonly processes: string
}

const WHOLE = 'whole'

/** The one place that says what is held where, and what is missing and why; `README.md` shows it. */
export const rulePlaces: Readonly<Record<HeldRuleId, RulePlace>> = {
  S1: {
    says: 'no run is lost',
    simulator: 'without acknowledged starts: scenarios keep no list of their calls',
    processes: 'whole: the supervisor keeps what was acknowledged',
  },
  S2: {
    says: 'one outcome',
    simulator: 'without what callers were told: scenarios look at that themselves',
    processes: 'whole, with what each run told at the end',
  },
  S3: { says: 'recorded once', simulator: WHOLE, processes: WHOLE },
  S4: {
    says: 'repeated bodies are explained',
    simulator: 'once a process was lost, each loss is explained',
    processes: 'by the processes that were struck; while the storage was away, each loss is explained',
  },
  S5: { says: 'no effect of a superseded claim', simulator: WHOLE, processes: WHOLE },
  S6: {
    says: 'dense journals that only grow',
    simulator: 'whole, with what each reader was shown and each writer was told',
    processes: 'what lies in the storage: nobody stands between it and all processes',
  },
  S7: { says: 'order', simulator: WHOLE, processes: WHOLE },
  S8: {
    says: 'each suspension is consumed once',
    simulator: 'without acknowledged resumes',
    processes: 'whole: the supervisor keeps what was acknowledged',
  },
  S9: { says: 'timers are never early', simulator: WHOLE, processes: WHOLE },
  S10: {
    says: 'limits of runs',
    simulator: 'whole, in scenarios with limits',
    processes: 'not: the workflow has no limit; processes at limits are killed in tests of this package',
  },
  S11: {
    says: 'the same story',
    simulator: 'random workflows, undisturbed on both engines; a scenario that counts its bodies may go another way',
    processes: 'whole: each run is compared with one of its input that nobody disturbs',
  },
  S12: {
    says: 'nothing after a cancel',
    simulator: 'whole, in scenarios that cancel',
    processes: 'not: nobody cancels',
  },
  S13: { says: 'nothing is outstanding', simulator: WHOLE, processes: WHOLE },
  L1: {
    says: 'everything ends',
    simulator: 'by patience: what is waited for must come within 200,000 occurrences',
    processes: 'whole: five leases after the last fault',
  },
  R1: {
    says: 'nothing is left behind',
    simulator: 'timers and subscriptions of closed engines; not memory',
    processes: 'a process that has closed engine, pub/sub and storage leaves by itself; not memory',
  },
  D1: {
    says: 'one seed, one history',
    simulator: 'in tests of this package, by the trace of everything that happens',
    processes: 'not: the machine decides who comes first',
  },
}
