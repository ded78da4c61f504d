import { deepEqual } from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { ServerProcess } from './server-process.ts'

/** Remembers each text that an answer has had. */
const LISTENER = `
  window.heard = []
  new MutationObserver(() => {
    const text = [...document.querySelectorAll('.answer .text')].at(-1)?.textContent
    if (text && window.heard.at(-1) !== text) window.heard.push(text)
  }).observe(document, { subtree: true, childList: true, characterData: true })
`

interface Setting {
  readonly browser: Browser
  readonly scheme: 'light' | 'dark'
  /** Where pictures go; none are taken without it. */
  readonly pictures: string | undefined
}

/** A server of its own and a page that shows it. */
export class Stage {
  readonly server = new ServerProcess()
  readonly page: Page
  private readonly setting: Setting
  private readonly wrong: string[] = []

  private constructor(page: Page, setting: Setting) {
    this.page = page
    this.setting = setting
    page.on('pageerror', (error) => this.wrong.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.wrong.push(message.text())
    })
  }

  static async open(setting: Setting): Promise<Stage> {
    const context = await setting.browser.newContext({
      colorScheme: setting.scheme,
      viewport: { width: 900, height: 860 },
    })
    await context.addInitScript(LISTENER)
    const stage = new Stage(await context.newPage(), setting)
    await stage.server.start()
    await stage.page.goto(stage.server.url)
    return stage
  }

  async ask(question: string): Promise<void> {
    await this.page.getByLabel('What is it about?').fill(question)
    await this.page.getByRole('button', { name: 'Ask' }).click()
  }

  approval(): Locator {
    return this.page.locator('.approval')
  }

  /** Waits until the page says so where it says how things are. */
  async says(status: string): Promise<void> {
    await this.page.locator('#status', { hasText: status }).waitFor()
  }

  /** All that is shown: kinds of items with what they say. */
  async shown(): Promise<readonly string[]> {
    const items = await this.page.locator('#log > *').all()
    return Promise.all(items.map(async (item) => `${(await item.getAttribute('class'))?.slice('item '.length)}`))
  }

  async textOf(kind: string): Promise<readonly string[]> {
    return this.page.locator(`.${kind} .text`).allTextContents()
  }

  /** Each text that the last answer has had since the page was loaded. */
  async heard(): Promise<readonly string[]> {
    return (await this.page.evaluate('window.heard')) as readonly string[]
  }

  async picture(name: string): Promise<void> {
    const { pictures, scheme } = this.setting
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await this.page.screenshot({ path: join(pictures, `${name}-${scheme}.png`) })
  }

  /** Nothing may have been thrown on the page, and its policy may have refused nothing. */
  checkPage(): void {
    deepEqual(this.wrong, [])
  }

  async close(): Promise<void> {
    await this.page.context().close()
    await this.server.close()
  }
}
