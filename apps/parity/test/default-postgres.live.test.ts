import { playHere } from './play-here.ts'

await playHere({ engine: 'default', storage: 'postgres' })
