import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import type { Engine, WorkflowStateOf } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { z } from 'zod'
import { runId } from './demo-order.ts'
import { type LedgerEntry, readLedger } from './ledger.ts'
import type { Call } from './marks.ts'
import { orderWorkflow } from './order-workflow.ts'
import { outline } from './outline.ts'
import type { Look } from './picture.ts'
import { Processes, type WorkerProcess } from './processes.ts'
import { recordKey } from './record-key.ts'
import { createScreen, type Output, type Screen } from './screen.ts'

/** What reaches the watchers of a run when a step writes. */
const written = z.object({ payload: z.object({ stepName: z.string(), output: z.unknown() }) })

/** The record that a call belongs to. */
export const keyOf = ({ path }: LedgerEntry): string => recordKey(orderWorkflow.graph, path)

const LOOK_EVERY_MS = 60
const LONGEST_WAIT_MS = 60_000

/**
 * Where the story is seen: a folder with the journals and the ledger, the processes that use it, and the screen. It
 * runs no step itself. What it knows of the run it reads from the same file as they do.
 */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'wf-demo-'))
  readonly processes = new Processes(this.folder, (message) => this.#hear(message))
  readonly #storage = createSqliteStorage({ path: join(this.folder, 'journals.db') })
  readonly #engine: Engine = createDefaultEngine({ workflows: [orderWorkflow], storage: this.#storage })
  readonly #screen: Screen
  readonly #notes = new Map<string, string>()
  readonly #openedAt = Date.now()
  readonly #keeps: boolean

  constructor(output: Output, { keeps }: { readonly keeps: boolean }) {
    this.#screen = createScreen(outline(orderWorkflow.graph), output)
    this.#keeps = keeps
  }

  say(text: string): void {
    this.#screen.say(text)
  }

  end(text: string): void {
    this.#screen.end(text)
  }

  ledger(): readonly LedgerEntry[] {
    return readLedger(this.folder)
  }

  /** What is recorded of the run, with the types of its workflow. */
  async run(): Promise<WorkflowStateOf<typeof orderWorkflow, 'steps' | 'result'>> {
    const run = await this.#engine.runs.of(orderWorkflow).get(runId, { fields: ['steps', 'result'] })
    if (!run) throw new Error(`the storage does not know the run "${runId}"`)
    return run
  }

  /** Looks and shows, again and again, until it has come to this. */
  async until(holds: (look: Look) => boolean, prompt: () => string = () => ''): Promise<Look> {
    const deadline = Date.now() + LONGEST_WAIT_MS
    for (;;) {
      const look = await this.#look(prompt())
      this.#screen.show(look)
      if (holds(look)) return look
      this.#checkGoingOn(look, deadline)
      await pass(LOOK_EVERY_MS)
    }
  }

  /** Resolves with what is there once this process has ended. */
  async untilEnded(worker: WorkerProcess): Promise<Look> {
    await this.until(() => worker.ended !== undefined)
    // It may have written between the last look and its end.
    return this.until(() => true)
  }

  /** What is left when the demo has ended, or was ended, goes with it. */
  close(): void {
    this.#screen.close()
    this.processes.killAll()
    if (!this.#keeps) rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async closeStorage(): Promise<void> {
    await this.#engine.close()
    await this.#storage.close()
  }

  async #look(prompt: string): Promise<Look> {
    const run = await this.#engine.runs.get(runId, { fields: ['steps'] })
    const waitsFor = run ? (await this.#engine.runs.why(runId)).waitsFor : []
    const { all: processes } = this.processes
    const seconds = (Date.now() - this.#openedAt) / 1000
    return { run, waitsFor, processes, notes: this.#notes, seconds, prompt, ...this.#calls() }
  }

  /** Who runs what is not told of a run, but the outside systems know who called. */
  #calls(): Pick<Look, 'calls' | 'ranIn'> {
    const calls = new Map<string, Call>()
    const ranIn = new Map<string, readonly number[]>()
    for (const entry of this.ledger()) {
      const { what, process, restart } = entry
      const key = keyOf(entry)
      ranIn.set(key, [...(ranIn.get(key) ?? []).filter((number) => number !== process), process])
      const isLost = this.processes.all[process - 1]?.ended?.signal
      const open = restart ? 'again' : isLost ? 'lost' : undefined
      if (what === 'called' && open) calls.set(key, open)
      else calls.delete(key)
    }
    return { calls, ranIn }
  }

  #checkGoingOn({ processes }: Look, deadline: number): void {
    const failed = processes.find(({ ended }) => ended?.code)
    if (failed?.ended) throw new Error(`process ${failed.number} failed:\n${failed.ended.errors}`)
    if (Date.now() > deadline) throw new Error(`nothing has happened for ${LONGEST_WAIT_MS / 1000} s`)
  }

  #hear(message: unknown): void {
    const { data } = written.safeParse(message)
    if (data) this.#notes.set(data.payload.stepName, String(data.payload.output))
  }
}
