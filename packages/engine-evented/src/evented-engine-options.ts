import { constants } from 'node:os'
import {
  type CreateRunOptions,
  checkFields,
  type EngineOptions,
  type FieldRules,
  type FlowEvent,
  isRecord,
  PUBSUB_CONTRACT,
  type PubSub,
  positiveCount,
  required,
  type Storage,
  type Workflow,
  WorkflowError,
  type WorkOptions,
} from '@wf/core'

export interface SessionOptions {
  /** How the sessions of this process begin, so that people recognise it: a host name, a pod. Default: nothing. */
  readonly name?: string
  /** How long a claim stands without a sign of life of its process. The same as `leaseMs` of the engine, and goes first. */
  readonly leaseMs?: number
}

export interface DrainOptions {
  /** Signals upon which the engine closes. Default `['SIGTERM']`. */
  readonly on?: readonly NodeJS.Signals[]
  /** How long bodies may go on then before they are aborted and given back. Default 10 s. */
  readonly withinMs?: number
}

export interface EventedEngineOptions extends EngineOptions {
  /** Where runs are kept, the same for all processes. */
  readonly storage: Storage
  /** How processes tell each other of work; what gets lost on the way costs time only. */
  readonly pubsub: PubSub
  /**
   * `'local-first'`: who finishes a step goes on with the next one, and offers to others what it does not take itself.
   * `'always-publish'`: every step is offered, and goes to whoever is next in turn. Default `'local-first'`.
   */
  readonly dispatch?: 'local-first' | 'always-publish'
  /** Whether this process runs what is there to do. `false`: it only starts and watches runs. Default `true`. */
  readonly work?: boolean | WorkOptions
  /** Pieces of user code that run at once in this process at most; what is more waits with the pub/sub. Default 100. */
  readonly concurrency?: number
  readonly session?: SessionOptions
  /** Closes the engine in good order when the process is told to end. `false`: somebody else sees to it. */
  readonly drain?: DrainOptions | false
  /** Called with what this process writes. It must not throw, and nothing waits for it. */
  readonly observe?: (event: FlowEvent) => void
}

const rules: FieldRules = {
  storage: required({ expected: 'a storage of contract 1, the same for all processes', accepts: isRecord }),
  pubsub: required({
    expected: `a pub/sub of contract ${PUBSUB_CONTRACT}`,
    accepts: (value) => isRecord(value) && value.contract === PUBSUB_CONTRACT,
  }),
  dispatch: {
    expected: "'local-first' or 'always-publish'",
    accepts: (value) => value === 'local-first' || value === 'always-publish',
  },
  work: { expected: 'true, false or options', accepts: (value) => typeof value === 'boolean' || isRecord(value) },
  concurrency: positiveCount,
  session: { expected: 'an object', accepts: isRecord },
  drain: { expected: 'false or an object', accepts: (value) => value === false || isRecord(value) },
  observe: { expected: 'a function', accepts: (value) => typeof value === 'function' },
}

const workRules: FieldRules = {
  everyMs: { expected: 'milliseconds, more than 0', accepts: (value) => Number.isFinite(value) && Number(value) > 0 },
  limit: positiveCount,
}

const sessionRules: FieldRules = {
  name: { expected: 'a text that is not empty', accepts: (value) => typeof value === 'string' && value !== '' },
  leaseMs: positiveCount,
}

const drainRules: FieldRules = {
  on: {
    expected: 'a list of signals of this system that can be caught',
    accepts: (value) => Array.isArray(value) && value.every(isCaught),
  },
  withinMs: { expected: 'milliseconds, 0 or more', accepts: (value) => Number.isFinite(value) && Number(value) >= 0 },
}

/** The system catches no others, and `process.on` says nothing of names that it does not know. */
function isCaught(signal: unknown): boolean {
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') return false
  return typeof signal === 'string' && Object.hasOwn(constants.signals, signal)
}

const of = 'the options of the engine'

/** The fields that only this engine has; core checks the others. */
export function checkEvented(options: EventedEngineOptions): void {
  checkFields(options, rules, { of })
  if (isRecord(options.work)) checkFields(options.work, workRules, { of, field: 'work' })
  if (options.session) checkFields(options.session, sessionRules, { of, field: 'session' })
  if (options.drain) checkFields(options.drain, drainRules, { of, field: 'drain' })
  if (options.durability !== 'none') return
  const text =
    "durability 'none' keeps a run in one process; this engine needs 'step' or 'exit', or use the default engine"
  throw new WorkflowError('WF_INVALID_OPTION', `${of}: ${text}`, { field: 'durability' })
}

/** What is never stored runs where it was made, which a process that runs nothing cannot do. */
export function checkRunsHere({ id, options }: Workflow, given: CreateRunOptions = {}): void {
  if ((given.durability ?? options.durability) !== 'none') return
  const text = `durability 'none' of workflow "${id}" keeps a run in the process that made it, and this one runs nothing`
  const advice = "give the run 'step' or 'exit', or make it in a process that works"
  throw new WorkflowError('WF_INVALID_OPTION', `${text}: ${advice}`, { workflowId: id, field: 'durability' })
}
