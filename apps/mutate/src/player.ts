// A process that plays proofs, with one mutant or with none.
import { readFileSync } from 'node:fs'
import { attempt } from './attempt.ts'
import { evaluator } from './instance.ts'
import { look } from './look.ts'
import type { Answer, Order } from './orders.ts'

const evaluate = evaluator(readFileSync(process.argv[2] ?? '', 'utf8'))
const tell = (answer: Answer): unknown => process.send?.(answer)
const alive = (): unknown => tell({ is: 'alive' })

// What a mutant leaves behind unheard belongs to no proof any more.
process.on('unhandledRejection', () => undefined)
process.on('uncaughtException', () => undefined)
process.on('disconnect', () => process.exit())

process.on('message', async (order: Order) => {
  if (order.do === 'look') tell({ is: 'seen', sight: await look(evaluate, order.group, alive) })
  else tell({ is: 'tried', attempt: await attempt(evaluate, order, alive) })
})
alive()
