import { createStep, createWorkflow, type Workflow } from '@wf/core'
import { z } from 'zod'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { payloadOf } from '../measure/payload.ts'
import { mediansOf, type Play } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { inPlace } from '../ours/place.ts'
import { onDefault } from '../ours/player.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { peer } from '../peers.ts'
import { inserts, openPostgresRows } from '../raw/postgres-rows.ts'

const SIZES = { '100 KB': 100 * 1_024, '1 MB': 1_024 * 1_024 } as const
const TARGETS = { '100 KB': 3, '1 MB': 18 } as const
const FEW = 3
const MANY = 12

type Size = keyof typeof SIZES
const sizes = Object.keys(SIZES) as Size[]

const payload = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      ok: z.boolean(),
      tags: z.array(z.string()),
      score: z.number(),
      note: z.string(),
    }),
  ),
})

/** Steps that hand on what they are given. */
function carrying(length: number): Workflow {
  const carry = (id: string) =>
    createStep({
      id,
      inputSchema: payload,
      outputSchema: payload,
      execute: async ({ inputData }) => ({ ...inputData }),
    })
  let flow = createWorkflow({ id: `carrying-${length}`, inputSchema: payload, outputSchema: payload }).then(carry('s0'))
  for (let index = 1; index < length; index += 1) flow = flow.then(carry(`s${index}`)) as unknown as typeof flow
  return flow.commit() as unknown as Workflow
}

async function ours(scale: Scale, size: Size): Promise<Figures> {
  const rows = await openPostgresRows()
  return inPlace(postgresPlace(), async ({ openStorage }) => {
    const storage = openStorage()
    const inputData = payloadOf(sized(SIZES[size], scale))
    const few = onDefault(storage)(carrying(FEW))
    const many = onDefault(storage)(carrying(MANY))
    const plays: Record<string, Play> = {
      [`${FEW} steps`]: async () => (await few.play(inputData)) / FEW,
      [`${MANY} steps`]: async () => (await many.play(inputData)) / MANY,
      insert: inserts(rows, 1, JSON.stringify(inputData)).play,
    }
    const figures = await mediansOf(plays, scale)
    await few.close()
    await many.close()
    await rows.remove()
    return figures
  })
}

const perStep = (size: Size, steps: number): Claim => ({
  says: `a step with ${size}, of ${steps}`,
  unit: 'ms',
  value: { of: `ours, ${size}`, figure: `${steps} steps` },
  target: { atMost: TARGETS[size] },
})

const rowsOf = (size: Size): Claim[] => [
  perStep(size, FEW),
  perStep(size, MANY),
  {
    says: `flat: a step of ${MANY} ÷ one of ${FEW}, ${size}`,
    unit: '×',
    value: { of: `ours, ${size}`, figure: `${MANY} steps` },
    over: { of: `ours, ${size}`, figure: `${FEW} steps` },
    target: { atMost: 1.2 },
  },
  {
    says: `a step ÷ a plain insert of as much, ${size}`,
    unit: '×',
    value: { of: `ours, ${size}`, figure: `${MANY} steps` },
    over: { of: `ours, ${size}`, figure: 'insert' },
  },
  against('Mastra', size),
  against('DBOS', size),
]

const against = (of: string, size: Size): Claim => ({
  says: `${of} ÷ ours, a step with ${size}, of ${FEW}`,
  unit: '×',
  value: { of, figure: size },
  over: { of: `ours, ${size}`, figure: `${FEW} steps` },
})

export const line: Line = {
  id: 'P11',
  title: 'default engine, Postgres, chain whose steps hand on much',
  servers: ['postgres'],
  contestants: [
    ...sizes.map((size) => ({ name: `ours, ${size}`, measure: (scale: Scale) => ours(scale, size) })),
    peer('Mastra', { driver: 'mastra', does: 'payload', given: { store: 'postgres', sizes: SIZES, steps: FEW } }),
    peer('DBOS', { driver: 'dbos', does: 'payload', given: { sizes: SIZES, steps: FEW } }),
  ],
  limits: sizes.map((size) => ({
    says: `a plain insert of ${size}`,
    unit: 'ms',
    value: { of: `ours, ${size}`, figure: 'insert' },
  })),
  claims: sizes.flatMap(rowsOf),
}
