import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { describe, expect, it } from 'vitest'
import { spawnExample } from './spawn-example.ts'

const file = join(import.meta.dirname, '..', 'src', 'examples', 'first-run.ts')

describe('the first run of the documentation', { timeout: 60_000 }, () => {
  it('survives that its process is killed, and calls no step again that had returned', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'wf-first-run-'))
    try {
      const first = spawnExample('first-run.ts', { cwd })
      await first.says('water is hot')
      // What the step has returned is stored with the sleep behind it, which takes a moment more.
      await stored(join(cwd, 'tea.db'))
      first.kill('SIGKILL')
      expect(await first.ended).toBe('SIGKILL')

      const second = spawnExample('first-run.ts', { cwd })
      expect(await second.ended).toBe(0)
      expect(second.said).toEqual(['water is hot, and on', 'success'])

      const third = spawnExample('first-run.ts', { cwd })
      expect(await third.ended).toBe(0)
      expect(third.said).toEqual(['success'])
    } finally {
      rmSync(cwd, { recursive: true })
    }
  })

  it('takes no more than twenty lines', () => {
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20)
  })
})

/** Looks with an engine of its own, as any other process may. */
async function stored(path: string): Promise<void> {
  const storage = createSqliteStorage({ path })
  const engine = createDefaultEngine({ workflows: [], storage })
  while ((await engine.runs.get('tea-1', { fields: [] }))?.status !== 'waiting') await turn()
  await engine.close()
  await storage.close()
}
