import type { Graph } from '@wf/core'
import type { HistoryRuleId } from '../../src/history/check-history.js'
import type { Material } from '../../src/history/evidence.js'
import type { LedgerLine } from '../../src/history/ledger.js'
import { brokenLimits } from './broken-limits.js'
import { claimed, ended, graph, made, material, started, step, succeeded, under } from './made-run.js'

export const good = [started, claimed([0]), succeeded([0], 2), claimed([1]), succeeded([1], 4), ended()] as const

export const begin = (key: string, at: number, more: Partial<LedgerLine> = {}): LedgerLine => ({
  what: 'begin',
  run: 'r',
  idempotencyKey: key.slice(0, key.lastIndexOf(':')),
  attemptKey: key,
  process: 'p',
  at,
  ...more,
})

export const line = (at: number, attempt = 0) => begin(`r:0:0:0:${attempt}`, at)

export const blocks: Graph = graph(
  {
    kind: 'branch',
    id: 'arms',
    members: [
      { key: 'x', node: step('x') },
      { key: 'y', node: step('y') },
    ],
  },
  { kind: 'loop', id: 'turns', loopType: 'dowhile', body: step('turn') },
)
export const taken = { type: 'condition-evaluated', path: [0], part: 'conditions', says: { taken: [0] } } as const
export const asked = (is: boolean) =>
  ({ type: 'condition-evaluated', path: [1], part: 'condition', says: { is } }) as const

const items: Graph = graph({ kind: 'foreach', id: 'each', body: step('each'), concurrency: 2 }, step('after'))
const counted = { type: 'items-counted', path: [0], part: 'items', says: { count: 2 } } as const

const napping: Graph = graph(step('a'), { kind: 'sleep', id: 'nap', durationMs: 60_000 })
export const suspended = under(2, { type: 'step-suspended', path: [0] })
export const resumed = { type: 'run-resumed', path: [0], says: { steps: ['0'] } } as const
const canceled = { type: 'cancel-requested' } as const

function withValues(run: ReturnType<typeof made>, values: Readonly<Record<number, string>>) {
  const commits = run.commits.map((commit) => {
    const value = values[commit.version]
    return { ...commit, entries: commit.entries.map((entry) => ({ ...entry, ...(value !== undefined && { value }) })) }
  })
  return { ...run, commits }
}

export const journal = { namespace: 'default', kind: 'run', id: 'r' } as const
export const seen = (part: Partial<NonNullable<Material['seen']>>) => ({
  begun: [],
  reads: [],
  answered: [],
  deleted: new Set<string>(),
  ...part,
})
export const whole = made(good)
const [first, second] = whole.commits
if (!first || !second) throw new Error('the good run has too few commits')

/** Each breaks one rule, and no other. */
export const broken: Readonly<Record<string, readonly [HistoryRuleId, Material]>> = {
  'a start that is not recorded': ['S1', material(whole, { calls: [{ call: 'start', run: 'gone', outcome: 'ok' }] })],
  'a run that waits for nothing': ['S1', material(made(good.slice(0, 3), { waitsFor: [] }))],
  'a second end': ['S2', material(made([...good, ended()]))],
  'a step behind the end': [
    'S2',
    material(made([...good, { type: 'state-set', path: [1], claim: undefined } as never])),
  ],
  'an end that lists tell otherwise': ['S2', material(made(good, { header: { status: 'failed' } }))],
  'a caller who was told another end': [
    'S2',
    material(whole, { calls: [{ call: 'start', run: 'r', outcome: 'ok', status: 'failed' }] }),
  ],
  'callers who were told different results': [
    'S2',
    material(whole, {
      calls: [1, 2].map((result) => ({ call: 'get', run: 'r', outcome: 'ok', status: 'success', result })),
    }),
  ],
  'a body claimed after its result': ['S3', material(made([...good.slice(0, 3), claimed([0], { attempt: 1 })]))],
  'a body that begins after its result': ['S3', material(whole, { ledger: [line(3_500)] })],
  'a claim lost without a fault': [
    'S4',
    material(made([started, claimed([0]), claimed([0], { over: { version: 2, index: 0 } }), succeeded([0], 3)])),
  ],
  'a claim given back by a process that lives': [
    'S4',
    material(made([started, claimed([0]), under(2, { type: 'step-released', path: [0] })])),
  ],
  'a body that begins twice under one claim': ['S4', material(whole, { ledger: [line(2_000), line(2_100)] })],
  'a body that begins without a claim': ['S4', material(whole, { ledger: [line(2_000, 7)] })],
  'a result under a claim that was superseded': [
    'S5',
    material(made([started, claimed([0]), claimed([0], { over: { version: 2, index: 0 } }), succeeded([0], 2)]), {
      faults: { lost: 'any', closed: [] },
    }),
  ],
  'a result past the claim that stands': [
    'S5',
    material(made([started, claimed([0]), { type: 'step-failed', path: [0], says: { final: true } }])),
  ],
  'a version that is missing': [
    'S6',
    material({
      ...whole,
      commits: whole.commits.map((one) => ({ ...one, version: one.version + (one === first ? 0 : 1) })),
      header: { ...whole.header, head: { version: 7, commitId: 'c6' } },
    }),
  ],
  'a commit that lies there twice': [
    'S6',
    material({ ...whole, commits: whole.commits.map((one) => (one === second ? { ...one, commitId: 'c1' } : one)) }),
  ],
  'time that goes back': [
    'S6',
    material({ ...whole, commits: whole.commits.map((one) => (one === second ? { ...one, at: 1 } : one)) }),
  ],
  'a head that is not the last commit': [
    'S6',
    material(made(good, { header: { head: { version: 5, commitId: 'c5' } } })),
  ],
  'a reader who was shown something else': [
    'S6',
    material(whole, { seen: seen({ reads: [{ journal, after: 0, commits: [{ ...first, at: 7 }] }] }) }),
  ],
  'a reader who was shown a gap': [
    'S6',
    material(whole, { seen: seen({ reads: [{ journal, after: 0, commits: [second] }] }) }),
  ],
  'a commit that was acknowledged and is gone': [
    'S6',
    material(whole, { seen: seen({ answered: [{ journal, commitId: 'x', version: 2 }] }) }),
  ],
  'a step before the one that precedes it is over': ['S7', material(made([started, claimed([0]), claimed([1])]))],
  'a step behind the one that follows it': [
    'S7',
    material(made([started, claimed([0]), succeeded([0], 2), claimed([1]), { type: 'state-set', path: [0] }])),
  ],
  'an arm whose condition is false': ['S7', material(made([started, taken, claimed([0, 1])], { graph: blocks }))],
  'an iteration though the loop is over': [
    'S7',
    material(
      made([started, taken, claimed([1, 0]), succeeded([1, 0], 3), asked(false), claimed([1, 1])], { graph: blocks }),
    ),
  ],
  'an iteration before the condition was asked': [
    'S7',
    material(made([started, claimed([1, 0]), succeeded([1, 0], 2), claimed([1, 1])], { graph: blocks })),
  ],
  'results of a foreach in another order': [
    'S7',
    material(
      withValues(
        made(
          [
            started,
            counted,
            claimed([0, 0]),
            claimed([0, 1]),
            succeeded([0, 1], 4),
            succeeded([0, 0], 3),
            claimed([1]),
          ],
          { graph: items },
        ),
        { 5: '"second"', 6: '"first"' },
      ),
      { ledger: [begin('r:1:0:0:0', 7_000, { input: '["second","first"]' })] },
    ),
  ],
  'one suspension resumed twice': ['S8', material(made([started, claimed([0]), suspended, resumed, resumed]))],
  'two resumes acknowledged for one': [
    'S8',
    material(made([started, claimed([0]), suspended, resumed]), {
      calls: [1, 2].map(() => ({ call: 'resume', run: 'r', outcome: 'ok' })),
    }),
  ],
  'a resume that was refused and has an effect': [
    'S8',
    material(made([started, claimed([0]), suspended, resumed]), {
      calls: [{ call: 'resume', run: 'r', outcome: 'fail' }],
    }),
  ],
  ...brokenLimits,
  'a sleep that ends early': [
    'S9',
    material(
      made([started, claimed([0]), succeeded([0], 2), { type: 'timer-fired', path: [1], part: 'wake' }], {
        graph: napping,
      }),
    ),
  ],
  'a computed sleep that ends early': [
    'S9',
    material(
      made([
        started,
        { type: 'sleep-computed', path: [0], part: 'duration', says: { forMs: 5_000 } },
        { type: 'timer-fired', path: [0], part: 'wake' },
      ]),
    ),
  ],
  'a run that begins before the moment it was started for': [
    'S9',
    material(
      made([
        { ...started, says: { until: 50_000 } },
        { type: 'timer-fired', path: [], part: 'wake' },
      ]),
    ),
  ],
  'a retry that begins early': [
    'S9',
    material(
      made([
        started,
        claimed([0]),
        under(2, { type: 'step-failed', path: [0], says: { chance: 0 } }),
        { ...claimed([0], { attempt: 1 }), at: 3_099 },
      ]),
    ),
  ],
  'time that is up early': [
    'S9',
    material(
      made([started, { type: 'timer-fired', path: [], part: 'timeout' }], {
        graph: { ...graph(step('a')), timeoutMs: 5_000 },
      }),
    ),
  ],
  'another story than without faults': [
    'S11',
    material(whole, { undisturbed: [{ workflowId: 'made', runId: 'r', graph: graph(step('a')), entries: [] }] }),
  ],
  'a claim after the cancel': ['S12', material(made([started, canceled, claimed([0])]))],
  'a body that begins after the cancel and was claimed after it': [
    'S12',
    material(
      made([
        started,
        claimed([0]),
        succeeded([0], 2),
        canceled,
        { ...claimed([1]), hasEffect: false },
        ended('canceled'),
      ]),
      {
        heldBack: 'any',
        ledger: [begin('r:1:0:0:0', 5_000)],
      },
    ),
  ],
  'a cancel that was acknowledged and has no effect': [
    'S12',
    material(made(good.slice(0, 3)), { calls: [{ call: 'cancel', run: 'r', outcome: 'ok' }] }),
  ],
  'an end with a claim': ['S13', material(made(good, { waitsFor: [{ kind: 'running', step: ['a'] }] }))],
  'an end that sweeps look for': ['S13', material(made(good, { header: { wakeAt: 5 } }))],
  'an end whose journal is open': ['S13', material(made(good, { header: { sealed: false } }))],
  'work that no sweep finds': ['S13', material(made(good.slice(0, 3), { header: { wakeAt: null } }))],
  'work that nobody does': [
    'L1',
    material(made(good.slice(0, 3)), {
      faults: { lost: [], closed: [], healed: { at: 3_000, now: 200_000, leaseMs: 30_000 } },
    }),
  ],
  'a timer that nobody fires': [
    'L1',
    material(made(good.slice(0, 3), { waitsFor: [{ kind: 'timer', step: ['a'], dueAt: 9_000 }] }), {
      faults: { lost: [], closed: [], healed: { at: 3_000, now: 200_000, leaseMs: 30_000 } },
    }),
  ],
}
