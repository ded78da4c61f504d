import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

export function launchChromium(): Promise<Browser> {
  const named = process.env.WF_CHROMIUM
  const executablePath = [...(named ? [named] : usual)].find((path) => existsSync(path))
  if (executablePath) return chromium.launch({ executablePath, args })
  const where = named ? `WF_CHROMIUM is "${named}", and there is no such file` : `none of ${usual.join(', ')} exists`
  throw new Error(
    `There is no Chromium: ${where}. Install one ("apt-get install chromium"), or set WF_CHROMIUM to its path.`,
  )
}
