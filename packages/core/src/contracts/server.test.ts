import { describe, expect, it } from 'vitest'
import { serverName } from './server.js'

describe('the name of a server', () => {
  it('is where it is, without who asks and how', () => {
    expect(serverName('postgres://wf:s3cret@db.example:5432/orders?sslmode=require&password=other')).toBe(
      'postgres://db.example:5432/orders',
    )
    expect(serverName('redis://:s3cret@[::1]:6379/3')).toBe('redis://[::1]:6379/3')
    expect(serverName('nats://token@localhost:4222')).toBe('nats://localhost:4222')
  })

  it('tells nothing of a text that is no URL, which may hold a password all the same', () => {
    for (const text of ['wf:s3cret@db', '', 'postgres://wf:s3cret@', 'host=db password=s3cret']) {
      expect(serverName(text)).toBe('a server whose URL cannot be read')
    }
  })
})
