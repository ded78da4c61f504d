// A process that plays proofs, with one mutant or with none.
import { readFileSync } from 'node:fs'
import { Attempts } from './attempt.ts'
import { evaluator, withoutCover } from './instance.ts'
import { look } from './look.ts'
import type { Answer, Order } from './orders.ts'

const code = readFileSync(process.argv[2] ?? '', 'utf8')
const tell = (answer: Answer): unknown => process.send?.(answer)
const alive = (): unknown => tell({ is: 'alive' })

const attempts = new Attempts(evaluator(withoutCover(code)), alive)

// What a mutant leaves behind unheard belongs to no proof any more.
process.on('unhandledRejection', () => undefined)
process.on('uncaughtException', () => undefined)
process.on('disconnect', () => process.exit())

process.on('message', async (order: Order) => {
  if (order.do === 'look') tell({ is: 'seen', sight: await look(evaluator(code), order.group, alive) })
  else tell({ is: 'tried', attempt: await attempts.attempt(order) })
})
alive()
