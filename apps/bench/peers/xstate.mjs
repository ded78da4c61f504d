import { createActor, createMachine, fromPromise, toPromise } from 'xstate'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { msOf } from '../src/measure/repeat.ts'

/** States in a row, each of which invokes a promise and goes on when it is done. */
function chainOf(length) {
  const states = { done: { type: 'final' } }
  for (let index = 0; index < length; index += 1) {
    states[`s${index}`] = { invoke: { src: 'step', onDone: index === length - 1 ? 'done' : `s${index + 1}` } }
  }
  return createMachine({ id: 'chain', initial: 's0', states }).provide({
    actors: { step: fromPromise(async () => ({ v: 1 })) },
  })
}

export async function chain({ lengths }, scale) {
  return chainFigures(lengths, scale, (steps) => {
    const machine = chainOf(steps)
    return () =>
      msOf(async () => {
        const actor = createActor(machine)
        actor.start()
        await toPromise(actor)
      })
  })
}
