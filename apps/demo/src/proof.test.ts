import { expect, it } from 'vitest'
import type { LedgerEntry } from './ledger.ts'
import { proofOf } from './proof.ts'

const entry = (what: LedgerEntry['what'], idempotencyKey: string, process = 1): LedgerEntry => ({
  ...{ what, idempotencyKey, process, attemptKey: `${idempotencyKey}:0` },
  ...{ system: 'bank', path: [0], restart: false, at: 0 },
})

it('says of each repetition what became of the call before', () => {
  const lostAgain = entry('called', 'lost', 2)
  const answeredAgain = entry('called', 'answered', 2)
  const proof = proofOf([
    ...[entry('called', 'once'), entry('answered', 'once')],
    ...[entry('called', 'lost'), lostAgain, entry('answered', 'lost', 2)],
    ...[entry('called', 'answered'), entry('answered', 'answered'), answeredAgain],
    ...[
      entry('called', 'refused'),
      entry('refused', 'refused'),
      entry('called', 'refused'),
      entry('charged', 'refused'),
    ],
  ])
  expect(proof).toEqual({
    ...{ calls: 7, needed: 4, refused: 1, charges: 1 },
    ...{ lost: [lostAgain], answered: [answeredAgain] },
  })
})
