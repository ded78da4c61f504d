import { playHere } from './play-here.ts'

await playHere({ engine: 'local-first', pubsub: 'nats', storage: 'redis' })
