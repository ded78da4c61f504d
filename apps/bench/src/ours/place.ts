import { randomUUID } from 'node:crypto'
import type { PubSub, Storage } from '@wf/core'
import type { Figures } from '../measure/line.ts'
import { type Hub, hubOf } from './evented-host.ts'

/** A part of a server that nobody else uses. */
export interface Place {
  /** Opens a storage, as another process would. */
  openStorage(): Storage
  openHub(): Hub
  /** How many connections of ours the server has. */
  connections(): Promise<number>
  /** Closes what was opened, and leaves nothing on the server. */
  remove(): Promise<void>
}

/** What differs from server to server. */
export interface Site {
  storage(): Storage
  pubsub(): PubSub
  connections(): Promise<number>
  remove(): Promise<void>
}

export function placeOn(site: Site): Place {
  const opened: { close(): Promise<void> }[] = []
  const noted = <One extends { close(): Promise<void> }>(one: One): One => {
    opened.push(one)
    return one
  }
  return {
    openStorage: () => noted(site.storage()),
    openHub: () => noted(hubOf(() => site.pubsub())),
    connections: () => site.connections(),
    async remove() {
      for (const one of opened.reverse()) await one.close()
      await site.remove()
    },
  }
}

/** Works in a place, and removes it whatever happens. */
export async function inPlace<One extends { remove(): Promise<void> }>(
  place: One,
  work: (place: One) => Promise<Figures>,
): Promise<Figures> {
  try {
    return await work(place)
  } finally {
    await place.remove()
  }
}

/** For what one contestant leaves on a server: a schema, or a prefix of keys. */
export const freshName = (): string => `bench_${randomUUID().slice(0, 8)}`

export function urlOf(name: 'DATABASE_URL' | 'REDIS_URL' | 'NATS_URL'): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} must say where the server is`)
  return url
}
