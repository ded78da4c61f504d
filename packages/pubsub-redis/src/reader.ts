import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@wf/core'
import type { Redis } from 'ioredis'
import type { Group } from './group.js'
import type { Ledger } from './ledger.js'
import { readReply, type StreamRead } from './read-reply.js'
import type { Server } from './server.js'
import { serverAway, within } from './server-away.js'

/** A read that brings nothing ends after this long, so that a dead connection is noticed. */
const BLOCK_MS = 10_000
/** So much is read of a stream at first, so that others get their share of a few; then more each time, up to the most. */
const FEW = 8
const MOST = 256
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 1_000
/** With a pause of this length it has been away for long enough to say so. */
const TELL_MS = 320

export interface ReaderParts {
  readonly server: Server
  readonly ledger: Ledger
  readonly logger: Pick<Logger, 'warn'>
  readonly consumer: string
  /** The stream by which a read is ended. */
  readonly wake: string
  readonly timeoutMs: number
  /** Makes streams that are gone. */
  readonly restore: () => Promise<void>
}

interface Open {
  readonly group: Group
  readonly room: number
}

/** Reads the streams of all groups at once over one connection, those that have room. */
export class Reader {
  private readonly redis: Redis
  private readonly groups = new Map<string, Group>()
  private reading: ReadonlySet<string> | undefined
  private isWaking = false
  private isStale = false
  private isStopped = false
  private isLost = false
  private isTold = false
  private wakeIdle: (() => void) | undefined
  private most = FEW
  private full: ReadonlySet<string> = new Set()
  private loop: Promise<void> | undefined

  constructor(private readonly parts: ReaderParts) {
    this.redis = parts.server.connections.open('read')
  }

  add(group: Group): void {
    this.groups.set(group.stream, group)
    this.loop ??= this.run()
  }

  remove(group: Group): void {
    this.groups.delete(group.stream)
  }

  /** Ends the read that is under way if it should read other streams. */
  changed(group: Group): void {
    this.isStale = true
    this.wakeIdle?.()
    if (this.reading && this.reading.has(group.stream) !== group.size > 0) this.wake()
  }

  /** Resolves when nothing is read any more. */
  async stop(withinMs: number): Promise<void> {
    this.isStopped = true
    this.wakeIdle?.()
    if (this.reading) this.wake()
    await within(withinMs, this.loop ?? Promise.resolve()).catch(() => undefined)
    this.parts.server.connections.drop(this.redis)
  }

  private wake(): void {
    if (this.isWaking) return
    this.isWaking = true
    const { server, wake } = this.parts
    const add = ['XADD', wake, 'NOMKSTREAM', 'MAXLEN', 1, '*', 'w', ''] as const
    // The read ends by itself after a while.
    server.send([add], 'a read was not ended').catch(() => undefined)
  }

  private async run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    while (!this.isStopped) {
      try {
        if (this.isLost) await this.recover()
        await this.turn()
        pauseMs = FIRST_PAUSE_MS
      } catch (error) {
        if (this.isStopped) return
        this.lost(error, pauseMs)
        await sleep(pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      }
    }
  }

  private lost(error: unknown, pauseMs: number): void {
    this.isLost = true
    // What is over at once is nothing to tell of.
    if (this.isTold || pauseMs < TELL_MS) return
    this.isTold = true
    const { logger, server } = this.parts
    const away = serverAway(server.connections.server, 'hints are not read, which is tried again and again', error)
    logger.warn({}, away.message)
  }

  private async turn(): Promise<void> {
    this.isStale = false
    const open = await this.open()
    if (this.isStopped || this.isStale) return
    if (open.length === 0) return this.idle()
    const count = Math.min(this.most, ...open.map(({ room }) => room))
    const isMore = ({ group, room }: Open): boolean => this.full.has(group.stream) && Math.min(room, this.most) > count
    const more = open.filter(isMore).map(({ group, room }) => this.read([group.stream], Math.min(this.most, room)))
    const streams = open.map(({ group }) => group.stream)
    this.reading = new Set(streams)
    // One that has little room must not hold up the others; and what comes of that must not wait for this read.
    const all = this.read([this.parts.wake, ...streams], count, more.length > 0 ? undefined : BLOCK_MS)
    const seen = await Promise.all([...more, all])
    this.reading = undefined
    this.isWaking = false
    this.note(seen.flat(), count)
    // What they publish at once goes out before the next read.
    await nextTurn()
  }

  private note(reads: readonly StreamRead[], count: number): void {
    const full = reads.filter(({ entries }) => entries.length >= count)
    this.full = new Set(full.map(({ stream }) => stream))
    const isFull = full.some(({ stream }) => stream !== this.parts.wake)
    this.most = isFull ? Math.min(2 * this.most, MOST) : FEW
    for (const read of reads) this.deal(read)
  }

  private async open(): Promise<Open[]> {
    const open = this.look()
    const isDue = [...this.groups.values()].some((group) => group.isPromised)
    if (!isDue) return open
    // A promise that is kept in no time need not end a read.
    await nextTurn()
    this.isStale = false
    return this.look()
  }

  private look(): Open[] {
    const open: Open[] = []
    for (const group of this.groups.values()) {
      const room = group.room()
      if (room > 0) open.push({ group, room })
    }
    return open
  }

  private idle(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeIdle = () => {
        this.wakeIdle = undefined
        resolve()
      }
    })
  }

  private deal({ stream, entries, gone }: StreamRead): void {
    const { ledger, wake } = this.parts
    if (gone.length > 0) ledger.took(stream, gone)
    if (entries.length === 0) return
    const ids = entries.map(({ id }) => id)
    if (stream === wake) return ledger.took(stream, ids)
    const group = this.groups.get(stream)
    if (group) return group.deal(entries)
    ledger.read(stream, ids)
    ledger.putBack(stream, ids, 0)
  }

  /** What was answered to a read whose connection broke is pending, and nobody here knows of it. */
  private async recover(): Promise<void> {
    const { ledger, restore } = this.parts
    this.reading = undefined
    this.isWaking = false
    await restore()
    for (const stream of this.groups.keys()) {
      for (let after: string | undefined = '0'; after !== undefined; ) {
        const [read] = await this.read([stream], MOST, after)
        const unknown = read?.entries.filter(({ id }) => !ledger.has(stream, id)) ?? []
        const last: string | undefined = read?.entries.at(-1)?.id
        if (read) this.deal({ ...read, entries: unknown })
        after = (read?.entries.length ?? 0) < MOST ? undefined : last
      }
    }
    this.isLost = false
    this.isTold = false
  }

  private async read(streams: readonly string[], count: number, how?: number | string): Promise<StreamRead[]> {
    const { timeoutMs, consumer } = this.parts
    const block = typeof how === 'number' ? ['BLOCK', how] : []
    const from = typeof how === 'string' ? how : '>'
    const given = ['GROUP', 'wf', consumer, 'COUNT', count, ...block, 'STREAMS', ...streams, ...streams.map(() => from)]
    try {
      return readReply(await within(BLOCK_MS + timeoutMs, this.redis.call('XREADGROUP', ...given)))
    } catch (error) {
      this.reading = undefined
      if (error instanceof Error && error.message.startsWith('no answer within')) this.redis.disconnect(true)
      throw error
    }
  }
}
