import type { Engine, EngineOptions, Runs, Schedules, TickOptions, Worker, Workflow, WorkOptions } from '@wf/core'
import type { VirtualProcess } from './virtual-process.js'
import type { World } from './world.js'

/** Makes the engine of one process. Storage, clock, chance and ids are in the options; the pub/sub is the process's. */
export type CreateProcess = (options: EngineOptions, process: VirtualProcess) => Engine | Promise<Engine>

export interface GroupParts {
  /** How many processes work; 0: the client does. */
  readonly workers: number
  readonly createClient: CreateProcess
  readonly createWorker: CreateProcess
}

export interface GroupOptions {
  readonly world: World
  readonly name: string
  readonly workflows: readonly Workflow[]
  readonly options: Partial<EngineOptions>
}

interface Member {
  readonly process: VirtualProcess
  readonly engine: Engine
}

interface Working {
  readonly process: VirtualProcess
  readonly worker: Worker
}

const LEASE_MS = 30_000

/** One process that starts and watches, and others that work; together they look like one engine. */
export class ProcessGroup {
  private readonly workers: Member[] = []
  /** They were begun in the moment in which all were closed. */
  private readonly dismissed: Promise<unknown>[] = []
  private made = 0
  private isClosed = false
  /** Starting with these, workers look for what others have left; whoever takes the place of one does so too. */
  private readonly works = new Map<object, { readonly query: WorkOptions | undefined; readonly by: Working[] }>()

  private constructor(
    private readonly parts: GroupParts,
    private readonly given: GroupOptions,
    private readonly client: Member,
  ) {}

  static async create(parts: GroupParts, given: GroupOptions): Promise<ProcessGroup> {
    const client = await begin(given, { create: parts.createClient, name: given.name, mortal: false })
    if (client === undefined) throw new Error(`${given.name} is not mortal, and was killed`)
    const group = new ProcessGroup(parts, given, client)
    for (let count = 0; count < parts.workers; count += 1) await group.employ()
    return group
  }

  get engine(): Engine {
    const { client } = this
    return {
      createRun: (workflow, options) => spare(client, () => client.engine.createRun(workflow, options)),
      run: (workflow, runId) => spare(client, () => client.engine.run(workflow, runId)),
      runs: sparing(client, client.engine.runs),
      sendEvent: (event) => spare(client, () => client.engine.sendEvent(event)),
      schedules: sparingSchedules(client, client.engine.schedules),
      work: (query) => this.work(query),
      tick: (query) => this.tick(query),
      close: (query) => this.close(query),
    }
  }

  /** Nothing that any of its processes asks of its storage gets there, until the answer is called. */
  cut(): () => void {
    const joins = [this.client, ...this.workers].map(({ process }) => process.cut())
    return () => {
      for (const join of joins) join()
    }
  }

  private async employ(): Promise<void> {
    const { given, parts } = this
    if (this.isClosed) return
    this.made += 1
    const name = `${given.name}.w${this.made}`
    const worker = await begin(given, { create: parts.createWorker, name, mortal: true })
    if (worker === undefined) return this.replace()
    if (this.isClosed) return this.dismiss(worker)
    this.workers.push(worker)
    worker.process.onDeath(() => {
      this.workers.splice(this.workers.indexOf(worker), 1)
      this.replace()
    })
    for (const { query, by } of this.works.values())
      if (this.workers.length === 1) by.push({ process: worker.process, worker: await worker.engine.work(query) })
  }

  private async dismiss({ process, engine }: Member): Promise<void> {
    const gone = unlessDead(process, engine.close())
    this.dismissed.push(gone)
    await gone
  }

  private replace(): void {
    const { world } = this.given
    // Somebody has to be there when all is well again.
    if (this.isClosed || (world.dice.plan.replace === false && this.workers.length > 0)) return
    const inMs = world.replacements.below(5_000)
    const label = `another process for ${this.given.name}`
    world.add({ kind: 'begin', of: undefined, label, happen: () => void this.employ() }, inMs)
  }

  private async work(query?: WorkOptions): Promise<Worker> {
    const member = this.workers[0] ?? this.client
    const worker = await member.engine.work(query)
    const by: Working[] = [{ process: member.process, worker }]
    const key = {}
    this.works.set(key, { query, by })
    return {
      stop: async (stopping) => {
        this.works.delete(key)
        await Promise.all(by.map((one) => unlessDead(one.process, one.worker.stop(stopping))))
      },
    }
  }

  /** Asks again elsewhere when the process that was asked is gone. */
  private async tick(query?: TickOptions): Promise<number> {
    for (;;) {
      const member = this.workers[0] ?? this.client
      const answer = await unlessDead(
        member.process,
        spare(member, () => member.engine.tick(query)),
      )
      if (answer !== DEAD) return answer
    }
  }

  private async close(query: Parameters<Engine['close']>[0]): Promise<void> {
    this.isClosed = true
    const members = [...this.workers, this.client]
    await Promise.all(members.map(({ process, engine }) => unlessDead(process, engine.close(query))))
    await Promise.all(this.dismissed)
  }
}

interface Role {
  readonly create: CreateProcess
  readonly name: string
  readonly mortal: boolean
}

/** `undefined`: it was killed before it stood. */
async function begin({ world, name, workflows, options }: GroupOptions, role: Role): Promise<Member | undefined> {
  const { leaseMs = LEASE_MS } = options
  const process = world.process(role.name, { mortal: role.mortal, leaseMs, network: name })
  const { storage, clock, random, newId } = process
  const begun = role.create({ random, newId, ...options, workflows, storage, clock }, process)
  const engine = await unlessDead(process, Promise.resolve(begun))
  return engine === DEAD || !process.isAlive ? undefined : { process, engine }
}

const DEAD = Symbol('dead')

function unlessDead<Answer>(process: VirtualProcess, answer: Promise<Answer>): Promise<Answer | typeof DEAD> {
  const death = new Promise<typeof DEAD>((resolve) => process.onDeath(() => resolve(DEAD)))
  return process.isAlive ? Promise.race([answer, death]) : Promise.resolve(DEAD)
}

/** What is asked from outside is not asked again when it fails, so it does not. */
async function spare<Answer>({ process }: Member, ask: () => Promise<Answer>): Promise<Answer> {
  process.spared += 1
  try {
    return await ask()
  } finally {
    process.spared -= 1
  }
}

function sparing(member: Member, runs: Runs): Runs {
  return {
    ...runs,
    get: (runId, options) => spare(member, () => runs.get(runId, options)),
    list: (filter) => spare(member, () => runs.list(filter)),
    delete: (query) => spare(member, () => runs.delete(query)),
    why: (runId) => spare(member, () => runs.why(runId)),
    history: (runId) => spare(member, () => runs.history(runId)),
    of(workflow) {
      const own = runs.of(workflow)
      return {
        get: (runId, options) => spare(member, () => own.get(runId, options)),
        list: (filter) => spare(member, () => own.list(filter)),
      }
    },
  }
}

function sparingSchedules(member: Member, schedules: Schedules): Schedules {
  return {
    put: (schedule) => spare(member, () => schedules.put(schedule)),
    get: (id) => spare(member, () => schedules.get(id)),
    list: (filter) => spare(member, () => schedules.list(filter)),
    pause: (id) => spare(member, () => schedules.pause(id)),
    resume: (id) => spare(member, () => schedules.resume(id)),
    delete: (id) => spare(member, () => schedules.delete(id)),
    trigger: (id) => spare(member, () => schedules.trigger(id)),
  }
}
