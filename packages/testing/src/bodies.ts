import type { Step, StepContext, Workflow } from '@wf/core'
import type { VirtualProcess, World } from '@wf/parity-tests/simulator'
import type { AnyMocks } from './mocks.js'
import type { Watch } from './moment.js'
import { RealTime } from './real-time.js'
import { type RecordedCall, tellingContext } from './step-call.js'
import { stepPathOf } from './step-paths.js'

export interface BodiesParts {
  readonly workflow: Workflow
  readonly mocks: AnyMocks
  readonly watch: Watch
  /** So many real milliseconds a body may wait for something real. */
  readonly patienceMs: number
  /** Lets a process stand still for a while. */
  readonly stalls: (process: VirtualProcess) => void
}

/** Calls bodies and mocks in processes, and notes that. */
export class Bodies {
  readonly calls: RecordedCall[] = []
  private readonly real: RealTime

  constructor(
    private readonly world: World,
    private readonly parts: BodiesParts,
  ) {
    this.real = new RealTime(world, parts.patienceMs)
  }

  /** Whether one that somebody waits for has not come to its end. */
  get areOpen(): boolean {
    return this.calls.some(({ outcome, isHeard }) => outcome === 'running' && isHeard())
  }

  /** Where its process dies before or behind it, it comes to nothing. */
  async call(process: VirtualProcess, step: Step, context: StepContext): Promise<unknown> {
    const path = stepPathOf(this.parts.workflow, context.path)
    if (!this.survives(process, path, 'before')) return never()
    const call = this.record(process, path, context)
    const told = tellingContext(context, () => {
      call.usedKey = true
    })
    const ended = this.real.begin()
    try {
      const mock = this.parts.mocks.get(path)
      const returned = await (mock ? mock(told) : step.execute(told))
      call.outcome = 'returned'
      return this.survives(process, path, 'after') ? returned : never()
    } catch (thrown) {
      call.outcome = 'threw'
      if (!this.survives(process, path, 'after')) return never()
      throw thrown
    } finally {
      ended()
    }
  }

  /** Time stands still also while any other function of a workflow waits for something real. */
  callOther<Value>(fn: () => Value): Value {
    const ended = this.real.begin()
    try {
      const value = fn()
      if (value instanceof Promise) value.then(ended, ended)
      else ended()
      return value
    } catch (thrown) {
      ended()
      throw thrown
    }
  }

  private survives(process: VirtualProcess, path: string, when: 'before' | 'after'): boolean {
    if (!process.isAlive) return true
    const fate = this.parts.watch({ of: 'body', when, path })
    if (fate === 'dies') process.kill()
    if (fate === 'stalls') this.parts.stalls(process)
    return process.isAlive
  }

  private record(process: VirtualProcess, path: string, context: StepContext): RecordedCall {
    const { runId, inputData, resumeData, retryCount, idempotencyKey, attemptKey } = context
    const call: RecordedCall = {
      path,
      runId,
      inputData,
      resumeData,
      retryCount,
      idempotencyKey,
      attemptKey,
      usedKey: false,
      at: this.world.now(),
      process: process.name,
      outcome: 'running',
      isHeard: () => process.isAlive && !process.isFrozen,
    }
    this.calls.push(call)
    return call
  }
}

const never = <Value>(): Promise<Value> => new Promise(() => undefined)
