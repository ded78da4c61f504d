import { isWorkflow, refuseUncommitted } from '../builder/committed.js'
import {
  callable,
  checkFields,
  count,
  delay,
  durability,
  type FieldRule,
  type FieldRules,
  isIdentifier,
  isRecord,
  positiveCount,
  record,
  required,
} from '../builder/fields.js'
import { type Logger, readable } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Workflow } from '../builder/workflow.js'
import type { Durability } from '../builder/workflow-config.js'
import { type Codec, createCodec } from '../codec/index.js'
import { type Calendar, type Clock, STORAGE_CONTRACT, type Storage, systemClock } from '../contracts/index.js'
import type { Dispatch } from '../driver/dispatch.js'
import type { DriverSettings } from '../driver/driver.js'
import type { ResolveSecret, SecretsInValues } from '../driver/given-secrets.js'
import { WorkflowError } from '../errors/index.js'
import type { Redact } from '../redaction/redact.js'
import { Redaction } from '../redaction/redaction.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import { Witness } from '../telemetry/witness.js'
import { createRetention, type Retention, retentionRule } from './retention.js'

/** What every engine takes. */
export interface EngineOptions {
  /** The workflows that this process can run. */
  readonly workflows: readonly Workflow[]
  /** Where runs are kept; without one they live as long as the process. */
  readonly storage?: Storage
  readonly durability?: Durability
  /** A tenant: runs of different namespaces never meet. Default `default`. */
  readonly namespace?: string
  /** Given to steps as `services`; never stored. */
  readonly services?: Services
  /** Answers `secret(name)` of steps, in the process that runs them; asked anew each time. */
  readonly secret?: ResolveSecret
  /** What becomes of an output, state, chunk … with a secret in it that its step asked for. Default `'refuse'`: the step fails. */
  readonly secretsInValues?: SecretsInValues
  readonly logger?: Logger
  /** What is told instead of something: applied to lines of the logger, and to errors before they are recorded. */
  readonly redact?: Redact
  /** Who is told of what runs do, as spans and as measures; `@wf/otel` makes one for OpenTelemetry. */
  readonly telemetry?: Telemetry
  readonly codec?: Codec
  readonly clock?: Clock
  /** Reads the cron expressions of schedules. Default: the one that comes with the engine, that of `@wf/cron`. */
  readonly calendar?: Calendar
  /** How long runs are kept after they have ended, in milliseconds. Default: for ever. */
  readonly retention?: Retention
  /** How long a claim stands without a sign of life of its process. Default 30 s. */
  readonly leaseMs?: number
  /** Runs that stay in memory while nothing happens in them, default 1,000, of ended ones the last 32; 0 reads everything anew each time. */
  readonly cacheRuns?: number
  /** Bytes of journal after which a checkpoint is stored. Default 4 MB. */
  readonly checkpointBytes?: number
  /** How long an event waits for a wait, in milliseconds, unless it says so itself. Default: a day. */
  readonly keepEventsMs?: number
  /** A number from 0 to 1; for the jitter of retries. */
  readonly random?: () => number
  /** Makes ids of runs and sessions; must not repeat, in any process. */
  readonly newId?: () => string
}

const name: FieldRule = { expected: 'a text that is not empty', accepts: isIdentifier }

/** An object with these methods; what they do is the caller's word. */
const object = (expected: string, ...methods: readonly string[]): FieldRule => ({
  expected: `${expected} (${methods.join(', ')})`,
  accepts: (value) => isRecord(value) && methods.every((method) => typeof value[method] === 'function'),
})

const rules: FieldRules = {
  workflows: required({
    expected: 'a list of committed workflows',
    accepts: (value) => Array.isArray(value) && value.every(isWorkflow),
  }),
  storage: {
    expected: 'a storage of contract 1',
    accepts: (value) => isRecord(value) && value.contract === STORAGE_CONTRACT,
  },
  durability,
  namespace: name,
  services: record,
  secret: callable,
  secretsInValues: {
    expected: "'refuse' or 'allow'",
    accepts: (value) => value === 'refuse' || value === 'allow',
  },
  redact: callable,
  logger: object('a logger', 'debug', 'info', 'warn', 'error'),
  telemetry: {
    expected: 'what `createTelemetry` of @wf/otel makes, or an object with `span`, `measure` or both',
    accepts: (value) => isRecord(value) && [value.span, value.measure].some((method) => typeof method === 'function'),
  },
  codec: object('a codec', 'encode', 'decode', 'isolate'),
  clock: object('a clock', 'now', 'after'),
  calendar: object('a calendar', 'check', 'next'),
  retention: retentionRule,
  leaseMs: positiveCount,
  cacheRuns: count,
  checkpointBytes: positiveCount,
  keepEventsMs: delay,
  random: callable,
  newId: callable,
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

const LEASE_MS = 30_000
const CHECKPOINT_BYTES = 4 * 1024 * 1024
const CACHED_RUNS = 1_000
const KEEP_EVENTS_MS = 24 * 3_600_000

/** What is to be kept needs something that keeps it. */
export function checkKept(durability: Durability | undefined, storage: Storage | undefined): void {
  if (durability === undefined || durability === 'none' || storage) return
  const message = `durability '${durability}' needs a storage; give the engine one, or leave durability out`
  throw new WorkflowError('WF_INVALID_OPTION', message, { field: 'storage' })
}

/** In one piece: it is put together of twenty, which a run would hold as long as its id. */
const uuid = (): string => crypto.randomUUID().toLowerCase()

/** Checks the options and fills in what was left out. */
export function settingsOf(options: EngineOptions, dispatch: Dispatch): DriverSettings {
  if (Array.isArray(options?.workflows)) for (const one of options.workflows) refuseUncommitted(one)
  checkFields(options, rules, { of: 'the options of the engine' })
  const { durability = options.storage ? 'step' : 'none', storage, newId = uuid } = options
  checkKept(durability, storage)
  const redaction = new Redaction(options.logger ? readable(options.logger) : silent, options)
  return {
    ...dispatch,
    workflows: options.workflows,
    storage,
    durability,
    namespace: options.namespace ?? 'default',
    services: options.services ?? {},
    secret: options.secret,
    secretsInValues: options.secretsInValues ?? 'refuse',
    logger: redaction.logger,
    redaction,
    witness: options.telemetry && new Witness(options.telemetry, redaction),
    codec: options.codec ?? createCodec(),
    clock: options.clock ?? systemClock,
    calendar: options.calendar,
    tidy: options.retention === undefined ? undefined : createRetention(options.retention),
    leaseMs: options.leaseMs ?? LEASE_MS,
    cacheRuns: options.cacheRuns ?? CACHED_RUNS,
    checkpointBytes: options.checkpointBytes ?? CHECKPOINT_BYTES,
    keepEventsMs: options.keepEventsMs ?? KEEP_EVENTS_MS,
    random: options.random ?? Math.random,
    newId,
    newSession: newId,
  }
}
