import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { createMydbStorage } from '../src/index.js'

// The suite lives in one process, so it cannot kill one: that what was answered survives is shown here.
it('keeps every commit that it has answered, though its process is killed', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mydb-'))
  const path = join(folder, 'killed.db')
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.mjs'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let answered = 0
    for await (const line of createInterface(writer.stdout)) {
      answered = Number(line)
      if (answered === 20) writer.kill('SIGKILL')
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
    const storage = createMydbStorage({ path })
    const [slice] = await storage.load([{ journal: { namespace: 'test', kind: 'run', id: 'killed' } }])
    await storage.close()
    expect(answered).toBeGreaterThanOrEqual(20)
    // One more may have landed before its answer was heard.
    expect(slice?.commits.length).toBeGreaterThanOrEqual(answered)
    expect(slice?.commits.map(({ version }) => version)).toEqual(slice?.commits.map((_, index) => index + 1))
  } finally {
    writer.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})
