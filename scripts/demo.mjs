import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, tool } from './command.mjs'

/** Builds what the demo imports, and nothing else, and runs it on the terminal that it was started from. */
export async function demo(env, args) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'apps', 'demo', 'package.json'), 'utf8'))
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@wf/'))
  const filters = ours.map((name) => `--filter=${name}`)
  const built = await run(tool('turbo'), ['run', 'build', ...filters, '--output-logs=errors-only'], {
    env,
    quiet: true,
  })
  if (built.code !== 0) {
    console.error(built.output)
    return built.code
  }
  const { code } = await run('node', ['--disable-warning=ExperimentalWarning', 'apps/demo/src/main.ts', ...args], {
    env,
  })
  return code
}
