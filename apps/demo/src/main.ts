import { parseArgs } from 'node:util'
import { Stage } from './stage.ts'
import { tellStory } from './story.ts'

const { values } = parseArgs({
  options: { yes: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
})

const stage = new Stage(process.stdout, { keeps: values.keep })
process.on('exit', () => stage.close())
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
// Whoever reads has gone, as with `| head`.
process.stdout.on('error', () => process.exit(1))

try {
  await tellStory(stage, { asks: Boolean(process.stdin.isTTY && process.stdout.isTTY) && !values.yes })
  await stage.closeStorage()
  if (values.keep) console.log(`\nKept: ${stage.folder}`)
} catch (error) {
  console.error(error)
  stage.processes.killAll()
  process.exitCode = 1
}
