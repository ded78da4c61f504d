import { describe, expect, it } from 'vitest'
import { readHint, writeHint } from './hint-text.js'
import { createNatsPubSub, type NatsPubSubOptions } from './index.js'
import { createNames } from './names.js'
import { nameServers, readUrl } from './read-url.js'

const url = 'nats://127.0.0.1:4222'
const refused = (field: string) => expect.objectContaining({ code: 'WF_INVALID_OPTION', field })

describe('the options', () => {
  it.for([
    ['url', {}],
    ['url', { url, connection: {} }],
    ['url', { url: 7 }],
    ['url', { url: 'someone:s3cret@host' }],
    ['url', { url: 'http://host:4222' }],
    ['connection', { connection: url }],
    ['client', { client: 'client' }],
    ['prefix', { url, prefix: 'a.b' }],
    ['prefix', { url, prefix: '' }],
    ['prefix', { url, prefix: '>' }],
    ['domain', { url, domain: 'a.>' }],
    ['storage', { url, storage: 'disk' }],
    ['maxHints', { url, maxHints: 0 }],
    ['maxBytes', { url, maxBytes: 1.5 }],
    ['ackWaitMs', { url, ackWaitMs: 1 }],
    ['timeoutMs', { url, timeoutMs: Number.NaN }],
  ] as const)('refuse a wrong %s', ([field, options]) => {
    const create = () => createNatsPubSub(options as unknown as NatsPubSubOptions)
    expect(create).toThrow(refused(field))
    expect(create).not.toThrow('s3cret')
  })
})

describe('a URL', () => {
  it('gives the driver what it does not read by itself', () => {
    expect(readUrl('nats://so%40me:s3%20cret@one:4333,nats://two')).toEqual({
      servers: ['one:4333', 'two:4222'],
      user: 'so@me',
      pass: 's3 cret',
    })
    expect(readUrl('tls://t0ken@[::1]:4222')).toEqual({ servers: ['[::1]:4222'], token: 't0ken', tls: {} })
  })

  it('is told without secrets', () => {
    const servers = ['nats://some:s3cret@one:4222', 'two:4222']
    expect(nameServers({ servers })).toBe('nats://one:4222, nats://two:4222')
    expect(nameServers({ port: 4333 })).toBe('nats://127.0.0.1:4333')
    expect(nameServers({})).toBe('nats://127.0.0.1:4222')
  })
})

describe('names on the server', () => {
  it('differ where texts do, and hold nothing that the server would read', () => {
    const { subject, consumer } = createNames('wf')
    const texts = ['a', 'A', 'a ', '*', '>', 'a.b', '\ud800', '\ud801', '\ufffd', 'x'.repeat(10_000)]
    const subjects = texts.map(subject)
    expect(new Set(subjects).size).toBe(texts.length)
    for (const name of subjects) expect(name).toMatch(/^wf\.hints\.[\w-]{43}$/)
    const consumers = texts.flatMap((topic) => texts.map((group) => consumer(topic, group)))
    expect(new Set(consumers).size).toBe(texts.length ** 2)
    for (const name of consumers) expect(name).toMatch(/^[\w-]{43}$/)
  })
})

describe('a hint', () => {
  it.for(['', 'a', '\0', '\ud800 alone', '💥', '"quoted"'])('is read as it was written: %j', (hint) => {
    expect(readHint(writeHint(hint))).toBe(hint)
  })

  it('is nothing that somebody else has sent', () => {
    for (const text of ['', 'text', '{}', '7', '"half']) expect(readHint(Buffer.from(text))).toBeUndefined()
  })
})
