import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Release } from './order-workflow.ts'
import type { Asked } from './release.ts'

/** Begins a process of a release over a file of journals. */
export async function beginRelease(release: Release, path: string) {
  const child = fork(join(import.meta.dirname, 'release.ts'), [String(release), path], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const gone = once(child, 'exit')
  const message = () =>
    Promise.race([once(child, 'message'), gone.then(() => Promise.reject(new Error(`release ${release} is gone`)))])
  await message()
  return {
    /** One question at a time. */
    async ask(what: Asked['do'], id: string): Promise<string> {
      const said = message()
      child.send({ do: what, id } satisfies Asked)
      const [answer] = await said
      return String(answer)
    },
    /** Without a word of farewell. */
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
