import { describe, expect, it } from 'vitest'
import { Bodies, endsOthers } from './bodies.js'

/** A run in which these claims stand, by their keys. */
const foldWith = (claims: Readonly<Record<string, number>>, more: object = {}) => ({
  state: { activities: new Map(Object.entries(claims).map(([key, ref]) => [key, { claim: { ref } }])), ...more },
  ranOutOfTime: () => false,
})

const returned = (at: string) => ({ event: { type: 'step-succeeded', at } })

interface Asked {
  facts(): unknown
  failed?(error: unknown): void
}

/** Bodies that return what the test says, when it says so. */
function bodies() {
  const pushed: unknown[][] = []
  const asked: Asked[] = []
  const driver = {
    running: 0,
    releasing: false,
    session: 'mine',
    heart: { goOn: () => undefined },
    settings: { clock: { after: () => () => undefined } },
  }
  const ends = new Map<string, () => void>()
  const closed: string[] = []
  // A telemetry that performs nothing: what a body comes to is what the test makes of it.
  const trace = {
    perform: ({ activity: { key } }: { activity: { key: string } }) =>
      new Promise((resolve) => ends.set(key, () => resolve([returned(key)]))),
    close: () => closed.push('trace'),
  }
  const recorder = {
    plain: (event: unknown) => ({ event }),
    valued: (event: unknown, value: unknown) => ({ event, value }),
  }
  const around = { runId: 'r', redaction: { error: (error: Error) => error } }
  const outlet = {
    push(...requests: Asked[]) {
      asked.push(...requests)
      pushed.push(requests.map((request) => request.facts()))
    },
    inbox: { chunks: { flushed: () => undefined as Promise<unknown> | undefined } },
    writer: { held: { placeOf: (claim: number) => claim } },
  }
  const made = new Bodies(driver as never, { trace, recorder, around, random: () => 0 } as never, outlet as never)
  const claimed = (key: string, claim: number) => ({
    ...{ claim, input: undefined },
    activity: { key, begun: true, part: 'body', frame: { node: { kind: 'workflow', id: 'w', workflowId: 'w' } } },
    scene: { state: [['s', claim]], context: [['c', claim + 100]], frame: { node: {} } },
  })
  const begin = (key: string, claim: number, stands: Readonly<Record<string, number>> = { [key]: claim }): void =>
    made.begin(foldWith(stands) as never, claimed(key, claim) as never)
  const end = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) ends.get(key)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { made, driver, pushed, asked, begin, end, outlet, closed }
}

describe('bodies', () => {
  it('begin only under a claim that stands', () => {
    const { made, begin, driver } = bodies()
    begin('0', 1, { '0': 2 })
    begin('1', 1, {})
    expect([made.size, driver.running]).toEqual([0, 0])
    begin('0', 1)
    expect([made.size, driver.running]).toEqual([1, 1])
  })

  it('do not begin when claims are given back, and are given back with them', () => {
    const { made, begin, driver } = bodies()
    driver.releasing = true
    begin('0', 1)
    expect([made.size, driver.running]).toEqual([1, 0])
    expect(made.releases()).toEqual([{ event: { type: 'step-released', at: '0', claim: 1 } }])
  })

  it('tell together what they come to at one moment', async () => {
    const { made, begin, end, pushed, driver } = bodies()
    for (const [key, claim] of [
      ['0', 1],
      ['1', 2],
      ['2', 3],
    ] as const)
      begin(key, claim)
    await end('0', '1')
    expect(pushed).toEqual([[[returned('0')], [returned('1')]]])
    expect([made.size, driver.running]).toEqual([1, 1])
    await end('2')
    expect(pushed).toEqual([[[returned('0')], [returned('1')]], [[returned('2')]]])
    expect([made.size, driver.running]).toEqual([0, 0])
  })

  it('tell what they come to behind what they have written', async () => {
    const { begin, end, pushed, outlet } = bodies()
    const { promise, resolve } = Promise.withResolvers<unknown>()
    outlet.inbox.chunks.flushed = () => promise
    begin('0', 1)
    await end('0')
    expect(pushed).toEqual([])
    resolve(undefined)
    await end()
    expect(pushed).toEqual([[[returned('0')]]])
  })

  it('have failed where the storage will not have what they came to', async () => {
    const { begin, end, pushed, asked } = bodies()
    begin('0', 1)
    await end('0')
    asked[0]?.failed?.(new Error('too large'))
    await end()
    expect(pushed[1]).toMatchObject([[{ event: { type: 'step-failed', at: '0', claim: 1, final: true } }]])
    expect(pushed[1]).toMatchObject([[{ value: { message: 'too large' } }]])
  })

  it('hold what they may look at', () => {
    const { made, begin } = bodies()
    expect([...made]).toEqual([])
    begin('0', 1)
    begin('1', 2)
    expect([...made]).toEqual([1, 101, 2, 102])
  })

  it('of another claim at the same place are not ended with the one before', async () => {
    const { made, begin, end } = bodies()
    begin('0', 1)
    const ended = end('0')
    begin('0', 5)
    await ended
    expect(made.size).toBe(1)
    expect(made.releases()).toEqual([{ event: { type: 'step-released', at: '0', claim: 5 } }])
  })

  it('are dropped when their claim stands no longer, and nobody waits for them', async () => {
    const { made, begin, end, driver, closed } = bodies()
    begin('0', 1)
    begin('1', 2)
    made.abortSuperseded(foldWith({ '0': 1, '1': 9 }) as never)
    expect(made.size).toBe(1)
    await end('1')
    expect(driver.running).toBe(1)
    made.abandon('lost')
    expect(made.size).toBe(0)
    expect(closed).toEqual(['trace'])
  })
})

describe('others have claims', () => {
  const company = (running: number, suspended: number, sessions: readonly (string | undefined)[]): boolean => {
    const { made, begin } = bodies()
    for (let nth = 0; nth < running; nth += 1) begin(`${nth}`, nth)
    const activities = new Map(
      sessions.map((session, nth) => [`${nth}`, { claim: session === undefined ? undefined : { session } }]),
    )
    return made.haveCompany({
      activities,
      suspended: new Set(Array.from({ length: suspended }, (_, nth) => nth)),
    } as never)
  }

  it('where one is of another session', () => {
    expect(company(1, 0, ['mine', 'other'])).toBe(true)
    expect(company(0, 0, ['other'])).toBe(true)
    expect(company(1, 0, ['mine', undefined])).toBe(false)
    expect(company(0, 0, ['mine'])).toBe(false)
  })

  it('but nobody looks where all is ours or suspended', () => {
    expect(company(1, 0, ['other'])).toBe(false)
    expect(company(0, 1, ['other'])).toBe(false)
    expect(company(1, 1, ['other', 'other', 'other'])).toBe(true)
  })
})

it('what may end other bodies is a cancel or a timer', () => {
  const types = ['cancel-requested', 'timer-fired', 'step-succeeded', 'run-resumed']
  expect(types.map((type) => endsOthers({ event: { type } } as never))).toEqual([true, true, false, false])
})
