import assert from 'node:assert/strict'
import type { HeaderFields } from '@wf/core'
import { begin, draft, landOne, MINUTE, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

const FULL: HeaderFields = {
  status: 'waiting',
  workflowId: 'order',
  graphHash: 'graph-1',
  workflowVersion: '3.1',
  resourceId: 'customer-7',
  tags: ['red', 'large'],
}

export const headerRules: readonly StorageRule[] = [
  {
    id: 'storage.header.as-given',
    states: 'The header holds what the first commit gave, the identity of the journal, and its head.',
    since: '0.1.0',
    async check({ storage }) {
      const head = await begin(storage, run('a'), { header: FULL })
      const { header } = await read(storage, run('a'))
      const { createdAt: _, updatedAt: __, wakeAt: ___, ...rest } = header
      assert.deepEqual(rest, { ...FULL, journal: run('a'), head, sealed: false })
    },
  },
  {
    id: 'storage.header.partial',
    states: 'A later commit changes the fields that it gives, and only those.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'), { header: FULL })
      await landOne(storage, draft(run('a'), base, { header: { status: 'done' } }))
      const { status, tags, resourceId, workflowId } = (await read(storage, run('a'))).header
      assert.deepEqual(
        { status, tags, resourceId, workflowId },
        { status: 'done', tags: FULL.tags, resourceId: FULL.resourceId, workflowId: FULL.workflowId },
      )
    },
  },
  {
    id: 'storage.header.cleared',
    states: 'A field that is given as `null` or empty becomes that.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'), { header: FULL })
      await landOne(storage, draft(run('a'), base, { header: { resourceId: null, tags: [] } }))
      const { tags, resourceId } = (await read(storage, run('a'))).header
      assert.deepEqual({ tags, resourceId }, { tags: [], resourceId: null })
    },
  },
  {
    id: 'storage.header.times',
    states: 'A journal was created at its first commit and updated at its last one.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const first = await landOne(storage, draft(run('a'), 'new'))
      await clock.advance(MINUTE)
      const last = await landOne(storage, draft(run('a'), first.head))
      const { createdAt, updatedAt } = (await read(storage, run('a'))).header
      assert.deepEqual({ createdAt, updatedAt }, { createdAt: first.at, updatedAt: last.at })
    },
  },
  {
    id: 'storage.header.stamps-read',
    states: 'Commits are read with the time that their writers were told.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const first = await landOne(storage, draft(run('a'), 'new'))
      await clock.advance(MINUTE)
      const last = await landOne(storage, draft(run('a'), first.head))
      const { commits } = await read(storage, run('a'))
      assert.deepEqual(
        commits.map(({ at }) => at),
        [first.at, last.at],
      )
    },
  },
]
