import type { Engine, Run, Workflow } from '@wf/core'
import { outline } from './outline.ts'
import type { Screen } from './screen.ts'
import { type StepState, stepStates } from './step-states.ts'

/** Follows one run and shows it: what is recorded of it, and what its steps say while they run. */
export class Progress {
  readonly #lines
  readonly #screen
  readonly #notes = new Map<string, string>()
  #states: Readonly<Record<string, StepState>> = {}
  #look: (() => Promise<void>) | undefined
  #looking: Promise<void> | undefined
  #again = false

  constructor(workflow: Workflow, screen: Screen) {
    this.#lines = outline(workflow.graph)
    this.#screen = screen
  }

  /** A run as this engine knows it. */
  follow(engine: Engine, run: Run): void {
    run.watch((chunk) => this.#note(chunk))
    this.#look = async () => {
      const [known, why] = await Promise.all([engine.runs.get(run.runId), engine.runs.why(run.runId)])
      if (known) this.#states = stepStates(this.#lines, { run: known, why, before: this.#states })
      this.#draw()
    }
  }

  /** Something may have changed. Looks that would overlap are one. */
  changed(): void {
    this.#again = true
    this.#looking ??= this.#keepLooking().finally(() => {
      this.#looking = undefined
    })
  }

  /** Resolves when everything so far has been shown. */
  async shown(): Promise<void> {
    this.changed()
    await this.#looking
  }

  async #keepLooking(): Promise<void> {
    while (this.#again) {
      this.#again = false
      await this.#look?.()
    }
  }

  #draw(): void {
    this.#screen.show({ states: this.#states, notes: this.#notes })
  }

  #note(chunk: unknown): void {
    const { payload } = chunk as { readonly payload: { readonly stepName: string; readonly output: unknown } }
    this.#notes.set(payload.stepName, String(payload.output))
    this.#draw()
  }
}
