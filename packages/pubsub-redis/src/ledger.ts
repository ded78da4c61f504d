import { putBackScript } from './scripts/put-back.js'
import type { Server } from './server.js'
import { TRIES } from './waiting.js'

/** What was taken is told together, so long after the first of it. Who dies before has it taken once more. */
const TELL_MS = 5

interface PutBack {
  readonly stream: string
  readonly ids: readonly string[]
  readonly failures: number
}

/** What this process has read from streams and the server still holds for it. */
export class Ledger {
  private readonly open = new Map<string, Set<string>>()
  private taken = new Map<string, string[]>()
  private putBacks: PutBack[] = []
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly server: Server) {}

  read(stream: string, ids: readonly string[]): void {
    const open = this.open.get(stream) ?? new Set()
    this.open.set(stream, open)
    for (const id of ids) open.add(id)
  }

  has(stream: string, id: string): boolean {
    return this.open.get(stream)?.has(id) ?? false
  }

  /** They are acknowledged and removed. */
  took(stream: string, ids: readonly string[]): void {
    const there = this.taken.get(stream)
    if (there) there.push(...ids)
    else this.taken.set(stream, [...ids])
    this.timer ??= setTimeout(() => void this.flush(), TELL_MS)
  }

  /** They go to whoever reads next; `failures` says how many more tries they have cost. */
  putBack(stream: string, ids: readonly string[], failures: number): void {
    this.putBacks.push({ stream, ids, failures })
    queueMicrotask(() => void this.flush())
  }

  /** Never rejects: what the server could not be told is told with what comes next. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    await Promise.all([this.tellTaken(), this.tellPutBacks()])
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private async tellTaken(): Promise<void> {
    const { taken } = this
    if (taken.size === 0) return
    this.taken = new Map()
    const commands = [...taken].flatMap(([stream, ids]) => [
      ['XACK', stream, 'wf', ...ids] as const,
      ['XDEL', stream, ...ids] as const,
    ])
    try {
      await this.server.send(commands, 'hints were not acknowledged')
      for (const [stream, ids] of taken) this.forget(stream, ids)
    } catch {
      for (const [stream, ids] of taken) this.taken.set(stream, [...ids, ...(this.taken.get(stream) ?? [])])
    }
  }

  private async tellPutBacks(): Promise<void> {
    const { putBacks } = this
    this.putBacks = []
    await Promise.all(putBacks.map((one) => this.tellPutBack(one)))
  }

  private async tellPutBack(one: PutBack): Promise<void> {
    const { stream, ids, failures } = one
    try {
      const call = { script: putBackScript, keys: [stream], given: [failures, TRIES, ...ids] }
      await this.server.run(call, 'hints were not put back')
      this.forget(stream, ids)
    } catch {
      this.putBacks.push(one)
    }
  }

  private forget(stream: string, ids: readonly string[]): void {
    const open = this.open.get(stream)
    for (const id of ids) open?.delete(id)
    if (open?.size === 0) this.open.delete(stream)
  }
}
