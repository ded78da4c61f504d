import { checkPublish, checkSubscribe, PUBSUB_CONTRACT, type PubSub, WorkflowError } from '@wf/core'
import type { Reply } from './frames.js'
import { type Call, Link } from './link.js'
import { LocalMember } from './member.js'

export interface MybrokerPubSubOptions {
  /** Where the broker listens, on this machine. */
  readonly port: number
}

const SUBSCRIBE_AGAIN_MS = 100

export function createMybrokerPubSub({ port }: MybrokerPubSubOptions): PubSub {
  const members = new Map<number, LocalMember>()
  let timer: NodeJS.Timeout | undefined
  let count = 0
  let closed = false

  const told = (reply: Exclude<Reply, { type: 'done' }>): void => {
    const member = members.get(reply.member)
    if (reply.type === 'waits') void member?.waits()
    else if (member === undefined) link.tell({ type: 'returned', delivery: reply.delivery })
    else void member.deliver(reply.delivery, reply.hints)
  }

  /** Under the same topics and groups as before, for as long as it takes. */
  const subscribeAgain = (): void => {
    clearTimeout(timer)
    if (closed || members.size === 0) return
    timer = setTimeout(() => {
      for (const [id, member] of members) link.call(joining(id, member)).catch(() => undefined)
    }, SUBSCRIBE_AGAIN_MS)
  }

  const link = new Link({ port, told, lost: subscribeAgain })

  const open = (): void => {
    if (closed) throw new WorkflowError('WF_CLOSED', 'the pub/sub has been closed: create another one')
  }

  return {
    contract: PUBSUB_CONTRACT,
    async publish(topic, hints) {
      open()
      checkPublish(topic, hints)
      if (hints.length > 0) await link.call({ type: 'publish', topic, hints })
    },
    async subscribe(topic, options, take) {
      open()
      checkSubscribe(topic, options, take)
      count += 1
      const id = count
      const member = new LocalMember(id, topic, { options, take, tell: (request) => link.tell(request) })
      members.set(id, member)
      try {
        await link.call(joining(id, member))
      } catch (error) {
        members.delete(id)
        throw error
      }
      return async () => {
        member.end()
        // Where the broker cannot be reached it has forgotten the member anyway.
        if (members.delete(id)) await link.call({ type: 'leave', member: id }).catch(() => undefined)
      }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      for (const member of members.values()) member.end()
      members.clear()
      await link.close()
    },
  }
}

function joining(member: number, { topic, options: { group } }: LocalMember): Call {
  return { type: 'subscribe', member, topic, ...(group !== undefined && { group }) }
}
