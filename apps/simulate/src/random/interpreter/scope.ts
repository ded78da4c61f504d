import { bodyName } from '../values.ts'
import type { Ended, Strand } from './strand.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Where in a run something stands, and what it knows. */
export interface Scope {
  readonly course: Course
  readonly strand: Strand
  readonly records: Map<string, StepRecord>
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

/** What the result of a run keeps of a step. */
export interface StepRecord {
  status: string
  readonly payload: unknown
  output?: unknown
  error?: string
  suspendPayload?: unknown
  /** Of a workflow or foreach, in which several may be suspended. */
  readonly holds?: Pick<Scope, 'place' | 'strand'>
}

/** A suspended step that waits for a resume. */
export interface Suspension extends Pick<Scope, 'place' | 'strand'> {
  readonly label: string
  /** Ids of the workflows around it, and its own. */
  readonly path: readonly string[]
  readonly payload: unknown
  readonly resume: (data: unknown) => void
}

/** All that the interpretation of one run writes down. */
export interface Course {
  readonly time: VirtualTime
  readonly cancel: () => void
  /** Bodies that begin, and those that must have ended before. */
  readonly begins: { readonly name: string; readonly after: readonly string[] }[]
  readonly chunks: string[]
  suspensions: readonly Suspension[]
}

/** The record of what is entered here. */
export function enter(scope: Scope, id: string, begun: Omit<StepRecord, 'status'>): StepRecord {
  const record: StepRecord = { status: 'running', ...begun }
  scope.records.set(id, record)
  if (scope.path && !scope.path.includes(id)) scope.path.push(id)
  return record
}

/** Writes down how what is recorded there ended. */
export function leave(record: StepRecord, { bailsAs }: Scope, ended: Ended): Ended {
  if ('failure' in ended) return Object.assign(record, { status: 'failed', error: ended.failure }) && ended
  const isBail = 'bail' in ended
  Object.assign(record, { status: isBail ? bailsAs : 'success', output: isBail ? ended.bail : ended.value })
  return ended
}

export async function runBody(
  { course, strand }: Scope,
  id: string,
  body: { readonly input: unknown; readonly times: readonly [leg: number, attempt: number]; readonly ms: number },
): Promise<string> {
  const name = bodyName(id, body.input, body.times)
  course.begins.push({ name, after: strand.last })
  await course.time.pass(body.ms, id)
  strand.last = [name]
  return name
}

/** Waits for a resume; the answer is what it brings. */
export function ask(
  { course, strand, place, around }: Scope,
  id: string,
  asked: Pick<Suspension, 'label' | 'payload'>,
) {
  return new Promise<unknown>((resolve) => {
    const path = [...around, id]
    const suspension: Suspension = { ...asked, place, strand, path, resume }
    function resume(data: unknown): void {
      course.suspensions = course.suspensions.filter((one) => one !== suspension)
      strand.isAsking = false
      resolve(data)
    }
    course.suspensions = [...course.suspensions, suspension]
    strand.isAsking = true
    strand.stopped()
  })
}
