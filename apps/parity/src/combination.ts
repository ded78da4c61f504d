import { engineSuite, type Scenario, type Suite } from '@wf/parity-tests'
import { nameOf } from './combination-name.ts'
import { type EngineName, engines } from './engines.ts'
import { type PubSubName, pubsubs } from './pubsubs.ts'
import { type StorageName, storages } from './storages.ts'

/** What is played on what. The default engine has no pub/sub, and runs without a storage as well. */
export interface Combination {
  readonly engine: EngineName
  readonly pubsub?: PubSubName
  readonly storage?: StorageName
}

export interface Site {
  readonly suite: Suite
  /** Removes what has been left on servers. */
  remove(): Promise<void>
}

export function allCombinations(): readonly Combination[] {
  const [storageNames, pubsubNames] = [keysOf(storages), keysOf(pubsubs)]
  const evented = (['local-first', 'always-publish'] as const).flatMap((engine) =>
    pubsubNames.flatMap((pubsub) => storageNames.map((storage): Combination => ({ engine, pubsub, storage }))),
  )
  const alone = storageNames.map((storage): Combination => ({ engine: 'default', storage }))
  return [{ engine: 'default' }, ...alone, ...evented]
}

/** The suite of all scenarios, or of those that are given. */
export async function siteOf(combination: Combination, scenarios?: readonly Scenario[]): Promise<Site> {
  const { engine, pubsub, storage } = combination
  const journals = storage && (await storages[storage]())
  const hints = pubsub && (await pubsubs[pubsub]())
  const suite = engineSuite({
    name: nameOf(combination),
    createEngine: engines[engine],
    ...(journals && { createStorage: journals.create }),
    ...(hints && { createBroker: hints.create }),
    ...(scenarios && { scenarios }),
  })
  return {
    suite,
    async remove() {
      await hints?.remove()
      await journals?.remove()
    },
  }
}

const keysOf = <Name extends string>(of: Readonly<Record<Name, unknown>>): Name[] => Object.keys(of) as Name[]
