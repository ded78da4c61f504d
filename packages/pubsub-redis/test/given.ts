import { randomUUID } from 'node:crypto'
import type { PubSub, SubscribeOptions } from '@wf/core'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'

export function redisUrl(): string {
  const url = process.env.REDIS_URL
  if (url === undefined) throw new Error('REDIS_URL is not set: these tests need a Redis')
  return url
}

export const newPrefix = (): string => `test-${randomUUID()}`

export const quiet = { warn: () => undefined }

/** Removes what a prefix has left. */
export async function removeKeys(client: Redis, prefix: string): Promise<void> {
  const keys = await client.keys(`{${prefix}}*`)
  if (keys.length > 0) await client.del(...keys)
}

export const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `hint ${index}`)

/** A subscriber that notes what it is given. */
export async function taker(pubsub: PubSub, options: SubscribeOptions = { group: 'g' }, topic = 't') {
  const hints: string[] = []
  const end = await pubsub.subscribe(topic, options, async (given) => void hints.push(...given))
  return { hints, end }
}

/** Waits until all of these were given to somebody. */
export async function arrived(
  hints: readonly string[],
  takers: readonly { readonly hints: readonly string[] }[],
  timeout = 20_000,
): Promise<void> {
  const missing = () => {
    const given = new Set(takers.flatMap((one) => one.hints))
    return hints.filter((hint) => !given.has(hint)).length
  }
  await expect.poll(missing, { timeout, interval: 10 }).toBe(0)
}

/** Calls until it does not fail, as whoever publishes hints does. */
export async function insist(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
