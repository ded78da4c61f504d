import type { Entry } from '@wf/core'
import { expect, it, onTestFinished } from 'vitest'
import { draft, freshPrefix, opened, read, removeAll, run, sharedUrl } from './given.js'

it('what callers do to their objects after a call changes nothing', async () => {
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const storage = opened({ url: sharedUrl(), prefix })
  const bytes = Uint8Array.of(1, 2, 3)
  const entries: Entry[] = [{ type: 'event', fact: 'f', value: bytes }]
  const commit = draft('a', 'new', entries)
  const answers = storage.commit([commit])
  bytes.fill(9)
  entries.push({ type: 'chunk', fact: 'late' })
  const [answer] = await answers
  if (answer?.status !== 'committed') return expect.unreachable('nothing landed')
  const state = Uint8Array.of(4, 5)
  const saved = storage.checkpoint({ journal: run('a'), head: answer.head, state })
  state.fill(9)
  await saved
  expect((await read(storage, 'a')).commits).toMatchObject([
    { entries: [{ type: 'event', fact: 'f', value: Uint8Array.of(1, 2, 3) }] },
  ])
  const [slice] = await storage.load([{ journal: run('a'), fromCheckpoint: true }])
  expect(slice?.checkpoint?.state).toEqual(Uint8Array.of(4, 5))
})
