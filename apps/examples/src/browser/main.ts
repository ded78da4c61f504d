import { parseArgs } from 'node:util'
import { launchChromium } from './chromium.ts'
import { scenes } from './scenes.ts'
import { Stage } from './stage.ts'

// Drives the example in a real browser, scene by scene.
const { values } = parseArgs({
  options: {
    pictures: { type: 'string' },
    only: { type: 'string', default: '' },
    dark: { type: 'boolean', default: false },
  },
})

const browser = await launchChromium()
const scheme = values.dark ? 'dark' : 'light'
const played = Object.entries(scenes).filter(([name]) => name.includes(values.only))
let failed = 0
try {
  for (const [name, play] of played) {
    const begun = Date.now()
    const stage = await Stage.open({ browser, scheme, pictures: values.pictures })
    try {
      await play(stage)
      stage.checkPage()
      console.log(`✓ ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
    } catch (error) {
      failed += 1
      await stage.picture('failed')
      console.error(`✗ ${name}\n`, error)
    } finally {
      await stage.close()
    }
  }
} finally {
  await browser.close()
}
console.log(`${played.length - failed} scenes passed, ${failed} failed`)
if (failed > 0 || played.length === 0) process.exitCode = 1
