import type { Flow } from '../plan.ts'
import { bodyName } from '../values.ts'
import type { Records, StepRecord, Suspension } from './records.ts'
import type { Strand } from './strand.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Where in a run something stands, and what it knows. */
export interface Scope {
  readonly run: Course
  readonly strand: Strand
  readonly records: Records
  readonly place: readonly number[]
  /** Ids of the workflows around it. */
  readonly around: readonly string[]
  readonly retries: number
  /** Ids of steps whose state may or may not be seen here, because items run beside each other. */
  readonly unseen: ReadonlySet<string>
  /** How a step that bails is recorded: it ends a workflow, or no more than a member. */
  readonly bailsAs: 'success' | 'bailed'
  /** Only in the outermost sequence. */
  readonly path: string[] | undefined
}

/** A body that begins, and those that must have ended before. */
export interface Begin {
  readonly name: string
  readonly after: readonly string[]
}

/** All that the interpretation of one run writes down. */
export class Course {
  readonly begins: Begin[] = []
  readonly suspensions: Suspension[] = []

  readonly time: VirtualTime
  readonly cancel: () => void

  constructor(time: VirtualTime, cancel: () => void) {
    this.time = time
    this.cancel = cancel
  }
}

export type RunFlow = (flow: Flow, input: unknown, scope: Scope) => Promise<unknown>

/** The record of what is entered here. */
export function enter({ records, path }: Scope, id: string, begun: Omit<StepRecord, 'status'>): StepRecord {
  const record: StepRecord = { status: 'running', ...begun }
  records.set(id, record)
  if (path && !path.includes(id)) path.push(id)
  return record
}

/** A body runs; the answer is its name, for the bodies behind it. */
export async function runBody(scope: Scope, id: string, body: { input: unknown; times: [number, number]; ms: number }) {
  const { run, strand } = scope
  const name = bodyName(id, body.input, body.times)
  run.begins.push({ name, after: strand.last })
  await run.time.pass(body.ms, id)
  strand.last = [name]
}

/** Waits for a resume; the answer is what it brings. */
export function ask(scope: Scope, id: string, asked: { label: string; payload: unknown }): Promise<unknown> {
  const { run, strand, place, around } = scope
  return new Promise((resolve) => {
    const suspension: Suspension = {
      ...asked,
      place,
      path: [...around, id],
      strand,
      resume(data) {
        run.suspensions.splice(run.suspensions.indexOf(suspension), 1)
        strand.isAsking = false
        resolve(data)
      },
    }
    run.suspensions.push(suspension)
    strand.isAsking = true
    strand.stopped()
  })
}
