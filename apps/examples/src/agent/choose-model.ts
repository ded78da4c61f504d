import type { LanguageModel } from 'ai'
import { scriptedModel } from './scripted-model.ts'

interface Provider {
  readonly key: string
  readonly package: string
  /** What the package calls its maker of models. */
  readonly maker: string
  readonly model: string
}

const providers: readonly Provider[] = [
  { key: 'ANTHROPIC_API_KEY', package: '@ai-sdk/anthropic', maker: 'anthropic', model: 'claude-haiku-4-5' },
  { key: 'OPENAI_API_KEY', package: '@ai-sdk/openai', maker: 'openai', model: 'gpt-5-mini' },
]

export interface ChosenModel {
  readonly model: LanguageModel
  readonly name: string
}

export type Environment = Readonly<Record<string, string | undefined>>
type Load = (name: string) => Promise<Readonly<Record<string, unknown>>>

/** The model of the first provider of which there is a key, or one that costs nothing and plays a script. */
export async function chooseModel(env: Environment, load: Load = (name) => import(name)): Promise<ChosenModel> {
  const provider = providers.find(({ key }) => env[key])
  if (!provider)
    return { model: scriptedModel(), name: 'scripted; set ANTHROPIC_API_KEY or OPENAI_API_KEY for another' }
  const model = env.WF_MODEL || provider.model
  const make = await makerOf(provider, load)
  return { model: make(model), name: `${model} of ${provider.package}` }
}

async function makerOf(provider: Provider, load: Load): Promise<(model: string) => LanguageModel> {
  const { [provider.maker]: make } = await load(provider.package).catch((cause: unknown) => {
    const text = `${provider.key} is set, but ${provider.package} cannot be loaded: run "pnpm add --filter examples ${provider.package}", or unset the key to talk to the scripted model`
    throw new Error(text, { cause })
  })
  if (typeof make === 'function') return make as (model: string) => LanguageModel
  throw new Error(
    `${provider.package} has no "${provider.maker}": install the release that belongs to this major of ai`,
  )
}
