import { EventEmitter } from 'node:events'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { Listener } from './listener.js'

/** A connection on which what is asked is answered when the test says so, but for what comes before it stands. */
class StagedClient extends EventEmitter {
  readonly asked: { readonly text: string; answer(): void }[] = []
  isStanding = false

  query({ text }: { readonly text: string }): Promise<void> {
    const notified = /^notify (.*)$/.exec(text)?.[1]
    if (notified !== undefined) this.emit('notification', { channel: notified, payload: '' })
    if (!this.isStanding) return Promise.resolve()
    return new Promise((resolve) => this.asked.push({ text, answer: resolve }))
  }
}

it('says to nobody that a channel is listened to before the server has said so', async () => {
  const staged = new StagedClient()
  const client = Object.assign(new pg.Client(), {
    on: staged.on.bind(staged),
    off: staged.off.bind(staged),
    query: staged.query.bind(staged),
  })
  const stands = Promise.withResolvers<void>()
  const listener = new Listener({
    server: 'postgres://staged',
    timeoutMs: 5_000,
    logger: { warn: () => undefined },
    open: async () => ({ client, drop: () => void staged.emit('end') }),
    hear: () => undefined,
    stands: () => stands.resolve(),
  })
  onTestFinished(() => listener.close())
  await listener.listen('first')
  await stands.promise
  staged.isStanding = true
  const heard: string[] = []
  const both = ['one', 'other'].map((who) => listener.listen('second').then(() => heard.push(who)))
  await new Promise((resolve) => setImmediate(resolve))
  expect(staged.asked.map(({ text }) => text)).toEqual(['listen second'])
  expect(heard).toEqual([])
  for (const { answer } of staged.asked) answer()
  await Promise.all(both)
})
