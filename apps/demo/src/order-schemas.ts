import { z } from 'zod'

export const item = z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number() })

export const order = z.object({ orderId: z.string(), country: z.string(), items: z.array(item).min(1) })

export type Order = z.infer<typeof order>

export const parcel = z.object({ sku: z.string(), parcelId: z.string() })
