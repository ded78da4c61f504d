import type { JournalId, JournalKind } from '@wf/core'
import { type Argument, exactly } from './text.js'

/** The keys of one journal. All of them lie in one slot of a cluster, as does everything else of its partition. */
export interface JournalKeys {
  readonly partition: number
  /** The header: a hash. */
  readonly header: Argument
  /** The commits: a list in which version n is the nth. */
  readonly commits: Argument
  /** Values that are too large to lie beside their facts: a hash. */
  readonly values: Argument
  readonly checkpoint: Argument
  readonly rows: Argument
  readonly wakes: Argument
}

/** Journals of one namespace and kind in one partition. */
export interface ShelfKeys {
  readonly partition: number
  /** What lists read: a sorted set in which each row stands once for each way in which it is looked for. */
  readonly rows: Argument
  /** What sweeps read: a sorted set of those that have a wake-up. */
  readonly wakes: Argument
}

/** Where everything lies. Nothing else makes names of keys. */
export interface KeySpace {
  readonly partitions: number
  of(journal: JournalId): JournalKeys
  /** One for each partition. */
  shelves(namespace: string, kind: JournalKind): readonly ShelfKeys[]
  /** Sessions lie in one place, so that one script sees all of them. */
  readonly sessions: string
  readonly expired: string
  readonly settings: string
}

/** What stands between braces decides the slot of a key, so a prefix has none. */
export function createKeySpace(prefix: string, partitions: number): KeySpace {
  const home = (partition: number): string => `{${prefix}:${partition}}`

  const shelf = (partition: number, namespace: string, kind: JournalKind): ShelfKeys => ({
    partition,
    rows: exactly(`${home(partition)}rows:${kind}:${namespace}`),
    wakes: exactly(`${home(partition)}wakes:${kind}:${namespace}`),
  })

  return {
    partitions,
    of(journal) {
      const { namespace, kind, id } = journal
      const partition = partitions === 1 ? 0 : placeOf(journal) % partitions
      const name = `${kind}:${namespace.length}:${namespace}:${id}`
      return {
        ...shelf(partition, namespace, kind),
        header: exactly(`${home(partition)}header:${name}`),
        commits: exactly(`${home(partition)}commits:${name}`),
        values: exactly(`${home(partition)}values:${name}`),
        checkpoint: exactly(`${home(partition)}checkpoint:${name}`),
      }
    },
    shelves: (namespace, kind) =>
      Array.from({ length: partitions }, (_, partition) => shelf(partition, namespace, kind)),
    sessions: `${home(0)}sessions`,
    expired: `${home(0)}expired`,
    settings: `${home(0)}settings`,
  }
}

/** FNV-1a over the units of the name. It decides where a journal lies, so it stays what it is. */
function placeOf({ namespace, kind, id }: JournalId): number {
  let hash = 0x811c9dc5
  for (const text of [kind, namespace, id]) {
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    hash = Math.imul(hash ^ 0xffff, 0x01000193)
  }
  return hash >>> 0
}
