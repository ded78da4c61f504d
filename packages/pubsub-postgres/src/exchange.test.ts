import { expect, it } from 'vitest'
import { Database } from './database.js'
import { Exchange } from './exchange.js'

class StagedDatabase extends Database {
  readonly asked: { readonly values: readonly unknown[]; answer(): void }[] = []

  constructor() {
    super({ options: { url: 'postgres://127.0.0.1:9/none' }, name: 'none', timeoutMs: 1 })
  }

  override ask<Row>(_text: string, values: unknown[] = []): Promise<Row[]> {
    return new Promise((resolve) => this.asked.push({ values, answer: () => resolve([]) }))
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('closes when all is told, also what was taken while a call was under way', async () => {
  const database = new StagedDatabase()
  const exchange = new Exchange({ database, schema: 'wf', leaseMs: 1_000 })
  const late = exchange.take({ group: 1, low: 2, limit: 3 })
  await turn()
  exchange.acknowledge([{ group: 1, id: 7 }])
  let isClosed = false
  const closed = exchange.close().then(() => {
    isClosed = true
  })
  database.asked[0]?.answer()
  expect(await late).toEqual([])
  await turn()
  expect(database.asked.map(({ values }) => values[1])).toEqual([[], [7]])
  expect(isClosed).toBe(false)
  database.asked[1]?.answer()
  await closed
})
