import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { z as z3 } from 'zod3'
import { createStep } from '../../src/builder/index.js'

export const price = createStep({
  id: 'price',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ amount: z.number(), tags: z.array(z.object({ name: z.string() })) }),
  execute: async ({ inputData }) => ({ amount: inputData.sku.length, tags: [] }),
})

export const approve = createStep({
  id: 'approve',
  inputSchema: z.object({ amount: z.number(), note: z.string().optional() }),
  outputSchema: z.object({ approved: z.boolean() }),
  resumeSchema: z.object({ ok: z.boolean(), at: z.string().default('now') }),
  suspendSchema: z.object({ ask: z.string() }),
  execute: async ({ inputData, resumeData, suspendData, suspend }) => {
    expectTypeOf(inputData).toEqualTypeOf<{ amount: number; note?: string | undefined }>()
    expectTypeOf(resumeData).toEqualTypeOf<{ ok: boolean; at: string } | undefined>()
    expectTypeOf(suspendData).toEqualTypeOf<{ ask: string } | undefined>()
    return resumeData ? { approved: resumeData.ok } : suspend({ ask: 'well?' })
  },
})

export const double = createStep({
  id: 'double',
  inputSchema: z3.number(),
  outputSchema: z3.number(),
  execute: ({ inputData }) => inputData * 2,
})

export const show = createStep({
  id: 'show',
  inputSchema: v.number(),
  outputSchema: v.object({ text: v.string() }),
  execute: async ({ inputData }) => ({ text: String(inputData) }),
})
