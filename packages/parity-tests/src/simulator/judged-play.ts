import { AssertionError } from 'node:assert'
import { type Engine, isWorkflowError } from '@wf/core'
import type { Scenario } from '../engine/scenario.js'
import type { Stage } from '../engine/stage.js'
import { checkHistory, tellViolations } from '../history/check-history.js'
import { type Faults, NO_FAULTS, type Violation } from '../history/evidence.js'
import { createLedger, recordBodies } from '../history/ledger.js'
import { type ObservedStorage, observeStorage } from '../history/observe-storage.js'
import { type RecordedRun, recordedRuns } from '../history/recorded-runs.js'
import { abandonable } from './abandoned.js'
import { type FaultKind, losingKinds } from './fault-plan.js'
import type { CreateProcess } from './process-group.js'
import { type Played, type SimulatedStageParts, withSimulatedStage } from './simulated-stage.js'
import { stuckRuns } from './stuck-runs.js'
import { tellCourse } from './tell-course.js'
import { Twins, type Workflows } from './twins.js'
import { WaitedInVain } from './waited-in-vain.js'

/** What is to be said of one play. */
export interface Judgement {
  /** `noticed`: an assertion of the scenario failed, as it may where a body has run again; its history is in order. */
  readonly verdict: 'passed' | 'noticed' | 'failed'
  /** Why it failed: in words, with what has happened. */
  readonly why: string | undefined
  readonly played: Played
  /** How often a rule of histories was broken. */
  readonly violations: number
  /** Bodies that began. */
  readonly bodies: number
  /** What was recorded of each run, who wrote it, and what went wrong when, in lines for people. */
  readonly tell: () => Promise<string>
}

/**
 * Plays a scenario in a world of its own, and then looks at everything that is recorded. What scenarios assert holds under
 * every fault unless a process lost what it was working at; its bodies may run again then, which scenarios that count them
 * notice. The rules of histories hold in any case.
 */
export async function playJudged(scenario: Scenario, parts: SimulatedStageParts): Promise<Judgement> {
  const watch = new Watch()
  let played: Played | undefined
  const failure = await failureOf(
    withSimulatedStage(
      {
        name: scenario.id,
        ...parts,
        createClient: watch.recording(parts.createClient),
        createWorker: watch.recording(parts.createWorker),
        createStorage: (context) => watch.observe(parts.createStorage(context), () => context.clock.now()),
        told: (one) => {
          played = one
          parts.told?.(one)
        },
      },
      async (stage) => {
        await scenario.play(watch.over(stage, scenario.id.startsWith('graph-change.')))
        await stage.quiet()
        // What somebody lost is found when its lease is over, and what is under way to a storage may take as long.
        if (losingKinds.some((kind) => parts.plan?.rates[kind])) await stage.clock.advance(END_MS)
      },
    ),
  )
  if (!played) throw failure
  return judge(scenario, { watch, played, failure })
}

interface Course {
  readonly watch: Watch
  readonly played: Played
  readonly failure: Error | undefined
}

async function judge({ id }: Scenario, { watch, played, failure }: Course): Promise<Judgement> {
  const loses = losingKinds.some((kind: FaultKind) => (played.injected[kind] ?? 0) > 0)
  const violations = await watch.violations({
    loses,
    heldBack: id.startsWith('durability.') ? 'any' : [],
    wasBroken: failure !== undefined,
  })
  const tell = async (): Promise<string> => tellCourse(await watch.runs(), played.strikes)
  const told = { played, bodies: watch.bodies, violations: violations.length, tell }
  if (violations.length > 0) {
    const why = `${tellViolations(violations)}\n${failure?.message ?? played.trace.slice(-SHOWN_LINES).join('\n')}`
    return { verdict: 'failed', why, ...told }
  }
  if (!failure && played.left.length > 0) {
    const why = `R1 what engines hold is given back when they are closed: ${played.left.join(', ')}`
    return { verdict: 'failed', why, ...told, violations: 1 }
  }
  if (!failure) return { verdict: 'passed', why: undefined, ...told }
  const isNoticed = loses && (mayNotice(failure) || (await watch.isWaitedInVain(failure)))
  return { verdict: isNoticed ? 'noticed' : 'failed', why: failure.message, ...told }
}

const END_MS = 4 * 30_000
const SHOWN_LINES = 60

/** What a scenario says of what it saw. */
const mayNotice = ({ cause }: Error): boolean => cause instanceof AssertionError || isWorkflowError(cause)

async function failureOf(play: Promise<unknown>): Promise<Error | undefined> {
  try {
    await play
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

interface Circumstances {
  readonly loses: boolean
  readonly heldBack: 'any' | readonly string[]
  readonly wasBroken: boolean
}

/** Rules that hold once everything has come to its end: a scenario that was broken off leaves something open. */
const ofTheEnd: ReadonlySet<string> = new Set(['S1', 'S13', 'L1'])

/** Keeps what is needed to judge a play. */
class Watch {
  private storage: ObservedStorage | undefined
  private isDisturbed = false
  private readonly twins = new Twins()
  private now = (): number => 0
  private readonly ledger = createLedger(() => this.now())
  private readonly write = this.ledger.of('any')

  get bodies(): number {
    return this.ledger.lines.filter(({ what }) => what === 'begin').length
  }

  async runs(): Promise<readonly RecordedRun[]> {
    return this.storage ? recordedRuns(this.storage) : []
  }

  observe(storage: Parameters<typeof observeStorage>[0], now: () => number): ObservedStorage {
    this.now = now
    this.storage = observeStorage(storage)
    return this.storage
  }

  recording(create: CreateProcess): CreateProcess {
    return (options, process) => {
      // Some scenarios register what is no workflow.
      for (const workflow of options.workflows) if (workflow?.functions) recordBodies(workflow, this.write)
      return create(options, process)
    }
  }

  /** Scenarios end processes and cut them off themselves: then claims may be lost or given back. */
  over(stage: Stage, mayHaveTwins: boolean): Stage {
    const served = new Map<Engine, Workflows>()
    const watched = (engine: Engine, workflows: Workflows): Engine => {
      const isClosed = mayHaveTwins ? () => undefined : this.twins.begin(workflows)
      const { close } = engine
      served.set(engine, workflows)
      const closing: Engine['close'] = async (query) => {
        this.isDisturbed = true
        await close.call(engine, query)
        isClosed()
      }
      return abandonable(Object.assign(engine, { close: closing }))
    }
    return {
      ...stage,
      engine: async (workflows, options) => watched(await stage.engine(workflows, options), workflows),
      restart: async (engine) => {
        this.isDisturbed = true
        return watched(await stage.restart(engine), served.get(engine) ?? [])
      },
      cutOff: (engine) => {
        this.isDisturbed = true
        return stage.cutOff(engine)
      },
    }
  }

  /**
   * Whether the scenario waits for what cannot come: a body that ran again went another way. A run that nobody goes on
   * with is no excuse.
   */
  async isWaitedInVain({ cause }: Error): Promise<boolean> {
    if (!(cause instanceof WaitedInVain) || !this.storage) return false
    return (await stuckRuns(this.storage, this.now())).length === 0
  }

  async violations({ loses, heldBack, wasBroken }: Circumstances): Promise<readonly Violation[]> {
    if (!this.storage) return []
    const any: Faults = { lost: 'any', closed: 'any' }
    const faults = loses || this.isDisturbed ? any : { ...NO_FAULTS, closed: 'any' as const }
    const all = await checkHistory({ storage: this.storage, ledger: this.ledger.lines, faults, heldBack })
    return wasBroken ? all.filter(({ rule }) => !ofTheEnd.has(rule)) : all
  }
}
