#!/usr/bin/env node
// The two commands, `npm run demo` and `npm test`, on a machine that may have nothing but an old Node and npm.
import { demo } from './demo.mjs'
import { test } from './test.mjs'
import { prepareToolchain } from './toolchain.mjs'

const commands = { demo, test }
const [name, ...rest] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(`usage: node scripts/run.mjs <${Object.keys(commands).join(' | ')}>`)
  process.exit(2)
}
try {
  const env = await prepareToolchain()
  process.exitCode = await command(env, rest)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  // Whoever reads only the last line must see that nothing was proved.
  if (name === 'test') console.log('0 passed, 1 failed, 0 skipped')
  process.exitCode = 1
}
