import { createActor, createMachine, fromPromise, toPromise } from 'xstate'
import { medianOf, msOf } from '../src/measure/repeat.ts'
import { sized } from '../src/measure/scale.ts'

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
  const figures = {}
  for (const length of lengths) {
    const machine = chainOf(sized(length, scale))
    const play = () =>
      msOf(async () => {
        const actor = createActor(machine)
        actor.start()
        await toPromise(actor)
      })
    figures[`chain ${length}`] = ((await medianOf(play, scale)) / sized(length, scale)) * 1_000
  }
  return figures
}
