import { createCodec, type Encryption, type Offload } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { beforeEach, describe, expect, it } from 'vitest'
import { KEEP_EMPTY_MS } from '../../../core/src/keeper/broom.js'
import { createVirtualClock, type VirtualClock } from '../../src/index.js'
import { FakeRuns } from './fake-runs.js'
import { type Post, type PostOptions, postOf, workflowNamed } from './post.js'

const DAY = 24 * 3_600_000

let clock: VirtualClock
let runs: FakeRuns
beforeEach(() => {
  clock = createVirtualClock()
  runs = new FakeRuns()
})

const stored = () => createMemoryStorage({ clock })
const post = (options: Partial<PostOptions> = {}): Post => postOf({ clock, deliver: runs.deliver, ...options })

describe.each([
  ['over a storage', stored],
  ['in memory alone', () => undefined],
])('events, %s,', (_, storageOf) => {
  let here: Post
  beforeEach(() => {
    const storage = storageOf()
    here = post(storage ? { storage } : {})
  })

  it('wait for their wait, and bring it their payload', async () => {
    const payload = { at: new Date(5), big: 3n, none: undefined }
    const sent = await here.send('paid', { payload })
    expect(sent).toEqual({ eventId: expect.any(String), status: 'accepted' })
    const wait = runs.wait({ name: 'paid' })
    const mail = await here.room.place(wait)
    expect(mail).toEqual({ id: sent.eventId, seq: 1, sentAt: clock.now(), payload })
    expect(await here.room.place(wait)).toEqual(mail)
    if (mail) await here.room.taken(wait, mail)
    const later = runs.wait({ name: 'paid' })
    expect(await here.room.place(later)).toBeUndefined()
    await here.send('paid', { payload: 'second' })
    await clock.advance(0)
    expect(runs.payloads.get(runs.has(later) ?? '')).toBe('second')
  })

  it('are for one name and key', async () => {
    const waits = [
      { name: 'a', key: 'b' },
      { name: 'a', key: '' },
      { name: 'b', key: 'b' },
    ].map((address) => runs.wait(address))
    for (const wait of waits) expect(await here.room.place(wait)).toBeUndefined()
    const { eventId } = await here.send('a', { key: 'b' })
    await clock.advance(0)
    expect(waits.map((wait) => runs.has(wait))).toEqual([eventId, undefined, undefined])
  })

  it('are sent once for each idempotency key, as long as they would be kept', async () => {
    const idempotencyKey = 'order 5'.repeat(1_000)
    const first = await here.send('paid', { idempotencyKey })
    const others = await Promise.all([
      here.send('paid', { idempotencyKey, payload: 'another' }),
      here.send('paid', { idempotencyKey, key: 'elsewhere' }),
      here.send('paid', { idempotencyKey: 'order 6' }),
    ])
    expect(others.map(({ status }) => status)).toEqual(['duplicate', 'accepted', 'accepted'])
    expect(others[0].eventId).toBe(first.eventId)
    const wait = runs.wait({ name: 'paid' })
    const mail = await here.room.place(wait)
    if (mail) await here.room.taken(wait, mail)
    expect((await here.send('paid', { idempotencyKey })).status).toBe('duplicate')
    await clock.advance(DAY)
    expect((await here.send('paid', { idempotencyKey })).status).toBe('accepted')
  })

  it('go to the next wait when the first one is gone', async () => {
    const [gone, next] = [runs.wait({ name: 'paid' }), runs.wait({ name: 'paid' })]
    await here.room.place(gone)
    await here.room.place(next)
    runs.close(gone)
    const { eventId } = await here.send('paid')
    await clock.advance(0)
    expect([runs.has(gone), runs.has(next)]).toEqual([undefined, eventId])
    const [left, last] = [runs.wait({ name: 'paid' }), runs.wait({ name: 'paid' })]
    await here.send('paid')
    expect(await here.room.place(left)).toBeDefined()
    await here.room.place(last)
    await here.room.leave(left)
    await clock.advance(0)
    expect(runs.has(last)).toBeDefined()
  })

  it('may be for everybody who waits, or for one run', async () => {
    const waits = ['x', 'y', 'z'].map((runId) => runs.wait({ name: 'closing', runId }))
    for (const wait of waits) await here.room.place(wait)
    const { eventId: forY } = await here.send('closing', { run: 'y' })
    await clock.advance(0)
    const { eventId: forAll } = await here.send('closing', { broadcast: true })
    await clock.advance(0)
    expect(waits.map((wait) => runs.has(wait))).toEqual([forAll, forY, forAll])
    const late = runs.wait({ name: 'closing', runId: 'y' })
    expect((await here.room.place(late))?.id).toBe(forAll)
  })

  it('are gone when their time is over', async () => {
    await here.send('paid', { keepMs: 1_000 })
    const { eventId } = await here.send('paid', { keepMs: 3_000 })
    await here.send('paid', { keepMs: 0 })
    await clock.advance(2_000)
    expect((await here.room.place(runs.wait({ name: 'paid' })))?.id).toBe(eventId)
    expect(await here.room.place(runs.wait({ name: 'paid' }))).toBeUndefined()
  })
})

describe('over a storage', () => {
  it('an event is brought by a sweep alone, to a process that serves the workflow', async () => {
    const storage = stored()
    const told: unknown[] = []
    const sender = post({ storage, workflows: [], mailed: (wait) => told.push(wait.runId) })
    const stranger = post({ storage, workflows: [workflowNamed('v')] })
    const server = post({ storage })
    const wait = runs.wait({ name: 'paid' })
    await server.room.place(wait)
    const { eventId } = await sender.send('paid')
    await clock.advance(0)
    expect(told).toEqual(['run'])
    await server.sweep()
    expect(runs.has(wait)).toBeUndefined()
    await clock.advance(1_000)
    await stranger.sweep()
    expect(runs.has(wait)).toBeUndefined()
    await server.sweep()
    expect(runs.has(wait)).toBe(eventId)
    expect(await headerOf(storage, '["paid",""]')).toMatchObject({ status: 'empty', wakeAt: null, sealed: true })
  })

  it('nobody is kept waiting because a wait before is for a workflow that is served by none', async () => {
    const storage = stored()
    const sender = post({ storage, workflows: [] })
    const server = post({ storage })
    const [unserved, served] = ['none', 'w'].map((workflowId) => runs.wait({ name: 'paid', workflowId }))
    for (const wait of [unserved, served]) if (wait) await sender.room.place(wait)
    await sender.send('paid')
    await sender.send('paid')
    await clock.advance(1_000)
    await server.sweep()
    expect(served && runs.has(served)).toBeDefined()
    expect(unserved && runs.has(unserved)).toBeUndefined()
    const header = await headerOf(storage, '["paid",""]')
    expect(header?.workflowId).toBe('none')
  })

  it('a process that dies between any two steps of a delivery loses nothing and does nothing twice', async () => {
    const storage = stored()
    const dead = new Error('the process is gone')
    const before = post({ storage, deliver: () => Promise.reject(dead) })
    const after = post({
      storage,
      deliver: async (wait, mail) => {
        runs.receive(wait, mail)
        throw dead
      },
    })
    const heir = post({ storage })
    for (const dying of [before, after]) {
      const wait = runs.wait({ name: 'paid' })
      await dying.room.place(wait)
      const { eventId } = await dying.send('paid')
      await clock.advance(1_000)
      await heir.sweep()
      expect(runs.has(wait)).toBe(eventId)
      expect(runs.received.get(eventId)).toBe(1)
      expect(await headerOf(storage, '["paid",""]')).toMatchObject({ sealed: true })
    }
  })

  it('an event that nobody takes ends the mailbox when its time is over, and a new one opens it again', async () => {
    const storage = stored()
    const here = post({ storage })
    await here.send('paid', { keepMs: 5_000, idempotencyKey: 'k' })
    expect(await headerOf(storage, '["paid",""]')).toMatchObject({ status: 'open', sealed: false })
    await clock.advance(5_000)
    await here.sweep()
    expect(await headerOf(storage, '["paid",""]')).toMatchObject({ status: 'empty', wakeAt: null, sealed: true })
    await here.send('paid')
    expect(await headerOf(storage, '["paid",""]')).toMatchObject({ status: 'open', sealed: false })
    expect(await post({ storage }).room.place(runs.wait({ name: 'paid' }))).toBeDefined()
  })

  it('mailboxes in which there is nothing are deleted after a day, and begin anew', async () => {
    const storage = stored()
    const [here, there] = [post({ storage }), post({ storage })]
    for (const at of [here, there]) {
      await at.send('paid', { keepMs: 1_000 })
      await clock.advance(1_000)
      await at.sweep()
      expect(await headerOf(storage, '["paid",""]')).toBeDefined()
      await clock.advance(KEEP_EMPTY_MS + 700_000)
      await at.sweep()
      expect(await headerOf(storage, '["paid",""]')).toBeUndefined()
    }
    const { eventId } = await here.send('paid')
    expect((await there.room.place(runs.wait({ name: 'paid' })))?.id).toBe(eventId)
  })

  it('payloads are bound to mailbox and event, and what was put elsewhere goes with the event', async () => {
    const storage = stored()
    const places: string[] = []
    const encryption: Encryption = {
      seal(bytes, { runId, path }) {
        places.push(`${runId} ${path}`)
        return bytes.map((byte) => byte ^ 1)
      },
      open: (sealed, { runId, path }) => {
        expect(places).toContain(`${runId} ${path}`)
        return sealed.map((byte) => byte ^ 1)
      },
    }
    const kept = new Map<string, Uint8Array>()
    const offload: Offload = {
      overBytes: 100,
      put: (key, bytes) => void kept.set(key, bytes),
      get: (key) => kept.get(key),
      deletePrefix(prefix) {
        for (const key of [...kept.keys()]) if (key.startsWith(prefix)) kept.delete(key)
      },
    }
    const here = post({ storage, codec: createCodec({ encrypt: encryption, offload }) })
    const [one, other] = await Promise.all(['a', 'b'].map((text) => here.send('paid', { payload: text.repeat(500) })))
    expect(places).toEqual([one, other].map((sent) => `mailbox:["paid",""]:${sent?.eventId} ${sent?.eventId}`))
    expect(kept.size).toBe(2)
    const wait = runs.wait({ name: 'paid' })
    const mail = await here.room.place(wait)
    expect(mail?.payload).toBe('a'.repeat(500))
    if (mail) await here.room.taken(wait, mail)
    await clock.advance(0)
    expect(kept.size).toBe(1)
    expect((await here.room.place(runs.wait({ name: 'paid' })))?.payload).toBe('b'.repeat(500))
  })

  it('hostile names and keys never meet', async () => {
    const here = post({ storage: stored() })
    const long = 'k'.repeat(10_000)
    const texts = ['__proto__', 'constructor', '', ' ', '\0', '\n', '"],["', '\\', '\ud800', '💥', '../..', '%00', long]
    const addresses = texts.flatMap((key) => ['a', ...texts.slice(0, 2), `${long}x`].map((name) => ({ name, key })))
    const sent = await Promise.all(addresses.map(({ name, key }) => here.send(name, { key, payload: [name, key] })))
    expect(new Set(sent.map(({ eventId }) => eventId)).size).toBe(addresses.length)
    for (const address of addresses) {
      const mail = await here.room.place(runs.wait({ runId: '__proto__', ...address }))
      expect(mail?.payload).toEqual([address.name, address.key])
      expect(await here.room.place(runs.wait(address))).toBeUndefined()
    }
  })
})

async function headerOf(storage: ReturnType<typeof stored>, id: string) {
  const [slice] = await storage.load([{ journal: { namespace: 'default', kind: 'mailbox', id } }])
  return slice?.header
}
