import type { ToolSet } from 'ai'
import { createModel, type Script, type Turn } from './models.js'
import type { Sdk } from './sdk.js'

/** An agent on a model of its own, which makes no attempts of its own. */
export function createAgent(sdk: Sdk, script: readonly Turn[] | Script, settings: Settings = {}) {
  const model = createModel(sdk, script)
  const given = { id: 'writer', maxRetries: 0, onError: () => undefined, ...settings, model: model as never }
  const agent = new sdk.ai.ToolLoopAgent<never, ToolSet>(given as never)
  return { agent, model }
}

interface Settings {
  readonly id?: string
  readonly tools?: ToolSet
  readonly maxRetries?: number
  readonly output?: unknown
  readonly [setting: string]: unknown
}
