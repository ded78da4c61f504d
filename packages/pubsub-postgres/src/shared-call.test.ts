import { expect, it, vi } from 'vitest'
import { SharedCall } from './shared-call.js'

it('calls once for all who ask while a call is under way', async () => {
  const gates: PromiseWithResolvers<void>[] = []
  const call = new SharedCall(() => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    return gate.promise
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const first = call.ask()
  await turn()
  const later = [call.ask(), call.ask()]
  await turn()
  expect(gates.length).toBe(1)
  gates[0]?.reject(new Error('of the first'))
  await expect(first).rejects.toThrow('of the first')
  await vi.waitFor(() => expect(gates.length).toBe(2))
  gates[1]?.resolve()
  await Promise.all(later)
})
