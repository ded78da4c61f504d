import { isRecord, parsePath, type Workflow, WorkflowError } from '@wf/core'
import { checkStepPath } from './mocks.js'
import { type Fate, type Moment, touchedBy, type Watch } from './moment.js'
import { stepPathOf } from './step-paths.js'

/** What the process has just done, or was about to do. */
type Deed = 'claim' | 'body' | 'commit'

interface At {
  /** Around the record that it has the step, around the body (the default), or around the record of the outcome. */
  readonly at?: Deed
  /** The second time that it comes there, the third … Default 1. */
  readonly entry?: number
}

/** Where a process dies: right before or right after it does something about a step, named by its path. */
export type CrashPoint = At & ({ readonly before: string } | { readonly after: string })

/** Something that was planned, and whether it came to pass. */
export interface Planned {
  readonly happened: boolean
}

interface Plan {
  readonly path: string
  readonly when: 'before' | 'after'
  readonly at: Deed
  readonly fate: Fate
  /** Times that are left until it is the one. */
  left: number
  happened: boolean
}

const OUTCOMES: readonly string[] = ['step-succeeded', 'step-failed', 'step-suspended', 'step-bailed']

/** What tests have planned to go wrong. */
export class CrashPoints {
  private readonly plans: Plan[] = []

  constructor(private readonly workflow: Workflow) {}

  crash(point: CrashPoint): Planned {
    return this.plan({ ...this.checked(point), fate: 'dies', happened: false })
  }

  /** The process stands still while the body is at work. */
  stall(path: string): Planned {
    checkStepPath(this.workflow, path, 'step')
    return this.plan({ path, when: 'before', at: 'body', fate: 'stalls', left: 1, happened: false })
  }

  readonly watch: Watch = (moment) => {
    // Each of them counts its entries, whatever becomes of the process by another one.
    const come = this.plans.filter((plan) => this.isIt(plan, moment))
    for (const plan of come) {
      plan.happened = true
      this.plans.splice(this.plans.indexOf(plan), 1)
    }
    return come[0]?.fate
  }

  private plan(plan: Plan): Planned {
    this.plans.push(plan)
    return plan
  }

  private isIt(plan: Plan, moment: Moment): boolean {
    if (plan.when !== moment.when) return false
    plan.left -= moment.of === 'body' ? this.entered(plan, moment.path) : this.recorded(plan, moment)
    return plan.left <= 0
  }

  private entered({ path, at }: Plan, entered: string): number {
    return at === 'body' && path === entered ? 1 : 0
  }

  /** How many facts of the kind that is waited for are in these commits. */
  private recorded({ path, at }: Plan, { commits }: Moment & { readonly of: 'commit' }): number {
    if (at === 'body') return 0
    const isMeant = (type: string): boolean => (at === 'claim' ? type === 'step-claimed' : OUTCOMES.includes(type))
    return touchedBy(commits).filter((fact) => isMeant(fact.type) && this.isAt(path, fact.at)).length
  }

  private isAt(path: string, at: string): boolean {
    const place = parsePath(at)
    return place !== undefined && stepPathOf(this.workflow, place) === path
  }

  private checked(point: unknown): Pick<Plan, 'path' | 'when' | 'at' | 'left'> {
    const { before, after, at = 'body', entry = 1 } = isRecord(point) ? point : {}
    if ((before === undefined) === (after === undefined))
      throw this.refusal('needs `before` or `after` with the path of a step, and not both', 'before')
    if (at !== 'claim' && at !== 'body' && at !== 'commit')
      throw this.refusal(`\`at\` must be 'claim', 'body' or 'commit', not ${JSON.stringify(at)}`, 'at')
    if (!Number.isSafeInteger(entry) || Number(entry) < 1)
      throw this.refusal(`\`entry\` must be a whole number, 1 or more, not ${String(entry)}`, 'entry')
    const when = before === undefined ? 'after' : 'before'
    const path = before ?? after
    checkStepPath(this.workflow, path, when)
    return { path, when, at, left: Number(entry) }
  }

  private refusal(text: string, field: string): WorkflowError {
    const { id } = this.workflow
    return new WorkflowError('WF_INVALID_OPTION', `a crash of workflow "${id}" ${text}`, { workflowId: id, field })
  }
}
