import {
  type Committed,
  createStep,
  createWorkflow,
  type EngineOptions,
  type Header,
  type HistoryEntry,
  type News,
  type RunHere,
  type Storage,
  type Workflow,
} from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { createMemoryStorage } from '@wf/storage-memory'
import { createVirtualClock, type VirtualClock } from '../../src/clock/virtual-clock.js'
import { any } from '../../src/engine/schemas.js'
import { createRandomStream } from '../../src/simulator/random-stream.js'

export type Worker = ReturnType<typeof createEngine>

/** What one attempt at an item knows. */
export interface Attempt {
  readonly item: number
  /** How often its body had run before. */
  readonly before: number
  readonly signal: AbortSignal
  pass(ms: number): Promise<void>
}

export interface Fan {
  readonly items: number
  readonly concurrency: number
  readonly workers: number
  /** Items that one worker runs at a time. */
  readonly slots?: number
  readonly body?: (attempt: Attempt) => Promise<unknown>
  readonly retry?: { readonly attempts: number; readonly delayMs?: number }
  readonly inputSchema?: ReturnType<typeof any<number>>
  /** What the crew works on, instead of a storage that is only far away. */
  readonly wrap?: (storage: Storage) => Storage
  /** What else happens while it works. */
  readonly during?: (fan: Running) => Promise<void>
}

export interface Running {
  readonly clock: VirtualClock
  readonly crew: readonly Worker[]
  readonly cancel: () => Promise<unknown>
  header(): Promise<Header | undefined>
}

export interface Fanned {
  readonly result: { readonly status: string; readonly result?: unknown; readonly error?: unknown }
  /** By item, how often its body ran. */
  readonly bodies: readonly number[]
  readonly commits: number
  /** Commits that did not land, and those that landed without any effect. */
  readonly thrownAway: number
  readonly history: readonly HistoryEntry[]
}

/** Each commit is on its way for a while, and its answer on the way back, so that others land in between. */
function distant(storage: Storage, clock: VirtualClock, answers: Committed[]): Storage {
  const { below } = createRandomStream(1)
  const way = (): Promise<void> => new Promise((resolve) => clock.after(1 + below(3), resolve))
  return {
    ...storage,
    async commit(commits) {
      await way()
      const landed = await storage.commit(commits)
      answers.push(...landed)
      await way()
      return landed
    },
  }
}

function workflowOf({ concurrency, retry, inputSchema }: Fan, execute: (item: number, signal: AbortSignal) => unknown) {
  const body = createStep({
    id: 'item',
    inputSchema: inputSchema ?? any<number>(),
    outputSchema: any<unknown>(),
    ...(retry && { retry }),
    execute: async ({ inputData, abortSignal }) => execute(inputData, abortSignal),
  })
  return createWorkflow({ id: 'fan', inputSchema: any<number[]>(), outputSchema: any<unknown[]>() })
    .foreach(body, { concurrency })
    .commit() as unknown as Workflow
}

/** A crew whose members are handed the run at the start, and again while they are idle and there is work. */
function createCrew(options: EngineOptions, { workers, slots = 1 }: Fan) {
  const isIdle = ({ driver }: Worker): boolean => driver.running + driver.claiming === 0
  function turned({ runId, workflowId }: RunHere, { open, rest, version }: News): void {
    if (rest) starter.driver.tell(runId, version)
    const idle = open > 0 ? crew.find((one) => isIdle(one) && !one.driver.closed) : undefined
    if (idle) void idle.driver.hand(runId, workflowId, { version })
  }
  const starter = createEngine(settingsOf(options, { takes: () => false, turned }))
  const crew: readonly Worker[] = Array.from({ length: workers }, () => {
    const hasRoom = (claimed: number) => worker.driver.running + worker.driver.claiming + claimed < slots
    const worker: Worker = createEngine(
      settingsOf(options, { takes: (_run, _at, claimed) => hasRoom(claimed), turned }),
    )
    return worker
  })
  return { starter, crew }
}

/** A foreach whose items many processes run at once. */
export async function fanOut(fan: Fan): Promise<Fanned> {
  const { items, body = ({ item, pass }) => pass(5).then(() => item * 2), wrap = (storage) => storage } = fan
  const clock = createVirtualClock()
  const pass = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))
  const bodies = Array.from({ length: items }, () => 0)
  const workflow = workflowOf(fan, (item, signal) => {
    const before = bodies[item] ?? 0
    bodies[item] = before + 1
    return body({ item, before, signal, pass })
  })
  const answers: Committed[] = []
  const memory = createMemoryStorage({ clock })
  const storage = wrap(distant(memory, clock, answers))
  const { starter, crew } = createCrew({ workflows: [workflow], storage, clock, random: () => 0.5 }, fan)
  const run = await starter.createRun(workflow)
  const { runId } = run
  let ended: Fanned['result'] | undefined
  const ending = run.start({ inputData: Array.from({ length: items }, (_, item) => item) }).then((result) => {
    ended = result as Fanned['result']
  })
  await clock.advance(10)
  for (const { driver } of crew) void driver.hand(runId, workflow.id)
  const header = async () =>
    (await memory.load([{ journal: { namespace: 'default', kind: 'run', id: runId } }]))[0]?.header
  await fan.during?.({ clock, crew, cancel: () => run.cancel(), header })
  for (let ms = 0; !ended && ms < 600_000; ms += 50) await clock.advance(50)
  await ending
  const history = (await starter.runs.history(runId)) ?? []
  await Promise.all([starter, ...crew].map((one) => one.close({ drainMs: 0 })))
  const useful = new Set(history.filter(({ hasEffect }) => hasEffect).map(({ version }) => version))
  const result = ended ?? { status: 'unknown' }
  return { result, bodies, commits: answers.length, thrownAway: answers.length - useful.size, history }
}
