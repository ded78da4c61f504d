import { Redis } from 'ioredis'
import type { Bundle } from '../measure/chain-figures.ts'
import { msOf } from '../measure/repeat.ts'
import { freshName, urlOf } from '../ours/place.ts'

export interface RedisHops {
  /** So many, one after the other. */
  hops(count: number): Bundle
  remove(): Promise<void>
}

const GROUP = 'group'
const HINT = 'x'.repeat(100)

/** From an entry of a stream to the reader that waits for it, and back: what nobody can do with fewer commands. */
export async function openRedisHops(): Promise<RedisHops> {
  const stream = freshName()
  const writer = new Redis(urlOf('REDIS_URL'))
  const reader = new Redis(urlOf('REDIS_URL'))
  await writer.xgroup('CREATE', stream, GROUP, '$', 'MKSTREAM')
  const read = () => reader.xreadgroup('GROUP', GROUP, 'one', 'COUNT', 1, 'BLOCK', 5_000, 'STREAMS', stream, '>')
  const hop = async () => {
    const arriving = read()
    const added = writer.xadd(stream, '*', 'hint', HINT)
    await arriving
    // The next entry goes out behind it in the same moment, and nobody waits for either.
    void added.then((id) => writer.xack(stream, GROUP, String(id)))
  }
  return {
    hops: (count) => ({
      count,
      play: () =>
        msOf(async () => {
          for (let index = 0; index < count; index += 1) await hop()
        }),
    }),
    async remove() {
      await writer.del(stream)
      reader.disconnect()
      await writer.quit()
    },
  }
}
