import { expect, it, vi } from 'vitest'
import { SharedCall } from './shared-call.js'

it('calls once for all who ask while a call is under way', async () => {
  const gates: PromiseWithResolvers<void>[] = []
  const call = new SharedCall(() => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    return gate.promise
  })
  const first = call.ask()
  await vi.waitFor(() => expect(gates.length).toBe(1))
  const later = [call.ask(), call.ask()]
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(gates.length).toBe(1)
  gates[0]?.reject(new Error('of the first'))
  await expect(first).rejects.toThrow('of the first')
  await vi.waitFor(() => expect(gates.length).toBe(2))
  gates[1]?.resolve()
  await Promise.all(later)
})
