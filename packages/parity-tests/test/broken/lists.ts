import { type ListQuery, type Storage, WorkflowError } from '@wf/core'
import { type BrokenStorage, broken } from './broken-storage.js'

export const brokenLists: readonly BrokenStorage[] = [
  broken('storage.list.newest-first', 'lists the oldest first', (sound) => ({
    async list(query) {
      const page = await sound.list(query)
      return { ...page, rows: [...page.rows].sort((one, other) => one.createdAt - other.createdAt) }
    },
  })),
  broken('storage.list.same-moment', 'lists what was created at once in the order of ids', (sound) => ({
    async list(query) {
      const page = await sound.list(query)
      const byId = [...page.rows].sort((one, other) =>
        one.createdAt === other.createdAt ? (one.journal.id < other.journal.id ? -1 : 1) : 0,
      )
      return { ...page, rows: byId }
    },
  })),
  broken('storage.list.pages', 'always names a next page', (sound) => ({
    async list(query) {
      const page = await sound.list(query)
      const { next = query.cursor } = page
      return { ...page, ...(next !== undefined && { next }) }
    },
  })),
  broken('storage.list.stable-cursor', 'counts the rows before the page', (sound) => ({
    async list(query) {
      const { cursor, limit, ...filter } = query
      if (cursor !== undefined && !/^\d+$/.test(cursor)) return sound.list(query)
      const from = Number(cursor ?? 0)
      const { rows, total } = await sound.list({ ...filter, limit: 10_000 })
      return {
        rows: rows.slice(from, from + limit),
        ...(rows.length > from + limit && { next: `${from + limit}` }),
        ...(total !== undefined && { total }),
      }
    },
  })),
  broken('storage.list.bad-cursor', 'begins again when it does not understand the cursor', (sound) => ({
    async list(query) {
      try {
        return await sound.list(query)
      } catch (error) {
        const { cursor, ...first } = query
        if (cursor === undefined || (error instanceof WorkflowError && error.code === 'WF_CLOSED')) throw error
        return sound.list(first)
      }
    },
  })),
  ignores('storage.list.by-workflow', 'workflowId', ({ workflowId }) => workflowId === 'invoice'),
  broken('storage.list.by-status', 'looks at the first status only', (sound) => ({
    list: (query) => sound.list(query.status === undefined ? query : { ...query, status: query.status.slice(0, 1) }),
  })),
  ignores('storage.list.by-resource', 'resourceId', ({ resourceId }) => resourceId === 'customer-7'),
  broken('storage.list.by-tags', 'looks at the first tag only', (sound) => ({
    list: (query) => sound.list(query.tags === undefined ? query : { ...query, tags: query.tags.slice(0, 1) }),
  })),
  ignores('storage.list.by-creation', 'createdTo', () => true),
  ignores('storage.list.all-filters', 'status', ({ workflowId }) => workflowId !== undefined),
  broken('storage.list.follows-header', 'lists by the tags of the first commit', (sound) => {
    const first = new Map<string, readonly string[]>()
    return {
      async commit(commits) {
        for (const { journal, base, header } of commits) {
          if (base === 'new' && Array.isArray(header?.tags)) first.set(journal.id, header.tags)
        }
        return sound.commit(commits)
      },
      async list({ tags, ...query }) {
        if (tags === undefined || tags.length !== 1) return sound.list(tags === undefined ? query : { ...query, tags })
        const { rows } = await sound.list(query)
        return { rows: rows.filter(({ journal }) => first.get(journal.id)?.includes(tags[0] ?? '')) }
      },
    }
  }),
  broken('storage.list.own-shelf', 'lists across namespaces', (sound) => ({
    async list(query) {
      const page = await sound.list(query)
      const others = await sound.list({ ...query, namespace: 'elsewhere' })
      return { ...page, rows: [...page.rows, ...others.rows] }
    },
  })),
  broken('storage.list.total', 'counts the rows of the page', (sound) => ({
    async list(query) {
      const { total, ...page } = await sound.list(query)
      return total === undefined ? page : { ...page, total: page.rows.length }
    },
  })),
  broken('storage.list.whole-rows', 'leaves the tags out of lists', (sound) => ({
    async list(query) {
      const page = await sound.list(query)
      return { ...page, rows: page.rows.map((row) => ({ ...row, tags: [] })) }
    },
  })),
]

/** Forgets one filter, in the queries that are told by `when`. */
function ignores(rule: string, filter: keyof ListQuery, when: (query: ListQuery) => boolean): BrokenStorage {
  return broken(rule, `does not look at ${filter}`, (sound: Storage) => ({
    list(query) {
      const alone = filter === 'status' || Object.keys(query).length === 4
      if (!alone || !when(query)) return sound.list(query)
      const { [filter]: _, ...rest } = query
      return sound.list(rest as ListQuery)
    },
  }))
}
