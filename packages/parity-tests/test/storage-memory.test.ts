import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { storageSuite } from '../src/index.js'
import { createDisk, type Disk } from './broken/disk.js'

storageSuite({
  name: 'memory with a limit',
  capabilities: { survives: 'nothing', maxCommitBytes: 200_000 },
  create: ({ clock }) => createMemoryStorage({ clock, maxCommitBytes: 200_000 }),
}).register({ describe, it })

const disks = new WeakMap<object, Disk>()

// The other promise of each capability, and races between two objects over the same data.
storageSuite({
  name: 'memory that outlives its handles',
  capabilities: { survives: 'process', maxCommitBytes: undefined },
  create({ clock }) {
    const disk = createDisk(clock)
    const storage = disk.open()
    disks.set(storage, disk)
    return storage
  },
  reopen: (storage, { clock }) => (disks.get(storage) ?? createDisk(clock)).open(),
}).register({ describe, it })
