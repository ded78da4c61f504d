import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const refund = z.object({ key: z.string(), orderId: z.string(), euros: z.number() })

export type Refund = z.infer<typeof refund>

/** What stands for the bank. */
export interface Ledger {
  /** A key that was seen before is one payment, however often somebody asks for it. */
  pay(order: Refund): Refund
  readonly refunds: readonly Refund[]
}

/** Keeps refunds in a file, one a line, and knows nothing of workflows. */
export function openLedger(path: string): Ledger {
  const read = (): readonly Refund[] =>
    existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1).map(parse) : []
  return {
    pay(order) {
      const before = read().find(({ key }) => key === order.key)
      if (before) return before
      appendFileSync(path, `${JSON.stringify(order)}\n`)
      return order
    },
    get refunds() {
      return read()
    },
  }
}

const parse = (line: string): Refund => refund.parse(JSON.parse(line))
