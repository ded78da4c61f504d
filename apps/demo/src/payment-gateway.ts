import { pause } from './pause.ts'

/** Somebody else's service: it fails twice, and it charges once for each key, however often it is asked. */
export interface PaymentGateway {
  readonly calls: number
  readonly charges: ReadonlyMap<string, number>
  charge(key: string, amount: number): Promise<void>
}

export function createPaymentGateway(): PaymentGateway {
  const charges = new Map<string, number>()
  let calls = 0
  return {
    charges,
    get calls() {
      return calls
    },
    async charge(key, amount) {
      calls += 1
      await pause(120)
      if (calls <= 2) throw new Error('503 from the payment gateway')
      if (!charges.has(key)) charges.set(key, amount)
    },
  }
}

export const gateway = createPaymentGateway()
