import type { NodeFunctions } from '../builder/node-functions.js'
import { isNonRetryable, isTripWire, isWorkflowError, toError, WorkflowError } from '../errors/index.js'
import { checksInput, checksOutput } from './checks.js'
import { BodyContext } from './context.js'
import { checkSet, fitContext } from './fitting-context.js'
import type { Fact } from './fold.js'
import { failureOf, outcomeOf, refuseSecrets } from './outcome.js'
import { type Bench, type Claimed, deskOf } from './perform.js'
import { placed } from './placed.js'
import { missingCode } from './program.js'
import type { Remains } from './remains.js'
import type { TrackedContext } from './scene.js'
import type { Aborting } from './setting.js'
import { spreadable } from './spreadable.js'
import { type Validated, validate } from './validate.js'

type Facts = readonly Fact[] | Promise<readonly Fact[]>

/** One attempt of a body. It waits for nothing that is there at once: most bodies cost the one promise they return. */
export class Attempt {
  private readonly code: NodeFunctions
  private readonly context: BodyContext
  private readonly validates: boolean

  constructor(
    private readonly bench: Bench,
    private readonly claimed: Claimed,
    aborting: Aborting,
  ) {
    const { program, around } = bench
    const { scene, input } = claimed
    this.code = program.codeOf(scene.frame)
    this.validates = checksInput(program, scene.frame)
    this.context = new BodyContext({
      scene,
      around,
      inputData: input,
      step: this.code.step,
      aborting,
      validates: this.validates,
      attempt: scene.attempt,
    })
  }

  /** Never rejects. */
  run(): Promise<readonly Fact[]> {
    return this.call().then(
      (returned) => this.returned(returned),
      (thrown) => this.threw(thrown),
    )
  }

  private call(): Promise<unknown> {
    try {
      const fitted = this.fitContext()
      return fitted ? fitted.then(() => this.execute()) : Promise.resolve(this.execute())
    } catch (thrown) {
      return Promise.reject(thrown)
    }
  }

  private fitContext(): Promise<void> | undefined {
    const schema = this.validates ? this.code.step?.requestContextSchema : undefined
    return schema && fitContext(schema, this.context.requestContext, () => this.place())
  }

  private execute(): unknown {
    const execute = this.code.step?.execute ?? this.code.map
    if (!execute) throw missingCode(this.bench.program.workflow.id, this.claimed.scene.frame)
    return execute(spreadable(this.context) as never)
  }

  private returned(returned: unknown): Facts {
    try {
      const asked = this.context.settled()
      const facts = asked ? asked.then(() => this.conclude(returned)) : this.conclude(returned)
      return facts instanceof Promise ? facts.catch((thrown) => this.threw(thrown)) : facts
    } catch (thrown) {
      return this.threw(thrown)
    }
  }

  private conclude(returned: unknown): Facts {
    const remains = this.context.remains()
    const checked = remains.context && this.checkSet(remains.context)
    return checked ? checked.then(() => this.validated(remains, returned)) : this.validated(remains, returned)
  }

  private checkSet(context: TrackedContext): Promise<void> | undefined {
    const set = { program: this.bench.program, frame: this.claimed.scene.frame, context }
    return checkSet(set, () => this.place())
  }

  private validated(remains: Remains, returned: unknown): Facts {
    const { step } = this.code
    if (!step || remains.asked || !checksOutput(this.bench.program, this.claimed.scene.frame))
      return this.record(remains, returned)
    const output = validate(step.outputSchema, returned, () => ({ code: 'WF_STEP_OUTPUT_INVALID', ...this.place() }))
    return output instanceof Promise
      ? output.then(({ value }) => this.record(remains, value))
      : this.record(remains, output.value)
  }

  private record(remains: Remains, output: unknown): Facts {
    refuseSecrets(remains, output)
    return placed(
      () => this.place(),
      () => outcomeOf(deskOf(this.bench, this.claimed), remains, output),
    )
  }

  private async threw(thrown: unknown): Promise<readonly Fact[]> {
    const { context } = this
    await context.settled()?.catch(() => undefined)
    const error = this.code.map ? this.mapError(thrown) : thrown
    const remains = context.remains()
    return failureOf(deskOf(this.bench, this.claimed), error, { remains })
  }

  private place(): Omit<Validated, 'code'> & { readonly stepId: string } {
    const { workflowId, runId } = this.context
    return { workflowId, stepId: this.claimed.scene.frame.node.id, runId }
  }

  /** A map has no name in the author's code, so its error says where it stands. What steers the run stays as it is. */
  private mapError(thrown: unknown): unknown {
    if (isWorkflowError(thrown) || isNonRetryable(thrown) || isTripWire(thrown)) return thrown
    const { workflowId, stepId } = this.place()
    const cause = toError(thrown)
    const text = `the map "${stepId}" of workflow "${workflowId}" threw: ${cause.message}`
    return new WorkflowError('WF_STEP_FUNCTION', text, { workflowId, stepId, cause })
  }
}
