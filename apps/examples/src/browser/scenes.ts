import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { Stage } from './stage.ts'

const BROKEN = 'My lamp arrived broken. It is order 1042, and it cost 40 €.'
const PROPOSAL =
  'I am sorry that order 1042 went wrong. I would like to give you back 40 €, and somebody here has to agree to that first.'
const PAID = 'Thank you for waiting. The money is on its way and reaches you within three days.'
const WHOLE = ['question', 'answer', 'approval', 'result', 'answer']

type Scene = (stage: Stage) => Promise<void>

async function isPaidOnce(stage: Stage): Promise<void> {
  await stage.says('The conversation is over.')
  deepEqual(await stage.shown(), WHOLE)
  deepEqual(await stage.textOf('question'), [BROKEN])
  deepEqual(await stage.textOf('answer'), [PROPOSAL, PAID])
  equal(await stage.page.locator('.result dd').last().textContent(), 'true')
  equal(stage.server.refunds, 1)
}

const decide = (stage: Stage, name: 'Approve' | 'Decline') => stage.page.getByRole('button', { name }).click()

async function untilAsked(stage: Stage): Promise<void> {
  await stage.ask(BROKEN)
  await stage.says('Waiting for your decision.')
}

export const scenes: Readonly<Record<string, Scene>> = {
  async 'words come one after the other, and what was approved is done'(stage) {
    await stage.picture('1-form')
    await untilAsked(stage)
    const heard = await stage.heard()
    ok(heard.length > 5, `the words came in ${heard.length} pieces`)
    ok(heard.every((text) => PROPOSAL.startsWith(text)))
    deepEqual(await stage.approval().locator('dd').allTextContents(), ['1042', '40'])
    equal(stage.server.refunds, 0)
    await stage.picture('2-approval')
    await decide(stage, 'Approve')
    await isPaidOnce(stage)
    equal(await stage.approval().locator('.decision').textContent(), 'Approved')
    equal(await stage.page.getByRole('button', { name: 'Approve' }).count(), 0)
    match((await stage.page.locator('#usage').textContent()) ?? '', /^\d+ tokens$/)
    await stage.picture('3-approved')
  },

  async 'what was declined is not done, and the clerk is told why'(stage) {
    await untilAsked(stage)
    await stage.page.getByLabel('Reason').fill('It was <b>repaired</b>.')
    await stage.page.keyboard.press('Enter')
    equal(await stage.approval().getAttribute('data-decision'), 'waiting')
    // With the keyboard alone: past Approve to Decline.
    for (const key of ['Tab', 'Tab', 'Enter']) await stage.page.keyboard.press(key)
    await stage.page.locator('.approval:focus').waitFor()
    await stage.says('The conversation is over.')
    deepEqual(await stage.shown(), ['question', 'answer', 'approval', 'answer'])
    const [, last] = await stage.textOf('answer')
    equal(last, 'I am afraid that the refund was not approved. The reason: It was <b>repaired</b>.')
    equal(await stage.approval().locator('.decision').textContent(), 'Declined: It was <b>repaired</b>.')
    equal(stage.server.refunds, 0)
    await stage.picture('4-declined')
  },

  async 'a page that is reloaded while an approval waits goes on'(stage) {
    await untilAsked(stage)
    await stage.page.reload()
    await stage.says('Waiting for your decision.')
    deepEqual(await stage.shown(), ['question', 'answer', 'approval'])
    await decide(stage, 'Approve')
    await isPaidOnce(stage)
    await stage.page.reload()
    await isPaidOnce(stage)
  },

  async 'two windows show one conversation'(stage) {
    await untilAsked(stage)
    const other = await stage.page.context().newPage()
    await other.goto(stage.page.url())
    const approve = other.getByRole('button', { name: 'Approve' })
    await approve.waitFor()
    await decide(stage, 'Approve')
    await isPaidOnce(stage)
    await other.locator('#status', { hasText: 'The conversation is over.' }).waitFor()
    equal(await approve.count(), 0)
    const [here, there] = [stage.page, other].map((page) => page.locator('#log').textContent())
    equal(await there, await here)
  },

  async 'a server that is killed while an approval waits is started again, and the page comes back by itself'(stage) {
    await untilAsked(stage)
    await stage.page.evaluate('window.sameDocument = true')
    await stage.server.kill()
    await stage.says('The connection is lost.')
    await decide(stage, 'Approve')
    await stage.page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await stage.page.locator('button[value=approve]:focus').waitFor()
    await stage.picture('5-lost')
    await stage.server.start()
    await stage.says('Waiting for your decision.')
    deepEqual(await stage.shown(), ['question', 'answer', 'approval'])
    equal(await stage.page.getByRole('alert').textContent(), '')
    await decide(stage, 'Approve')
    await isPaidOnce(stage)
    equal(await stage.page.evaluate('window.sameDocument'), true)
  },

  async 'a server that is killed in the middle of a sentence says it anew, once'(stage) {
    await stage.ask(BROKEN)
    await stage.page.locator('.answer', { hasText: 'order 1042' }).waitFor()
    await stage.server.kill()
    await stage.says('The connection is lost.')
    ok(!(await stage.textOf('answer')).includes(PROPOSAL), 'the sentence was over before')
    await stage.server.start()
    await stage.says('Waiting for your decision.')
    deepEqual(await stage.textOf('answer'), [PROPOSAL])
    await decide(stage, 'Approve')
    await isPaidOnce(stage)
  },

  async 'what cannot be asked is refused, and markup is text'(stage) {
    const alert = stage.page.getByRole('alert')
    await stage.ask('   ')
    await alert.getByText('Write what it is about.').waitFor()
    await stage.picture('6-refused')
    await stage.ask('x'.repeat(2_001))
    await alert.getByText('Write at most 2000 letters.').waitFor()
    deepEqual(await stage.shown(), [])
    const markup = '<img src="/x" onerror="document.title = 1"><b>order</b>'
    await stage.ask(markup)
    await stage.says('The conversation is over.')
    deepEqual(await stage.textOf('question'), [markup])
    equal(await stage.page.locator('#log img, #log b').count(), 0)
    await stage.page.goto(`${stage.server.url}?conversation=none`)
    await alert.getByText('There is no conversation "none".').waitFor()
    await stage.page.getByRole('link', { name: 'Begin another conversation' }).click()
    await stage.page.getByLabel('What is it about?').waitFor()
  },
}
