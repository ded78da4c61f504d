import { vi } from 'vitest'
import { previousSdk } from './given/sdk.js'
import { playAll } from './play.js'

// What the package loads by itself is that major, too.
vi.mock('ai', () => import('ai-previous'))

playAll(previousSdk)
