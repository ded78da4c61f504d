import { expect, it } from 'vitest'
import { carrierOf, spanContextOf } from './carrier.js'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

it.each([{ traceparent }, { traceparent, tracestate: 'a=1,b=2' }, { traceparent: traceparent.replace(/01$/, '00') }])(
  'reads what it writes: %j',
  (carrier) => {
    const there = spanContextOf(carrier)
    expect(there).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', isRemote: true })
    expect(there && carrierOf(there)).toEqual(carrier)
  },
)

it.each(['', 'x', '00-0-0-01', traceparent.slice(0, -3)])('finds no span in %j', (text) => {
  expect(spanContextOf({ traceparent: text })).toBeUndefined()
})
