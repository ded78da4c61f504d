import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it, vi } from 'vitest'
import { type Item, isOver } from '../src/agent/page/conversation.js'
import { scriptedModel } from '../src/agent/scripted-model.ts'
import { heldPace } from './given/held-pace.ts'
import { isRest, readEvents, shownBy, wordsIn } from './given/read-events.ts'
import { engines, openSite } from './given/site.ts'

const BROKEN = 'My lamp arrived broken. It is order 1042, and it cost 40 €.'
const PROPOSAL =
  'I am sorry that order 1042 went wrong. I would like to give you back 40 €, and somebody here has to agree to that first.'
const PAID = 'Thank you for waiting. The money is on its way and reaches you within three days.'

const textsOf = (items: readonly Item[], kind: string) =>
  items.filter((item) => item.kind === kind).map(({ text }) => text)

describe.each(engines)('a conversation on engine-%s', (engine) => {
  it('is told word by word, waits for an approval, and does what was approved', async () => {
    const { pace, allow, open } = heldPace()
    const site = await openSite(engine, scriptedModel(pace))
    const id = await site.begin(BROKEN)
    allow(2)
    // The model is in the middle of its sentence, and will be until it is allowed more.
    const first = await readEvents(site.eventsOf(id), { until: (frame) => wordsIn(frame) === 'am ' })
    expect(first.map(wordsIn).filter(Boolean)).toEqual(['I ', 'am '])
    open()
    const asked = await readEvents(site.eventsOf(id), { until: isRest })
    const waiting = shownBy(asked)
    expect(waiting.status).toBe('suspended')
    expect(waiting.items.map(({ kind }) => kind)).toEqual(['question', 'answer', 'approval'])
    expect(waiting.items.at(-1)).toMatchObject({
      toolName: 'refund',
      input: { orderId: '1042', euros: 40 },
      decision: 'waiting',
    })
    expect(site.ledger.refunds).toEqual([])

    expect(await site.decide(id, { approved: true })).toEqual({ status: 202, body: { id, callId: 'refund-1' } })
    const over = shownBy(await readEvents(site.eventsOf(id)))
    expect(over.items.map(({ kind }) => kind)).toEqual(['question', 'answer', 'approval', 'result', 'answer'])
    expect(textsOf(over.items, 'question')).toEqual([BROKEN])
    expect(textsOf(over.items, 'answer')).toEqual([PROPOSAL, PAID])
    expect(over.items[2]).toMatchObject({ decision: 'approved' })
    expect(over.items[3]).toMatchObject({ output: { orderId: '1042', euros: 40, paid: true } })
    expect([over.status, isOver(over), over.isIncomplete]).toEqual(['success', true, false])
    expect(over.tokens).toBe(2 * 40 + PROPOSAL.split(' ').length + PAID.split(' ').length)
    expect(site.ledger.refunds).toMatchObject([{ orderId: '1042', euros: 40 }])
  })

  it('goes on behind the event that a reader has seen last, with nothing missing and nothing twice', async () => {
    const site = await openSite(engine)
    const id = await site.begin(BROKEN)
    const seen = await readEvents(site.eventsOf(id), { until: (frame) => wordsIn(frame) === 'order ' })
    // Waits for what comes, also where the run rests in between.
    const rest = readEvents(site.eventsOf(id), { after: seen.at(-1)?.id })
    await readEvents(site.eventsOf(id), { until: isRest })
    await site.decide(id, { approved: true })
    const whole = await readEvents(site.eventsOf(id))
    expect([...seen, ...(await rest)].map(({ id: place }) => place)).toEqual(whole.map(({ id: place }) => place))
    expect(new Set(whole.map(({ id: place }) => place)).size).toBe(whole.length)
    expect(shownBy([...seen, ...(await rest)])).toEqual(shownBy(whole))
    // Who has seen the end is told that there is nothing more.
    expect(await readEvents(site.eventsOf(id), { after: whole.at(-1)?.id })).toEqual([])
  })

  it('does not do what was declined, and tells the model why', async () => {
    const site = await openSite(engine)
    const id = await site.begin(BROKEN)
    await readEvents(site.eventsOf(id), { until: isRest })
    expect((await site.decide(id, { approved: false, reason: 'Not before June.' })).status).toBe(202)
    const { items, status } = shownBy(await readEvents(site.eventsOf(id)))
    expect(status).toBe('success')
    expect(items.map(({ kind }) => kind)).toEqual(['question', 'answer', 'approval', 'answer'])
    expect(items[2]).toMatchObject({ decision: 'declined', reason: 'Not before June.' })
    expect(items[3]?.text).toBe('I am afraid that the refund was not approved. The reason: Not before June.')
    expect(site.ledger.refunds).toEqual([])
  })

  it('takes one of two decisions', async () => {
    const site = await openSite(engine)
    const id = await site.begin(BROKEN)
    await readEvents(site.eventsOf(id), { until: isRest })
    const answers = await Promise.all([site.decide(id, { approved: true }), site.decide(id, { approved: true })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409])
    await readEvents(site.eventsOf(id))
    const late = await site.decide(id, { approved: false })
    expect([late.status, late.body.error?.code]).toEqual([409, 'NOT_WAITING'])
    expect(site.ledger.refunds).toHaveLength(1)
  })

  it('is gone on with in another process', async () => {
    const site = await openSite(engine)
    const id = await site.begin(BROKEN)
    const seen = await readEvents(site.eventsOf(id), { until: isRest })
    await site.close()
    const next = await site.open()
    const rest = readEvents(next.eventsOf(id), { after: seen.at(-1)?.id })
    expect((await next.decide(id, { approved: true })).status).toBe(202)
    expect(textsOf(shownBy([...seen, ...(await rest)]).items, 'answer')).toEqual([PROPOSAL, PAID])
    expect(site.ledger.refunds).toHaveLength(1)
  })

  it('says anew what a process was saying when it was lost', async () => {
    const { pace, allow, open } = heldPace()
    const site = await openSite(engine, scriptedModel(pace))
    const id = await site.begin(BROKEN)
    allow(3)
    const seen = await readEvents(site.eventsOf(id), { until: (frame) => wordsIn(frame) === 'sorry ' })
    await site.close()
    open()
    const next = await site.open()
    const rest = await readEvents(next.eventsOf(id), { after: seen.at(-1)?.id, until: isRest })
    expect(rest.map(({ event }) => event)).toContain('workflow-step-reset')
    expect(textsOf(shownBy([...seen, ...rest]).items, 'answer')).toEqual([PROPOSAL])
  })

  it('asks for what it has to know, and needs no approval for that', async () => {
    const site = await openSite(engine)
    const { items, status } = shownBy(await readEvents(site.eventsOf(await site.begin('Hello?'))))
    expect([status, items.map(({ kind }) => kind)]).toEqual(['success', ['question', 'answer']])
  })

  it('decides calls one by one', async () => {
    const site = await openSite(engine, twoRefunds())
    const id = await site.begin(BROKEN)
    await readEvents(site.eventsOf(id), { until: isRest })
    await site.decide(id, { approved: true }, 'one')
    let rests = 0
    const between = await readEvents(site.eventsOf(id), { until: (frame) => isRest(frame) && ++rests === 2 })
    const decisions = ({ items }: ReturnType<typeof shownBy>) =>
      items.filter(({ kind }) => kind === 'approval').map(({ decision }) => decision)
    expect(decisions(shownBy(between))).toEqual(['approved', 'waiting'])
    expect((await site.decide(id, { approved: true }, 'one')).status).toBe(409)
    await site.decide(id, { approved: false }, 'two')
    expect(decisions(shownBy(await readEvents(site.eventsOf(id))))).toEqual(['approved', 'declined'])
    expect(site.ledger.refunds).toMatchObject([{ orderId: '1' }])
  })

  it('says that it has failed, and why, where the model breaks off', async () => {
    const { promise: logged, resolve } = Promise.withResolvers<string>()
    const log = vi.spyOn(console, 'error').mockImplementation(resolve)
    const failure = Object.assign(new Error('The model is out.'), { requestBodyValues: 'what nobody shall see' })
    const site = await openSite(
      engine,
      scriptedModel(() => Promise.reject(failure)),
    )
    const frames = await readEvents(site.eventsOf(await site.begin(BROKEN)))
    const { items, status } = shownBy(frames)
    expect(status).toBe('failed')
    expect(items.at(-1)).toMatchObject({ kind: 'problem', text: expect.stringContaining('The model is out.') })
    expect(JSON.stringify(frames)).not.toContain('requestBodyValues')
    expect(await logged).toMatch(/^Conversation \S+ has failed: .*The model is out/)
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })

  it('goes on when its reader leaves', async () => {
    const { pace, allow, open } = heldPace()
    const site = await openSite(engine, scriptedModel(pace))
    const id = await site.begin(BROKEN)
    allow(1)
    await readEvents(site.eventsOf(id), { until: (frame) => wordsIn(frame) === 'I ' })
    open()
    const asked = shownBy(await readEvents(site.eventsOf(id), { until: isRest }))
    expect(textsOf(asked.items, 'answer')).toEqual([PROPOSAL])
  })
})

/** Wants to call twice at once. */
function twoRefunds() {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  }
  const call = (toolCallId: string, orderId: string) => {
    const input = JSON.stringify({ orderId, euros: 5 })
    return { type: 'tool-call' as const, toolCallId, toolName: 'refund', input }
  }
  const finish = (unified: 'tool-calls' | 'stop') => ({
    type: 'finish' as const,
    finishReason: { unified, raw: undefined },
    usage,
  })
  return new MockLanguageModelV4({
    doStream: [
      { stream: ReadableStream.from([call('one', '1'), call('two', '2'), finish('tool-calls')]) },
      { stream: ReadableStream.from([finish('stop')]) },
    ],
  })
}
