import { type Engine, encode, isWorkflowError } from '@wf/core'

export type Tell = (line: string) => void

/** An engine of which is heard what it answers to those who call it. */
export function answering(engine: Engine, tell: Tell): Engine {
  return {
    ...engine,
    createRun: async (workflow, options) => heard(await engine.createRun(workflow, options), tell),
    run: async (workflow, runId) => {
      const found = await engine.run(workflow, runId)
      return found && heard(found, tell)
    },
    runs: heard(engine.runs, tell),
    schedules: heard(engine.schedules, tell),
  }
}

function heard<Of extends object>(of: Of, tell: Tell): Of {
  return new Proxy(of, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...given: readonly unknown[]): unknown => {
        const told = given.map((one) => (name === 'watch' ? listening(one, tell) : one))
        const answer: unknown = Reflect.apply(value, target, told)
        hear(answer, (text) => tell(`${String(name)} answers ${text}`))
        return answer
      }
    },
  })
}

function listening(observer: unknown, tell: Tell): unknown {
  if (typeof observer !== 'function') return observer
  return (event: unknown): unknown => {
    tell(`a watcher is told ${textOf(event)}`)
    return observer(event)
  }
}

/** Streams are left alone: what is read from them depends on who reads. */
function hear(answer: unknown, tell: Tell): void {
  if (typeof answer !== 'object' || answer === null) return
  const promise: unknown = 'result' in answer ? answer.result : answer
  if (!(promise instanceof Promise)) return
  promise.then(
    (value) => tell(textOf(value)),
    (error: unknown) => tell(isWorkflowError(error) ? `${error.code} ${error.message}` : textOf(error)),
  )
}

/** Some of it can be told by nobody, like functions; and what a graph says of them hangs on who has compiled them. */
function textOf(value: unknown): string {
  const isState = typeof value === 'object' && value !== null && 'serializedStepGraph' in value
  try {
    const text = encode(isState ? { ...value, serializedStepGraph: 'left out' } : value)
    return typeof text === 'string' ? text : Buffer.from(text).toString('base64')
  } catch (error) {
    return String(error)
  }
}
