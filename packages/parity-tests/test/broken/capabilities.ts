import type { Storage, StorageCapabilities } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { VirtualClock } from '../../src/index.js'
import { type BrokenStorage, broken, givenCommits, MEMORY } from './broken-storage.js'
import { createDisk } from './disk.js'

const DURABLE: StorageCapabilities = { survives: 'process', maxCommitBytes: undefined }
const LIMITED: StorageCapabilities = { survives: 'nothing', maxCommitBytes: 200_000 }

export const brokenCapabilities: readonly BrokenStorage[] = [
  broken('storage.capabilities.as-tested', 'promises more than it was tested with', (sound) => ({
    capabilities: { ...sound.capabilities, survives: 'machine' },
  })),
  broken('storage.capabilities.contract', 'implements a contract of the future', () => ({ contract: 2 as 1 })),
  {
    rule: 'storage.capabilities.survives',
    mistake: 'leaves behind what it should forget',
    options: {
      capabilities: MEMORY,
      create({ clock }) {
        const left = leftBehind.get(clock)
        if (left !== undefined) return left
        const storage = createMemoryStorage({ clock })
        return {
          ...storage,
          async close() {
            const copy = createMemoryStorage({ clock })
            const { rows } = await storage
              .list({ namespace: 'parity', kind: 'run', limit: 9 })
              .catch(() => ({ rows: [] }))
            for (const { journal, head: _, ...header } of rows) {
              await copy.commit([{ journal, commitId: 'copy', base: 'new', entries: [], header }])
            }
            if (!leftBehind.has(clock)) leftBehind.set(clock, copy)
            await storage.close()
          },
        }
      },
    },
  },
  {
    rule: 'storage.capabilities.survives',
    mistake: 'forgets everything when it is restarted',
    options: {
      capabilities: DURABLE,
      create({ clock }) {
        const storage = createDisk(clock).open()
        const close = () => {
          closedOnes.add(broken)
          return storage.close()
        }
        const broken = { ...storage, close }
        return broken
      },
      reopen: (storage, { clock }) => (closedOnes.has(storage) ? createDisk(clock).open() : storage),
    },
  },
  broken('storage.capabilities.max-commit-bytes', 'cuts long values', (sound) =>
    givenCommits(sound, (commit) =>
      Array.isArray(commit.entries)
        ? {
            ...commit,
            entries: commit.entries.map((entry) =>
              typeof entry.value === 'string' ? { ...entry, value: entry.value.slice(0, 1_000_000) } : entry,
            ),
          }
        : commit,
    ),
  ),
  {
    rule: 'storage.capabilities.max-commit-bytes',
    mistake: 'does not keep to the limit that it declares',
    options: {
      capabilities: LIMITED,
      create: ({ clock }) => ({ ...createMemoryStorage({ clock }), capabilities: LIMITED }),
    },
  },
]

const leftBehind = new WeakMap<VirtualClock, Storage>()
const closedOnes = new WeakSet<Storage>()
