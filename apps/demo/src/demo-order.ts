import type { Order } from './order-workflow.ts'

export const runId = 'order-1042'

/** So long a process may give no sign of life before others take its work. The default, 30 s, is longer than the demo. */
export const leaseMs = 1_000

export const order: Order = {
  orderId: '1042',
  country: 'NL',
  items: ['lamp', 'desk', 'chair', 'shelf', 'rug', 'mirror'].map((sku, index) => ({
    sku,
    quantity: 1 + (index % 2),
    price: 40,
  })),
}
