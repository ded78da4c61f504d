import type { NatsConnection } from '@nats-io/transport-node'
import { invalidField } from '@wf/core'
import { isGone, isTimeout, unavailable } from './because.js'
import type { HintStream } from './hint-stream.js'
import { writeHint } from './hint-text.js'
import type { Link } from './link.js'

/** So many hints go out for one answer: servers refuse more that they have not looked at. */
const AT_ONCE = 1_000

export interface PublisherParts {
  readonly link: Link
  readonly stream: HintStream
  readonly timeoutMs: number
}

/** Sends hints, one message each, so that each can go to another member; the server answers the last one of many. */
export class Publisher {
  private readonly publishing = new Set<Promise<void>>()

  constructor(private readonly parts: PublisherParts) {}

  async publish(subject: string, hints: readonly string[]): Promise<void> {
    const sent = this.sendAll(subject, hints)
    this.publishing.add(sent)
    await sent.finally(() => this.publishing.delete(sent))
  }

  /** Resolves when all that was under way is accepted or refused. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.publishing)
  }

  private async sendAll(subject: string, hints: readonly string[]): Promise<void> {
    const messages = hints.map(writeHint)
    for (let from = 0; from < messages.length; from += AT_ONCE) {
      await this.send(subject, messages.slice(from, from + AT_ONCE))
    }
  }

  private async send(subject: string, messages: readonly Uint8Array[]): Promise<void> {
    const { link, stream } = this.parts
    try {
      await stream.ready()
      await this.put(subject, messages)
    } catch (error) {
      // A stream that was removed is made again. Where others listen to the subject, the server does not tell.
      if (!isGone(error) && !isTimeout(error)) throw unavailable(link.server, error)
      stream.doubt()
      const isMade = await stream.ready()
      if (!isMade) throw unavailable(link.server, error)
      await this.put(subject, messages).catch((again: unknown) => {
        throw unavailable(link.server, again)
      })
    }
  }

  private async put(subject: string, messages: readonly Uint8Array[]): Promise<void> {
    const { link, timeoutMs: timeout } = this.parts
    const connection = await link.open()
    checkSizes(messages, connection)
    const last = messages[messages.length - 1]
    for (const message of messages) if (message !== last) connection.publish(subject, message)
    const answer = await link.during(connection.request(subject, last, { timeout }))
    const { error } = answer.json<{ error?: { description?: string } }>()
    if (error) throw new Error(error.description ?? 'it refuses the hints')
  }
}

function checkSizes(messages: readonly Uint8Array[], { info }: NatsConnection): void {
  const most = info?.max_payload ?? Number.POSITIVE_INFINITY
  if (messages.some(({ length }) => length > most))
    throw invalidField('hints', `may have ${most} bytes each on this server (max_payload)`)
}
