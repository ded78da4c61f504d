import { playHere } from './play-here.ts'

await playHere({ engine: 'always-publish', pubsub: 'postgres', storage: 'postgres' })
