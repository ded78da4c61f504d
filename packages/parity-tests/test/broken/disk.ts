import { type Clock, type Storage, WorkflowError } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'

/** Data that outlives the objects which read and write it, as a file or a server does. */
export interface Disk {
  open(): Storage
}

export function createDisk(clock: Clock): Disk {
  const data = createMemoryStorage({ clock })
  return { open: () => handle(data) }
}

function handle(data: Storage): Storage {
  let closed = false
  const open = (): Storage => {
    if (closed) throw new WorkflowError('WF_CLOSED', 'this handle has been closed')
    return data
  }
  return {
    contract: data.contract,
    capabilities: { survives: 'process', maxCommitBytes: undefined },
    commit: async (commits) => open().commit(commits),
    load: async (reads) => open().load(reads),
    checkpoint: async (save) => open().checkpoint(save),
    due: async (query) => open().due(query),
    renew: async (beat) => open().renew(beat),
    list: async (query) => open().list(query),
    delete: async (query) => open().delete(query),
    async close() {
      closed = true
    },
  }
}
