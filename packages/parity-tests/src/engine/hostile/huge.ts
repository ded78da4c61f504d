import { equal } from 'node:assert/strict'
import { beyond, type HostileValue, looked } from './hostile-value.js'

const MB = 1_000_000

/** Near and beyond the limits. Each takes a moment, so that they are sent along one way only. */
export const hugeValues: readonly HostileValue[] = [
  looked(
    'a text of 50 MB',
    () => 'æ'.repeat(50 * MB),
    (got) => equal((got as string).length, 50 * MB),
  ),
  looked(
    'a million numbers',
    () => Array.from({ length: MB }, (_, index) => index),
    (got) => equal((got as readonly unknown[])[MB - 1], MB - 1),
  ),
  looked(
    '50 MB of bytes',
    () => new Uint8Array(50 * MB).fill(7),
    (got) => equal((got as Uint8Array)[50 * MB - 1], 7),
  ),
  beyond('a text of 100 MB', () => 'x'.repeat(100 * MB), '$'),
  beyond('100 MB of bytes', () => ({ bytes: new Uint8Array(100 * MB) }), '$.bytes'),
  beyond('a list of ten million', () => ({ list: new Array(10 * MB).fill(0) }), '$.list'),
  beyond('a bigint of 180 million digits', () => [1n << 600_000_000n], '$[0]'),
]
