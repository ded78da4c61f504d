import { encode, type StepContext, type Workflow } from '@wf/core'

/** What really happened, written by the bodies themselves, beside the product. */
export interface LedgerLine {
  readonly what: 'begin' | 'end'
  readonly run: string
  /** Equal over retries and lost processes, and with the number of the attempt. */
  readonly idempotencyKey: string
  readonly attemptKey: string
  readonly process: string
  /** By the storage's clock. */
  readonly at: number
  /** Of a begin: the input, encoded. */
  readonly input?: string
}

/** Lines are only ever appended, also by processes that were killed meanwhile. */
export interface Ledger {
  readonly lines: readonly LedgerLine[]
  /** For the bodies that one process runs. */
  of(process: string): (line: Omit<LedgerLine, 'process' | 'at'>) => void
}

export function createLedger(now: () => number): Ledger {
  const lines: LedgerLine[] = []
  return { lines, of: (process) => (line) => void lines.push({ ...line, process, at: now() }) }
}

type Execute = (context: StepContext) => unknown

/** Writes a begin and an end around a body; it changes neither what the body gets nor what it gives. */
export function recorded(execute: Execute, write: () => ReturnType<Ledger['of']>): Execute {
  return (context) => {
    const { runId: run, idempotencyKey, attemptKey } = context
    const line = { run, idempotencyKey, attemptKey }
    write()({ what: 'begin', ...line, ...inputOf(context) })
    const end = (): void => write()({ what: 'end', ...line })
    let returned: unknown
    try {
      returned = execute(context)
    } catch (error) {
      end()
      throw error
    }
    if (!(returned instanceof Promise)) {
      end()
      return returned
    }
    returned.then(end, end)
    return returned
  }
}

function inputOf({ inputData }: StepContext): { readonly input?: string } {
  try {
    const text = encode(inputData)
    return typeof text === 'string' ? { input: text } : {}
  } catch {
    return {}
  }
}

type Write = ReturnType<Ledger['of']>
type Functions = NonNullable<ReturnType<Workflow['functions']['get']>>

const writers = new WeakMap<Workflow, { write: Write }>()
const done = new WeakSet<Functions>()

/**
 * Lets the bodies (steps and maps) of a workflow write into a ledger, at any depth. Journals alone tell most of it: a
 * committed claim is the beginning of a body, unless its process died in between. What they cannot tell is a body that
 * began without a claim or twice under one, and that is what a ledger is for. The workflow stays the same object, since
 * engines run no other; call it before the engine is made. A later call lets it write elsewhere.
 */
export function recordBodies(workflow: Workflow, write: Write): void {
  const known = writers.get(workflow)
  if (known) {
    known.write = write
    return
  }
  const writer = { write }
  writers.set(workflow, writer)
  const { functions } = workflow
  const find = functions.get.bind(functions)
  const made = new Map<Functions, Functions>()
  const get = (place: string): Functions | undefined => {
    const code = find(place)
    // A nested workflow may be registered too, and writes already.
    if (!code || done.has(code)) return code
    const wrapped = made.get(code) ?? writing(code, () => writer.write)
    made.set(code, wrapped)
    done.add(wrapped)
    return wrapped
  }
  Object.defineProperty(functions, 'get', { value: get })
}

function writing(code: Functions, write: () => Write): Functions {
  const { step, map } = code
  return {
    ...code,
    ...(step && { step: { ...step, execute: recorded(step.execute as Execute, write) as typeof step.execute } }),
    ...(map && { map: recorded(map, write) }),
  }
}
