import { expect, it } from 'vitest'
import { chooseModel } from '../src/agent/choose-model.ts'

const named = (name: string) => ({ modelId: name }) as never

it('plays a script where there is no key', async () => {
  const { model, name } = await chooseModel({ OPENAI_API_KEY: '' })
  expect(model).toMatchObject({ provider: 'scripted' })
  expect(name).toMatch(/^scripted/)
})

it.each([
  ['OPENAI_API_KEY', '@ai-sdk/openai', 'openai'],
  ['ANTHROPIC_API_KEY', '@ai-sdk/anthropic', 'anthropic'],
])('with %s asks a model of %s', async (key, from, maker) => {
  const load = async (name: string) => (name === from ? { [maker]: named } : {})
  const chosen = await chooseModel({ [key]: 'secret', WF_MODEL: 'large' }, load)
  expect(chosen).toEqual({ model: { modelId: 'large' }, name: `large of ${from}` })
  expect((await chooseModel({ [key]: 'secret' }, load)).name).toMatch(new RegExp(`^\\S+ of ${from}$`))
})

it('says what to install where the package is missing', async () => {
  const text =
    'OPENAI_API_KEY is set, but @ai-sdk/openai cannot be loaded: run "pnpm add --filter examples @ai-sdk/openai", or unset the key'
  await expect(chooseModel({ OPENAI_API_KEY: 'secret' })).rejects.toThrow(text)
})

it('says so where the package is not the one that it knows', async () => {
  await expect(chooseModel({ OPENAI_API_KEY: 'secret' }, async () => ({}))).rejects.toThrow('has no "openai"')
})
