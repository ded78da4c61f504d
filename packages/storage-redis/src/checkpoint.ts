import type { Checkpoint } from '@wf/core'
import { type Connection, replyOf } from './connection.js'
import type { KeySpace } from './key-space.js'
import { tagOf } from './pack-commit.js'
import { checkpointScript } from './scripts/checkpoint-script.js'
import { exactly } from './text.js'

/** One of the same head replaces what is stored: a release that folds differently writes its own. */
export async function saveCheckpoint(connection: Connection, space: KeySpace, save: Checkpoint): Promise<void> {
  const { journal, head, state } = save
  const { partition, commits, checkpoint } = space.of(journal)
  const kept =
    typeof state === 'string'
      ? ['text', exactly(state)]
      : ['bytes', Buffer.from(state.buffer, state.byteOffset, state.byteLength)]
  const args = [head.version, exactly(tagOf(head.commitId)), ...kept]
  const [outcome] = await connection.run(checkpointScript, [{ partition, keys: [commits, checkpoint], args }])
  replyOf(outcome, connection)
}
