import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createPostgresPubSub, type PostgresPubSubOptions } from '../src/index.js'

const url = 'postgres://localhost/wf'
const refused = (field: string) => expect.objectContaining({ code: 'WF_INVALID_OPTION', field })
const creating = (options: object) => () => createPostgresPubSub(options as PostgresPubSubOptions)

describe('the options of a Postgres pub/sub', () => {
  it.for([{}, { url, connection: {} }, { url, pool: new pg.Pool() }, { url: undefined }])(
    'are refused without exactly one place: %o',
    (options) => {
      expect(creating(options)).toThrow(refused('url'))
    },
  )

  it.for(['', 7, 'pg_wf', 'PG_wf', 'with\0nul', 'lone \ud800', 'x'.repeat(64), 'é'.repeat(32)])(
    'are refused with the schema %j',
    (schema) => {
      expect(creating({ url, schema })).toThrow(refused('schema'))
    },
  )

  it.for(['timeoutMs', 'pollMs', 'leaseMs', 'retryMs', 'keepMs'])('are refused with a wrong %s', (field) => {
    for (const ms of [0, -1, 1.5, Number.NaN, 2 ** 31, '5']) {
      expect(creating({ url, [field]: ms })).toThrow(refused(field))
    }
  })

  it('are refused where the kind is wrong', () => {
    expect(creating({ url: 7 })).toThrow(refused('url'))
    expect(creating({ connection: 'localhost' })).toThrow(refused('connection'))
    expect(creating({ pool: {} })).toThrow(refused('pool'))
    expect(creating({ pool: { connect: () => undefined } })).toThrow(refused('pool'))
    expect(creating({ url, listenUrl: 7 })).toThrow(refused('listenUrl'))
  })
})
