import assert from 'node:assert/strict'
import type { JournalId, ListQuery, Storage } from '@wf/core'
import { begin, commitOne, draft, factsOf, HEADER, item, landOne, NAMESPACE, read, run, sorted } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

/** Texts that some store somewhere has cut, joined, escaped, executed or thrown away. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  'ab',
  'a\0b',
  '\0',
  'lone \ud800 surrogate',
  'lone \udfff surrogate',
  'a/b',
  '../../etc/passwd',
  'a:b',
  'a|b,c;d',
  '__proto__',
  'constructor',
  'toString',
  "'; drop table journals; --",
  '"quoted" `ticked` $1 #{x} %s ? :name',
  '%',
  '_',
  '*',
  '[a-z]',
  '{a}',
  '\\',
  '\\x00',
  'line\nbreak\r\n',
  '\u2028\u2029\ufeff',
  '💥 ünïcödé',
  'null',
  '0',
]

const LONG = 'x'.repeat(10_000)

export const hostileRules: readonly StorageRule[] = [
  {
    id: 'storage.hostile.ids',
    states: 'Any text is an id: each names a journal of its own, and comes back as it was given.',
    since: '0.1.0',
    async check({ storage }) {
      await areApart(
        storage,
        HOSTILE.map((id) => run(id)),
      )
    },
  },
  {
    id: 'storage.hostile.spellings',
    states: 'Ids that differ in case or in Unicode form only are different ids.',
    since: '0.1.0',
    async check({ storage }) {
      await areApart(
        storage,
        ['order', 'Order', 'caf\u00e9', 'cafe\u0301', 'order\u00a0', 'ﬁx', 'fix'].map((id) => run(id)),
      )
    },
  },
  {
    id: 'storage.hostile.long-ids',
    states: 'Ids of 10,000 characters are told apart by their last one.',
    since: '0.1.0',
    async check({ storage }) {
      await areApart(storage, [run(`${LONG}1`), run(`${LONG}2`), run(LONG)])
    },
  },
  {
    id: 'storage.hostile.joints',
    states: 'Namespace and id do not run into each other.',
    since: '0.1.0',
    async check({ storage }) {
      const journals = ['/', ':', '\0', '|', '.', '-'].flatMap((joint) => [
        run('c', `a${joint}b`),
        run(`b${joint}c`, 'a'),
        run(`b${joint}run${joint}c`, 'a'),
        run('c', `a${joint}run${joint}b`),
      ])
      await areApart(storage, journals)
    },
  },
  {
    id: 'storage.hostile.commit-ids',
    states: 'Any text but the empty one is a commit id, and is compared exactly.',
    since: '0.1.0',
    async check({ storage }) {
      let head = await begin(storage, run('a'))
      for (const commitId of [...HOSTILE.filter((text) => text !== ''), 'COMMIT', 'commit', ' commit ']) {
        head = (await landOne(storage, draft(run('a'), head, { commitId }))).head
        assert.equal(head.commitId, commitId)
      }
      const other = { version: head.version, commitId: head.commitId.trim() }
      assert.equal((await commitOne(storage, draft(run('a'), other))).status, 'diverged', 'a trimmed commit id')
    },
  },
  {
    id: 'storage.hostile.facts',
    states: 'Any text is a fact.',
    since: '0.1.0',
    async check({ storage }) {
      const facts = [...HOSTILE, LONG]
      await begin(storage, run('a'), { entries: facts.map((fact) => ({ type: 'event', fact })) })
      assert.deepEqual(await factsOf(storage, run('a')), facts)
    },
  },
  {
    id: 'storage.hostile.values',
    states: 'Any text is a value.',
    since: '0.1.0',
    async check({ storage }) {
      const values = [...HOSTILE, LONG]
      await begin(storage, run('a'), { entries: values.map((value) => ({ type: 'event', fact: 'f', value })) })
      const { commits } = await read(storage, run('a'), { withValues: true })
      assert.deepEqual(
        item(commits, 0).entries.map(({ value }) => value),
        values,
      )
    },
  },
  {
    id: 'storage.hostile.json',
    states: 'JSON is text like any other: its spaces, its order of keys, its doubles and its large numbers stay.',
    since: '0.1.0',
    async check({ storage }) {
      const value = '{ "b": 1, "a" : 12345678901234567890, "a": 1.0, "\\u0041": "\\/", "__proto__": {} }'
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: value, value }] })
      const { commits } = await read(storage, run('a'), { withValues: true })
      assert.deepEqual(item(commits, 0).entries, [{ type: 'event', fact: value, value }])
    },
  },
  {
    id: 'storage.hostile.header',
    states: 'Any text is a status, a workflow, a graph, a version, a resource or a tag.',
    since: '0.1.0',
    async check({ storage }) {
      const tags = [...HOSTILE, LONG]
      for (const [index, text] of tags.entries()) {
        const header = {
          status: text,
          workflowId: text,
          graphHash: text,
          workflowVersion: text,
          resourceId: text,
          tags,
        }
        await begin(storage, run(`${index}`), { header })
        const { header: seen } = await read(storage, run(`${index}`))
        const { status, workflowId, graphHash, workflowVersion, resourceId } = seen
        assert.deepEqual({ status, workflowId, graphHash, workflowVersion, resourceId, tags: [...seen.tags] }, header)
      }
    },
  },
  {
    id: 'storage.hostile.filters',
    states: 'A filter is compared exactly: nothing in it is a pattern, and empty is not absent.',
    since: '0.1.0',
    async check({ storage }) {
      for (const [index, text] of HOSTILE.entries()) {
        const header = { ...HEADER, status: text, workflowId: text, resourceId: text, tags: [text] }
        await begin(storage, run(`${index}`), { header })
      }
      for (const [index, text] of HOSTILE.entries()) {
        for (const filter of [{ status: [text] }, { workflowId: text }, { resourceId: text }, { tags: [text] }]) {
          assert.deepEqual(await listed(storage, filter), [`${index}`], JSON.stringify(filter))
        }
      }
    },
  },
  {
    id: 'storage.hostile.cursors',
    states: 'A cursor carries any id.',
    since: '0.1.0',
    async check({ storage }) {
      const ids = HOSTILE.map((text) => `${text} as an id`)
      for (const id of ids) await begin(storage, run(id))
      const seen: string[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < HOSTILE.length; pages += 1) {
        const page = await storage.list({ ...everything(), limit: 1, ...(cursor !== undefined && { cursor }) })
        seen.push(...page.rows.map(({ journal }) => journal.id))
        cursor = page.next
      }
      assert.deepEqual(sorted(seen), sorted(ids))
    },
  },
  {
    id: 'storage.hostile.sessions',
    states: 'Any text but the empty one is a session, and is compared exactly.',
    since: '0.1.0',
    async check({ storage }) {
      const sessions = HOSTILE.filter((text) => text !== '')
      for (const session of sessions) await storage.renew({ session, ttlMs: 60_000, ask: [] })
      const strangers = ['AB', 'NULL', 'x%', '1']
      const { expired } = await storage.renew({ session: 'z', ttlMs: 60_000, ask: [...sessions, ...strangers] })
      assert.deepEqual(sorted(expired), sorted(strangers))
    },
  },
]

async function areApart(storage: Storage, journals: readonly JournalId[]): Promise<void> {
  for (const [index, journal] of journals.entries()) {
    await begin(storage, journal, { entries: [{ type: 'event', fact: `${index}` }] })
  }
  for (const [index, journal] of journals.entries()) {
    const { header } = await read(storage, journal)
    assert.deepEqual(header.journal, journal)
    assert.deepEqual(await factsOf(storage, journal), [`${index}`])
  }
}

function everything(): ListQuery {
  return { namespace: NAMESPACE, kind: 'run', limit: 1_000 }
}

async function listed(storage: Storage, filter: Partial<ListQuery>): Promise<string[]> {
  const { rows } = await storage.list({ ...everything(), ...filter })
  return rows.map(({ journal }) => journal.id)
}
