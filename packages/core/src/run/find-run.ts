import type { Header, Read, Slice } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import type { LiveRun } from '../driver/live-run.js'
import { lookAt, type Question } from '../driver/look-at-run.js'
import { answered } from './answered.js'
import { isUnrecorded } from './run-row.js'

/** A run that a storage has, or that only this process holds. */
export type Found =
  | { readonly runId: string; readonly header: Header; readonly live: LiveRun | undefined }
  | { readonly runId: string; readonly header: undefined; readonly live: LiveRun }

/** `undefined` when nothing was recorded of it. Waits for a storage that does not answer. */
export async function findRun(driver: Driver, runId: string): Promise<Found | undefined> {
  driver.checkOpen(runId)
  return foundIn(driver, runId, await driver.store?.load(firstOf(driver, runId)))
}

/** The same for somebody who only looks. */
export async function lookForRun(driver: Driver, runId: string): Promise<Found | undefined> {
  driver.checkOpen(runId)
  const { storage } = driver.settings
  const [slice] = (await answered(async () => storage?.load([firstOf(driver, runId)]), { runId })) ?? []
  return foundIn(driver, runId, slice)
}

const firstOf = (driver: Driver, runId: string): Read => ({
  journal: runJournal(driver.settings.namespace, runId),
  atLeast: driver.seen(runId),
  limit: 1,
})

async function foundIn(driver: Driver, runId: string, slice: Slice | undefined): Promise<Found | undefined> {
  const live = driver.known(runId)
  if (slice) return { runId, header: slice.header, live }
  if (!live || (await live.read(isUnrecorded))) return undefined
  return { runId, header: undefined, live }
}

interface Answered<Answer> {
  readonly answer: Answer
  /** As it was when the question was answered, if a storage has the run. */
  readonly header: Header | undefined
}

/** Answers from what this process has of the run; otherwise from the journal, without taking the run up. */
export async function askRun<Answer>(
  driver: Driver,
  { runId, header, live }: Found,
  question: Question<Answer>,
): Promise<Answered<Answer> | undefined> {
  if (!header) return { answer: await live.read(question.tell), header }
  if (live?.known.isLoaded && (!question.inner || live.writer.heldBack > 0))
    return { answer: await live.read(question.tell), header }
  return lookAt({ driver, runId, program: driver.program(header.workflowId) }, question)
}
