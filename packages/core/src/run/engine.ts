import { assertWorkflow } from '../builder/committed.js'
import type { Workflow } from '../builder/workflow.js'
import type { Durability } from '../builder/workflow-config.js'
import { deliver } from '../driver/deliver.js'
import { Driver, type DriverSettings } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { optionsOf } from '../driver/run-options.js'
import { WorkflowError } from '../errors/index.js'
import { MailRoom, type SentEvent } from '../mailbox/index.js'
import { Scheduler } from '../schedule/scheduler.js'
import { createSchedules, type Schedules } from '../schedule/schedules.js'
import { checkOneOf, checkOptions, checkRunId } from './check-options.js'
import { deleteRuns } from './delete-runs.js'
import { type GetOptions, getRun } from './get-run.js'
import type { HistoryEntry } from './history.js'
import { keyedRunId } from './keyed-run-id.js'
import { listRuns, type RunList } from './list-runs.js'
import { madeWith } from './made-with.js'
import { checkKept } from './options.js'
import { Run } from './run.js'
import type { RunFilter } from './run-filter.js'
import { type RunsOf, runsOf } from './runs-of.js'
import { type EventDeclaration, type SendEventOptions, sendEvent } from './send-event.js'
import { historyOf } from './tell-history.js'
import { type Why, whyRun } from './why-run.js'
import { startWork, type TickOptions, tick, type Worker, type WorkOptions } from './work.js'
import type { DefaultField, StateField, WorkflowState } from './workflow-state.js'

export interface CreateRunOptions {
  /** Chosen by the caller; a known one takes up the stored run. */
  readonly runId?: string
  /** Makes the run id: the same key of the same workflow and namespace means the same run, in any process. */
  readonly idempotencyKey?: string
  readonly resourceId?: string
  readonly tags?: readonly string[]
  /** When what happens in this run is written down. Default: what the workflow says, or else the engine. */
  readonly durability?: Durability
}

export interface DeleteOptions {
  /** One run; it must have ended. */
  readonly runId?: string
  readonly workflowId?: string
  readonly status?: readonly string[]
  /** Ended before this moment (epoch ms). */
  readonly endedBefore?: number
  readonly limit?: number
}

/** What can be asked about runs without holding one. */
export interface Runs {
  /** `undefined` when nothing is recorded of it. */
  get<const Field extends StateField = DefaultField>(
    runId: string,
    options?: GetOptions<Field>,
  ): Promise<WorkflowState<Field> | undefined>
  list(filter?: RunFilter): Promise<RunList>
  delete(query: DeleteOptions): Promise<number>
  /** The same for the runs of one workflow, with its types. */
  of<Owner extends Workflow>(workflow: Owner): RunsOf<Owner>
  /** Says what a run is waiting for, in words and as data. */
  why(runId: string): Promise<Why>
  /**
   * Everything that is recorded of a run, oldest first: what happened when, at which step, and whether it had an effect.
   * `undefined` when nothing is; of a run that no storage has nothing is kept.
   */
  history(runId: string): Promise<readonly HistoryEntry[] | undefined>
}

export interface CloseOptions {
  /** How long bodies may go on before they are aborted. Default 0. */
  readonly drainMs?: number
}

/** Runs workflows. Both engines are this; they differ in how ready work reaches a process. */
export interface Engine {
  createRun<Owner extends Workflow>(workflow: Owner, options?: CreateRunOptions): Promise<Run<Owner>>
  /** A run that was recorded before; `undefined` when there is none. */
  run<Owner extends Workflow>(workflow: Owner, runId: string): Promise<Run<Owner> | undefined>
  readonly runs: Runs
  /** Timetables by which runs start by themselves. */
  readonly schedules: Schedules
  /**
   * Sends an event to the first wait for its name and key, which may come later. Resolves when the event is stored: from
   * then on it reaches one wait, once, whatever fails.
   */
  sendEvent<Event extends string | EventDeclaration>(event: SendEventOptions<Event>): Promise<SentEvent>
  /**
   * Takes up at once, and from then on, what other processes have left: runs whose process died, sleeps and retries
   * that have come due, slots of schedules. Resolves before the first look; a storage that fails is asked again.
   */
  work(options?: WorkOptions): Promise<Worker>
  /** One bounded look for such runs, for hosts without a process that lives on; answers how many it took up. */
  tick(options?: TickOptions): Promise<number>
  close(options?: CloseOptions): Promise<void>
}

const NO_OPTIONS: CreateRunOptions = {}

/** An engine around a driver. */
export function createEngine(settings: DriverSettings): Engine & { readonly driver: Driver } {
  const driver = new Driver(settings)
  const room = new MailRoom(driver, (wait, mail) => deliver(driver, wait, mail))
  driver.post = room
  driver.caretakers.push(room)
  const handle = <Owner extends Workflow>(workflow: Owner, runId: string, options = NO_OPTIONS) =>
    new Run<Owner>(() => driver.live(runId, workflow.id, options), runId, workflow)
  const runs: Runs = {
    get: (runId, options) => getRun(driver, runId, options),
    list: (filter = {}) => listRuns(driver, filter),
    delete: (query) => deleteRuns(driver, query),
    why: (runId) => whyRun(driver, runId),
    history: (runId) => historyOf(driver, runId),
    of(workflow) {
      checkWorkflow(driver, workflow)
      return runsOf(runs, workflow)
    },
  }
  /** `given`: an id that others may have; absent: a new one. */
  const makeRun = async <Owner extends Workflow>(
    workflow: Owner,
    given: string | undefined,
    options: CreateRunOptions,
  ): Promise<Run<Owner>> => {
    const runId = given ?? settings.newId()
    const found = given === undefined ? { options, version: 0 } : await madeWith(driver, runId, options)
    const run = handle(workflow, runId, found.options)
    const live = driver.live(runId, workflow.id, found.options)
    live.isNew = given === undefined
    live.writer.sees(found.version)
    driver.rested(live)
    return run
  }
  // With the key the start is stored before the slot counts as fired, whatever the durability.
  const scheduler = new Scheduler(driver, (workflow, { runId, tags }) =>
    makeRun(workflow, runId, { idempotencyKey: runId, tags }),
  )
  return {
    driver,
    async createRun(workflow, options = NO_OPTIONS) {
      checkWorkflow(driver, workflow)
      checkOptions('createRun', options, { workflowId: workflow.id })
      checkOneOf(options, ['runId', 'idempotencyKey'], { workflowId: workflow.id })
      checkKept(options.durability, settings.storage)
      const { idempotencyKey: key } = options
      const keyed = key === undefined ? undefined : await keyedRunId(settings.namespace, workflow.id, key)
      return makeRun(workflow, options.runId ?? keyed, options)
    },
    async run(workflow, runId) {
      checkWorkflow(driver, workflow)
      checkRunId(runId, workflow.id)
      if (!driver.store) return driver.known(runId) && handle(workflow, runId)
      const journal = runJournal(settings.namespace, runId)
      const slice = await driver.store.load({ journal, atLeast: driver.seen(runId), limit: 1 })
      if (slice) {
        const options = optionsOf(slice.header)
        const live = driver.live(runId, workflow.id, options)
        live.writer.sees(slice.header.head.version)
        driver.rested(live)
        return handle(workflow, runId, options)
      }
      const known = driver.known(runId)
      return known && !known.writer.home ? handle(workflow, runId, known.options) : undefined
    },
    runs,
    sendEvent: (event) => sendEvent({ driver, room }, event as SendEventOptions),
    schedules: createSchedules(driver, scheduler, (workflow) => checkWorkflow(driver, workflow)),
    work: async (options = {}) => startWork(driver, scheduler, options),
    tick: async (options = {}) => tick(driver, scheduler, options),
    async close(options = {}) {
      checkOptions('close', options)
      scheduler.stop()
      await driver.close(options.drainMs ?? 0)
    },
  }
}

function checkWorkflow(driver: Driver, workflow: Workflow): void {
  driver.checkOpen()
  assertWorkflow(workflow)
  if (driver.serves(workflow)) return
  driver.program(workflow.id)
  const text = `another workflow is registered under the id "${workflow.id}"; engines run the objects that they were given`
  throw new WorkflowError('WF_UNKNOWN_WORKFLOW', text, { workflowId: workflow.id })
}
