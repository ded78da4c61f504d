import { checkPublish, checkSubscribe, type Health, PUBSUB_CONTRACT, type PubSub, WorkflowError } from '@wf/core'
import { createGive } from './delivery.js'
import { HintStream } from './hint-stream.js'
import { Link, type Source } from './link.js'
import { Listener } from './listener.js'
import { Member } from './member.js'
import { createNames } from './names.js'
import { type NatsPubSubOptions, readSettings } from './nats-pub-sub-options.js'
import { Progress } from './progress.js'
import { Publisher } from './publisher.js'
import { readUrl } from './read-url.js'

export interface NatsPubSub extends PubSub {
  /** Whether the server answers and has JetStream; it never rejects. */
  health(): Promise<Health>
}

/** Carries hints over a NATS server with JetStream. It connects when it is first used. */
export function createNatsPubSub(options: NatsPubSubOptions): NatsPubSub {
  const settings = readSettings(options)
  const link = new Link(sourceOf(options), settings)
  const names = createNames(settings.prefix)
  const stream = new HintStream(link, names, settings)
  const progress = new Progress()
  const publisher = new Publisher({ link, stream, timeoutMs: settings.timeoutMs })
  const ends = new Set<() => Promise<void>>()
  let closing: Promise<void> | undefined

  const open = (): void => {
    if (closing) throw new WorkflowError('WF_CLOSED', 'the NATS pub/sub has been closed: create another one')
  }

  const join: Join = async (topic, { group, slots }, take) => {
    const give = createGive(take)
    if (group === undefined) {
      const listener = new Listener({ link, ...settings }, { topic, subject: names.subject(topic), slots, give })
      await listener.begin().catch((error: unknown) => {
        listener.end()
        throw error
      })
      return async () => listener.end()
    }
    const find = () => stream.consumer(topic, group)
    const member = new Member({ link, stream, progress, ...settings, find }, { topic, slots, give }, await find())
    return () => member.end()
  }

  return {
    contract: PUBSUB_CONTRACT,
    async publish(topic, hints) {
      open()
      checkPublish(topic, hints)
      if (hints.length > 0) await publisher.publish(names.subject(topic), hints)
    },
    async subscribe(topic, subscription, take) {
      open()
      checkSubscribe(topic, subscription, take)
      const leave = await join(topic, subscription, take)
      const end = async (): Promise<void> => {
        ends.delete(end)
        await leave()
      }
      ends.add(end)
      if (closing) await end()
      open()
      return end
    },
    close() {
      closing ??= closeAll()
      return closing
    },
    async health() {
      const { server } = link
      const begun = performance.now()
      try {
        open()
        stream.doubt()
        await stream.ready()
        return { ok: true, server, roundTripMs: performance.now() - begun }
      } catch (error) {
        return { ok: false, server, because: error instanceof Error ? error.message : String(error) }
      }
    },
  }

  async function closeAll(): Promise<void> {
    const ended = Promise.all([publisher.idle(), ...[...ends].map((end) => end())])
    await atMost(link.isLost ? 0 : settings.timeoutMs, ended)
    progress.close()
    stream.close()
    await link.close()
  }
}

type Join = (...subscription: Parameters<PubSub['subscribe']>) => Promise<() => Promise<void>>

function sourceOf({ url, connection, client }: NatsPubSubOptions): Source {
  if (client) return { client }
  return { connection: connection ?? readUrl(url) }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
