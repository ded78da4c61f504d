import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { WorkflowError } from '@wf/core'
import { onFrames, type Reply, type Request, send } from './frames.js'

/** A call without the number that the link gives it. */
export type Call =
  Extract<Request, { id: number }> extends infer One
    ? One extends { readonly id: number }
      ? Omit<One, 'id'>
      : never
    : never

interface Asked {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export interface LinkParts {
  readonly port: number
  readonly told: (reply: Exclude<Reply, { type: 'done' }>) => void
  /** The broker knows nothing any more of what was subscribed. */
  readonly lost: () => void
}

/** A broker that does not answer is not waited for any longer at the end. */
const LONGEST_GOODBYE_MS = 1_000

/** The connection to the broker: opened at the first call, and opened anew by the next one after it was lost. */
export class Link {
  readonly #parts: LinkParts
  readonly #asked = new Map<number, Asked>()
  readonly #underWay = new Set<Promise<void>>()
  #socket: Socket | undefined
  #calls = 0

  constructor(parts: LinkParts) {
    this.#parts = parts
  }

  /** Resolves when the broker has done it; rejects when nobody knows whether it has. */
  call(call: Call): Promise<void> {
    this.#calls += 1
    const id = this.#calls
    const answer = new Promise<void>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      send(this.#open(), { ...call, id })
    })
    this.#underWay.add(answer)
    return answer.finally(() => this.#underWay.delete(answer))
  }

  /** Says something that has no answer; what is lost with the connection the broker gives to others by itself. */
  tell(request: Request): void {
    if (this.#socket !== undefined) send(this.#socket, request)
  }

  /** What is being published is answered first. */
  async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#underWay), setTimeout(LONGEST_GOODBYE_MS, undefined, { ref: false })])
    const socket = this.#socket
    this.#socket = undefined
    // What was written still goes out: `publish` has promised it.
    socket?.end()
    this.#rejectAll('was closed meanwhile')
  }

  #open(): Socket {
    if (this.#socket !== undefined) return this.#socket
    const socket = connect({ port: this.#parts.port, host: '127.0.0.1', noDelay: true })
    this.#socket = socket
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#rejectAll('cannot be reached')
      this.#parts.lost()
    })
    onFrames<Reply>(socket, (reply) => {
      if (reply.type !== 'done') return this.#parts.told(reply)
      this.#asked.get(reply.id)?.resolve()
      this.#asked.delete(reply.id)
    })
    return socket
  }

  #rejectAll(what: string): void {
    for (const { reject } of this.#asked.values()) {
      reject(new WorkflowError('WF_PUBSUB_UNAVAILABLE', `the broker at port ${this.#parts.port} ${what}`))
    }
    this.#asked.clear()
  }
}
