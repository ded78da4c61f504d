import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onFrames, type Request, send } from './frames.js'
import { type Member, Queue, type Waiting } from './queue.js'

export interface Broker {
  readonly port: number
  stop(): Promise<void>
}

/** A broker in memory, so that this adapter runs as it is: what yours does on its server. */
export async function startBroker(port = 0): Promise<Broker> {
  const topics: Topics = new Map()
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    const connection = new Connection(socket, topics)
    onFrames<Request>(socket, (request) => connection.take(request))
    socket.on('close', () => {
      sockets.delete(socket)
      connection.end()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** By topic, then by group; whoever has no group is alone in one that has no name. */
type Topics = Map<string, Map<string | symbol, Queue>>

interface Joined extends Member {
  readonly queue: Queue
  readonly leave: () => void
  /** It knows already, and will pull. */
  told: boolean
}

class Connection {
  readonly #socket: Socket
  readonly #topics: Topics
  readonly #members = new Map<number, Joined>()
  readonly #unsettled = new Map<number, { readonly queue: Queue; readonly hints: readonly Waiting[] }>()
  #deliveries = 0

  constructor(socket: Socket, topics: Topics) {
    this.#socket = socket
    this.#topics = topics
  }

  take(request: Request): void {
    if (request.type === 'pull') return this.#deliver(request.member, request.room)
    if (request.type === 'publish') {
      const hints = request.hints.map((hint) => ({ hint, failures: 0 }))
      for (const queue of this.#topics.get(request.topic)?.values() ?? []) queue.put(hints)
    } else if (request.type === 'subscribe') this.#join(request)
    else if (request.type === 'leave') this.#leave(request.member)
    else return this.#settle(request)
    send(this.#socket, { type: 'done', id: request.id })
  }

  /** What it has not acknowledged goes to others, and so does what waited for it. */
  end(): void {
    for (const { queue, hints } of this.#unsettled.values()) queue.put(hints)
    for (const member of [...this.#members.keys()]) this.#leave(member)
  }

  #join({ member, topic, group }: Extract<Request, { type: 'subscribe' }>): void {
    const groups = this.#topics.get(topic) ?? new Map<string | symbol, Queue>()
    const name = group ?? Symbol(topic)
    const queue = groups.get(name) ?? new Queue()
    this.#topics.set(topic, groups.set(name, queue))
    const leave = () => {
      queue.members.delete(joined)
      if (queue.members.size > 0) return queue.tellAll()
      queue.clear()
      groups.delete(name)
      if (groups.size === 0) this.#topics.delete(topic)
    }
    const tell = () => {
      if (!joined.told) send(this.#socket, { type: 'waits', member })
      joined.told = true
    }
    const joined: Joined = { queue, leave, tell, told: false }
    this.#members.set(member, joined)
    queue.members.add(joined)
    queue.tellAll()
  }

  #leave(member: number): void {
    this.#members.get(member)?.leave()
    this.#members.delete(member)
  }

  #deliver(member: number, room: number): void {
    const joined = this.#members.get(member)
    if (joined === undefined) return
    joined.told = false
    const hints = joined.queue.take(joined, room)
    if (hints.length === 0) return
    this.#deliveries += 1
    const delivery = this.#deliveries
    this.#unsettled.set(delivery, { queue: joined.queue, hints })
    send(this.#socket, { type: 'delivery', member, delivery, hints: hints.map(({ hint }) => hint) })
    // Only now: the next answer about room must know of this delivery.
    joined.queue.tellAll()
  }

  #settle({ type, delivery }: Extract<Request, { delivery: number }>): void {
    const settled = this.#unsettled.get(delivery)
    this.#unsettled.delete(delivery)
    if (settled === undefined) return
    const { queue, hints } = settled
    if (type === 'returned') queue.put(hints)
    if (type === 'failed') queue.retry(hints)
  }
}
