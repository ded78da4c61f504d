import { expect, it, vi } from 'vitest'
import { createMybrokerPubSub, startBroker } from '../src/index.js'

// The suite cannot stop a broker: what happens when it was away is shown here.
it('says that the broker is away, and comes back to the same groups by itself', async () => {
  const first = await startBroker()
  const { port } = first
  const connections = [createMybrokerPubSub({ port }), createMybrokerPubSub({ port })]
  const [one, other] = connections as [(typeof connections)[0], (typeof connections)[0]]
  const taken: string[] = []
  const take = async (hints: readonly string[]) => void taken.push(...hints)
  for (const connection of connections) await connection.subscribe('runs', { group: 'workers' }, take)
  await first.stop()
  await expect(one.publish('runs', ['lost'])).rejects.toMatchObject({ code: 'WF_PUBSUB_UNAVAILABLE' })

  const second = await startBroker(port)
  await vi.waitFor(async () => {
    await other.publish('runs', ['are you there?'])
    expect(taken).toContain('are you there?')
  })
  // Long after both are back.
  await new Promise((resolve) => setTimeout(resolve, 300))
  await one.publish('runs', ['once'])
  await vi.waitFor(() => expect(taken).toContain('once'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(taken.filter((hint) => hint === 'once')).toEqual(['once'])
  for (const connection of connections) await connection.close()
  await second.stop()
})
