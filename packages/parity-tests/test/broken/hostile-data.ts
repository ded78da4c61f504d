import type { ListQuery, StoredValue } from '@wf/core'
import { type BrokenStorage, broken, shownEntries, shownHeaders, toldAnswers } from './broken-storage.js'
import { renamed } from './isolations.js'

export const brokenByHostileData: readonly BrokenStorage[] = [
  renamed('storage.hostile.ids', 'leaves null bytes out of ids', (journal) =>
    journal.namespace === 'parity' && journal.id.length < 4
      ? { ...journal, id: journal.id.replaceAll('a\0', 'a') }
      : journal,
  ),
  renamed('storage.hostile.spellings', 'brings ids into one Unicode form', (journal) => ({
    ...journal,
    id: journal.id.normalize('NFC'),
  })),
  renamed('storage.hostile.long-ids', 'cuts ids', (journal) => ({ ...journal, id: journal.id.slice(0, 255) })),
  renamed('storage.hostile.joints', 'joins namespace and id with a slash', (journal) => {
    const [namespace = '', ...id] = `${journal.namespace}/${journal.id}`.split('/')
    return journal.namespace.startsWith('a') ? { ...journal, namespace, id: id.join('/') } : journal
  }),
  broken('storage.hostile.commit-ids', 'trims commit ids', (sound) =>
    toldAnswers(sound, (answer) =>
      answer.status === 'committed'
        ? { ...answer, head: { ...answer.head, commitId: answer.head.commitId.trim() } }
        : answer,
    ),
  ),
  broken('storage.hostile.facts', 'repairs lone surrogates in facts', (sound) =>
    shownEntries(sound, (entry) => ({ ...entry, fact: Buffer.from(entry.fact).toString() })),
  ),
  broken('storage.hostile.values', 'ends texts at their first null byte', (sound) =>
    shownEntries(sound, (entry) => withValue(entry, (text) => text.split('\0')[0] ?? '')),
  ),
  broken('storage.hostile.json', 'parses what looks like JSON', (sound) =>
    shownEntries(sound, (entry) =>
      withValue(entry, (text) => (text.startsWith('{ ') ? JSON.stringify(JSON.parse(text)) : text)),
    ),
  ),
  broken('storage.hostile.header', 'keeps tags as keys of an object', (sound) =>
    shownHeaders(sound, ({ tags }) => {
      const keys: Record<string, true> = {}
      for (const tag of tags) keys[tag] = true
      return tags.length > 3 ? { tags: Object.keys(keys) } : {}
    }),
  ),
  broken('storage.hostile.filters', 'takes a resource for a pattern', (sound) => ({
    list(query) {
      const { resourceId: _, ...all }: ListQuery = query
      return sound.list(query.resourceId === '%' ? all : query)
    },
  })),
  broken('storage.hostile.cursors', 'joins the parts of a cursor with a colon', (sound) => ({
    async list({ cursor, ...query }) {
      const page = await sound.list({ ...query, ...(cursor !== undefined && { cursor: joined(cursor) }) })
      return page
    },
  })),
  broken('storage.hostile.sessions', 'does not tell capitals in sessions', (sound) => ({
    async renew(beat) {
      const pulse = await sound.renew({
        ...beat,
        session: beat.session.toLowerCase(),
        ask: beat.ask.map((session) => session.toLowerCase()),
      })
      return { ...pulse, expired: beat.ask.filter((session) => pulse.expired.includes(session.toLowerCase())) }
    },
  })),
]

function withValue<Kept extends { readonly value?: StoredValue }>(entry: Kept, change: (text: string) => string): Kept {
  return typeof entry.value === 'string' ? { ...entry, value: change(entry.value) } : entry
}

/** What is behind the second colon is lost. */
function joined(cursor: string): string {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    return typeof id === 'string' ? JSON.stringify([createdAt, id.split(':')[0]]) : cursor
  } catch {
    return cursor
  }
}
