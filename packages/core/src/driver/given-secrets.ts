import { toError, WorkflowError } from '../errors/index.js'
import { Masks } from '../redaction/masks.js'
import type { Surroundings } from './setting.js'

/** For which step a secret is asked. */
export interface SecretAsker {
  readonly workflowId: string
  readonly stepId: string
  readonly runId: string
  readonly resourceId?: string
}

/** Answers `secret(name)` of steps; asked anew each time, in the process that runs the step. */
export type ResolveSecret = (name: string, asker: SecretAsker) => string | Promise<string>

/** What becomes of a value that is to be recorded and has a secret in it. */
export type SecretsInValues = 'refuse' | 'allow'

/**
 * The secrets that one piece of user code has asked for. Nothing that is recorded or told of it holds one: in its errors
 * they are masked, and values with one in them are refused.
 */
export class GivenSecrets {
  private readonly masks = new Masks()
  private readonly asked: string[] = []
  private isOver = false

  constructor(
    private readonly around: Surroundings,
    private readonly asker: SecretAsker,
  ) {}

  async give(name: string): Promise<string> {
    const secret = await this.resolve(name)
    if (typeof secret !== 'string') throw this.unavailable(name, `gave ${secret === null ? 'null' : typeof secret}`)
    this.masks.add(name, secret)
    if (!this.isOver) {
      this.asked.push(secret)
      this.around.redaction.inUse.add(name, secret)
    }
    return secret
  }

  private foundIn(value: unknown): ReturnType<Masks['find']> {
    return this.around.secretsInValues === 'allow' ? undefined : this.masks.find(value)
  }

  private async resolve(name: string): Promise<unknown> {
    const { secret } = this.around
    if (!secret) throw this.unavailable(name, 'is missing', { advice: '; give it one that resolves names of secrets' })
    try {
      return await secret(name, this.asker)
    } catch (thrown) {
      const cause = this.masks.mask(toError(thrown))
      throw this.unavailable(name, 'threw', { advice: `: ${cause.message}`, cause })
    }
  }

  /** The same without secrets; an error stays of its class. */
  mask<Value>(value: Value): Value {
    return this.masks.mask(value)
  }

  /** One is in a value that is to be recorded or told, and the engine does not allow it. */
  refuses(value: unknown): boolean {
    return this.foundIn(value) !== undefined
  }

  refuseIn(value: unknown, what: string): void {
    const found = this.foundIn(value)
    if (!found) return
    const { workflowId, stepId, runId } = this.asker
    const field = this.mask(found.key)
    const place = field === undefined ? '' : ` under "${field}"`
    const text = `${what} of step "${stepId}" of workflow "${workflowId}" holds the secret "${found.name}"${place}`
    const advice = 'secrets are not recorded: leave it out, and ask for it again where it is needed'
    throw new WorkflowError('WF_SECRET_EXPOSED', `${text}; ${advice}`, { workflowId, stepId, runId, field })
  }

  /** The code that asked for them has come to its end. */
  over(): void {
    this.isOver = true
    for (const secret of this.asked.splice(0)) this.around.redaction.inUse.remove(secret)
  }

  private unavailable(name: string, what: string, { advice = '', cause }: { advice?: string; cause?: Error } = {}) {
    const { workflowId, stepId, runId } = this.asker
    const text = `step "${stepId}" of workflow "${workflowId}" asked for the secret "${name}", but the \`secret\` function of the engine ${what}${advice}`
    return new WorkflowError('WF_SECRET_UNAVAILABLE', text, { workflowId, stepId, runId, field: name, cause })
  }
}
