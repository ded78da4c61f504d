import { run, tool } from './command.mjs'

/** Builds what the demo imports and runs it on the terminal that it was started from. */
export async function demo(env, args) {
  const built = await run(tool('turbo'), ['run', 'build', '--filter=demo^...', '--output-logs=errors-only'], {
    env,
    quiet: true,
  })
  if (built.code !== 0) {
    console.error(built.output)
    return built.code
  }
  const { code } = await run('node', ['apps/demo/src/main.ts', ...args], { env })
  return code
}
