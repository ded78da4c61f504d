import type { Storage } from '@wf/core'
import { begin, draft, MINUTE, NAMESPACE, refused, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

/** What is asked of a closed storage. A storage has a rule for each of its methods. */
const calls: Record<
  Exclude<keyof Storage, 'contract' | 'capabilities' | 'close'>,
  (storage: Storage) => Promise<unknown>
> = {
  commit: (storage) => storage.commit([draft(run('a'), 'new')]),
  load: (storage) => storage.load([{ journal: run('a') }]),
  checkpoint: (storage) => storage.checkpoint({ journal: run('a'), head: { version: 1, commitId: 'x' }, state: '' }),
  due: (storage) => storage.due({ namespace: NAMESPACE, serves: 'all', kinds: ['run'], limit: 1, holdMs: MINUTE }),
  renew: (storage) => storage.renew({ session: 'a', ttlMs: MINUTE, ask: [] }),
  list: (storage) => storage.list({ namespace: NAMESPACE, kind: 'run', limit: 1 }),
  delete: (storage) => storage.delete({ journal: run('a') }),
}

export const closeRules: readonly StorageRule[] = [
  {
    id: 'storage.close.idempotent',
    states: 'Closing twice, or twice at once, is closing once.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      await Promise.all([storage.close(), storage.close()])
      await storage.close()
    },
  },
  ...Object.entries(calls).map(
    ([method, call]): StorageRule => ({
      id: `storage.close.refuses-${method}`,
      states: `After close, \`${method}\` rejects with WF_CLOSED.`,
      since: '0.1.0',
      async check({ storage }) {
        await storage.close()
        await refused(() => call(storage), 'WF_CLOSED', `${method} after close`)
      },
    }),
  ),
]
