import { describe, expect, it } from 'vitest'
import type { Read, Slice } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { type RunEvent, refOf, versionOf } from '../machine/index.js'
import { isWaiting, receive } from './receive.js'

const OF = refOf(3, 1)
const wait = { at: '0', of: OF, name: 'e', key: '', runId: 'r', workflowId: 'w', graphHash: 'h' }
const mail = { id: 'm1', seq: 4, sentAt: 0, payload: { x: 1 } }
const around = { node: { kind: 'workflow', id: 'w', workflowId: 'w' }, parent: undefined }
const frame = { path: '0', node: { kind: 'waitForEvent', id: 'a' }, parent: around }

interface Given {
  /** Where the run waits, for what; `gone`: it does not any more. */
  readonly waitsFor?: number | 'gone'
  readonly rest?: string
  readonly standsStill?: boolean
  readonly schema?: object
  /** What becomes of each write: whether it had an effect, or why it was refused. */
  readonly writes?: readonly (boolean | Error)[]
  /** By version, the facts of the journal from 1 on. */
  readonly journal?: readonly (readonly string[])[]
  readonly waitsAfter?: number | 'gone'
}

/** A run that waits for an event, and what was written into it. */
function run({ waitsFor = OF, journal = [], writes = [true], waitsAfter = waitsFor, ...given }: Given = {}) {
  const written: RunEvent[] = []
  const reads: Read[] = []
  const seen: number[] = []
  const remembered = new Map<number, string>()
  const left = [...writes]
  let reading = 0
  const foldWith = (of: number | 'gone') => ({
    state: { waits: new Map(of === 'gone' ? [] : [['0', { ...wait, of, frame }]]), rest: given.rest },
    standsStill: given.standsStill === true,
    head: { version: 9 },
  })
  const load = async (read: Read): Promise<Slice> => {
    reads.push(read)
    const { after = 0 } = read
    const commits = journal.slice(after, after + 2).map((facts, nth) => ({
      version: after + nth + 1,
      entries: facts.map((fact) => ({ type: 'event', fact })),
    }))
    return { commits, more: after + 2 < journal.length } as unknown as Slice
  }
  const recorder = {
    valued: async (event: RunEvent, value: unknown) => ({ event: { ...event, with: value } }),
    plain: (event: RunEvent) => ({ event }),
  }
  const code = given.schema ? { awaits: { schema: given.schema } } : {}
  const made = {
    runId: 'r',
    driver: { settings: { namespace: 'n' } },
    program: { skipsInputs: false, codeOf: () => code },
    bench: { recorder, around: { runId: 'r', redaction: { error: (error: Error) => error } } },
    writer: { knownVersion: 9, home: { load }, sees: (version: number) => seen.push(version) },
    waits: {
      remember: (of: number, id: string) => remembered.set(of, id),
      mailOf: (of: number) => remembered.get(of),
    },
    async read(look: (fold: unknown) => unknown) {
      reading += 1
      return look(foldWith(reading === 1 ? waitsFor : waitsAfter))
    },
    async write(facts: (fold: unknown) => readonly { event: RunEvent }[]) {
      const all = facts(foldWith(waitsFor))
      const became = left.shift() ?? false
      if (became instanceof Error) throw became
      written.push(...all.map(({ event }) => event))
      return became && all.length > 0
    },
  }
  return { made: made as never, written, reads, seen, remembered }
}

const validating = (result: object) => ({ '~standard': { version: 1, vendor: 'test', validate: () => result } })

describe('an event that comes', () => {
  it('is taken by the run that waits for it', async () => {
    const { made, written, seen, remembered } = run()
    expect(await receive(made, wait, mail)).toBe('taken')
    expect(written).toEqual([{ type: 'event-received', at: '0', of: OF, mail: 'm1', seq: 4, with: { x: 1 } }])
    expect([seen, remembered.get(OF)]).toEqual([[versionOf(OF)], 'm1'])
  })

  it('is left to others while the run is paused or goes by another graph', async () => {
    for (const given of [{ rest: 'paused' }, { standsStill: true }]) {
      const { made, written } = run(given)
      expect(await receive(made, wait, mail)).toBe('elsewhere')
      expect(written).toEqual([])
    }
  })

  it('is left to others where it had no effect though the run waits still', async () => {
    expect(await receive(run({ writes: [false] }).made, wait, mail)).toBe('elsewhere')
    expect(await receive(run({ writes: [false], waitsAfter: 'gone' }).made, wait, mail)).toBe('gone')
  })

  it('was taken before, as is remembered here', async () => {
    const { made, remembered, reads } = run({ waitsFor: 'gone' })
    remembered.set(OF, 'm1')
    expect(await receive(made, wait, mail)).toBe('taken')
    remembered.set(OF, 'm2')
    expect(await receive(made, wait, mail)).toBe('gone')
    expect(reads).toEqual([])
  })

  it('was taken before, as the journal tells', async () => {
    const received = (of: number, id: string) =>
      JSON.stringify({ type: 'event-received', at: '0', of, mail: id, seq: 1 })
    const journal = [[], [], ['{"type":"cancel-requested"}'], [received(7, 'm1')], [received(OF, 'm1')], []]
    const { made, reads } = run({ waitsFor: 'gone', journal })
    expect(await receive(made, wait, mail)).toBe('taken')
    expect(reads.map(({ after, atLeast }) => [after, atLeast])).toEqual([
      [2, 9],
      [4, 9],
    ])
    expect(await receive(made, wait, { ...mail, id: 'm2' })).toBe('gone')
    expect(await receive(run({ waitsFor: 'gone', journal: journal.slice(0, 4) }).made, wait, mail)).toBe('gone')
  })

  it('for another wait at the same place is not for this one', async () => {
    expect(await receive(run({ waitsFor: OF + 1 }).made, wait, mail)).toBe('gone')
    const fold = { state: { waits: new Map([['0', { of: OF }]]) } } as never
    expect([isWaiting(fold, wait), isWaiting(fold, { ...wait, of: 1 }), isWaiting(fold, { ...wait, at: '1' })]).toEqual(
      [...[true, false, false]],
    )
  })
})

describe('an event with a schema', () => {
  it('is what the schema makes of it', async () => {
    const { made, written } = run({ schema: validating({ value: 'parsed' }) })
    expect(await receive(made, wait, mail)).toBe('taken')
    expect(written[0]).toMatchObject({ with: 'parsed' })
  })

  it('that does not fit fails the step', async () => {
    const { made, written } = run({ schema: validating({ issues: [{ message: 'not so' }] }) })
    expect(await receive(made, wait, mail)).toBe('taken')
    expect(written[0]).toMatchObject({ failed: true, with: { code: 'WF_EVENT_INVALID', stepId: 'a', workflowId: 'w' } })
  })
})

describe('an event that the storage will not have', () => {
  it('fails the step when it is too large or cannot cross', async () => {
    for (const code of ['WF_LIMIT', 'WF_NOT_SERIALIZABLE'] as const) {
      const refusal = new WorkflowError(code, 'no')
      const { made, written } = run({ writes: [refusal, true] })
      expect(await receive(made, wait, mail)).toBe('taken')
      expect(written).toMatchObject([{ failed: true, with: refusal }])
    }
  })

  it('is given again otherwise', async () => {
    const refusal = new WorkflowError('WF_CLOSED', 'no')
    await expect(receive(run({ writes: [refusal] }).made, wait, mail)).rejects.toBe(refusal)
  })
})
